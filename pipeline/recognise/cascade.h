// The cascade: levels of rules over token classes.
//
// Each level reads a text as a string of symbols, one per unit. Units that no rule of the
// level tells apart share a symbol, so a level's alphabet is small and RE2's automata stay
// small with it. A level knows a unit by its group (what its word is in lexicons and
// literals, or which kind of match it is) and its look (shape, sentence start, glued); two
// small tables give its symbol. pattern.cpp reads patterns, alphabet.cpp makes the symbols,
// compile_level.cpp joins them.
//
// The lines of a level (sentences, paragraphs, …) are laid out on a Board as columns of bits, and
// a rule is tried on all of them at once by sets of places (position_sets.h). Most rules are not
// even tried: every rule has clauses that any match must satisfy somewhere ("a month", "a
// currency"), and nothing on the board satisfies them. Lines too long for a board are left to
// RE2.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "compile/level.h"
#include "compile/rules.h"

namespace glane {

// The units of a text before the first level: its tokens, multi-word entries joined.
void start_chart(Chart& chart, const CompiledRules& rules);

// What a thread keeps from text to text: the memory of its runs. One thread at a time.
struct CascadeWorkspace {
  CascadeWorkspace();
  ~CascadeWorkspace();

  std::unique_ptr<class LevelRun> run;
  std::shared_ptr<class Weighing> names;  // of decide_names.cpp, which alone knows it
  // How often the RE2::Set of a level ran out of memory for its automaton, so that rules
  // were tried one by one.
  std::uint64_t set_overflows = 0;
};

// Runs one level over the charts of some texts: adds what it keeps to their matches and, when the
// level consumes, rebuilds their units.
void run_level(const Level& level, const CompiledRules& rules, std::span<Chart> charts,
               CascadeWorkspace& workspace);

// Makes matches [first, chart.matches.size()) units in place of what they cover.
void consume_matches(Chart& chart, std::size_t first, const CompiledRules& rules);

}  // namespace glane
