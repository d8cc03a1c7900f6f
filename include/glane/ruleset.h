// A folder of rules and word lists, compiled. Immutable and shared between threads.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "glane/document.h"

namespace glane {

// The one error of set-up: rules that cannot be loaded, input or output that cannot be
// opened. what() names the file, the line where there is one, and the reason.
class SetupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Something wrong with a folder of rules: errors keep it from loading, warnings do not.
struct RuleMistake {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::string file;  // empty when the whole folder is meant
  std::size_t line = 0;
  std::size_t column = 1;  // in characters, from 1
  std::string reason;
  std::string hint;  // what might have been meant, what to write instead; may be empty
};
// "FILE:LINE:COLUMN: error: REASON; HINT"
std::string to_string(const RuleMistake& mistake);

class RuleSet {
 public:
  // Reads DIR/*.toml and DIR/lexicon/*.tsv. Throws SetupError on the first error. The word
  // lists named in `without` (city, first_name) are read as if they were empty: what do they
  // contribute? Only their entries of several words stay one unit.
  static RuleSet load(const std::filesystem::path& directory,
                      const std::vector<std::string>& without = {});

  const std::string& rule_id(RuleIndex rule) const;
  std::size_t rule_count() const;

  // Hexadecimal fingerprint of every file that was read, the same on every machine.
  const std::string& hash() const;

  // The compiled form, for the stages of the pipeline.
  const struct CompiledRules& compiled() const { return *rules_; }

 private:
  std::shared_ptr<const struct CompiledRules> rules_;
};

// Every mistake of a folder of rules in one go, by file and line. When nothing keeps it from
// loading, its examples are run and what compiles but cannot work is looked for too.
std::vector<RuleMistake> check_rules(const std::filesystem::path& directory);

// Where the rules lie: beside the running program in a build tree or an installed tree
// (../share/glane/rules). Throws SetupError when there are none.
std::filesystem::path find_rules();

// Runs every example and rejection written beside the rules. One line a failure:
// file:line, rule, which of none / partial / wrong value / unexpected, and the text.
struct ExampleReport {
  std::size_t run = 0;
  std::size_t todo = 0;  // known gaps that still do not hold
  std::vector<std::string> failures;
  std::vector<std::string> passing_todos;  // gaps that have closed: make them examples
};
ExampleReport test_examples(const RuleSet& rules, const std::string& filter = {});

}  // namespace glane
