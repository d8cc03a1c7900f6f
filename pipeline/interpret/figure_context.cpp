#include "interpret/figure_context.h"

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

bool FigureContext::groups_as_swiss() const {
  return std::ranges::any_of(segments_.tokens, [&](const Token& token) {
    const Span place = token.span;
    return token.look.shape == Shape::number &&
           text_.substr(place.begin, place.end - place.begin).find('\'') != text_.npos;
  });
}

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
  const int enough = name == "dollar" ? 2 : 1;  // a bare dollar is mostly the American one
  return best == votes.end() || best->second < enough ? std::string() : best->first;
}

// ---- cues --------------------------------------------------------------------------------

namespace {

// The bytes by which a word takes part in a cue, where hyphens join words: jusqu' à → jusqu-à.
std::string_view bytes_of(std::string_view word, std::string& folded) {
  fold_into(word, folded);
  if (folded.ends_with('\'')) folded.pop_back();
  return folded;
}

template <typename Iterator>
CueTrie::Node over(const CueTrie& trie, CueTrie::Node node, Iterator at, Iterator end) {
  for (; at != end && node != CueTrie::kNowhere; ++at) node = trie.step(node, *at);
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
    const std::string_view word = bytes_of(surface(at - words), folded);
    node = over(trie, node, word.rbegin(), word.rend());
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
    const std::string_view word = bytes_of(surface(at + words - 1), folded);
    node = over(trie, node, word.begin(), word.end());
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
  if (!is_moment(kind) && cues.direction == Trend::none) cues.direction = cue.direction;
  const bool relates = is_moment(kind) || (kind == FigureKind::duration && !amount);
  if (relates && cue.relation && cues.relation == Relation::none) cues.relation = *cue.relation;
}

void FigureContext::add_cues_before(std::uint32_t at, std::uint32_t limit, FigureKind kind,
                                    Cues& cues) const {
  std::uint32_t stop = at > limit + kWordsBefore ? at - kWordsBefore : limit;
  while (at > stop) {
    if (const Found found = cue_before(at, stop); found.cue) {
      apply(*found.cue, kind, cues);
      if (found.cue->direction != Trend::none) return;  // what stands before is another matter
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
  const Relation told = result.relation;
  add_cues_after(figure.last, kind, result);
  const bool age = kind == FigureKind::duration && figure.first > sentence.first &&
                   surface(figure.first - 1) == "de";
  if (age) result.relation = told;  // "un homme de 52 ans après l'altercation"
  return result;
}

// ---- change -----------------------------------------------------------------------------

bool FigureContext::changes(std::uint32_t token) const {
  std::uint32_t first = segments_.sentences[sentence_of(token)].first;
  if (token == first || surface(token - 1) != "de") return false;
  std::uint32_t stop = token > first + kChangeWords ? token - kChangeWords : first;
  for (std::uint32_t i = stop; i < token; ++i)
    if (has(i, FigureTables::change_verb) && surface(i) != "portée") return true;
  return false;
}

// Over the cues right before: "contre environ 3,8".
std::uint32_t FigureContext::before_cues(std::uint32_t at, std::uint32_t first) const {
  while (at > first) {
    const Found found = cue_before(at, first);
    if (!found.cue) break;
    at -= found.words;
  }
  return at;
}

bool FigureContext::contrasts(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const bool limit = figure.first > first + 1 && surface(figure.first - 1) == "à" &&
                     surface(figure.first - 2).starts_with("limité");
  if (limit) return true;  // "168 km/h sur un tronçon limité à 100"
  const std::uint32_t at = before_cues(figure.first, first);
  if (at == first) return false;
  const std::string_view last = surface(at - 1);
  if (last == "contre") return true;
  if (at < first + 2) return false;
  const std::string_view before = surface(at - 2);
  return ((last == "de" || last == "des") && before == "lieu") ||
         (last == "que" && before == "plutôt");
}

bool FigureContext::joins(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const std::uint32_t at = before_cues(figure.first, first);
  if (at < first + 2 || (surface(at - 1) != "de" && surface(at - 1) != "d'")) return false;
  const std::string_view joint = surface(at - 2);
  return joint == "et" || joint == "puis" || joint == ",";
}

bool FigureContext::behind_comma(TokenRange figure) const {
  return figure.first > 0 && surface(figure.first - 1) == ",";
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

// "devait repartir le 5"
bool ends_like_infinitive(std::string_view word) {
  return word.ends_with("er") || word.ends_with("ir") || word.ends_with("re");
}

}  // namespace

Tense FigureContext::tense(std::uint32_t token) const {
  const Token& t = segments_.tokens[token];
  if (const auto known = tables_.tense(t.word)) return *known;
  bool future = t.look.shape == Shape::lower && ends_like_future(surface(token));
  return future ? Tense::future : Tense::unknown;
}

bool FigureContext::is_comma(std::uint32_t token) const {
  return segments_.tokens[token].look.shape == Shape::punct;
}

bool FigureContext::happened_on(TokenRange figure) const {
  constexpr std::uint32_t kWords = 5;
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  if (figure.first < first + 3 || surface(figure.first - 1) != "le") return false;
  const std::uint32_t stop = std::max(first, figure.first - std::min(figure.first, kWords));
  for (std::uint32_t at = figure.first - 2; at > stop; --at) {
    const bool inside = segments_.tokens[at].look.shape == Shape::lower &&
                        tense(at) != Tense::future && tense(at) != Tense::present;
    if (!inside) return false;
    if (tense(at - 1) == Tense::past) return !ends_like_infinitive(surface(figure.first - 2));
  }
  return false;
}

// The nearest verb on either side, not beyond punctuation where `across` is false.
Tense FigureContext::nearest_tense(TokenRange figure, bool across) const {
  TokenRange sentence = segments_.sentences[sentence_of(figure.first)];
  bool right_open = true;
  bool left_open = true;
  for (std::uint32_t distance = 0; distance < kTenseWords; ++distance) {
    std::uint32_t right = figure.last + distance;
    right_open = right_open && right < sentence.last && (across || !is_comma(right));
    Tense found = right_open ? tense(right) : Tense::unknown;
    left_open = left_open && figure.first >= sentence.first + distance + 1 &&
                (across || !is_comma(figure.first - 1 - distance));
    if (found == Tense::unknown && left_open) found = tense(figure.first - 1 - distance);
    bool close = found != Tense::present || distance == 0;  // the present says little
    if (found != Tense::unknown && close) return found;
  }
  return Tense::unknown;
}

// The clause between commas says more than what stands beyond.
Tense FigureContext::tense_around(TokenRange figure) const {
  const Tense own = nearest_tense(figure, false);
  return own != Tense::unknown ? own : nearest_tense(figure, true);
}

}  // namespace glane
