#!/usr/bin/env python3
"""Compressed files and archives, whole, cut short and hostile."""
import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import subprocess
import tarfile
import tempfile
import unittest
import zipfile

BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "build"))
GLANE = os.path.join(BUILD, "glane")
HERE = os.path.dirname(os.path.abspath(__file__))
LINES = b'{"id":"%s-1","text":"Luc Petit part."}\n{"id":"%s-2","text":"Anne Roux reste."}\n'


def lines(name):
    return LINES.replace(b"%s", name.encode())


def tar(members, mode="w"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


class Containers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as stream:
            stream.write(content)

    def read(self, *arguments, stdin=b""):
        done = subprocess.run([GLANE, "extract", "--layers", "figures", *(arguments or ["."])], input=stdin,
                              cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
        return done.returncode, ids, done.stderr.decode().splitlines()

    def test_each_compression_is_told_by_content(self):
        self.file("a", gzip.compress(lines("gz")))
        self.file("b", bz2.compress(lines("bz2")))
        self.file("c", lzma.compress(lines("xz")))
        shutil.copy(os.path.join(HERE, "feeds", "lines.jsonl.zst"), os.path.join(self.folder, "d"))
        self.file("e", gzip.compress(lines("one")) + gzip.compress(lines("two")))
        status, ids, told = self.read()
        self.assertEqual((status, told), (0, []))
        self.assertEqual(ids, [f"{name}-{i}" for name in ("gz", "bz2", "xz", "zst", "one", "two") for i in (1, 2)])

    def test_archives_and_archives_in_archives(self):
        inner = tar({"x/3.jsonl": lines("inner")}, "w:gz")
        members = {"1.txt": b"Bonjour.", "2/\u00e9t\u00e9.txt": b"Bonsoir.", "3.tgz": inner,
                   ".hidden": b"x", "__MACOSX/4.txt": b"x", "5.jsonl.part": b"x"}
        self.file("a.zip", zipped(members))
        self.file("b.zip", zipped({"s.jsonl": lines("stored")}, zipfile.ZIP_STORED))
        self.file("c.tar", tar(members | {"3.tgz": b"Bonne nuit."}))
        self.file("d.tar.xz", tar({"s.jsonl": lines("tarxz")}, "w:xz"))
        status, ids, told = self.read()
        self.assertEqual((status, told), (0, []))
        self.assertEqual(ids, ["./a.zip!1.txt", "./a.zip!2/été.txt", "inner-1", "inner-2", "stored-1", "stored-2",
                               "./c.tar!1.txt", "./c.tar!2/été.txt", "./c.tar!3.tgz", "tarxz-1", "tarxz-2"])

    def test_a_pipe_may_be_an_archive(self):
        self.assertEqual(self.read("-", stdin=zipped({"a.jsonl": lines("a")})), (0, ["a-1", "a-2"], []))

    def test_what_was_read_before_the_cut_stays(self):
        many = b"".join(b'{"id":"%d","text":"Un texte, %d fois."}\n' % (i, i * i) for i in range(20000))
        self.file("a.jsonl.gz", gzip.compress(many)[:-20000])
        self.file("b.zip", zipped({"1.txt": b"Bonjour.", "2.txt": os.urandom(9000)})[:5000])
        self.file("c.tar", tar({"1.txt": b"Bonjour.", "2.txt": b"x" * 9000})[:5000])
        self.file("d.txt", b"Bonsoir.")
        status, ids, told = self.read()
        self.assertEqual(status, 1)
        self.assertGreater(len(ids), 5000)
        self.assertEqual(ids[-3:], ["./b.zip!1.txt", "./c.tar!1.txt", "./d.txt"])
        self.assertEqual([line.split(": ")[1].split(":")[0] for line in told],
                         ["./a.jsonl.gz", "./b.zip!2.txt", "./c.tar!2.txt"], told)
        self.assertIn("truncated", told[0])

    def test_bombs_are_refused_and_the_rest_is_read(self):
        self.file("a.zip", zipped({"1.txt": b"Bonjour.", "2.jsonl": b"\n" * 70_000_000}))
        self.file("b.xz", lzma.compress(b"\n" * 70_000_000, preset=0))
        nested = b"x"
        for _ in range(30):
            nested = gzip.compress(nested)
        self.file("c.gz", nested)
        nested = b"Bonjour."
        for _ in range(9):
            nested = zipped({"n": nested})
        self.file("d.zip", nested)
        self.file("e.txt", b"Bonsoir.")
        status, ids, told = self.read()
        self.assertEqual((status, ids), (1, ["./a.zip!1.txt", "./e.txt"]))
        self.assertEqual(len(told), 4, told)
        for line, what in zip(told, ("300 times", "300 times", "too many filters", "too deep")):
            self.assertIn(what, line)
        self.assertTrue(told[0].startswith("glane: ./a.zip!2.jsonl:"), told[0])
        self.assertTrue(told[3].startswith("glane: ./d.zip!n!n!n!n: "), told[3])

    def test_what_cannot_be_unpacked_says_so(self):
        self.file("a.gz", b"\x1f\x8b" + b"nonsense")
        self.file("b.zip", b"PK\x03\x04nonsense")
        self.file("c.zip", zipped({}))
        status, ids, told = self.read()
        self.assertEqual((status, ids), (1, []))
        self.assertEqual([line.split(": ")[1] for line in told], ["./a.gz", "./b.zip"], told)


if __name__ == "__main__":
    unittest.main()
