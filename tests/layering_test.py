#!/usr/bin/env python3
"""Who may see whom, and how large things may grow: rules of the house that a test can check."""
import glob
import os
import re
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Which files may include a library: everything else may not. Names without their suffix.
LIBRARIES = {
    "ICU": (r"unicode/", {"decode", "normalise", "characters", "vocabulary", "lower_case"}),
    "RE2": (r"re2/", {"compile_level", "level"}),
    "TOML": (r"toml(\+\+|plusplus)|toml\.h", {"rule_file", "map_types"}),
    "JSON": (r"nlohmann/", {"evaluate", "explain_json", "page_fields", "python_text", "read_annotations", "read_jsonl", "score", "story_json", "tune"}),
    "simdjson": (r"simdjson\.h", {"read_jsonl", "offsets"}),
    "libarchive": (r"archive(_entry)?\.h", {"read_archive"}),
    "libxml2": (r"libxml/", {"page", "page_fields", "page_text", "read_html"}),
    "pugixml": (r"pugixml\.hpp", {"read_xml", "xml_item", "story_xml", "read_timeml"}),
    "SQLite": (r"sqlite3\.h", {"sink_sqlite"}),
    "PostgreSQL": (r"libpq-fe\.h", {"sink_postgres"}),
    "TBB": (r"(oneapi/)?tbb/", {"run"}),
    "CLI11": (r"CLI/", {"commands"}),
}


def sources(*patterns):
    return sorted(f for p in patterns for f in glob.glob(os.path.join(TOP, p), recursive=True))


def includes(path):
    with open(path, encoding="utf-8") as lines:
        return re.findall(r'^\s*#\s*include\s*([<"][^>"]+)[>"]', lines.read(), re.M)


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


# The folders of pipeline/ in the order of the data flow: none sees one to the right of it.
FOLDERS = ("values", "normalise", "read", "segment", "compile", "recognise", "interpret", "resolve", "attribute", "write",
           "evaluate", "workbench", "run", "command")


class WhoMaySeeWhom(unittest.TestCase):
    def test_public_headers_see_the_standard_library_only(self):
        for path in sources("include/glane/*.h"):
            for name in includes(path):
                own = name.startswith('"glane/') and os.path.exists(os.path.join(TOP, "include", name[1:]))
                standard = re.fullmatch(r"<[a-z_0-9]+", name)
                self.assertTrue(own or standard, f"{path} includes {name[1:]}")

    def test_folders_see_only_folders_to_their_left(self):
        for path in sources("pipeline/*/*.h", "pipeline/*/*.cpp"):
            place = FOLDERS.index(os.path.basename(os.path.dirname(path)))
            for name in includes(path):
                folder = name[1:].split("/")[0]
                if name.startswith('"') and "/" in name and folder != "glane":
                    self.assertIn(folder, FOLDERS[:place + 1], f"{path} includes {name[1:]}")

    def test_libraries_are_seen_where_they_belong(self):
        for path in sources("pipeline/**/*.h", "pipeline/**/*.cpp"):
            for name in includes(path):
                for library, (pattern, allowed) in LIBRARIES.items():
                    if re.match(pattern, name[1:]):
                        self.assertIn(stem(path), allowed, f"{path} sees {library}")

    def test_every_library_is_one_that_is_known(self):
        known = "|".join(pattern for pattern, _ in LIBRARIES.values())
        for path in sources("pipeline/**/*.h", "pipeline/**/*.cpp"):
            for name in includes(path):
                system = re.match(r"(sys/)?[a-z0-9_]+(\.h)?$", name[1:])
                own = name.startswith('"')
                self.assertTrue(own or system or re.match(known, name[1:]), f"{path} includes {name[1:]}")

    def test_no_stage_reads_clock_or_locale(self):
        for path in sources("pipeline/**/*.h", "pipeline/**/*.cpp"):
            if stem(path) == "main":
                continue
            with open(path, encoding="utf-8") as lines:
                found = re.search(r"system_clock|\btime\(nullptr\)|\bsetlocale\b|std::locale\b|\bgetenv\b", lines.read())
            self.assertFalse(found, f"{path}: {found and found.group()}")


class Sizes(unittest.TestCase):
    def lines(self, path):
        with open(path, encoding="utf-8") as stream:
            return sum(1 for _ in stream)

    def test_files_stay_small(self):
        for pattern, most in (("include/glane/*.h", 200), ("rules/*.toml", 400), ("pipeline/**/*.h", 200),
                              ("CMakeLists.txt", 199)):
            for path in sources(pattern):
                self.assertLessEqual(self.lines(path), most, path)

    def test_the_top_level_is_the_layout(self):
        allowed = {"CMakeLists.txt", "CMakePresets.json", "pipeline", "rules", "corpus", "include", "tests",
                   "README.md", "LICENSE", "build"}
        extra = {f for f in os.listdir(TOP) if not f.startswith(".")} - allowed
        self.assertEqual(extra, set())


if __name__ == "__main__":
    unittest.main()
