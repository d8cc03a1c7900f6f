// Candidates for names → persons, organisations, locations, products, events, by evidence.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules.h"

namespace glane {

using NameScores = std::array<float, kNameTypes>;  // by EntityType

// One rule that speaks about a candidate. `amount` is how much its weights count: 1 where the
// rule matched, less when it matched around other mentions of the same name.
struct NameEvidence {
  RuleIndex rule = 0;
  float amount = 0;
};

// A candidate and everything that is known about it.
struct WeighedName {
  TokenRange range;
  std::string key;                     // its folded words, single spaces
  std::vector<NameEvidence> evidence;  // sorted by rule
  NameScores inherited{};  // from longer forms, acronyms, neighbours in a list, its spelling
  NameScores total{};      // the weights of the evidence × amounts + inherited

  // The type with the best total. Ties: the first of EntityType.
  std::size_t best() const;
};

// The least total that makes a name; whatever stays below is no name.
inline constexpr float kNameFloor = 1.0F;

// Adds up what the evidence rules say of every candidate of the chart, here and wherever the
// same name stands in the text. In the order of the text. Linear in the number of matches.
std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart);

// Weighs the candidates; the type with the best total wins, the floor rejects. What wins is
// added to chart.matches with its type as kind, and takes the candidate's place among the units.
void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart);

}  // namespace glane
