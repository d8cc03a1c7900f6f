#!/usr/bin/env python3
"""What programs for annotation get: read here as they read it, compared with glane's own JSON."""
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
BUILD = os.environ.get("GLANE_BUILD", os.path.join(TOP, "build"))
GLANE = os.path.join(BUILD, "glane")

# Characters beyond the first plane, a quote over two sentences and one over a line end, a figure
# inside of a quote, no-break spaces inside of a number, an ill-formed byte, a combining accent.
TEXT = ("\U0001F600 « Nous recrutons 300 personnes. Nous \U0001F680 partirons », a déclaré Anne Leduc, "
        "directrice de la société Norvia, à Évreux.\n\nLe groupe promet 85\u202f000 emplois et environ "
        "3,5 milliards d’euros. « On vient\net l'on reste », a ajouté \U0001F600 Mme Leduc. Cafe\u0301 # O.\n")
ODD_IDS = ["a b", "../x", "/etc/x", "x//y", "r/", ".", "100%", "a.txt", "a.txt/b", "a", "é/😀", "l\nm", "k" * 400,
           "k" * 399 + "m", "http://exemple.fr/?a=1&b=2", "B-12", "\\"]


def glane(*arguments, stdin=b""):
    return subprocess.run([GLANE, "extract", *arguments], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=600)


def places(layer, kind):
    """{(start, end, label)} of a layer of glane's JSON."""
    return {(a["start"], a["end"], a[kind]) for a in layer}


