// The measures, against cases worked out by hand and against the reference implementation,
// which stands beside the repository where the annotation guide was written.
#include "evaluate/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "evaluate/python_text.h"
#include "evaluate/score.h"
#include "temporary_folder.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

// --- by hand ---

AnnotatedCorpus corpus(const std::string& lines) {
  std::istringstream stream(lines);
  return read_annotations(stream, "test");
}

Scores score_layer(const std::string& layer, const AnnotatedCorpus& gold,
                   const AnnotatedCorpus& pred) {
  ScoreOptions options;
  options.layers = {layer};
  options.errors = 9;
  return score(gold, pred, options);
}

// One document with one layer; the text is long enough for every offset used here.
AnnotatedCorpus one(const std::string& layer, const std::string& annotations) {
  return corpus(R"({"id": "d", "text": "« Il le dit », fait-on savoir à Œuf-en-Ternois.", ")" +
                layer + "\": [" + annotations + "]}");
}

struct Case {
  const char* name;
  const char* layer;
  const char* gold;
  const char* pred;
  const char* path;  // of the figure in the report, as a JSON pointer
  const char* expected;
};

const Case kCases[] = {
    {"same entity", "entities", R"({"start":0,"end":3,"type":"person"})",
     R"({"start":0,"end":3,"type":"person"})", "/entities/strict/f1", "1.0"},
    {"entity of another type", "entities", R"({"start":0,"end":3,"type":"person"})",
     R"({"start":0,"end":3,"type":"role"})", "/entities/overlap/tp", "0"},
    {"a shared character is enough", "entities", R"({"start":0,"end":3,"type":"person"})",
     R"({"start":2,"end":9,"type":"person"})", "/entities/overlap/f1", "1.0"},
    {"neighbours share nothing", "entities", R"({"start":0,"end":3,"type":"person"})",
     R"({"start":3,"end":9,"type":"person"})", "/entities/overlap/tp", "0"},
    {"one prediction serves one gold", "entities",
     R"({"start":0,"end":3,"type":"person"},{"start":3,"end":9,"type":"person"})",
     R"({"start":0,"end":9,"type":"person"})", "/entities/overlap/r", "0.5"},
    {"a repeated prediction counts against", "entities", R"({"start":0,"end":3,"type":"person"})",
     R"({"start":0,"end":3,"type":"person"},{"start":0,"end":3,"type":"person"})",
     "/entities/strict/p", "0.5"},
    {"nothing wanted, nothing found", "entities", "", "", "/entities/strict/f1", "1.0"},
    {"nothing wanted, something found", "entities", "", R"({"start":0,"end":3,"type":"role"})",
     "/entities/strict/p", "0.0"},
    {"number and text of a number", "figures", R"({"start":0,"end":3,"kind":"date","value":2027})",
     R"({"start":0,"end":3,"kind":"date","value":"2027"})", "/figures/value/tp", "1"},
    {"within a ten-thousandth", "figures", R"({"start":0,"end":3,"kind":"number","value":0.3333})",
     R"({"start":0,"end":3,"kind":"number","value":0.33333333})", "/figures/value/tp", "1"},
    {"beyond a ten-thousandth", "figures", R"({"start":0,"end":3,"kind":"number","value":10000})",
     R"({"start":0,"end":3,"kind":"number","value":10002})", "/figures/value/tp", "0"},
    {"another unit", "figures", R"({"start":0,"end":3,"kind":"money","value":5,"unit":"EUR"})",
     R"({"start":0,"end":3,"kind":"money","value":5,"unit":"USD"})", "/figures/value/tp", "0"},
    {"a missing scale", "figures", R"({"start":0,"end":3,"kind":"number","scale":1000})",
     R"({"start":0,"end":3,"kind":"number"})", "/figures/value/tp", "0"},
    {"absent and null are the same", "figures", R"({"start":0,"end":3,"kind":"number"})",
     R"({"start":0,"end":3,"kind":"number","value":null})", "/figures/value/tp", "1"},
    {"fields that gold lacks are not asked", "figures", R"({"start":0,"end":3,"kind":"number"})",
     R"({"start":0,"end":3,"kind":"number","of":"vaches"})", "/figures/fields", "{}"},
    {"of, case folded", "figures", R"({"start":0,"end":3,"kind":"number","of":"Emplois"})",
     R"({"start":0,"end":3,"kind":"number","of":"emplois"})", "/figures/fields/of/accuracy", "1.0"},
    {"marks and stops around a quote", "quotes", R"({"start":2,"end":11,"kind":"direct"})",
     R"({"start":0,"end":14,"kind":"partial"})", "/quotes/strict/tp", "1"},
    {"half of the longer one", "quotes", R"({"start":2,"end":7,"kind":"direct"})",
     R"({"start":2,"end":11,"kind":"direct"})", "/quotes/overlap/tp", "1"},
    {"less than half of the longer one", "quotes", R"({"start":2,"end":5,"kind":"direct"})",
     R"({"start":2,"end":11,"kind":"direct"})", "/quotes/overlap/tp", "0"},
    {"speaker without article and capitals", "quotes",
     R"({"start":2,"end":7,"kind":"direct","speaker":"L’Élysée"})",
     R"({"start":2,"end":7,"kind":"direct","speaker":"l'élysée"})",
     "/quotes/fields/speaker/accuracy", "1.0"},
    {"speaker found under the full name", "quotes",
     R"({"start":2,"end":7,"kind":"direct","speaker":"il","speaker_name":"Luc Frieden"})",
     R"({"start":2,"end":7,"kind":"direct","speaker":"M. Luc Frieden"})",
     "/quotes/fields/speaker/accuracy", "1.0"},
    {"œ is a letter of its own", "quotes", R"({"start":2,"end":7,"kind":"direct","cue":"Œuvre"})",
     R"({"start":2,"end":7,"kind":"direct","cue":"oeuvre"})", "/quotes/fields/cue/accuracy", "0.0"},
};

