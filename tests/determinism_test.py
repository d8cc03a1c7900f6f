#!/usr/bin/env python3
"""The same bytes, run after run and for any number of threads."""
import os
import subprocess
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.path.join(os.environ.get("GLANE_BUILD", os.path.join(TOP, "build")), "glane")
ARTICLES = os.path.join(TOP, "corpus", "gold.jsonl")
LARGER = os.path.join(TOP, "..", "shared", "gold", "wikinews-2016.jsonl")


def extract(path, *arguments):
    return subprocess.run([GLANE, "extract", "--with-text", *arguments, path], check=True,
                          stdout=subprocess.PIPE, timeout=600).stdout


class SameBytes(unittest.TestCase):
    def check(self, path):
        one = extract(path, "--threads", "1")
        with open(path, "rb") as stream:
            self.assertEqual(one.count(b"\n"), sum(1 for _ in stream))
        for threads in ("1", "2", "4"):
            # Not assertEqual: a difference of megabytes is not worth showing.
            self.assertTrue(extract(path, "--threads", threads) == one, f"{threads} threads")

    def test_articles_of_the_corpus(self):
        self.check(ARTICLES)

    @unittest.skipUnless(os.path.exists(LARGER), "no " + LARGER)
    def test_many_articles(self):
        self.check(LARGER)

    def test_an_article_does_not_depend_on_its_neighbours(self):
        with open(ARTICLES, "rb") as stream:
            lines = stream.readlines()
        together = extract(ARTICLES).splitlines()
        for line, expected in list(zip(lines, together))[::5]:
            alone = subprocess.run([GLANE, "extract", "--with-text", "--from", "jsonl", "-"], input=line, check=True,
                                   stdout=subprocess.PIPE, timeout=60).stdout.rstrip(b"\n")
            source = b'"source":"'
            self.assertEqual(alone.split(source)[0], expected.split(source)[0])
            self.assertEqual(alone.partition(b'"ruleset":')[2], expected.partition(b'"ruleset":')[2])


if __name__ == "__main__":
    unittest.main()
