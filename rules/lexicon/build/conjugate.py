#!/usr/bin/env python3
"""Conjugates French verbs: `conjugate(lemma)` gives every simple form.

Regular -er, -ir and -re verbs follow their spelling rules; the others are listed as models:
a verb is conjugated like the longest model that its infinitive ends with (`contredire` has its own
model, `redire` follows `dire`). Compound tenses are left to the rules that read the text.

Usage: conjugate.py VERB…    prints the paradigm, for a look by eye.
"""
import sys
import unicodedata

TENSES = ("pres", "imp", "ps", "fut", "cond", "subj")

IMP = ("ais", "ais", "ait", "ions", "iez", "aient")
FUT = ("ai", "as", "a", "ons", "ez", "ont")
PS = {
    "a": ("ai", "as", "a", "âmes", "âtes", "èrent"),
    "i": ("is", "is", "it", "îmes", "îtes", "irent"),
    "u": ("us", "us", "ut", "ûmes", "ûtes", "urent"),
    "in": ("ins", "ins", "int", "înmes", "întes", "inrent"),
}

# model: present (6 forms) | stem of imparfait and present participle | stem of future |
# stem and type of passé simple | past participle (masculine singular) | subjunctive (6 forms or
# "" when it follows from the third person plural and the imparfait)
MODELS = {
    "être": ("suis es est sommes êtes sont", "ét", "ser", "f:u", "été",
             "sois sois soit soyons soyez soient"),
    "avoir": ("ai as a avons avez ont", "av", "aur", "e:u", "eu",
              "aie aies ait ayons ayez aient"),
    "aller": ("vais vas va allons allez vont", "all", "ir", "all:a", "allé",
              "aille ailles aille allions alliez aillent"),
    "faire": ("fais fais fait faisons faites font", "fais", "fer", "f:i", "fait",
              "fasse fasses fasse fassions fassiez fassent"),
    "dire": ("dis dis dit disons dites disent", "dis", "dir", "d:i", "dit", ""),
    "contredire": ("contredis contredis contredit contredisons contredisez contredisent",
                   "contredis", "contredir", "contred:i", "contredit", ""),
    "prédire": ("prédis prédis prédit prédisons prédisez prédisent",
                "prédis", "prédir", "préd:i", "prédit", ""),
    "interdire": ("interdis interdis interdit interdisons interdisez interdisent",
                  "interdis", "interdir", "interd:i", "interdit", ""),
    "médire": ("médis médis médit médisons médisez médisent",
               "médis", "médir", "méd:i", "médit", ""),
    "dédire": ("dédis dédis dédit dédisons dédisez dédisent",
               "dédis", "dédir", "déd:i", "dédit", ""),
    "maudire": ("maudis maudis maudit maudissons maudissez maudissent",
                "maudiss", "maudir", "maud:i", "maudit", ""),
    "décevoir": ("déçois déçois déçoit décevons décevez déçoivent", "décev", "décevr", "déç:u",
                 "déçu", ""),
    "pourvoir": ("pourvois pourvois pourvoit pourvoyons pourvoyez pourvoient", "pourvoy",
                 "pourvoir", "pourv:u", "pourvu", ""),
    "promouvoir": ("promeus promeus promeut promouvons promouvez promeuvent", "promouv",
                   "promouvr", "prom:u", "promu", ""),
    "prévaloir": ("prévaux prévaux prévaut prévalons prévalez prévalent", "préval", "prévaudr",
                  "préval:u", "prévalu", ""),
    "vêtir": ("vêts vêts vêt vêtons vêtez vêtent", "vêt", "vêtir", "vêt:i", "vêtu", ""),
    "pouvoir": ("peux peux peut pouvons pouvez peuvent", "pouv", "pourr", "p:u", "pu",
                "puisse puisses puisse puissions puissiez puissent"),
    "vouloir": ("veux veux veut voulons voulez veulent", "voul", "voudr", "voul:u", "voulu",
                "veuille veuilles veuille voulions vouliez veuillent"),
    "devoir": ("dois dois doit devons devez doivent", "dev", "devr", "d:u", "dû", ""),
    "savoir": ("sais sais sait savons savez savent", "sav", "saur", "s:u", "su",
               "sache saches sache sachions sachiez sachent"),
    "valoir": ("vaux vaux vaut valons valez valent", "val", "vaudr", "val:u", "valu",
               "vaille vailles vaille valions valiez vaillent"),
    "falloir": ("- - faut - - -", "fall", "faudr", "fall:u", "fallu", "- - faille - - -"),
    "pleuvoir": ("- - pleut - - pleuvent", "pleuv", "pleuvr", "pl:u", "plu",
                 "- - pleuve - - pleuvent"),
    "voir": ("vois vois voit voyons voyez voient", "voy", "verr", "v:i", "vu", ""),
    "prévoir": ("prévois prévois prévoit prévoyons prévoyez prévoient", "prévoy", "prévoir",
                "prév:i", "prévu", ""),
    "recevoir": ("reçois reçois reçoit recevons recevez reçoivent", "recev", "recevr", "reç:u",
                 "reçu", ""),
    "apercevoir": ("aperçois aperçois aperçoit apercevons apercevez aperçoivent", "apercev",
                   "apercevr", "aperç:u", "aperçu", ""),
    "concevoir": ("conçois conçois conçoit concevons concevez conçoivent", "concev", "concevr",
                  "conç:u", "conçu", ""),
    "percevoir": ("perçois perçois perçoit percevons percevez perçoivent", "percev", "percevr",
                  "perç:u", "perçu", ""),
    "asseoir": ("assieds assieds assied asseyons asseyez asseyent", "assey", "assiér", "ass:i",
                "assis", ""),
    "émouvoir": ("émeus émeus émeut émouvons émouvez émeuvent", "émouv", "émouvr", "ém:u",
                 "ému", ""),
    "venir": ("viens viens vient venons venez viennent", "ven", "viendr", "v:in", "venu", ""),
    "tenir": ("tiens tiens tient tenons tenez tiennent", "ten", "tiendr", "t:in", "tenu", ""),
    "partir": ("pars pars part partons partez partent", "part", "partir", "part:i", "parti", ""),
    "sortir": ("sors sors sort sortons sortez sortent", "sort", "sortir", "sort:i", "sorti", ""),
    "sentir": ("sens sens sent sentons sentez sentent", "sent", "sentir", "sent:i", "senti", ""),
    "mentir": ("mens mens ment mentons mentez mentent", "ment", "mentir", "ment:i", "menti", ""),
    "repentir": ("repens repens repent repentons repentez repentent", "repent", "repentir",
                 "repent:i", "repenti", ""),
    "dormir": ("dors dors dort dormons dormez dorment", "dorm", "dormir", "dorm:i", "dormi", ""),
    "servir": ("sers sers sert servons servez servent", "serv", "servir", "serv:i", "servi", ""),
    "bouillir": ("bous bous bout bouillons bouillez bouillent", "bouill", "bouillir",
                 "bouill:i", "bouilli", ""),
    "courir": ("cours cours court courons courez courent", "cour", "courr", "cour:u", "couru",
               ""),
    "mourir": ("meurs meurs meurt mourons mourez meurent", "mour", "mourr", "mour:u", "mort",
               ""),
    "quérir": ("quiers quiers quiert quérons quérez quièrent", "quér", "querr", "qu:i", "quis",
               ""),
    "ouvrir": ("ouvre ouvres ouvre ouvrons ouvrez ouvrent", "ouvr", "ouvrir", "ouvr:i",
               "ouvert", ""),
    "couvrir": ("couvre couvres couvre couvrons couvrez couvrent", "couvr", "couvrir",
                "couvr:i", "couvert", ""),
    "offrir": ("offre offres offre offrons offrez offrent", "offr", "offrir", "offr:i",
               "offert", ""),
    "souffrir": ("souffre souffres souffre souffrons souffrez souffrent", "souffr", "souffrir",
                 "souffr:i", "souffert", ""),
    "cueillir": ("cueille cueilles cueille cueillons cueillez cueillent", "cueill", "cueiller",
                 "cueill:i", "cueilli", ""),
    "saillir": ("saille sailles saille saillons saillez saillent", "saill", "saillir",
                "saill:i", "sailli", ""),
    "fuir": ("fuis fuis fuit fuyons fuyez fuient", "fuy", "fuir", "fu:i", "fui", ""),
    "haïr": ("hais hais hait haïssons haïssez haïssent", "haïss", "haïr", "haï:ï", "haï", ""),
    "prendre": ("prends prends prend prenons prenez prennent", "pren", "prendr", "pr:i", "pris",
                ""),
    "mettre": ("mets mets met mettons mettez mettent", "mett", "mettr", "m:i", "mis", ""),
    "battre": ("bats bats bat battons battez battent", "batt", "battr", "batt:i", "battu", ""),
    "écrire": ("écris écris écrit écrivons écrivez écrivent", "écriv", "écrir", "écriv:i",
               "écrit", ""),
    "crire": ("cris cris crit crivons crivez crivent", "criv", "crir", "criv:i", "crit", ""),
    "lire": ("lis lis lit lisons lisez lisent", "lis", "lir", "l:u", "lu", ""),
    "rire": ("ris ris rit rions riez rient", "ri", "rir", "r:i", "ri", ""),
    "suffire": ("suffis suffis suffit suffisons suffisez suffisent", "suffis", "suffir",
                "suff:i", "suffi", ""),
    "uire": ("uis uis uit uisons uisez uisent", "uis", "uir", "uis:i", "uit", ""),
    "nuire": ("nuis nuis nuit nuisons nuisez nuisent", "nuis", "nuir", "nuis:i", "nui", ""),
    "conclure": ("conclus conclus conclut concluons concluez concluent", "conclu", "conclur",
                 "concl:u", "conclu", ""),
    "exclure": ("exclus exclus exclut excluons excluez excluent", "exclu", "exclur",
                "excl:u", "exclu", ""),
    "inclure": ("inclus inclus inclut incluons incluez incluent", "inclu", "inclur",
                "incl:u", "inclus", ""),
    "clore": ("clos clos clôt closons closez closent", "clos", "clor", "-:-", "clos", ""),
    "croire": ("crois crois croit croyons croyez croient", "croy", "croir", "cr:u", "cru", ""),
    "boire": ("bois bois boit buvons buvez boivent", "buv", "boir", "b:u", "bu", ""),
    "connaître": ("connais connais connaît connaissons connaissez connaissent", "connaiss",
                  "connaîtr", "conn:u", "connu", ""),
    "paraître": ("parais parais paraît paraissons paraissez paraissent", "paraiss", "paraîtr",
                 "par:u", "paru", ""),
    "naître": ("nais nais naît naissons naissez naissent", "naiss", "naîtr", "naqu:i", "né",
               ""),
    "connaitre": ("connais connais connait connaissons connaissez connaissent", "connaiss",
                  "connaitr", "conn:u", "connu", ""),
    "paraitre": ("parais parais parait paraissons paraissez paraissent", "paraiss", "paraitr",
                 "par:u", "paru", ""),
    "soudre": ("sous sous sout solvons solvez solvent", "solv", "soudr", "-:-", "sous", ""),
    "croître": ("crois crois croit croissons croissez croissent", "croiss", "croîtr", "cr:u",
                "cru", ""),
    "suivre": ("suis suis suit suivons suivez suivent", "suiv", "suivr", "suiv:i", "suivi", ""),
    "vivre": ("vis vis vit vivons vivez vivent", "viv", "vivr", "véc:u", "vécu", ""),
    "plaire": ("plais plais plaît plaisons plaisez plaisent", "plais", "plair", "pl:u", "plu",
               ""),
    "taire": ("tais tais tait taisons taisez taisent", "tais", "tair", "t:u", "tu", ""),
    "traire": ("trais trais trait trayons trayez traient", "tray", "trair", "-:-", "trait", ""),
    "vaincre": ("vaincs vaincs vainc vainquons vainquez vainquent", "vainqu", "vaincr",
                "vainqu:i", "vaincu", ""),
    "rompre": ("romps romps rompt rompons rompez rompent", "romp", "rompr", "romp:i", "rompu",
               ""),
    "coudre": ("couds couds coud cousons cousez cousent", "cous", "coudr", "cous:i", "cousu",
               ""),
    "résoudre": ("résous résous résout résolvons résolvez résolvent", "résolv", "résoudr",
                 "résol:u", "résolu", ""),
    "aindre": ("ains ains aint aignons aignez aignent", "aign", "aindr", "aign:i", "aint", ""),
    "eindre": ("eins eins eint eignons eignez eignent", "eign", "eindr", "eign:i", "eint", ""),
    "oindre": ("oins oins oint oignons oignez oignent", "oign", "oindr", "oign:i", "oint", ""),
}

