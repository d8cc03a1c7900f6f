// The pattern language of rules: text → tree.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compile/rules.h"

namespace glane {

// Something a predicate tests of a unit.
struct Atom {
  enum class Kind : std::uint8_t { lexicon, literal, shape, start, glued, kind, any } kind;
  std::uint32_t id = 0;      // lexicon, word, or kind
  std::uint32_t shapes = 0;  // bit set of Shape

  friend bool operator==(const Atom&, const Atom&) = default;
};

// What stands between < and >, or a literal word: a boolean expression over atoms, in
// reverse Polish notation.
struct PredicateStep {
  enum class Op : std::uint8_t { atom, negate, both, either } op;
  std::uint32_t atom = 0;

  friend bool operator==(const PredicateStep&, const PredicateStep&) = default;
};
using Predicate = std::vector<PredicateStep>;

// The distinct predicates and atoms of one level. Throws SetupError for unknown names.
class Predicates {
 public:
  explicit Predicates(const CompiledRules& rules) : rules_(rules) {}

  std::size_t literal(std::string_view folded_word);
  std::size_t expression(std::string_view text);
  // What satisfies any of these.
  std::size_t any_of(const std::vector<std::size_t>& predicates);

  std::size_t size() const { return predicates_.size(); }
  const Predicate& operator[](std::size_t i) const { return predicates_[i]; }
  const std::vector<Atom>& atoms() const { return atoms_; }
  // As a rule would write it, < > included.
  std::string written(std::size_t predicate) const;
  // The same, of a chain of & only those parts that do not hold.
  std::string failing(std::size_t predicate, const std::function<bool(const Atom&)>& holds) const;

 private:
  friend class PredicateParser;
  friend class PatternParser;
  enum class Whole : std::uint8_t { yes, no };
  std::string failing(std::size_t predicate, const std::function<bool(const Atom&)>& holds,
                      Whole whole) const;
  std::uint32_t atom(const Atom& atom);
  std::size_t keep(Predicate predicate);

  const CompiledRules& rules_;
  std::vector<Atom> atoms_;
  std::vector<Predicate> predicates_;
  std::map<std::string, std::size_t> by_text_;
};

// A pattern as a tree. Children of `sequence` follow each other; those of `choice` exclude
// each other; `repeat` and `group` have one child.
struct Pattern {
  enum class Kind : std::uint8_t { predicate, sequence, choice, repeat, group, begin, end } kind;
  std::size_t predicate = 0;    // Kind::predicate
  std::string repetition = {};  // Kind::repeat: "?", "*", "+", "{2,4}"
  std::uint16_t name = 0;       // Kind::group: the capture's name, or kSpanGroup
  std::vector<Pattern> children = {};
};
inline constexpr std::uint16_t kSpanGroup = 0xFFFF;  // the match without its contexts

// The tree of a whole rule: contexts and span. `shared` are the $patterns by name; names of
// captures are added to rules.names. Throws SetupError.
Pattern read_rule_pattern(const Rule& rule, const std::map<std::string, std::string>& shared,
                          Predicates& predicates, CompiledRules& rules);
// The same, with the names of captures kept elsewhere.
Pattern read_rule_pattern(const Rule& rule, const std::map<std::string, std::string>& shared,
                          Predicates& predicates, std::vector<std::string>& names);

// Reads one pattern by itself, or one atom with or without its < >. Throws PatternError.
Pattern read_pattern(const std::string& text, const std::map<std::string, std::string>& shared,
                     Predicates& predicates, std::vector<std::string>& names);
std::size_t read_atom(const std::string& text, Predicates& predicates);

// How often Kind::repeat repeats; `most` is kUnbounded for * and + and {2,}.
struct Repetition {
  std::size_t least = 0;
  std::size_t most = 0;
};
inline constexpr std::size_t kUnbounded = 0xFFFFFFFF;
Repetition repetition_of(const Pattern& repeat);

// What must be present in a text for the pattern to match it: for each element of the result,
// at least one unit that satisfies one of its predicates.
// Of an alternative the rarest clause is taken, by what its predicates weigh together.
std::vector<std::vector<std::size_t>> required_of(
    const Pattern& pattern, const std::function<std::size_t(std::size_t predicate)>& weight);

// Pairs of predicates that stand side by side in every match.
std::vector<std::pair<std::size_t, std::size_t>> neighbours_of(const Pattern& pattern);

// A literal cut as a text is, folded: "d'après" is two words. Joined by spaces they are
// spelled as the vocabulary spells entries of several words.
std::vector<std::string> words_of_literal(std::string_view literal);
std::string joined_words(const std::vector<std::string>& words);

// A bit set of Shape for "lower", "Cap", …; nothing for other names.
std::optional<std::uint32_t> shape_set(std::string_view name);

}  // namespace glane
