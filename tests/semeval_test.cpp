// The measures of SemEval-2013, on documented situations: each with the numbers that their
// published definitions give, worked out by hand, and the published table as a whole.
#include "evaluate/semeval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "evaluate/bootstrap.h"
#include "evaluate/python_text.h"

namespace glane {
namespace {

Json read_json(const std::string& name) {
  std::ifstream file(std::string(GLANE_SOURCE_DIR) + "/tests/data/" + name);
  return Json::parse(file);
}

AnnotatedCorpus corpus_of(Json document) {
  AnnotatedCorpus corpus;
  corpus.add(std::move(document));
  return corpus;
}

// The place of "[…]" in a sentence, without the brackets.
Json annotations(const Json& marked, const std::string& sentence, const std::string& layer) {
  Json records = Json::array();
  for (const Json& item : marked) {
    Json record = item;
    const std::u32string text = code_points(sentence);
    const std::size_t start = text.find(code_points(item.at("text").get<std::string>()));
    record["start"] = start;
    record["end"] = start + code_points(item.at("text").get<std::string>()).size();
    record[type_key(layer)] = item.at("is");
    records.push_back(std::move(record));
  }
  return records;
}

Json report_of(const Json& situation) {
  const std::string layer = situation.value("layer", "entities");
  const std::string sentence = situation.at("text");
  const Json head = {{"id", "s"}, {"text", sentence}};
  Json gold = head, pred = head;
  gold[layer] = annotations(situation.at("gold"), sentence, layer);
  pred[layer] = annotations(situation.at("pred"), sentence, layer);
  const AnnotatedCorpus gold_corpus = corpus_of(gold), pred_corpus = corpus_of(pred);
  return semeval_report(layer, align_corpus(layer, gold_corpus, pred_corpus), {.rounds = 10});
}

// "1 0 0 2 0": COR INC PAR MIS SPU.
std::string outcomes_in(const Json& measures) {
  std::string text;
  for (const char* name : {"correct", "incorrect", "partial", "missed", "spurious"}) {
    text += (text.empty() ? "" : " ") + measures.at(name).dump();
  }
  return text;
}

TEST(Semeval, TwentyDocumentedSituations) {
  const Json situations = read_json("semeval-situations.json");
  EXPECT_GE(situations.size(), 20u);
  for (const Json& situation : situations) {
    const Json report = report_of(situation);
    for (const auto& [scheme, expected] : situation.at("outcomes").items()) {
      EXPECT_EQ(outcomes_in(report["micro"][scheme]), expected.get<std::string>())
          << situation["name"] << ", " << scheme;
    }
    const Json measures = situation.value("measures", Json::object());
    for (const auto& [path, expected] : measures.items()) {
      EXPECT_EQ(python_json(report.at(Json::json_pointer(path))), python_json(expected))
          << situation["name"] << ", " << path;
    }
  }
}

// --- order ---

Json shuffled(Json document, std::mt19937& random) {
  for (const char* layer : {"entities", "figures", "quotes"}) {
    Json& records = document[layer];
    std::shuffle(records.begin(), records.end(), random);
  }
  return document;
}

Json overlapping_document() {
  return Json::parse(R"({"id": "o", "text": "Anne Dupré de Lyon a dit non, et Luc Petit oui.",
    "entities": [{"start":0,"end":10,"type":"person"}, {"start":5,"end":18,"type":"location"},
                 {"start":5,"end":10,"type":"person"}, {"start":33,"end":42,"type":"person"},
                 {"start":33,"end":42,"type":"role"}, {"start":33,"end":36,"type":"person"}],
    "figures": [{"start":0,"end":4,"kind":"number","value":1},
                {"start":0,"end":4,"kind":"number","value":2}],
    "quotes": [{"start":19,"end":28,"kind":"direct","speaker":"Anne"},
               {"start":19,"end":28,"kind":"partial","speaker":"Luc"}]})");
}

TEST(Semeval, DoesNotDependOnTheOrderOfAnnotations) {
  std::mt19937 random(7);
  Json pred = overlapping_document();
  pred["entities"].erase(1);
  pred["entities"][0]["end"] = 12;
  pred["figures"].erase(0);
  std::string first;
  for (int round = 0; round < 30; ++round) {
    const AnnotatedCorpus gold = corpus_of(shuffled(overlapping_document(), random));
    const AnnotatedCorpus answer = corpus_of(shuffled(pred, random));
    std::string reports;
    for (const std::string layer : {"entities", "figures", "quotes"}) {
      reports += semeval_report(layer, align_corpus(layer, gold, answer), {.rounds = 5}).dump();
    }
    if (first.empty()) first = reports;
    EXPECT_EQ(reports, first);
  }
}

TEST(Semeval, AMissingDocumentIsMissedAndAMissingLayerIsNotScored) {
  AnnotatedCorpus gold = corpus_of(overlapping_document());
  gold.add({{"id", "2"}, {"text", "rien"}});
  const auto documents = align_corpus("entities", gold, {});
  ASSERT_EQ(documents.size(), 1u);
  const Json report = semeval_report("entities", documents, {.rounds = 5});
  EXPECT_EQ(outcomes_in(report["micro"]["strict"]), "0 0 0 6 0");
  EXPECT_EQ(report["micro"]["strict"]["p"], nullptr);
  EXPECT_EQ(report["micro"]["strict"]["f1"], 0.0);
}

TEST(Semeval, RulesAreCountedTheNoisiestFirst) {
  Json pred = overlapping_document();
  for (Json& entity : pred["entities"]) entity["rule"] = "good";
  pred["entities"][0]["type"] = "event";
  pred["entities"][0]["rule"] = "bad";
  const AnnotatedCorpus gold = corpus_of(overlapping_document()), answer = corpus_of(pred);
  const Json rules = rule_report(align_corpus("entities", gold, answer));
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0]["rule"], "bad");
  EXPECT_EQ(rules[0]["type"], 1);
  EXPECT_EQ(rules[1]["p"], 1.0);
}

