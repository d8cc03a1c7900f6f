// Quotation marks → quoted stretches.
#pragma once

#include <string_view>

#include "compile/rules.h"

namespace glane {

// Adds a match of kind "quoted" for every stretch between an opening mark and its closing
// one, marks included, and for every turn of a dialogue (find_turns.h), and makes it a unit.
// Marks of one kind nest; a mark that never closes costs its paragraph at most. Adds a match of
// kind "unclosed", no unit, for the first such mark of a paragraph, unless the next paragraph
// opens with a mark too: that is how long quotes are set. Linear in the text.
void pair_quotation_marks(std::string_view text, const CompiledRules& rules, Chart& chart);

}  // namespace glane
