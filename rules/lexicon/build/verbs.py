#!/usr/bin/env python3
"""Conjugated word lists: say_verb, say_participle, say_gerund, say_infinitive, finite_verb.

Source lists: say_verbs.txt (lemma, implication, strength) and finite_verbs.txt (lemmas).
"""
import re

import hunspell_fr
import tsv
from conjugate import TENSES, conjugate



def _hunspell_sets():
    nouns, past = set(), set()
    for form, _, tags in hunspell_fr.forms():
        if "po:nom" in tags:
            nouns.add(form)
        if "po:ppas" in tags:
            past.add(form)
    return nouns, past


NOUNS, PAST = _hunspell_sets()
PERSONS = ((1, "s"), (2, "s"), (3, "s"), (1, "p"), (2, "p"), (3, "p"))


def _split(lemma):
    """('se plaindre') → ('plaindre', '', '1'); ('faire savoir') → ('faire', ' savoir', '')."""
    pronominal = re.match(r"(se |s')(.*)", lemma)
    if pronominal:
        return pronominal[2], "", "1"
    head, _, rest = lemma.partition(" ")
    return head, " " + rest if rest else "", ""


def _wanted(tense, place, strong):
    person, _ = PERSONS[place]
    if not strong and tense in ("fut", "cond", "subj"):
        return False
    return person == 3 or strong and tense == "pres" and person == 1


class Merged:
    """Rows of homographs joined: `dit` is present and passé simple."""

    def __init__(self, joined):
        self.joined, self.rows = joined, {}

    def add(self, surface, cells):
        row = self.rows.setdefault(surface, dict(cells))
        for field in self.joined:
            values = row[field].split("|")
            if cells[field] and cells[field] not in values and row["lemma"] == cells["lemma"]:
                row[field] = "|".join(values + [cells[field]])
        if row.get("pronominal") and not cells.get("pronominal"):
            row["pronominal"] = ""


def _finite(rows, verb, rest, cells, strong):
    for tense in TENSES:
        for place, forms in enumerate(verb["tenses"][tense]):
            person, number = PERSONS[place]
            for form in forms if _wanted(tense, place, strong) else ():
                rows.add(form + rest, {**cells, "tense": tense, "number": number,
                                       "person": str(person),
                                       "noun": "1" if form + rest in NOUNS else ""})


def _say_lists():
    rows = sorted(tsv.read("say_verbs.txt"), key=lambda r: (r[2] != "strong", " " in r[0] or "'" in r[0]))
    finite = Merged(("tense", "number", "person"))
    past, present, infinitive = Merged(("gender", "number")), Merged(()), Merged(())
    for lemma, implication, strength in rows:
        head, rest, pronominal = _split(lemma)
        verb = conjugate(head)
        cells = {"lemma": lemma, "implication": implication, "strength": strength,
                 "pronominal": pronominal}
        _finite(finite, verb, rest, cells, strength == "strong")
        for form, gender, number in verb["participle"]:
            if form in PAST and (not rest or (gender, number) == ("m", "s")):
                past.add(form + rest, {**cells, "gender": gender, "number": number,
                                       "noun": "1" if form + rest in NOUNS else ""})
        present.add(verb["gerund"] + rest, cells)
        infinitive.add(head + rest, cells)
    return finite, past, present, infinitive


def _write_say():
    finite, past, present, infinitive = _say_lists()
    about = [f"Source: {tsv.OWN}; built by build/verbs.py from build/say_verbs.txt; licence of the project",
             "implication: affirm deny ask emotion order opinion; strength: strong = takes que/si or "
             "direct speech routinely, weak = incise verb; noun = also a noun; pronominal = only with se"]
    common = ["lemma", "implication", "strength", "pronominal"]
    tsv.write("say_verb", ["lemma", "tense", "number", "person", *common[1:], "noun"], finite.rows,
              ["Verbs of speech, finite forms of the third person (strong ones also first, present)"]
              + about)
    tsv.write("say_participle", [*common, "gender", "number", "noun"], past.rows,
              ["Verbs of speech, past participles"] + about)
    tsv.write("say_gerund", common, present.rows, ["Verbs of speech, present participles"] + about)
    tsv.write("say_infinitive", common, infinitive.rows, ["Verbs of speech, infinitives"] + about)


FULL = {"être", "avoir", "aller", "faire", "pouvoir", "vouloir", "devoir", "savoir", "dire"}


def _write_finite():
    rows = Merged(("tense", "number", "person"))
    lemmas = [lemma for line in tsv.read("finite_verbs.txt") for lemma in line[0].split()]
    for lemma in sorted(set(lemmas), key=lambda l: (l not in FULL, l)):
        tables = conjugate(lemma)["tenses"]
        tenses = TENSES if lemma in FULL else ("pres", "imp", "ps", "fut")
        for tense in tenses:
            for place, forms in enumerate(tables[tense]):
                person, number = PERSONS[place]
                for form in forms:
                    # Outside the commonest verbs: third person only, and no form that is a noun.
                    if lemma not in FULL and (person != 3 or form in NOUNS and tense != "ps"):
                        continue
                    if form.startswith("-"):
                        continue
                    rows.add(form, {"lemma": lemma, "tense": tense, "number": number,
                                    "person": str(person), "noun": "1" if form in NOUNS else ""})
    keep = {s: c for s, c in rows.rows.items()
            if c["lemma"] in FULL or not set(c["tense"].split("|")) <= {"ps", "fut", "cond"}
            or c["number"] == "s" and c["tense"] != "fut"}
    tsv.write("finite_verb", ["lemma", "tense", "number", "person", "noun"], keep,
              ["Finite forms of frequent verbs; forms that are also nouns are left out but for the "
               "commonest verbs", f"Source: {tsv.OWN}; built by build/verbs.py; licence of the project"])


def _write_auxiliary():
    rows = Merged(("tense", "number", "person"))
    for lemma in ("avoir", "être"):
        verb = conjugate(lemma)
        for tense in TENSES:
            for place, forms in enumerate(verb["tenses"][tense]):
                person, number = PERSONS[place]
                mood = {"cond": "cond", "subj": "subj"}.get(tense, "ind")
                for form in forms:
                    rows.add(form, {"lemma": lemma, "mood": mood, "tense": tense,
                                    "number": number, "person": str(person)})
        past = verb["participle"][0][0]
        for form, mood in ((lemma, "inf"), (verb["gerund"], "ger"), (past, "part"),
                           *((f, "part") for f, _, _ in verb["participle"][1:] if lemma == "avoir")):
            rows.add(form, {"lemma": lemma, "mood": mood, "tense": "", "number": "", "person": ""})
    for form, lemma in (("eût", "avoir"), ("fût", "être"), ("eussent", "avoir"), ("fussent", "être")):
        rows.add(form, {"lemma": lemma, "mood": "subj", "tense": "simp",
                        "number": "p" if form.endswith("nt") else "s", "person": "3"})
    tsv.write("auxiliary", ["lemma", "mood", "tense", "number", "person"], rows.rows,
              ["Forms of avoir and être", f"Source: {tsv.OWN}; built by build/verbs.py; licence of the project"])


if __name__ == "__main__":
    _write_say()
    _write_finite()
    _write_auxiliary()
