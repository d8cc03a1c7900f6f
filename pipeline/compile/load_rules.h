// A folder of rules as it was read, with everything that is wrong with it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compile/mistakes.h"
#include "compile/rules.h"

namespace glane {

struct RuleFolderReading {
  std::shared_ptr<CompiledRules> rules;  // only as far as it goes when there are mistakes
  std::vector<RuleMistake> mistakes;     // errors, in the order in which they were met
  std::vector<TomlText> patterns;        // what rules and [patterns] write, and where
  std::map<std::string, std::string> lexicon_files;          // path by name
  std::vector<std::shared_ptr<const std::string>> contents;  // of the TOML files
};

// Reads and compiles. Goes on after a mistake as far as it can; throws SetupError only when
// the folder or one of its files cannot be read, or a word list to be left out is not there.
RuleFolderReading read_rule_folder(const std::filesystem::path& directory,
                                   const std::vector<std::string>& without = {});

// What is wrong with patterns, each read by itself; pattern.h says how they are read.
std::vector<RuleMistake> pattern_mistakes(const std::vector<TomlText>& patterns,
                                          const CompiledRules& rules);

// The keys that a rule of this kind may set, for which a stage asks; `value` must be one of
// `words` unless these are empty. rule_settings.cpp holds the table.
struct Setting {
  std::string_view key;
  enum class Value { text, number, word } value = Value::text;
  std::vector<std::string_view> words = {};
};
const std::vector<Setting>& settings_of(std::string_view kind);

}  // namespace glane
