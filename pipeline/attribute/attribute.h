// Quoted stretches and reported clauses → quotes with their speakers.
#pragma once

#include <vector>

#include "compile/rules.h"

namespace glane {

// Fills `quotes` from the chart, sorted by place and disjoint; `entities` are those of
// resolve(). Marks that are never closed are told in `diagnostics`.
void attribute(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const std::vector<Entity>& entities, std::vector<Quote>& quotes,
               std::vector<Diagnostic>& diagnostics);

}  // namespace glane
