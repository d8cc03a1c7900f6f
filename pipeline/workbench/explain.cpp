#include "workbench/explain.h"

#include <algorithm>

#include "attribute/attribute.h"
#include "interpret/interpret.h"
#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "resolve/resolve.h"
#include "values/offsets.h"

namespace glane {
namespace {

constexpr std::size_t kNearest = 4;  // rules that came close, a level

std::optional<std::uint32_t> token_at(const Explanation& explanation, std::uint32_t byte) {
  const std::vector<Token>& tokens = explanation.chart.segments.tokens;
  if (tokens.empty()) return std::nullopt;
  const std::uint32_t place = explanation.text.map.to_normalised({byte, byte}).begin;
  const auto behind =
      std::ranges::find_if(tokens, [&](const Token& token) { return token.span.end > place; });
  return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(
      behind - tokens.begin(), static_cast<std::ptrdiff_t>(tokens.size()) - 1));
}

void choose_sentences(Explanation& explanation, std::optional<std::uint32_t> at) {
  if (at) explanation.token = token_at(explanation, *at);
  for (const TokenRange& sentence : explanation.chart.segments.sentences) {
    const bool holds = !at || (explanation.token && sentence.first <= *explanation.token &&
                               *explanation.token < sentence.last);
    if (holds && sentence.size() > 0) explanation.sentences.push_back(sentence);
  }
}

void weigh(Explanation& explanation, const CompiledRules& rules) {
  for (WeighedName& name : weigh_names(explanation.text.text, rules, explanation.chart)) {
    const bool shown = std::ranges::any_of(explanation.sentences, [&](TokenRange sentence) {
      return name.range.first < sentence.last && sentence.first < name.range.last;
    });
    if (shown) explanation.names.push_back(std::move(name));
  }
}

void run_levels(Explanation& explanation, const CompiledRules& rules,
                const RulePatterns& patterns) {
  Chart& chart = explanation.chart;
  CascadeWorkspace workspace;
  start_chart(chart, rules);
  if (explanation.sentences.empty()) return;
  const TokenRange within{explanation.sentences.front().first, explanation.sentences.back().last};
  for (const auto& level : rules.levels) {
    ExplainedLevel seen;
    seen.level = level.get();
    seen.units = chart.units;
    if (level->builtin == Builtin::name_decision) weigh(explanation, rules);
    if (const auto& known = patterns[level->index]) {
      seen.trace = trace_level(*known, chart, within);
      if (explanation.token)
        seen.near = near_misses(*known, seen.trace, *explanation.token, kNearest);
    }
    seen.first = chart.matches.size();
    recognise_level(*level, explanation.text.text, rules, chart, workspace);
    seen.last = chart.matches.size();
    explanation.levels.push_back(std::move(seen));
  }
}

}  // namespace

RulePatterns read_patterns(const CompiledRules& rules) {
  RulePatterns out;
  for (const auto& level : rules.levels) {
    out.push_back(level->builtin == Builtin::none ? std::make_unique<LevelPatterns>(*level, rules)
                                                  : nullptr);
  }
  return out;
}

Explanation explain(Article article, const RuleSet& set, const RulePatterns& patterns,
                    std::optional<std::uint32_t> at) {
  const CompiledRules& rules = set.compiled();
  Explanation explanation;
  explanation.text = normalise(article.text);
  explanation.chart.segments = segment(explanation.text.text, rules.vocabulary);
  choose_sentences(explanation, at);
  run_levels(explanation, rules, patterns);
  explanation.document = extract(std::move(article), set);
  return explanation;
}

std::uint32_t byte_of_character(std::string_view published, std::size_t offset) {
  std::size_t at = 0;
  while (offset-- > 0 && at < published.size()) at += character_at(published, at).size;
  return static_cast<std::uint32_t>(at);
}

}  // namespace glane
