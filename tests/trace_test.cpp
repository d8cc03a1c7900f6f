// The trace against the cascade: a second, slow reading of every level, which must keep what
// the cascade keeps, on the whole corpus; and what it tells of matches that gave way.
#include "workbench/trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "rule_folder.h"

namespace glane {
namespace {

using Kept = std::tuple<RuleIndex, std::uint32_t, std::uint32_t>;

std::vector<std::unique_ptr<LevelPatterns>> patterns_of(const CompiledRules& rules) {
  std::vector<std::unique_ptr<LevelPatterns>> out;
  for (const auto& level : rules.levels)
    out.push_back(std::make_unique<LevelPatterns>(*level, rules));
  return out;
}

void add(std::vector<Kept>& out, const std::vector<Match>& matches, std::size_t first) {
  for (std::size_t m = first; m < matches.size(); ++m) {
    out.emplace_back(matches[m].rule, matches[m].range.first, matches[m].range.last);
  }
  std::ranges::sort(out);
}

std::vector<Kept> kept_of(const LevelTrace& trace) {
  std::vector<Kept> out;
  for (const TracedMatch& match : trace.matches) {
    if (match.kept) out.emplace_back(match.rule, match.range.first, match.range.last);
  }
  std::ranges::sort(out);
  return out;
}

std::string told(const std::vector<Kept>& kept, const std::vector<Kept>& other,
                 const CompiledRules& rules, const std::string& text, const Chart& chart) {
  std::string out;
  for (const auto& [rule, first, last] : kept) {
    if (std::ranges::find(other, Kept{rule, first, last}) != other.end()) continue;
    const std::uint32_t begin = chart.segments.tokens[first].span.begin;
    out += rules.rules[rule].id + " [" +
           text.substr(begin, chart.segments.tokens[last - 1].span.end - begin) + "] ";
  }
  return out;
}

// Runs the levels over a text and holds each against its trace. The number of matches.
std::size_t compare(const std::string& published, const CompiledRules& rules,
                    const std::vector<std::unique_ptr<LevelPatterns>>& patterns,
                    CascadeWorkspace& workspace) {
  const NormalisedText text = normalise(published);
  Chart chart;
  chart.segments = segment(text.text, rules.vocabulary);
  start_chart(chart, rules);
  const TokenRange all{0, static_cast<std::uint32_t>(chart.segments.tokens.size())};
  std::size_t count = 0;
  for (std::size_t l = 0; l < rules.levels.size(); ++l) {
    const bool builtin = rules.levels[l]->builtin != Builtin::none;
    const LevelTrace trace = builtin ? LevelTrace{} : trace_level(*patterns[l], chart, all);
    const std::size_t matches = chart.matches.size(), kills = chart.kills.size();
    recognise_level(*rules.levels[l], text.text, rules, chart, workspace);
    if (builtin) continue;
    std::vector<Kept> engine;
    add(engine, chart.matches, matches);
    add(engine, chart.kills, kills);
    const std::vector<Kept> slow = kept_of(trace);
    EXPECT_EQ(engine, slow) << rules.levels[l]->name << " of \"" << published.substr(0, 60)
                            << "…\"\n cascade alone: "
                            << told(engine, slow, rules, text.text, chart)
                            << "\n trace alone: " << told(slow, engine, rules, text.text, chart);
    count += engine.size();
  }
  return count;
}

// The texts of a file of annotated documents; none when there is no such file.
std::vector<std::string> texts_of(const std::filesystem::path& file) {
  std::vector<std::string> texts;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    texts.push_back(nlohmann::json::parse(line).at("text").get<std::string>());
  }
  return texts;
}

TEST(Trace, KeepsWhatTheCascadeKeepsOnTheCorpus) {
  const RuleSet set = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  const auto patterns = patterns_of(set.compiled());
  CascadeWorkspace workspace;
  std::size_t matches = 0;
  for (const char* file : {"corpus/gold.jsonl", "../shared/gold/wikinews-dev.jsonl",
                           "../shared/gold/wikinews-2016.jsonl"}) {
    const std::vector<std::string> texts = texts_of(std::filesystem::path(GLANE_SOURCE_DIR) / file);
    const std::size_t step =
        texts.size() > 100 ? 3 : 1;  // of the long ones a part, for the time it takes
    for (std::size_t t = 0; t < texts.size(); t += step) {
      matches += compare(texts[t], set.compiled(), patterns, workspace);
      if (HasNonfatalFailure()) return;
    }
  }
  EXPECT_GT(matches, 10000U);
}

// --- small folders ---

RuleFolder folder(const std::string& rules) {
  RuleFolder made;
  made.file("levels.toml", "[[level]]\nname = 'only'\n")
      .file("01-only.toml", "level = 'only'\n" + rules);
  made.words("animal", "chat\nchien");
  return made;
}

std::string rule(const std::string& id, const std::string& match, const std::string& more = {}) {
  return "[[rule]]\nid = '" + id + "'\nmatch = \"" + match + "\"\nemit = 'found'\n" + more + "\n";
}

struct Traced {
  RuleSet set;
  std::unique_ptr<LevelPatterns> patterns;
  Chart chart;
  LevelTrace trace;
};

Traced traced(const std::string& rules, const std::string& text) {
  Traced out;
  out.set = folder(rules).load();
  const CompiledRules& compiled = out.set.compiled();
  out.patterns = std::make_unique<LevelPatterns>(*compiled.levels[0], compiled);
  out.chart.segments = segment(text, compiled.vocabulary);
  start_chart(out.chart, compiled);
  out.trace = trace_level(*out.patterns, out.chart,
                          {0, static_cast<std::uint32_t>(out.chart.segments.tokens.size())});
  return out;
}

// "id 0-2; id 1-3 beaten by id: leftmost", in tokens.
std::string told(const Traced& traced) {
  std::string out;
  const auto id = [&](const TracedMatch& m) { return traced.set.rule_id(m.rule); };
  for (const TracedMatch& m : traced.trace.matches) {
    out += (out.empty() ? "" : "; ") + id(m) + " " + std::to_string(m.range.first) + "-" +
           std::to_string(m.range.last);
    if (!m.kept)
      out += " beaten by " + id(traced.trace.matches[m.beaten_by]) + ": " + to_string(m.policy);
  }
  return out;
}

TEST(Trace, TellsWhichPolicyDecided) {
  EXPECT_EQ(told(traced(rule("x", "'b' 'c'") + rule("y", "'a' 'b'"), "a b c")),
            "y 0-2; x 1-3 beaten by y: leftmost");
  EXPECT_EQ(told(traced(rule("x", "'a' 'b'") + rule("y", "'a' 'b' 'c'"), "a b c")),
            "y 0-3; x 0-2 beaten by y: longest");
  EXPECT_EQ(told(traced(rule("x", "'a'") + rule("y", "'a'"), "a")),
            "x 0-1; y 0-1 beaten by x: file order");
  EXPECT_EQ(told(traced(rule("x", "'a' 'b'") + rule("y", "'b'", "priority = 1"), "a b")),
            "y 1-2; x 0-2 beaten by y: priority");
  EXPECT_EQ(told(traced(rule("x", "'a'") + rule("y", "'b'"), "a b")), "x 0-1; y 1-2");
}

// "id [tokens] part wanted at token", the closest first.
std::string missed(const Traced& traced, std::uint32_t token) {
  static constexpr const char* kParts[] = {"span", "before", "after", "when"};
  std::string out;
  for (const NearMiss& miss : near_misses(*traced.patterns, traced.trace, token, 9)) {
    out += (out.empty() ? "" : "; ") + traced.set.rule_id(miss.rule) + " " +
           std::to_string(miss.range.first) + "-" + std::to_string(miss.range.last) + " " +
           kParts[static_cast<int>(miss.part)] + " " + miss.wanted;
    if (miss.token) out += " at " + std::to_string(*miss.token);
  }
  return out;
}

TEST(Trace, TellsWhyNot) {
  const std::string rules =
      rule("three", "'le' <animal> 'noir'") + rule("context", "<animal>", "before = \"'un'\"\n") +
      rule("behind", "<animal>", "after = \"'blanc' | 'roux'\"\n") +
      rule("unlike", "<animal>", "not_after = '<lower>'\n") +
      rule("when", "'le' <animal>", "when = 'number'\n") + rule("other", "'la' 'poule'");
  EXPECT_EQ(missed(traced(rules, "le chat gris"), 1),
            "when 0-2 when <number>; three 0-2 span <'noir'> at 2; context 1-2 before 'un' at 0; "
            "behind 1-2 after <'blanc' | 'roux'> at 2; unlike 1-2 after $ or <!lower> at 2");
  EXPECT_EQ(missed(traced(rules, "le chat"), 1),
            "when 0-2 when <number>; three 0-2 span <'noir'>; "
            "context 1-2 before 'un' at 0; behind 1-2 after <'blanc' | 'roux'>");
  EXPECT_EQ(missed(traced(rules, "le loup"), 0),
            "three 0-1 span <animal> at 1; when 0-1 span <animal> at 1");
  EXPECT_EQ(missed(traced(rule("r", "<animal>"), "chat"), 0), "") << "what matches is no miss";
}

}  // namespace
}  // namespace glane
