#!/usr/bin/env python3
"""The gate on accuracy: it must fail when it should, and the corpus must pass it."""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import floors  # noqa: E402


class Gate(unittest.TestCase):
    pinned = {"gold_sha256": "a", "floors": {"quotes.overlap.f1": 0.8}}

    def test_a_score_under_its_floor_is_told(self):
        self.assertEqual(list(floors.check(self.pinned, {"quotes.overlap.f1": 0.7999}, "a")),
                         ["quotes.overlap.f1: 0.7999 is under its floor 0.8"])

    def test_a_score_on_its_floor_passes(self):
        self.assertEqual(list(floors.check(self.pinned, {"quotes.overlap.f1": 0.8}, "a")), [])

    def test_another_gold_is_told(self):
        self.assertEqual(len(list(floors.check(self.pinned, {"quotes.overlap.f1": 1.0}, "b"))), 1)

    def test_a_measure_that_vanished_is_told(self):
        self.assertEqual(len(list(floors.check(self.pinned, {}, "a"))), 1)

    def test_an_update_raises_and_does_not_lower(self):
        self.assertEqual(floors.updated(self.pinned, {"quotes.overlap.f1": 0.7, "new": 0.2}, False),
                         {"quotes.overlap.f1": 0.8, "new": 0.2})
        self.assertEqual(floors.updated(self.pinned, {"quotes.overlap.f1": 0.9}, False),
                         {"quotes.overlap.f1": 0.9})

    def test_lowering_takes_its_own_word(self):
        self.assertEqual(floors.updated(self.pinned, {"quotes.overlap.f1": 0.7}, True),
                         {"quotes.overlap.f1": 0.7})

    def test_the_corpus_holds_its_floors(self):
        run = subprocess.run([sys.executable, os.path.join(HERE, "floors.py")],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        self.assertEqual(run.returncode, 0, run.stdout)


if __name__ == "__main__":
    unittest.main()
