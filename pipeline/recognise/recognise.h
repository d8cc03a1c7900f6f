// Tokens → spans, level by level.
#pragma once

#include <span>
#include <string_view>

#include "recognise/cascade.h"

namespace glane {

// Runs every level of the rules over a text, in order, the builtin stages among them.
// `text` is the normalised text that chart.segments was cut from.
void recognise(const NormalisedText& text, const CompiledRules& rules, Chart& chart,
               CascadeWorkspace& workspace);

// The same for several texts: each level goes over all of them at once.
void recognise(std::span<const NormalisedText> texts, const CompiledRules& rules,
               std::span<Chart> charts, CascadeWorkspace& workspace);

// One level of that, rules or builtin.
void recognise_level(const Level& level, std::string_view text, const CompiledRules& rules,
                     Chart& chart, CascadeWorkspace& workspace);

}  // namespace glane
