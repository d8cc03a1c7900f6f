// Candidates for names → persons, organisations, locations, products, events, by evidence.
#pragma once

#include <string_view>

#include "rules.h"

namespace glane {

// Adds up what the evidence rules say of every candidate, here and wherever the same name
// stands in the text; the type with the best total wins, a floor rejects. What wins is added
// to chart.matches with its type as kind, and takes the candidate's place among the units.
void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart);

}  // namespace glane
