#!/usr/bin/env python3
"""Installs glane, then uses it from outside: as a program and as a CMake package."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **options)
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def cached(name):
    """A variable of the build, so that the consumer is built alike."""
    with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8") as cache:
        return next((line.split("=", 1)[1].strip() for line in cache if line.startswith(name + ":")), "")


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.prefix = os.path.join(cls.folder.name, "prefix")
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def assert_reads(self, line):
        document = json.loads(line)
        self.assertIn(("59 milliards EUR", "money"), {(f["text"], f["kind"]) for f in document["figures"]})

    def test_the_program_finds_its_rules(self):
        out = run(os.path.join(self.prefix, "bin", "glane"), "extract", "--from", "text",
                  input="Le groupe promet 59 milliards EUR d’ici 2030.", cwd=self.folder.name)
        self.assert_reads(out)

    def test_an_outside_project_links_it(self):
        build = os.path.join(self.folder.name, "consumer")
        flags = cached("GLANE_SANITIZE")
        run("cmake", "-S", os.path.join(HERE, "consumer"), "-B", build, "-G", cached("CMAKE_GENERATOR"),
            f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={cached('CMAKE_CXX_COMPILER')}",
            *([f"-DCMAKE_CXX_FLAGS=-fsanitize={flags}"] if flags else []))
        run("cmake", "--build", build)
        self.assert_reads(run(os.path.join(build, "consumer")))


if __name__ == "__main__":
    unittest.main()