TEST(Score, CasesByHand) {
  for (const Case& c : kCases) {
    const Scores scores = score_layer(c.layer, one(c.layer, c.gold), one(c.layer, c.pred));
    EXPECT_EQ(python_json(scores.report.at(Json::json_pointer(c.path))), c.expected) << c.name;
  }
}

TEST(Score, PairsTheLargestOverlapFirst) {
  const auto gold = one("entities", R"({"start":0,"end":9,"type":"role"})");
  const auto pred =
      one("entities", R"({"start":0,"end":2,"type":"role"},{"start":1,"end":9,"type":"role"})");
  const Scores scores = score_layer("entities", gold, pred);
  ASSERT_EQ(scores.errors.size(), 1u);
  EXPECT_EQ(scores.errors[0], R"(extra entitie  d {"start": 0, "end": 2, "type": "role"})");
}

TEST(Score, ADocumentWithoutPredictionIsEmptyAndAMissingLayerIsNotScored) {
  const auto gold =
      corpus(R"({"id": 1, "text": "abc", "entities": [{"start": 0, "end": 3, "type": "person"}]})"
             "\n"
             R"({"id": "1", "text": "abc"})");
  const auto pred =
      corpus(R"({"id": "1", "entities": [{"start": 0, "end": 3, "type": "person"}]})");
  const Json report = score_layer("entities", gold, pred).report;
  EXPECT_EQ(report["entities"]["strict"]["gold"], 1);
  EXPECT_EQ(report["entities"]["strict"]["pred"], 0);
}

TEST(Score, RefusesAnnotationsItCannotPlace) {
  EXPECT_THROW(score(one("entities", R"({"end": 3, "type": "role"})"), {}), SetupError);
  EXPECT_THROW(score(one("entities", R"({"start": 0, "end": 3})"), {}), SetupError);
  EXPECT_THROW(score(one("quotes", R"({"start": 0, "end": 999, "kind": "direct"})"), {}),
               SetupError);
}

TEST(ReadAnnotations, NamesTheLineThatIsWrong) {
  try {
    corpus("{\"id\": 1}\n\n{\"id\": ");
    FAIL() << "accepted half an object";
  } catch (const SetupError& error) {
    EXPECT_STREQ(error.what(), "test:3: not JSON");
  }
}

TEST(PythonText, WritesNumbersAsPythonDoes) {
  EXPECT_EQ(python_repr(0.0), "0.0");
  EXPECT_EQ(python_repr(59e9), "59000000000.0");
  EXPECT_EQ(python_repr(1e15), "1000000000000000.0");
  EXPECT_EQ(python_repr(1e16), "1e+16");
  EXPECT_EQ(python_repr(0.0001), "0.0001");
  EXPECT_EQ(python_repr(0.00001234), "1.234e-05");
  EXPECT_EQ(python_repr(-2.5), "-2.5");
  EXPECT_EQ(round_to(0.00005, 4), 0.0001);
  EXPECT_EQ(round_to(0.03125, 4), 0.0312);  // a tie goes to the even digit
  EXPECT_EQ(fixed(0.9995, 3), "1.000");
}

