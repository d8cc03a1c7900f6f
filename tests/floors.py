#!/usr/bin/env python3
"""Holds the accuracy on the corpus: no score may fall under its floor.

    floors.py                  check (status 1 when a score fell or a gold has changed)
    floors.py --update         raise the floors to the scores of now, take over the fingerprint
    floors.py --update --allow-lower
                               also lower those that fell: say why in the commit

corpus/floors.json and corpus/quotes-floors.json pin, for gold.jsonl and quotes.jsonl, for each layer, the F1 of both measures and how many fields are
right (a count: a share of what was found would fall when more is found), and the SHA-256 of
the gold they were measured on. GLANE names the program, by default build/glane.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GLANE = os.environ.get("GLANE", os.path.join(TOP, "build", "glane"))


def fingerprint(path):
    with open(path, "rb") as gold:
        return hashlib.sha256(gold.read()).hexdigest()


def measure(gold):
    """The scores that floors are set on."""
    out = subprocess.run([GLANE, "evaluate", "--gold", gold, "--json"], check=True,
                         stdout=subprocess.PIPE, encoding="utf-8").stdout
    scores = {}
    for layer, parts in json.loads(out).items():
        for part, value in parts.items():
            if part in ("strict", "overlap", "value") and value["gold"]:
                scores[f"{layer}.{part}.f1"] = value["f1"]
            elif part == "fields":
                for field, x in value.items():
                    scores[f"{layer}.fields.{field}.right"] = round(x["accuracy"] * x["of"])
    return scores


def check(pinned, scores, gold_hash):
    """Complaints, one a line; none when all is well."""
    if pinned["gold_sha256"] != gold_hash:
        yield "the gold is not the one that the floors were measured on: floors.py --update"
    for name, floor in pinned["floors"].items():
        if name not in scores:
            yield f"{name}: no longer measured, floor {floor}"
        elif scores[name] < floor:
            yield f"{name}: {scores[name]} is under its floor {floor}"


def updated(pinned, scores, allow_lower):
    """The new floors; a floor falls only when that is allowed."""
    old = {} if allow_lower else pinned["floors"]
    return {name: max(score, old.get(name, 0)) for name, score in {**old, **scores}.items()}


def write(path, gold_hash, floors):
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"gold_sha256": gold_hash, "floors": floors}, out, indent=1)
        out.write("\n")


PINNED = (("gold.jsonl", "floors.json"), ("quotes.jsonl", "quotes-floors.json"))


def hold(gold, floors, update, allow_lower):
    """The number of floors that hold, or the complaints."""
    pinned = {"gold_sha256": "", "floors": {}}
    if os.path.exists(floors):
        with open(floors, encoding="utf-8") as stream:
            pinned = json.load(stream)
    elif not update:
        sys.exit(f"{floors} is missing: floors.py --update writes it")
    scores, gold_hash = measure(gold), fingerprint(gold)
    if update:
        pinned = {"gold_sha256": gold_hash, "floors": updated(pinned, scores, allow_lower)}
        write(floors, gold_hash, pinned["floors"])
    return len(pinned["floors"]), list(check(pinned, scores, gold_hash))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", help="one gold file instead of those of corpus/")
    ap.add_argument("--floors", help="its floors")
    ap.add_argument("--update", action="store_true")
    ap.add_argument("--allow-lower", action="store_true")
    a = ap.parse_args()
    sets = [(a.gold, a.floors)] if a.gold else [
        tuple(os.path.join(TOP, "corpus", name) for name in names) for names in PINNED]
    held, failed = 0, False
    for gold, floors in sets:
        count, complaints = hold(gold, floors, a.update, a.allow_lower)
        held += count
        failed |= bool(complaints)
        for line in complaints:
            print(f"{os.path.basename(gold)}: {line}")
    if failed:
        sys.exit(1)
    print(f"{held} floors hold")


if __name__ == "__main__":
    main()
