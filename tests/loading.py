"""What the tests of both databases share: articles, all rows of a database, and loads that are killed."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))
GLANE = os.path.join(BUILD, "glane")
NAMES = ["Odile Kerven", "Marc Tissot", "Zoé Larrieu", "Paul Duhem"]
COLUMNS = {
    "documents": "id title date day language source text meta offset_unit ruleset fingerprint",
    "entities": "id type name",
    "mentions": "n start_at end_at text entity rule metonymy",
    "roles": "n mention role person organization",
    "figures": "n start_at end_at text kind value value_number min min_number max max_number scale unit counted "
               "modifier relation direction ambiguous rule",
    "quotes": "n start_at end_at text kind speaker speaker_name speaker_entity speaker_start_at speaker_end_at cue "
              "cue_start_at cue_end_at medium medium_start_at medium_end_at quote_group modality inferred rule",
    "diagnostics": "n code start_at end_at message",
}
FLAGS = {"ambiguous", "inferred", "metonymy"}
NUMBERS = {"value_number", "min_number", "max_number"}


def article(n, text=None):
    plain = f"L'usine {n} vaut {n},5 euros et 3 \\ 4.\n\n« Oui\t{n} », a déclaré {NAMES[n % 4]}, le maire.\n"
    return {"id": f"article-{n}", "title": f"Numéro {n}", "date": f"2025-03-{1 + n % 28:02}", "text": text or plain,
            "source": "essai", "rubrique": "l\\a"}


def write_articles(path, articles):
    with open(path, "w", encoding="utf-8") as stream:
        for one in articles:
            stream.write(json.dumps(one, ensure_ascii=False) + "\n")
    return path


def load(path, to, *arguments, **options):
    return subprocess.run([GLANE, "extract", path, "--to", to, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=6000, **options)


def start_load(path, to, *arguments):
    return subprocess.Popen([GLANE, "extract", path, "--to", to, *arguments], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def select(table):
    """Every row with the id of its document, the same text from both databases."""
    def cell(column):
        if column == "day" or column in NUMBERS:
            return f"CAST(t.{column} AS TEXT)"
        return f"CAST(t.{column} AS INTEGER)" if column in FLAGS else "t." + column

    cells = ", ".join(map(cell, COLUMNS[table].split()))
    if table == "documents":
        return f"SELECT {cells} FROM documents t"
    return f"SELECT documents.id, {cells} FROM {table} t JOIN documents ON documents.key = t.document"


def normal(table, row):
    """Numbers as floats: SQLite has the nearest, PostgreSQL the exact one."""
    columns = COLUMNS[table].split()
    head = len(row) - len(columns)
    cells = [float(cell) if cell is not None and column in NUMBERS else None if cell is None else str(cell)
             for column, cell in zip(columns, row[head:])]
    return (*map(str, row[:head]), *cells)


def sort(rows):
    return sorted(rows, key=repr)


def sqlite_rows(path):
    database = sqlite3.connect(path)
    try:
        return {table: sort(normal(table, row) for row in database.execute(select(table))) for table in COLUMNS}
    finally:
        database.close()


def postgres_rows(server, database):
    return {table: sort(normal(table, row) for row in server.query(database, select(table))) for table in COLUMNS}


def whole_documents(rows, wanted):
    """Whether each document that is there has all its rows, and none twice."""
    there = {row[0] for row in rows["documents"]}
    return all(found == [row for row in wanted[table] if row[0] in there] for table, found in rows.items())


def kill_at_random(path, to, seconds, *arguments):
    """A load that is killed after 0…seconds; whether it was still running."""
    process = start_load(path, to, *arguments)
    time.sleep(random.uniform(0, seconds))
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return running
