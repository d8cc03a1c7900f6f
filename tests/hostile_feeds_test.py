#!/usr/bin/env python3
"""Feeds that want to harm: each ends in a clear message, what stands beside it is read, memory stays bounded."""
import json
import os
import resource
import shutil
import subprocess
import tempfile
import unittest

BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "build"))
GLANE = os.path.join(BUILD, "glane")
MOST_MEMORY = 500_000  # kB
RSS = '<?xml version="1.0" encoding="UTF-8"?>\n{}<rss version="2.0"><channel><title>Le Fil</title>\n{}</channel></rss>\n'
ITEM = "<item><guid>urn:{0}</guid><title>Titre {0}</title><description>{1}</description></item>\n"


def rss(*items, doctype=""):
    return RSS.format(doctype, "".join(items))


def item(name, text="Luc Petit part."):
    return ITEM.format(name, text)


class Hostile(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, name, *pieces):
        with open(self.path(name), "wb") as stream:
            for piece in pieces:
                stream.write(piece if isinstance(piece, bytes) else piece.encode())

    def read(self, *arguments):
        """Status, documents, messages and the most memory of one run."""
        with open(self.path(".out"), "wb") as out, open(self.path(".err"), "wb") as err:
            process = subprocess.Popen([GLANE, "extract", "--with-text", "--threads", "2", *(arguments or ["."])],
                                       cwd=self.folder, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        with open(self.path(".out"), encoding="utf-8") as out, open(self.path(".err"), encoding="utf-8") as err:
            documents = [json.loads(line) for line in out]
            return process.returncode, documents, err.read().splitlines(), usage.ru_maxrss

    def assert_told(self, told, *expected):
        self.assertEqual(len(told), len(expected), told)
        for line, (place, reason) in zip(told, expected):
            self.assertTrue(line.startswith(f"glane: ./{place}: "), line)
            self.assertIn(reason, line)

    def test_an_item_of_200_megabytes(self):
        block = "Une phrase de plus. " * 50_000
        begin, end = ITEM.format("large", "|").split("|")
        for name, text in (("a.xml", [block] * 200), ("b.xml", ["<![CDATA["] + ["<p>" + block] * 200 + ["]]>"])):
            head, tail = rss(item(name + "1"), "|", item(name + "2")).split("|")
            self.file(name, head, begin, *text, end, tail)
        self.file("c.jsonl", '{"id":"c1","text":"', *[block] * 200, '"}\n{"id":"c2","text":"Fin."}\n')
        self.file("d.json", '[{"uri":"d1","body_text":"', *[block] * 200, '"},\n{"uri":"d2","body_text":"Fin."}]')
        self.file("e.csv", 'id,text\ne1,"', *[block] * 200, '"\ne2,Fin.\n')
        self.file("f.html", "<html><body><p>", *[block] * 200, "</p></body></html>")
        self.file("g.txt", *[block] * 200)
        status, documents, told, memory = self.read()
        self.assertEqual(status, 1)
        self.assertEqual([d["id"] for d in documents],
                         ["urn:a.xml1", "urn:a.xml2", "urn:b.xml1", "urn:b.xml2", "c2", "d2", "e2"])
        self.assert_told(told, *[(place, "larger than") for place in
                                 ("a.xml:item 2", "b.xml:item 2", "c.jsonl:1", "d.json:item 1", "e.csv:2", "f.html",
                                  "g.txt")])
        self.assertLess(memory, MOST_MEMORY)

    @unittest.skipIf("SANITIZED" in os.environ, "a sanitizer keeps what was freed")
    def test_a_large_feed_does_not_stay_in_memory(self):
        text = "&lt;br/&gt; " * 16_000
        head, tail = rss("|").split("|")
        self.file("a.xml", head, *[item(number, f"{number ** 5} " + text) for number in range(600)], tail)
        self.assertGreater(os.path.getsize(self.path("a.xml")), 100_000_000)
        status, documents, told, memory = self.read()
        self.assertEqual((status, len(documents), told), (0, 600, []))
        self.assertLess(memory, 300_000)

    def test_entities_are_not_expanded_and_nothing_is_fetched(self):
        laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 20))
        secret = self.path(".secret")
        self.file(".secret", "SECRET")
        self.file("a.xml", rss(item("laughs", "Un &l19; rire. L&apos;&eacute;t&eacute;."),
                               doctype=f'<!DOCTYPE rss [<!ENTITY l0 "ha"><!-- don\'t -->{laughs}]>'))
        self.file("b.xml", rss(item("outside", "Un &x; ici. "),
                               doctype=f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'))
        self.file("c.html", f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>Le conseil a voté '
                            'un texte de &x; pages, dit Luc Petit à ses voisins.</p></body></html>')
        status, documents, told, _ = self.read()
        self.assertEqual((status, told), (0, []))
        self.assertEqual([d["text"].split("\n\n")[-1] for d in documents],
                         ["Un &l19; rire. L'été.", "Un &x; ici.",
                          "Le conseil a voté un texte de &x; pages, dit Luc Petit à ses voisins."])
        self.assertEqual([x["code"] for d in documents[:2] for x in d["diagnostics"]], ["declared-entities"] * 2)

    def test_lies_about_the_charset(self):
        story = rss(item("{}", "L'été à Liège coûte 5 €, dit-il."))
        self.file("a.xml", story.replace("{}", "a").encode("cp1252"))
        self.file("b.xml", story.replace("{}", "b").replace("UTF-8", "iso-8859-1").encode("cp1252"))
        self.file("c.xml", story.replace("{}", "c").replace("UTF-8", "ISO-8859-15").encode("iso-8859-15"))
        self.file("d.xml", story.replace("{}", "d").replace("UTF-8", "utf-16").encode())
        self.file("e.xml", story.replace("{}", "e").replace("UTF-8", "windows-1252").encode("utf-8-sig"))
        self.file("f.xml", story.replace("{}", "f").encode("utf-16"))
        self.file("g.xml", story.replace("{}", "g").replace("UTF-8", "klingon").encode())
        self.file("h.json", json.dumps([{"uri": "h", "body_text": "L'été à Liège coûte 5 €, dit-il."}],
                                       ensure_ascii=False).encode("utf-16-le"))
        status, documents, told, _ = self.read()
        self.assertEqual((status, told, len(documents)), (0, [], 8))
        for document in documents:
            self.assertEqual(document["text"].split("\n\n")[-1], "L'été à Liège coûte 5 €, dit-il.", document["id"])

    def test_deep_nesting(self):
        deep = 200_000
        self.file("a.xml", rss(item("a1"), "<item><title>x</title>" + "<b>" * deep + "</b>" * deep + "</item>",
                               item("a2")))
        self.file("b.json", '[{"uri":"b1","x":' + "[" * deep + "]" * deep + '},{"uri":"b2","body_text":"Fin."}]')
        self.file("c.html", "<html><body>" + "<div>" * 50_000 + "<p>" + "Le conseil a voté. " * 9 + "</p></body></html>")
        self.file("d.jsonl", '{"text":"x","y":' + "[" * deep + "]" * deep + '}\n{"id":"d2","text":"Fin."}\n')
        self.file("e.xml", rss(item("e1"), item("tags", "<b/>" * 600_000), item("e2")))
        self.file("f.xml", rss(item("f1", "&lt;figure&gt;" * 200_000), item("f2", "&lt;!--" * 200_000)))
        status, documents, told, memory = self.read()
        self.assertEqual(status, 1)
        self.assertEqual([d["id"] for d in documents],
                         ["urn:a1", "urn:a2", "b2", "d2", "urn:e1", "urn:e2", "urn:f1", "urn:f2"])
        self.assert_told(told, ("a.xml:item 2", "500 deep"), ("b.json:item 1", "500 deep"), ("c.html", "too deep"),
                         ("d.jsonl:1", "500 deep"), ("e.xml:item 2", "500 000 tags"))
        self.assertLess(memory, MOST_MEMORY)

    def test_feeds_that_are_cut_or_torn(self):
        whole = rss(item("1"), item("2"), item("3"))
        self.file("a.xml", whole.replace("urn:", "urn:a")[:-60])
        self.file("b.xml", whole.replace("urn:", "urn:b").replace("</item>", "", 1))
        self.file("c.xml", whole.replace("urn:", "urn:c").replace("</title><description>", "<description>", 2))
        self.file("d.xml", "<?xml version='1.0'?><catalog><book/></catalog>")
        self.file("e.xml", "<?xml version='1.0'?><!-- rien -->")
        self.file("f.xml", rss())
        self.file("g.json", '[{"uri":"g1","body_text":"Fin."},{"uri":"g2","body_te')
        self.file("h.csv", 'id;text\nh1;Un\nh2;"Deux\n')
        self.file("i.csv", "id;corps\ni1;Un\n")
        self.file("j.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n")
        self.file("k.html", "<html><body><ul><li><a href='/'>Accueil</a></li></ul></body></html>")
        self.file("l.xml", rss(item("nul", "un\0deux"), item("l2")))
        status, documents, told, _ = self.read()
        self.assertEqual(status, 1)
        self.assertEqual([d["id"] for d in documents],
                         ["urn:a1", "urn:a2", "urn:b2", "urn:b3", "urn:c1", "urn:c2", "urn:c3", "g1", "h1", "urn:l2"])
        self.assert_told(told, ("a.xml:item 3", "ends inside"), ("b.xml:item 1", "no end tag"),
                         ("d.xml", "<catalog>"), ("e.xml", "without a root"), ("g.json:item 2", "ends inside"),
                         ("h.csv:3", "not closed"), ("i.csv:1", 'no column "text"'), ("j.warc:item 1", "ends inside"),
                         ("k.html", "without an article"), ("l.xml:item 1", "NUL"))
        torn = [d for d in documents if d["id"] in ("urn:c1", "urn:c2")]
        self.assertEqual([d["diagnostics"][0]["code"] for d in torn], ["ill-formed-xml"] * 2)

    def test_fields_stand_where_map_says(self):
        self.file("a.jsonl", '{"doc":{"body":["Luc part."],"n.1":7},"head":"Titre","when":"05/11/2025","k":[1.50]}\n'
                             '{"doc":{"body":[]}}\n')
        self.file("b.csv", "Numéro,Corps\n1,Anne reste.\n")
        status, documents, told, _ = self.read("a.jsonl", "--map", "text=doc.body.0", "--map", "id=doc.n\\.1",
                                               "--map", "title=head", "--map", "date=when")
        self.assertEqual((status, len(documents)), (1, 1))
        self.assertEqual([documents[0][f] for f in ("id", "text", "title", "date")],
                         ["7", "Luc part.", "Titre", "05/11/2025"])
        self.assertEqual(told, ['glane: a.jsonl:2: no "doc.body.0"'])
        status, documents, told, _ = self.read("b.csv", "--map", "text=corps", "--map", "id=1")
        self.assertEqual((status, told, documents[0]["id"], documents[0]["text"]), (0, [], "1", "Anne reste."))
        self.assertEqual(self.read("--map", "corps=x")[0], 2)
        self.assertEqual(self.read("--map", "text")[0], 2)


if __name__ == "__main__":
    unittest.main()
