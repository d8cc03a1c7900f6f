"""Feminine and plural of French nouns, for the source lists: the regular ways only."""

INVARIABLE_WORDS = {"de", "du", "des", "d'", "à", "en", "aux", "au", "l'", "la", "le", "sans"}
FEMININES = (
    ("teur", "trice"), ("eur", "euse"), ("ier", "ière"), ("er", "ère"), ("ien", "ienne"),
    ("éen", "éenne"), ("on", "onne"), ("el", "elle"), ("if", "ive"), ("eux", "euse"),
    ("ot", "ote"), ("et", "ète"), ("c", "que"),
)
# -teur words whose feminine is -teuse.
TEUSE = {"acheteur", "chanteur", "conteur", "porteur", "monteur", "menteur"}
PLURAL_X = ("eau", "eu", "au")
AL = {"général", "maréchal", "amiral", "caporal", "cardinal", "principal", "médical",
      "municipal", "régional", "départemental", "communal", "provincial", "national", "fédéral",
      "cantonal", "oriental", "occidental", "local", "social", "spécial", "journal", "tribunal",
      "hôpital", "syndical", "commercial", "original", "international", "mondial", "central",
      "électoral", "sénéchal", "rival", "rural", "royal", "impérial", "consistorial",
      "vice-amiral", "contre-amiral", "interrégional", "patriarcal", "pastoral", "paroissial",
      "latéral", "éditorial", "procès-verbal", "intercommunal", "patronal", "familial", "égal", "idéal"}
INVARIABLE_HEADS = {"porte-parole", "garde-côte"}


def feminine(phrase):
    """Feminine of the first word, and of adjectives that follow it directly: `élu local`."""
    words = phrase.split(" ")
    head, rest = words[0], words[1:]
    return " ".join([_feminine(head), *(_adjectives(rest, _feminine))])


def plural(phrase):
    """Plural of the first word and of the adjectives that follow it directly."""
    words = phrase.split(" ")
    return " ".join([_plural(words[0]), *(_adjectives(words[1:], _plural))])


def _adjectives(words, change):
    out = []
    for place, word in enumerate(words):
        if word in INVARIABLE_WORDS or word.startswith(("d'", "l'")):
            return out + words[place:]
        out.append(change(word))
    return out


def _feminine(word):
    if word.endswith("e") or "-" in word and word.startswith("porte-"):
        return word
    if word in TEUSE or word.endswith("heur"):
        return word[:-3] + "euse"
    if word in ("ambassadeur",):
        return "ambassadrice"
    for end, change in FEMININES:
        if word.endswith(end):
            return word[:-len(end)] + change
    return word + "e"


def _plural(word):
    if word in INVARIABLE_HEADS or word.endswith(("s", "x", "z")):
        return word
    if word in AL:
        return word[:-2] + "aux" if word.endswith("al") else word + "s"
    if word.endswith(PLURAL_X) and word not in ("bleu",):
        return word + "x"
    head, dash, tail = word.partition("-")
    if dash and head in ("député", "premier", "première", "secrétaire", "avocat", "avocate",
                         "directeur", "directrice", "chirurgien"):
        return _plural(head) + "-" + _plural(tail)
    return word + "s"
