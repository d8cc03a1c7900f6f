#include "compile/check_image.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "compile/level.h"
#include "compile/pattern.h"
#include "compile/rules.h"

namespace glane {
namespace {

constexpr std::size_t kDeepest = 200;          // nodes of a pattern inside each other
constexpr std::uint64_t kWidest = 1 << 20;     // units of a match
constexpr std::uint32_t kMostTurns = 1000;     // of a repetition, as in pattern.cpp
constexpr std::size_t kMostColumns = 0xFFFF;   // of a board: flips are told in 16 bits
constexpr std::size_t kMostNumbered = 0xFFFF;  // what is numbered in 16 bits; the last is no number
constexpr float kHeaviest = 1e9F;              // weight of a name

// A flag may hold any byte when it was copied from a file.
bool is_flag(const bool& flag) {
  unsigned char byte = 0;
  std::memcpy(&byte, &flag, 1);
  return byte <= 1;
}

bool lies_in(std::uint64_t begin, std::uint64_t size, std::uint64_t whole) {
  return begin <= whole && size <= whole - begin;
}

template <typename Values>
bool all_below(const Values& values, std::size_t bound) {
  return std::ranges::all_of(values, [&](const auto& value) { return value < bound; });
}

// An open hash table that can be searched: some slot is empty, and a mask reaches all.
template <typename Slots>
bool can_be_searched(const Slots& slots, std::size_t words) {
  std::size_t filled = 0;
  for (const auto& slot : slots) {
    if (slot.word >= words) return false;
    filled += slot.word == kUnknownWord ? 0 : 1;
  }
  return std::has_single_bit(slots.size()) && filled < slots.size();
}

// --- words ---

bool holds(const Lexicon& lexicon, std::size_t words) {
  const std::size_t letters = lexicon.text.size();
  return lexicon.cells.size() == lexicon.rows.size() * lexicon.fields.size() &&
         std::ranges::all_of(
             lexicon.cells,
             [&](const Lexicon::Cell& cell) { return lies_in(cell.begin, cell.size, letters); }) &&
         std::ranges::all_of(lexicon.rows, [&](const Lexicon::Row& row) {
           return row.word < words && row.need <= CaseNeed::capitals;
         });
}

// Is handed the members of a vocabulary, as what writes and reads them is.
class VocabularyCheck {
 public:
  template <typename Facts, typename Table, typename LongWords, typename Steps, typename ListIds>
  void operator()(const Flat<char>& letters, const Flat<Facts>& facts, const Flat<Table>& table,
                  const Flat<LongWords>& long_words, const Flat<LongWords>& stripped,
                  const Flat<Steps>& steps, const Flat<WordId>& nodes, const Flat<Entry>& entries,
                  const std::vector<Lexicon>& lexicons, const ListIds&) {
    if (facts.size() < 2) return;
    const std::size_t words = facts.size() - 1;
    holds = known(facts, letters.size(), nodes.size(), entries.size()) &&
            can_be_searched(table, words) && can_be_searched(long_words, words) &&
            (stripped.empty() || can_be_searched(stripped, words)) && !nodes.empty() &&
            all_below(nodes, words) && can_be_searched(steps, words) &&
            std::ranges::all_of(steps, [&](const Steps& step) { return step.to < nodes.size(); }) &&
            lexicons.size() <= kMostNumbered && listed(entries, lexicons) &&
            std::ranges::all_of(
                lexicons, [&](const Lexicon& lexicon) { return glane::holds(lexicon, words); });
  }
  bool holds = false;

 private:
  // The facts behind those of the last word tell where its entries end.
  template <typename Facts>
  static bool known(const Flat<Facts>& facts, std::size_t letters, std::size_t nodes,
                    std::size_t entries) {
    std::uint32_t first = 0;
    for (const Facts& word : facts) {
      if (word.first_entry < first || word.first_entry > entries || word.first >= nodes ||
          !lies_in(word.begin, word.size, letters))
        return false;
      first = word.first_entry;
    }
    return true;
  }
  static bool listed(const Flat<Entry>& entries, const std::vector<Lexicon>& lexicons) {
    return std::ranges::all_of(entries, [&](const Entry& entry) {
      return entry.lexicon < lexicons.size() && entry.need <= CaseNeed::capitals &&
             entry.row < lexicons[entry.lexicon].rows.size();
    });
  }
};

// --- patterns ---

// Is handed the nodes of a PlaceMap, which may be none, and looks at them from the last to the
// first: children stand behind their parents, each has one, and what a node says of its children is
// what they say.
class PatternCheck {
 public:
  PatternCheck(std::size_t clauses, std::size_t names) : clauses_(clauses), names_(names) {}

