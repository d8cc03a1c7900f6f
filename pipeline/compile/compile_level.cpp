// Rules → RE2 over symbols.
//
// The patterns of a level are read into trees; when all are read, the level's predicates are
// known and its alphabet can be made; then every tree is written as an RE2 pattern in which
// each predicate is the class of the symbols that satisfy it.

#include "compile/compile_level.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "compile/alphabet.h"
#include "compile/pattern.h"

namespace glane {
namespace {

// Writes a tree as RE2 text.
class Writer {
 public:
  explicit Writer(const Alphabet& alphabet) : alphabet_(alphabet) {}

  std::string write(const Pattern& pattern) {
    switch (pattern.kind) {
      case Pattern::Kind::predicate:
        return alphabet_.text(pattern.predicate);
      case Pattern::Kind::begin:
        return "^";
      case Pattern::Kind::end:
        return "$";
      case Pattern::Kind::repeat:
        return "(?:" + write(pattern.children.front()) + ")" + pattern.repetition;
      case Pattern::Kind::group:
        return "(" + write(pattern.children.front()) + ")";
      case Pattern::Kind::sequence:
        return joined(pattern.children, "");
      case Pattern::Kind::choice:
        return "(?:" + joined(pattern.children, "|") + ")";
    }
    return {};
  }

 private:
  std::string joined(const std::vector<Pattern>& children, const char* between) {
    std::string out;
    bool first = true;
    for (const Pattern& child : children) {
      if (!first) out += between;
      first = false;
      out += write(child);
    }
    return out;
  }

  const Alphabet& alphabet_;
};

// The names of a pattern's groups in the order they open: which RE2 group is which capture.
void add_groups(const Pattern& pattern, std::vector<std::uint16_t>& groups) {
  if (pattern.kind == Pattern::Kind::group) groups.push_back(pattern.name);
  for (const Pattern& child : pattern.children) add_groups(child, groups);
}

template <typename Action>
void naming_the_rule(const Rule& rule, Action action) {
  try {
    action();
  } catch (const SetupError& error) {
    throw SetupError(rule.file + ":" + std::to_string(rule.line) + ": rule " + rule.id + ": " +
                     error.what());
  }
}

// Finds the captures whose distance to an end of the span is the same in every match, and those of
// one unit. `clause_of` gives the clause of a predicate.
template <typename ClauseOf>
class FixedParts {
 public:
  FixedParts(const Pattern& tree, ClauseOf clause_of, std::vector<LevelRule::FixedPart>& parts)
      : clause_of_(clause_of), parts_(parts) {
    bool behind = false;
    for (const Pattern& child : tree.children) {
      const bool span = child.kind == Pattern::Kind::group && child.name == kSpanGroup;
      const Distance width = width_of(child);
      if (span) {
        in_span_ = true;
        add(child.children.front(), Place{0, false}, Place{0, true}, true);
        in_span_ = false;
      } else if (behind) {
        add(child, Place{0, true}, moved(Place{0, true}, width, 1), true);
      } else {
        add(child, moved(Place{0, false}, width, -1), Place{0, false}, true);
      }
      behind |= span;
    }
  }
  bool all() const { return all_; }

 private:
  using Distance = std::optional<std::int32_t>;
  struct Place {
    std::int32_t distance;
    bool from_end;
  };
  using Edge = std::optional<Place>;

  // The number of units of every match, when all have as many.
  static Distance width_of(const Pattern& pattern) {
    if (pattern.kind == Pattern::Kind::predicate) return 1;
    std::int32_t width = 0;
    for (std::size_t i = 0; i < pattern.children.size(); ++i) {
      const Distance child = width_of(pattern.children[i]);
      if (!child) return std::nullopt;
      if (pattern.kind == Pattern::Kind::choice && i > 0 && *child != width) return std::nullopt;
      width = pattern.kind == Pattern::Kind::choice ? *child : width + *child;
    }
    if (pattern.kind != Pattern::Kind::repeat) return width;
    const Repetition limits = repetition_of(pattern);
    if (limits.least != limits.most) return std::nullopt;
    return width * static_cast<std::int32_t>(limits.least);
  }

