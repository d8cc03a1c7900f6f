#include "compile/figure_tables.h"

#include <algorithm>
#include <array>

#include "compile/rules.h"

namespace glane {

namespace {

// In the order of FigurePart.
constexpr auto kParts = std::to_array<std::string_view>(
    {"value",   "value2",   "value3",  "period",   "period2", "period3", "unit",    "unit2",
     "min",     "max",      "cents",   "over",     "under",   "times",   "counted", "half",
     "quarter", "clock",    "race",    "a",        "b",       "phase",   "digits",  "digits2",
     "weekday", "weekday2", "day",     "day2",     "month",   "month2",  "year",    "year2",
     "season",  "season2",  "holiday", "holiday2", "part",    "part2",   "toward",  "rank"});
static_assert(kParts.size() == static_cast<std::size_t>(FigurePart::none));

FigurePart part_named(std::string_view name) {
  return static_cast<FigurePart>(std::ranges::find(kParts, name) - kParts.begin());
}

// Calls action(word, row) for the rows of a lexicon, if there is such a one.
template <typename Action>
void each_row(const Vocabulary& vocabulary, std::string_view lexicon, Action action) {
  const auto id = vocabulary.lexicon_id(lexicon);
  if (!id) return;
  const Lexicon& list = vocabulary.lexicon(*id);
  for (std::uint32_t row = 0; row < list.rows.size(); ++row) action(list.rows[row].word, row);
}

// The cells of a column of a lexicon, which is looked for once; all are "" where there is none.
class Column {
 public:
  Column(const Vocabulary& vocabulary, std::string_view lexicon, std::string_view field) {
    const auto id = vocabulary.lexicon_id(lexicon);
    if (!id) return;
    list_ = &vocabulary.lexicon(*id);
    const auto found = std::ranges::find(list_->fields, field);
    index_ = static_cast<std::size_t>(found - list_->fields.begin());
  }

  std::string_view operator[](std::uint32_t row) const {
    return list_ && index_ < list_->fields.size() ? list_->cell(row, index_) : std::string_view();
  }

 private:
  const Lexicon* list_ = nullptr;
  std::size_t index_ = 0;
};

}  // namespace

std::optional<Modifier> modifier_named(std::string_view word) {
  if (word.empty()) return std::nullopt;  // nearly always
  for (Modifier modifier : {Modifier::approx, Modifier::min, Modifier::max, Modifier::start,
                            Modifier::mid, Modifier::end})
    if (word == to_string(modifier)) return modifier;
  return std::nullopt;
}

std::optional<Relation> relation_named(std::string_view word) {
  if (word.empty()) return std::nullopt;
  for (Relation relation : {Relation::before, Relation::after, Relation::since, Relation::until})
    if (word == to_string(relation)) return relation;
  return std::nullopt;
}

Trend trend_named(std::string_view word) {
  return word == "up" ? Trend::up : word == "down" ? Trend::down : Trend::none;
}

// ---- cues --------------------------------------------------------------------------------

std::size_t CueTrie::slot_of(std::uint32_t key) const {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = (key * 0x9E3779B1U >> 8) & mask;
  while (edges_[at].to != 0 && edges_[at].from != key) at = (at + 1) & mask;
  return at;
}

CueTrie::Node CueTrie::step(Node node, char byte) const {
  const Node to = edges_[slot_of(key_of(node, byte))].to;
  return to != 0 ? to : kNowhere;
}

const FigureCue* CueTrie::cue(Node node) const {
  const std::uint32_t cue = states_[node].cue;
  return cue == 0 ? nullptr : &cues_[cue - 1];
}

CueTrie::Node CueTrie::add(Node node, char byte) {
  if (const Node known = step(node, byte); known != kNowhere) return known;
  if (states_.size() * 2 > edges_.size()) {
    std::vector<Edge> old(edges_.size() * 2);
    old.swap(edges_);
    for (const Edge& edge : old) {
      if (edge.to != 0) edges_[slot_of(edge.from)] = edge;
    }
  }
  const auto fresh = static_cast<Node>(states_.size());
  states_.emplace_back();
  const std::uint32_t key = key_of(node, byte);
  edges_[slot_of(key)] = {key, fresh};
  return fresh;
}

void CueTrie::end(Node node, const FigureCue& cue) {
  if (states_[node].cue != 0) return;
  cues_.push_back(cue);
  states_[node].cue = static_cast<std::uint32_t>(cues_.size());
}

namespace {

template <typename Iterator>
void add_cue(CueTrie& trie, Iterator at, Iterator end, const FigureCue& cue) {
  CueTrie::Node node = CueTrie::kRoot;
  for (; at != end; ++at) node = trie.add(node, *at);
  trie.end(node, cue);
}

constexpr std::string_view kCues = "figure_cue";

class CueReader {
 public:
  explicit CueReader(const Vocabulary& vocabulary)
      : modifier_(vocabulary, kCues, "modifier"),
        amount_(vocabulary, kCues, "amount"),
        past_(vocabulary, kCues, "past"),
        relation_(vocabulary, kCues, "relation"),
        later_(vocabulary, kCues, "later"),
        direction_(vocabulary, kCues, "direction") {}

  FigureCue read(std::uint32_t row) const {
    return {.modifier = modifier_named(modifier_[row]),
            .amount_modifier = modifier_named(amount_[row]),
            .amount = !amount_[row].empty(),
            .past = !past_[row].empty(),
            .relation = relation_named(relation_[row]),
            .later = relation_named(later_[row]),
            .direction = trend_named(direction_[row])};
  }

