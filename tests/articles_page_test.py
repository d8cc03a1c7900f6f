#!/usr/bin/env python3
"""The page of `glane extract --to html:FILE`: what it says to a parser, and in a real browser, narrow and wide,
with scripts and without. One article tries to bring in markup wherever a feed can."""
import html.parser
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import browser

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
BUILD = os.environ.get("GLANE_BUILD", os.path.join(TOP, "build"))
GLANE = os.path.join(BUILD, "glane")

EVIL = ("</noscript></script><script>document.title='pwned'</script><img src=x onerror=alert(1)>\" "
        "onmouseover=\"alert(2)' x='<!-- ]]> &amp; &lt;b&gt; </mark></style>")
EVIL_TEXT = (f"{EVIL}\n\n« On part {EVIL} demain », a déclaré Luc \"Petit\" <b>Martin</b>, ministre de l'Intérieur. "
             "IBM & Cie <i>recrute</i> 300 personnes \U0001F600. Le \"Pont</mark>\" de Liège.\n")
SANE_TEXT = ("Norvia promet 85\u202f000 emplois\n\n« Nous recrutons 300 personnes. Nous partirons », a déclaré Anne "
             "Leduc, directrice de la société Norvia, à Évreux.\n\nLe groupe promet environ 3,5 milliards d’euros "
             "d’ici 2030. Selon elle, les loyers vont baisser.\n")


