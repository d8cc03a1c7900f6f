#!/usr/bin/env python3
"""Every format of tests/feeds, read by the program: each field of each article, and offsets into its text.

UPDATE_EXPECT=1 writes tests/feeds_expected.json anew: look at the difference.
"""
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))
GLANE = os.path.join(BUILD, "glane")
EXPECTED = os.path.join(HERE, "feeds_expected.json")
FIELDS = ("id", "title", "date", "language", "source", "meta", "text")

sys.path.insert(0, HERE)
import validate  # noqa: E402


def read(*arguments):
    done = subprocess.run([GLANE, "extract", "--with-text", *arguments], cwd=HERE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8", timeout=300)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines()


class Feeds(unittest.TestCase):
    maxDiff = None

    def test_every_field_of_every_sample(self):
        status, documents, told = read("feeds")
        found = {"articles": [{f: d[f] for f in FIELDS if f in d} for d in documents],
                 "diagnostics": [[d["id"], x["code"]] for d in documents for x in d["diagnostics"]],
                 "told": told, "status": status}
        if os.environ.get("UPDATE_EXPECT"):
            with open(EXPECTED, "w", encoding="utf-8") as stream:
                json.dump(found, stream, ensure_ascii=False, indent=1)
                stream.write("\n")
        with open(EXPECTED, encoding="utf-8") as stream:
            self.assertEqual(found, json.load(stream))
        validator = validate.validator()
        for document in documents:
            self.assertEqual([e.message for e in validator.iter_errors(document)], [])
            self.assertEqual(list(validate.misplaced(document)), [])

    def test_what_came_out_goes_in_again(self):
        _, before, _ = read("feeds/rss.xml")
        done = subprocess.run([GLANE, "extract", "--with-text"], stdout=subprocess.PIPE, encoding="utf-8", timeout=300,
                              input="".join(json.dumps(d, ensure_ascii=False) + "\n" for d in before))
        self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], before)


if __name__ == "__main__":
    unittest.main()
