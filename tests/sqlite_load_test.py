#!/usr/bin/env python3
"""SQLite under stress: killed loaders, two at once, tables of an older version, full text."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import loading  # noqa: E402

MANY = 2500  # articles: two batches and a half


class Sqlite(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.database = self.path("glane.db")
        self.to = "sqlite:" + self.database

    def path(self, name):
        return os.path.join(self.folder, name)

    def articles(self, numbers, name="articles.jsonl", text=None):
        return loading.write_articles(self.path(name), [loading.article(n, text) for n in numbers])

    def load(self, path, *arguments, to=None):
        done = loading.load(path, to or self.to, *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def query(self, sql):
        database = sqlite3.connect(self.database)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def assert_sound(self):
        self.assertEqual(self.query("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.query("PRAGMA foreign_key_check"), [])
        for table in ("documents_search", "quotes_search"):
            database = sqlite3.connect(self.database)
            database.execute(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")
            database.close()

    def test_killed_at_any_moment_nothing_is_lost_or_doubled(self):
        path = self.articles(range(MANY))
        begin = time.monotonic()
        self.load(path, to="sqlite:" + self.path("reference.db"))
        seconds = time.monotonic() - begin
        wanted = loading.sqlite_rows(self.path("reference.db"))
        killed = 0
        for moment in range(80):
            if moment >= 20 and moment % 4 == 0 and killed > 5:
                break  # more where the first load was a slow one, and most others ended in time
            killed += loading.kill_at_random(path, self.to, seconds)
            if os.path.exists(self.database) and self.query("SELECT count(*) FROM sqlite_master") != [(0,)]:
                self.assertTrue(loading.whole_documents(loading.sqlite_rows(self.database), wanted))
            if moment % 4 == 3:
                self.load(path)
                self.assertEqual(loading.sqlite_rows(self.database), wanted)
                self.assert_sound()
                for end in ("", "-wal", "-shm"):
                    if os.path.exists(self.database + end):
                        os.remove(self.database + end)
        self.assertGreater(killed, 5, "the load is too short for this test")

    def test_two_loaders_at_once(self):
        first = self.articles(range(MANY))
        second = self.articles(reversed(range(1000, MANY + 1000)), "others.jsonl")
        processes = [loading.start_load(path, self.to) for path in (first, second)]
        for process in processes:
            _, told = process.communicate(timeout=600)
            self.assertEqual((process.returncode, told), (0, b""))
        reference = "sqlite:" + self.path("reference.db")
        self.load(self.articles(range(MANY + 1000), "all.jsonl"), to=reference)
        self.assertEqual(loading.sqlite_rows(self.database), loading.sqlite_rows(self.path("reference.db")))
        self.assert_sound()

    def test_a_writer_that_stands_still_is_waited_for(self):
        path = self.articles(range(MANY))
        self.load(self.articles([0], "one.jsonl"))
        other = sqlite3.connect(self.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        process = loading.start_load(path, self.to)
        time.sleep(10)
        self.assertIsNone(process.poll(), "it did not wait")
        other.execute("COMMIT")
        other.close()
        _, told = process.communicate(timeout=600)
        self.assertEqual((process.returncode, told), (0, b""))
        self.assertEqual(self.query("SELECT count(*) FROM documents"), [(MANY,)])

    def test_a_stopped_loader_goes_on(self):
        path = self.articles(range(MANY))
        process = loading.start_load(path, self.to)
        time.sleep(0.3)
        process.send_signal(signal.SIGSTOP)
        time.sleep(1)
        process.send_signal(signal.SIGCONT)
        _, told = process.communicate(timeout=600)
        self.assertEqual((process.returncode, told), (0, b""))
        self.assertEqual(self.query("SELECT count(*) FROM documents"), [(MANY,)])

    def test_a_slow_feed_is_not_held_back(self):
        process = subprocess.Popen([loading.GLANE, "extract", "--from", "jsonl", "--threads", "1", "--to", self.to],
                                   stdin=subprocess.PIPE)
        process.stdin.write(b'{"id": "a", "text": "Trois euros."}\n')
        process.stdin.flush()
        for _ in range(300):
            time.sleep(0.1)
            if os.path.exists(self.database) and self.query("SELECT count(*) FROM sqlite_master") != [(0,)]:
                if self.query("SELECT id FROM documents") == [("a",)]:
                    break
        else:
            self.fail("it is still not there")
        process.stdin.close()
        self.assertEqual(process.wait(60), 0)

    def test_full_text(self):
        texts = ["« Les salaires de l'été augmentent », a déclaré Odile Kerven.", "Rien ne va plus."]
        path = loading.write_articles(self.path("a.jsonl"), [loading.article(n, text) for n, text in enumerate(texts)])
        self.load(path, "--with-text")
        search = "SELECT id FROM documents_search JOIN documents ON key = documents_search.rowid WHERE documents_search MATCH "
        self.assertEqual(self.query(search + "'ete AND salaire*'"), [("article-0",)])
        self.assertEqual(self.query(search + "'title : numero' ORDER BY id"), [("article-0",), ("article-1",)])
        quotes = ("SELECT speaker_name, quotes.text FROM quotes_search JOIN quotes ON search_key = quotes_search.rowid "
                  "WHERE quotes_search MATCH 'salaires'")
        self.assertEqual(self.query(quotes), [("Odile Kerven", "Les salaires de l'été augmentent")])
        loading.write_articles(path, [loading.article(0, "« Les prix baissent », a déclaré Odile Kerven.")])
        self.load(path, "--with-text")
        self.assertEqual(self.query(quotes), [])
        self.assertEqual(self.query(search + "'prix'"), [("article-0",)])
        self.assert_sound()

    def test_tables_of_version_1_are_brought_up_to_date(self):
        database = sqlite3.connect(self.database)
        with open(os.path.join(HERE, "sqlite_tables_1.sql"), encoding="utf-8") as script:
            database.executescript(script.read())
        before = database.execute("SELECT document, n, text, speaker_name, rule FROM quotes").fetchall()
        database.close()
        self.load(self.articles([]))
        self.assertEqual(self.query("SELECT document, n, text, speaker_name, rule FROM quotes"), before)
        self.assertEqual(self.query("SELECT id, day FROM documents ORDER BY key"),
                         [("usine", "2025-03-04"), ("pont", None), ("vide", None)])
        self.assertEqual(self.query("SELECT rowid FROM documents_search WHERE documents_search MATCH 'colmar'"), [(1,)])
        self.assertEqual(self.query("SELECT rowid FROM quotes_search WHERE quotes_search MATCH 'rouvrons'"), [(2,)])
        self.assert_sound()
        fresh = self.path("fresh.db")
        self.load(self.articles([]), to="sqlite:" + fresh)
        self.assertEqual(self.shape(self.database), self.shape(fresh))
        loading.write_articles(self.path("a.jsonl"), [dict(loading.article(1), id="usine")])
        self.load(self.path("a.jsonl"))
        self.assertEqual(self.query("SELECT key, id, title FROM documents ORDER BY key")[0], (1, "usine", "Numéro 1"))
        self.assertEqual(self.query("SELECT count(*) FROM mentions WHERE text = 'Colmar'"), [(0,)])
        self.assert_sound()

    def shape(self, path):
        """Names, types and columns of everything; columns that came later stand at the end."""
        database = sqlite3.connect(path)
        try:
            version = database.execute("PRAGMA user_version").fetchall()
            things = database.execute("SELECT type, name FROM sqlite_master").fetchall()
            columns = {name: sorted(row[1:] for row in database.execute(f"PRAGMA table_info({name})"))
                       for kind, name in things if kind == "table" and "search" not in name}
            return version, sorted(things), columns
        finally:
            database.close()


if __name__ == "__main__":
    unittest.main()