def write_page(path, *arguments, records=None):
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records or RECORDS)
    done = subprocess.run([GLANE, "extract", "-", *arguments, "--to", "html:" + path], input=lines.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return done


RECORDS = [{"id": EVIL, "title": EVIL, "date": "2026-03-02", "language": EVIL, "source": EVIL, "text": EVIL_TEXT,
            "other": EVIL},
           {"id": "norvia", "title": "Norvia promet 85\u202f000 emplois", "date": "2026-03-02", "text": SANE_TEXT},
           {"id": "lignes", "title": "Lignes", "text": "Un.\r\n\r\nDeux.\n \n\nTrois\nquatre.\n"},
           {"id": "liège", "title": "À Liège", "text": "Luc Petit vit à Liège depuis 2030."},
           {"id": "loyers", "title": "Loyers", "text": "Les loyers sont en hausse de 3 % après un recul de 2,5 %."}]
RECORDS += [{"id": f"suite-{i}", "title": f"Suite {i}", "text": SANE_TEXT} for i in range(40)]


class Reader(html.parser.HTMLParser):
    """Elements with their attributes, and the text and marks of each article."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.texts, self.stack, self.kept, self.titles = [], [], [], [], []
        self.problems = []
        self.feed(page)
        self.close()

    VOID = ("meta", "input", "br", "img")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements.append((tag, attributes))
        if tag in self.VOID:
            return
        if attributes.get("class") == "text":
            self.texts.append("")
        if tag == "h2":
            self.titles.append("")
        self.stack.append((tag, attributes))

    def handle_endtag(self, tag):
        if self.stack and self.stack[-1][0] == tag:
            self.stack.pop()
        else:
            self.problems.append(f"</{tag}> closes {self.stack[-1:]}")

    def handle_data(self, data):
        if any(a.get("class") == "text" for _, a in self.stack):
            self.texts[-1] += data
        if any(tag == "h2" for tag, _ in self.stack):
            self.titles[-1] += data


class WhatItSays(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.file = os.path.join(cls.folder, "a.html")
        write_page(cls.file)
        with open(cls.file, encoding="utf-8", newline="") as stream:
            cls.page = stream.read()
        cls.read = Reader(cls.page)
        done = subprocess.run([GLANE, "extract", "-"], stdout=subprocess.PIPE, check=True,
                              input="".join(json.dumps(r) + "\n" for r in RECORDS).encode())
        cls.documents = [json.loads(line) for line in done.stdout.splitlines()]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_changes_say_where_they_go(self):
        self.assertIn("3 % up", self.page)
        self.assertIn("2.5 % down", self.page)

    def test_elements_are_closed_and_ids_are_there_once(self):
        self.assertEqual(self.read.problems, [])
        self.assertEqual(self.read.stack, [])
        ids = [a["id"] for _, a in self.read.elements if "id" in a]
        self.assertEqual(len(ids), len(set(ids)))
        for tag, attributes in self.read.elements:
            if tag == "a":
                if "href" in attributes:
                    self.assertEqual(attributes["href"][0], "#")
                    self.assertIn(attributes["href"][1:], ids)

    def test_nothing_of_an_article_is_markup(self):
        known = {"html", "head", "meta", "title", "style", "body", "main", "script", "header", "h1", "h2", "h3", "p", "div",
                 "input", "span", "button", "label", "details", "summary", "ol", "article", "mark", "a", "aside",
                 "noscript", "table", "tr", "td", "b", "br", "i"}
        self.assertLessEqual({tag for tag, _ in self.read.elements}, known)
        self.assertEqual(sum(tag == "script" for tag, _ in self.read.elements), 1)
        for _, attributes in self.read.elements:
            self.assertFalse([name for name in attributes if name.startswith("on") or name in ("src", "x", "style")])

    def test_texts_are_as_published(self):
        self.assertEqual(len(self.read.texts), len(RECORDS))
        for title, text, record in zip(self.read.titles, self.read.texts, RECORDS):
            self.assertEqual(title, record["title"])
            whole = record["text"]
            beyond = whole[len(record["title"]):].lstrip() if whole.startswith(record["title"]) else whole
            self.assertEqual(text, beyond)

    def test_empty_lines_are_low(self):
        article = self.page[self.page.index(">Lignes<"):]
        text = article[article.index('<div class="text">'):article.index("</div>")]
        self.assertEqual(text.count('<i class="gap">'), 2)
        self.assertIn("Trois\nquatre.", re.sub("<[^>]*>", "", text))

    def test_every_annotation_is_marked_with_its_rule(self):
        marks = [a for tag, a in self.read.elements if tag == "mark" and "id" in a and "data-r" in a]
        wanted = [a["rule"] for d in self.documents for layer in ("entities", "figures", "quotes") for a in d[layer]]
        self.assertEqual(sorted(a["data-r"] for a in marks), sorted(wanted))
        self.assertTrue(all(a["tabindex"] == "0" and a["data-k"] and a["data-v"] for a in marks))
        values = [a["data-v"] for a in marks]
        self.assertIn("about 3\u202f500\u202f000\u202f000 EUR", values)
        self.assertIn("direct, said by Anne Leduc, cue “a déclaré”", values)

    def test_layers_that_were_not_asked_for_are_not_there(self):
        write_page(self.file + "2", "--layers", "figures")
        with open(self.file + "2", encoding="utf-8") as stream:
            read = Reader(stream.read())
        kinds = {a["class"].split()[1] for tag, a in read.elements if tag == "mark"}
        self.assertEqual(kinds, {"f"})

    def test_nothing_gives_a_page(self):
        file = os.path.join(self.folder, "none.html")
        done = subprocess.run([GLANE, "extract", "--to", "html:" + file], input=b"", check=True)
        self.assertEqual(done.returncode, 0)
        with open(file, encoding="utf-8") as stream:
            read = Reader(stream.read())
        self.assertEqual((read.problems, read.stack), ([], []))


class InABrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.file = os.path.join(cls.folder, "a.html")
        write_page(cls.file)
        cls.browser = browser.Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__(None, None, None)
        shutil.rmtree(cls.folder)

    def assert_sound(self, page):
        self.assertEqual(page.problems(), [])
        self.assertEqual(page.value("document.title"), "glane")
        self.assertLessEqual(page.overflow(), 0)

    def shown(self, page):
        return page.value("[...document.querySelectorAll('article')].filter(a => !a.hidden).length")

    def test_narrow_and_wide(self):
        for width in (360, 1400):
            page = self.browser.open(self.file, width=width)
            self.assert_sound(page)
            self.assertEqual(self.shown(page), len(RECORDS))
            texts = page.value("[...document.querySelectorAll('.text')].slice(0, 3).map(e => e.textContent)")
            self.assertIn("<b>Martin</b>", texts[0])
            self.assertIn("Nous partirons", texts[1])
            # The tables: beside the text where there is room, below it where there is none.
            page.wait("!!document.querySelector('#' + document.querySelector('article').id + ' aside table')")
            beside = page.value("""(() => { const [text, aside] = ['.text', 'aside'].map(s =>
                document.querySelector('article ' + s).getBoundingClientRect());
                return aside.left >= text.right; })()""")
            self.assertEqual(beside, width == 1400)
            page.wait("document.querySelectorAll('aside .pill').length > 20")
            self.assertLess(page.value("Math.max(...[...document.querySelectorAll('aside .pill')].map(p => p.offsetHeight))"),
                            30, "a label is on one line")
            self.assertGreater(page.value("parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"), 15)

    def test_without_scripts(self):
        page = self.browser.open(self.file, width=1400, scripts=False)
        self.assert_sound(page)
        self.assertEqual(page.count(".only-js"), 0)
        self.assertGreater(page.count("aside table"), 0)
        self.assertGreater(page.count(".text .mark"), 0)
        # Kinds are switched without scripts too.
        page.click("#k-figure")
        self.assertEqual(self.border(page, ".text .f"), "rgba(0, 0, 0, 0)")

    def border(self, page, selector):
        return page.value(f"getComputedStyle(document.querySelector('{selector}')).borderBottomColor")

    def test_labels_are_written_and_kinds_can_be_switched_off(self):
        page = self.browser.open(self.file)
        label = "getComputedStyle(document.querySelector('.text .e.t-person'), '::after')"
        self.assertRegex(page.value(label + ".content"), "person|attr")
        self.assertEqual(page.value("document.querySelector('.text .e.t-person').dataset.k"), "person")
        self.assertNotEqual(page.value(label + ".display"), "none")
        self.assertNotEqual(self.border(page, ".text .e.t-person"), "rgba(0, 0, 0, 0)")
        page.click("#k-person")
        self.assertEqual(page.value(label + ".display"), "none")
        self.assertEqual(self.border(page, ".text .e.t-person"), "rgba(0, 0, 0, 0)")
        page.click("#k-person")
        self.assertNotEqual(page.value(label + ".display"), "none")

    def test_value_and_rule_on_hover_and_on_focus(self):
        page = self.browser.open(self.file)
        note = "getComputedStyle(document.querySelector(':is(.f, .e):is(:hover, :focus)'), '::before').content"
        page.click(".text .f")
        self.assertIn("number", page.value(note))
        self.assertIn(".", page.value(note))
        # With Tab the next mark has the note; every mark is reached, in the order of the text.
        seen = []
        page.value("document.activeElement.blur(), document.querySelector('.all summary').focus()")
        page.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
        for _ in range(200):
            page.press("Tab")
            here = page.value("document.activeElement.matches('.mark') ? document.activeElement.id : ''")
            if here:
                seen.append(here)
                content = page.value("getComputedStyle(document.activeElement, '::before').content")
                rule = page.value("document.activeElement.dataset.r")
                self.assertIn(rule, content)
            if len(seen) == 12:
                break
        order = page.value("[...document.querySelectorAll('.mark[tabindex]')].slice(0, 12).map(m => m.id)")
        self.assertEqual(seen, order)

    def test_a_quote_and_its_speaker_are_joined(self):
        page = self.browser.open(self.file)
        quote = "article:nth-of-type(2) .text .q"
        page.value(f"document.querySelector('{quote}').focus()")
        speaker = page.value(f"document.querySelector('{quote} > .by').hash.slice(1)")
        self.assertTrue(page.value(f"document.getElementById('{speaker}').classList.contains('lit')"))
        self.assertEqual(page.value(f"document.getElementById('{speaker}').textContent"), "Anne Leduc")
        page.click(quote + " > .by")
        self.assertEqual(page.value("location.hash.slice(1)"), speaker)
        back = page.value(f"document.getElementById('{speaker}').querySelector('.says').hash.slice(1)")
        self.assertEqual(back, page.value(f"document.querySelector('{quote}').id"))

    def test_tables_jump_to_their_place(self):
        page = self.browser.open(self.file, width=360)
        page.value("document.querySelectorAll('article')[20].scrollIntoView()")
        page.wait("!!document.querySelectorAll('article')[20].querySelector('aside table')")
        page.value("document.querySelectorAll('article')[20].querySelector('aside a').id = 'jump'")
        page.click("#jump")
        there = "document.getElementById(location.hash.slice(1))"
        self.assertTrue(page.value(f"document.querySelectorAll('article')[20].contains({there})"))
        page.wait(f"(r => r.top >= 0 && r.bottom <= innerHeight)({there}.getBoundingClientRect())")

    def test_filters(self):
        page = self.browser.open(self.file)
        page.type("#find", "LIEGE petit vit")  # without accents, in any case, every word
        page.wait("document.querySelector('#count').textContent.startsWith('1 of')")
        self.assertEqual(page.value("[...document.querySelectorAll('article')].findIndex(a => !a.hidden)"), 3)
        self.assertEqual(page.count(".list li"), 1)
        page.value("document.querySelector('#find').value = ''")
        page.type("#find", "suite")
        page.wait("document.querySelector('#count').textContent.startsWith('40 of')")
        page.value("document.querySelector('#find').value = ''")
        page.type("#find", " ")
        page.wait(f"document.querySelector('#count').textContent.startsWith('{len(RECORDS)} of')")

    def test_names_of_all_articles(self):
        page = self.browser.open(self.file)
        page.click(".all summary")
        page.wait("document.querySelectorAll('.all table').length === 3")
        names = page.value("[...document.querySelectorAll('.all .scroll:first-child tbody tr')].map(r => r.innerText)")
        self.assertTrue(any("Anne Leduc" in name and "41" in name for name in names), names[:5])
        page.value("[...document.querySelectorAll('.all button')].find(b => b.textContent == 'Liège').id = 'pick'")
        page.click("#pick")
        self.assertEqual(self.shown(page), 2)
        page.click("#picked")
        self.assertEqual(self.shown(page), len(RECORDS))
        self.assert_sound(page)


if __name__ == "__main__":
    unittest.main()