# -ir verbs that look like a model but follow `finir`.
SECOND_GROUP = {"répartir", "impartir", "assortir", "asservir", "assentir",
                "réassortir"}
# -eler, -eter verbs that double their consonant; all others take è.
DOUBLING = {"appeler", "rappeler", "épeler", "renouveler", "interpeler", "ensorceler", "étinceler", "morceler", "niveler", "ruisseler", "ficeler", "chanceler",
            "feuilleter", "empaqueter", "étiqueter", "déchiqueter", "cliqueter", "voleter"}


def _er(lemma):
    stem = lemma[:-2]
    soft = {"c": stem[:-1] + "ç", "g": stem + "e"}.get(stem[-1], stem)  # before a, o, â
    mute, futures = stem, [lemma]  # mute: before e muet
    if lemma == "envoyer" or lemma == "renvoyer":
        mute, futures = stem[:-1] + "i", [stem[:-2] + "err"]
    elif stem.endswith(("oy", "uy")):
        mute, futures = stem[:-1] + "i", [stem[:-1] + "ier"]
    elif stem.endswith("ay"):
        mute, futures = stem[:-1] + "i", [stem[:-1] + "ier", lemma]
    elif lemma in DOUBLING or lemma.endswith("jeter"):
        mute = stem + stem[-1]
        futures = [mute + "er"]
    else:
        cut = _mute_vowel(stem)
        if cut is not None:
            mute = stem[:cut] + "è" + stem[cut + 1:]
            grave = mute + "er"
            futures = [grave] if stem[cut] == "e" else [lemma, grave]
    mutes = [mute, stem] if stem.endswith("ay") else [mute]
    many = lambda ends: [[m + e for m in mutes] for e in ends]
    e, es, _, ent = many(("e", "es", "e", "ent"))
    tables = {
        "pres": [e, es, e, [soft + "ons"], [stem + "ez"], ent],
        "imp": [[(stem if end[0] == "i" else soft) + end] for end in IMP],
        "ps": [[(stem if end[0] == "è" else soft) + end] for end in PS["a"]],
        "fut": [[f + end for f in futures] for end in FUT],
        "cond": [[f + end for f in futures] for end in IMP],
        "subj": [e, es, e, [stem + "ions"], [stem + "iez"], ent],
    }
    return tables, stem + "é", soft + "ant"


