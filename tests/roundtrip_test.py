#!/usr/bin/env python3
"""What glane writes for other programs, it reads back to the same annotations."""
import glob
import json
import os
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))

# Characters outside of the first plane, combining ones, odd spaces, line ends inside a quote.
ODD = ("😀 Été à Évreux 😀😀\r\n\r\n« Nous investirons 59\u202fmillions d’euros 𝒳, \r\ndès 2030 », a déclaré "
       "mercredi Zoé E\u0301vrard, présidente de l’Office des forêts.\n\nSelon Luc Petit, le déficit dépasse 1,4 %.")


def run(*arguments, **options):
    return subprocess.run([GLANE, *arguments], check=True, stdout=subprocess.PIPE, encoding="utf-8", **options).stdout


class RoundTrip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.articles = cls.path("articles.jsonl")
        with open(cls.articles, "w", encoding="utf-8") as out:
            for name, text in cls.texts():
                out.write(json.dumps({"id": name, "date": "2025-11-21", "text": text}, ensure_ascii=False) + "\n")
        cls.jsonl = cls.path("all.jsonl")
        run("extract", cls.articles, "--with-text", "-o", cls.jsonl)
        with open(cls.jsonl, encoding="utf-8") as lines:
            cls.documents = [json.loads(line) for line in lines]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @staticmethod
    def texts():
        yield "odd 1:%\\é", ODD
        yield "nothing", "Il pleut."
        for file in sorted(glob.glob(os.path.join(TOP, "corpus", "articles", "*")))[:12]:
            with open(file, encoding="utf-8") as stream:
                yield "a/" + os.path.basename(file), stream.read()

    def report(self, gold, pred):
        return json.loads(run("evaluate", "--gold", gold, "--pred", pred, "--full", "--json"))

    def assert_all_right(self, report, schemes):
        for layer, names in schemes.items():
            micro = report[layer]["semeval"]["micro"]
            total = sum(len(d[layer]) for d in self.documents)
            self.assertGreater(total, 0)
            for name in names:
                self.assertEqual((micro[name]["correct"], micro[name]["possible"], micro[name]["actual"]),
                                 (total, total, total), (layer, name))

    def check(self, form, path, schemes):
        run("extract", self.articles, "--to", f"{form}:{path}")
        self.assert_all_right(self.report(self.jsonl, path), schemes)
        # As gold it brings its own text, which must be that of the articles.
        self.assert_all_right(self.report(path, self.jsonl), schemes)

    SPANS = {"entities": ("strict",), "figures": ("strict",), "quotes": ("strict",)}
    ALL = {"entities": ("strict",), "figures": ("strict", "value"), "quotes": ("strict", "speaker")}

    def test_brat(self):
        self.check("brat", self.path("brat"), self.ALL)

    def test_conll(self):
        self.check("conll", self.path("all.conll"), self.SPANS)

    def test_doccano(self):
        self.check("doccano", self.path("doccano.jsonl"), self.ALL)

    def test_label_studio(self):
        self.check("labelstudio", self.path("labelstudio.json"), self.ALL)

    def test_text_read_anew_gives_the_same(self):
        """The text that a format brings is enough to find everything again."""
        path = self.path("again.json")
        run("extract", self.articles, "--to", f"labelstudio:{path}")
        report = json.loads(run("evaluate", "--gold", path, "--full", "--json"))
        self.assert_all_right(report, self.ALL)


if __name__ == "__main__":
    unittest.main()
