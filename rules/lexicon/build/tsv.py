"""Writes a word list: comment lines, a header, sorted rows without duplicates."""
import os

LEXICON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OWN = "written for this project"
HUNSPELL = "French hunspell dictionary 7.0 (Olivier R., grammalecte.net), MPL-2.0"
DATE = "2026-11-21"


def write(name, fields, rows, comments):
    """rows: {surface: {field: value}} or an iterable of (surface, {field: value})."""
    items = rows.items() if isinstance(rows, dict) else rows
    seen = {}
    for surface, cells in items:
        surface = " ".join(surface.split())
        if surface and surface not in seen:
            seen[surface] = cells
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
