#!/usr/bin/env python3
"""How what a run costs grows: stage by stage, with threads, rules, the length of a text, the size of the input.

    scaling.py [stages|threads|start|rules|length|long-lines|memory]…  [--sources FILE|FOLDER…] [--megabytes 8]
               [--rounds 5] [--most 64] [--short]

All of it without a name. Times are those of the processor, which survive a busy machine, as multiples of what one ICU
word-break pass takes over the same texts, measured in turn in the same run: 20 is a twentieth of its speed. Start-up is
measured by itself and taken off. Threads and start-up are timed by the clock.
  stages      each stage, each level, beside the yardstick
  threads     how many times faster two threads are than one
  start       the first byte of output, with the image of the rules and without
  rules       the rules once, twice and four times in a folder: the copies match wherever the first ones do
  length      texts of 1 KB to 2 MB, the most that is read
  long-lines  lines too long for a board, read with an RE2 that threads share and with one for each
  memory      the most memory a run takes, from 1 MB of input through a pipe to --most (1000 is a gigabyte)
--short only sees that everything works. Nothing here fails for being slow.
"""
import argparse
import itertools
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import whole

RULES = os.path.join(whole.TOP, "rules")
STAGES = os.path.join(whole.BUILD, "bench", "bench_stages")
SHORT_TEXT = "Le groupe promet 59 milliards EUR."
MOST_TEXT = 2 << 20  # bytes: longer texts are refused


def seconds_of(*command, given=b""):
    """Of the clock, and of the processor."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        process.stdin.write(given)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: status {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def extract(source, *arguments, threads=1):
    return seconds_of(whole.GLANE, "extract", "--threads", str(threads), *arguments, source)


def start_up(*arguments):
    return seconds_of(whole.GLANE, "extract", "--from", "text", *arguments, given=SHORT_TEXT.encode())


def yardstick(source):
    return json.loads(subprocess.run([whole.YARDSTICK, source], check=True, stdout=subprocess.PIPE).stdout)["processor"]


def multiple(source, rounds, *arguments):
    """Of the yardstick's time over the same file, the medians of the rounds: without start-up, and start-up in ms."""
    ratios, starts = [], []
    for _ in range(rounds):
        starts.append(start_up(*arguments)[1])
        ratios.append((extract(source, *arguments)[1] - starts[-1]) / max(yardstick(source), 1e-6))
    return max(statistics.median(ratios), 0), 1000 * statistics.median(starts)


def write_lines(path, texts):
    with open(path, "w", encoding="utf-8") as out:
        for n, text in enumerate(texts):
            out.write(json.dumps({"id": str(n), "date": "2025-11-05", "text": text}, ensure_ascii=False) + "\n")
    return path


def texts_of(options):
    return [article["text"] for source in options.sources for path in whole.files(source)
            for article in whole.articles(path)]


def repeated(texts, megabytes):
    """The texts again and again, until there are so many megabytes of them; each once at least."""
    size = sum(len(text.encode()) for text in texts)
    return texts * max(1, round(megabytes * 1e6 / size))


# ---- what is measured ----------------------------------------------------------------------------------------------


def benches(pattern, options, folder):
    """The measurements of bench_stages whose names match."""
    source = write_lines(os.path.join(folder, "texts.jsonl"), texts_of(options))
    least = "0" if options.short else "0.5"
    said = subprocess.run([STAGES, f"--benchmark_filter={pattern}", f"--benchmark_min_time={least}",
                           "--benchmark_format=json", source], check=True, stdout=subprocess.PIPE).stdout
    return {bench["name"]: bench for bench in json.loads(said)["benchmarks"]}


def stages(options, folder):
    found = benches("^(yardstick|read|normalise|segment|recognise|interpret|resolve|attribute|extract|write|levels)$",
                    options, folder)
    unit = found.pop("yardstick")["cpu_time"]
    levels = found.pop("levels")
    for name, bench in found.items():
        print(f"stage {name:13} {bench['cpu_time'] / unit:7.2f} yardsticks")
    for name in sorted((key for key in levels if key.startswith("level:")), key=levels.get, reverse=True):
        print(f"level {name[6:]:13} {levels[name] / unit:7.2f} yardsticks, "
              f"{100 * levels[name] / levels['cpu_time']:4.1f} % of recognising")


def threads(options, folder):
    source = write_lines(os.path.join(folder, "texts.jsonl"), repeated(texts_of(options), options.megabytes))
    times = {1: [], 2: []}
    for _ in range(options.rounds):
        start = start_up()[0]
        for count, found in times.items():
            found.append(max(extract(source, threads=count)[0] - start, 1e-4))  # a short run may be over as soon
    gains = [one / two for one, two in zip(times[1], times[2])]
    print(f"threads 1 to 2 {statistics.median(gains):8.2f} times faster ({min(gains):.2f} to {max(gains):.2f})")


