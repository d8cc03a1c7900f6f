#!/usr/bin/env python3
"""What the pages show is what the program does.

* A ```text block and the ```json block after it: a text, and what `glane extract -` finds in it.
* Lines of ```sh blocks that begin with build/glane are run, in a copy of the tree, and end with
  status 0, or with N where they end in "# status N".
* A block whose first line is "# file: NAME" is written into my-rules, a copy of rules/, before
  the ```sh blocks below it are run.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.path.join(os.environ.get("GLANE_BUILD", os.path.join(TOP, "build")), "glane")
PAGES = ["README.md", "pipeline/README.md", "rules/README.md", "corpus/README.md"]
LAYERS = ("entities", "figures", "quotes")


def blocks(page):
    """(language, content, line) of every fenced block."""
    found = []
    language = None
    for number, line in enumerate(page.splitlines(), 1):
        fence = re.match(r"```(\w*)\s*$", line)
        if fence and language is None:
            language, content, start = fence[1], [], number + 1
        elif fence:
            found.append((language, "".join(content), start))
            language = None
        elif language is not None:
            content.append(line + "\n")
    assert language is None, "a block is not closed"
    return found


def commands(script):
    """(command, status) of the lines that begin with build/glane, continued lines joined."""
    for line in script.replace("\\\n", " ").splitlines():
        if line.startswith("build/glane"):
            status = re.search(r"# status (\d+)\s*$", line)
            yield line, int(status[1]) if status else 0


def samples(page):
    """(text, what is shown to be found) of every text block that a json block follows."""
    found = blocks(page)
    for (first, text, _), (second, shown, line) in zip(found, found[1:]):
        if (first, second) == ("text", "json"):
            yield text, shown, line


class ThisTest(unittest.TestCase):
    PAGE = ("a\n```text\nUn.\n```\nb\n```json\n{}\n```\n```sh\nls\nbuild/glane a \\\n  b\nbuild/glane c # status 1\n```\n"
            "```toml\n# file: 01-x.toml\n```\n")

    def test_reads_blocks(self):
        self.assertEqual(blocks(self.PAGE)[1], ("json", "{}\n", 7))
        self.assertEqual([language for language, _, _ in blocks(self.PAGE)], ["text", "json", "sh", "toml"])

    def test_reads_commands(self):
        self.assertEqual(list(commands(blocks(self.PAGE)[2][1])),
                         [("build/glane a    b", 0), ("build/glane c # status 1", 1)])

    def test_reads_samples(self):
        self.assertEqual(list(samples(self.PAGE)), [("Un.\n", "{}\n", 7)])


class Pages(unittest.TestCase):
    def page(self, name):
        path = os.path.join(TOP, name)
        if not os.path.exists(path):
            self.skipTest("no " + name)
        with open(path, encoding="utf-8") as stream:
            return stream.read()

    def tree(self):
        """A copy of the tree whose build/glane is the program under test."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        copy = os.path.join(folder, "glane")
        apart = {".git", ".cache", "build"}
        shutil.copytree(TOP, copy, ignore=lambda path, names: apart & set(names) if path == TOP else set())
        os.mkdir(os.path.join(copy, "build"))
        os.symlink(os.path.abspath(GLANE), os.path.join(copy, "build", "glane"))
        shutil.copytree(os.path.join(copy, "rules"), os.path.join(copy, "my-rules"))
        return copy

    def run_command(self, command, status, tree, where):
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=tree, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        told = (done.stdout[-1000:] + done.stderr[-1000:]).decode(errors="replace")
        self.assertEqual(done.returncode, status, f"{where}: {command}\n{told}")

    def check_commands(self, name):
        page = self.page(name)
        tree = self.tree()
        for language, content, line in blocks(page):
            file = re.match(r"# file: (\S+)\n", content)
            if file:
                with open(os.path.join(tree, "my-rules", file[1]), "w", encoding="utf-8") as stream:
                    stream.write(content)
            if language == "sh":
                for command, status in commands(content):
                    self.run_command(command, status, tree, f"{name}:{line}")

    def test_commands_run(self):
        for name in PAGES:
            with self.subTest(name):
                self.check_commands(name)

    def test_samples_are_what_is_found(self):
        for name in PAGES:
            with self.subTest(name):
                for text, shown, line in samples(self.page(name)):
                    self.check_sample(text, json.loads(shown), f"{name}:{line}")

    def check_sample(self, text, shown, where):
        done = subprocess.run([GLANE, "extract", "--from", "text", "-"], input=text.encode(), check=True,
                              stdout=subprocess.PIPE, timeout=60)
        found = json.loads(done.stdout)
        for layer in LAYERS:
            self.assertEqual(shown.get(layer), found[layer], f"{where}: {layer}")

    def test_the_readme_has_a_sample_and_commands(self):
        page = self.page("README.md")
        self.assertTrue(list(samples(page)), "no sample")
        self.assertTrue([c for language, content, _ in blocks(page) if language == "sh" for c in commands(content)])


if __name__ == "__main__":
    unittest.main()
