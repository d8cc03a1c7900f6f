#!/usr/bin/env python3
"""Builds the lists of numbers: number_word, number_tens, ordinal_word, year, mid_year, old_year,
day_number.

The other lists of figures (currency, unit, period, month, …) are written by hand.
"""
import tsv

UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante",
        70: "septante", 80: "huitante", 81: "octante", 90: "nonante"}
EIGHTIES = ("quatre-vingt", "huitante", "octante")  # the only tens that un follows without et
ABOUT = [f"Source: {tsv.OWN} (build/figures.py)"]


def below_twenty(n):
    return UNITS[n] if n <= 16 else "dix-" + UNITS[n - 10]


def tens_forms(tens, high):
    """All hyphenated spellings from the tens word up to tens + high."""
    for n in range(1, high + 1):
        word = below_twenty(n)
        linked = n == 1 or (n == 11 and tens == "soixante")
        forms = (word, "une") if n == 1 else (word,)
        for form in forms:
            if n > 1 or tens in EIGHTIES:
                yield f"{tens}-{form}"
            if linked:
                yield f"{tens}-et-{form}"


def compounds():
    yield from ("dix-sept", "dix-huit", "dix-neuf")
    for value, tens in TENS.items():
        yield from tens_forms(tens, 19 if value == 60 else 9)
    yield from ("quatre-vingt", "quatre-vingts")
    yield from tens_forms("quatre-vingt", 19)


def number_words():
    yield from UNITS[:1] + ["zero"] + UNITS[2:]
    yield from TENS.values()
    yield from ("vingts", "cent", "cents", "mille", "mil")
    yield from compounds()
    for n in range(2, 10):
        yield from (f"{UNITS[n]}-cent", f"{UNITS[n]}-cents", f"{UNITS[n]}-mille")
    for word in [below_twenty(n) for n in range(1, 17)] + list(TENS.values()):
        yield f"cent-{word}"


def ordinal(word):
    stem = {"cinq": "cinqu", "neuf": "neuv"}
    head, hyphen, last = word.rpartition("-")
    last = stem.get(last, last[:-1] if last.endswith("e") else last)
    return f"{head}{hyphen}{last}ième"


def ordinal_words():
    for word in UNITS[2:] + list(TENS.values()) + list(compounds()) + ["cent", "mille", "million", "milliard"]:
        if not word.endswith(("-une", "vingts")):
            yield ordinal(word)


def main():
    tsv.write("number_word", [], [(w, {}) for w in number_words()],
              ["Words of numbers but un and une, which are mostly articles"] + ABOUT)
    tsv.write("number_tens", [], [(w, {}) for w in list(TENS.values()) + ["quatre-vingt"]],
              ["Tens that et un follows"] + ABOUT)
    plural = [(form, {}) for w in ordinal_words() for form in (w, w + "s")]
    tsv.write("ordinal_word", [], plural + [("unième", {}), ("unièmes", {})],
              ["Ordinals in -ième; premier and second are in ordinal_first"] + ABOUT)
    tsv.write("year", [], [(str(y), {}) for y in range(1900, 2101)],
              ["Numbers that are years unless they count something"] + ABOUT)
    tsv.write("mid_year", [], [(f"mi-{y}", {}) for y in range(1900, 2101)],
              ["The middle of a year, one token: mi-2027"] + ABOUT)
    tsv.write("old_year", [], [(str(y), {}) for y in range(1000, 1900)],
              ["Numbers that are years when the words around say so"] + ABOUT)
    days = [str(d) for d in range(1, 32)] + [f"{d:02}" for d in range(1, 10)] + ["1er"]
    tsv.write("day_number", [], [(d, {}) for d in days], ["Days of a month"] + ABOUT)


if __name__ == "__main__":
    main()
