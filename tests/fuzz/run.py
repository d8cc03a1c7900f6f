#!/usr/bin/env python3
"""Runs fuzz targets one after another: tests/fuzz/run.py [--minutes 5] [--keep 20] [TARGET…]

Builds the preset "fuzz" first. What libFuzzer collects stays in build/fuzz/corpus/TARGET, what breaks a promise in
build/fuzz/found/TARGET. --keep adds to the seeds of the tree the smallest inputs that reach code which no seed reaches.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(TOP, "build", "fuzz")
FUZZ = os.path.join(BUILD, "glane_fuzz")

sys.path.insert(0, HERE)
import inputs  # noqa: E402

SMALL = 400  # bytes of an input that is kept


def command(target, *arguments):
    return [FUZZ, "--target=" + target, "-rss_limit_mb=3000", "-timeout=60", *arguments]


def fuzz(target, seconds):
    """Runs the fuzzer; what it said last, and its processor time."""
    corpus, found, initial = (os.path.join(BUILD, folder, target) for folder in ("corpus", "found", "seeds"))
    for folder in (corpus, found):
        os.makedirs(folder, exist_ok=True)
    shutil.rmtree(initial, ignore_errors=True)
    os.makedirs(initial)
    for path in inputs.of(target):
        shutil.copy(path, os.path.join(initial, os.path.basename(path)))
    log = os.path.join(BUILD, f"fuzz-{target}.log")
    dictionary = [f"-dict={HERE}/{target}.dict"]
    with open(log, "w", encoding="utf-8") as out:
        process = subprocess.Popen(command(target, f"-max_total_time={seconds}", f"-artifact_prefix={found}/",
                                           "-max_len=4096", "-print_final_stats=1", *dictionary, corpus, initial),
                                   stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    with open(log, encoding="utf-8", errors="replace") as said:
        text = said.read()
    states = re.findall(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)", text) or [("0",) * 4]
    runs, coverage, _, kept = states[-1]
    broken = re.findall(r"^(?:broken: .*|SUMMARY: .*|==\d+== ERROR: .*)$", text, re.M)
    return process.returncode, usage.ru_utime + usage.ru_stime, runs, coverage, kept, broken


def keep(target, most):
    """Copies small inputs into the seeds that reach what seeds do not."""
    with tempfile.TemporaryDirectory() as merged:
        for path in inputs.of(target):
            shutil.copy(path, os.path.join(merged, os.path.basename(path)))
        before = set(os.listdir(merged))
        subprocess.run(command(target, "-merge=1", f"-max_len={SMALL}", merged, os.path.join(BUILD, "corpus", target)),
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        fresh = [os.path.join(merged, name) for name in os.listdir(merged) if name not in before]
        fresh.sort(key=lambda path: (os.path.getsize(path), path))
        for path in fresh[:most]:
            shutil.copy(path, os.path.join(inputs.FOLDER, target, os.path.basename(path)[:12]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--keep", type=int, default=0)
    parser.add_argument("targets", nargs="*", default=inputs.targets())
    options = parser.parse_args()
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        subprocess.run(["cmake", "--preset", "fuzz"], cwd=TOP, check=True)
    if not os.environ.get("FUZZ_AS_BUILT"):
        subprocess.run(["cmake", "--build", BUILD, "--target", "glane_fuzz"], check=True)
    failed = False
    for target in options.targets:
        status, seconds, runs, coverage, kept, broken = fuzz(target, round(60 * options.minutes))
        print(f"{target:9} {seconds / 60:6.1f} CPU minutes  {int(runs):>10} inputs  coverage {coverage:>6}  "
              f"corpus {kept:>5}  {'; '.join(broken) or ('sound' if status == 0 else f'status {status}')}", flush=True)
        failed = failed or status != 0
        if options.keep:
            keep(target, options.keep)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
