// Gold and predictions in the formats of other programs: the same annotations, in code points.
#include "evaluate/annotation_formats.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "evaluate/map_types.h"
#include "evaluate/mentions.h"
#include "evaluate/python_text.h"
#include "glane/ruleset.h"
#include "temporary_folder.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

class AnnotationFormats : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
    return folder_.path() / name;
  }

  AnnotatedCorpus read(const fs::path& path) {
    return read_annotations(path, AnnotationFormat::automatic, notes_);
  }

  // "person 3 7 Anne; …" of the only document.
  std::string found(const fs::path& path, const std::string& layer = "entities") {
    const AnnotatedCorpus corpus = read(path);
    std::string text;
    for (const Json& document : corpus.documents()) {
      if (!text.empty()) text += " | ";
      text += spans(document, layer);
    }
    return text;
  }

  static std::string spans(const Json& document, const std::string& layer) {
    std::string text;
    for (const Json& record : document.value(layer, Json::array())) {
      text += (text.empty() ? "" : "; ") + record[type_key(layer)].get<std::string>() + " " +
              record["start"].dump() + " " + record["end"].dump() + " " +
              record["text"].get<std::string>();
    }
    return text;
  }

  std::string error_of(const fs::path& path) {
    try {
      read(path);
    } catch (const SetupError& error) {
      return error.what();
    }
    return "";
  }

  const TemporaryFolder folder_;
  std::vector<std::string> notes_;
};

// --- BRAT ---

TEST_F(AnnotationFormats, BratCountsCodePoints) {
  write("b/x/one.txt", "😀 Anne à Œting\r\nfin");
  write("b/x/one.ann",
        "T1\tPerson 2 6\tAnne\n"
        "T2\tLocation 9 14\tŒting\n"
        "A1\tConfidence T1 high\n"
        "#1\tglane T2\t{\"name\": \"Œting\"}\n"
        "R1\tlives Arg1:T1 Arg2:T2\n");
  EXPECT_EQ(found(folder_.path() / "b"), "person 2 6 Anne; location 9 14 Œting");
  const Json document = read(folder_.path() / "b").documents().front();
  EXPECT_EQ(document["id"], "x/one");
  EXPECT_EQ(document["entities"][0]["Confidence"], "high");
  EXPECT_EQ(document["entities"][1]["name"], "Œting");
  EXPECT_TRUE(notes_.empty());
}

TEST_F(AnnotationFormats, BratJoinsPiecesAndTellsOfWhatDoesNotFit) {
  write("b/one.txt", "Luc ou Anne Petit, 3 km");
  write("b/one.ann",
        "T1\tPerson 0 3;12 17\tLuc Petit\n"
        "T2\tquantity 19 23\t3 km\n"
        "T3\tPerson 1 4\tAnne\n"
        "T4\tPerson\n");
  EXPECT_EQ(found(folder_.path() / "b"), "person 0 17 Luc ou Anne Petit; person 1 4 uc ");
  EXPECT_EQ(found(folder_.path() / "b", "figures"), "quantity 19 23 3 km");
  ASSERT_GE(notes_.size(), 2u);
  EXPECT_NE(notes_[0].find("one.ann:4: not of the form"), std::string::npos) << notes_[0];
  EXPECT_NE(notes_[1].find("one.ann:3: \"Anne\" does not stand"), std::string::npos) << notes_[1];
}

TEST_F(AnnotationFormats, BratInAnotherCharsetKeepsItsPlaces) {
  write("b/one.txt", "Ren\xE9 \xE0 Metz");
  write("b/one.ann", "T1\tPerson 0 4\tRen\xE9\nT2\tLi\xE9u 7 11\tMetz\n");
  EXPECT_EQ(found(folder_.path() / "b"), "person 0 4 Ren\uFFFD; Li\uFFFDu 7 11 Metz");
}

TEST_F(AnnotationFormats, BratWithoutTextIsRefused) {
  write("b/one.ann", "T1\tPerson 0 3\tLuc\n");
  EXPECT_NE(error_of(folder_.path() / "b").find("one.txt: cannot be read"), std::string::npos);
}

