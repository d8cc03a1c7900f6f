// From the patterns of a level to the level as it is run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compile/level.h"
#include "compile/unit_counts.h"

namespace glane {

// Compiles the rules of one level: `members` are their indices in rules.rules, in file order;
// `patterns` are the shared sub-patterns by name, `counts` tell what is rare (unit_counts.h).
// Throws SetupError naming file and line.
void compile_level(Level& level, const std::vector<RuleIndex>& members, CompiledRules& rules,
                   const std::map<std::string, std::string>& patterns,
                   const std::vector<UnitCount>& counts);

// Gives the words of every literal of a pattern an id, before groups are made.
void collect_literals(const std::string& pattern, Vocabulary& vocabulary,
                      std::vector<WordId>& literals);

// Groups words by what lexicons and literals say of them (CompiledRules::word_group), then
// numbers the kinds behind them.
void make_groups(CompiledRules& rules, std::vector<WordId> literals);

}  // namespace glane
