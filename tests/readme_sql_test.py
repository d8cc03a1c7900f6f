#!/usr/bin/env python3
"""The questions in README.md have the answers that stand below them: UPDATE_EXPECT=1 writes them anew.

In a ```sql block "-- " begins a question and "--> " a row of the answer, columns parted by " | ".
"""
import os
import re
import sqlite3
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.path.join(os.environ.get("GLANE_BUILD", os.path.join(TOP, "build")), "glane")
README = os.path.join(TOP, "README.md")


def answer(database, statement):
    """Rows as lines; what the feed wrote as a special space is shown as a plain one."""
    for row in database.execute(statement):
        line = " | ".join("NULL" if cell is None else str(cell) for cell in row)
        yield "--> " + re.sub(r"\s", " ", line) + "\n"


def answered(block, database):
    """The block with the answers that the database gives."""
    out, statement = [], ""
    for line in block.splitlines(keepends=True):
        if line.startswith("-->"):
            continue
        out.append(line)
        if line.startswith("--"):
            continue
        statement += line
        if line.rstrip().endswith(";"):
            out.extend(answer(database, statement))
            statement = ""
    return "".join(out)


class Questions(unittest.TestCase):
    def test_have_these_answers(self):
        with open(README, encoding="utf-8") as stream:
            page = stream.read()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.db")
            subprocess.run([GLANE, "extract", "corpus/articles", "--date", "2025-11-21", "--to", "sqlite:" + path], cwd=TOP,
                           check=True, timeout=300)
            database = sqlite3.connect(path)
            found = re.sub(r"(?s)(?<=```sql\n).*?(?=```)", lambda block: answered(block[0], database), page)
            database.close()
        if os.environ.get("UPDATE_EXPECT"):
            with open(README, "w", encoding="utf-8") as stream:
                stream.write(found)
        else:
            self.assertEqual(found, page, "UPDATE_EXPECT=1 writes the answers of today")
        self.assertGreaterEqual(len(re.findall(r"(?m);\n--> ", found)), 5)


if __name__ == "__main__":
    unittest.main()
