// Weights of evidence: that the fit finds what the examples show, and writes nothing else.
#include "workbench/tune.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "glane/extract.h"
#include "rule_folder.h"
#include "workbench/fit_weights.h"
#include "workbench/write_weights.h"

namespace glane {
namespace {

constexpr float kFloor = 1;

WeightExample example(std::vector<NameEvidence> evidence, std::size_t wanted) {
  return {std::move(evidence), {}, wanted};
}

std::size_t decided(const std::vector<NameScores>& weights, const WeightExample& example) {
  NameScores total{};
  for (const NameEvidence& piece : example.evidence) {
    for (std::size_t t = 0; t < kNameTypes; ++t) total[t] += piece.amount * weights[piece.rule][t];
  }
  const auto best = static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
  return total[best] < kFloor ? kNoName : best;
}

TEST(FitWeights, DecidesItsExamplesAsWanted) {
  const std::vector<WeightExample> examples = {
      example({{0, 1}}, kNoName), example({{0, 1}, {1, 1}}, 0), example({{0, 1}, {2, 1}}, 2),
      example({{0, 1}, {1, 1}, {2, 1}}, 2)};
  const auto weights = fit_weights(examples, std::vector<NameScores>(4), kFloor, 0.01);
  for (const WeightExample& one : examples) EXPECT_EQ(decided(weights, one), one.wanted);
  EXPECT_EQ(weights[3], NameScores{}) << "a rule that no example mentions";
}

TEST(FitWeights, ARuleWithTwoMindsIsWorthTheLogOfItsOdds) {
  // Three to one for a person against no name, nothing held: total - floor = ln 3.
  std::vector<WeightExample> examples(4, example({{0, 1}}, 0));
  examples[3].wanted = kNoName;
  const auto weights = fit_weights(examples, std::vector<NameScores>(1), kFloor, 0);
  EXPECT_NEAR(weights[0][0], kFloor + std::log(3.0), 0.02);
}

TEST(FitWeights, IsHeldToItsStart) {
  const std::vector<WeightExample> examples(4, example({{0, 1}}, 0));
  const std::vector<NameScores> start = {{0, 2, 0, 0, 0}};
  const auto loose = fit_weights(examples, start, kFloor, 0.1);
  const auto tight = fit_weights(examples, start, kFloor, 1000);
  EXPECT_LT(loose[0][1], 1);
  EXPECT_NEAR(tight[0][1], 2, 0.1);
}

// Capitalised words; "dame" speaks of a person, "ville" of a place, with weights that say nothing
// of it yet. "Kept" decides by definition.
class Tune : public testing::Test {
 protected:
  Tune() {
    folder_.file("levels.toml", R"(
[[level]]
name = "candidates"
[[level]]
name = "around"
policy = "all"
# how names are decided
[[level]]
name = "names"
builtin = "name_decision"
emits = ["person", "organization", "location", "product", "event"]
)");
    folder_.file("10-candidates.toml", R"(level = "candidates"
[[rule]]
id = "name.run"
match = '<cap & !start>'
emit = "candidate"
)");
    folder_.file("20-around.toml", R"(# Evidence.
level = "around"
[[rule]]
id = "around.lady"
match = "'dame' @name:<candidate>"
emit = "evidence"
set = { location = 1.5 }
[[rule]]
id = "around.town"
match = "'ville' @name:<candidate>"
emit = "evidence"
[[rule]]
id = "around.kept"
match = "'firme' @name:<candidate>"
emit = "evidence"
set = { organization = 4, kept = true }
)");
    std::ofstream gold(folder_.path("gold.jsonl"));
    for (int i = 0; i < 12; ++i) {
      gold << R"({"id": ")" << i << R"(", "text": "La dame Alpha voit la ville Beta et un Gamma.",)"
           << R"( "entities": [{"start": 8, "end": 13, "type": "person"},)"
           << R"( {"start": 28, "end": 32, "type": "location"}]})" << '\n';
    }
  }

  std::string content(const std::string& name) const {
    std::ifstream in(folder_.path(name));
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }

