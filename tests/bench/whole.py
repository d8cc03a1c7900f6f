#!/usr/bin/env python3
"""How fast the whole program is, and how that compares with one ICU word-break pass.

    whole.py [FILE.jsonl|FILE.txt|FOLDER]… [--megabytes 20] [--rounds 7] [--threads 1] [--short]

The texts (default: corpus/) are repeated under new ids until there are enough megabytes of
them; glane and the yardstick then read the same file in turn, round by round, so that what
else the machine does falls on both. Printed: the median speed of each, the median of the
ratios of the rounds, and the time to the first output of one short article. Repeated text
meets automata that earlier copies have built: --megabytes 0 reads each text once.
--short only sees that everything works. Nothing here fails for being slow.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(TOP, "build"))
GLANE = os.environ.get("GLANE", os.path.join(BUILD, "glane"))
YARDSTICK = os.path.join(BUILD, "bench", "bench_yardstick")


def files(path):
    if not os.path.isdir(path):
        return [path]
    return sorted(os.path.join(folder, f) for folder, _, names in os.walk(path) for f in names
                  if f.endswith((".jsonl", ".txt")))


def articles(path):
    with open(path, encoding="utf-8") as stream:
        if path.endswith(".txt"):
            yield {"text": stream.read()}
            return
        for line in stream:
            article = json.loads(line)
            yield {k: article[k] for k in ("text", "date", "title") if article.get(k)}


def write_input(path, sources, megabytes):
    """Returns the bytes of text written."""
    found = [a for s in sources for f in files(s) for a in articles(f)]
    once = sum(len(a["text"].encode()) for a in found)
    if not once:
        sys.exit("no text to read")
    copies = max(1, round(megabytes * 1e6 / once))
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(copies):
            for n, article in enumerate(found):
                out.write(json.dumps({"id": f"{copy}-{n}", **article}, ensure_ascii=False) + "\n")
    print(f"{len(found)} articles, {once / 1e6:.2f} MB of text, {copies} times")
    return once * copies


def run_glane(source, output, threads):
    if os.path.exists(output):
        os.remove(output)  # as a file system frees what it replaces while the program waits
    start = time.perf_counter()
    subprocess.run([GLANE, "extract", "--threads", str(threads), source, "-o", output], check=True)
    return time.perf_counter() - start


def run_yardstick(source):
    return json.loads(subprocess.run([YARDSTICK, source], check=True, stdout=subprocess.PIPE).stdout)["seconds"]


def first_output():
    """Seconds from the start of the program to the first byte it writes."""
    start = time.perf_counter()
    with subprocess.Popen([GLANE, "extract", "--from", "text"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as glane:
        glane.stdin.write("Le groupe promet 59 milliards EUR.".encode())
        glane.stdin.close()
        glane.stdout.read(1)
        seconds = time.perf_counter() - start
        glane.stdout.read()
    return seconds


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sources", nargs="*", default=[os.path.join(TOP, "corpus")])
    ap.add_argument("--megabytes", type=float, default=20)
    ap.add_argument("--rounds", type=int, default=7)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--short", action="store_true")
    a = ap.parse_args()
    if a.short:
        a.megabytes, a.rounds = 0, 1
    with tempfile.TemporaryDirectory() as folder:
        source, output = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        megabytes = write_input(source, a.sources, a.megabytes) / 1e6
        glane, yardstick, starts = [], [], []
        for _ in range(a.rounds):
            glane.append(run_glane(source, output, a.threads))
            yardstick.append(run_yardstick(source))
            starts.append(first_output())
    ratios = [y / g for g, y in zip(glane, yardstick)]
    net = [y / max(g - s, 1e-9) for g, y, s in zip(glane, yardstick, starts)]
    speed = lambda seconds: megabytes / statistics.median(seconds)
    print(f"glane      {speed(glane):7.1f} MB/s of text, {a.threads} thread(s), start-up included")
    print(f"yardstick  {speed(yardstick):7.1f} MB/s, one ICU word-break pass")
    print(f"ratio      {statistics.median(ratios):7.3f} median of {a.rounds} rounds "
          f"({min(ratios):.3f} to {max(ratios):.3f}); {statistics.median(net):.3f} without start-up")
    print(f"first byte {1000 * statistics.median(starts):7.1f} ms after the start")


if __name__ == "__main__":
    main()
