#!/usr/bin/env python3
"""PostgreSQL, a real one: what is in it, and that loading twice is loading once."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import loading  # noqa: E402
import postgres_case  # noqa: E402
import postgres_server  # noqa: E402


class Postgres(postgres_case.PostgresTest):
    def test_holds_what_sqlite_holds(self):
        articles = os.path.join(os.path.dirname(HERE), "corpus", "articles")
        for options in (["--with-text"], ["--offsets", "byte"]):
            self.load(articles, "--date", "2025-11-21", *options)
            sqlite = self.path(options[0] + ".db")
            self.load(articles, "--date", "2025-11-21", *options, to="sqlite:" + sqlite)
            rows = self.rows()
            self.assertEqual(rows, loading.sqlite_rows(sqlite))
            self.assertGreater(len(rows["quotes"]), 10)

    def test_answers_the_questions_of_the_readme(self):
        top = os.path.dirname(HERE)
        done = loading.load("corpus/articles", self.to(), "--date", "2025-11-21", cwd=top)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(top, "README.md"), encoding="utf-8") as stream:
            block = re.search(r"(?s)```sql\n(.*?)```", stream.read())[1]
        asked = re.findall(r"(?ms)^(SELECT [^;]*;)\n((?:-->[^\n]*\n)*)", block)
        self.assertEqual(len(asked), 5)
        for statement, shown in asked[:4]:
            rows = [re.sub(r"\s", " ", " | ".join(row)) for row in self.query(statement)]
            self.assertEqual(["--> " + row for row in rows], shown.splitlines(), statement)

    def test_hostile_bytes(self):
        text = "Un \\N \\. \\t tab\there, \"3,50 euros\" {}, l'\u2028é\U0001F600.\r\n\u0000\nZoé a dit : « \\\\ ». " + "9" * 5000
        one = dict(loading.article(1, text), id='i"\\\t\'{},', title="\\N", rubrique="\\u0000\x01")
        path = loading.write_articles(self.path("a.jsonl"), [one, dict(loading.article(2), title="", id="NULL")])
        self.load(path, "--with-text")
        self.load(path, "--with-text", to="sqlite:" + self.path("a.db"))
        self.assertEqual(self.rows(), loading.sqlite_rows(self.path("a.db")))
        self.assertEqual(self.query("SELECT text FROM documents WHERE title = '\\N'"), [(text.replace("\0", "\ufffd"),)])

    def test_decimals_are_exact(self):
        path = loading.write_articles(self.path("a.jsonl"), [loading.article(1, "Il vaut 1,2345678901234567890123 euro.")])
        self.load(path)
        self.assertEqual(self.query("SELECT value, value_number, pg_typeof(value_number) FROM figures"),
                         [("1.2345678901234567890123", "1.2345678901234567890123", "numeric")])

    def test_loading_twice_changes_nothing(self):
        path = self.articles(range(50))
        self.load(path)
        state = "SELECT ctid, xmin::text FROM documents UNION ALL SELECT ctid, xmin::text FROM mentions ORDER BY 1, 2"
        before = self.query(state)
        self.load(path)
        self.assertEqual(self.query(state), before)

    def test_a_corrected_article_takes_the_place_of_its_rows(self):
        self.load(self.articles(range(50)))
        keys = self.query("SELECT key, id FROM documents ORDER BY id")
        corrected = [loading.article(n, "Tout va bien." if n == 7 else None) for n in range(50)]
        path = loading.write_articles(self.path("b.jsonl"), corrected)
        self.load(path)
        self.assertEqual(self.query("SELECT key, id FROM documents ORDER BY id"), keys)
        self.load(path, to="sqlite:" + self.path("b.db"))
        self.assertEqual(self.rows(), loading.sqlite_rows(self.path("b.db")))

    def test_full_text_in_french(self):
        texts = ["« Les salaires augmenteront », a déclaré Odile Kerven.", "Rien ne va plus."]
        path = loading.write_articles(self.path("a.jsonl"), [loading.article(n, text) for n, text in enumerate(texts)])
        self.load(path, "--with-text")
        query = "@@ websearch_to_tsquery('french', 'salaire augmenter')"
        self.assertEqual(self.query(f"SELECT id FROM documents WHERE search {query}"), [("article-0",)])
        self.assertEqual(self.query(f"SELECT speaker_name FROM quotes WHERE search {query}"), [("Odile Kerven",)])
        plan = self.query(f"SET enable_seqscan = off; EXPLAIN SELECT key FROM documents WHERE search {query}")
        self.assertIn("documents_search", str(plan))

    def test_foreign_keys_may_be_added(self):
        self.load(self.articles(range(50)))
        self.query("ALTER TABLE mentions ADD FOREIGN KEY (document) REFERENCES documents NOT VALID; "
                   "ALTER TABLE mentions VALIDATE CONSTRAINT mentions_document_fkey")
        path = loading.write_articles(self.path("b.jsonl"), [loading.article(n, "Paris, 3 euros.") for n in range(60)])
        self.load(path)
        self.assertEqual(self.query("SELECT count(*) FROM documents"), [("60",)])

    def test_what_cannot_be_opened(self):
        path = self.articles(range(3))
        port = postgres_server.free_port()
        self.assert_fails(loading.load(path, f"postgres:host=127.0.0.1 port={port} password=secret"), str(port))
        self.assertNotIn(b"secret", loading.load(path, f"postgres://a:secret@127.0.0.1:{port}/b").stderr)
        latin = self.new_database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        self.assert_fails(loading.load(path, self.to(latin)), latin, "LATIN1", "UTF8")
        self.query("CREATE TABLE documents(a INTEGER)")
        self.assert_fails(loading.load(path, self.to()), "documents")

    def test_a_statement_that_fails_is_told(self):
        path = self.articles(range(3))
        self.load(path)
        self.query("ALTER TABLE figures ADD CHECK (value_number < 5)")
        done = loading.load(self.articles(range(9), "b.jsonl"), self.to())
        self.assert_fails(done, "figures")
        self.assertEqual(self.query("SELECT count(*) FROM documents"), [("3",)])

    def test_tables_of_other_versions(self):
        path = self.articles(range(3))
        self.load(path)
        self.query("UPDATE glane_schema SET version = 99")
        self.assert_fails(loading.load(path, self.to()), "version 99")
        columns = ("SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
                   "WHERE table_schema = 'public' ORDER BY 1, 2")
        indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
        shape = self.query(columns), self.query(indexes)
        rows = self.rows()
        self.query("UPDATE glane_schema SET version = 1; ALTER TABLE documents DROP day, DROP search; "
                   "ALTER TABLE quotes DROP search, DROP medium, DROP medium_start_at, DROP medium_end_at, DROP inferred; ALTER TABLE figures DROP direction; ALTER TABLE mentions DROP metonymy; INSERT INTO documents(id, title, date, source, offset_unit, ruleset, "
                   "fingerprint) VALUES('x', '', '2025-02-31', '', '', '', '')")
        self.load(path)
        self.assertEqual((self.query(columns), self.query(indexes)), shape)
        self.assertEqual(self.query("SELECT day FROM documents WHERE id = 'x'"), [(None,)])
        self.query("DELETE FROM documents WHERE id = 'x'")
        self.assertEqual(self.rows(), rows)

if __name__ == "__main__":
    postgres_case.main()
