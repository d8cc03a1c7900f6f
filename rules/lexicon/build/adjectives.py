#!/usr/bin/env python3
"""Builds relational_adjective: the adjectives that follow a noun inside a name.

`Cour pénale internationale`, `Institut national`: such adjectives classify, they do not describe,
and French forms them with a few suffixes. The forms come from the hunspell dictionary.
"""
import re

import hunspell_fr
import tsv

SUFFIX = re.compile(r"(al|ale|aux|ales|el|els|elle|elles|ique|iques|aire|aires|ien|iens|ienne|iennes|"
                    r"ois|oise|oises|ain|ains|aine|aines|if|ifs|ive|ives|oire|oires|"
                    r"iste|istes|ier|iers|ière|ières)$")
ALSO = """uni unie unis unies libre libres privé privée privés privées européen public publics
publique publiques civil civile civils civiles fermé associé associés associée associées
populaire mondial numérique autonome démocrate démocrates vert verts verte vertes rouge
étranger étrangers étrangère étrangères supérieur supérieurs supérieure supérieures
mobilier mobilière mobiliers mobilières insoumis insoumise chrétien arabe arabes corse
basque catholique protestante protestant réformée juif juive laïque ouvrier ouvrière
polytechnique technique spatiale spatial alpin alpins alpine alpines féminin féminine masculin masculine
bovin bovins bovine bovines saint sainte rouges blanc blanche baptiste baptistes
anglican anglicane anglicans anglicanes musulman musulmane musulmans musulmanes
maritime maritimes extérieur extérieure extérieurs extérieures intérieur intérieure intérieurs intérieures
armé armée armés armées agricole agricoles mobile durable équestre équestres mixte permanent permanente
indépendant indépendante indépendants indépendantes unifié unifiée épiscopale""".split()
# Descriptive adjectives, and words that are more often something else.
NOT = re.compile(r"^(tel|telle|tels|telles|quel.*|fin|fine|fins|fines|final|finale|matin|main|mains|"
                 r"actuel.*|premi.*|derni.*|entier.*|entière.*|particuli.*|singuli.*|seul.*|égal.*|"
                 r"principal.*|certain.*|prochain.*|lendemain|mal|normal.*|total.*|réel.*|"
                 r"capable.*|possible.*|probable.*|comparable.*|considérable.*|responsable.*|"
                 r"souverain.*|ancien.*|moyen.*|lointain.*|plein.*|vain.*|essentiel.*|éventuel.*|"
                 r"exceptionnel.*|énorme.*|rapide.*|fier.*|cher.*|héritier.*|entre.*|dossier.*|"
                 r"cardinal.*|général|salaire.*|maire|maires|notoire.*|victoire.*|histoire.*|"
                 r"plusieurs|initial.*|décisif.*|massif.*|vif.*|vive.*|naïf.*|significatif.*|"
                 r"traditionnel.*|habituel.*|ponctuel.*|mortel.*|cruel.*|mensuel|quotidien|"
                 r"malin.*|coquin.*|enclin.*|voisin.*|marin|cousin.*|orphelin.*|"
                 r"ministre.*|adversaire.*|anniversaire.*|commissaire.*|faire|taire|plaire)$")


def build_verbs():
    """Verbs in the third person, as they follow a name that is their subject."""
    common = {line[0] for line in tsv.read("../common_capital.tsv") if "verb" in "".join(line[1:2])}
    out = {}
    for form, lemma, tags in hunspell_fr.forms():
        third = {"po:3sg", "po:3pl"} & set(tags)
        told = {"po:ipre", "po:ipsi", "po:ifut"} & set(tags)
        if third and told and (form in common or lemma in common) and form.isalpha():
            out[form] = {}
    tsv.write("third_person", [], out,
              ["Forms of frequent verbs in the third person: present, past simple, future",
               f"Source: {tsv.HUNSPELL}; build/adjectives.py"])


TOLD = {"po:ipre", "po:iimp", "po:ifut", "po:cond", "po:ipsi"}
VERBAL = re.compile(r"po:(ipre|iimp|ifut|cond|ipsi|spre|simp|impe|[123]|v)")


def build_verb_forms():
    """Finite forms that are nothing else; after verbs.py, whose lists they add to."""
    common = {line[0] for line in tsv.read("../common_capital.tsv") if "verb" in "".join(line[1:2])}
    known = {line[0] for name in ("finite_verb", "say_verb") for line in tsv.read(f"../{name}.tsv")}
    lemmas, other = {}, set()
    for form, lemma, tags in hunspell_fr.forms():
        if {"po:3sg", "po:3pl"} & set(tags) and TOLD & set(tags):
            lemmas.setdefault(form, set()).add(lemma)
        if not any(VERBAL.match(t) for t in tags) or {"po:nom", "po:adj", "po:adv", "po:ppas"} & set(tags):
            other.add(form)
    out = {form: {} for form, of in lemmas.items()
           if form not in other and form not in known and (form in common or of & common)}
    tsv.write("verb_form", [], out,
              ["Finite forms of frequent verbs in the third person that are no other word; what "
               "finite_verb and say_verb do not have",
               f"Source: {tsv.HUNSPELL}; build/adjectives.py"])


AGENT = re.compile(r"(logue|iste|eur|euse|rice|ier|ière|iatre|graphe|nome|icien|icienne|agogue|"
                   r"mane|nome|aire)$")
PAIRS = (("eur", "euse"), ("teur", "trice"), ("ier", "ière"), ("icien", "icienne"))
ALSO_AGENT = """guide guides permanent permanente stagiaire interne apprenti apprentie mannequin
clerc chef cheffe agent agente berger bergère patron patronne chercheur chercheuse""".split()


def build_occupations():
    """Nouns of people at work: by suffix, and only when both genders exist or share a form."""
    known = set()
    for name in ("role", "product_head", "place_head", "org_head", "event_head", "source_noun"):
        known |= {line[0] for line in tsv.read(f"../{name}.tsv")}
    nouns = {}
    for form, _, tags in hunspell_fr.forms():
        if "po:nom" in tags and "is:sg" in tags and form.isalpha() and form.islower():
            nouns.setdefault(form, set()).update(t for t in tags if t.startswith("is:"))
    out = {word: {} for word in ALSO_AGENT}
    for word, tags in nouns.items():
        if word in known or not AGENT.search(word):
            continue
        both = "is:epi" in tags or any(
            word.endswith(a) and word[:-len(a)] + b in nouns for pair in PAIRS
            for a, b in (pair, pair[::-1]))
        if both:
            out[word] = {}
    tsv.write("occupation", [], out,
              ["Nouns of people at work, known by their suffix; not in the list role",
               f"Source: {tsv.HUNSPELL}; build/adjectives.py"])


def build():
    out = {}
    for form, lemma, tags in hunspell_fr.forms():
        if not form.islower() or not form.isalpha() or not 4 < len(form) < 18 or NOT.match(form):
            continue
        if any(t == "po:adj" for t in tags) and SUFFIX.search(form):
            if any(t.startswith("po:v") for t in tags):
                continue
            out[form] = {}
    for word in ALSO:
        out[word] = {}
    tsv.write("relational_adjective", [], out,
              ["Adjectives that classify, as they follow a noun inside a name (national, pénale)",
               f"Source: {tsv.HUNSPELL}; build/adjectives.py"])


if __name__ == "__main__":
    build()
    build_verbs()
    build_verb_forms()
    build_occupations()
