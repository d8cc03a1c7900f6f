// How often units are met in French text, counted over the examples of the rules. It decides which
// of the clauses of a rule is asked for first: the time that a rule takes, never what it matches.
#pragma once

#include <cstdint>
#include <vector>

#include "compile/rules.h"
#include "segment/token.h"

namespace glane {

struct UnitCount {
  std::uint32_t group;  // as CompiledRules::word_group
  Look look;
  std::size_t count;
};

// Words by group and look, after make_groups; and each kind of match as one unit in thirty, since
// no level has been run.
std::vector<UnitCount> count_units(const CompiledRules& rules);

}  // namespace glane