  template <typename Node>
  void operator()(const std::vector<Node>& nodes, std::uint32_t first_group, std::uint32_t groups) {
    if (nodes.empty()) {
      holds = groups == first_group;
      return;
    }
    facts_.assign(nodes.size(), {});
    holds = true;
    for (std::size_t i = nodes.size(); i-- > 0 && holds;)
      holds = has_children(nodes[i], i, nodes.size()) && agrees(nodes, i);
    const auto taken = std::ranges::count(facts_, true, &Facts::taken);
    holds = holds && taken + 1 == static_cast<std::ptrdiff_t>(nodes.size());
    least = holds ? facts_[0].least : 0;
  }
  bool holds = false;
  std::uint64_t least = 0;  // units of the shortest match

 private:
  struct Facts {
    bool taken = false;  // is the child of a node
    std::size_t depth = 1;
    std::uint64_t least = 0;
  };

  // Whether a node has as many children as its kind asks for, and its numbers are some.
  template <typename Node>
  bool has_children(const Node& node, std::size_t at, std::size_t nodes) const {
    if (!is_flag(node.named) || !is_flag(node.holds_names)) return false;
    if (node.count > 0 && (node.first <= at || !lies_in(node.first, node.count, nodes)))
      return false;
    switch (node.kind) {
      case Pattern::Kind::predicate:
        return node.count == 0 && node.clause < clauses_;
      case Pattern::Kind::begin:
      case Pattern::Kind::end:
        return node.count == 0;
      case Pattern::Kind::sequence:
        return true;
      case Pattern::Kind::choice:
        return node.count > 0;
      case Pattern::Kind::group:
        return node.name < names_ || node.name == kSpanGroup;
      case Pattern::Kind::repeat:
        return node.count == 1 && node.least <= kMostTurns && node.least <= node.most &&
               (node.most <= kMostTurns || node.most == kUnbounded);
    }
    return false;
  }

  template <typename Node>
  bool agrees(const std::vector<Node>& nodes, std::size_t at) {
    const Node& node = nodes[at];
    Facts& own = facts_[at];
    const bool choice = node.kind == Pattern::Kind::choice;
    own.least = node.kind == Pattern::Kind::predicate ? 1 : 0;
    std::uint64_t width = own.least;  // of every match, when `fixed`
    bool fixed = true;
    bool names_inside = false;
    for (std::size_t c = node.first; c < std::size_t{node.first} + node.count; ++c) {
      Facts& child = facts_[c];
      if (child.taken) return false;
      child.taken = true;
      own.depth = std::max(own.depth, child.depth + 1);
      names_inside |= nodes[c].named;
      const bool other = choice && c > node.first;
      own.least = other ? std::min(own.least, child.least) : own.least + child.least;
      fixed = fixed && nodes[c].width != PlaceMap::kAnyWidth && (!other || nodes[c].width == width);
      width = choice ? nodes[c].width : width + nodes[c].width;
    }
    if (node.kind == Pattern::Kind::repeat) {
      own.least *= node.least;
      width *= node.least;
      fixed = fixed && node.least == node.most;
    }
    return own.depth <= kDeepest && own.least <= kWidest && (!fixed || width <= kWidest) &&
           node.width == (fixed ? width : PlaceMap::kAnyWidth) &&
           node.holds_names == names_inside &&
           node.named == (names_inside || node.kind == Pattern::Kind::group);
  }

  std::size_t clauses_, names_;
  std::vector<Facts> facts_;  // by node
};

// --- a level ---

class LevelCheck {
 public:
  LevelCheck(Level& level, const CompiledRules& rules)
      : level_(level),
        rules_(rules),
        clauses_(level.common_looks.size()),
        cells_(level.group_classes * level.look_classes),
        words_(level.required_words) {}