def _mute_vowel(stem):
    """Place of the e or é of the last syllable when a mute e changes it (`men`, `céd`, `intégr`)."""
    i = len(stem) - (2 if stem.endswith(("gu", "qu")) else 1)
    while i >= 0 and stem[i] not in "aàâeéèêiîïoôuûüyœ":
        i -= 1
    if i <= 0 or i == len(stem) - 1:
        return None
    tail = stem[i + 1:]
    if tail in ("x", "w") or stem[i] == "e" and stem[i - 1] in "ei":  # vexer, tweeter, briefer
        return None
    clusters = ("gu", "qu", "ch", "gn", "bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr",
                "pl", "pr", "tr", "vr")
    if stem[i] == "é":
        return i if len(tail) == 1 or tail in clusters else None
    if stem[i] == "e":
        return i if len(tail) == 1 or stem.endswith("sevr") else None
    return None


def _second_group(lemma):
    s = lemma[:-1]  # fini
    pres = [s + e for e in ("s", "s", "t", "ssons", "ssez", "ssent")]
    subj = [s + e for e in ("sse", "sses", "sse", "ssions", "ssiez", "ssent")]
    return _tables(pres, s + "ss", lemma, lemma[:-2], "i", subj), s, s + "ssant"


def _re(lemma):
    s = lemma[:-2]  # répond
    pres = [s + "s", s + "s", s, s + "ons", s + "ez", s + "ent"]
    if not s.endswith("d"):
        pres[2] = s + "t"
    return _tables(pres, s, lemma[:-1], s, "i", None), s + "u", s + "ant"


