// Candidates for names → persons, organisations, locations, products, events, by evidence.
//
// A decision can be told as a sum. For each candidate and type:
//
//   total = Σ amount × weights.rules[rule]  over `evidence`   (what the rules say)
//         + Σ worth                         over `heirlooms`  (what other names, or its own
//                                                              spelling, hand on to it)
//
// The best type wins when its total reaches weights.floor; else the candidate is no name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compile/rules.h"
#include "recognise/cascade.h"

namespace glane {

// One rule that speaks about a candidate. `amount` is how much its weights count: 1 where the
// rule matched, less when it matched around other mentions of the same name.
struct NameEvidence {
  RuleIndex rule = 0;
  float amount = 0;
};

// What a candidate has from another one that was decided before, as NameWeights calls it.
enum class NameBequest : std::uint8_t { surname, acronym, first_word, longer_form, kin, commune };
const char* to_string(NameBequest how);

struct NameHeirloom {
  NameBequest how = NameBequest::kin;
  std::size_t from = 0;  // index of the name that hands it on; its own for `commune`
  std::size_t type = 0;
  float worth = 0;
};

// A candidate and everything that is known about it.
struct WeighedName {
  TokenRange range;
  std::string key;                     // its folded words, single spaces
  std::vector<NameEvidence> evidence;  // sorted by rule
  std::vector<NameHeirloom> heirlooms;
  NameScores total{};

  // The type with the best total. Ties: the first of EntityType.
  std::size_t best() const;
};

// Adds up what the evidence rules say of every candidate of the chart, here and wherever the
// same name stands in the text. In the order of the text. Linear in the number of matches.
// The chart is one that every level before the decision has seen; that later ones have seen it
// too changes nothing.
std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart);
// The same with other weights than those of the rules.
std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart, const NameWeights& weights);

// Weighs the candidates; the type with the best total wins, the floor rejects. What wins is
// added to chart.matches with its type as kind, and takes the candidate's place among the units.
void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart,
                  CascadeWorkspace& workspace);

}  // namespace glane