TEST(PythonText, ReadsNumbersAsPythonDoes) {
  EXPECT_EQ(read_float(" 1_000.5\n"), 1000.5);
  EXPECT_EQ(read_float("+3"), 3);
  EXPECT_EQ(read_float("1e999"), std::numeric_limits<double>::infinity());
  for (const char* text : {"", "1,5", "1__0", "_1", "1e", "0x10", "+-1", "nan(1)", "2018-03-01"}) {
    EXPECT_EQ(read_float(text), std::nullopt) << text;
  }
}

// --- the command ---

class EvaluateCommand : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
    return folder_.path() / name;
  }

  int run(EvaluateOptions options) {
    options.gold = write("gold.jsonl", R"({"id":"d","text":"abc","entities":[)"
                                       R"({"start":0,"end":3,"type":"person"}]})");
    options.pred = write("pred.jsonl", R"({"id":"d","entities":[)"
                                       R"({"start":1,"end":3,"type":"person"}]})");
    options.layers = options.layers.empty() ? std::vector<std::string>{"entities"} : options.layers;
    return evaluate(options, nullptr, out_, err_);
  }

  const TemporaryFolder folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(EvaluateCommand, WritesText) {
  EXPECT_EQ(run({}), 0);
  EXPECT_EQ(out_.str(),
            "entities  strict                   P 0.000 R 0.000 F1 0.000  (0/1 pred, 1 gold)\n"
            "entities  overlap                  P 1.000 R 1.000 F1 1.000  (1/1 pred, 1 gold)\n"
            "entities  strict person            P 0.000 R 0.000 F1 0.000  (0/1 pred, 1 gold)\n");
}

TEST_F(EvaluateCommand, FailsUnderABound) {
  EvaluateOptions options;
  options.fail_under = {"entities.overlap.f1=1", "entities.by_type.person.r=0.5"};
  EXPECT_EQ(run(options), 1);
  EXPECT_EQ(err_.str(), "glane: entities.by_type.person.r is 0.0, under 0.5\n");
}

TEST_F(EvaluateCommand, RefusesABoundOrLayerThatDoesNotExist) {
  EvaluateOptions options;
  options.fail_under = {"entities.overlap.f2=1"};
  EXPECT_EQ(run(options), 2);
  options.fail_under.clear();
  options.layers = {"verbs"};
  EXPECT_EQ(run(options), 2);
}

TEST_F(EvaluateCommand, ThrowsWithoutTheFile) {
  std::ostringstream out, err;
  EvaluateOptions options;
  options.gold = folder_.path() / "none.jsonl";
  EXPECT_THROW(evaluate(options, nullptr, out, err), SetupError);
}

// --- against the reference ---

fs::path reference() { return fs::path(GLANE_SOURCE_DIR) / ".." / "shared" / "score.py"; }

// What a command prints on both channels.
std::string output_of(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"), ::pclose);
  std::string output;
  std::array<char, 4096> buffer;
  while (std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    output.append(buffer.data(), size);
  }
  return output;
}

// Makes predictions of gold by spoiling it in the ways real predictions are wrong.
class Spoiler {
 public:
  explicit Spoiler(unsigned seed) : random_(seed) {}

  Json spoil(Json document) {
    const auto size = static_cast<long long>(document["text"].get<std::string>().size() / 2);
    for (const char* layer : {"entities", "figures", "quotes"}) {
      if (!document.contains(layer)) continue;
      Json kept = Json::array();
      for (const Json& record : document[layer]) add_spoilt(kept, record, size);
      document[layer] = std::move(kept);
    }
    return document;
  }

  bool chance(unsigned percent) { return random_() % 100 < percent; }

 private:
  void add_spoilt(Json& kept, Json record, long long size) {
    if (chance(8)) return;
    if (chance(20)) shift(record, size);
    if (chance(15)) retype(record);
    for (const char* name : {"value", "min", "max", "scale"}) {
      if (record.contains(name) && chance(15)) revalue(record, name);
    }
    for (const char* name : {"speaker", "speaker_name", "cue", "of", "modifier", "relation"}) {
      if (record.contains(name) && chance(40)) rename(record, name);
    }
    kept.push_back(record);
    while (chance(12)) {
      shift(record, size);
      kept.push_back(record);
    }
  }

