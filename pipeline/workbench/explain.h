// Everything that glane saw in a text and why: what `glane explain` shows. The stages are run
// as extract() runs them, and between them every level is read a second time by the trace
// (trace.h), so that matches which gave way are known too. extract() pays nothing for this.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "glane/extract.h"
#include "recognise/decide_names.h"
#include "workbench/trace.h"

namespace glane {

// The patterns of all levels, read once for many explanations; null for levels in C++.
using RulePatterns = std::vector<std::unique_ptr<LevelPatterns>>;
RulePatterns read_patterns(const CompiledRules& rules);

// What one level saw and did.
struct ExplainedLevel {
  const Level* level = nullptr;
  LevelTrace trace;                 // empty for levels in C++
  std::size_t first = 0, last = 0;  // what it kept, in Chart::matches
  std::vector<Unit> units;          // what it read
  std::vector<NearMiss> near;       // with a place: the rules that came closest there
};

struct Explanation {
  Document document;
  NormalisedText text;
  Chart chart;
  std::vector<ExplainedLevel> levels;
  std::vector<WeighedName> names;      // the candidates in the sentences shown
  std::vector<TokenRange> sentences;   // those that are shown
  std::optional<std::uint32_t> token;  // at the place asked for
};

// Explains the whole text, or the sentence that holds byte `at` of the text as published. A place
// beyond the text is the last token.
Explanation explain(Article article, const RuleSet& rules, const RulePatterns& patterns,
                    std::optional<std::uint32_t> at);

// The byte of character `offset` of a published text, as `glane extract` counts them.
std::uint32_t byte_of_character(std::string_view published, std::size_t offset);

enum class Ink { none, ansi };

// For people: lines of at most 100 columns.
std::string explanation_text(const Explanation& explanation, const RuleSet& rules, Ink ink);
// For programs: one JSON object in one line. Offsets are code points of the text as published.
std::string explanation_json(const Explanation& explanation, const RuleSet& rules);

}  // namespace glane
