// The symbols of one level, and how they are written for RE2.
//
// A unit is known to a level by its class of groups (what its word is in the lexicons and
// literals that the level names) and its class of looks (which shapes, sentence starts, …
// the level tells apart). Few classes: their products are the symbols, one byte each. Many:
// a unit is written as its look and its group, so that a predicate stays a handful of ranges
// ("any look, this group") and RE2's programs stay small.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compile/level.h"
#include "compile/pattern.h"
#include "compile/unit_counts.h"

namespace glane {

// The atoms that the words of a class of groups satisfy, each with CaseNeed + 1, in order.
using GroupView = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

class Alphabet {
 public:
  // Fills the tables of `level`.
  Alphabet(Level& level, const CompiledRules& rules, const Predicates& predicates,
           const std::vector<UnitCount>& counts);

  // How often units satisfy a predicate, or one of a clause: a number to compare.
  std::size_t weight(std::size_t predicate) const { return weight(std::vector{predicate}); }
  std::size_t weight(const std::vector<std::size_t>& clause) const;

  // The units that satisfy a predicate, as RE2 text: one unit's worth of symbols.
  const std::string& text(std::size_t predicate) const;

  // Fills Level::common… and flips…: which clauses (see required_of) each cell satisfies.
  void tell_clauses(const std::vector<std::vector<std::size_t>>& clauses);

 private:
  using Looks = std::uint64_t;  // a truth value for each class of looks

  void class_groups(const std::vector<WordId>& members);
  void class_looks();
  void judge();
  void sort_groups();
  void encode();
  void weigh(const std::vector<UnitCount>& counts);
  std::string write(std::size_t predicate) const;
  std::string ranges(const std::vector<bool>& set, bool groups) const;

  Level& level_;
  const CompiledRules& rules_;
  const Predicates& predicates_;
  std::vector<GroupView> groups_;  // by class of groups
  std::vector<Look> looks_;
  std::vector<std::vector<Looks>> truth_;  // [predicate][class of groups]
  std::vector<std::size_t> weights_;       // by cell
  mutable std::vector<std::string> texts_;
};

}  // namespace glane