  static Edge moved(Edge edge, Distance by, std::int32_t sign) {
    if (!edge || !by) return std::nullopt;
    return Place{edge->distance + sign * *by, edge->from_end};
  }

  // `always`: whether the pattern takes part in every match, once.
  void add(const Pattern& pattern, Edge first, Edge last, bool always) {
    const Distance width = width_of(pattern);
    if (!first) first = moved(last, width, -1);
    if (!last) last = moved(first, width, 1);
    if (pattern.kind == Pattern::Kind::group) {
      const Pattern& part = pattern.children.front();
      const bool unit = in_span_ && part.kind == Pattern::Kind::predicate;
      all_ &= always && ((first && last) || unit);
      if (first && last) {
        parts_.push_back(
            {pattern.name, first->from_end, last->from_end, first->distance, last->distance});
      } else if (unit) {
        parts_.push_back({pattern.name, false, false, 0, 0,
                          static_cast<std::uint32_t>(clause_of_(part.predicate))});
      }
    }
    const bool in_row =
        pattern.kind == Pattern::Kind::group || pattern.kind == Pattern::Kind::sequence;
    for (std::size_t i = 0; i < pattern.children.size(); ++i) {
      Edge begin = in_row ? first : std::nullopt;
      Edge end = in_row ? last : std::nullopt;
      for (std::size_t k = 0; k < i; ++k) begin = moved(begin, width_of(pattern.children[k]), 1);
      for (std::size_t k = pattern.children.size(); --k > i;)
        end = moved(end, width_of(pattern.children[k]), -1);
      add(pattern.children[i], begin, end, always && in_row);
    }
  }

  ClauseOf clause_of_;
  std::vector<LevelRule::FixedPart>& parts_;
  bool all_ = true;
  bool in_span_ = false;
};

// The same pattern with no sequence in a sequence, and none of one element: fewer steps for
// PlaceMap.
Pattern flattened(const Pattern& pattern) {
  Pattern out = pattern;
  out.children.clear();
  const bool row = pattern.kind == Pattern::Kind::sequence || pattern.kind == Pattern::Kind::group;
  for (const Pattern& child : pattern.children) {
    Pattern flat = flattened(child);
    if (row && flat.kind == Pattern::Kind::sequence) {
      std::ranges::move(flat.children, std::back_inserter(out.children));
    } else {
      out.children.push_back(std::move(flat));
    }
  }
  if (out.kind == Pattern::Kind::sequence && out.children.size() == 1) {
    Pattern only = std::move(out.children.front());
    return only;
  }
  return out;
}

class Compilation : public std::enable_shared_from_this<Compilation> {
 public:
  Compilation(Level& level, const std::vector<RuleIndex>& members, CompiledRules& rules)
      : level_(level), members_(members), rules_(rules), predicates_(rules) {}

  void run(const std::map<std::string, std::string>& patterns,
           const std::vector<UnitCount>& counts) {
    predicates_.expression("any");
    for (const RuleIndex index : members_) {
      naming_the_rule(rules_.rules[index], [&] {
        const Rule& rule = rules_.rules[index];
        trees_.push_back(read_rule_pattern(rule, patterns, predicates_, rules_));
        when_.emplace_back();
        for (const std::string* when : {&std::as_const(level_).when, &rule.when}) {
          if (!when->empty()) when_.back().push_back(predicates_.expression(*when));
        }
      });
    }
    alphabet_.emplace(level_, rules_, predicates_, counts);
    for (std::size_t i = 0; i < trees_.size(); ++i) add(i);
    level_.required_words = (clauses_.size() + 63) / 64;
    for (std::size_t i = 0; i < trees_.size(); ++i) add_places(level_.rules[i], trees_[i]);
    for (const Pattern& tree : trees_) {
      neighbours_.emplace_back();
      for (const auto& [left, right] : neighbours_of(tree)) {
        neighbours_.back().emplace_back(clause_id({left}), clause_id({right}));
      }
    }
    alphabet_->tell_clauses(clauses_);
    for (const std::vector<std::size_t>& clause : clauses_)
      weights_.push_back(alphabet_->weight(clause));
    require();
    for (std::size_t i = 0; i < trees_.size(); ++i) choose_neighbours(i);
    note_pivotal();
  }