  bool holds() const {
    if (!settings_hold() || level_.rules.size() > kMostNumbered) return false;
    // A level in C++ has no tables.
    if (level_.rules.empty()) return true;
    return alphabet_holds() && flips_hold() && clauses_hold() && rules_hold();
  }

 private:
  bool settings_hold() const {
    if (!is_flag(level_.keep_all) || !is_flag(level_.consume) || !is_flag(level_.latin1))
      return false;
    if (level_.scope > Scope::kind || level_.builtin > Builtin::name_decision) return false;
    if (level_.inside >= rules_.kinds.size()) return false;
    return !level_.consume || (!level_.keep_all && level_.scope != Scope::kind);
  }

  bool alphabet_holds() const {
    constexpr std::size_t kMostWidth = 4;
    return level_.look_classes > 0 && level_.look_classes <= kLooks && level_.group_classes > 0 &&
           level_.group_classes <= kMostNumbered && level_.width > 0 &&
           level_.width <= static_cast<int>(kMostWidth) &&
           level_.group_class.size() == rules_.word_groups + rules_.kinds.size() &&
           all_below(level_.group_class, level_.group_classes) &&
           level_.look_class.size() == kLooks &&
           all_below(level_.look_class, level_.look_classes) && level_.codes.size() == cells_;
  }

  bool flips_hold() const {
    const std::size_t columns = level_.look_column(level_.look_classes);
    if (columns > kMostColumns || !all_below(level_.flips, columns)) return false;
    return level_.flips_of.size() == cells_ &&
           std::ranges::all_of(level_.flips_of, [&](const CellFlips& flips) {
             return flips.last() <= level_.flips.size();
           });
  }

  bool clauses_hold() const {
    const std::uint64_t looks = level_.look_classes < 64
                                    ? (std::uint64_t{1} << level_.look_classes) - 1
                                    : ~std::uint64_t{0};
    const auto known = [&](std::uint64_t set) { return (set & ~looks) == 0; };
    return level_.look_set_of.size() == clauses_ && !level_.look_sets.empty() &&
           level_.look_sets.size() <= clauses_ + 1 &&
           all_below(level_.look_set_of, level_.look_sets.size()) &&
           std::ranges::all_of(level_.look_sets, known) &&
           std::ranges::all_of(level_.common_looks, known) && words_ <= (clauses_ + 63) / 64 &&
           level_.common.size() == (clauses_ + 63) / 64 && level_.pivots.size() == words_ &&
           clauses_in(level_.pivots.data(), level_.rules_of_pivot.size()) &&
           all_below(level_.rules_without_clause, level_.rules.size()) &&
           std::ranges::all_of(level_.rules_of_pivot, [&](const std::vector<std::uint16_t>& rules) {
             return all_below(rules, level_.rules.size());
           });
  }

  // Whether the bits of words_ words are all of clauses below a bound.
  bool clauses_in(const std::uint64_t* bits, std::size_t bound) const {
    bound = std::min(bound, clauses_);
    for (std::size_t w = bound / 64; w < words_; ++w) {
      const std::uint64_t below =
          w == bound / 64 ? (std::uint64_t{1} << bound % 64) - 1 : std::uint64_t{0};
      if ((bits[w] & ~below) != 0) return false;
    }
    return true;
  }

  bool rules_hold() const {
    if (level_.required.size() != level_.rules.size() * words_) return false;
    for (std::size_t i = 0; i < level_.rules.size(); ++i) {
      LevelRule& rule = level_.rules[i];
      if (rule.rule() >= rules_.rules.size() || rules_.rules[rule.rule()].place != i ||
          rules_.rules[rule.rule()].level != level_.index)
        return false;
      if (!clauses_in(level_.required.data() + i * words_, clauses_) || !holds(rule)) return false;
    }
    return true;
  }

  // `least` becomes the number of units of the shortest match.
  bool holds(PlaceMap& map, std::int64_t& least) const {
    PatternCheck check(clauses_, rules_.names.size());
    map.visit(check);
    least = static_cast<std::int64_t>(check.least);
    return check.holds;
  }

