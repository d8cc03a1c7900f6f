// A level of rules as it is run: its alphabet, its clauses, its rules as maps of places. Filled by
// compile_level.cpp and alphabet.cpp, read by cascade.cpp.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "compile/position_sets.h"
#include "compile/rules.h"

namespace glane {

// Where a level is applied, one run of RE2 each.
enum class Scope : std::uint8_t { sentence, paragraph, document, kind };

// Stages between levels that are not regular: written in C++, named in rules/levels.toml.
enum class Builtin : std::uint8_t { none, quotation_marks, name_decision };

// A rule of a level. Its RE2 is built when the rule is first tried, once.
class LevelRule {
 public:
  // `write` gives the rule as RE2 text; it is called once, when that is first asked for.
  LevelRule(RuleIndex rule, std::function<std::string()> write, const RE2::Options& options)
      : rule_(rule), write_(std::move(write)), options_(options) {}

  RuleIndex rule() const { return rule_; }
  const std::string& text() const;  // safe to call from many threads, as is
  const RE2& pattern() const;       // safe to call from many threads

  // What the cascade asks of its Rule, at hand.
  int priority = 0;
  KindId emit = 0;
  bool kill = false;
  bool has_captures = false;

  std::vector<std::uint16_t> groups;  // of each RE2 group from 1: the capture's name, or kSpanGroup

  // The pattern by its parts, for lines that fit a Board; the contexts may be empty.
  PlaceMap before, span, after;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  // Captures that lie equally far from an end of the span in every match, or are one unit of a
  // clause: where only one unit of the match satisfies it, it is that. When `fixed`, all are such.
  struct FixedPart {
    std::uint16_t name;
    bool first_from_end, last_from_end;
    std::int32_t first, last;      // places from the span's begin, or from its end
    std::uint32_t clause = kNone;  // then the rest does not matter
  };
  std::vector<FixedPart> fixed_parts;
  bool fixed = false;
  std::vector<std::uint32_t> when;   // clauses that the line of a match must satisfy somewhere
  std::vector<std::uint32_t> needs;  // clauses that it will satisfy, but for the common ones

  // Clauses of two units side by side in every match, the rarest such pair; or none.
  std::uint32_t left = kNone, right = kNone;

 private:
  RuleIndex rule_;
  std::function<std::string()> write_;
  mutable std::once_flag written_;
  mutable std::string text_;
  RE2::Options options_;
  mutable std::once_flag built_;
  mutable std::unique_ptr<RE2> pattern_;
};

// Where the flips of a cell are in Level::flips, in one word: they are fetched for every unit.
class CellFlips {
 public:
  static constexpr std::size_t kBlock = 2;  // flips are told in so many

  static constexpr std::size_t kMostFirst = (std::size_t{1} << 20) * kBlock - 1;
  static constexpr std::size_t kMostSize = 0x7FF * kBlock;

  CellFlips() = default;
  CellFlips(std::size_t first, std::size_t last)
      : bits_(static_cast<std::uint32_t>(first / kBlock << 12 | (last - first) / kBlock << 1)) {}
  std::size_t first() const { return std::size_t{bits_ >> 12} * kBlock; }
  std::size_t last() const { return first() + size(); }
  std::size_t size() const { return blocks() * kBlock; }
  std::size_t blocks() const { return bits_ >> 1 & 0x7FF; }
  // Whether the cell may satisfy a pivot; a line without such cells is skipped.
  bool pivotal() const { return (bits_ & 1) != 0; }
  void mark_pivotal() { bits_ |= 1; }
  friend bool operator==(const CellFlips&, const CellFlips&) = default;

 private:
  std::uint32_t bits_ = 0;
};

struct Level {
  std::string name;
  std::size_t index = 0;  // in CompiledRules::levels
  Scope scope = Scope::sentence;
  KindId inside = 0;      // with Scope::kind
  bool keep_all = false;  // policy = "all": no overlap is resolved
  bool consume = true;    // matches become units for the levels after
  Builtin builtin = Builtin::none;
  std::vector<std::string> emits;  // kinds of a builtin

  std::deque<LevelRule> rules;

  // --- the alphabet: filled by alphabet.cpp ---
  std::vector<std::uint16_t> group_class;  // by group
  std::vector<std::uint8_t> look_class;    // by Look::index()
  std::size_t look_classes = 0;
  std::size_t group_classes = 0;
  int width = 1;       // bytes a unit
  bool latin1 = true;  // else the symbols are UTF-8
  // By cell, group_class * look_classes + look_class: the bytes of the unit, most significant
  // first.
  std::vector<std::uint32_t> codes;

  // --- clauses: what units satisfy (see required_of); those that rules require come first ---
  // What is true of unknown words of each class of looks, and on which clauses a cell differs: its
  // flips, in order, then no_clause() as often as it takes to fill blocks. Behind these a row of a
  // board has its looks (board.h).
  std::size_t no_clause() const { return common_looks.size(); }
  std::size_t look_column(std::size_t look) const { return no_clause() + 1 + look; }
  std::vector<std::uint64_t> common_looks;  // by clause: bit l, true of unknown words of look l
  std::vector<std::uint64_t> look_sets;     // the different ones of these; the first is 0
  std::vector<std::uint16_t> look_set_of;   // by clause
  std::vector<std::uint64_t> common;        // clauses with a bit in common_looks, 64 to a word
  std::vector<std::uint16_t> flips;
  std::vector<CellFlips> flips_of;  // by cell
  std::size_t required_words = 0;

  // Which rules to try: required[rule * required_words…] are the clauses a rule needs; it is
  // looked at when its pivot, the rarest of them, is satisfied.
  std::vector<std::uint64_t> required;
  std::vector<std::uint64_t> pivots;                       // the clauses that are a pivot
  std::vector<std::vector<std::uint16_t>> rules_of_pivot;  // by clause
  std::vector<std::uint16_t> rules_without_clause;
  std::string when;  // an atom that must be present for any rule to be tried; may be empty

  // The set of all rules, for stretches in which many of them might fire. It is built when
  // first needed and may run out of memory (then null).
  const RE2::Set* set() const;
  mutable std::once_flag set_built;
  mutable std::unique_ptr<RE2::Set> set_pointer;

  std::size_t cell(std::uint32_t group, Look look) const {
    return group_class[group] * look_classes + look_class[static_cast<std::size_t>(look.index())];
  }
};

// How RE2 is to read the symbols of a level.
RE2::Options options_for(const Level& level);

}  // namespace glane
