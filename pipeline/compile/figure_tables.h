// What interpreting a figure asks of a set of rules and its word lists, looked up once when
// they are loaded: asking by name would compare strings for every word around every figure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "glane/document.h"
#include "segment/vocabulary.h"

namespace glane {

struct CompiledRules;

// The captures of rules of figures (interpret.h says what they mean). The second and third of
// a kind stand behind the first.
enum class FigurePart : std::uint8_t {
  value,
  value2,
  value3,
  period,
  period2,
  period3,
  unit,
  unit2,
  min,
  max,
  cents,
  over,
  under,
  times,
  counted,
  half,
  quarter,
  clock,
  race,
  a,
  b,
  phase,
  digits,
  digits2,
  weekday,
  weekday2,
  day,
  day2,
  month,
  month2,
  year,
  year2,
  season,
  season2,
  holiday,
  holiday2,
  part,
  part2,
  toward,
  rank,
  none
};

enum class Tense : std::uint8_t { unknown, past, present, future };

// A row of the list figure_cue.
struct FigureCue {
  std::optional<Modifier> modifier;
  std::optional<Modifier> amount_modifier;
  bool amount = false;  // says something of its own of amounts and lengths
  bool past = false;
  std::optional<Relation> relation;
  std::optional<Relation> later;
  Trend direction = Trend::none;
};

// Cues by their bytes, from the first on or from the last on.
class CueTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNowhere = 0xFFFFFFFF;

  CueTrie() : states_(1), edges_(64) {}

  Node step(Node node, char byte) const;
  const FigureCue* cue(Node node) const;  // that ends here; null when none does
  Node add(Node node, char byte);
  void end(Node node, const FigureCue& cue);  // the first of two with one name stays

 private:
  struct State {
    std::uint32_t cue = 0;  // 1 + index
  };
  // An edge, in an open hash table: 0 is an empty slot, for no edge leads to the root.
  struct Edge {
    std::uint32_t from = 0;  // node, then byte
    Node to = 0;
  };
  static std::uint32_t key_of(Node node, char byte) {
    return node << 8 | static_cast<unsigned char>(byte);
  }
  std::size_t slot_of(std::uint32_t key) const;

  std::vector<State> states_;
  std::vector<Edge> edges_;
  std::vector<FigureCue> cues_;
};

class FigureTables {
 public:
  explicit FigureTables(const CompiledRules& rules);

  // Nothing for matches that are no figures.
  std::optional<FigureKind> kind(std::uint16_t kind) const { return kinds_[kind]; }
  FigurePart part(std::uint16_t capture_name) const { return parts_[capture_name]; }

  // What a word is, as the bits of a number.
  enum Trait : std::uint16_t {
    link = 1,      // may stand between a cue and its figure
    preposed = 2,  // an adjective before a counted noun
    ranks = 4,     // another rank or adjective joined by "et"
    never_counted = 8,
    number_word = 16,
    change_verb = 32,
    common = 64,  // an ordinary word, also where it has a capital
    currency_place = 128,
    verb_form = 256,  // counted only behind an article: "des sommes"
    noun_in_e = 512,  // ends like a participle: "blessés", "journées"
    adverb = 1024,
    calendar = 2048  // a weekday or a month: "le premier lundi", but not "deux autres lundi"
  };
  bool has(WordId word, Trait trait) const { return (words_[word].traits & trait) != 0; }
  // The tense of a verb of the lists, or of a word that announces; nothing when no list knows.
  std::optional<Tense> tense(WordId word) const {
    const std::uint8_t tense = words_[word].tense;
    return tense == 0 ? std::nullopt : std::optional(static_cast<Tense>(tense - 1));
  }

  const CueTrie& cues_before() const { return before_; }  // from their last byte on
  const CueTrie& cues_after() const { return after_; }    // from their first byte on

 private:
  struct Word {
    std::uint16_t traits = 0;
    std::uint8_t tense = 0;  // 1 + Tense
  };
  void mark(const Vocabulary& vocabulary, std::string_view lexicon, Trait trait);
  void mark_auxiliaries(const Vocabulary& vocabulary);
  void mark_finite_verbs(const Vocabulary& vocabulary);
  void mark_tenses(const Vocabulary& vocabulary);
  void read_cues(const Vocabulary& vocabulary);

  std::vector<std::optional<FigureKind>> kinds_;
  std::vector<FigurePart> parts_;
  std::vector<Word> words_;
  CueTrie before_;
  CueTrie after_;
};

std::optional<Modifier> modifier_named(std::string_view word);  // nothing for ""
std::optional<Relation> relation_named(std::string_view word);
Trend trend_named(std::string_view word);  // none for other words

}  // namespace glane
