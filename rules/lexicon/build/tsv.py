"""Writes a word list: comment lines, a header, sorted rows without duplicates."""
import os
import re

LEXICON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OWN = "written for this project"
HUNSPELL = "French hunspell dictionary 7.0 (Olivier R., grammalecte.net), MPL-2.0"
DATE = "2026-11-21"


# Lists of proper names, and those of them that hold acronyms the press writes with dots.
NAMES = {"city", "company", "competition", "country", "club", "institution", "international_org", "media", "party",
         "region"}
DOTTED = {"institution", "international_org", "party"}
PLAIN = str.maketrans("ÀÂÇÈÉÊËÎÏÔÙÛÜ", "AACEEEEIIOUUU")


def variants(name, surface):
    """Other ways to write a name: Etat for État, O.N.U. for ONU."""
    if name in NAMES:
        plain = re.sub(r"(?<!\w)[À-Ü](?=[a-zà-ÿ])", lambda m: m.group().translate(PLAIN), surface)
        if plain != surface:
            yield plain
    if name in DOTTED and re.fullmatch("[A-Z]{3,5}", surface):
        yield ".".join(surface) + "."


def write(name, fields, rows, comments):
    """rows: {surface: {field: value}} or an iterable of (surface, {field: value})."""
    items = list(rows.items() if isinstance(rows, dict) else rows)
    seen = {}
    for surface, cells in items:
        surface = " ".join(surface.split())
        if surface and surface not in seen:
            seen[surface] = cells
    for surface, cells in list(seen.items()):
        for other in variants(name, surface):
            seen.setdefault(other, cells)
    with open(os.path.join(LEXICON, name + ".tsv"), "w", encoding="utf-8") as out:
        for comment in comments:
            out.write(f"# {comment}\n")
        out.write(f"# Date: {DATE}\n")
        out.write("\t".join(["surface", *fields]) + "\n")
        for surface in sorted(seen):
            cells = [str(seen[surface].get(f, "") or "") for f in fields]
            out.write("\t".join([surface, *cells]).rstrip("\t") + "\n")
    print(f"{name}: {len(seen)}")


def read(path):
    """Lines of a source list: cells split at tabs, comments and blank lines left out."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), path),
              encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.strip() and not line.startswith("#"):
                yield line.split("\t")