def everything(document):
    return (places(document["entities"], "type") | places(document["figures"], "kind")
            | places(document["quotes"], "kind"))


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        records = [{"id": id_, "text": TEXT, "date": "2026-03-02", "title": "Essai \U0001F600"} for id_ in ODD_IDS]
        with open(cls.path("odd.jsonl"), "wb") as stream:
            for record in records:
                stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        with open(cls.path("bad.txt"), "wb") as stream:
            stream.write("Été \xff 😀 à Liège, IBM crée 12 emplois.".encode("latin-1", "ignore") + TEXT.encode())
        done = glane(cls.path("odd.jsonl"), cls.path("bad.txt"), os.path.join(TOP, "corpus", "articles"),
                     "--with-text", "--to", "jsonl:" + cls.path("o.jsonl"), "--to", "brat:" + cls.path("brat/"),
                     "--to", "conll:" + cls.path("o.conll"), "--to", "doccano:" + cls.path("doccano.jsonl"),
                     "--to", "labelstudio:" + cls.path("ls.json"), "--to", "displacy:" + cls.path("displacy.json"))
        assert done.returncode == 0, done.stderr.decode()
        with open(cls.path("o.jsonl"), encoding="utf-8") as lines:
            cls.documents = [json.loads(line) for line in lines]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    def read(self, name):
        # No translation of line ends: they count.
        with open(self.path(name), encoding="utf-8", newline="") as stream:
            return stream.read()

    def test_there_is_something_to_compare(self):
        odd = self.documents[0]
        self.assertGreaterEqual(len(odd["quotes"]), 2)
        self.assertGreaterEqual(len(odd["figures"]), 3)
        self.assertTrue(any("\n" in quote["text"] for quote in odd["quotes"]))
        self.assertTrue(any("speaker_span" in quote for quote in odd["quotes"]))
        self.assertTrue(any("person" in e for d in self.documents for e in d["entities"]))
        self.assertGreater(len(self.documents), len(ODD_IDS) + 1)

    # --- brat ---

    def ann(self, document):
        id_ = document["id"]
        found = [f for f in glob.glob(self.path("brat/**/*.ann"), recursive=True) if self.decoded(f) == id_]
        if len(id_) == 400:  # cut, with a hash
            found = [f for f in glob.glob(self.path("brat/kkk*.ann"))]
            self.assertEqual(len(found), 2)
        self.assertTrue(found, id_)
        return found[0]

    def decoded(self, file):
        name = os.path.relpath(file, self.path("brat"))[:-len(".ann")]
        return urllib.parse.unquote(name[:-1] if name.endswith("/%") else name)

    def test_brat(self):
        self.assertTrue(os.path.exists(self.path("brat/annotation.conf")))
        self.assertEqual(len(glob.glob(self.path("brat/**/*.ann"), recursive=True)), len(self.documents))
        for document in self.documents:
            file = self.ann(document)
            text = self.read(file[:-len(".ann")] + ".txt")
            self.assertEqual(text, document["text"])
            bounds, relations, notes = self.read_ann(file, text)
            self.assertEqual({b for b in bounds.values() if b[2] not in ("speaker", "cue")}, everything(document))
            self.check_brat_quotes(document, bounds, relations, notes)
            self.check_brat_roles(document, bounds, relations, notes)

    def read_ann(self, file, text):
        bounds, relations, notes = {}, [], {}
        for line in self.read(file).splitlines():
            id_, middle, *rest = line.split("\t")
            if id_[0] == "T":
                label, pieces = middle.split(" ", 1)
                pieces = [tuple(map(int, piece.split())) for piece in pieces.split(";")]
                self.assertEqual(" ".join(text[a:b] for a, b in pieces), rest[0])
                self.assertFalse(re.search(r"[\r\n]", rest[0]))
                bounds[id_] = (pieces[0][0], pieces[-1][1], label)
            elif id_[0] == "R":
                label, one, two = middle.split()
                relations.append((label, one[len("Arg1:"):], two[len("Arg2:"):]))
            elif id_[0] == "#":
                self.assertEqual(middle.split()[0], "glane")
                notes[middle.split()[1]] = json.loads(rest[0])
            elif id_[0] == "A":
                name, mark, *value = middle.split(" ")
                # Attributes come before the note of their mark; the note says the same.
                self.assertIn(name, ("modifier", "relation", "direction", "modality", "ambiguous", "inferred", "metonymy"))
                self.assertIn(mark, bounds)
                self.assertEqual(len(value), 0 if name in ("ambiguous", "metonymy") else 1)
            else:
                self.assertEqual((id_[0], middle.split()[0]), ("N", "Reference"))
        return bounds, relations, notes

    def check_brat_quotes(self, document, bounds, relations, notes):
        linked = {(bounds[one][:2], label, bounds[two][:2]) for label, one, two in relations
                  if label in ("spoken_by", "cued_by")}
        wanted = set()
        for quote in document["quotes"]:
            here = (quote["start"], quote["end"])
            if "speaker_span" in quote:
                wanted.add((here, "spoken_by", tuple(quote["speaker_span"])))
            if "cue_span" in quote:
                wanted.add((here, "cued_by", tuple(quote["cue_span"])))
            fields = {k: v for k, v in quote.items() if k not in ("start", "end", "text", "kind")}
            self.assertIn(fields, notes.values())
        self.assertEqual(linked, wanted)

    def check_brat_roles(self, document, bounds, relations, notes):
        for label, role, holder in relations:
            if label in ("held_by", "held_at"):
                self.assertEqual(bounds[role][2], "role")
                key = "person" if label == "held_by" else "organization"
                self.assertEqual(notes[role][key], notes[holder]["id"])
        wanted = sum(key in e for e in document["entities"] for key in ("person", "organization"))
        self.assertEqual(sum(label.startswith("held") for label, _, _ in relations), wanted)

    # --- CoNLL ---

    def test_conll(self):
        columns, read = self.read_conll(self.read("o.conll"))
        self.assertEqual(columns, ["FORM", "GLANE:QUOTES", "GLANE:FIGURES", "GLANE:ENTITIES"])
        self.assertEqual(len(read), len(self.documents))
        for (id_, text, layers, tokens), document in zip(read, self.documents):
            self.assertEqual((id_, text), (document["id"].replace("\n", " "), document["text"]))
            self.assertEqual("".join(tokens), re.sub(r"\s", "", text))
            self.assertEqual(layers[0], places(document["quotes"], "kind"))
            self.assertEqual(layers[1], places(document["figures"], "kind"))
            self.assertEqual(layers[2], places(document["entities"], "type"))

    def read_conll(self, content):
        """[(id, text, a set of places for each column, tokens)], words found one behind another."""
        lines = content.split("\n")
        columns = lines[0].removeprefix("# global.columns = ").split()
        documents = []
        for line in lines[1:]:
            if line.startswith("-DOCSTART-"):
                spans = [[] for _ in columns[1:]]
                documents.append([None, None, spans, []])
                at = 0
            elif line.startswith("# newdoc "):
                name, value = line.removeprefix("# newdoc ").split(" = ", 1)
                if name == "id":
                    documents[-1][0] = value
                if name == "text":
                    documents[-1][1] = json.loads(value)
            elif line:
                token, *tags = line.split()
                self.assertEqual(len(tags), len(columns) - 1, line)
                start = documents[-1][1].index(token, at)
                self.assertEqual(documents[-1][1][at:start].strip(), "")
                at = start + len(token)
                documents[-1][3].append(token)
                for tag, layer in zip(tags, spans):
                    self.assertRegex(tag, r"^(O|[BI]-[a-z]+)$")
                    if tag[0] == "B":
                        layer.append((start, at, tag[2:]))
                    if tag[0] == "I":
                        self.assertEqual(layer[-1][2], tag[2:])
                        layer[-1] = (layer[-1][0], at, tag[2:])
        return columns, [(id_, text, [set(layer) for layer in layers], tokens)
                         for id_, text, layers, tokens in documents]

    def test_conll_of_one_layer_is_a_word_and_a_tag(self):
        done = glane("--to", "conll", "--layers", "entities", stdin="Anne Leduc vit à Liège.".encode())
        columns, ((_, _, (found,), _),) = self.read_conll(done.stdout.decode())
        self.assertEqual(columns, ["FORM", "GLANE:ENTITIES"])
        self.assertEqual(found, {(0, 10, "person"), (17, 22, "location")})

    # --- doccano ---

    def test_doccano(self):
        records = [json.loads(line) for line in self.read("doccano.jsonl").splitlines()]
        self.assertEqual([r["id"] for r in records], [d["id"] for d in self.documents])
        for record, document in zip(records, self.documents):
            units = record["text"].encode("utf-16-le")

            def point(offset, units=units):
                return len(units[:2 * offset].decode("utf-16-le"))
            marks = {e["id"]: (point(e["start_offset"]), point(e["end_offset"]), e["label"])
                     for e in record["entities"]}
            self.assertEqual({m for m in marks.values() if m[2] not in ("speaker", "cue")}, everything(document))
            spoken = {(marks[r["from_id"]][:2], marks[r["to_id"]][:2]) for r in record["relations"]
                      if r["type"] == "spoken_by"}
            self.assertEqual(spoken, {((q["start"], q["end"]), tuple(q["speaker_span"]))
                                      for q in document["quotes"] if "speaker_span" in q})

    # --- Label Studio ---

    def test_label_studio(self):
        tasks = json.loads(self.read("ls.json"))
        self.assertEqual([t["data"]["id"] for t in tasks], [d["id"] for d in self.documents])
        for task, document in zip(tasks, self.documents):
            prediction, = task["predictions"]
            self.assertRegex(prediction["model_version"], r"^glane \d")
            regions = {r["id"]: r for r in prediction["result"] if r["type"] == "labels"}
            found = set()
            for region in regions.values():
                value = region["value"]
                self.assertEqual(task["data"]["text"][value["start"]:value["end"]], value["text"])
                found.add((value["start"], value["end"], value["labels"][0]))
            self.assertEqual({m for m in found if m[2] not in ("speaker", "cue")}, everything(document))
            for relation in prediction["result"]:
                if relation["type"] == "relation":
                    self.assertIn(relation["from_id"], regions)
                    self.assertIn(relation["to_id"], regions)

    # --- displaCy ---

    def test_displacy(self):
        for record, document in zip(json.loads(self.read("displacy.json")), self.documents):
            both = places(document["entities"], "type") | places(document["figures"], "kind")
            ents = [(e["start"], e["end"], e["label"]) for e in record["ents"]]
            self.assertEqual(ents, sorted(ents))
            self.assertTrue(all(a[1] <= b[0] for a, b in zip(ents, ents[1:])), "disjoint")
            self.assertLessEqual(set(ents), both)
            for start, end, _ in both - set(ents):
                self.assertTrue(any(s < end and start < e for s, e, _ in ents), "left out for nothing")
            found, at = [], 0
            for token in record["tokens"]:
                at = record["text"].index(token, at)
                found.append((at, at + len(token)))
                at += len(token)
            spans = {(found[s["start_token"]][0], found[s["end_token"] - 1][1], s["label"]) for s in record["spans"]}
            self.assertEqual({s for s in spans if s[2] not in ("speaker", "cue")}, everything(document))
            self.assertTrue({tuple(q["speaker_span"]) for q in document["quotes"] if "speaker_span" in q}
                            <= {s[:2] for s in spans})


