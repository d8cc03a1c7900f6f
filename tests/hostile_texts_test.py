#!/usr/bin/env python3
"""Texts that want to harm: time grows with their size and not faster, memory stays bounded, what is found is sound."""
import io
import os
import resource
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("GLANE_BUILD", os.path.join(os.path.dirname(HERE), "build"))
GLANE = os.path.join(BUILD, "glane")

sys.path.insert(0, HERE)
try:
    import validate
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

KIB = 1024
SMALL, LARGE = 256 * KIB, 1024 * KIB
# Four times the text: four times the time, or somewhat more where it leaves the caches. Twice that would be no accident,
# and n log n stays far below; a square makes it sixteen.
MOST_RATIO = 8
LEAST_TIME = 0.1  # seconds; what is faster on the small text is not measured well
MOST_MEMORY = 400_000  # kB
SANITIZED = "SANITIZED" in os.environ  # takes time and memory of its own

PIECES = {
    "one word": "travail ",
    "one word without an end": "anticonstitutionnellement",
    "hyphens": "porte-",
    "apostrophes": "l'",
    "digits": "1234567890",
    "numbers": "12 ",
    "numbers with points": "1.234,5 ",
    "numbers in words": "quatre-vingt-dix-sept mille ",
    "opening marks": "«",
    "closing marks": "»",
    "opening marks with spaces": "« ",
    "straight marks": '"',
    "pairs of marks": "«»",
    "marks of three kinds": "« “ ‹ ",
    "open brackets": "(",
    "words in brackets": "(a ",
    "de la": "de la ",
    "le président de": "le président de la République de ",
    "names": "Jean Dupont ",
    "names in capitals": "JEAN DUPONT ",
    "initials": "J. ",
    "a list of names": "Paul, Luc et ",
    "acronyms": "U.L.B. ",
    "roles and names": "Le maire Luc Petit, ",
    "combining marks": "\u0301",
    "a letter and combining marks": "e\u0301\u0323",
    "right-to-left marks": "\u200f",
    "Arabic": "السلام ",
    "emoji": "👩‍🌾",
    "ill-formed bytes": b"\xff",
    "ends of sentences": "Oui. ",
    "full stops": ".",
    "commas": ", ",
    "line ends": "\n",
    "paragraphs": "Oui.\n\n",
    "dashes of dialogue": "— Oui, dit-il.\n",
    "labels of dialogue": "LE MAIRE : oui.\n",
    "speech": "a déclaré ",
    "quotes": "« Oui », a déclaré Luc Petit. ",
    "quotes of nobody": "« Oui. » ",
    "incises": "« Oui, dit-il, ",
    "clauses": "dit qu'il dit qu'il ",
    "amounts": "3,5 millions d'euros ",
    "dates": "le 5 mars 2025 ",
    "ranges": "entre 10 et ",
    "references": "&eacute;",
    "ampersands": "&",
    "addresses": "www.exemple.fr/a?b=c ",
    "an address without an end": "http://a.b/c",
    "a shared surname": "Jean et Marie Dubois. ",
    "brackets behind a name": "L'Université libre de Bruxelles (ULB) ferme. ",
    "a title in place of the name": "Me Lemaire, avocat, part. L'avocat revient. ",
    "what he said": "Il a dit que oui. ",
    # NAME is another one each time.
    "different names": "Jean NAME part. ",
    "different full names": "NAME Marie NAME vient. ",
    "different surnames shared": "Jean et Marie NAME. ",
    "different houses": "La Société NAME (NAME) ferme. ",
    "different speakers": "« Oui », a déclaré Luc NAME. Il a ajouté que non. ",
    "different roles": "Le ministre NAME, Paul NAME, part. Le ministre revient. ",
    "different hyphens": "NAME-",
    "different capitals": "NAME DUPONT ",
}


def name_of(number):
    letters = ""
    for _ in range(5):
        number, letter = divmod(number, 26)
        letters += chr(ord("a") + letter)
    return letters.capitalize()


def text_of(piece, size):
    if isinstance(piece, bytes):
        return piece * (size // len(piece))
    if "NAME" not in piece:
        return piece.encode() * (size // len(piece.encode()))
    times = size // len(piece)
    return "".join(piece.replace("NAME", name_of(7919 * n)) for n in range(times)).encode()


def bound_memory():
    """What asks for more than it may is stopped before the machine is."""
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_MEMORY * KIB, 4 * MOST_MEMORY * KIB))


class Hostile(unittest.TestCase):
    def run_once(self, text):
        """Processor time, most memory and the line that came out."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
            given.write(text)
            given.seek(0)
            process = subprocess.Popen([GLANE, "extract", "--from", "text", "--threads", "1", "--with-text", "-"],
                                       stdin=given, stdout=out, preexec_fn=bound_memory)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(process.returncode, 0)
            out.seek(0)
            return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, out.read().decode()

    def start_up(self):
        return min(self.run_once(b"Oui.\n")[0] for _ in range(3))

    def check(self, piece, start_up):
        small = max(self.run_once(text_of(piece, SMALL))[0] - start_up, LEAST_TIME)
        if SANITIZED:
            return
        time, memory, _ = self.run_once(text_of(piece, LARGE))
        if (time - start_up) / small >= MOST_RATIO:  # a machine under load may have lied once
            small = max(self.run_once(text_of(piece, SMALL))[0] - start_up, LEAST_TIME)
            time = min(time, self.run_once(text_of(piece, LARGE))[0])
        ratio = (time - start_up) / small
        if os.environ.get("SHOW"):
            print(f"{piece!r:40.40} {small:6.2f} s {time - start_up:6.2f} s  ratio {ratio:5.1f}  {memory // 1000} MB",
                  flush=True)
        self.assertLess(ratio, MOST_RATIO)
        self.assertLess(memory, MOST_MEMORY)

    def test_time_is_linear_and_memory_bounded(self):
        start_up = self.start_up()
        for name, piece in PIECES.items():
            if os.environ.get("ONLY", "") not in name:
                continue
            with self.subTest(name):
                self.check(piece, start_up)

    def test_what_is_found_is_sound(self):
        validator = validate.validator()
        for name, piece in PIECES.items():
            with self.subTest(name):
                line = self.run_once(text_of(piece, 16 * KIB))[2]
                self.assertEqual(list(validate.problems(io.StringIO(line), validator, True))[:3], [])


if __name__ == "__main__":
    unittest.main()
