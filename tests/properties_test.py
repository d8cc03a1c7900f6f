#!/usr/bin/env python3
"""What holds of every text, the articles of the corpus and the inputs of the fuzzer alike.

The output is valid, annotations are in order, disjoint and what stands at their place; an article's result depends
neither on its neighbours nor on the number of threads; a paragraph's not on an unrelated one beside it.
"""
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
BUILD = os.environ.get("GLANE_BUILD", os.path.join(TOP, "build"))
GLANE = os.path.join(BUILD, "glane")

sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "fuzz"))
import inputs  # noqa: E402

try:
    import validate
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

DATE = "2025-11-05"
LAYERS = ("entities", "figures", "quotes")
PAIRS = 1000


def corpus():
    with open(os.path.join(TOP, "corpus", "gold.jsonl"), encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def fuzzed():
    """The bytes that fuzz targets of texts keep."""
    for target in ("extract", "offsets", "text", "jsonl", "html"):
        for path in inputs.of(target):
            with open(path, "rb") as stream:
                yield stream.read()


def records():
    """Lines of JSON, some of them with ill-formed bytes in their text."""
    lines = [json.dumps({"id": a["id"], "date": a.get("date", DATE), "text": a["text"]}, ensure_ascii=False).encode()
             for a in corpus()]
    for number, raw in enumerate(fuzzed()):
        if not raw:
            continue
        text = json.dumps(raw.decode("utf-8", "surrogateescape"), ensure_ascii=False)
        lines.append(b'{"id":"fuzz-%d","date":"%s","text":' % (number, DATE.encode()) +
                     text.encode("utf-8", "surrogateescape") + b"}")
    return lines


def extract(lines, *arguments):
    with tempfile.TemporaryFile() as given:
        given.write(b"\n".join(lines) + b"\n")
        given.seek(0)
        done = subprocess.run([GLANE, "extract", "--from", "jsonl", "--with-text", *arguments, "-"], stdin=given,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    return done.stdout


def by_id(output):
    documents = {}
    for line in output.splitlines():
        document = json.loads(line)
        del document["source"]
        documents[document["id"]] = document
    return documents


class EveryText(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lines = records()
        cls.one = extract(cls.lines, "--threads", "1")

    def test_the_output_is_valid_and_slices_are_exact(self):
        self.assertEqual(self.one.count(b"\n"), len(self.lines))
        validator = validate.validator()
        for unit in ("codepoint", "byte", "utf16"):
            output = self.one if unit == "codepoint" else extract(self.lines, "--offsets", unit)
            found = validate.problems(io.StringIO(output.decode()), validator, True)
            self.assertEqual(list(found)[:5], [], unit)

    def test_extracting_is_deterministic_and_threads_do_not_matter(self):
        for threads in ("1", "2", "4"):
            self.assertTrue(extract(self.lines, "--threads", threads) == self.one, threads)

    def test_neighbours_do_not_matter(self):
        wanted = by_id(self.one)
        for seed in range(3):
            shuffled = list(self.lines)
            random.Random(seed).shuffle(shuffled)
            found = by_id(extract(shuffled[seed * len(shuffled) // 4:], "--threads", "2"))
            self.assertGreater(len(found), len(wanted) // 3)
            for name, document in found.items():
                self.assertEqual(document, wanted[name])


def words(text, least=3):
    return set(re.findall(r"\w{%d,}" % least, text.lower()))


def related(one, other):
    """Paragraphs that speak of the same: a long word, a name in whole, in part or by its initials."""
    if words(one, 7) & words(other, 7):
        return True
    names = [set(re.findall(r"[^\W\d_]{2,}", text)) for text in (one, other)]
    capitals = [{w.lower() for w in found if w[0].isupper()} for found in names]
    initials = [{c[0] for c in found} for found in capitals]
    acronym = any(w.isupper() for found in names for w in found)
    return bool(capitals[0] & words(other) or capitals[1] & words(one) or (acronym and initials[0] & initials[1]))


def paragraphs():
    """Paragraphs of the corpus that end as a sentence does, in which quotation marks pair; no turns of a dialogue."""
    for article in corpus():
        for paragraph in article["text"].split("\n\n"):
            text = paragraph.strip()
            closed = text.count("«") == text.count("»") and text.count("“") == text.count("”")
            if 60 < len(text) < 1200 and "\n" not in text and text[0] not in "—–-" and text[-1] in ".!?»" and closed and '"' not in text:
                yield text


def findings(document, begin, end):
    """What is found between two places, by what does not link to elsewhere."""
    kept = {layer: [] for layer in LAYERS}
    for layer, fields in (("entities", ("type", "text")), ("figures", ("kind", "text", "value", "unit")),
                          ("quotes", ("kind", "text", "cue"))):
        for item in document[layer]:
            if item.get("inferred"):  # whoever was speaking before goes on: a link
                continue
            if begin <= item["start"] and item["end"] <= end:
                of_country = re.search(r"francs?\b|dollars?\b|livres?\b|\$", item["text"])  # whose: the article says
                kept[layer].append((item["start"] - begin, *[item.get(field) for field in fields
                                                             if field != "unit" or not of_country]))
            elif item["start"] < end and begin < item["end"]:
                kept[layer].append(("across", item["text"]))
    return kept


class Paragraphs(unittest.TestCase):
    maxDiff = None

    def test_an_unrelated_paragraph_changes_nothing(self):
        rng = random.Random(20251105)
        every = list(paragraphs())
        pairs = []
        while len(pairs) < PAIRS:
            one, other = rng.sample(every, 2)
            if not related(one, other):
                pairs.append((one, other))
        texts = [text for one, other in pairs for text in (one, other, one + "\n\n" + other)]
        lines = [json.dumps({"id": str(n), "date": DATE, "text": text}).encode() for n, text in enumerate(texts)]
        documents = by_id(extract(lines, "--threads", "2"))
        total = 0
        for n, (one, other) in enumerate(pairs):
            alone, beside, both = (documents[str(3 * n + k)] for k in range(3))
            for whole, text, begin in ((alone, one, 0), (beside, other, len(one) + 2)):
                wanted = findings(whole, 0, len(text))
                total += sum(map(len, wanted.values()))
                with self.subTest(text=text, beside=other if text == one else one):
                    self.assertEqual(findings(both, begin, begin + len(text)), wanted)
        self.assertGreater(total, 5 * PAIRS, "nearly nothing was found")


if __name__ == "__main__":
    unittest.main()
