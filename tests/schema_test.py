#!/usr/bin/env python3
"""The editor's schemas of rule files accept every file of the rules, and refuse what glane refuses."""
import copy
import glob
import json
import os
import re
import sys
import tomllib
import unittest

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RULES = os.path.join(TOP, "rules")


def schema(name):
    with open(os.path.join(RULES, name), encoding="utf-8") as stream:
        return json.load(stream)


def toml(path):
    with open(path, "rb") as stream:
        return tomllib.load(stream)


class Schemas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for name in ("rules.schema.json", "levels.schema.json"):
            jsonschema.Draft7Validator.check_schema(schema(name))
        cls.rules = jsonschema.Draft7Validator(schema("rules.schema.json"))
        cls.levels = jsonschema.Draft7Validator(schema("levels.schema.json"))

    def test_every_rule_file_is_valid(self):
        files = glob.glob(os.path.join(RULES, "[0-9]*.toml"))
        self.assertGreater(len(files), 20)
        for path in files:
            self.assertEqual([f"{list(e.path)}: {e.message}" for e in self.rules.iter_errors(toml(path))], [], path)

    def test_the_levels_are_valid(self):
        self.assertEqual([e.message for e in self.levels.iter_errors(toml(os.path.join(RULES, "levels.toml")))], [])

    def test_mistakes_are_refused(self):
        sound = {"level": "figures", "rule": [{"id": "a.b", "match": "'a'", "emit": "number",
                                               "example": [{"text": "[a]"}]}]}
        self.assertTrue(self.rules.is_valid(sound))
        for name, change in {
            "unknown key": lambda rule: rule.update(befor="'b'"),
            "no id": lambda rule: rule.pop("id"),
            "priority is a word": lambda rule: rule.update(priority="high"),
            "unknown setting": lambda rule: rule.update(set={"modifer": "approx"}),
            "unknown word": lambda rule: rule.update(set={"modifier": "around"}),
            "an example without brackets": lambda rule: rule["example"][0].update(text="a"),
            "a misspelled field": lambda rule: rule["example"][0].update(valeu=1),
        }.items():
            wrong = copy.deepcopy(sound)
            change(wrong["rule"][0])
            self.assertFalse(self.rules.is_valid(wrong), name)
        self.assertFalse(self.rules.is_valid({"rule": []}), "rules need a level")
        self.assertFalse(self.levels.is_valid({"level": [{"name": "a", "scop": "sentence"}]}))

    def test_the_schema_knows_the_keys_that_the_loader_knows(self):
        with open(os.path.join(TOP, "pipeline", "compile", "load_rules.cpp"), encoding="utf-8") as stream:
            source = stream.read()
        known = re.search(r'allow\(file, table,\s+\{("id"[^}]*)\}\)', source)[1]
        self.assertEqual(set(re.findall(r'"(\w+)"', known)),
                         set(self.rules.schema["properties"]["rule"]["items"]["properties"]))
        with open(os.path.join(TOP, "pipeline", "compile", "rule_settings.cpp"), encoding="utf-8") as stream:
            source = re.sub(r"word,\s+\{[^}]*\}", "word", stream.read())  # without the words that they may have
            settings = set(re.findall(r'\{"([a-z]\w+)"(?:\}|,\s+(?:word|number))', source))
        schema_settings = self.rules.schema["properties"]["rule"]["items"]["properties"]["set"]["properties"]
        self.assertLessEqual(settings, set(schema_settings))
        self.assertGreater(len(settings), 12)

    def test_editors_find_the_schemas(self):
        for rule in toml(os.path.join(TOP, ".taplo.toml"))["rule"]:
            self.assertTrue(os.path.exists(os.path.join(TOP, rule["schema"]["path"])))


if __name__ == "__main__":
    unittest.main()
