#!/usr/bin/env python3
"""glane compare, glane rules diff, glane rules profile: what is told of two outputs and of rules at work."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
RULES = os.path.join(TOP, "rules")
GOLD = os.path.join(TOP, "corpus", "gold.jsonl")
TEXT = "Hier, Odile Marchal a payé 12 euros à Verlain et 30 francs à Brume."


def glane(*arguments, stdin=""):
    return subprocess.run([GLANE, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=120)


def at(piece, **more):
    start = TEXT.index(piece)
    return {"start": start, "end": start + len(piece), "text": piece, **more}


def money(piece, value, unit, rule):
    return at(piece, kind="money", value=value, unit=unit, rule=rule)


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def lines(self, name, documents):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as stream:
            for document in documents:
                stream.write(json.dumps(document) + "\n")
        return path


class Compare(InAFolder):
    def files(self):
        """Of ten documents the second output repairs a value, loses a name and finds a wrong one."""
        gold, first, second = [], [], []
        for n in range(10):
            head = {"id": f"d{n}", "text": TEXT}
            right, wrong = money("12 euros", 12, "EUR", "money.a"), money("12 euros", 1200, "EUR", "money.b")
            name, other = at("Odile Marchal", type="person", rule="n.person"), at("Verlain", type="location", rule="n.town")
            gold.append({**head, "entities": [name], "figures": [right]})
            first.append({**head, "entities": [name], "figures": [wrong]})
            second.append({**head, "entities": [other], "figures": [right]})
        return (self.lines("gold.jsonl", gold), self.lines("a.jsonl", first), self.lines("b.jsonl", second))

    def test_what_was_fixed_and_broken_by_rule(self):
        gold, first, second = self.files()
        done = glane("compare", "--gold", gold, first, second, "--layers", "entities,figures", "--shown", "2")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("\nfixed 10, broke 20\n", done.stdout)
        self.assertRegex(done.stdout, r"figures +value +F1 0\.000 → 1\.000  \+1\.000 \[\+1\.000, \+1\.000\]  p 0\.00\d")
        self.assertRegex(done.stdout, r"entities +strict +F1 1\.000 → 0\.000  -1\.000 \[-1\.000, -1\.000\]  p 0\.00\d")
        self.assertIn("\nmoney.a: fixed 10\n", done.stdout)
        self.assertIn("\nn.town: broke 10\n", done.stdout)
        self.assertIn("\nn.person: broke 10\n", done.stdout)
        self.assertIn('d0: money "12 euros" value 1200 unit EUR → money "12 euros" value 12 unit EUR', done.stdout)
        self.assertIn("Odile Marchal a payé [12 euros] à Verlain", done.stdout)
        self.assertEqual(done.stdout.count("and 8 more"), 3)
        self.assertLessEqual(max(map(len, done.stdout.splitlines())), 100)

    def test_equal_outputs_do_not_differ(self):
        gold, first, _ = self.files()
        done = glane("compare", "--gold", gold, first, first, "--layers", "entities,figures")
        self.assertIn("\nno difference\n", done.stdout)
        self.assertEqual(set(re.findall(r"p (\d\.\d+)", done.stdout)), {"1.000"})

    def test_the_report_is_the_same_each_time(self):
        gold, first, second = self.files()
        runs = {glane("compare", "--json", "--gold", gold, first, second, "--layers", "figures").stdout for _ in range(2)}
        self.assertEqual(len(runs), 1)
        found = json.loads(runs.pop())
        self.assertEqual([m["measure"] for m in found["measures"]], ["strict", "value"])
        self.assertEqual({c["verdict"] for c in found["changes"]}, {"fixed"})
        self.assertEqual(found["changes"][0]["before"]["value"], 1200)

    def test_bad_input_is_told(self):
        gold, first, _ = self.files()
        done = glane("compare", "--gold", gold, first, "/none.jsonl")
        self.assertEqual(done.returncode, 3)
        self.assertIn("/none.jsonl", done.stderr)
        self.assertEqual(glane("compare", first, first).returncode, 2)
        bad = self.lines("bad.jsonl", [{"id": "d0", "text": TEXT, "entities": [{"start": "x"}]}])
        done = glane("compare", "--gold", gold, first, bad)
        self.assertEqual(done.returncode, 3)
        self.assertIn("d0", done.stderr)


class Diff(InAFolder):
    def rules(self):
        copy = os.path.join(self.folder, "rules")
        shutil.copytree(RULES, copy, ignore=shutil.ignore_patterns("build"))
        return copy

    def test_what_a_new_rule_changes(self):
        rules = self.rules()
        with open(os.path.join(rules, "26-planted.toml"), "w", encoding="utf-8") as stream:
            stream.write('level = "figures"\n[[rule]]\nid = "planted.francs"\nmatch = "@value:<number> @unit:\'francs\'"\n'
                         'emit = "none"\npriority = 99\n[[rule.example]]\ntext = "Voici [30 francs]."\n')
        text = os.path.join(self.folder, "text.txt")
        with open(text, "w", encoding="utf-8") as stream:
            stream.write(TEXT)
        done = glane("rules", "diff", RULES, rules, "--on", text)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith("changed 1\n"), done.stdout)
        self.assertRegex(done.stdout, r'money "30 francs" .*→ nothing')
        self.assertEqual(glane("rules", "diff", RULES, RULES, "--on", text).stdout, "no difference\n")

    def test_annotated_articles_judge(self):
        rules = self.rules()
        path = os.path.join(rules, "15-money.toml")
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace('emit  = "percent"', 'emit  = "quantity"'))
        done = glane("rules", "diff", RULES, rules, "--on", GOLD, "--layers", "figures")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"figures +value +F1 0\.\d+ → 0\.\d+  -0\.\d+ \[-0\.\d+, -0\.\d+\]  p 0\.00\d")
        self.assertRegex(done.stdout, r"\npercent\.\S+: broke \d+")

    def test_folders_that_do_not_load_are_3(self):
        done = glane("rules", "diff", RULES, "/none", "--on", GOLD)
        self.assertEqual(done.returncode, 3)
        self.assertIn("/none", done.stderr)
        self.assertEqual(glane("rules", "diff", RULES, RULES).returncode, 2)
        self.assertEqual(glane("rules", "diff", RULES, RULES, "--on", "/none.txt").returncode, 3)


class Profile(InAFolder):
    def test_rules_at_work(self):
        done = glane("rules", "profile", GOLD, "--gold", GOLD, "--shown", "10")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith("33 documents\n"), done.stdout[:100])
        tables = done.stdout.split("\n\n")
        levels = {line.split()[0]: line for line in tables[1].splitlines()[1:]}
        fired, kept, beaten = map(int, levels["figures"].split()[-3:])
        self.assertEqual(fired, kept + beaten)
        self.assertGreater(kept, 500)
        shares = [float(share) for share in re.findall(r"^\w+ +([\d.]+) %", tables[1], re.M)]
        self.assertAlmostEqual(sum(shares), 100, delta=1)
        for heading in ("dearest rules", "most often beaten", "never fired (", "noisiest rules"):
            self.assertTrue(any(table.startswith(heading) for table in tables), heading)
        noisiest = next(table for table in tables if table.startswith("noisiest"))
        wrong = [int(line.split()[2]) for line in noisiest.splitlines()[1:]]
        self.assertEqual(wrong, sorted(wrong, reverse=True))
        self.assertLessEqual(len(wrong), 10)

    def test_what_never_fired(self):
        done = glane("rules", "profile", "-", stdin="Le chat dort.")
        self.assertEqual(done.returncode, 0)
        never = done.stdout[done.stdout.index("never fired"):]
        self.assertIn("number.label", never)
        self.assertNotIn("noisiest", done.stdout)

    def test_bad_input_is_told(self):
        self.assertEqual(glane("rules", "profile", "/none.txt").returncode, 3)
        self.assertEqual(glane("rules", "profile").returncode, 2)
        done = glane("rules", "profile", "-", stdin='{"id": 1}\n')
        self.assertEqual(done.returncode, 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
