#!/usr/bin/env python3
"""Word lists can be left out from the command line, any of them, and it shows."""
import glob
import json
import os
import subprocess
import sys
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
TEXT = "Le Burundi et Dudelange signent, selon Le Figaro. Hélène Brassart arrive."

sys.path.insert(0, os.path.join(TOP, "tests"))

import word_list_table  # noqa: E402


def extract(*options):
    return subprocess.run([GLANE, "extract", "--layers", "entities", *options, "-"], input=TEXT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def found(*options):
    """{name: the rule that spoke most for it}"""
    return {e["text"]: e["rule"] for e in json.loads(extract(*options).stdout)["entities"]}


class Without(unittest.TestCase):
    def test_a_list_left_out_is_missed(self):
        person = "inside.first-name-and-name"
        self.assertEqual(found(), {"Burundi": "inside.country", "Dudelange": "inside.city",
                                   "Le Figaro": "inside.media", "Hélène Brassart": person})
        self.assertNotEqual(found("--without", "country").get("Burundi"), "inside.country")
        few = found("--without", "country,media", "--without", "city")
        self.assertNotEqual(few.get("Le Figaro"), "inside.media")
        self.assertNotEqual(few.get("Dudelange"), "inside.city")
        self.assertEqual(few.get("Hélène Brassart"), person)

    def test_every_list_can_be_left_out(self):
        names = [os.path.basename(p)[:-4] for p in sorted(glob.glob(os.path.join(TOP, "rules", "lexicon", "*.tsv")))]
        self.assertGreater(len(names), 50)
        for name in names:
            run = extract("--without", name)
            self.assertEqual(run.returncode, 0, f"{name}: {run.stderr}")

    def test_the_rules_say_that_they_are_others(self):
        whole, part = (json.loads(extract(*o).stdout)["ruleset"] for o in ((), ("--without", "city")))
        self.assertNotEqual(whole, part)

    def test_an_unknown_list_is_named(self):
        run = extract("--without", "towns")
        self.assertEqual(run.returncode, 3)
        self.assertIn("no word list towns", run.stderr)

    def test_the_table_knows_its_lists(self):
        for name in word_list_table.LISTS:
            self.assertGreater(word_list_table.entries(name), 10, name)


if __name__ == "__main__":
    unittest.main()
