#include "figure_context.h"

#include <algorithm>
#include <array>
#include <map>

namespace glane {

namespace {

constexpr std::uint32_t kCueWords = 5;     // words of the longest cue
constexpr std::uint32_t kWordsBefore = 8;  // how far before a figure its cues may begin
constexpr std::uint32_t kTenseWords = 12;
constexpr std::uint32_t kChangeWords = 10;

bool is_moment(FigureKind kind) { return kind == FigureKind::date || kind == FigureKind::time; }

std::optional<Relation> relation_named(std::string_view word) {
  for (Relation relation : {Relation::before, Relation::after, Relation::since, Relation::until})
    if (word == to_string(relation)) return relation;
  return std::nullopt;
}

}  // namespace

std::optional<Modifier> modifier_named(std::string_view word) {
  for (Modifier modifier : {Modifier::approx, Modifier::min, Modifier::max, Modifier::start,
                            Modifier::mid, Modifier::end})
    if (word == to_string(modifier)) return modifier;
  return std::nullopt;
}

FigureContext::FigureContext(const Segments& segments, std::string_view text,
                             const Vocabulary& vocabulary)
    : segments_(segments), text_(text), vocabulary_(vocabulary) {}

// ---- words -------------------------------------------------------------------------------

Span FigureContext::span(TokenRange range) const {
  return {segments_.tokens[range.first].span.begin, segments_.tokens[range.last - 1].span.end};
}

std::string_view FigureContext::surface(std::uint32_t token) const {
  Span place = segments_.tokens[token].span;
  return text_.substr(place.begin, place.end - place.begin);
}

std::string FigureContext::written(TokenRange range) const {
  Span place = span(range);
  return std::string(text_.substr(place.begin, place.end - place.begin));
}

std::string FigureContext::folded(TokenRange range) const {
  Span place = span(range);
  std::string result = fold(text_.substr(place.begin, place.end - place.begin));
  std::ranges::replace(result, '\n', ' ');
  return result;
}

WordId FigureContext::word(TokenRange range) const {
  if (range.size() == 1) return segments_.tokens[range.first].word;
  auto found = std::ranges::lower_bound(segments_.compounds, range.first, {},
                                        [](const auto& c) { return c.range.first; });
  return found != segments_.compounds.end() && found->range == range ? found->word : kUnknownWord;
}

bool FigureContext::member(std::uint32_t token, std::string_view lexicon) const {
  return vocabulary_.member(segments_.tokens[token].word, lexicon);
}

std::size_t FigureContext::sentence_of(std::uint32_t token) const {
  auto after = std::ranges::upper_bound(segments_.sentences, token, {}, &TokenRange::first);
  return static_cast<std::size_t>(after - segments_.sentences.begin()) - 1;
}

// ---- places ------------------------------------------------------------------------------

std::string FigureContext::local_currency(std::string_view name) const {
  std::map<std::string, int, std::less<>> votes;
  auto vote = [&](WordId word) {
    if (vocabulary_.field(word, "currency_place", "currency").value_or("") == name)
      ++votes[std::string(*vocabulary_.field(word, "currency_place", "code"))];
  };
  for (const Token& token : segments_.tokens) vote(token.word);
  for (const auto& compound : segments_.compounds) vote(compound.word);
  auto best = std::ranges::max_element(votes, {}, [](const auto& v) { return v.second; });
  return best == votes.end() || best->second < 2 ? std::string() : best->first;
}

// ---- cues --------------------------------------------------------------------------------

// The entry that the words make when hyphens join them: jusqu' à → jusqu-à.
WordId FigureContext::joined(std::uint32_t first, std::uint32_t last) const {
  std::string key;
  for (std::uint32_t i = first; i < last; ++i) {
    if (i > first) key += '-';
    key += fold(surface(i));
    if (key.ends_with('\'')) key.pop_back();
  }
  return vocabulary_.find(key);
}

std::uint32_t FigureContext::cue_length_before(std::uint32_t at, std::uint32_t limit,
                                               WordId& cue) const {
  for (std::uint32_t length = std::min(kCueWords, at - limit); length > 0; --length) {
    cue = joined(at - length, at);
    std::string_view side = vocabulary_.field(cue, "figure_cue", "side").value_or("");
    if (side == "before" || side == "both") return length;
  }
  return 0;
}

std::uint32_t FigureContext::cue_length_after(std::uint32_t at, std::uint32_t limit,
                                              WordId& cue) const {
  for (std::uint32_t length = std::min(kCueWords, limit - at); length > 0; --length) {
    cue = joined(at, at + length);
    std::string_view side = vocabulary_.field(cue, "figure_cue", "side").value_or("");
    if (side == "after" || side == "both") return length;
    if (!vocabulary_.field(cue, "figure_cue", "later").value_or("").empty()) return length;
  }
  return 0;
}

// Relations hold of moments; lengths of time take a bound ("jusqu'à cinq ans") instead.
void FigureContext::apply(WordId cue, FigureKind kind, Cues& cues) const {
  auto cell = [&](std::string_view column) {
    return vocabulary_.field(cue, "figure_cue", column).value_or("");
  };
  std::string_view amount = is_moment(kind) ? "" : cell("amount");
  if (kind == FigureKind::ordinal) return;
  auto modifier = modifier_named(amount.empty() ? cell("modifier") : amount);
  if (modifier && cues.modifier == Modifier::none) cues.modifier = *modifier;
  if (!cell("past").empty()) cues.past = true;
  bool relates = is_moment(kind) || (kind == FigureKind::duration && amount.empty());
  auto relation = relation_named(cell("relation"));
  if (relates && relation && cues.relation == Relation::none) cues.relation = *relation;
}

bool FigureContext::skipped_before(std::uint32_t token) const {
  return member(token, "figure_link");
}

void FigureContext::add_cues_before(std::uint32_t at, std::uint32_t limit, FigureKind kind,
                                    Cues& cues) const {
  std::uint32_t stop = at > limit + kWordsBefore ? at - kWordsBefore : limit;
  while (at > stop) {
    WordId cue = kUnknownWord;
    if (std::uint32_t length = cue_length_before(at, stop, cue)) {
      apply(cue, kind, cues);
      at -= length;
    } else if (skipped_before(at - 1)) {
      --at;
    } else {
      return;
    }
  }
}

void FigureContext::add_cues_after(std::uint32_t at, FigureKind kind, Cues& cues) const {
  TokenRange sentence = segments_.sentences[sentence_of(at - 1)];
  for (std::uint32_t i = at; i < std::min(at + 3, sentence.last); ++i) {
    WordId cue = kUnknownWord;
    if (segments_.tokens[i].look.shape == Shape::punct) return;
    if (cue_length_after(i, sentence.last, cue) == 0) continue;
    std::string_view later = vocabulary_.field(cue, "figure_cue", "later").value_or("");
    if (auto relation = relation_named(later)) {
      if (i == at && kind == FigureKind::duration && cues.relation == Relation::none)
        cues.relation = *relation;
    } else {
      apply(cue, kind, cues);
    }
    return;
  }
}

FigureContext::Cues FigureContext::cues(TokenRange figure, FigureKind kind) const {
  Cues result;
  TokenRange sentence = segments_.sentences[sentence_of(figure.first)];
  add_cues_before(figure.first, sentence.first, kind, result);
  add_cues_after(figure.last, kind, result);
  return result;
}

// ---- the counted noun --------------------------------------------------------------------

bool FigureContext::heads(std::uint32_t token) const {
  if (segments_.tokens[token].look.shape > Shape::mixed) return false;
  for (const char* lexicon : {"preposition", "determiner", "conjunction", "pronoun_relative",
                              "pronoun_subject", "auxiliary", "adverb", "not_counted"})
    if (member(token, lexicon)) return false;
  auto noun = vocabulary_.field(segments_.tokens[token].word, "finite_verb", "noun");
  if (noun && noun->empty()) return false;
  // "un grièvement": adverbs in -ment are too many to list.
  bool adverb = surface(token).ends_with("ment") && !member(token, "common_capital");
  return !adverb;
}

// Behind "quatrième" in "quatrième et dernière étape": the ranks or adjectives it is joined to.
std::uint32_t FigureContext::over_joined(std::uint32_t at, std::uint32_t limit) const {
  std::string_view word = at < limit ? surface(at) : "";
  if (at + 1 >= limit || (word != "et" && word != "ou")) return at;
  for (const char* lexicon : {"preposed_adjective", "ordinal_word", "ordinal_first"})
    if (member(at + 1, lexicon)) return at + 2;
  return segments_.tokens[at + 1].look.shape == Shape::ordinal ? at + 2 : at;
}

// The head from `at` on: over adjectives before the noun.
std::uint32_t FigureContext::head_from(std::uint32_t at, std::uint32_t limit) const {
  std::uint32_t adjectives = at;
  while (at < limit && at < adjectives + 3 && member(at, "preposed_adjective")) ++at;
  if (at < limit && heads(at)) return at;
  return at > adjectives && heads(at - 1) ? at - 1 : limit;
}

std::string FigureContext::counted_noun(TokenRange figure, FigureKind kind) const {
  std::uint32_t limit = segments_.sentences[sentence_of(figure.first)].last;
  std::uint32_t at = figure.last;
  if (kind == FigureKind::ordinal) at = over_joined(at, limit);
  bool linked = false;
  while (at < limit && at < figure.last + 4) {
    std::string word = fold(surface(at));
    bool article = word == "des" || word == "du";
    bool possessive = linked && (word == "son" || word == "sa" || word == "ses" || word == "leur" ||
                                 word == "leurs" || word == "la" || word == "l'" || word == "»");
    bool link = word == "de" || word == "d'" || (article && !linked) || possessive;
    bool number =
        linked && (segments_.tokens[at].look.shape == Shape::number || member(at, "number_word"));
    if (!link && !number) break;
    linked = true;
    ++at;
  }
  bool measured = kind == FigureKind::money || kind == FigureKind::quantity ||
                  kind == FigureKind::percent || kind == FigureKind::duration;
  if (measured && !linked) return {};
  std::uint32_t head = head_from(at, limit);
  return head < limit ? std::string(surface(head)) : std::string();
}

bool FigureContext::counts(TokenRange figure) const {
  return !counted_noun(figure, FigureKind::money).empty();
}

bool FigureContext::changes(std::uint32_t token) const {
  std::uint32_t first = segments_.sentences[sentence_of(token)].first;
  if (token == first || surface(token - 1) != "de") return false;
  std::uint32_t stop = token > first + kChangeWords ? token - kChangeWords : first;
  for (std::uint32_t i = stop; i < token; ++i)
    if (member(i, "change_verb")) return true;
  return false;
}

bool FigureContext::before_name(TokenRange figure) const {
  return figure.last < segments_.tokens.size() &&
         segments_.tokens[figure.last].look.shape == Shape::cap;
}

// ---- tense -------------------------------------------------------------------------------

namespace {

// "sera", "tiendront": the list of verbs names only the commonest.
bool ends_like_future(std::string_view word) {
  static constexpr std::array kEndings = {"era",   "ira",   "dra",   "vra",   "rra",   "ura",
                                          "eront", "iront", "dront", "vront", "rront", "uront"};
  return word.size() > 3 &&
         std::ranges::any_of(kEndings, [&](const char* e) { return word.ends_with(e); });
}

}  // namespace

// Compound tenses of the past show by their auxiliary; its present alone says nothing else.
Tense FigureContext::tense(std::uint32_t token) const {
  const Token& t = segments_.tokens[token];
  if (vocabulary_.member(t.word, "future_sign")) return Tense::future;
  if (vocabulary_.member(t.word, "preposition")) return Tense::unknown;
  for (const char* lexicon : {"auxiliary", "finite_verb"}) {
    auto cell = vocabulary_.field(t.word, lexicon, "tense");
    if (!cell || cell->empty()) continue;
    if (*cell == "fut") return Tense::future;
    if (*cell == "cond") return Tense::unknown;
    bool present = *cell == "pres" && std::string_view(lexicon) == "finite_verb";
    return present ? Tense::present : Tense::past;
  }
  bool future = t.look.shape == Shape::lower && ends_like_future(surface(token));
  return future ? Tense::future : Tense::unknown;
}

Tense FigureContext::tense_around(TokenRange figure) const {
  TokenRange sentence = segments_.sentences[sentence_of(figure.first)];
  for (std::uint32_t distance = 0; distance < kTenseWords; ++distance) {
    std::uint32_t right = figure.last + distance;
    Tense found = right < sentence.last ? tense(right) : Tense::unknown;
    if (found == Tense::unknown && figure.first >= sentence.first + distance + 1)
      found = tense(figure.first - 1 - distance);
    bool close = found != Tense::present || distance == 0;  // the present says little
    if (found != Tense::unknown && close) return found;
  }
  return Tense::unknown;
}

}  // namespace glane
