#!/usr/bin/env python3
"""Prints what each list of names contributes: the table of corpus/README.md.

    word_list_table.py [NAME=GOLD.jsonl]…

Every list is left out in turn (glane evaluate --without LIST); a row has its entries, and how many
points of strict F1 of the five types of names are lost without it. The last row leaves out all of
them. Without arguments: the gold of this repository and, where it is, the large set of ../shared.
GLANE names the program, by default build/glane.
"""
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))
NAMES = "person,location,organization,product,event"
LISTS = ["first_name", "country", "city", "region", "company", "institution", "international_org", "media", "party",
         "club", "competition", "brand", "award", "demonym", "role", "common_capital", "org_head",
         "institution_head", "place_head", "event_head", "product_head", "contracted_name"]


def known_sets():
    yield "corpus", os.path.join(TOP, "corpus", "gold.jsonl")
    large = os.path.join(TOP, "..", "shared", "gold", "wikinews-2016.jsonl")
    if os.path.exists(large):
        yield "Wikinews 2016", large


def strict_f1(gold, without):
    left_out = ["--without", ",".join(without)] if without else []
    out = subprocess.run([GLANE, "evaluate", "--gold", gold, "--layers", "entities", "--types", NAMES, "--json",
                          *left_out], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return 100 * json.loads(out)["entities"]["strict"]["f1"]


def entries(name):
    with open(os.path.join(TOP, "rules", "lexicon", name + ".tsv"), encoding="utf-8") as lines:
        return sum(1 for line in lines if line.strip() and line[0] != "#") - 1


def main():
    sets = [a.split("=", 1) for a in sys.argv[1:]] or list(known_sets())
    if not all(len(s) == 2 for s in sets):
        sys.exit(__doc__)
    whole = {name: strict_f1(gold, []) for name, gold in sets}
    print("| left out | entries | " + " | ".join(f"{name} ({whole[name]:.1f})" for name, _ in sets) + " |")
    print("| --- | ---: |" + " ---: |" * len(sets))
    for shown, without in [(f"`{name}`", [name]) for name in LISTS] + [("all of these", LISTS)]:
        lost = [f"{strict_f1(gold, without) - whole[name]:+.1f}".replace("-", "−") for name, gold in sets]
        print(f"| {shown} | {sum(map(entries, without))} | " + " | ".join(lost) + " |")


if __name__ == "__main__":
    main()
