#include "figure_context.h"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>

namespace glane {

namespace {

constexpr std::uint32_t kCueWords = 5;     // words of the longest cue
constexpr std::uint32_t kWordsBefore = 8;  // how far before a figure its cues may begin
constexpr std::uint32_t kTenseWords = 12;
constexpr std::uint32_t kChangeWords = 10;

bool is_moment(FigureKind kind) { return kind == FigureKind::date || kind == FigureKind::time; }

}  // namespace

FigureContext::FigureContext(const Segments& segments, std::string_view text,
                             const CompiledRules& rules)
    : segments_(segments), text_(text), vocabulary_(rules.vocabulary), tables_(*rules.figures) {}

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

bool FigureContext::has(std::uint32_t token, FigureTables::Trait trait) const {
  return tables_.has(segments_.tokens[token].word, trait);
}

std::size_t FigureContext::sentence_of(std::uint32_t token) const {
  auto after = std::ranges::upper_bound(segments_.sentences, token, {}, &TokenRange::first);
  return static_cast<std::size_t>(after - segments_.sentences.begin()) - 1;
}

// ---- places ------------------------------------------------------------------------------

std::string FigureContext::local_currency(std::string_view name) const {
  std::map<std::string, int, std::less<>> votes;
  auto vote = [&](WordId word) {
    if (!tables_.has(word, FigureTables::currency_place)) return;
    if (vocabulary_.field(word, "currency_place", "currency").value_or("") == name)
      ++votes[std::string(*vocabulary_.field(word, "currency_place", "code"))];
  };
  for (const Token& token : segments_.tokens) vote(token.word);
  for (const auto& compound : segments_.compounds) vote(compound.word);
  auto best = std::ranges::max_element(votes, {}, [](const auto& v) { return v.second; });
  return best == votes.end() || best->second < 2 ? std::string() : best->first;
}

// ---- cues --------------------------------------------------------------------------------

namespace {

// The bytes by which a word takes part in a cue, where hyphens join words: jusqu' à → jusqu-à.
std::string_view bytes_of(std::string_view word, std::string& folded) {
  fold_into(word, folded);
  if (folded.ends_with('\'')) folded.pop_back();
  return folded;
}

template <typename Bytes>
CueTrie::Node over(const CueTrie& trie, CueTrie::Node node, Bytes&& bytes) {
  for (const char byte : bytes) {
    if (node == CueTrie::kNowhere) break;
    node = trie.step(node, byte);
  }
  return node;
}

}  // namespace

// The longest cue that ends right before `at`.
FigureContext::Found FigureContext::cue_before(std::uint32_t at, std::uint32_t limit) const {
  const CueTrie& trie = tables_.cues_before();
  Found found;
  std::string folded;
  CueTrie::Node node = CueTrie::kRoot;
  for (std::uint32_t words = 1; words <= std::min(kCueWords, at - limit); ++words) {
    if (words > 1) node = trie.step(node, '-');
    if (node == CueTrie::kNowhere) break;
    node = over(trie, node, std::views::reverse(bytes_of(surface(at - words), folded)));
    if (node == CueTrie::kNowhere) break;
    if (const FigureCue* cue = trie.cue(node)) found = {cue, words};
  }
  return found;
}

// The longest cue that begins at `at`.
FigureContext::Found FigureContext::cue_after(std::uint32_t at, std::uint32_t limit) const {
  const CueTrie& trie = tables_.cues_after();
  Found found;
  std::string folded;
  CueTrie::Node node = CueTrie::kRoot;
  for (std::uint32_t words = 1; words <= std::min(kCueWords, limit - at); ++words) {
    if (words > 1) node = trie.step(node, '-');
    if (node == CueTrie::kNowhere) break;
    node = over(trie, node, bytes_of(surface(at + words - 1), folded));
    if (node == CueTrie::kNowhere) break;
    if (const FigureCue* cue = trie.cue(node)) found = {cue, words};
  }
  return found;
}

// Relations hold of moments; lengths of time take a bound ("jusqu'à cinq ans") instead.
void FigureContext::apply(const FigureCue& cue, FigureKind kind, Cues& cues) const {
  if (kind == FigureKind::ordinal) return;
  const bool amount = cue.amount && !is_moment(kind);
  const auto modifier = amount ? cue.amount_modifier : cue.modifier;
  if (modifier && cues.modifier == Modifier::none) cues.modifier = *modifier;
  if (cue.past) cues.past = true;
  const bool relates = is_moment(kind) || (kind == FigureKind::duration && !amount);
  if (relates && cue.relation && cues.relation == Relation::none) cues.relation = *cue.relation;
}

void FigureContext::add_cues_before(std::uint32_t at, std::uint32_t limit, FigureKind kind,
                                    Cues& cues) const {
  std::uint32_t stop = at > limit + kWordsBefore ? at - kWordsBefore : limit;
  while (at > stop) {
    if (const Found found = cue_before(at, stop); found.cue) {
      apply(*found.cue, kind, cues);
      at -= found.words;
    } else if (has(at - 1, FigureTables::link)) {
      --at;
    } else {
      return;
    }
  }
}

void FigureContext::add_cues_after(std::uint32_t at, FigureKind kind, Cues& cues) const {
  TokenRange sentence = segments_.sentences[sentence_of(at - 1)];
  for (std::uint32_t i = at; i < std::min(at + 3, sentence.last); ++i) {
    if (segments_.tokens[i].look.shape == Shape::punct) return;
    const FigureCue* cue = cue_after(i, sentence.last).cue;
    if (!cue) continue;
    if (cue->later) {
      if (i == at && kind == FigureKind::duration && cues.relation == Relation::none)
        cues.relation = *cue->later;
    } else {
      apply(*cue, kind, cues);
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
  if (has(token, FigureTables::never_counted)) return false;
  // "un grièvement": adverbs in -ment are too many to list.
  bool adverb = surface(token).ends_with("ment") && !has(token, FigureTables::common);
  return !adverb;
}

// Behind "quatrième" in "quatrième et dernière étape": the ranks or adjectives it is joined to.
std::uint32_t FigureContext::over_joined(std::uint32_t at, std::uint32_t limit) const {
  std::string_view word = at < limit ? surface(at) : "";
  if (at + 1 >= limit || (word != "et" && word != "ou")) return at;
  if (has(at + 1, FigureTables::ranks)) return at + 2;
  return segments_.tokens[at + 1].look.shape == Shape::ordinal ? at + 2 : at;
}

// The head from `at` on: over adjectives before the noun.
std::uint32_t FigureContext::head_from(std::uint32_t at, std::uint32_t limit) const {
  std::uint32_t adjectives = at;
  while (at < limit && at < adjectives + 3 && has(at, FigureTables::preposed)) ++at;
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
    bool number = linked && (segments_.tokens[at].look.shape == Shape::number ||
                             has(at, FigureTables::number_word));
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
    if (has(i, FigureTables::change_verb)) return true;
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

Tense FigureContext::tense(std::uint32_t token) const {
  const Token& t = segments_.tokens[token];
  if (const auto known = tables_.tense(t.word)) return *known;
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