 private:
  // Only long lines ask for the text of a rule: it is written when one does, from what this
  // compilation knows, which the rules of the level keep.
  std::string write(std::size_t i) {
    const std::lock_guard lock(writing_);
    return Writer(*alphabet_).write(trees_[i]);
  }

  void add(std::size_t i) {
    level_.rules.emplace_back(
        members_[i], [self = shared_from_this(), i] { return self->write(i); },
        options_for(level_));
    add_groups(trees_[i], level_.rules.back().groups);
    const Rule& rule = rules_.rules[members_[i]];
    level_.rules.back().priority = rule.priority;
    level_.rules.back().emit = rule.emit;
    level_.rules.back().kill = rule.kill;
    required_.emplace_back();
    for (const std::size_t when : when_[i]) {
      required_.back().push_back(clause_id({when}));
      level_.rules.back().when.push_back(static_cast<std::uint32_t>(required_.back().back()));
    }
    const auto weight = [this](std::size_t predicate) { return alphabet_->weight(predicate); };
    for (const std::vector<std::size_t>& clause : required_of(trees_[i], weight)) {
      required_.back().push_back(clause_id(clause));
    }
  }

  void add_places(LevelRule& rule, const Pattern& tree) {
    const auto clause = [&](std::size_t predicate) { return clause_id({predicate}); };
    std::uint32_t groups = 0;
    bool behind = false;
    for (const Pattern& part : tree.children) {
      const bool span = part.kind == Pattern::Kind::group && part.name == kSpanGroup;
      PlaceMap& map = span ? rule.span : behind ? rule.after : rule.before;
      map = PlaceMap(flattened(part), clause, groups);
      groups = map.groups();
      behind |= span;
    }
    rule.has_captures = groups > 1;
    rule.fixed = FixedParts(tree, clause, rule.fixed_parts).all();
  }

  std::size_t clause_id(const std::vector<std::size_t>& clause) {
    const auto [it, fresh] = clause_ids_.try_emplace(clause, clauses_.size());
    if (fresh) clauses_.push_back(clause);
    return it->second;
  }

  void require() {
    const std::size_t words = level_.required_words;
    level_.required.assign(trees_.size() * words, 0);
    level_.rules_of_pivot.resize(clauses_.size());
    level_.pivots.assign(words, 0);
    for (std::size_t i = 0; i < trees_.size(); ++i) {
      for (const std::size_t c : required_[i]) {
        level_.required[i * words + c / 64] |= std::uint64_t{1} << c % 64;
      }
      const auto pivot =
          std::ranges::min_element(required_[i], {}, [&](std::size_t c) { return weights_[c]; });
      if (pivot == required_[i].end()) {
        level_.rules_without_clause.push_back(static_cast<std::uint16_t>(i));
      } else {
        level_.rules_of_pivot[*pivot].push_back(static_cast<std::uint16_t>(i));
        level_.pivots[*pivot / 64] |= std::uint64_t{1} << *pivot % 64;
      }
    }
  }

  // The pair that is met most seldom, were its clauses to come as they please.
  void choose_neighbours(std::size_t i) {
    LevelRule& rule = level_.rules[i];
    const auto weight = [&](std::size_t clause) { return weights_[clause]; };
    std::ranges::sort(required_[i], {}, weight);
    for (const std::size_t clause : required_[i]) {
      if (level_.common_looks[clause] == 0)
        rule.needs.push_back(static_cast<std::uint32_t>(clause));
    }
    const auto both = [&](const auto& pair) {
      return static_cast<double>(weights_[pair.first]) * static_cast<double>(weights_[pair.second]);
    };
    const auto rarest = std::ranges::min_element(neighbours_[i], {}, both);
    if (rarest == neighbours_[i].end()) return;
    rule.left = static_cast<std::uint32_t>(rarest->first);
    rule.right = static_cast<std::uint32_t>(rarest->second);
  }

