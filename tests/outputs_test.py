#!/usr/bin/env python3
"""CSV and Elasticsearch: the same documents in other clothes."""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
sys.path.insert(0, HERE)
import loading  # noqa: E402

ARTICLES = os.path.join(TOP, "corpus", "articles")
TEXT = "L'usine vaut 3,5 euros.\r\n\r\n« Oui, \"oui\" », a déclaré Odile Kerven, la maire de Colmar."


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def load(self, path, to, *arguments, status=0):
        done = loading.load(path, to, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        return done


class Csv(InAFolder):
    def rows(self, table):
        with open(self.path(f"out/{table}.csv"), encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def test_holds_what_sqlite_holds(self):
        for options in ([], ["--with-text", "--offsets", "utf16"]):
            self.load(ARTICLES, "csv:" + self.path("out"), "--date", "2025-11-21", *options)
            database = self.path(f"{len(options)}.db")
            self.load(ARTICLES, "sqlite:" + database, "--date", "2025-11-21", *options)
            for table, wanted in loading.sqlite_rows(database).items():
                columns = loading.COLUMNS[table].split()
                keys = columns if table == "documents" else ["document"] + columns
                found = [tuple(row[key] or None for key in keys) for row in self.rows(table)]
                normal = loading.sort(loading.normal(table, row) for row in found)
                wanted = loading.sort(tuple(cell if cell != "" else None for cell in row) for row in wanted)
                self.assertEqual(normal, wanted, table)

    def test_fields_are_quoted_as_rfc_4180_says(self):
        path = loading.write_articles(self.path("a.jsonl"), [dict(loading.article(1, TEXT), title="", id="a,\"b\"")])
        self.load(path, "csv:" + self.path("out"), "--with-text")
        with open(self.path("out/documents.csv"), "rb") as stream:
            content = stream.read().decode()
        self.assertTrue(content.startswith("id,title,date,day,"))
        self.assertIn("\r\n\"a,\"\"b\"\"\",\"\",2025-03-02,", content)
        self.assertIn("\"" + TEXT.replace("\"", "\"\"") + "\"", content)
        self.assertTrue(content.endswith("\r\n"))
        self.assertEqual(self.rows("documents")[0]["text"], TEXT)
        self.assertEqual([row["document"] for row in self.rows("quotes")], ["a,\"b\""])

    def test_files_appear_when_they_are_whole(self):
        process = subprocess.Popen([loading.GLANE, "extract", "--to", "csv:" + self.path("out")], stdin=subprocess.PIPE)
        while not os.path.exists(self.path("out/diagnostics.csv.part")):
            self.assertIsNone(process.poll())
        self.assertFalse(os.path.exists(self.path("out/documents.csv")))
        process.communicate(b'{"text": "Oui."}\n')
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(table + ".csv" for table in loading.COLUMNS))

    def test_a_folder_that_cannot_be_made(self):
        with open(self.path("file"), "w", encoding="utf-8"):
            pass
        self.assertIn(b"file/out", self.load(ARTICLES, "csv:" + self.path("file/out"), status=3).stderr)


class Elasticsearch(InAFolder):
    def test_each_document_follows_its_action(self):
        out, plain = self.path("bulk"), self.path("plain")
        self.load(ARTICLES, "elasticsearch:" + out)
        self.load(ARTICLES, "jsonl", "-o", plain)
        with open(out, encoding="utf-8") as bulk, open(plain, encoding="utf-8") as lines:
            bulk, documents = bulk.read().splitlines(), lines.read().splitlines()
        self.assertEqual(bulk[1::2], documents)
        self.assertEqual([json.loads(action) for action in bulk[::2]],
                         [{"index": {"_id": json.loads(line)["id"]}} for line in documents])

    def test_long_ids(self):
        ids = ["é" * 300, "é" * 300 + "x", "court"]
        path = loading.write_articles(self.path("a.jsonl"), [dict(loading.article(1), id=one) for one in ids])
        actions = [json.loads(line)["index"] for line in self.load(path, "elasticsearch").stdout.decode().splitlines()[::2]]
        keys = [action["_id"] for action in actions]
        self.assertEqual(len(set(keys)), 3)
        self.assertEqual(keys[2], "court")
        self.assertTrue(all(len(key.encode()) <= 512 for key in keys))
        self.assertTrue(self.load(path, "elasticsearch", "--ascii").stdout.isascii())

    def test_the_mapping_knows_every_field(self):
        with open(os.path.join(TOP, "pipeline", "write", "glane-1.schema.json"), encoding="utf-8") as stream:
            definitions = json.load(stream)["$defs"]
        with open(os.path.join(TOP, "pipeline", "write", "elasticsearch-mapping.json"), encoding="utf-8") as stream:
            fields = json.load(stream)["mappings"]["properties"]
        self.assertEqual(set(fields), set(definitions["document"]["properties"]))
        for layer, name in (("entities", "entity"), ("figures", "figure"), ("quotes", "quote"),
                            ("diagnostics", "diagnostic")):
            self.assertEqual(set(fields[layer]["properties"]), set(definitions[name]["properties"]), layer)


if __name__ == "__main__":
    unittest.main()
