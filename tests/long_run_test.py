#!/usr/bin/env python3
"""A load that is killed again and again ends with exactly the rows of one that is not.

tests/long_run_test.py --articles 1000000 --batch 50000 --database sqlite is the long run; without arguments a short
one is made for each database. The articles come in files, as a feed's days do; each is loaded until it has been once.
"""
import argparse
import hashlib
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import loading  # noqa: E402
import many_articles  # noqa: E402
import postgres_server  # noqa: E402

SHORT = {"articles": 3000, "batch": 1000, "kills": 3}


class Sqlite:
    def __init__(self, folder):
        self.folder = folder

    def to(self, name):
        return "sqlite:" + os.path.join(self.folder, name + ".db")

    def digests(self, name):
        """Of each table the number of its rows, and a sum of their hashes: no order is promised."""
        database = sqlite3.connect(os.path.join(self.folder, name + ".db"))
        digests = {}
        for table in loading.COLUMNS:
            rows, total = 0, 0
            for row in database.execute(loading.select(table)):
                rows += 1
                total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
            digests[table] = (rows, total % 2 ** 128)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()
        return digests

    def close(self):
        pass


class Postgres:
    def __init__(self, _):
        self.server = postgres_server.Server().__enter__()

    def to(self, name):
        if self.server.query("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'") == []:
            self.server.create(name, "")
        return "postgres:" + self.server.connection(name)

    def digests(self, name):
        hashed = "sum(('x' || substr(md5(r::text), 1, 15))::bit(60)::bigint)"
        return {table: self.server.query(name, f"SELECT count(*), {hashed} FROM ({loading.select(table)}) r")[0]
                for table in loading.COLUMNS}

    def close(self):
        self.server.stop()


def load(path, to):
    """Loads a file; the seconds it took."""
    begin = time.monotonic()
    done = loading.load(path, to)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    return time.monotonic() - begin


def load_through_kills(path, to, seconds, options, rng):
    """Loads a file, but before that is killed at moments of its run; how often it was still running."""
    running = 0
    for _ in range(options.kills):
        process = loading.start_load(path, to)
        time.sleep(rng.uniform(0.1, seconds))
        running += process.poll() is None
        process.kill()
        process.communicate()
    load(path, to)
    return running


def write_days(options, folder):
    for first in range(0, options.articles, options.batch):
        numbers = range(first, min(first + options.batch, options.articles))
        yield many_articles.write(os.path.join(folder, f"day-{first:09}.jsonl"), numbers)


def long_run(database, options, folder):
    files = list(write_days(options, folder))
    seconds = sorted(load(path, database.to("reference")) for path in files)[len(files) // 2]
    rng = random.Random(options.seed)
    killed = sum(load_through_kills(path, database.to("killed"), seconds, options, rng) for path in files)
    load(rng.choice(files), database.to("killed"))  # what has been loaded is loaded again
    wanted, found = database.digests("reference"), database.digests("killed")
    assert found == wanted, (found, wanted)
    assert int(wanted["documents"][0]) == options.articles, wanted["documents"]
    assert killed > options.kills * len(files) // 4, f"only {killed} loads were still running when they were killed"
    rows = sum(int(rows) for rows, _ in wanted.values())
    print(f"{type(database).__name__}: {options.articles} articles, {rows} rows, {killed} kills: the same rows", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=SHORT["articles"])
    parser.add_argument("--batch", type=int, default=SHORT["batch"])
    parser.add_argument("--kills", type=int, default=SHORT["kills"], help="of each batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    options = parser.parse_args()
    for name, kind in (("sqlite", Sqlite), ("postgres", Postgres)):
        if options.database not in (None, name):
            continue
        if name == "postgres" and not postgres_server.is_installed():
            print("PostgreSQL is not installed")
            continue
        folder = tempfile.mkdtemp()
        database = kind(folder)
        try:
            long_run(database, options, folder)
        finally:
            database.close()
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
