#!/usr/bin/env python3
"""glane rules: mistakes planted in a copy of the rules are told with their place and a hint."""
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
RULES = os.path.join(TOP, "rules")


def glane(*arguments, stdin=""):
    return subprocess.run([GLANE, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=120)


def rule(match, more="", identity="planted.rule"):
    return (f'\n[[rule]]\nid = "{identity}"\nmatch = """{match}"""\nemit = "number"\n{more}'
            '[[rule.example]]\ntext = "Voici [douze] pommes."\n')


# What is written at the end of which file, at which of its lines and columns the mistake is, and
# what is said of it.
PLANTED = {
    "no TOML": ("20-figures.toml", '\n[[rule]]\nid = = "x"\n', 3, 6, "error", "value"),
    "unknown key": ("20-figures.toml", rule("'douze'", "befor = \"'les'\"\n"), 6, 1, "error",
                    'unknown key "befor"; did you mean before?'),
    "unknown word list": ("20-figures.toml", rule("'douze' <curency>"), 4, 21, "error",
                          "<curency> is neither a lexicon, a shape, nor a kind that a rule emits; "
                          "did you mean <currency>?"),
    "unknown $pattern": ("20-figures.toml", rule("'douze' $exakt"), 4, 20, "error",
                         "$exakt is not in any [patterns]; did you mean $exact?"),
    "an id twice": ("20-figures.toml", rule("'douze'", identity="number.plain"), 3, 6, "error",
                    "rule id number.plain is used twice"),
    "a class of ASCII": ("20-figures.toml", rule("'douze' \\\\d+"), 4, 20, "error", "ASCII-only"),
    "an unclosed group": ("20-figures.toml", rule("('douze' | 'treize'"), 4, 31, "error", "missing )"),
    "a setting that nobody reads": ("20-figures.toml", rule("'douze'", 'set = { modifer = "approx" }\n'), 6, 19, "error",
                                    'no stage asks a rule that emits number for "modifer"; did you mean modifier?'),
    "a setting with an unknown word": ("20-figures.toml", rule("'douze'", 'set = { modifier = "around" }\n'), 6, 20,
                                       "error", "modifier is none of approx, min"),
    "brackets of an example": ("20-figures.toml", '\n[[rule]]\nid = "planted.rule"\nmatch = "\'douze\'"\nemit = "number"\n'
                               '[[rule.example]]\ntext = "Voici [douze pommes."\n', 6, 1, "error", "brackets do not pair"),
    "an unknown level": ("99-planted.toml", 'level = "figure"\n' + rule("'douze'"), 1, 9, "error",
                         'level "figure" is not in levels.toml; did you mean figures?'),
    "too many cells": ("lexicon/currency.tsv", "florin des îles\tx\ty\tz\tz\tz\tz\n", 1, 1, "error", "more cells than fields"),
    "an unknown scope": ("levels.toml", '\n[[level]]\nname = "planted"\nscope = "sentense"\n', 2, 1, "error",
                         "did you mean sentence?"),
    "an entry twice": ("lexicon/demonym.tsv", None, 1, 1, "warning", "duplicate entry"),
    "an entry with two meanings": ("lexicon/period.tsv", "heure\tx\n", 1, 1, "warning", 'entry "heure" conflicts with line'),
    "no example": ("20-figures.toml", '\n[[rule]]\nid = "planted.rule"\nmatch = "\'douze\'"\nemit = "number"\n', 2, 1,
                   "warning", "rule planted.rule has no example"),
    "a rule that never wins": ("99-planted.toml", 'level = "figures"\n\n[[rule]]\nid = "planted.rule"\n'
                               'match = "<number> \'euros\'"\nemit = "money"\n[[rule.example]]\ntext = "Soit [12 euros]."\n',
                               3, 1, "warning", "rule planted.rule gives way in every one of its examples, to money."),
    "words that a list joins": ("20-figures.toml", rule("'un' 'peu' 'douze'"), 4, 12, "warning",
                                "these words can never match: the list adverb makes them one unit; "
                                "write 'un peu' as one literal"),
}


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def copy(self):
        rules = os.path.join(tempfile.mkdtemp(dir=self.folder), "rules")
        shutil.copytree(RULES, rules, ignore=shutil.ignore_patterns("build"))
        return rules

    def plant(self, rules, file, text):
        """Appends a text to a file; the number of lines before it."""
        path = os.path.join(rules, file)
        before = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as stream:
                before = stream.read()
        if text is None:
            text = before.splitlines()[-1] + "\n"
        with open(path, "a", encoding="utf-8") as stream:
            stream.write(text)
        return before.count("\n")

    def test_sound_rules_have_no_mistakes(self):
        done = glane("rules", "check")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertRegex(done.stdout, r"^\d+ rules, [0-9a-f]{16}\n$")

    def test_each_planted_mistake_is_told_where_it_is(self):
        self.assertGreaterEqual(len(PLANTED), 12)
        for name, (file, text, line, column, weight, reason) in PLANTED.items():
            with self.subTest(name):
                rules = self.copy()
                lines = self.plant(rules, file, text)
                done = glane("rules", "check", "--rules", rules)
                self.assertEqual(done.returncode, 3 if weight == "error" else 1, done.stdout + done.stderr)
                told = done.stdout.splitlines()
                self.assertEqual(len(told), 2, done.stdout)
                self.assertTrue(told[0].startswith(f"{rules}/{file}:{lines + line}:{column}: {weight}: "), told[0])
                self.assertIn(reason, told[0])

    def test_all_mistakes_are_told_in_one_run(self):
        rules = self.copy()
        expected = []
        for number, (name, (file, text, line, column, weight, _)) in enumerate(PLANTED.items()):
            if name in ("no TOML", "brackets of an example", "no example", "an unknown scope", "a rule that never wins"):
                continue  # these would hide, or be hidden by, what stands in the same file
            lines = self.plant(rules, file, text and text.replace("planted.rule", f"planted.rule-{number}"))
            expected.append(f"{rules}/{file}:{lines + line}:{column}: {weight}: ")
        done = glane("rules", "check", "--rules", rules)
        self.assertEqual(done.returncode, 3)
        for place in expected:
            self.assertIn(place, done.stdout)
        self.assertRegex(done.stdout.splitlines()[-1], r"^\d+ errors, \d+ warnings$")
        places = [re.match(r"(.*?):(\d+):(\d+): ", line) for line in done.stdout.splitlines()[:-1]]
        order = [(m[1], int(m[2]), int(m[3])) for m in places]
        self.assertEqual(order, sorted(order), "by file and line")

    def test_a_folder_that_is_none_is_3(self):
        done = glane("rules", "check", "--rules", os.path.join(self.folder, "none"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("no such folder of rules", done.stderr)


class Examples(unittest.TestCase):
    LEVELS = '[[level]]\nname = "figures"\n'
    RULE = 'level = "figures"\n[[rule]]\nid = "t.number"\nmatch = "@value:<number> <number>?"\nemit = "number"\n'

    def run_examples(self, *examples, filters=()):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "lexicon"))
            with open(os.path.join(folder, "levels.toml"), "w", encoding="utf-8") as stream:
                stream.write(self.LEVELS)
            with open(os.path.join(folder, "01-a.toml"), "w", encoding="utf-8") as stream:
                stream.write(self.RULE + "".join(f"[[rule.{kind}]]\n{fields}\n" for kind, fields in examples))
            done = glane("rules", "test", "--rules", folder, *filters)
            return done.returncode, [line.replace(folder, "") for line in done.stdout.splitlines()]

    def test_each_verdict(self):
        status, lines = self.run_examples(
            ("example", "text = '[douze]'"), ("example", "text = '[soit 12]'"), ("example", "text = '[12] ou 13'"),
            ("example", "text = 'soit [12]'\nvalue = 13"), ("reject", "text = 'soit 12'"), ("example", "text = '[12]'"))
        self.assertEqual(status, 1)
        self.assertEqual(lines, [
            "/01-a.toml:6: t.number: none: the rule does not match: douze",
            '/01-a.toml:8: t.number: partial: found "12": soit 12',
            "/01-a.toml:10: t.number: several: it matches elsewhere too: 12 ou 13",
            '/01-a.toml:12: t.number: wrong value: value is "12", not "13": soit 12',
            '/01-a.toml:15: t.number: unexpected: found "12": soit 12',
            "6 examples, 5 do not hold, 0 known gaps"])

    def test_known_gaps_are_counted_and_told_when_they_close(self):
        status, lines = self.run_examples(("example", "text = '[douze]'\ntodo = true"), ("example", "text = '[12]'\ntodo = true"))
        self.assertEqual((status, lines), (0, ["/01-a.toml:9: t.number: 12: this todo holds now, make it an example",
                                               "2 examples, 0 do not hold, 1 known gaps"]))

    def test_a_filter_chooses_rules(self):
        self.assertEqual(self.run_examples(("example", "text = '[douze]'"), filters=("--filter", "money"))[1],
                         ["0 examples, 0 do not hold, 0 known gaps"])


class List(unittest.TestCase):
    def test_the_cascade_in_order_with_counts(self):
        done = glane("rules", "list")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^level +scope +policy +rules +examples +symbols +emits$")
        with open(os.path.join(RULES, "levels.toml"), encoding="utf-8") as stream:
            levels = re.findall(r'^name = "(\w+)"', stream.read(), re.M)
        self.assertEqual([line.split()[0] for line in lines[1:-1] if not line.startswith(" ")], levels)
        figures = next(line for line in lines if line.startswith("figures ")).split()
        count = 0
        for path in glob.glob(os.path.join(RULES, "*.toml")):
            with open(path, encoding="utf-8") as stream:
                text = stream.read()
            if re.search(r'^level = "figures"', text, re.M):
                count += len(re.findall(r"^\[\[rule\]\]", text, re.M))
        self.assertEqual(figures[:4], ["figures", "sentence", "best", str(count)])
        self.assertRegex(lines[-1], r"^\d+ rules in \d+ levels, \d+ examples and rejects$")
        self.assertLessEqual(max(map(len, lines)), 100)

    def test_a_rule_down_to_its_pattern(self):
        done = glane("rules", "list", "number.label")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        fields = re.findall(r"^(match|before|expanded|requires|located by|RE2) +(.*)$", done.stdout, re.M)
        self.assertEqual([name for name, _ in fields], ["match", "before", "expanded", "requires", "located by", "RE2"])
        self.assertRegex(done.stdout.splitlines()[0], r"^number\.label  .*/rules/20-no-figures\.toml:\d+$")
        expanded = dict(fields)["expanded"]
        self.assertNotIn("$", expanded.replace(" $ ", ""), "shared patterns are written out")
        self.assertIn("<number_label>", expanded)
        self.assertRegex(dict(fields)["RE2"], r"\\x\{")
        self.assertLessEqual(max(map(len, done.stdout.splitlines()[1:])), 100)

    def test_a_level_and_a_part_of_ids(self):
        level = glane("rules", "list", "speech").stdout.splitlines()
        self.assertRegex(level[0], r"^rule +emits +priority +examples +rejects +file$")
        self.assertGreater(len(level), 10)
        some = glane("rules", "list", "number.").stdout.splitlines()
        self.assertTrue(all("number." in line for line in some[1:]), some)

    def test_an_unknown_name_is_told_with_the_nearest(self):
        done = glane("rules", "list", "number.labell")
        self.assertEqual(done.returncode, 2)
        self.assertIn("did you mean number.label?", done.stderr)


if __name__ == "__main__":
    unittest.main()
