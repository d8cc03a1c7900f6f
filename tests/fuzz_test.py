#!/usr/bin/env python3
"""Every fuzz target takes every input that is kept for it. tests/fuzz/run.py looks for more."""
import os
import re
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))
FUZZ = os.path.join(BUILD, "glane_fuzz")

sys.path.insert(0, os.path.join(HERE, "fuzz"))
import inputs  # noqa: E402


def run(*arguments):
    return subprocess.run([FUZZ, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                          errors="replace", timeout=600)


class Seeds(unittest.TestCase):
    def test_every_target_has_seeds_and_words(self):
        done = run("--target=none")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(sorted(re.search("one of: (.*)", done.stdout)[1].split()), inputs.targets())
        for target in inputs.targets():
            self.assertTrue(os.path.exists(os.path.join(HERE, "fuzz", target + ".dict")), target)

    def test_every_input_keeps_the_promises(self):
        for target in inputs.targets():
            files = inputs.of(target)
            with self.subTest(target):
                done = run("--target=" + target, *files)
                self.assertEqual(done.returncode, 0, done.stdout[-3000:])
                self.assertEqual(len(re.findall("^Running: ", done.stdout, re.M)), len(files))


if __name__ == "__main__":
    unittest.main()
