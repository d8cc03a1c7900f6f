// What a folder of rules holds, as text for a terminal of 100 columns.
#pragma once

#include <string>

#include "glane/ruleset.h"

namespace glane {

// The levels in the order in which they run, with counts.
std::string list_levels(const RuleSet& rules);

// Of a level's name, its rules in the order in which ties are decided; of a rule's id, the
// rule with its expansion down to the RE2 pattern; of a part of ids, the rules that have it.
// Throws SetupError naming what is spelled most like it when nothing is called so.
std::string list_rules(const RuleSet& rules, const std::string& name);

// Text broken between words into lines of at most `columns` characters; the second line and
// those after it are indented. Words that are longer are cut.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns = 100);

}  // namespace glane