 private:
  Column modifier_, amount_, past_, relation_, later_, direction_;
};

}  // namespace

void FigureTables::read_cues(const Vocabulary& vocabulary) {
  const Column sides(vocabulary, kCues, "side");
  const Column later(vocabulary, kCues, "later");
  const CueReader cues(vocabulary);
  each_row(vocabulary, kCues, [&](WordId word, std::uint32_t row) {
    const std::string_view name = vocabulary.spelling(word);
    const std::string_view side = sides[row];
    const FigureCue cue = cues.read(row);
    const bool both = side == "both";
    if (both || side == "before") add_cue(before_, name.rbegin(), name.rend(), cue);
    if (both || side == "after" || !later[row].empty())
      add_cue(after_, name.begin(), name.end(), cue);
  });
}

// ---- words -------------------------------------------------------------------------------

void FigureTables::mark(const Vocabulary& vocabulary, std::string_view lexicon, Trait trait) {
  each_row(vocabulary, lexicon, [&](WordId word, std::uint32_t) { words_[word].traits |= trait; });
}

// But for those of "nous": "six avions", "deux sommes".
void FigureTables::mark_auxiliaries(const Vocabulary& vocabulary) {
  const Column number(vocabulary, "auxiliary", "number");
  const Column person(vocabulary, "auxiliary", "person");
  each_row(vocabulary, "auxiliary", [&](WordId word, std::uint32_t row) {
    const bool ours = number[row] == "p" && person[row] == "1";
    if (!ours) words_[word].traits |= verb_form;
  });
}

// Forms of verbs are hardly counted, but for those that are nouns too. Of a word that stands in
// a list twice the first row holds.
void FigureTables::mark_finite_verbs(const Vocabulary& vocabulary) {
  std::vector<bool> seen(words_.size());
  const Column noun(vocabulary, "finite_verb", "noun");
  each_row(vocabulary, "finite_verb", [&](WordId word, std::uint32_t row) {
    if (!seen[word] && noun[row].empty()) words_[word].traits |= verb_form;
    seen[word] = true;
  });
}

namespace {

// Compound tenses of the past show by their auxiliary; its present alone says nothing else. A form
// that is present and simple past ("réunit") is the present in news.
Tense tense_named(std::string_view cell, bool auxiliary) {
  if (cell == "fut") return Tense::future;
  if (cell == "cond") return Tense::unknown;
  return cell.starts_with("pres") && !auxiliary ? Tense::present : Tense::past;
}

// "elle se tiendrait jeudi" lies ahead; "il serait mort jeudi" may not.
bool is_auxiliary(std::string_view lemma) { return lemma == "être" || lemma == "avoir"; }

}  // namespace

// The first list that knows a word decides.
void FigureTables::mark_tenses(const Vocabulary& vocabulary) {
  const auto keep = [&](WordId word, Tense tense) {
    std::uint8_t& kept = words_[word].tense;
    if (kept == 0) kept = static_cast<std::uint8_t>(1 + static_cast<int>(tense));
  };
  each_row(vocabulary, "future_sign",
           [&](WordId word, std::uint32_t) { keep(word, Tense::future); });
  each_row(vocabulary, "preposition",
           [&](WordId word, std::uint32_t) { keep(word, Tense::unknown); });
  for (const std::string_view lexicon : {"auxiliary", "finite_verb", "say_verb"}) {
    std::vector<bool> seen(words_.size());
    const Column tenses(vocabulary, lexicon, "tense");
    const Column lemma(vocabulary, lexicon, "lemma");
    each_row(vocabulary, lexicon, [&](WordId word, std::uint32_t row) {
      const std::string_view cell = tenses[row];
      const bool announced = cell == "cond" && !is_auxiliary(lemma[row]);
      const Tense tense = announced ? Tense::future : tense_named(cell, lexicon == "auxiliary");
      if (!seen[word] && !cell.empty()) keep(word, tense);
      seen[word] = true;
    });
  }
}

FigureTables::FigureTables(const CompiledRules& rules) : words_(rules.vocabulary.size()) {
  for (const std::string& kind : rules.kinds) kinds_.push_back(figure_kind(kind));
  for (const std::string& name : rules.names) parts_.push_back(part_named(name));
  const Vocabulary& vocabulary = rules.vocabulary;
  mark(vocabulary, "figure_link", link);
  mark(vocabulary, "preposed_adjective", preposed);
  for (const char* list : {"preposed_adjective", "ordinal_word", "ordinal_first"}) {
    mark(vocabulary, list, ranks);
  }
  for (const char* list : {"preposition", "determiner", "conjunction", "pronoun_relative",
                           "pronoun_subject", "adverb", "not_counted"}) {
    mark(vocabulary, list, never_counted);
  }
  mark_auxiliaries(vocabulary);
  mark_finite_verbs(vocabulary);
  mark(vocabulary, "number_word", number_word);
  mark(vocabulary, "change_verb", change_verb);
  mark(vocabulary, "noun_in_e", noun_in_e);
  mark(vocabulary, "adverb", adverb);
  mark(vocabulary, "weekday", calendar);
  mark(vocabulary, "month", calendar);
  mark(vocabulary, "common_capital", common);
  mark(vocabulary, "currency_place", currency_place);
  mark_tenses(vocabulary);
  read_cues(vocabulary);
}

}  // namespace glane
