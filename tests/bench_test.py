#!/usr/bin/env python3
"""The benches run and measure something. How fast things are is never a test."""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))


def output_of(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}")
    return done.stdout


class Bench(unittest.TestCase):
    def test_every_stage_is_measured(self):
        out = output_of(os.path.join(BUILD, "bench", "bench_stages"), "--benchmark_min_time=0")
        for stage in ("yardstick", "read", "normalise", "segment", "recognise", "interpret", "resolve",
                      "attribute", "extract", "write"):
            self.assertRegex(out, rf"(?m)^{stage} .*bytes_per_second=[0-9.]+")

    def test_the_whole_program_is_measured(self):
        out = output_of(sys.executable, os.path.join(HERE, "bench", "whole.py"), "--short")
        for line in ("glane", "yardstick", "ratio", "first byte"):
            self.assertRegex(out, rf"(?m)^{line} +[0-9.]+")

    def test_how_it_grows_is_measured(self):
        out = output_of(sys.executable, os.path.join(HERE, "bench", "scaling.py"), "--short")
        for line in ("stage recognise", "level figures", "level names", "threads 1 to 2", "start with an image",
                     "rules times 4", "length +16 KB", "long-lines 2 threads", "memory +1 MB"):
            self.assertRegex(out, rf"(?m)^{line} +[0-9.]+")

    def test_loading_is_measured(self):
        out = output_of(sys.executable, os.path.join(HERE, "bench", "load.py"), "--documents", "300")
        for line in ("rows", "render", "load", "load again"):
            self.assertRegex(out, rf"(?m)^{line} +[0-9.]+")


if __name__ == "__main__":
    unittest.main()
