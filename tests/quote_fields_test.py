#!/usr/bin/env python3
"""What the scorer does not judge: medium, inferred, modality and group of the quotes in corpus/quotes.jsonl."""
import json
import os
import subprocess
import sys
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
GOLD = os.path.join(TOP, "corpus", "quotes.jsonl")
LEAST = {"medium": 0.9, "inferred": 0.9, "modality": 0.9, "group": 0.9}


def read(lines):
    return {d["id"]: d for d in map(json.loads, filter(str.strip, lines))}


def extract(documents):
    lines = "".join(json.dumps({k: d[k] for k in ("id", "date", "text")}) + "\n" for d in documents)
    out = subprocess.run([GLANE, "extract", "--from", "jsonl", "--layers", "quotes", "-"], input=lines,
                         stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return read(out.splitlines())


def pairs(gold, found):
    """(gold quote, found quote) with the same place."""
    for id_, document in gold.items():
        there = {(q["start"], q["end"]): q for q in found[id_]["quotes"]}
        for quote in document["quotes"]:
            if (quote["start"], quote["end"]) in there:
                yield quote, there[quote["start"], quote["end"]]


class Fields(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(GOLD, encoding="utf-8") as lines:
            cls.gold = read(lines)
        cls.pairs = list(pairs(cls.gold, extract(cls.gold.values())))

    def test_the_gold_fits_its_texts(self):
        for id_, document in self.gold.items():
            for quote in document["quotes"]:
                self.assertEqual(document["text"][quote["start"]:quote["end"]], quote["text"], id_)
                for field in ("speaker", "cue", "medium"):
                    self.assertIn(quote.get(field, ""), document["text"], id_)

    def test_most_quotes_are_found(self):
        self.assertGreater(len(self.pairs), 0.9 * sum(len(d["quotes"]) for d in self.gold.values()))

    def test_fields_are_right_where_they_hold(self):
        for field, least in LEAST.items():
            held = [(g.get(field), p.get(field)) for g, p in self.pairs if field in g]
            right = sum(g == p for g, p in held)
            self.assertGreaterEqual(right, least * len(held), (field, [h for h in held if h[0] != h[1]]))

    def test_fields_are_absent_where_they_do_not_hold(self):
        for field, least in LEAST.items():
            bare = [(g, p) for g, p in self.pairs if field not in g]
            clean = sum(field not in p for _, p in bare)
            self.assertGreaterEqual(clean, least * len(bare), (field, [p for _, p in bare if field in p]))

    def test_the_medium_is_never_the_speaker(self):
        for _, quote in self.pairs:
            self.assertNotEqual(quote.get("medium", "-"), quote.get("speaker"), quote)


if __name__ == "__main__":
    sys.exit(unittest.main())
