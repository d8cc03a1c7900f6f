// The cascade: levels of rules over token classes.
//
// Each level reads a text as a string of symbols, one per unit. Units that no rule of the
// level tells apart share a symbol, so a level's alphabet is small and RE2's automata stay
// small with it. A level knows a unit by its group (what its word is in lexicons and
// literals, or which kind of match it is) and its look (shape, sentence start, glued); two
// small tables give its symbol. pattern.cpp reads patterns, alphabet.cpp makes the symbols,
// compile_level.cpp joins them.
//
// Which rules are tried on a stretch of text: every rule has clauses that any match must
// satisfy somewhere ("a month", "a currency"). The clauses of a stretch are the union of
// those of its units; most rules fall there, without any automaton. The few that are left
// are located directly, the many are first told apart by one RE2::Set.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "position_sets.h"
#include "rules.h"

namespace glane {

// Where a level is applied, one run of RE2 each.
enum class Scope : std::uint8_t { sentence, paragraph, document, kind };

// Stages between levels that are not regular: written in C++, named in rules/levels.toml.
enum class Builtin : std::uint8_t { none, quotation_marks, name_decision };

// A rule of a level. Its RE2 is built when the rule is first tried, once.
class LevelRule {
 public:
  LevelRule(RuleIndex rule, std::string text, const RE2::Options& options)
      : rule_(rule), text_(std::move(text)), options_(options) {}

  RuleIndex rule() const { return rule_; }
  const std::string& text() const { return text_; }
  const RE2& pattern() const;  // safe to call from many threads

  std::vector<std::uint16_t> groups;  // of each RE2 group from 1: the capture's name, or kSpanGroup

  // Without contexts the bounds of a match can be found first, its captures when it is kept.
  bool without_context = false;

  // A pattern with few ways through it needs no automaton: element i of a match satisfies
  // clause steps[i] of one of its ways, the longest that fits.
  struct Step {
    std::uint32_t clause = 0;
    bool or_edge = false;  // the edge of the text stands for it too (not_before, not_after)
  };
  struct Part {
    std::uint16_t name;
    std::uint16_t first, last;  // steps
  };
  struct Way {
    std::vector<Step> steps;
    std::vector<Part> parts;  // captures, the span among them
    bool at_begin = false;    // only at the begin, or the end, of the text
    bool at_end = false;
  };
  std::vector<Way> ways;  // the longest first; may be none

  // Else, where neither context has captures, the bounds of matches in short lines come from
  // sets of places, and RE2 only reads their captures.
  std::vector<PlaceMap> before, after;  // the contexts
  PlaceMap span;
  static constexpr std::uint32_t kAnyFirst = 0xFFFFFFFF;
  std::uint32_t first = kAnyFirst;  // the clause that the first unit of the span satisfies

 private:
  RuleIndex rule_;
  std::string text_;
  RE2::Options options_;
  mutable std::once_flag built_;
  mutable std::unique_ptr<RE2> pattern_;
};

struct Level {
  std::string name;
  std::size_t index = 0;       // in CompiledRules::levels
  Scope scope = Scope::sentence;
  KindId inside = 0;           // with Scope::kind
  bool keep_all = false;       // policy = "all": no overlap is resolved
  bool consume = true;         // matches become units for the levels after
  Builtin builtin = Builtin::none;
  std::vector<std::string> emits;  // kinds of a builtin

  std::deque<LevelRule> rules;

  // --- the alphabet: filled by alphabet.cpp ---
  std::vector<std::uint16_t> group_class;  // by group
  std::vector<std::uint8_t> look_class;    // by Look::index()
  std::size_t look_classes = 0;
  std::size_t group_classes = 0;
  int width = 1;        // bytes a unit
  bool latin1 = true;   // else the symbols are UTF-8
  // By group_class * look_classes + look_class: the bytes of the unit, most significant first,
  // and the clauses it satisfies, as an index into masks in steps of mask_words.
  std::vector<std::uint32_t> codes;
  std::vector<std::uint32_t> mask_of;
  std::vector<std::uint64_t> masks;
  std::size_t mask_words = 0;
  std::size_t required_words = 0;  // the clauses that rules require come first

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
    return group_class[group] * look_classes +
           look_class[static_cast<std::size_t>(look.index())];
  }
};

// Compiles the rules of one level: `members` are their indices in rules.rules, in file order;
// `patterns` are the shared sub-patterns by name. Throws SetupError naming file and line.
void compile_level(Level& level, const std::vector<RuleIndex>& members, CompiledRules& rules,
                   const std::map<std::string, std::string>& patterns);

// Gives the words of every literal of a pattern an id, before groups are made.
void collect_literals(const std::string& pattern, Vocabulary& vocabulary,
                      std::vector<WordId>& literals);

// Groups words by what lexicons and literals say of them (CompiledRules::word_group), then
// numbers the kinds behind them.
void make_groups(CompiledRules& rules, std::vector<WordId> literals);

// The units of a text before the first level: its tokens, multi-word entries joined.
void start_chart(Chart& chart, const CompiledRules& rules);

// What a thread keeps from text to text: the memory of its runs. One thread at a time.
struct CascadeWorkspace {
  CascadeWorkspace();
  ~CascadeWorkspace();

  std::vector<std::unique_ptr<class LevelRun>> runs;  // by Level::index
  // How often the RE2::Set of a level ran out of memory for its automaton, so that rules
  // were tried one by one.
  std::uint64_t set_overflows = 0;
};

// Runs one level over the chart: adds what it keeps to chart.matches and, when the level
// consumes, rebuilds chart.units.
void run_level(const Level& level, const CompiledRules& rules, Chart& chart,
               CascadeWorkspace& workspace);

// Makes matches [first, chart.matches.size()) units in place of what they cover.
void consume_matches(Chart& chart, std::size_t first, const CompiledRules& rules);

}  // namespace glane
