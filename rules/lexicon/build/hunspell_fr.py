#!/usr/bin/env python3
"""Reads the French hunspell dictionary (Debian: hunspell-fr-comprehensive, MPL-2.0).

`entries()` gives its lines, `forms()` every inflected form with the morphological tags that the
affix rules give it. Prefix flags (elided articles) are ignored: the tokeniser splits those.
"""
import re
from collections import defaultdict

FOLDER = "/usr/share/hunspell"


def _suffix_rules():
    rules = defaultdict(list)
    with open(f"{FOLDER}/fr.aff", encoding="utf-8") as lines:
        for line in lines:
            cells = line.split()
            if len(cells) < 5 or cells[0] != "SFX":
                continue
            strip = "" if cells[2] == "0" else cells[2]
            add, _, more = cells[3].partition("/")
            rules[cells[1]].append((strip, "" if add == "0" else add, more,
                                    re.compile(cells[4] + "$"), cells[5:]))
    return rules


def entries():
    """Yields (word, flags, tags) of each line of the dictionary."""
    with open(f"{FOLDER}/fr.dic", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            head, *tags = line.split()
            word, _, flags = head.partition("/")
            yield word, [flags[i:i + 2] for i in range(0, len(flags), 2)], tags


def forms():
    """Yields (form, lemma, tags) of every inflected form, suffixes only."""
    rules = _suffix_rules()
    for word, flags, tags in entries():
        if "()" not in flags:
            yield word, word, tags
        for flag in flags:
            for strip, add, more, condition, extra in rules.get(flag, ()):
                if not word.endswith(strip) or not condition.search(word):
                    continue
                form = word[:len(word) - len(strip)] + add if strip else word + add
                yield form, word, tags + extra
