#!/usr/bin/env python3
"""tests/sanitized_articles.py BUILD [COUNT]: articles through a build under sanitizers, on four threads.

What it writes must be what the release build writes, and the sanitizer must have nothing to say. All ways of writing
are tried, the databases among them.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import many_articles  # noqa: E402

RELEASE = os.path.join(HERE, "..", "build", "glane")
TARGETS = ("sqlite:{}/o.db", "brat:{}/brat", "csv:{}/csv", "html:{}/o.html")
OPTIONS = {"TSAN_OPTIONS": "halt_on_error=1",
           "UBSAN_OPTIONS": "print_stacktrace=1"}


def extract(program, path, *arguments):
    done = subprocess.run([program, "extract", path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, **OPTIONS})
    if done.returncode or done.stderr:
        print(done.stderr.decode(errors="replace")[-6000:])
        sys.exit(f"{' '.join(arguments)}: status {done.returncode}")
    return done.stdout


def main():
    build, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    program = os.path.join(build, "glane")
    with tempfile.TemporaryDirectory() as folder:
        path = many_articles.write(os.path.join(folder, "articles.jsonl"), range(count))
        wanted = extract(RELEASE, path, "--with-text")
        if extract(program, path, "--with-text", "--threads", "4") != wanted:
            sys.exit("the output is another one")
        for target in TARGETS:
            extract(program, path, "--threads", "4", "--to", target.format(folder))
    print(f"{count} articles, {1 + len(TARGETS)} ways of writing: the same output, and nothing to say")


if __name__ == "__main__":
    main()