// --- CoNLL ---

TEST_F(AnnotationFormats, ConllPutsTheTextTogether) {
  const fs::path file = write("a.conll",
                              "-DOCSTART- O\n\n"
                              "L' O\nÉtat B-ORG\nbelge I-ORG\n( O\nBE B-LOC\n) O\n, O\n"
                              "dit O\nLuc B-PER\nPetit B-PER\n\n"
                              "Oui I-MISC\n. O\n\n"
                              "-DOCSTART- O\n\n# O\n😀 O\nMetz B-LOC\n");
  EXPECT_EQ(found(file),
            "ORG 2 12 État belge; LOC 14 16 BE; PER 23 26 Luc; PER 27 32 Petit; MISC 33 36 Oui | "
            "LOC 4 8 Metz");
  EXPECT_EQ(read(file).documents()[1]["id"], "2");
  EXPECT_EQ(read(file).documents()[0]["text"], "L'État belge (BE), dit Luc Petit\nOui.\n");
}

TEST_F(AnnotationFormats, ConllOfHipeNamesItsColumns) {
  const fs::path file =
      write("h.tsv",
            "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tMISC\n"
            "# language = fr\n"
            "# document_id = IMP-1898-02-03\n"
            "# date = 1898-02-03\n"
            "M\tO\tO\tNoSpaceAfter\n.\tO\tO\t_\n"
            "Lebrun\tB-pers\tO\t_\nà\tO\tO\t_\nSedan\tB-loc\tB-org\tNoSpaceAfter\n"
            "!\tO\tO\t_\n");
  EXPECT_EQ(found(file), "pers 3 9 Lebrun; loc 12 17 Sedan");
  const Json document = read(file).documents().front();
  EXPECT_EQ(document["id"], "IMP-1898-02-03");
  EXPECT_EQ(document["date"], "1898-02-03");
  EXPECT_EQ(document["text"], "M. Lebrun à Sedan!");
}

TEST_F(AnnotationFormats, ConllOfWikinerIsASentenceALine) {
  const fs::path file = write("w.txt",
                              "Elle|PRO|O vit|VER|O à|PRP|O Le|DET|I-LOC Havre|NAM|I-LOC\n\n"
                              "Il|PRO|O a|VER|O lu|VER|O Zola|NAM|I-PER .|SENT|O\n");
  EXPECT_EQ(found(file), "LOC 11 19 Le Havre; PER 28 32 Zola");
}

TEST_F(AnnotationFormats, ConllOfGlaneHasAColumnALayerAndTheText) {
  const fs::path file =
      write("g.conll",
            "# global.columns = FORM GLANE:QUOTES GLANE:FIGURES GLANE:ENTITIES\n"
            "-DOCSTART- O O O\n# newdoc id = a/b B-1\n# newdoc date = 2026-03-02\n"
            "# newdoc text = \"😀  Oui,\\n non ! dit  Luc en 2026\"\n"
            "😀 O O O\nOui B-direct O O\n, I-direct O O\n\n"
            "non I-direct O O\n! I-direct O O\ndit O O O\nLuc O O B-person\n"
            "en O O O\n2026 O B-date O\n\n");
  EXPECT_EQ(found(file, "quotes"), "direct 3 14 Oui,\n non !");
  EXPECT_EQ(found(file), "person 20 23 Luc");
  EXPECT_EQ(found(file, "figures"), "date 27 31 2026");
  EXPECT_EQ(read(file).documents().front()["id"], "a/b B-1");
  EXPECT_EQ(read(file).documents().front()["date"], "2026-03-02");
}

TEST_F(AnnotationFormats, ConllNamesTheLineThatIsWrong) {
  EXPECT_NE(error_of(write("a.conll", "Luc B-PER\nPetit\n")).find(":2: not a token and its tag"),
            std::string::npos);
  EXPECT_NE(error_of(write("b.conll", "Luc PER\n")).find(":1: \"PER\" is no tag"),
            std::string::npos);
}

// --- doccano and Label Studio ---

