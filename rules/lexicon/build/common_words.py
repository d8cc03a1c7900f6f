#!/usr/bin/env python3
"""Builds common_capital: ordinary words that may begin a sentence with a capital.

The order of frequency comes from the word counts of @zxcvbn-ts/language-fr (French Wikipedia, MIT;
OpenSubtitles, ODC-BY), the words and their classes from the hunspell dictionary: a word stays when
it is an inflected form of a noun, adjective, adverb, verb or function word. GLANE_NODE_MODULES
names a folder of word counts: wikipedia-fr.txt and commonWords-fr.txt, most frequent word first.
"""
import os
import sys

import hunspell_fr
import tsv

SIZE = 9500
CLASSES = (("po:v", "verb"), ("po:nom", "noun"), ("po:adj", "adj"), ("po:adv", "adv"))
# Slang, foreign or rare words that are names when they have a capital.
NOT_WORDS = set("""aida al ben bill bob dan diane don donna figaro gus hans jack jan jenny jésus
joseph jules louis manuel maria mark max pan pat penny piper richard rob robert robin rosa sue tara
tommy victoria benjamin caroline charlotte brandon marc martin jean jacques jacqueline madeleine
oscar voltaire vénus mercure claude pascal jeannette tom nick john mike dj  smith ford ken
jimmy judas arthur alfred robinson dallas denver madras kansas berlin paris liège new london  hilton bond
watt joule pascal newton hertz kelvin volta""".split())
NAMES = {"po:prn": "first_name", "po:patr": "surname", "po:npr": "name"}


def _dictionary():
    """{form: classes}, {lower-case form: kinds of names spelled so}."""
    words, names = {}, {}
    for form, _, tags in hunspell_fr.forms():
        if form[:1].isupper():
            for tag in tags:
                if tag in NAMES and form[1:].islower():
                    names.setdefault(form.lower(), set()).add(NAMES[tag])
            continue
        kinds = {k for prefix, k in CLASSES for t in tags if t.startswith(prefix)} or {"function"}
        words.setdefault(form.replace("’", "'"), set()).update(kinds)
    return words, names


def _ranks(folder):
    ranks = {}
    for name, weight in (("wikipedia-fr.txt", 1.0), ("commonWords-fr.txt", 1.0)):
        with open(os.path.join(folder, name), encoding="utf-8") as lines:
            for rank, word in enumerate(lines):
                ranks.setdefault(word.strip(), []).append((rank + 1) * weight)
    return {word: min(r) for word, r in ranks.items()}


def main():
    words, names = _dictionary()
    ranks = _ranks(os.environ.get("GLANE_NODE_MODULES") or sys.exit("GLANE_NODE_MODULES is not set"))
    frequent = sorted((r, w) for w, r in ranks.items() if w in words and len(w) > 1 and w not in NOT_WORDS)
    chosen = [w for _, w in frequent[:SIZE]]
    order = ("function", "adv", "verb", "noun", "adj")
    rows = {w: {"class": "|".join(k for k in order if k in words[w]),
                "name": "|".join(sorted(names.get(w, ())))} for w in chosen}
    tsv.write("common_capital", ["class", "name"], rows,
              ["Frequent ordinary words, to judge a capital at the start of a sentence",
               "class: function adv verb noun adj; name: it is also a first_name, surname or name",
               f"Source: {tsv.HUNSPELL}; order of frequency from @zxcvbn-ts/language-fr 4.1.2 (MIT; "
               "counts of French Wikipedia and of OpenSubtitles, ODC-BY); build/common_words.py"])


if __name__ == "__main__":
    main()