  void shift(Json& record, long long size) {
    const long long start = record["start"].get<long long>() + random_() % 9 - 4;
    const long long end = record["end"].get<long long>() + random_() % 9 - 4;
    record["start"] = std::clamp(start, 0LL, size);
    record["end"] = std::clamp(end, record["start"].get<long long>(), size);
  }

  void retype(Json& record) {
    const char* key = record.contains("type") ? "type" : "kind";
    const char* kTypes[] = {"person",  "location", "number", "date", "direct",
                            "partial", "a",        "a b",    "é"};
    if (chance(10) && std::string(key) == "kind") {
      record[key] = nullptr;  // a prediction without a kind
    } else {
      record[key] = kTypes[random_() % std::size(kTypes)];
    }
  }

  void revalue(Json& record, const char* name) {
    if (!record[name].is_number()) {
      const char* kValues[] = {"2018-03-01", " 12 ", "1_0", "nan", "inf", "P3M", "5e3", "5."};
      record[name] = kValues[random_() % std::size(kValues)];
    } else if (chance(40)) {
      record[name] = record[name].get<double>() * (chance(50) ? 1.00009 : 1.00011);
    } else if (chance(50)) {
      record[name] = python_json(record[name]);
    } else {
      record.erase(name);
    }
  }

  void rename(Json& record, const char* name) {
    const char* kBefore[] = {"le ",  "L’",   "l'", "M. ",    "Mme ",
                             "les ", "une ", " ",  "\u00A0", "de "};
    if (!record[name].is_string()) return;
    std::string text = record[name].get<std::string>();
    if (chance(15)) {
      record.erase(name);
    } else if (chance(30)) {
      for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
      record[name] = text;
    } else {
      record[name] = kBefore[random_() % std::size(kBefore)] + text;
    }
  }

  std::mt19937 random_;
};

class AgainstReference : public EvaluateCommand,
                         public ::testing::WithParamInterface<std::tuple<std::string, unsigned>> {
 protected:
  void SetUp() override {
    if (!fs::exists(reference())) GTEST_SKIP() << reference() << " is not here";
    if (output_of("python3 -c 'print(1)'") != "1\n") GTEST_SKIP() << "no python3";
  }

  fs::path gold() const {
    return reference().parent_path() / "gold" / (std::get<0>(GetParam()) + ".jsonl");
  }

  // Spoilt gold as a file; one document in twenty has no prediction at all.
  fs::path spoilt() {
    Spoiler spoiler(std::get<1>(GetParam()));
    std::ostringstream lines;
    const AnnotatedCorpus documents = read_annotations(gold());
    for (const Json& document : documents.documents()) {
      if (!spoiler.chance(5)) lines << spoiler.spoil(document).dump() << "\n";
    }
    return write("pred.jsonl", lines.str());
  }

  void expect_same(const fs::path& pred, const std::string& arguments, EvaluateOptions options) {
    options.gold = gold();
    options.pred = pred;
    std::ostringstream out, err;
    ASSERT_EQ(evaluate(options, nullptr, out, err), 0);
    EXPECT_EQ(err.str() + out.str(),
              output_of("python3 " + reference().string() + " " + gold().string() + " " +
                        pred.string() + " " + arguments))
        << arguments;
  }
};

TEST_P(AgainstReference, SameReports) {
  const fs::path pred = spoilt();
  EvaluateOptions options;
  expect_same(pred, "", options);
  options.errors = 40;
  expect_same(pred, "--errors 40", options);
  options = {};
  options.layers = {"quotes", "entities"};
  expect_same(pred, "--layer quotes --layer entities", options);
  options = {};
  options.format = ReportFormat::json;
  expect_same(pred, "--json", options);
  options.types = {"person", "location", "date", "direct"};
  expect_same(pred, "--json --types person,location,date,direct", options);
}

std::string name_of(const ::testing::TestParamInfo<AgainstReference::ParamType>& info) {
  std::string name = std::get<0>(info.param) + "_" + std::to_string(std::get<1>(info.param));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Gold, AgainstReference,
                         ::testing::Combine(::testing::Values("seeds", "wikinews-dev",
                                                              "wikinews-2016"),
                                            ::testing::Values(1u, 2u, 3u)),
                         name_of);

}  // namespace
}  // namespace glane
