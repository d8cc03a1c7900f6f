// Tokens → spans, level by level.
#pragma once

#include <string_view>

#include "recognise/cascade.h"

namespace glane {

// Runs every level of the rules over a text, in order, the builtin stages among them.
// `text` is the normalised text that chart.segments was cut from.
void recognise(std::string_view text, const CompiledRules& rules, Chart& chart,
               CascadeWorkspace& workspace);

// One level of that, rules or builtin.
void recognise_level(const Level& level, std::string_view text, const CompiledRules& rules,
                     Chart& chart, CascadeWorkspace& workspace);

}  // namespace glane
