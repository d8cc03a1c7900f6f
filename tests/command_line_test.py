#!/usr/bin/env python3
"""The program as its users meet it: options, exit statuses, and input that is not what it should be."""
import io
import json
import os
import pty
import select
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))
GLANE = os.path.join(BUILD, "glane")
TEXT = "Le groupe IBM annonce 300 emplois.\n\n« Nous recrutons », a déclaré Luc Petit.\n"

sys.path.insert(0, HERE)
import validate  # noqa: E402


def glane(*arguments, stdin=b"", **options):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run([GLANE, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=600, **options)
    done.err = done.stderr.decode()
    return done


def lines(*records):
    return "".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) + "\n" for r in records)


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name=""):
        return os.path.join(self.folder, name)

    def file(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as stream:
            return stream.read()

    def documents(self, done, status=0):
        """The documents of a run, each valid under the schema."""
        self.assertEqual(done.returncode, status, done.err)
        found = [json.loads(line) for line in done.stdout.decode().splitlines()]
        self.assert_valid(found)
        return found

    def assert_valid(self, documents):
        validator = validate.validator()
        for document in documents:
            self.assertEqual([e.message for e in validator.iter_errors(document)], [])
            if "text" in document:
                self.assertEqual(list(validate.misplaced(document)), [])

    def assert_told(self, done, *messages):
        """Exactly these messages, in this order, each its beginning given."""
        told = done.err.splitlines()
        self.assertEqual(len(told), len(messages), done.err)
        for line, message in zip(told, messages):
            self.assertTrue(line.startswith("glane: " + message), f"{line!r} does not begin with {message!r}")


class Usage(InAFolder):
    def test_help_and_version_are_no_errors(self):
        for arguments in (["--help"], ["extract", "--help"], ["rules", "--help"], ["evaluate", "--help"]):
            done = glane(*arguments)
            self.assertEqual((done.returncode, done.err), (0, ""), arguments)
            self.assertIn(b"Usage: glane", done.stdout)
        self.assertRegex(glane("--version").stdout.decode(), r"^glane \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_2(self):
        for arguments in ([], ["extrac"], ["extract", "--to", "xml"], ["extract", "--to", "sqlite:"],
                          ["extract", "--to", "sqlite"], ["extract", "--to", "jsonl:"],
                          ["extract", "--to", "jsonl:x", "-o", "y"],
                          ["extract", "--threads", "x"], ["extract", "--threads", "-1"],
                          ["extract", "--date", "2018-02-30"], ["extract", "--date", "hier"],
                          ["extract", "--from", "pdf"], ["extract", "--offsets", "word"],
                          ["extract", "--layers", "verbs"], ["extract", "--nonsense"],
                          ["extract", "--to", "json", "--to", "jsonl"], ["extract", "-", "-"],
                          ["extract", "--to", "sqlite:x.db", "-o", "y"], ["rules"], ["evaluate"]):
            done = glane(*arguments)
            self.assertEqual(done.returncode, 2, f"{arguments}: {done.err}")
            self.assertEqual(done.stdout, b"", arguments)
            self.assertNotEqual(done.err, "", arguments)

    def test_missing_rules_are_3(self):
        done = glane("extract", "--rules", self.path("none"), stdin=TEXT)
        self.assertEqual(done.returncode, 3)
        self.assertIn(self.path("none"), done.err)


class Input(InAFolder):
    def test_standard_input_is_text_or_json_lines(self):
        for arguments in ([], ["-"], ["--from", "text"]):
            document, = self.documents(glane("extract", "--with-text", *arguments, stdin=TEXT))
            self.assertEqual(document["text"], TEXT)
            self.assertEqual(document["title"], "Le groupe IBM annonce 300 emplois.")
        one, two = self.documents(glane("extract", stdin=lines({"id": "a", "text": TEXT}, {"text": TEXT})))
        self.assertEqual((one["id"], two["id"]), ("a", "-:2"))

    def test_nothing_gives_nothing(self):
        self.assertEqual(self.documents(glane("extract")), [])
        self.assertEqual(json.loads(glane("extract", "--to", "json").stdout), [])

    def test_files_and_folders_keep_their_order(self):
        b = self.file("b/1.txt", TEXT)
        c = self.file("b/2.jsonl", lines({"id": "x", "text": TEXT}))
        a = self.file("a.txt", TEXT)
        found = self.documents(glane("extract", self.path("b"), a))
        self.assertEqual([d["id"] for d in found], [b, "x", a])
        self.assertEqual(found[1]["source"], c + ":1")

    def test_unknown_fields_pass_through(self):
        line = '{"text": "a", "n": 1.10, "tags": ["x", {"y": null}]}\n'
        done = glane("extract", stdin=line)
        self.documents(done)
        self.assertIn(b'"meta":{"n":1.10,"tags":["x",{"y":null}]}', done.stdout)

    def test_output_can_be_input(self):
        first = glane("extract", "--with-text", stdin=lines({"id": "a", "text": TEXT, "k": 1}))
        again = glane("extract", "--with-text", stdin=first.stdout)
        self.assertEqual(first.stdout, again.stdout)

    def test_a_date_for_those_without(self):
        done = glane("extract", "--date", "2018-03-01",
                     stdin=lines({"text": "a"}, {"text": "b", "date": "2020-01-01"}))
        self.assertEqual([d["date"] for d in self.documents(done)], ["2018-03-01", "2020-01-01"])


class BadInput(InAFolder):
    GOOD = {"id": "good", "text": TEXT}

    def refused(self, *records, name="f.jsonl"):
        """Runs over bad records with a good one before and one behind."""
        path = self.file(name, lines(self.GOOD, *records, {"id": "last", "text": TEXT}))
        done = glane("extract", path)
        self.assertEqual([d["id"] for d in self.documents(done, status=1)], ["good", "last"])
        return path, done

    def test_lines_that_hold_no_article(self):
        bad = ["not JSON\n", '{"text": "a"\n', "[1]\n", '"x"\n', "3\n", '{"id": "a"}\n', '{"text": 3}\n',
               '{"text": ["a"]}\n', '{"text": "a", "id": 3}\n', '{"text": "a", "date": {}}\n',
               '{"text": "a\0b"}\n', '{"text": "a"}{"text": "b"}\n', "}\n", "\\\n"]
        path, done = self.refused(*bad)
        self.assert_told(done, *(f"{path}:{n}: " for n in range(2, len(bad) + 2)))

    def test_an_id_that_came_before_names_both_lines(self):
        path, done = self.refused({"id": "good", "text": "autre"})
        self.assert_told(done, f'{path}:2: the id "good" came before, at {path}:1')

    def test_ids_are_unique_across_files(self):
        a = self.file("a.txt", TEXT)
        done = glane("extract", a, a)
        self.assertEqual(len(self.documents(done, status=1)), 1)
        self.assert_told(done, f"{a}: ")

    def test_an_empty_file(self):
        a, b = self.file("a.txt", ""), self.file("b.txt", TEXT)
        done = glane("extract", self.folder)
        self.assertEqual([d["id"] for d in self.documents(done, status=1)], [b])
        self.assert_told(done, f"{a}: the file is empty")

    def test_a_file_that_is_no_text(self):
        a, b = self.file("a", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 9), self.file("b.txt", TEXT)
        done = glane("extract", a, b)
        self.assertEqual([d["id"] for d in self.documents(done, status=1)], [b])
        self.assert_told(done, f"{a}:")

    def test_missing_and_unreadable_files(self):
        b = self.file("b.txt", TEXT)
        os.symlink("nowhere", self.path("a.txt"))
        done = glane("extract", self.folder)
        self.assertEqual(len(self.documents(done, status=1)), 1)
        self.assert_told(done, f"{self.path('a.txt')}: No such file or directory")
        done = glane("extract", self.path("none"), b)
        self.assertEqual(len(self.documents(done, status=3)), 1)
        self.assert_told(done, f"{self.path('none')}: No such file or directory")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_file_without_permission(self):
        os.chmod(self.file("a.txt", TEXT), 0)
        done = glane("extract", self.folder)
        self.documents(done, status=1)
        self.assert_told(done, f"{self.path('a.txt')}: Permission denied")

    def test_a_folder_loop(self):
        self.file("d/a.txt", TEXT)
        os.symlink("..", self.path("d/up"))
        done = glane("extract", self.folder)
        self.assertEqual(len(self.documents(done, status=1)), 1)
        self.assert_told(done, f"{self.path('d/up')}: a folder loop")

    def test_bytes_that_are_no_utf8(self):
        done = glane("extract", "--with-text", stdin=b'{"id":"a","text":"caf\xe9 \xf0\x9f"}\n')
        document, = self.documents(done)
        self.assertEqual(document["text"], "caf\ufffd \ufffd")
        self.assertIn("ill-formed-utf8", [d["code"] for d in document["diagnostics"]])

    def test_lone_surrogates(self):
        document, = self.documents(glane("extract", "--with-text", stdin='{"text":"a\\ud83d b"}\n'))
        self.assertEqual(document["text"], "a\ufffd b")

    def test_a_line_of_50_megabytes(self):
        text = "Le groupe IBM annonce 300 emplois à Paris.\n" * 1_200_000
        path = self.file("f.jsonl", lines({"id": "large", "text": text}, {"id": "b", "text": TEXT}))
        done = glane("extract", "--layers", "figures", path)
        second, = self.documents(done, status=1)
        self.assertEqual(second["id"], "b")
        self.assert_told(done, f"{path}:1: larger than 8 MiB")

    def test_5_megabytes_that_are_no_json(self):
        path = self.file("f.jsonl", '{"text": "' + "x" * 5_000_000)
        done = glane("extract", path)
        self.documents(done, status=1)
        self.assert_told(done, f"{path}:1: not JSON")
        self.assertLess(len(done.err), 500)

    def test_deep_nesting(self):
        path, done = self.refused('{"text": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\n")
        self.assert_told(done, f"{path}:2: nested")

    def test_texts_of_marks_only(self):
        texts = ["«" * 10_000, "»" * 10_000, "« » " * 5_000, '"' * 9_999, "(" * 10_000, "", " ", "\n\n\n", "\u200b",
                 "'" * 5_000, "-" * 5_000, "9" * 20_000, "A" * 20_000, "\u0301" * 5_000, "\x00", "M. " * 3_000]
        done = glane("extract", "--with-text", stdin=lines(*({"id": str(n), "text": t} for n, t in enumerate(texts))))
        self.assertEqual(len(self.documents(done)), len(texts))

    def test_messages_keep_the_order_of_the_input(self):
        records = ["bad\n" if n % 7 == 3 else {"id": str(n), "text": TEXT * (n % 5)} for n in range(300)]
        path = self.file("f.jsonl", lines(*records))
        done = glane("extract", "--threads", "4", path)
        self.documents(done, status=1)
        self.assert_told(done, *(f"{path}:{n + 1}: " for n in range(300) if n % 7 == 3))


class Output(InAFolder):
    def test_any_number_of_threads_writes_the_same(self):
        path = self.file("f.jsonl", lines(*({"id": str(n), "text": TEXT * (n * 37 % 11)} for n in range(500))))
        one = glane("extract", "--threads", "1", path)
        self.assertEqual(len(self.documents(one)), 500)
        for threads in ("2", "3", "8"):
            self.assertEqual(glane("extract", "--threads", threads, path).stdout, one.stdout)

    def test_one_thread_starts_no_other(self):
        self.file("f.jsonl", lines({"text": TEXT}))
        process = subprocess.Popen([GLANE, "extract", "--threads", "1", "--from", "jsonl"], stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL)
        process.stdin.write(lines(*({"id": str(n), "text": TEXT} for n in range(5000))).encode())
        process.stdin.flush()
        count = len(os.listdir(f"/proc/{process.pid}/task"))
        process.stdin.close()
        self.assertEqual((process.wait(), count), (0, 1))

    def test_json_is_one_array(self):
        done = glane("extract", "--to", "json", stdin=lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
        found = json.loads(done.stdout)
        self.assert_valid(found)
        self.assertEqual([d["id"] for d in found], ["a", "b"])

    def test_forms_with_files_of_their_own(self):
        done = glane("extract", "--to", "jsonl", "--to", "json:" + self.path("a.json"),
                     "--to", "jsonl:" + self.path("a:b.jsonl"), stdin=TEXT)
        self.assertEqual(self.documents(done), json.loads(self.read("a.json")))
        self.assertEqual(self.read("a:b.jsonl"), done.stdout)

    def test_offsets_in_every_unit_fit_the_text(self):
        text = "\U0001F600 « Été » à Liège, selon IBM : 59 milliards d’euros.\n"
        for unit in ("codepoint", "byte", "utf16"):
            self.documents(glane("extract", "--with-text", "--offsets", unit, stdin=text))

    def test_layers(self):
        document, = self.documents(glane("extract", "--layers", "figures,quotes", stdin=TEXT))
        self.assertNotIn("entities", document)
        self.assertIn("figures", document)
        self.assertIn("quotes", document)

    def test_a_file_appears_whole_or_not_at_all(self):
        out = self.path("out.jsonl")
        done = glane("extract", "-o", out, stdin=TEXT)
        self.assertEqual((done.returncode, done.stdout, os.listdir(self.folder)), (0, b"", ["out.jsonl"]))
        whole = self.read("out.jsonl")
        self.assertEqual(len(whole.splitlines()), 1)
        # A second output that fails ends the run: the first must be as it was.
        done = glane("extract", "-o", out, "--to", "jsonl", "--to", "sqlite:/nowhere/x.db", stdin=TEXT * 2)
        self.assertEqual(done.returncode, 3)
        self.assertEqual((self.read("out.jsonl"), os.listdir(self.folder)), (whole, ["out.jsonl"]))

    def test_a_run_that_is_ended_leaves_no_file_of_that_name(self):
        process = subprocess.Popen([GLANE, "extract", "-o", self.path("out.jsonl")], stdin=subprocess.PIPE)
        process.stdin.write(lines({"text": TEXT}).encode())
        process.stdin.flush()
        time.sleep(0.2)
        process.kill()
        process.wait()
        process.stdin.close()
        self.assertNotIn("out.jsonl", os.listdir(self.folder))

    def test_outputs_that_cannot_be_written(self):
        for arguments in (["-o", "/nowhere/x"], ["-o", self.folder], ["-o", "/dev/full"],
                          ["--to", "sqlite:/nowhere/x.db"], ["--to", "sqlite:" + self.file("t.db", TEXT * 100)]):
            done = glane("extract", *arguments, stdin=TEXT)
            self.assertEqual(done.returncode, 3, arguments)
            self.assert_told(done, arguments[-1].replace("sqlite:", "") + ": ")

    def test_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([GLANE, "extract"], input=TEXT.encode(), stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"No space left on device", done.stderr)

    def test_a_reader_that_goes_away_is_no_error(self):
        path = self.file("f.jsonl", lines(*({"id": str(n), "text": TEXT} for n in range(20_000))))
        for threads in ("1", "2"):
            process = subprocess.Popen([GLANE, "extract", "--threads", threads, path], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            self.assertEqual(json.loads(process.stdout.readline())["id"], "0")
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.stderr.close()
            self.assertEqual(process.wait(), 0)

    def test_a_reader_that_goes_away_leaves_a_database_unfinished(self):
        path = self.file("f.jsonl", lines(*({"id": str(n), "text": TEXT} for n in range(20_000))))
        process = subprocess.Popen([GLANE, "extract", path, "--to", "jsonl", "--to", "sqlite:" + self.path("x.db")],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        self.assertIn(b"the other outputs are not complete", process.stderr.read())
        process.stderr.close()
        self.assertEqual(process.wait(), 3)

    def test_a_pipe_is_written_directly(self):
        os.mkfifo(self.path("pipe"))
        process = subprocess.Popen([GLANE, "extract", "-o", self.path("pipe")], stdin=subprocess.PIPE)
        process.stdin.write(TEXT.encode())
        process.stdin.close()
        with open(self.path("pipe"), "rb") as pipe:
            self.assertEqual(len(pipe.read().splitlines()), 1)
        self.assertEqual(process.wait(), 0)
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode))

    def test_a_link_stays_a_link(self):
        os.symlink("real.jsonl", self.path("link"))
        self.assertEqual(glane("extract", "-o", self.path("link"), stdin=TEXT).returncode, 0)
        self.assertTrue(os.path.islink(self.path("link")))
        self.assertEqual(len(self.read("real.jsonl").splitlines()), 1)

    def test_json_lines_and_a_database_in_one_run(self):
        source = lines(*({"id": str(n), "text": TEXT} for n in range(2500)))
        arguments = ["--to", "jsonl", "--to", "sqlite:" + self.path("x.db"), "-o", self.path("x.jsonl")]
        for _ in range(2):
            self.assertEqual(glane("extract", *arguments, stdin=source).returncode, 0)
            documents = [json.loads(line) for line in self.read("x.jsonl").splitlines()]
            self.assertEqual(len(documents), 2500)
            with sqlite3.connect(self.path("x.db")) as database:
                for layer, table in (("entities", "mentions"), ("figures", "figures"), ("quotes", "quotes")):
                    count, = database.execute(f"SELECT count(*) FROM {table}").fetchone()
                    self.assertEqual(count, sum(len(d[layer]) for d in documents), table)
            database.close()

    def test_the_summary_is_for_people(self):
        done = glane("extract", "--summary", stdin=TEXT)
        self.documents(done)
        self.assertRegex(done.err, r"^1 documents, \d+ entities, \d+ figures, \d+ quotes; .* MB/s\n$")


class Progress(InAFolder):
    def run_on_a_terminal(self, *arguments):
        leader, follower = pty.openpty()
        process = subprocess.Popen([GLANE, "extract", *arguments], stdout=subprocess.DEVNULL, stderr=follower)
        os.close(follower)
        seen = io.BytesIO()
        while select.select([leader], [], [], 60)[0]:
            try:
                seen.write(os.read(leader, 65536))
            except OSError:  # the program has closed the terminal
                break
        os.close(leader)
        self.assertEqual(process.wait(), 0)
        return seen.getvalue().decode()

    def test_a_terminal_shows_how_far_it_is(self):
        path = self.file("f.jsonl", lines(*({"id": str(n), "text": TEXT} for n in range(20_000))))
        begin = time.monotonic()
        seen = self.run_on_a_terminal(path)
        drawn = seen.count("documents")
        self.assertRegex(seen, r"\[█*·*\] \d+ documents  [0-9.]+ MB/s")
        self.assertRegex(seen, r"\d:\d\d left")
        self.assertLessEqual(drawn, 10 * (time.monotonic() - begin) + 2)
        self.assertTrue(seen.endswith("\r\x1b[K"), "the line is taken away at the end")

    def test_anything_else_shows_nothing(self):
        path = self.file("f.jsonl", lines(*({"id": str(n), "text": TEXT} for n in range(2_000))))
        self.assertEqual(glane("extract", path).err, "")


class Rules(InAFolder):
    def test_check_counts_the_rules(self):
        done = glane("rules", "check")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertRegex(done.stdout.decode(), r"^\d+ rules, [0-9a-f]+\n$")

    def test_test_runs_the_examples(self):
        done = glane("rules", "test")
        self.assertIn(done.returncode, (0, 1), done.err)
        self.assertRegex(done.stdout.decode().splitlines()[-1], r"^\d+ examples, \d+ do not hold, \d+ known gaps$")


if __name__ == "__main__":
    unittest.main()