def start(options, folder):
    source = write_lines(os.path.join(folder, "texts.jsonl"), repeated(texts_of(options), 1))
    bytes_read = os.path.getsize(source)
    copy = shutil.copytree(RULES, os.path.join(folder, "rules"))
    with open(os.path.join(copy, "levels.toml"), "a", encoding="utf-8") as levels:
        levels.write("# Other rules than those of the image.\n")
    for name, arguments in (("with an image", ()), ("without", ("--rules", copy))):
        clock, processor = zip(*(start_up(*arguments) for _ in range(3 * options.rounds)))
        unit = statistics.median(yardstick(source) for _ in range(options.rounds)) / bytes_read * 1e6
        print(f"start {name:13} {1000 * min(clock):7.1f} ms at best, {1000 * statistics.median(clock):.1f} mostly; of the "
              f"processor what the yardstick takes for {statistics.median(processor) / unit:.1f} MB")


def rules_times(folder, times):
    """A copy of the rules in which every rule stands so many times, under ids of its own, without its examples."""
    copy = shutil.copytree(RULES, os.path.join(folder, f"rules-{times}"))
    for path in (os.path.join(copy, name) for name in os.listdir(copy) if re.match(r"\d.*\.toml$", name)):
        with open(path, encoding="utf-8") as file:
            head, *blocks = re.split(r"(?m)^(?=\[\[rule\]\]$)", file.read())
        blocks = [re.split(r"(?m)^ *\[\[rule\.(?:example|reject)\]\]$", block)[0] for block in blocks]
        again = [re.sub(r'(?m)^(id *= *"[^"]*)"', rf'\1-{n}"', block) for n in range(2, times + 1) for block in blocks]
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join([head, *blocks, *again]))
    return copy


def rules(options, folder):
    source = write_lines(os.path.join(folder, "texts.jsonl"), repeated(texts_of(options), options.megabytes / 2))
    first = 0
    for times in (1, 2, 4):
        found, start_ms = multiple(source, options.rounds, "--rules", rules_times(folder, times))
        first = first or found
        print(f"rules times {times}   {found:9.2f} yardsticks, {found / max(first, 1e-9):.2f} times the first; "
              f"compiled in {start_ms:.0f} ms")


def texts_of_length(paragraphs, length, megabytes):
    """Paragraphs in ever other order, joined to texts of that many bytes."""
    rng = random.Random(length)
    texts = []
    for _ in range(max(1, round(megabytes * 1e6 / length))):
        pieces, size = [], 0
        while size < length:
            pieces.append(rng.choice(paragraphs))
            size += len(pieces[-1].encode()) + 2
        texts.append("\n\n".join(pieces).encode()[:length].decode(errors="ignore"))
    return texts


def length(options, folder):
    paragraphs = [p for text in texts_of(options) for p in re.split(r"\n\s*\n", text) if p.strip()]
    lengths = [1 << 10, 1 << 14] if options.short else [1 << n for n in range(10, 21)] + [MOST_TEXT]
    least = None
    for size in lengths:
        texts = texts_of_length(paragraphs, size, 0 if options.short else options.megabytes / 2)
        found, _ = multiple(write_lines(os.path.join(folder, "texts.jsonl"), texts), options.rounds)
        least = min(least or found, found)
        print(f"length {size / 1024:8.0f} KB {found:7.2f} yardsticks, {found / max(least, 1e-9):.2f} times the least so far",
              flush=True)


def long_lines(options, folder):
    found = benches("long_lines", options, folder)
    for count in (1, 2):
        shared, own = (found[f"long_lines_{name}/real_time/threads:{count}"]["bytes_per_second"]
                       for name in ("shared", "own"))
        print(f"long-lines {count} thread{'s' * (count > 1):2} {own / shared:6.2f} times as fast with an RE2 of its own")


def memory_of(megabytes, texts):
    """The most memory of a run over articles that come through a pipe, in MB."""
    with subprocess.Popen([whole.GLANE, "extract", "--from", "jsonl", "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL) as glane:
        written = 0
        for n, text in enumerate(itertools.cycle(texts)):
            line = json.dumps({"id": f"article-{n}", "text": text}, ensure_ascii=False).encode() + b"\n"
            glane.stdin.write(line)
            written += len(line)
            if written >= megabytes * 1e6:
                break
        glane.stdin.close()
        _, status, usage = os.wait4(glane.pid, 0)
        glane.returncode = os.waitstatus_to_exitcode(status)
    if glane.returncode:
        sys.exit(f"glane ended with status {glane.returncode}")
    return usage.ru_maxrss / 1024


def memory(options, _):
    texts = texts_of(options)
    size = 1
    while size <= options.most:
        print(f"memory {size:8} MB {memory_of(size, texts):8.0f} MB at most", flush=True)
        size = size * 4 if size * 4 <= options.most or size == options.most else options.most


WHAT = {"stages": stages, "threads": threads, "start": start, "rules": rules, "length": length,
        "long-lines": long_lines, "memory": memory}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=", ".join(WHAT))
    parser.add_argument("--sources", nargs="+", default=[os.path.join(whole.TOP, "corpus", "gold.jsonl")])
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=64, help="megabytes of input, for memory")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    unknown = set(options.what) - set(WHAT)
    if unknown:
        parser.error(f"nothing measures {', '.join(sorted(unknown))}")
    if options.short:
        options.megabytes, options.rounds, options.most = 0, 1, 1
    for name in options.what or WHAT:
        with tempfile.TemporaryDirectory() as folder:
            WHAT[name](options, folder)


if __name__ == "__main__":
    main()