  TuneOptions options() const {
    TuneOptions out;
    out.gold = {folder_.path("gold.jsonl")};
    out.folds = 3;
    out.hold = 0.1;
    return out;
  }

  std::string found() const {
    Article article;
    article.text = "La dame Delta voit la ville Omega et un Sigma.";
    std::string out;
    for (const Entity& e : extract(std::move(article), folder_.load()).entities) {
      out += e.name + ':' + to_string(e.type) + ' ';
    }
    return out;
  }

  RuleFolder folder_;
};

TEST_F(Tune, FindsAndWritesWeightsThatDecideOnOtherNames) {
  EXPECT_EQ(found(), "Delta:location ");
  const RuleSet rules = folder_.load();
  std::ostringstream report;
  const Tuning tuning = tune(options(), rules, report);
  EXPECT_NE(report.str().find("folds not used, strict"), std::string::npos) << report.str();
  EXPECT_NE(tuning.fitted.find("strict F1 1.000"), std::string::npos) << tuning.fitted;
  write_weights(folder_.path(), rules.compiled(), tuning);
  EXPECT_EQ(found(), "Delta:person Omega:location ");
  EXPECT_NE(content("levels.toml").find("fitted = \"gold.jsonl: 12 articles"), std::string::npos);
  EXPECT_NE(content("levels.toml").find("# how names are decided\n"), std::string::npos);
  EXPECT_NE(content("20-around.toml").find("set = { organization = 4, kept = true }\n"),
            std::string::npos);
}

TEST_F(Tune, GivesTheSameOnEveryRunAndWritingTwiceChangesNothing) {
  const RuleSet rules = folder_.load();
  std::ostringstream one, two;
  const Tuning tuning = tune(options(), rules, one);
  EXPECT_EQ(tune(options(), rules, two).weights.rules, tuning.weights.rules);
  EXPECT_EQ(one.str(), two.str());
  write_weights(folder_.path(), rules.compiled(), tuning);
  const std::string first = content("20-around.toml") + content("levels.toml");
  write_weights(folder_.path(), folder_.load().compiled(), tuning);
  EXPECT_EQ(content("20-around.toml") + content("levels.toml"), first);
}

TEST_F(Tune, FromNothingTheWeightsWrittenHaveNoSay) {
  TuneOptions from_nothing = options();
  from_nothing.start = TuneStart::nothing;
  std::ostringstream report;
  const Tuning one = tune(from_nothing, folder_.load(), report);
  std::string other = content("20-around.toml");
  other.replace(other.find("location = 1.5"), 14, "event = 9     ");
  folder_.file("20-around.toml", other);
  EXPECT_EQ(tune(from_nothing, folder_.load(), report).weights.rules, one.weights.rules);
}

TEST_F(Tune, TooFewArticlesAreTold) {
  TuneOptions many = options();
  many.folds = 13;
  std::ostringstream report;
  EXPECT_THROW(tune(many, folder_.load(), report), SetupError);
}

TEST(WithoutWordLists, TheyAreReadAsIfEmpty) {
  RuleFolder folder;
  folder.file("levels.toml", "[[level]]\nname = \"figures\"\n");
  folder.file("lexicon/town.tsv", "surface\tsize\nOrval\tbig\nVirton\n");
  folder.file("10-towns.toml",
              "level = \"figures\"\n[[rule]]\nid = \"town\"\nmatch = '<town & !town:big>'\n"
              "emit = \"number\"\n");
  const RuleSet with = folder.load();
  const RuleSet without = RuleSet::load(folder.path(), {"town"});
  EXPECT_TRUE(with.compiled().vocabulary.member(with.compiled().vocabulary.find("virton"), "town"));
  const Vocabulary& words = without.compiled().vocabulary;
  EXPECT_FALSE(words.member(words.find("virton"), "town"));
  EXPECT_NE(with.hash(), without.hash()) << "other rules, another fingerprint";
  EXPECT_THROW(RuleSet::load(folder.path(), {"village"}), SetupError);
}

}  // namespace
}  // namespace glane
