// What is wrong with a folder of rules, on its way from where it is seen to who is told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "glane/ruleset.h"

namespace glane {

// Thrown where a mistake is seen; what() is the mistake without its column.
class RuleError : public SetupError {
 public:
  explicit RuleError(RuleMistake mistake);
  const RuleMistake& mistake() const { return mistake_; }

 private:
  RuleMistake mistake_;
};

// A mistake inside a pattern: at which of its bytes, and what might have been meant.
class PatternError : public SetupError {
 public:
  PatternError(const std::string& reason, std::size_t at, std::string hint = {})
      : SetupError(reason), at_(at), hint_(std::move(hint)) {}
  std::size_t at() const { return at_; }
  const std::string& hint() const { return hint_; }

 private:
  std::size_t at_;
  std::string hint_;
};

// The known name that is spelled most like `name`; "" when none is near. Ties: the first.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);
// "did you mean X?", or "" when no name is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& known,
                         const std::string& before = {}, const std::string& after = {});

// A string of a TOML file: what it says and where it is written.
struct TomlText {
  std::string owner;  // "rule t.one", "pattern $n"
  std::string key;    // match, before, …
  std::string text;
  std::string file;
  std::string_view content;  // of the whole file
  std::size_t line = 0;      // where the value begins: its quotation mark
  std::size_t column = 0;    // in code points, from 1
};

// Where byte `at` of the text stands in its file.
struct FilePlace {
  std::size_t line = 0;
  std::size_t column = 0;
};
FilePlace place_of(const TomlText& text, std::size_t at);

}  // namespace glane