class Folders(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = os.path.join(self.folder, "out")

    def assert_refused(self, *words):
        done = glane("--to", "brat:" + self.out, stdin=TEXT.encode())
        self.assertEqual(done.returncode, 3)
        for word in words:
            self.assertIn(word, done.stderr.decode())

    def test_what_exists_is_not_written_over(self):
        os.mkdir(self.out)  # an empty folder is nothing that could be lost
        self.assertEqual(glane("--to", "brat:" + self.out, stdin=TEXT.encode()).returncode, 0)
        before = sorted(os.listdir(self.out))
        self.assertEqual(before, ["-.ann", "-.txt", "annotation.conf", "visual.conf"])
        self.assert_refused(self.out, "exists already")
        self.assertEqual(sorted(os.listdir(self.out)), before)
        self.assertEqual(os.listdir(self.folder), ["out"])

    def test_a_file_or_an_unfinished_folder_in_the_way(self):
        with open(self.out, "w") as stream:
            stream.write("mine")
        self.assert_refused(self.out, "exists already")
        os.remove(self.out)
        os.mkdir(self.out + ".part")
        self.assert_refused(self.out + ".part", "exists already")
        self.assertTrue(os.path.exists(self.out + ".part"), "it was not ours")

    def test_a_run_that_fails_leaves_nothing(self):
        done = glane("--to", "brat:" + self.out, "--to", "jsonl:/nowhere/x", stdin=TEXT.encode())
        self.assertEqual(done.returncode, 3)
        self.assertEqual(os.listdir(self.folder), [])

    def test_two_forms_into_one_file(self):
        done = glane("--to", "doccano:" + self.out, "--to", "displacy:" + self.out, stdin=TEXT.encode())
        self.assertEqual(done.returncode, 2)
        self.assertIn(self.out, done.stderr.decode())

    def test_nothing_gives_nothing(self):
        self.assertEqual(glane("--to", "doccano").stdout, b"")
        for form in ("labelstudio", "displacy"):
            self.assertEqual(json.loads(glane("--to", form).stdout), [])
        self.assertEqual(glane("--to", "conll", "--layers", "figures").stdout,
                         b"# global.columns = FORM GLANE:FIGURES\n")


if __name__ == "__main__":
    unittest.main()