  bool holds(LevelRule& rule) const {
    const auto names = rules_.names.size();
    std::int64_t before = 0;
    std::int64_t span = 0;
    std::int64_t after = 0;
    if (rule.span.empty() || !holds(rule.span, span) || !holds(rule.before, before) ||
        !holds(rule.after, after))
      return false;
    const bool pair = rule.left != LevelRule::kNone || rule.right != LevelRule::kNone;
    if (pair && (rule.left >= clauses_ || rule.right >= clauses_)) return false;
    return rule.emit < rules_.kinds.size() && is_flag(rule.kill) && is_flag(rule.has_captures) &&
           is_flag(rule.fixed) && all_below(rule.when, clauses_) &&
           all_below(rule.needs, clauses_) &&
           std::ranges::all_of(rule.groups,
                               [&](auto name) { return name < names || name == kSpanGroup; }) &&
           std::ranges::all_of(rule.fixed_parts, [&](const LevelRule::FixedPart& part) {
             return holds(part, before, span, after);
           });
  }

  // Both ends lie in every match and its contexts, of which the least widths are given, the first
  // not behind the last.
  bool holds(const LevelRule::FixedPart& part, std::int64_t before, std::int64_t span,
             std::int64_t after) const {
    if (!is_flag(part.first_from_end) || !is_flag(part.last_from_end)) return false;
    const auto inside = [&](bool from_end, std::int64_t place) {
      return from_end ? -span - before <= place && place <= after
                      : -before <= place && place <= span + after;
    };
    if (part.name >= rules_.names.size()) return false;
    if (part.clause != LevelRule::kNone) return part.clause < clauses_;
    if (!inside(part.first_from_end, part.first) || !inside(part.last_from_end, part.last))
      return false;
    if (part.first_from_end == part.last_from_end) return part.first <= part.last;
    // Of a match that may be longer than the least, only the end can lie further away.
    return !part.first_from_end && part.first <= span + part.last;
  }

  Level& level_;
  const CompiledRules& rules_;
  std::size_t clauses_, cells_, words_;
};

// --- the rest ---

bool holds(const Example& example) {
  return is_flag(example.todo) && is_flag(example.reject) &&
         std::ranges::all_of(example.spans, [&](const SourceSpan& span) {
           return span.begin <= span.end && span.end <= example.text.size();
         });
}

bool holds(const Rule& rule, const CompiledRules& rules) {
  return is_flag(rule.kill) && rule.level < rules.levels.size() && rule.emit < rules.kinds.size() &&
         rule.place < rules.levels[rule.level]->rules.size() &&
         std::ranges::all_of(rule.examples, [](const Example& example) { return holds(example); });
}

bool holds(const NameWeights& weights, std::size_t rules) {
  const auto sane = [](float weight) {
    return std::isfinite(weight) && std::abs(weight) <= kHeaviest;
  };
  return weights.rules.size() == rules &&
         std::ranges::all_of(
             weights.rules,
             [&](const NameScores& scores) { return std::ranges::all_of(scores, sane); }) &&
         std::ranges::all_of(kNameWeights,
                             [&](const NameWeight& one) { return sane(weights.*one.value); });
}

}  // namespace

bool is_sound(CompiledRules& rules) {
  if (rules.kinds.empty() || !rules.kinds[0].empty() || rules.kinds.size() > kMostNumbered ||
      rules.names.size() >= kSpanGroup || rules.levels.size() > kMostNumbered)
    return false;
  VocabularyCheck vocabulary;
  rules.vocabulary.visit(vocabulary);
  if (!vocabulary.holds || rules.word_groups > kMostNumbered << 16 ||
      rules.word_group.size() != rules.vocabulary.size() ||
      !all_below(rules.word_group, rules.word_groups))
    return false;
  for (std::size_t l = 0; l < rules.levels.size(); ++l) {
    Level& level = *rules.levels[l];
    if (level.index != l || !LevelCheck(level, rules).holds()) return false;
  }
  return holds(rules.name_weights, rules.rules.size()) &&
         std::ranges::all_of(rules.rules, [&](const Rule& rule) { return holds(rule, rules); });
}

}  // namespace glane
