// What is wrong with patterns, each of them read by itself: a mistake in a shared $pattern is
// told once, where it is written, and not again for every rule that uses it.

#include <set>

#include "compile/load_rules.h"
#include "compile/pattern.h"

namespace glane {
namespace {

class PatternCheck {
 public:
  PatternCheck(const std::vector<TomlText>& patterns, const CompiledRules& rules)
      : patterns_(patterns), predicates_(rules) {
    for (const TomlText& pattern : patterns) {
      if (pattern.owner.starts_with('$')) shared_.emplace(pattern.owner.substr(1), pattern.text);
    }
  }

  std::vector<RuleMistake> run() {
    for (const TomlText& pattern : patterns_) {
      if (pattern.owner.starts_with('$')) read(pattern);
    }
    for (const TomlText& pattern : patterns_) {
      if (!pattern.owner.starts_with('$')) read(pattern);
    }
    return std::move(mistakes_);
  }

 private:
  void read(const TomlText& pattern) {
    try {
      const bool atom = pattern.key == "when" || pattern.key.starts_with("not_");
      if (atom)
        read_atom(pattern.text, predicates_);
      else
        read_pattern(pattern.text, shared_, predicates_, names_);
    } catch (const PatternError& error) {
      // The same reason from within a $pattern that was told already.
      const bool shared =
          pattern.text.substr(std::min(error.at(), pattern.text.size())).starts_with('$');
      const bool fresh = told_.insert(error.what()).second;
      if (shared && !fresh) return;
      const FilePlace place = place_of(pattern, error.at());
      const std::string owner =
          pattern.owner.starts_with('$') ? "pattern " + pattern.owner : pattern.owner;
      mistakes_.push_back({RuleMistake::Severity::error, pattern.file, place.line, place.column,
                           owner + ": " + error.what(), error.hint()});
    }
  }

  const std::vector<TomlText>& patterns_;
  std::map<std::string, std::string> shared_;
  Predicates predicates_;
  std::vector<std::string> names_;
  std::set<std::string> told_;
  std::vector<RuleMistake> mistakes_;
};

}  // namespace

std::vector<RuleMistake> pattern_mistakes(const std::vector<TomlText>& patterns,
                                          const CompiledRules& rules) {
  return PatternCheck(patterns, rules).run();
}

}  // namespace glane