def _ps(stem, kind):
    if kind == "-":
        return None
    if kind == "ï":
        return [stem + e for e in ("s", "s", "t", "mes", "tes", "rent")]
    return [stem + e for e in PS[kind]]


def _tables(pres, imp, fut, ps_stem, ps_kind, subj):
    imps = [imp + e for e in IMP]
    if subj is None:
        base = pres[5][:-3]
        subj = [base + "e", base + "es", base + "e", imps[3], imps[4], pres[5]]
    past = _ps(ps_stem, ps_kind)
    tables = {
        "pres": pres, "imp": imps, "ps": past or [None] * 6,
        "fut": [fut + e for e in FUT], "cond": [fut + e for e in IMP], "subj": subj,
    }
    return {t: [[f] if f else [] for f in forms] for t, forms in tables.items()}


IMPERSONAL = {"falloir", "pleuvoir"}
PRESENT_PARTICIPLES = {"être": "étant", "avoir": "ayant", "savoir": "sachant",
                       "falloir": None}


def _from_model(model, prefix):
    pres, imp, fut, ps, participle, subj = MODELS[model]
    add = lambda form: None if form == "-" else prefix + form
    stem, kind = ps.split(":")
    tables = _tables([add(f) or "xxxxxx" for f in pres.split()], prefix + imp, prefix + fut,
                     prefix + stem, kind,
                     [add(f) or "xxxxxx" for f in subj.split()] if subj else None)
    for forms in tables.values():
        for person, form in enumerate(forms):
            if form == ["xxxxxx"] or model in IMPERSONAL and person not in (
                    (2,) if model == "falloir" else (2, 5)):
                forms[person] = []
    present = PRESENT_PARTICIPLES.get(model, imp + "ant")
    return tables, prefix + participle, prefix + present if present else None


