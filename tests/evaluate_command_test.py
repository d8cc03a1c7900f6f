#!/usr/bin/env python3
"""glane evaluate from outside: its reports, bounds, maps, and corpora in the form they are published."""
import json
import os
import re
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
GOLD = os.path.join(TOP, "corpus", "gold.jsonl")
MAPS = os.path.join(TOP, "corpus", "maps")


def run(*arguments, status=0, stdin=None):
    done = subprocess.run([GLANE, "evaluate", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8")
    assert done.returncode == status, f"{arguments}: status {done.returncode}\n{done.stderr}"
    return done


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        return path

    def jsonl(self, name, *records):
        return self.write(name, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))


class Reports(Folder):
    def test_full_report_adds_to_the_reference_report(self):
        plain = json.loads(run("--gold", GOLD, "--json").stdout)
        full = json.loads(run("--gold", GOLD, "--full", "--json").stdout)
        self.assertEqual(full["about"]["documents"], 33)
        for layer, parts in plain.items():
            for name, value in parts.items():
                self.assertEqual(full[layer][name], value)
            strict = full[layer]["semeval"]["micro"]["strict"]
            low, high = strict["f1_interval"]
            self.assertLessEqual(low, strict["f1"])
            self.assertLessEqual(strict["f1"], high)
            self.assertLess(0, high - low)
            self.assertEqual(strict["possible"], plain[layer]["strict"]["gold"])
            self.assertEqual(strict["actual"], plain[layer]["strict"]["pred"])
            self.assertEqual(len(full[layer]["semeval"]["documents"]), 33)
            self.assertTrue(full[layer]["rules"])
        # Where a span has one type only, strict is that of the reference scorer.
        self.assertEqual(full["entities"]["semeval"]["micro"]["strict"]["f1"], plain["entities"]["strict"]["f1"])

    def test_text_begins_as_ever(self):
        plain, full = run("--gold", GOLD).stdout, run("--gold", GOLD, "--full").stdout
        self.assertTrue(full.startswith(plain))
        self.assertRegex(full, r"figures +micro +value +P 0\.\d{3} \[0\.\d{3}, [01]\.\d{3}\]  R ")
        self.assertRegex(full, r"quotes +speaker_name +accuracy 0\.\d{3} \[")

    def test_two_runs_print_the_same(self):
        self.assertEqual(run("--gold", GOLD, "--full", "--json").stdout, run("--gold", GOLD, "--full", "--json").stdout)

    def test_markdown_is_tables(self):
        gold = self.jsonl("g|<b>.jsonl", {"id": 1, "text": "Luc", "entities": [{"start": 0, "end": 3, "type": "a|b_c"}]})
        text = run("--gold", gold, "--pred", gold, "--markdown").stdout
        self.assertIn("## entities", text)
        self.assertIn(r"g\|\<b>.jsonl", text)
        row = next(line for line in text.splitlines() if line.startswith(r"| a\|b\_c |"))
        self.assertIn("**100.0**", row)
        self.assertEqual(len(re.findall(r"(?<!\\)\|", row)), 10)

    def test_bounds_may_name_any_measure(self):
        run("--gold", GOLD, "--fail-under", "entities.strict.f1=0.5",
            "--fail-under", "entities.semeval.by_type.person.partial.f1=0.5")
        done = run("--gold", GOLD, "--fail-under", "quotes.semeval.micro.speaker.f1=1", status=1)
        self.assertRegex(done.stderr, r"quotes\.semeval\.micro\.speaker\.f1 is 0\.\d+, under 1\.0")
        run("--gold", GOLD, "--fail-under", "quotes.semeval.micro.spoken.f1=1", status=2)

    def test_predictions_from_standard_input(self):
        pred = subprocess.run([GLANE, "extract", "--from", "jsonl", GOLD], check=True, stdout=subprocess.PIPE).stdout
        self.assertEqual(run("--gold", GOLD, "--pred", "-", stdin=pred.decode()).stdout, run("--gold", GOLD).stdout)

    def test_an_earlier_report_stands_in_the_page(self):
        earlier = self.write("earlier.json", run("--gold", GOLD, "--full", "--json").stdout)
        page = os.path.join(self.folder, "page.html")
        run("--gold", GOLD, "--html", page, "--against", earlier)
        with open(page, encoding="utf-8") as stream:
            html = stream.read()
        self.assertIn("Since the earlier run", html)
        self.assertIn("±0.0", html)
        self.assertNotIn("http://", html)
        self.assertNotIn("https://", html)

    def test_wrong_usage_is_told(self):
        self.assertIn("--against", run("--gold", GOLD, "--against", GOLD, status=2).stderr)
        self.assertIn("glane", run("--gold", GOLD, "--gold-format", "xls", status=2).stderr)
        run("--gold", GOLD, "--json", "--markdown", status=2)
        self.assertIn("none.toml: cannot be read", run("--gold", GOLD, "--map", "none.toml", status=3).stderr)
        self.assertIn("cannot be", run("--gold", GOLD, "--html", "/nowhere/page.html", status=3).stderr)
        self.assertIn("neither .ann", run("--gold", self.folder, status=3).stderr)


class OtherPrograms(Folder):
    def test_two_taggers_of_one_file(self):
        gold = self.write("gold.conll", "Anne B-PER\nDupré I-PER\nà O\nMetz B-LOC\n\nLuc B-PER\n")
        pred = self.write("tagged.conll", "Anne B-PER\nDupré O\nà O\nMetz B-LOC\n\nLuc B-PER\n")
        report = json.loads(run("--gold", gold, "--pred", pred, "--layers", "entities", "--full", "--json").stdout)
        partial = report["entities"]["semeval"]["micro"]["partial"]
        self.assertEqual((partial["correct"], partial["partial"], partial["missed"]), (2, 1, 0))

    def test_predictions_outside_of_the_text_are_shown_and_wrong(self):
        gold = self.jsonl("gold.jsonl", {"id": "a", "text": "Luc", "entities": [{"start": 0, "end": 3, "type": "person"}]})
        pred = self.jsonl("pred.jsonl", {"id": "a", "entities": [
            {"start": 900, "end": 950, "type": "person"}, {"start": 2, "end": -7, "type": "role"},
            {"start": -5, "end": -1, "type": "role"}]})
        page = os.path.join(self.folder, "page.html")
        report = json.loads(run("--gold", gold, "--pred", pred, "--html", page, "--full", "--json").stdout)
        strict = report["entities"]["semeval"]["micro"]["strict"]
        self.assertEqual((strict["correct"], strict["missed"], strict["spurious"]), (0, 1, 3))

    def test_ids_that_nobody_shares_are_told(self):
        gold = self.jsonl("gold.jsonl", {"id": "a", "text": "Luc", "entities": []})
        pred = self.jsonl("pred.jsonl", {"id": "b", "entities": []})
        self.assertIn('no prediction has the id of a gold document, as "a"', run("--gold", gold, "--pred", pred).stderr)


class Order(Folder):
    def test_no_measure_of_semeval_depends_on_the_order_of_the_file(self):
        with open(GOLD, encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        turned = [{**r, **{layer: r[layer][::-1] for layer in ("entities", "figures", "quotes")}} for r in records]
        reports = []
        for gold in (GOLD, self.jsonl("gold.jsonl", *turned)):
            report = json.loads(run("--gold", gold, "--full", "--json").stdout)
            reports.append([report[layer]["semeval"] for layer in ("entities", "figures", "quotes")])
        self.assertEqual(*reports)


class PublicCorpora(Folder):
    """Texts of our own in the form of the corpora as they are published."""

    def measure(self, gold, name, layer, measure="strict"):
        report = json.loads(run("--gold", gold, "--map", os.path.join(MAPS, name), "--full", "--json").stdout)
        self.assertEqual([key for key in report if key != "about"], [layer])
        return report[layer]["semeval"]["micro"][measure], report[layer]["semeval"]["by_type"]

    def test_winer_fr(self):
        text = "Bruxelles : Anne Dupré quitte l'Université de Liège\n\n4 mai 2017 . – Le ministre Luc Petit est à Paris.\n"
        spans = [("Location", "Bruxelles"), ("Person", "Anne Dupré"), ("Organization", "Université de Liège"),
                 ("Location", "Liège"), ("Date", "4 mai 2017"), ("Person", "Luc Petit"), ("Location", "Paris")]
        lines = [f"T{i}\t{kind} {text.index(words)} {text.index(words) + len(words)}\t{words}\n"
                 for i, (kind, words) in enumerate(spans, 1)]
        self.write("2017/05/2017_05_04-001.txt", text)
        self.write("2017/05/2017_05_04-001.ann", "".join(lines))
        strict, types = self.measure(self.folder, "winer-fr.toml", "entities")
        self.assertEqual((strict["possible"], strict["correct"], strict["spurious"]), (5, 5, 0))
        self.assertEqual(set(types), {"person", "location", "organization"})

    def test_fr_timebank(self):
        self.write("a.tml", """<?xml version="1.0" encoding="UTF-8"?>
<TimeML><DOCID>a</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2019-06-27" functionInDocument="CREATION_TIME">27 juin 2019</TIMEX3></DCT>
<TEXT><EVENT eid="e1">Trois</EVENT> élus ont voté <TIMEX3 tid="t1" type="DATE" value="2019-06-26">hier</TIMEX3>, après
<TIMEX3 tid="t2" type="DURATION" value="PT48H">48 heures</TIMEX3> de débats et 300 discours ;
<TIMEX3 tid="t3" type="SET" value="P1Y">chaque année</TIMEX3> c'est pareil.</TEXT></TimeML>""")
        value, types = self.measure(self.folder, "fr-timebank.toml", "figures", "value")
        self.assertEqual((value["possible"], value["correct"], value["actual"]), (2, 2, 2))
        self.assertEqual(set(types), {"date", "duration"})

    def test_timeml_with_its_date_inside_the_text(self):
        # As FR-TimeBank is published (its ISO-TimeML-French.dtd): nothing but TEXT and links, and the first TIMEX3 of
        # the text is the day of the dispatch.
        self.write("b.tml", """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE TimeML SYSTEM "ISO-TimeML-French.dtd">
<TimeML>
<TEXT>
<TIMEX3 tid="t0" type="DATE" value="1999-03-02" temporalFunction="false" functionInDocument="CREATION_TIME">2 mars 1999</TIMEX3>

Le syndicat <EVENT eid="e1" eiid="ei1" class="OCCURRENCE" pos="VERB" tense="PAST" pred="RÉUNIR">s'était réuni</EVENT> <TIMEX3 tid="t1" type="DATE" value="1999-03-01" temporalFunction="true">hier</TIMEX3>.
</TEXT>
<TLINK lid="l1" origin="USER" relType="IS_INCLUDED" eventInstanceID="ei1" relatedToTime="t1"/>
</TimeML>""")
        value, types = self.measure(self.folder, "fr-timebank.toml", "figures", "value")
        self.assertEqual((value["possible"], value["correct"], value["actual"]), (2, 2, 2))

    def test_wikiner(self):
        gold = self.write("aij-wikiner-fr-wp2", "Anne|NAM|I-PER Dupré|NAM|I-PER est|VER|O née|VER|O à|PRP|O Paris|NAM|I-LOC "
                          ".|SENT|O\n\nElle|PRO|O préside|VER|O la|DET|O Banque|NAM|I-ORG de|PRP|I-ORG France|NAM|I-ORG .|SENT|O\n")
        strict, types = self.measure(gold, "wikiner.toml", "entities")
        self.assertEqual((strict["possible"], strict["correct"], strict["spurious"]), (3, 3, 0))

    def test_hipe(self):
        rows = ["TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tMISC", "# language = fr", "# document_id = GDL-1902-05-01",
                "# date = 1902-05-01", "Hier\tB-time\tO\t_", ",\tO\tO\t_", "M\tB-pers\tO\tNoSpaceAfter",
                ".\tI-pers\tO\t_", "Lebrun\tI-pers\tO\t_", "était\tO\tO\t_", "à\tO\tO\t_", "Genève\tB-loc\tO\tNoSpaceAfter",
                ".\tO\tO\t_"]
        gold = self.write("HIPE-data-v1.4-test-fr.tsv", "\n".join(rows) + "\n")
        partial, types = self.measure(gold, "hipe.toml", "entities", "partial")
        # HIPE's names begin with the civility, glane's behind it.
        self.assertEqual((partial["correct"], partial["partial"], partial["possible"]), (1, 1, 2))


if __name__ == "__main__":
    unittest.main()
