#!/usr/bin/env python3
"""Rows a second into SQLite and PostgreSQL, beside a bare COPY of the same rows: load.py [--documents N]

PostgreSQL is started for it, on loopback and with its own defaults, and stopped.
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(os.path.dirname(HERE)), "build"))
sys.path.insert(0, os.path.dirname(HERE))
import postgres_server  # noqa: E402


def measure(name, target, documents):
    print(name, flush=True)
    subprocess.run([os.path.join(BUILD, "bench", "bench_load"), target, str(documents)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", "sqlite:" + os.path.join(folder, "bench.db"), documents)
    if not postgres_server.is_installed():
        return print("PostgreSQL is not installed")
    with postgres_server.Server() as server:
        server.create("bench")
        measure("PostgreSQL", "postgres:" + server.connection("bench"), documents)


if __name__ == "__main__":
    main()
