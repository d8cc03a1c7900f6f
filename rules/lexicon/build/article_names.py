#!/usr/bin/env python3
"""Names whose article melts into a preposition: Le Havre → au Havre, Les Échos → des Échos.

Reads the lists of names beside it and writes ../contracted_name.tsv: the name without its article,
the whole name, and what it names. To be run after the scripts that write those lists.
"""
import os

import tsv

KINDS = ["city", "region", "media", "party", "company", "club", "institution", "international_org"]
# Too common behind "du", "des" or "aux" in another sense.
LEFT_OUT = {"Blanc", "Canadien", "Centre", "Engagés", "François", "Jeudi", "Jours", "Lorrain", "Luc", "Marin",
            "Moule", "Numériques", "Patriotes", "Pays", "Peuple", "Port", "Robert", "Ravi", "Soleil", "Soler", "Thor", "Verts allemands"}


def surfaces(name):
    path = os.path.join(tsv.LEXICON, name + ".tsv")
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t")[0] for line in lines if not line.startswith("#")]
    return rows[1:]


def contracted():
    for kind in KINDS:
        for full in surfaces(kind):
            article, _, bare = full.partition(" ")
            if article in ("Le", "Les") and bare[:1].isupper() and bare not in LEFT_OUT:
                yield bare, {"full": full, "kind": kind}


if __name__ == "__main__":
    tsv.write("contracted_name", ["full", "kind"], contracted(), [
        "Names without the article that melts into a preposition: au Havre, des Échos",
        "kind: the list that holds the whole name",
        "Source: the lists of names beside this one (build/article_names.py); their licences"])
