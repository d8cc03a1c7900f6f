#!/usr/bin/env python3
"""Checks the conjugator of the word lists against forms written by hand."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "rules", "lexicon", "build"))

from conjugate import conjugate  # noqa: E402

# lemma, tense, place (0-2 singular, 3-5 plural), forms
FORMS = [
    ("déclarer", "pres", 2, "déclare"), ("déclarer", "ps", 5, "déclarèrent"),
    ("annoncer", "imp", 2, "annonçait"), ("annoncer", "pres", 3, "annonçons"),
    ("annoncer", "imp", 3, "annoncions"), ("annoncer", "ps", 2, "annonça"),
    ("juger", "imp", 5, "jugeaient"), ("juger", "ps", 2, "jugea"), ("juger", "pres", 3, "jugeons"),
    ("répéter", "pres", 2, "répète"), ("répéter", "imp", 2, "répétait"),
    ("répéter", "fut", 2, "répétera/répètera"), ("espérer", "pres", 5, "espèrent"),
    ("marteler", "pres", 2, "martèle"), ("rappeler", "pres", 2, "rappelle"),
    ("rappeler", "pres", 3, "rappelons"), ("rappeler", "fut", 2, "rappellera"),
    ("jeter", "pres", 2, "jette"), ("interpeller", "pres", 2, "interpelle"),
    ("interpeller", "imp", 2, "interpellait"), ("relever", "pres", 2, "relève"),
    ("tweeter", "pres", 2, "tweete"), ("appuyer", "pres", 2, "appuie"),
    ("balayer", "pres", 2, "balaie/balaye"), ("nier", "imp", 3, "niions"),
    ("alléguer", "pres", 2, "allègue"), ("révéler", "cond", 2, "révélerait/révèlerait"),
    ("dire", "pres", 2, "dit"), ("dire", "pres", 4, "dites"), ("redire", "pres", 4, "redites"),
    ("contredire", "pres", 4, "contredisez"), ("prédire", "pres", 5, "prédisent"),
    ("dire", "subj", 2, "dise"), ("maudire", "pres", 5, "maudissent"),
    ("répondre", "pres", 2, "répond"), ("répondre", "ps", 2, "répondit"),
    ("prétendre", "pres", 5, "prétendent"), ("soutenir", "pres", 2, "soutient"),
    ("soutenir", "ps", 5, "soutinrent"), ("soutenir", "fut", 2, "soutiendra"),
    ("convenir", "subj", 5, "conviennent"), ("reconnaître", "pres", 2, "reconnaît"),
    ("reconnaître", "ps", 2, "reconnut"), ("admettre", "pres", 2, "admet"),
    ("promettre", "ps", 2, "promit"), ("écrire", "pres", 5, "écrivent"),
    ("décrire", "imp", 2, "décrivait"), ("conclure", "pres", 2, "conclut"),
    ("conclure", "imp", 2, "concluait"), ("conclure", "fut", 2, "conclura"),
    ("plaindre", "pres", 5, "plaignent"), ("craindre", "pres", 2, "craint"),
    ("poursuivre", "pres", 2, "poursuit"), ("sourire", "pres", 5, "sourient"),
    ("avertir", "pres", 5, "avertissent"), ("démentir", "pres", 2, "dément"),
    ("sentir", "pres", 5, "sentent"), ("requérir", "pres", 2, "requiert"),
    ("renchérir", "ps", 2, "renchérit"), ("prévoir", "fut", 2, "prévoira"),
    ("voir", "fut", 2, "verra"), ("devoir", "cond", 5, "devraient"), ("pouvoir", "subj", 2, "puisse"),
    ("aller", "fut", 5, "iront"), ("installer", "pres", 2, "installe"), ("être", "ps", 5, "furent"),
    ("avoir", "subj", 2, "ait"), ("faire", "pres", 5, "font"), ("falloir", "pres", 2, "faut"),
    ("falloir", "pres", 5, ""), ("vaincre", "pres", 2, "vainc"), ("naître", "ps", 2, "naquit"),
]

PARTICIPLES = [
    ("dire", "dit dite dits dites", "disant"), ("devoir", "dû due dus dues", "devant"),
    ("admettre", "admis admise admis admises", "admettant"),
    ("ajouter", "ajouté ajoutée ajoutés ajoutées", "ajoutant"),
    ("juger", "jugé jugée jugés jugées", "jugeant"),
    ("annoncer", "annoncé annoncée annoncés annoncées", "annonçant"),
    ("plaindre", "plaint plainte plaints plaintes", "plaignant"),
    ("savoir", "su sue sus sues", "sachant"),
]


class Conjugation(unittest.TestCase):
    def test_finite_forms(self):
        for lemma, tense, place, forms in FORMS:
            with self.subTest(lemma=lemma, tense=tense, place=place):
                self.assertEqual("/".join(conjugate(lemma)["tenses"][tense][place]), forms)

    def test_participles(self):
        for lemma, past, present in PARTICIPLES:
            with self.subTest(lemma=lemma):
                verb = conjugate(lemma)
                self.assertEqual(" ".join(f for f, _, _ in verb["participle"]), past)
                self.assertEqual(verb["gerund"], present)


if __name__ == "__main__":
    unittest.main()