TEST_F(AnnotationFormats, DoccanoCountsUtf16) {
  const fs::path file = write(
      "d.jsonl",
      R"({"id": 7, "text": "😀 Évreux", "label": [[3, 9, "location"]]})"
      "\n"
      R"({"id": 8, "text": "😀😀 Zoé", "entities": [{"id": 1, "label": "PER", "start_offset": 5, "end_offset": 8}], "relations": []})"
      "\n"
      R"({"id": 9, "text": "a", "label": [[0, 5, "PER"]]})");
  EXPECT_EQ(found(file), "location 2 8 Évreux | PER 3 6 Zoé | ");
  ASSERT_EQ(notes_.size(), 1u);
  EXPECT_NE(notes_[0].find("d.jsonl:3: a label outside"), std::string::npos);
}

TEST_F(AnnotationFormats, LabelStudioCountsCodePointsUnlessItsTextSaysUtf16) {
  const fs::path file = write("l.json", R"([{"id": 3, "data": {"text": "😀 Zoé et Luc", "id": "a"},
    "annotations": [{"result": []}, {"result": [
      {"type": "labels", "value": {"start": 2, "end": 5, "text": "Zoé", "labels": ["person"]}},
      {"type": "labels", "value": {"start": 10, "end": 13, "text": "Luc", "labels": ["person"]}},
      {"type": "choices", "value": {"choices": ["sport"]}},
      {"type": "labels", "value": {"start": 0, "end": 1, "labels": ["event"]}}]}],
    "predictions": [{"result": [{"value": {"start": 0, "end": 1, "labels": ["role"]}}]}]}])");
  EXPECT_EQ(found(file), "person 2 5 Zoé; person 9 12 Luc; event 0 1 😀");
  EXPECT_EQ(read(file).documents().front()["id"], "a");
}

TEST_F(AnnotationFormats, LabelStudioTakesPredictionsWhereNobodyAnnotated) {
  const fs::path file =
      write("l.jsonl",
            R"({"id": 3, "data": {"text": "Zoé"}, "annotations": [], "predictions": [{"result": )"
            R"([{"value": {"start": 0, "end": 3, "labels": ["PER"]}}]}]})"
            "\n"
            R"({"id": 4, "data": {"text": "Luc"}})");
  EXPECT_EQ(found(file), "PER 0 3 Zoé | ");
}

TEST_F(AnnotationFormats, JsonOfTheWrongBuildIsRefusedByItsName) {
  for (const char* text :
       {R"([{"data": {"text": "a"}, "annotations": [3]}])", R"([{"data": {"text": 3}}])", R"([3])",
        R"([{"data": {"text": "a"}, "predictions": [{"result": [{"value": {"labels": ["x"]}}]}]}])",
        R"({"id": 1, "text": 3, "label": []})", R"({"id": 1, "text": "a", "label": 3})",
        R"({"id": 1, "text": "a", "label": [["a", 2, "PER"]]})", R"([{"data")"}) {
    EXPECT_NE(error_of(write("wrong.json", text)).find("wrong.json"), std::string::npos) << text;
  }
}

// --- TimeML ---

TEST_F(AnnotationFormats, TimemlHasValuesAndTheDayOfTheArticle) {
  write("t/a.tml", R"(<?xml version="1.0" encoding="UTF-8"?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="1999-06-29" functionInDocument="CREATION_TIME">29/06</TIMEX3></DCT>
<TEXT>😀 &amp; <EVENT eid="e1">parti</EVENT> <TIMEX3 tid="t1" type="DATE" value="1999-06-28">hier</TIMEX3>, après <TIMEX3 tid="t2" type="DURATION" value="P3M" mod="APPROX">environ trois mois</TIMEX3><TIMEX3 type="DURATION" value="P1Y"/>.</TEXT></TimeML>)");
  EXPECT_EQ(found(folder_.path() / "t", "figures"),
            "date 10 14 hier; duration 22 40 environ trois mois");
  const Json document = read(folder_.path() / "t").documents().front();
  EXPECT_EQ(document["date"], "1999-06-29");
  EXPECT_EQ(document["figures"][1]["modifier"], "approx");
  EXPECT_EQ(document["figures"][1]["value"], "P3M");
}

