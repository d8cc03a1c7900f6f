#!/usr/bin/env python3
"""Builds first_name, role, source_noun and demonym.

first_names.txt and the hunspell dictionary give the names; roles.txt, source_nouns.txt and
demonyms.txt give masculine and feminine singulars, from which the plurals are made.
"""
import os

import hunspell_fr
import tsv
from french_forms import feminine, plural

# Gods, characters and common words that the dictionary lists as first names.
NOT_NAMES = set("""Mars Mercure Pluton Saturne Vénus Apollon Aphrodite Andromède Esculape Gargantua
Galathée Hermès Jocrisse Molière Moloch Nabuchodonosor Œdipe Pandore Pan Pie Porphyre Protée
Sardanapale Tacite Thanatos Titan Voltaire Figaro Fiacre Calypso Crésus Cupidon Éros Cheyenne Pépin
Pégase Mimas Hélios Don Platon Aristote Socrate Cicéron Ovide Zeus Osiris Isis Athéna Poséidon
Neptune Jupiter Uranus Belzébuth Lucifer Satan Allah Bouddha Cerbère Goliath Hamlet Othello Ulysses
Pinocchio Tartuffe Harpagon Cosette Frodo Gandalf Tintin Astérix Obélix Batman Zorro Confucius
Bacchus Vulcain Junon Minerve Cérès Éole Orphée Sisyphe Prométhée Tantale Xerxès Vercingétorix
Melpomène Terpsichore Polymnie Uranie Monde Tara Terri Adonis Arion Roméo-et-Juliette
Washington Lincoln Tobrouk Windsor Orient Océan Chine Asie India Israël Byzance Dakota Paris""".split())


# Spelled like a word of French, but a name wherever they have a capital.
SAFE = set("""Adèle Alexandra Amandine Amadou Augustin Aurélie Benjamin Benoît Camélia Caroline
Charlotte Claude Constant Denis Diego Donna Florence Francisco Gilles Guillaume Isabelle Jacqueline
Jacques Jean Jeannette Jenny Joseph Jules Julien Louis Luis Madeleine Manuel Marc Marcel Marguerite
Maria Marie Marina Mark Martin Maxime Micheline Nicodème Noël Oscar Pascal Pascale Patrice Paulette
Pierre Pierrette Pierrot Ramon Renée Richard Robert Robin Serge Tommy Valentin Véronique Victoria
Virginie Zoé Joseph Julienne Laure""".split())


def _ordinary():
    """Frequent ordinary words, to mark the ambiguous names."""
    with open(os.path.join(tsv.LEXICON, "common_capital.tsv"), encoding="utf-8") as lines:
        return {line.split("\t")[0].rstrip("\n") for line in lines if line[0] != "#"}


def _places():
    return {form for form, _, tags in hunspell_fr.forms() if "po:npr" in tags}


def first_names():
    genders = {}
    for form, _, tags in hunspell_fr.forms():
        if "po:prn" in tags and form not in NOT_NAMES and len(form) > 2:
            kinds = {"is:mas": "m", "is:fem": "f", "is:epi": "e"}
            genders.setdefault(form, set()).update(kinds[t] for t in tags if t in kinds)
    for gender, names in tsv.read("first_names.txt"):
        for name in names.split():
            if name not in NOT_NAMES or name == "Ulysse":
                genders.setdefault(name, set()).add(gender)
    ordinary, places = _ordinary(), _places()
    rows = {}
    for name, kinds in genders.items():
        ambiguous = name not in SAFE and (name.lower() in ordinary or name in places)
        rows[name] = {"gender": kinds.pop() if len(kinds) == 1 else "e",
                      "ambiguous": "1" if ambiguous else ""}
    tsv.write("first_name", ["gender", "ambiguous"], rows,
              ["First names; gender m, f or e (either); ambiguous = also a word or a place",
               f"Source: {tsv.HUNSPELL}; completed by hand (build/first_names.txt); build/people.py"])


def inflected(path, fields):
    """Reads `masculine;feminine` or `noun/m`, `noun/f`, `noun/e` and gives all their forms."""
    rows = {}
    for forms, *values in tsv.read(path):
        cells = dict(zip(fields, values))
        for item in (i.strip() for i in forms.split(",")):
            forms_of_item = _forms(item)
            for form, gender, number in forms_of_item:
                old = rows.get(form)
                if old and old["gender"] != gender:
                    gender = "e"
                rows[form] = {**cells, **({} if old is None else old), "gender": gender,
                              "number": number, "masculine": _masculine(form, number, forms_of_item)}
    return rows


def _masculine(form, number, forms):
    """`directeurs` for `directrices`; nothing when the form itself is masculine, or has no other."""
    if form.startswith("cheffe"):
        return form.replace("cheffe", "chef", 1)
    others = [f for f, gender, n in forms if gender == "m" and n == number]
    return others[0] if others and others[0] != form else ""


def _forms(item):
    if not item:
        return []
    if "/" in item:
        word, _, gender = item.partition("/")
        if gender.endswith("s") or gender.endswith("p"):  # /ms, /mp: one number only
            return [(word, gender[0], gender[1])]
        return [(word, gender, "s"), (plural(word), gender, "p")]
    masculine, _, fem = item.partition(";")
    fem = fem or feminine(masculine)
    if fem == masculine:
        return [(masculine, "e", "s"), (plural(masculine), "e", "p")]
    return [(masculine, "m", "s"), (plural(masculine), "m", "p"),
            (fem, "f", "s"), (plural(fem), "f", "p")]


def roles():
    rows = inflected("roles.txt", ["class"])
    tsv.write("role", ["class", "gender", "number", "masculine"], rows,
              ["Functions, titles and professions of people; masculine = the same office held by a man",
               "class: institutional profession business military sport religious noble",
               f"Source: {tsv.OWN} (build/roles.txt, inflected by build/people.py); licence of the project"])


def source_nouns():
    rows = inflected("source_nouns.txt", ["type"])
    tsv.write("source_noun", ["type", "gender", "number"], rows,
              ["Nouns of persons, bodies and documents that speak without a name",
               "type: person body document",
               f"Source: {tsv.OWN} (build/source_nouns.txt, inflected by build/people.py); licence of the project"])


def demonyms():
    rows = {}
    for code, words in tsv.read("demonyms.txt"):
        for item in (i.strip() for i in words.split(",")):
            for form, gender, number in _forms(item):
                for spelling in (form, form[0].upper() + form[1:]):
                    old = rows.get(spelling)
                    if old and old["gender"] != gender:
                        gender = "e"
                    rows[spelling] = {"code": old["code"] if old else code, "gender": gender,
                                      "number": number}
    lower = {s: c for s, c in rows.items() if s[0].islower()}
    tsv.write("demonym", ["code", "gender", "number"], lower,
              ["Adjectives and inhabitants of countries, regions and towns; code: ISO 3166 of the "
               "country or a name of the region", "An entry matches with and without a capital",
               f"Source: {tsv.OWN} (build/demonyms.txt, inflected by build/people.py); licence of the project"])


if __name__ == "__main__":
    first_names()
    roles()
    source_nouns()
    demonyms()