def _model(lemma):
    for cut in range(len(lemma)):
        if lemma[cut:] in MODELS:
            return lemma[cut:], lemma[:cut]
    return None


def _feminine(participle):
    return {"dû": "due", "absous": "absoute", "dissous": "dissoute"}.get(participle,
                                                                         participle + "e")


def participles(masculine):
    """Four forms with gender and number; `été` and its like never agree but are listed so."""
    feminine = _feminine(masculine)
    plural = masculine if masculine.endswith("s") else masculine.replace("dû", "du") + "s"
    return [(masculine, "m", "s"), (feminine, "f", "s"), (plural, "m", "p"),
            (feminine + "s", "f", "p")]


def conjugate(lemma):
    """Returns {"tenses": {tense: six lists of forms}, "participle": [...], "gerund": str|None}."""
    lemma = unicodedata.normalize("NFC", lemma)
    found = None if lemma in SECOND_GROUP else _model(lemma)
    if found and found[0] == "aller" and lemma != "aller":
        found = None  # installer, emballer
    if found:
        tables, past, present = _from_model(*found)
    elif lemma.endswith("er"):
        tables, past, present = _er(lemma)
    elif lemma.endswith("ir"):
        tables, past, present = _second_group(lemma)
    elif lemma.endswith("re"):
        tables, past, present = _re(lemma)
    else:
        raise ValueError(f"not an infinitive: {lemma}")
    return {"tenses": tables, "participle": participles(past), "gerund": present}


def main():
    for lemma in sys.argv[1:]:
        verb = conjugate(lemma)
        print(lemma, "→", verb["gerund"], ",", ", ".join(f for f, _, _ in verb["participle"]))
        for tense in TENSES:
            print(f"  {tense:4}", " ".join("/".join(f) or "-" for f in verb["tenses"][tense]))


if __name__ == "__main__":
    main()
