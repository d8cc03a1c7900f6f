#!/usr/bin/env python3
"""PostgreSQL under stress: killed loaders, two at once, a server that stands still, a lost connection."""
import os
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import loading  # noqa: E402
import postgres_case  # noqa: E402

MANY = 2500  # articles: two batches and a half


class Postgres(postgres_case.PostgresTest):
    def test_killed_at_any_moment_nothing_is_lost_or_doubled(self):
        path = self.articles(range(MANY))
        reference = self.new_database()
        begin = time.monotonic()
        self.load(path, to=self.to(reference))
        seconds = time.monotonic() - begin
        wanted = self.rows(reference)
        killed = 0
        for moment in range(80):
            if moment >= 20 and moment % 4 == 0 and killed > 5:
                break  # more where the first load was a slow one, and most others ended in time
            killed += loading.kill_at_random(path, self.to(), seconds)
            if self.query("SELECT to_regclass('documents')") != [(None,)]:
                self.assertTrue(loading.whole_documents(self.rows(), wanted))
            if moment % 4 == 3:
                self.load(path)
                self.assertEqual(self.rows(), wanted)
                self.database = self.new_database()
        self.assertGreater(killed, 5, "the load is too short for this test")

    def test_two_loaders_at_once(self):
        first = self.articles(range(MANY))
        second = self.articles(reversed(range(1000, MANY + 1000)), "others.jsonl")
        processes = [loading.start_load(path, self.to()) for path in (first, second)]
        for process in processes:
            _, told = process.communicate(timeout=600)
            self.assertEqual((process.returncode, told), (0, b""))
        self.load(self.articles(range(MANY + 1000), "all.jsonl"), to="sqlite:" + self.path("reference.db"))
        self.assertEqual(self.rows(), loading.sqlite_rows(self.path("reference.db")))

    def test_a_server_that_stands_still_is_waited_for(self):
        path = self.articles(range(MANY))
        process = loading.start_load(path, self.to())
        time.sleep(0.5)
        self.server.signal(signal.SIGSTOP)
        time.sleep(10)
        self.server.signal(signal.SIGCONT)
        _, told = process.communicate(timeout=600)
        self.assertEqual((process.returncode, told), (0, b""))
        self.load(path, to="sqlite:" + self.path("reference.db"))
        self.assertEqual(self.rows(), loading.sqlite_rows(self.path("reference.db")))

    def test_a_lost_connection_ends_the_load_and_what_was_committed_stays(self):
        path = self.articles(range(4 * MANY))
        process = loading.start_load(path, self.to())
        while self.query("SELECT to_regclass('documents')") == [(None,)] or \
                self.query("SELECT count(*) FROM documents") == [("0",)]:
            time.sleep(0.05)
            self.assertIsNone(process.poll(), "the load is too short for this test")
        self.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'glane'")
        _, process_told = process.communicate(timeout=600)
        process.stderr = process_told
        self.assert_fails(process, self.database)
        self.assertGreaterEqual(int(self.query("SELECT count(*) FROM documents")[0][0]), 1000)
        self.load(path)
        self.assertEqual(self.query("SELECT count(*) FROM documents"), [(str(4 * MANY),)])

if __name__ == "__main__":
    postgres_case.main()
