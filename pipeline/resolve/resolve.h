// Matches → entities: one id for one referent, roles joined to their holders.
#pragma once

#include <vector>

#include "compile/rules.h"

namespace glane {

// Fills `entities` from the names and roles of the chart, sorted by place and disjoint.
void resolve(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
             std::vector<Entity>& entities);

}  // namespace glane
