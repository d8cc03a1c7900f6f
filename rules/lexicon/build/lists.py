#!/usr/bin/env python3
"""Builds the hand-written lists: lists/*.txt → ../NAME.tsv.

A source list is cut into sections. `@ NAME field=value …` starts one for the list NAME; its lines
hold entries separated by commas. After an entry, `*` means ambiguous=1, `{field=value …}` sets
fields of that entry. `@about NAME text` is a comment for the head of the file,
`@fields NAME a b c` fixes the order of its columns. Later sections of a list add to it.
"""
import glob
import os
import re
import sys

import tsv

HERE = os.path.dirname(os.path.abspath(__file__))
ENTRY = re.compile(r"^(.*?)(\*?)(?:\{(.*)\})?$")


def _pairs(text):
    return dict(pair.split("=", 1) for pair in text.split())


def entry(text, defaults):
    """('Orange*{type=telecom}', {…}) → ('Orange', {…, 'ambiguous': '1', 'type': 'telecom'})."""
    surface, star, own = ENTRY.match(text.strip()).groups()
    cells = {**defaults, **(_pairs(own) if own else {})}
    if star:
        cells["ambiguous"] = "1"
    return surface.strip(), cells


def parse(paths):
    """Returns {list name: (fields, comments, [(surface, cells)])}."""
    lists = {}
    for path in paths:
        name, defaults = None, {}
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.strip()
                if not line or line.startswith("#"):
                    continue
                if line.startswith("@"):
                    command, what, rest = (line.split(" ", 2) + [""])[:3]
                    fields, comments, _ = lists.setdefault(what, ([], [], []))
                    if command == "@about":
                        comments.append(rest)
                    elif command == "@fields":
                        fields.extend(rest.split())
                    elif command == "@":
                        name, defaults = what, _pairs(rest)
                    else:
                        sys.exit(f"{path}:{number}: unknown command {command}")
                    continue
                lists[name][2].extend(entry(e, defaults) for e in line.rstrip(",").split(","))
    return lists


def _ordinary_words():
    with open(os.path.join(tsv.LEXICON, "common_capital.tsv"), encoding="utf-8") as lines:
        return {line.split("\t")[0].rstrip("\n") for line in lines if line[0] != "#"}


# Lists whose names are marked when they are also frequent words; elsewhere by hand.
MARKED = {"company", "media", "club", "brand"}


def _mark_ambiguous(entries):
    ordinary = _ordinary_words()
    for surface, cells in entries:
        if surface[:1].isupper() and not surface.isupper() and surface.lower() in ordinary:
            cells["ambiguous"] = "1"


def build(lists):
    for name, (fields, comments, entries) in sorted(lists.items()):
        if not entries:
            continue
        if name in MARKED:
            _mark_ambiguous(entries)
        used = [f for _, cells in entries for f in cells]
        columns = fields + sorted(set(used) - set(fields))
        tsv.write(name, columns, entries,
                  comments + [f"Source: {tsv.OWN} (build/lists); licence of the project"])


if __name__ == "__main__":
    build(parse(sorted(glob.glob(os.path.join(HERE, "lists", "*.txt")))))