// --- the bootstrap ---

std::vector<double> mean(const Counts& sums) { return {sums[0] / sums[1]}; }

std::vector<Counts> sample(double shift) {
  std::vector<Counts> documents;
  for (int i = 0; i < 100; ++i) documents.push_back({static_cast<double>(i) + shift, 1});
  return documents;
}

TEST(Bootstrap, TheIntervalOfAMeanIsThatOfTheTextbooks) {
  const std::vector<Estimate> estimates = bootstrap(sample(0), mean);
  ASSERT_EQ(estimates.size(), 1u);
  EXPECT_DOUBLE_EQ(estimates[0].value, 49.5);
  // Standard error of the mean: 28.87 / 10; 1.96 of them on both sides.
  EXPECT_NEAR(estimates[0].interval.low, 49.5 - 5.66, 0.6);
  EXPECT_NEAR(estimates[0].interval.high, 49.5 + 5.66, 0.6);
}

TEST(Bootstrap, IsTheSameInEveryRunAndAnotherForAnotherSeed) {
  const Interval once = bootstrap(sample(0), mean)[0].interval;
  const Interval again = bootstrap(sample(0), mean)[0].interval;
  const Interval other = bootstrap(sample(0), mean, {.seed = 5})[0].interval;
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
  EXPECT_NE(once.low, other.low);
}

TEST(Bootstrap, LeavesOutDrawsInWhichTheMeasureIsUndefined) {
  const std::vector<Counts> documents = {{0, 0}, {1, 1}};
  const Interval interval = bootstrap(documents, mean)[0].interval;
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 1);
  EXPECT_TRUE(std::isnan(bootstrap({{0, 0}}, mean)[0].interval.low));
}

TEST(Bootstrap, PairsTellASmallDifferenceThatIsAlwaysThere) {
  const PairedEstimate always = paired_bootstrap(sample(0), sample(1), mean)[0];
  EXPECT_NEAR(always.difference.low, 1, 1e-9);
  EXPECT_NEAR(always.p, 1.0 / 1001, 1e-9);
  const PairedEstimate never = paired_bootstrap(sample(0), sample(0), mean)[0];
  EXPECT_EQ(never.p, 1);
  EXPECT_THROW(paired_bootstrap(sample(0), {{1, 1}}, mean), std::invalid_argument);
}

TEST(Bootstrap, PairsDoNotTakeNoiseForADifference) {
  std::vector<Counts> noisy = sample(0);
  for (std::size_t i = 0; i < noisy.size(); ++i) noisy[i][0] += i % 2 == 0 ? 9 : -9;
  EXPECT_GT(paired_bootstrap(sample(0), noisy, mean)[0].p, 0.5);
}

}  // namespace
}  // namespace glane
