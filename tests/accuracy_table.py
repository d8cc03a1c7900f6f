#!/usr/bin/env python3
"""Prints the table of accuracy of corpus/README.md.

    accuracy_table.py [NAME=GOLD.jsonl[@TYPE,TYPE…]]…

Without arguments: the gold of this repository and, where they are, the sets of ../shared.
After @, the types that a gold file annotates. GLANE names the program, by default
build/glane. F1 in percent, precision and recall beside it.
"""
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
LOOSE = {"entities": "overlap", "figures": "value", "quotes": "overlap"}


NAMES = "person,location,organization,product,event"
SHARED = os.path.join(TOP, "..", "shared", "gold")


def known_sets():
    yield "corpus (33 articles)", os.path.join(TOP, "corpus", "gold.jsonl")
    yield "passages of quotes (135)", os.path.join(TOP, "corpus", "quotes.jsonl")
    for name, file in (("founding articles (5)", "seeds.jsonl"),
                       ("Wikinews 2016–2017 (40)", "wikinews-dev.jsonl"),
                       ("the same, without roles", "wikinews-dev.jsonl@" + NAMES),
                       ("Wikinews 2016 (571), without roles", "wikinews-2016.jsonl@" + NAMES)):
        path = os.path.join(SHARED, file)
        if os.path.exists(path.partition("@")[0]):
            yield name, path


def report(gold):
    path, _, types = gold.partition("@")
    only = ["--layers", "entities", "--types", types] if types else []
    out = subprocess.run([GLANE, "evaluate", "--gold", path, "--json", *only], check=True,
                         stdout=subprocess.PIPE, encoding="utf-8").stdout
    return json.loads(out)


def cell(m):
    return f"**{100 * m['f1']:.1f}** ({100 * m['p']:.1f} / {100 * m['r']:.1f})"


def rows(name, layers):
    for layer, parts in layers.items():
        if not parts["strict"]["gold"]:  # a layer that this gold does not carry
            continue
        fields = ", ".join(f"{f} {100 * x['accuracy']:.1f}" for f, x in parts["fields"].items())
        yield (f"| {name} | {layer} | {parts['strict']['gold']} | {cell(parts['strict'])} "
               f"| {cell(parts[LOOSE[layer]])} | {fields} |")


def main():
    sets = [a.split("=", 1) for a in sys.argv[1:]]
    if not all(len(s) == 2 for s in sets):
        sys.exit(__doc__)
    print("| gold | layer | annotations | strict F1 (P / R) | overlap or value F1 (P / R) | fields, accuracy |")
    print("| --- | --- | ---: | --- | --- | --- |")
    for name, gold in sets or known_sets():
        for row in rows(name, report(gold)):
            print(row)


if __name__ == "__main__":
    main()
