"""A database of its own for each test, in one server for each file of tests."""
import os
import shutil
import sys
import tempfile
import unittest

import loading
import postgres_server


class PostgresTest(unittest.TestCase):
    databases = 0

    @classmethod
    def setUpClass(cls):
        cls.server = postgres_server.Server().__enter__()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.database = self.new_database()

    def new_database(self, options=""):
        PostgresTest.databases += 1
        name = f"glane{PostgresTest.databases}"
        self.server.create(name, options)
        return name

    def to(self, database=None):
        return "postgres:" + self.server.connection(database or self.database)

    def path(self, name):
        return os.path.join(self.folder, name)

    def articles(self, numbers, name="articles.jsonl"):
        return loading.write_articles(self.path(name), [loading.article(n) for n in numbers])

    def load(self, path, *arguments, to=None):
        done = loading.load(path, to or self.to(), *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def assert_fails(self, done, *words):
        self.assertEqual(done.returncode, 3, done.stderr)
        told = done.stderr.decode()
        self.assertEqual(len(told.splitlines()), 1, told)
        for word in ("PostgreSQL",) + words:
            self.assertIn(word, told)

    def query(self, sql):
        return self.server.query(self.database, sql)

    def rows(self, database=None):
        return loading.postgres_rows(self.server, database or self.database)


def main():
    if not postgres_server.is_installed():
        print("skipped: PostgreSQL is not installed")
        sys.exit(77)
    unittest.main()
