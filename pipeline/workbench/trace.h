// A slow and obvious reading of the levels, beside the cascade and not in it: every match of
// every rule, what became of it, and how close rules came where nothing matched. Explaining
// and profiling ask here, so the cascade pays nothing for them; a test holds the matches that
// are kept against those of the cascade.
//
// Patterns are followed as trees, from sets of places to sets of places. A match begins at the
// leftmost place where `before` may end, and ends at the last place of its span where `after`
// may begin; the next begins no earlier than that.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compile/pattern.h"
#include "recognise/cascade.h"

namespace glane {

// The patterns of one level, read once more.
struct LevelPatterns {
  LevelPatterns(const Level& level, const CompiledRules& rules);

  const Level& level;
  const CompiledRules& rules;
  Predicates predicates;
  std::vector<std::string> names;              // of captures
  std::vector<RuleIndex> members;              // in file order
  std::vector<Pattern> trees;                  // of each: contexts and span
  std::vector<std::vector<std::size_t>> when;  // of each: what the stretch must hold
};

// Where a level is applied: a sentence, a paragraph, the text, the inside of a match.
struct Stretch {
  std::vector<Unit> units;  // a paragraph break is a unit without tokens
  TokenRange range;         // all of its tokens
};

// Why one match gives way to another.
enum class Policy : std::uint8_t { priority, leftmost, longest, file_order };
const char* to_string(Policy policy);

struct TracedMatch {
  RuleIndex rule = 0;
  std::size_t stretch = 0;  // into LevelTrace::stretches
  TokenRange units;         // of the stretch
  TokenRange range;         // tokens
  bool kept = true;
  std::size_t beaten_by = 0;  // into LevelTrace::matches, unless it was kept
  Policy policy = Policy::priority;
};

// A rule that came close at a place: what it had matched when it failed, and on what.
struct NearMiss {
  enum class Part : std::uint8_t { span, before, after, when };
  RuleIndex rule = 0;
  TokenRange range;                    // tokens that it had matched
  Part part = Part::span;              // what failed
  std::string wanted;                  // the atoms that would have been right, "<a> or <b>"
  std::optional<std::uint32_t> token;  // where; none behind the end
  float worth = 0;  // how much it had matched: a telling atom counts 1, others less
};

struct LevelTrace {
  const Level* level = nullptr;
  std::vector<Stretch> stretches;
  std::vector<TracedMatch> matches;  // by stretch; where overlaps are resolved, best first
  std::vector<double> seconds;       // that each rule took to read, by its place
};

// Reads a level over a chart as it was before the level ran: the stretches that share a token
// with `within`. Never touches the chart.
LevelTrace trace_level(const LevelPatterns& patterns, const Chart& before, TokenRange within);

// The rules that came closest to a match that holds `token`, the closest first, `most` of them.
std::vector<NearMiss> near_misses(const LevelPatterns& patterns, const LevelTrace& trace,
                                  std::uint32_t token, std::size_t most);

}  // namespace glane
