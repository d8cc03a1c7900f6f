#!/usr/bin/env python3
"""glane extract --filter: the contract that a program on the other side of two pipes can rely on."""
import json
import os
import select
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
GLANE = os.path.join(os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build")), "glane")

sys.path.insert(0, HERE)
import validate  # noqa: E402

ARTICLE = {"id": "a", "text": "Le prix passe à 3 euros, a déclaré Zoé Kerléo."}
BAD = ['{"id": "b", "text": 7}', "", "   ", "[]", '{"id": "c"', '{"text": "sans id"}', '{"id": "d", "text": "\\u0000"}',
       '{"id": "é", "text": null}', "\x00", '{"id": "a", "text": "encore"}', "\ufeff{}"]


def run(*arguments, stdin):
    return subprocess.run([GLANE, "extract", "--filter", *arguments], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=300)


def records(done):
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


class Filter(unittest.TestCase):
    def test_one_line_in_is_one_line_out(self):
        lines = [json.dumps(ARTICLE, ensure_ascii=False)] + BAD
        for threads in ("1", "4"):
            done = run("--threads", threads, stdin="\n".join(lines).encode() + b"\n")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            found = records(done)
            self.assertEqual(len(found), len(lines))
            self.assertEqual([r["error"]["line"] if "error" in r else None for r in found],
                             [None, 2, 3, 4, 5, 6, None, None, 9, 10, None, 12])
            self.assertEqual([r["id"] for r in found],
                             ["a", "b", None, None, None, "c", "-:7", "d", "é", None, "a", None])
            validator = validate.validator()
            self.assertEqual([e.message for r in found for e in validator.iter_errors(r)], [])

    def test_an_error_says_where_and_why(self):
        [found] = records(run(stdin=b'{"id": "b", "text": 7}'))
        self.assertEqual(found, {"schema": "glane/1", "id": "b",
                                 "error": {"file": "-", "line": 1, "reason": '"text" is not a string'}})

    def test_a_document_is_what_it_would_be_elsewhere(self):
        line = json.dumps(ARTICLE).encode()
        done = subprocess.run([GLANE, "extract", "-"], input=line, stdout=subprocess.PIPE, check=True)
        self.assertEqual(run(stdin=line).stdout, done.stdout)

    def test_order_and_number_hold_with_many_lines(self):
        lines = [json.dumps({"id": str(n), "text": "Oui. " * (n % 7)}) if n % 5 else "{" for n in range(2000)]
        found = records(run("--threads", "4", stdin="\n".join(lines).encode()))
        self.assertEqual([r["id"] for r in found], [str(n) if n % 5 else None for n in range(2000)])

    def test_nothing_in_is_nothing_out(self):
        done = run(stdin=b"")
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_an_answer_comes_before_the_next_question(self):
        for threads in ("1", "2", "4"):
            process = subprocess.Popen([GLANE, "extract", "--filter", "--threads", threads], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, bufsize=0)
            with process:
                for n in range(20):
                    line = json.dumps({"id": str(n), "text": "Trois euros."}) if n % 3 else "?"
                    process.stdin.write(line.encode() + b"\n")
                    ready, _, _ = select.select([process.stdout], [], [], 60)
                    self.assertTrue(ready, f"no answer to line {n} with {threads} threads")
                    answer = json.loads(process.stdout.readline())
                    self.assertEqual(answer["id"], str(n) if n % 3 else None)
                process.stdin.close()
            self.assertEqual(process.returncode, 0)

    def test_ascii(self):
        article = {"id": "é😀", "text": "« Été 😀 » coûte 3 €, a dit Zoé.", "ville": "Orléans", "n": [1, "ç"]}
        line = json.dumps(article, ensure_ascii=False).encode() + b"\n" + '{"id": "à"'.encode()
        plain, ascii_only = run("--with-text", stdin=line), run("--with-text", "--ascii", stdin=line)
        self.assertTrue(ascii_only.stdout.isascii())
        self.assertFalse(plain.stdout.isascii())
        self.assertEqual(records(ascii_only), records(plain))
        self.assertIn(b'"\\u00e9\\ud83d\\ude00"', ascii_only.stdout)

    def test_it_is_for_pipes(self):
        for arguments in (["x.jsonl"], ["-o", "x"], ["--to", "json"], ["--from", "text"]):
            done = run(*arguments, stdin=b"")
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(b"--filter", done.stderr)

    def test_a_reader_that_goes_ends_it_in_good_order(self):
        process = subprocess.Popen([GLANE, "extract", "--filter"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.close()
        _, told = process.communicate(b'{"text": "Oui."}\n' * 10)
        self.assertEqual((process.returncode, told), (0, b""))


if __name__ == "__main__":
    unittest.main()
