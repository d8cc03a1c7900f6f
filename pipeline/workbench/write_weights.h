// Fitted weights → the files of a folder of rules: the `set` beside each rule, and in levels.toml
// the numbers of the level that decides on names, with `fitted` to tell where they come from.
// Nothing else in a file changes: comments, order and spacing stay.
#pragma once

#include <filesystem>

#include "workbench/tune.h"

namespace glane {

// `rules` are those that `folder` was loaded to. A rule with `kept = true` is left alone. Returns
// how many files were written: levels.toml and those with a weight that changed. Throws SetupError
// when a file cannot be read, or a `set` does not stand on one line, before anything is written,
// and when a file cannot be written.
std::size_t write_weights(const std::filesystem::path& folder, const CompiledRules& rules,
                          const Tuning& tuning);

}  // namespace glane
