#!/usr/bin/env python3
"""The value cases of third parties: those that fail are exactly those listed, with a reason.

tests/value_cases.tsv lists them: id, "guide" where corpus/ANNOTATION.md decides otherwise or "gap" where glane
should read it and does not yet, and why. A case that begins to pass has to leave the list.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
CASES = sorted(glob.glob(os.path.join(TOP, "..", "shared", "cases", "*.jsonl")))
SCORER = os.path.join(TOP, "..", "shared", "score_cases.py")
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))


def listed():
    with open(os.path.join(HERE, "value_cases.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


def failing():
    with tempfile.TemporaryDirectory() as folder:
        cases, found = os.path.join(folder, "cases.jsonl"), os.path.join(folder, "found.jsonl")
        with open(cases, "w", encoding="utf-8") as out:
            for path in CASES:
                with open(path, encoding="utf-8") as lines:
                    out.write(lines.read())
        subprocess.run([GLANE, "extract", "--rules", os.path.join(TOP, "rules"), "--layers", "figures", "-o", found,
                        cases], check=True)
        report = subprocess.run([sys.executable, SCORER, cases, found, "--errors", "1000"], check=True,
                                capture_output=True, text=True).stdout
    return set(re.findall(r"^- (\S+) ", report, re.M))


class ValueCases(unittest.TestCase):
    def test_those_that_fail_are_those_listed(self):
        self.assertEqual(failing(), set(listed()))

    def test_every_row_has_a_reason(self):
        for case, row in listed().items():
            self.assertEqual(len(row), 2, case)
            self.assertIn(row[0], ("guide", "gap"), case)
            self.assertGreater(len(row[1]), 20, case)


if __name__ == "__main__":
    if not CASES or not os.path.exists(SCORER):
        print("skipped: the value cases are not at hand")
        sys.exit(77)
    unittest.main()