  // A cell is pivotal when it satisfies the pivot of some rule.
  void note_pivotal() {
    std::vector<std::size_t> pivots;
    for (std::size_t clause = 0; clause < level_.pivots.size() * 64; ++clause) {
      if ((level_.pivots[clause / 64] >> clause % 64 & 1) != 0) pivots.push_back(clause);
    }
    for (std::size_t cell = 0; cell < level_.flips_of.size(); ++cell) {
      CellFlips& flips = level_.flips_of[cell];
      const auto flip = level_.flips.begin() + static_cast<std::ptrdiff_t>(flips.first());
      const auto holds = [&](std::size_t clause) {
        const bool common = (level_.common_looks[clause] >> cell % level_.look_classes & 1) != 0;
        const auto last = flip + static_cast<std::ptrdiff_t>(flips.size());
        return common != (std::find(flip, last, clause) != last);
      };
      if (!level_.rules_without_clause.empty() || std::ranges::any_of(pivots, holds))
        flips.mark_pivotal();
    }
  }

  Level& level_;
  std::vector<RuleIndex> members_;
  CompiledRules& rules_;
  Predicates predicates_;
  std::optional<Alphabet> alphabet_;
  std::mutex writing_;
  std::vector<std::vector<std::size_t>> when_;  // per rule: what must be present
  std::vector<Pattern> trees_;
  std::vector<std::vector<std::size_t>> required_;  // per rule: its clauses
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> neighbours_;
  std::vector<std::vector<std::size_t>> clauses_;  // distinct, as predicates
  std::map<std::vector<std::size_t>, std::size_t> clause_ids_;
  std::vector<std::size_t> weights_;  // by clause: how often it is met
};

}  // namespace

RE2::Options options_for(const Level& level) {
  RE2::Options options;
  options.set_longest_match(true);
  options.set_dot_nl(true);
  options.set_log_errors(false);
  options.set_max_mem(64 << 20);
  options.set_encoding(level.latin1 ? RE2::Options::EncodingLatin1 : RE2::Options::EncodingUTF8);
  return options;
}

const std::string& LevelRule::text() const {
  std::call_once(written_, [this] { text_ = write_(); });
  return text_;
}

const RE2& LevelRule::pattern() const {
  std::call_once(built_, [this] { pattern_ = std::make_unique<RE2>(text(), options_); });
  return *pattern_;
}

const RE2::Set* Level::set() const {
  std::call_once(set_built, [this] {
    auto built = std::make_unique<RE2::Set>(options_for(*this), RE2::UNANCHORED);
    for (const LevelRule& rule : rules) built->Add(rule.text(), nullptr);
    if (built->Compile()) set_pointer = std::move(built);
  });
  return set_pointer.get();
}

void collect_literals(const std::string& pattern, Vocabulary& vocabulary,
                      std::vector<WordId>& literals) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char quote = pattern[at];
    if (quote != '\'' && quote != '"') continue;
    const std::size_t end = pattern.find(quote, at + 1);
    if (end == std::string::npos) return;
    const std::string literal = pattern.substr(at + 1, end - at - 1);
    const std::vector<std::string> words = words_of_literal(literal);
    for (const std::string& word : words) literals.push_back(vocabulary.add(word));
    const WordId joined = vocabulary.find(joined_words(words));
    if (joined != kUnknownWord) literals.push_back(joined);
    at = end;
  }
}

void make_groups(CompiledRules& rules, std::vector<WordId> literals) {
  const Vocabulary& vocabulary = rules.vocabulary;
  std::vector<bool> literal(vocabulary.size(), false);
  for (const WordId word : literals) literal[word] = true;
  std::unordered_map<std::string, std::uint32_t> known;
  rules.word_group.resize(vocabulary.size());
  std::string key;
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    key.clear();
    for (const Entry& entry : vocabulary.entries(word)) {
      key += static_cast<char>(entry.lexicon & 0xFF);
      key += static_cast<char>(entry.lexicon >> 8);
      key += static_cast<char>(entry.need);
    }
    if (literal[word]) key += "'" + std::to_string(word);
    rules.word_group[word] =
        known.try_emplace(key, static_cast<std::uint32_t>(known.size())).first->second;
  }
  rules.word_groups = static_cast<std::uint32_t>(known.size());
}

void compile_level(Level& level, const std::vector<RuleIndex>& members, CompiledRules& rules,
                   const std::map<std::string, std::string>& patterns,
                   const std::vector<UnitCount>& counts) {
  std::make_shared<Compilation>(level, members, rules)->run(patterns, counts);
}

}  // namespace glane
