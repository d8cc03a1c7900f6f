#!/usr/bin/env python3
"""The page of `glane evaluate --html` in a real browser, narrow and wide, with and without scripts."""
import json
import os
import subprocess
import tempfile
import unittest

import browser

GLANE = os.environ.get("GLANE", "build/glane")

# Markup wherever a file can bring it in: id, text, type, value, speaker, rule, name of the file.
EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
TEXT = f"Anne Dupré vit à Metz. {EVIL} coûte 30 euros.\nIl part, dit Luc Petit & fils.\n" + "Zoé rit. " * 30


def place(words, start=0):
    at = TEXT.index(words, start)
    return {"start": at, "end": at + len(words), "text": words}


def gold():
    return {"id": "a " + EVIL, "text": TEXT,
            "entities": [{**place("Anne Dupré"), "type": "person"}, {**place("Metz"), "type": "location"},
                         {**place("Luc Petit"), "type": "person"}, {**place(EVIL), "type": "product"}],
            "figures": [{**place("30 euros"), "kind": "money", "value": 30, "unit": "EUR", "of": EVIL}],
            "quotes": [{**place("Il part"), "kind": "indirect", "speaker": "Luc Petit", "cue": "dit"}]}


def pred():
    return {"id": "a " + EVIL,
            "entities": [{**place("Anne Dupré"), "type": "person", "rule": "name.full"},
                         {**place("Metz"), "type": EVIL, "rule": "rule." + EVIL},
                         {**place("Petit"), "type": "person", "rule": "name.short"},
                         {**place("Zoé"), "type": "person", "rule": "name.short"}],
            "figures": [{**place("30 euros"), "kind": "money", "value": 30, "unit": EVIL, "rule": "money.plain"}],
            "quotes": [{**place("Il part"), "kind": "indirect", "speaker": EVIL, "cue": "dit", "rule": "cue.after"}]}


def earlier():
    run = pred()
    run["entities"] = run["entities"][1:3]
    return run


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = lambda name: os.path.join(cls.folder.name, name)
        for name, record in (("gold.jsonl", gold()), ("<b>pred'&.jsonl", pred()), ("old.jsonl", earlier())):
            with open(path(name), "w", encoding="utf-8") as out:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        cls.page_file = path("report.html")
        subprocess.run([GLANE, "evaluate", "--gold", path("gold.jsonl"), "--pred", path("<b>pred'&.jsonl"),
                        "--against", path("old.jsonl"), "--html", cls.page_file],
                       check=True, stdout=subprocess.DEVNULL)
        cls.browser = browser.Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def pages(self):
        for width in (360, 1400):
            yield width, self.browser.open(self.page_file, width)

    def test_shows_scores_and_is_no_wider_than_the_window(self):
        for width, page in self.pages():
            with self.subTest(width):
                self.assertLessEqual(page.overflow(), 0)
                self.assertEqual(page.count(".tile"), 3)
                self.assertIn("25.0", page.value("document.querySelector('.tile b').textContent"))
                self.assertIn("<b>pred'&.jsonl", page.value("document.querySelector('.lead').textContent"))
                self.assertEqual(page.problems(), [])

    def test_nothing_of_a_file_becomes_markup(self):
        for width, page in self.pages():
            with self.subTest(width):
                self.assertEqual(page.value("document.images.length"), 0)
                self.assertEqual(page.value("document.scripts.length"), 1)
                self.assertEqual(page.value("document.querySelectorAll('main b:not(.tile b):not(.range b)').length"), 0)
                self.assertIn(EVIL, page.value("document.querySelector('#errors-missed').textContent"))
                self.assertEqual(page.problems(), [])

    def test_groups_errors_by_what_is_wrong(self):
        page = self.browser.open(self.page_file)
        for fault, number in (("missed", 1), ("spurious", 1), ("type", 1), ("boundary", 1), ("value", 1), ("speaker", 1)):
            self.assertEqual(page.count(f"#errors-{fault} .error"), number, fault)
        card = page.value("document.querySelector('#errors-boundary .error').innerText")
        self.assertIn("Luc Petit", card)
        self.assertIn("name.short", card)
        marks = page.value("[...document.querySelectorAll('#errors-boundary mark')].map(m => m.textContent)")
        self.assertEqual(marks, ["Luc Petit", "Petit"])
        self.assertIn("EUR", page.value("document.querySelector('#errors-value .differs').innerText"))

    def test_filters(self):
        for width, page in self.pages():
            with self.subTest(width):
                page.choose("[data-filter=layer]", "figures")
                self.assertEqual(page.count(".group .error"), 1)
                self.assertEqual(page.value("document.getElementById('shown').textContent"), "1 of 6 errors")
                page.click("#reset")
                self.assertEqual(page.count(".group .error"), 6)
                page.type("[data-filter=text]", "zoé")
                self.assertEqual(page.count(".group .error"), 1)
                page.click("#reset")
                page.choose("[data-filter=fault]", "boundary")
                page.choose("[data-filter=type]", "location")
                self.assertEqual(page.count(".group .error"), 0)

    def test_a_rule_leads_to_its_errors(self):
        page = self.browser.open(self.page_file)
        page.click("button[data-rule-of='name.short']")
        self.assertEqual(page.count(".group .error"), 2)
        first = page.value("document.querySelector('#rules ~ .scroll tbody tr').innerText")
        self.assertTrue(first.startswith("name.short"), first)

    def test_tables_are_sorted_by_a_click(self):
        page = self.browser.open(self.page_file)
        column = "[...document.querySelectorAll('#rules ~ .scroll tbody tr')].map(r => +r.cells[2].textContent)"
        page.click("#rules ~ .scroll thead th:nth-child(3)")
        self.assertEqual(page.value(column), sorted(page.value(column), reverse=True))
        page.click("#rules ~ .scroll thead th:nth-child(3)")
        self.assertEqual(page.value(column), sorted(page.value(column)))

    def test_compares_with_the_earlier_run(self):
        page = self.browser.open(self.page_file)
        self.assertIn("old.jsonl", page.value("document.querySelector('#earlier + p').textContent"))
        page.click("#broken summary")
        self.assertEqual(page.count("#broken .error"), 1)
        self.assertIn("Zoé", page.value("document.querySelector('#broken').innerText"))
        page.click("#fixed summary")
        self.assertEqual(page.count("#fixed .error"), 1)
        self.assertIn("Anne Dupré", page.value("document.querySelector('#fixed').innerText"))

    def test_reads_without_scripts(self):
        for width in (360, 1400):
            page = self.browser.open(self.page_file, width, scripts=False)
            with self.subTest(width):
                self.assertEqual(page.count(".tools"), 0)
                self.assertEqual(page.count(".tile"), 3)
                self.assertEqual(page.count(".group .error"), 6)
                self.assertLessEqual(page.overflow(), 0)


if __name__ == "__main__":
    browser.skip_without()
    unittest.main()
