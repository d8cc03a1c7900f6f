// What a match of a rule of figures says: its named parts (figure_tables.h lists them), as
// texts, numbers and fields of word lists, and the rule's settings.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compile/figure_tables.h"
#include "compile/rules.h"
#include "interpret/figure_context.h"
#include "interpret/interpret_number.h"
#include "segment/chart.h"

namespace glane {

// A whole number from 0 to 99 999.
std::optional<int> small_integer(const std::optional<Amount>& amount);
std::optional<int> read_small_integer(std::string_view folded);

class MatchParts {
 public:
  MatchParts(const Chart& chart, const CompiledRules& rules, const FigureContext& context)
      : chart_(chart), rules_(rules), context_(context) {}

  // The parts are those of `match` from now on.
  void show(const Match& match);

  // The second or third part of a kind: the second of value is value2.
  static FigurePart nth(FigurePart first, int i) {
    return static_cast<FigurePart>(static_cast<int>(first) + i);
  }

  const Match& match() const { return *match_; }
  TokenRange range() const { return match_->range; }
  const Rule& rule() const { return rules_.rules[match_->rule]; }
  std::string_view setting(std::string_view key) const { return rule().setting(key); }

  bool has(FigurePart part) const { return (present_ >> static_cast<int>(part) & 1) != 0; }
  std::optional<TokenRange> part(FigurePart part) const;
  std::string text_of(FigurePart part) const;  // folded; "" when absent

  // A cell of the row of a word list that the part is; "" when it is none.
  std::string_view field(FigurePart part, WordList lexicon, std::string_view column) const;
  std::optional<int> field_number(FigurePart part, WordList lexicon, std::string_view column) const;

  std::optional<Amount> amount(FigurePart part) const;
  std::optional<int> number_of(FigurePart part) const;  // a small cardinal or ordinal

 private:
  const Chart& chart_;
  const CompiledRules& rules_;
  const FigureContext& context_;
  const Match* match_ = nullptr;
  std::uint64_t present_ = 0;  // bit p: the match has part p
  std::array<TokenRange, static_cast<std::size_t>(FigurePart::none) + 1> parts_;
};

}  // namespace glane
