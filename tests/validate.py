#!/usr/bin/env python3
"""Validates glane's output against its schema: validate.py [--text] FILE.jsonl…  (- is standard input)

With --text, every annotation must also be what the document's own text holds at its place.
"""
import json
import os
import sys

import jsonschema

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline", "write", "glane-1.schema.json")


def validator():
    with open(SCHEMA, encoding="utf-8") as stream:
        schema = json.load(stream)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def units(text, unit):
    """The text as something that the document's offsets index, and how to read a slice of it."""
    if unit == "byte":
        return text.encode(), bytes.decode
    if unit == "utf16":
        return text.encode("utf-16-le"), lambda part: part.decode("utf-16-le")
    return text, str


def misplaced(document):
    """Annotations that do not say what stands at their place, that overlap or name nobody."""
    whole, read = units(document["text"], document["offset_unit"])
    width = 2 if document["offset_unit"] == "utf16" else 1

    def at(start, end):
        return read(whole[width * start:width * end])

    referents = {entity["id"] for entity in document.get("entities", [])}
    for layer in ("entities", "figures", "quotes"):
        last = 0
        for item in document.get(layer, []):
            name = f"{layer} {item['start']}-{item['end']}"
            if at(item["start"], item["end"]) != item["text"]:
                yield f"{name}: the text holds {at(item['start'], item['end'])!r}, not {item['text']!r}"
            if item["start"] < last or item["end"] <= item["start"]:
                yield f"{name}: empty, or not in order and disjoint"
            last = item["end"]
            for field in ("speaker", "cue"):
                span = item.get(field + "_span")
                if span and at(*span) != item.get(field):
                    yield f"{name}: {field}_span holds {at(*span)!r}, not {item.get(field)!r}"
            for field in ("person", "organization", "speaker_id"):
                if "entities" in document and item.get(field, None) not in referents | {None}:
                    yield f"{name}: {field} {item[field]} is no entity"


def problems(lines, validate, with_text):
    for number, line in enumerate(lines, 1):
        document = json.loads(line)
        for error in validate.iter_errors(document):
            yield number, "/".join(map(str, error.absolute_path)) + ": " + error.message[:200]
        if with_text:
            for problem in misplaced(document):
                yield number, problem


def main(arguments):
    with_text = "--text" in arguments
    validate = validator()
    bad = 0
    for path in [a for a in arguments if a != "--text"]:
        lines = sys.stdin if path == "-" else open(path, encoding="utf-8")
        with lines:
            for number, problem in problems(lines, validate, with_text):
                bad += 1
                print(f"{path}:{number}: {problem}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