TEST_F(AnnotationFormats, TimemlWithoutTextElementIsReadWhole) {
  const fs::path file = write("x.xml",
                              "<TimeML>\nEn <TIMEX3 type=\"SET\" value=\"P1Y\">tous les "
                              "ans</TIMEX3> &lt;ici&gt;</TimeML>");
  EXPECT_EQ(found(file, "figures"), "set 4 16 tous les ans");
  EXPECT_NE(error_of(write("y.xml", "<TimeML>\n<TEXT>\n</TimeML>")).find("y.xml:3: "),
            std::string::npos);
}

// --- maps ---

AnnotatedCorpus corpus_of(std::string line) {
  std::erase(line, '\n');
  std::istringstream stream(line);
  return read_annotations(stream, "test");
}

class TypeMaps : public AnnotationFormats {
 protected:
  MappedCorpora mapped(const std::string& map, const std::string& gold, const std::string& pred) {
    return map_types(read_type_map(write("map.toml", map)), corpus_of(gold), corpus_of(pred));
  }
};

constexpr char kMap[] = R"(layers = ["entities"]
nested = "outermost"
[gold]
PER = "person"
MISC = "entities.misc"
"entities.*" = "ignore"
[predictions]
product = "entities.misc"
role = "ignore"
)";

TEST_F(TypeMaps, RenameAndSetAside) {
  const MappedCorpora corpora = mapped(
      kMap,
      R"({"id":1,"text":"","figures":[],"entities":[{"start":0,"end":9,"type":"PER","text":"a"},
         {"start":0,"end":4,"type":"PER","text":"b"},{"start":20,"end":30,"type":"HOUR","text":"c"},
         {"start":40,"end":44,"type":"MISC","text":"d"}]})",
      R"({"id":1,"figures":[],"entities":[{"start":0,"end":4,"type":"person","text":"e"},
         {"start":21,"end":30,"type":"location","text":"f"},
         {"start":30,"end":34,"type":"location","text":"g"},
         {"start":40,"end":44,"type":"product","text":"h"},
         {"start":50,"end":54,"type":"role","text":"i"}]})");
  EXPECT_EQ(spans(corpora.gold.documents().front(), "entities"), "person 0 9 a; misc 40 44 d");
  // What shares characters with counted gold is counted, what lies in ignored gold is not.
  EXPECT_EQ(spans(corpora.pred.documents().front(), "entities"),
            "person 0 4 e; location 30 34 g; misc 40 44 h");
  EXPECT_FALSE(corpora.gold.documents().front().contains("figures"));
}

TEST_F(TypeMaps, MoveBetweenLayers) {
  const MappedCorpora corpora =
      mapped("[gold]\ntime = \"figures.date\"\n",
             R"({"id":1,"text":"","figures":[{"start":0,"end":4,"kind":"time","text":"a"}]})",
             R"({"id":1,"figures":[]})");
  EXPECT_EQ(spans(corpora.gold.documents().front(), "figures"), "date 0 4 a");
}

TEST_F(TypeMaps, NameTheLineThatIsWrong) {
  for (const auto& [map, expected] :
       {std::pair{"layers = [\"verbs\"]", "map.toml:1: layers: not one of"},
        {"\n[gould]\n", "map.toml:2: gould: not one of layers"},
        {"[gold]\nPER = 3\n", "map.toml:2: \"PER\" is no text"},
        {"nested = \"all\"", "map.toml:1: nested: only"},
        {"[gold\n", "map.toml:1: "}}) {
    try {
      read_type_map(write("map.toml", map));
      FAIL() << map;
    } catch (const SetupError& error) {
      EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
    }
  }
}

TEST(ReadyMaps, AreAllWellFormed) {
  int maps = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(GLANE_SOURCE_DIR) / "corpus" / "maps")) {
    EXPECT_FALSE(read_type_map(entry.path()).layers.empty()) << entry.path();
    ++maps;
  }
  EXPECT_EQ(maps, 4);
}

}  // namespace
}  // namespace glane
