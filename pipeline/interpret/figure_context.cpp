#include "interpret/figure_context.h"

#include <algorithm>
#include <array>
#include <map>

#include "segment/word_key.h"
#include "values/among.h"

namespace glane {

namespace {

constexpr std::uint32_t kCueWords = 5;     // words of the longest cue
constexpr std::uint32_t kWordsBefore = 8;  // how far before a figure its cues may begin
constexpr std::uint32_t kTenseWords = 16;
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
  while (token >= segments_.sentences[sentence_].last) ++sentence_;
  while (token < segments_.sentences[sentence_].first) --sentence_;
  return sentence_;
}

// ---- places ------------------------------------------------------------------------------

bool FigureContext::groups_as_swiss() const {
  return std::ranges::any_of(segments_.tokens, [&](const Token& token) {
    const Span place = token.span;
    const std::string_view word = text_.substr(place.begin, place.end - place.begin);
    if (token.look.shape == Shape::number) return word.find('\'') != text_.npos;
    return word == "mio" || word == "mia" || word == "mios" || word == "mias";
  });
}

std::string FigureContext::local_currency(std::string_view name) const {
  std::map<std::string, int, std::less<>> votes;
  auto vote = [&](WordId word) {
    if (!tables_.has(word, FigureTables::currency_place)) return;
    if (vocabulary_.field(word, WordList::currency_place, "currency").value_or("") != name) return;
    const bool sure =
        !vocabulary_.field(word, WordList::currency_place, "sure").value_or("").empty();
    votes[std::string(*vocabulary_.field(word, WordList::currency_place, "code"))] += sure ? 2 : 1;
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
class CueWord {
 public:
  // They are those of the word at `place` until the next is asked for.
  std::string_view bytes(std::string_view text, Span place) {
    const std::size_t size = place.end - place.begin;
    std::string_view word(few_.data(), size);
    WordKey key;
    if (fold_key(text, place.begin, size, key)) {
      word_key::store(key.low, few_.data());
      word_key::store(key.high, few_.data() + 8);
    } else {
      fold_into(text.substr(place.begin, size), many_);
      word = many_;
    }
    if (word.ends_with('\'')) word.remove_suffix(1);
    return word;
  }

 private:
  std::array<char, WordKey::kMost> few_;
  std::string many_;
};

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
  CueWord folded;
  CueTrie::Node node = CueTrie::kRoot;
  for (std::uint32_t words = 1; words <= std::min(kCueWords, at - limit); ++words) {
    if (words > 1) node = trie.step(node, '-');
    if (node == CueTrie::kNowhere) break;
    const std::string_view word = folded.bytes(text_, segments_.tokens[at - words].span);
    node = over(trie, node, word.rbegin(), word.rend());
    if (node == CueTrie::kNowhere) break;
    if (const FigureCue* cue = trie.cue(node)) found = {cue, words};
  }
  return found;
}

// "augmente fortement de 3 %": the cue of a change around one adverb.
FigureContext::Found FigureContext::split_cue_before(std::uint32_t at, std::uint32_t limit) const {
  if (at < limit + 3) return {};
  const bool adverb = has(at - 2, FigureTables::adverb) || surface(at - 2).ends_with("ment");
  if (!adverb) return {};
  const CueTrie& trie = tables_.cues_before();
  CueWord folded;
  std::string_view word = folded.bytes(text_, segments_.tokens[at - 1].span);
  CueTrie::Node node = over(trie, CueTrie::kRoot, word.rbegin(), word.rend());
  if (node != CueTrie::kNowhere) node = trie.step(node, '-');
  if (node == CueTrie::kNowhere) return {};
  word = folded.bytes(text_, segments_.tokens[at - 3].span);
  node = over(trie, node, word.rbegin(), word.rend());
  const FigureCue* cue = node == CueTrie::kNowhere ? nullptr : trie.cue(node);
  return cue && cue->direction != Trend::none ? Found{cue, 3} : Found{};
}

// The longest cue that begins at `at`.
FigureContext::Found FigureContext::cue_after(std::uint32_t at, std::uint32_t limit) const {
  const CueTrie& trie = tables_.cues_after();
  Found found;
  CueWord folded;
  CueTrie::Node node = CueTrie::kRoot;
  for (std::uint32_t words = 1; words <= std::min(kCueWords, limit - at); ++words) {
    if (words > 1) node = trie.step(node, '-');
    if (node == CueTrie::kNowhere) break;
    const std::string_view word = folded.bytes(text_, segments_.tokens[at + words - 1].span);
    node = over(trie, node, word.begin(), word.end());
    if (node == CueTrie::kNowhere) break;
    if (const FigureCue* cue = trie.cue(node)) found = {cue, words};
  }
  return found;
}

// Relations hold of moments; lengths of time take a bound ("jusqu'à cinq ans") instead. Only dates
// have a middle: "en courant le 100 m".
void FigureContext::apply(const FigureCue& cue, FigureKind kind, Cues& cues) const {
  if (kind == FigureKind::ordinal) return;
  if (kind != FigureKind::date && cue.modifier >= Modifier::start) return;
  const bool amount = cue.amount && !is_moment(kind);
  const auto modifier = amount ? cue.amount_modifier : cue.modifier;
  if (modifier && cues.modifier == Modifier::none) cues.modifier = *modifier;
  if (cue.past) cues.past = true;
  if (!is_moment(kind) && cues.direction == Trend::none) cues.direction = cue.direction;
  const bool relates = is_moment(kind) || (kind == FigureKind::duration && !amount);
  if (relates && cue.relation && cues.relation == Relation::none) cues.relation = *cue.relation;
}

// "a pris fin hier", "met fin mardi": the end of something else.
bool FigureContext::ends_something(std::uint32_t fin) const {
  static constexpr std::array kVerbs = {"pris", "prend",   "prendra", "prennent", "prendre",
                                        "mis",  "met",     "mettra",  "mettre",   "prit",
                                        "mit",  "prenait", "mettent", "prenant",  "mettant"};
  return fin > 0 && surface(fin) == "fin" &&
         std::ranges::find(kVerbs, surface(fin - 1)) != kVerbs.end();
}

// "se tourne vers les deux favoris", "vers le 200 m": a direction, not about how many.
bool FigureContext::leads_towards(std::uint32_t at, std::uint32_t words,
                                  std::uint32_t figure) const {
  return surface(at - words) == "vers" && (words > 1 || at < figure);
}

void FigureContext::add_cues_before(std::uint32_t at, std::uint32_t limit, FigureKind kind,
                                    Cues& cues) const {
  const std::uint32_t figure = at;
  std::uint32_t stop = at > limit + kWordsBefore ? at - kWordsBefore : limit;
  while (at > stop) {
    Found found = cue_before(at, stop);
    if (!found.cue) found = split_cue_before(at, stop);
    if (found.cue && found.words == 1 && ends_something(at - 1)) return;
    if (found.cue && !is_moment(kind) && leads_towards(at, found.words, figure)) return;
    if (found.cue) {
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

// "55 pays représentant au moins 55 %": the cue is that of the next figure; "dix ans passés à
// Mons": no bound, but what was done.
bool FigureContext::belongs_behind(std::uint32_t cue, std::uint32_t next,
                                   std::uint32_t limit) const {
  static constexpr auto kWhere = std::to_array<std::string_view>(
      {"à", "au", "aux", "en", "dans", "sur", "sous", "chez", "avec", "comme", "derrière", "loin"});
  if (next >= limit) return false;
  const bool number = segments_.tokens[next].look.shape == Shape::number ||
                      has(next, FigureTables::number_word) || surface(next) == "un" ||
                      surface(next) == "une";
  return number || (surface(cue).starts_with("passé") && among(surface(next), kWhere));
}

void FigureContext::add_cues_after(std::uint32_t at, FigureKind kind, Cues& cues) const {
  TokenRange sentence = segments_.sentences[sentence_of(at - 1)];
  for (std::uint32_t i = at; i < std::min(at + 3, sentence.last); ++i) {
    if (segments_.tokens[i].look.shape == Shape::punct) return;
    const Found found = cue_after(i, sentence.last);
    const FigureCue* cue = found.cue;
    if (!cue) continue;
    if (!cue->later && belongs_behind(i, i + found.words, sentence.last)) return;
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

namespace {

// Nouns that tell of a change where what changes is named: "la hausse de la taxe de 20 à 25 %";
// "une hausse de 20 à 25 %" is a range.
bool names_change(std::string_view word) {
  static constexpr std::array kNouns = {"hausse",     "baisse",       "augmentation", "réduction",
                                        "relèvement", "abaissement",  "diminution",   "allongement",
                                        "report",     "prolongation", "extension",    "recul"};
  return std::ranges::find(kNouns, word) != kNouns.end();
}

}  // namespace

bool FigureContext::names_what_changes(std::uint32_t noun, std::uint32_t limit) const {
  if (noun + 3 >= limit || !names_change(surface(noun))) return false;
  const std::string_view link = surface(noun + 1);
  const std::string_view article = surface(noun + 2);
  return link == "du" || link == "des" ||
         (link == "de" && (article == "la" || article == "l'" || article == "sa"));
}

bool FigureContext::changes(std::uint32_t token) const {
  std::uint32_t first = segments_.sentences[sentence_of(token)].first;
  if (token == first || surface(token - 1) != "de") return false;
  std::uint32_t stop = token > first + kChangeWords ? token - kChangeWords : first;
  for (std::uint32_t i = stop; i < token; ++i) {
    if (has(i, FigureTables::change_verb) && surface(i) != "portée") return true;
    if (names_what_changes(i, token)) return true;
  }
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

bool FigureContext::parallels(TokenRange figure, TokenRange last) const {
  static constexpr auto kPlaces =
      std::to_array<std::string_view>({"à", "en", "au", "dans", "chez"});
  const TokenRange sentence = segments_.sentences[sentence_of(figure.first)];
  if (last.last >= sentence.last || figure.last + 1 >= sentence.last) return false;
  if (figure.first <= last.last || figure.first > last.last + 5) return false;
  const std::string_view joint = surface(figure.first - 1);
  const std::string_view place = surface(figure.last);
  return (joint == "et" || joint == ",") && place == surface(last.last) &&
         std::ranges::find(kPlaces, place) != kPlaces.end() &&
         segments_.tokens[figure.last + 1].look.shape <= Shape::mixed &&
         segments_.tokens[figure.last + 1].look.shape != Shape::lower;
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

bool FigureContext::is_part(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const std::uint32_t at = before_cues(figure.first, first);
  return at > first && surface(at - 1) == "dont";
}

bool FigureContext::is_before(TokenRange figure, std::string_view word) const {
  return figure.last < segments_.tokens.size() && surface(figure.last) == word;
}

bool FigureContext::is_pointed_at(TokenRange figure) const {
  return figure.first > 0 && fold(surface(figure.first - 1)) == "ce";
}

bool FigureContext::stands_on(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  if (figure.first == first + 1) return surface(first) == "Le";
  if (figure.first < first + 2 || surface(figure.first - 1) != "le") return false;
  const std::string_view before = surface(figure.first - 2);
  return before != "pour" && before != "avant" && before != "ici" && before != "après";
}

bool FigureContext::is_clock(std::uint32_t token) const {
  const std::string_view word = surface(token);
  return segments_.tokens[token].look.shape == Shape::time || word == "h" || word == "heures";
}

bool FigureContext::is_behind_article(TokenRange figure) const {
  if (figure.first == 0 || fold(surface(figure.first - 1)) != "le") return false;
  const bool hour = figure.first > 1 && is_clock(figure.first - 2);  // "à 9 h le mardi"
  return !hour;
}

bool FigureContext::before_name(TokenRange figure) const {
  return figure.last < segments_.tokens.size() &&
         segments_.tokens[figure.last].look.shape == Shape::cap;
}

// ---- tense -------------------------------------------------------------------------------

namespace {

// "sera", "tiendront": the list of verbs names only the commonest.
bool ends_like_future(std::string_view word) {
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {"era", "ira", "dra", "vra", "rra", "ura", "îtra", "ttra", "cra", "ompra", "eront", "iront",
       "dront", "vront", "rront", "uront", "îtront", "ttront"});
  static constexpr auto kConditional =
      std::to_array<std::string_view>({"erait", "eraient", "endrait", "endraient"});
  // Few words end so: no ending of the others is compared.
  if (word.size() <= 3 || (word.back() != 'a' && word.back() != 't')) return false;
  const auto ends = [&](std::string_view ending) { return word.ends_with(ending); };
  return std::ranges::any_of(kEndings, ends) ||
         (std::ranges::any_of(kConditional, ends) && !word.starts_with("ser"));
}

// "devait repartir le 5"
bool ends_like_infinitive(std::string_view word) {
  return word.ends_with("er") || word.ends_with("ir") || word.ends_with("re");
}

// Without the endings of gender and number.
std::string_view masculine(std::string_view participle) {
  if (participle.ends_with('s')) participle.remove_suffix(1);
  if (participle.ends_with('e')) participle.remove_suffix(1);
  return participle;
}

// Participles whose past is told with "être": "est arrivé".
bool moves(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"allé",      "arrivé",  "décédé", "descendu", "devenu",  "disparu", "entré",
       "intervenu", "monté",   "mort",   "né",       "parti",   "parvenu", "passé",
       "rentré",    "reparti", "resté",  "retombé",  "revenu",  "sorti",   "survenu",
       "tombé",     "venu",    "apparu", "remonté",  "ressorti"});
  return among(masculine(word), kWords) || word == "mort";
}

bool is_participle(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"ouvert",   "découvert", "mort",      "paru",     "sorti",     "survenu",  "intervenu",
       "venu",     "devenu",    "reçu",      "élu",      "conclu",    "pri",      "mi",
       "promi",    "commi",     "fait",      "dit",      "écrit",     "rendu",    "vendu",
       "perdu",    "disparu",   "parti",     "établi",   "tenu",      "obtenu",   "apparu",
       "atteint",  "produit",   "construit", "détruit",  "introduit", "interdit", "inscrit",
       "souscrit", "offert",    "réuni",     "suspendu", "subi"});
  const std::string_view root = masculine(word);
  if (root.ends_with("é")) return root.size() > 4 && root != "été";
  // So the words of the list end: no other is compared.
  return (root.ends_with('t') || root.ends_with('u') || root.ends_with('i')) && among(root, kWords);
}

bool is_article(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"le", "la", "l'", "les", "un", "une", "des", "du", "de", "d'", "ce", "cette", "sa", "son"});
  return among(word, kWords);
}

}  // namespace

// "a lieu", "ont douze ans", "est fermé": the auxiliaries make no past there.
bool FigureContext::tells_of_now(std::uint32_t token) const {
  static constexpr auto kHas = std::to_array<std::string_view>({"a", "ont", "ai", "avons", "avez"});
  static constexpr auto kIs = std::to_array<std::string_view>({"est", "sont", "suis", "sommes"});
  static constexpr auto kOwned = std::to_array<std::string_view>(
      {"lieu", "besoin", "droit", "envie", "peur", "raison", "tort", "pour", "un", "une", "le",
       "la", "les", "des", "son", "sa", "ses", "leur", "leurs"});
  constexpr std::uint32_t kWords = 5;
  const std::uint32_t last = segments_.sentences[sentence_of(token)].last;
  const std::string_view word = surface(token);
  if (among(word, kHas)) {
    if (token + 1 >= last) return false;
    return segments_.tokens[token + 1].look.shape == Shape::number ||
           among(surface(token + 1), kOwned);
  }
  if (!among(word, kIs)) return false;
  if (token > 0 && (surface(token - 1) == "s'" || surface(token - 1) == "se")) return false;
  for (std::uint32_t at = token + 1; at < std::min(last, token + kWords); ++at)
    if (moves(surface(at))) return false;
  return true;
}

// "s'est éteint": no verb of the present, as its form may be.
bool FigureContext::follows_auxiliary(std::uint32_t token) const {
  static constexpr auto kForms = std::to_array<std::string_view>(
      {"est", "sont", "a", "ont", "avait", "avaient", "était", "étaient", "été"});
  return token > 0 && among(surface(token - 1), kForms);
}

Tense FigureContext::tense(std::uint32_t token) const {
  const Token& t = segments_.tokens[token];
  if (const auto known = tables_.tense(t.word))
    return *known == Tense::past && tells_of_now(token)           ? Tense::present
           : *known == Tense::present && follows_auxiliary(token) ? Tense::unknown
                                                                  : *known;
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

bool FigureContext::completed(TokenRange figure) const {
  constexpr std::uint32_t kWords = 8;
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const std::uint32_t stop = std::max(first, figure.first - std::min(figure.first, kWords));
  bool found = false;
  for (std::uint32_t at = figure.first; at > stop && !is_comma(at - 1); --at) {
    const std::uint32_t word = at - 1;
    if (tense(word) == Tense::future || tense(word) == Tense::present) return false;
    if (surface(word) == "être") return false;
    const bool named = word > first && is_article(surface(word - 1));
    found = found || (is_participle(surface(word)) && !named);
  }
  return found;
}

bool FigureContext::has_no_verb(TokenRange range) const {
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    if (at > range.first && is_article(surface(at - 1))) continue;  // "d'avance"
    const bool participle =
        segments_.tokens[at].look.shape == Shape::lower && is_participle(surface(at));
    if (participle || has(at, FigureTables::verb_form) || tense(at) != Tense::unknown) return false;
  }
  return true;
}

bool FigureContext::follows_participle(TokenRange figure) const {
  static constexpr auto kOpen = std::to_array<std::string_view>(
      {"organisé", "programmé", "convoqué", "disputé", "célébré", "planifié", "espéré", "donné",
       "retransmi", "diffusé", "invité", "joué"});
  if (figure.first == segments_.sentences[sentence_of(figure.first)].first) return false;
  const std::string_view word = surface(figure.first - 1);
  return is_participle(word) && !among(masculine(word), kOpen);
}

bool FigureContext::acts_now(TokenRange figure) const {
  constexpr std::uint32_t kWords = 8;
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const std::uint32_t stop = std::max(first, figure.first - std::min(figure.first, kWords));
  for (std::uint32_t at = figure.first; at > stop && !is_comma(at - 1); --at) {
    if (tense(at - 1) == Tense::present) return true;
    if (is_participle(surface(at - 1)) || ends_like_infinitive(surface(at - 1))) return false;
  }
  return false;
}

bool FigureContext::is_called_for(TokenRange figure) const {
  constexpr std::uint32_t kWords = 8;
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  if (figure.first == first || !ends_like_infinitive(surface(figure.first - 1))) return false;
  const std::uint32_t stop = std::max(first, figure.first - std::min(figure.first, kWords));
  for (std::uint32_t at = figure.first; at > stop && !is_comma(at - 1); --at)
    if (tense(at - 1) == Tense::present) return true;
  return false;
}

bool FigureContext::is_put_off(TokenRange figure) const {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"reporté", "repoussé", "décalé", "ajourné", "renvoyé", "remi", "avancé", "prolongé",
       "différé", "reporter", "repousser", "renvoyer", "report"});
  static constexpr auto kLinks =
      std::to_array<std::string_view>({"à", "au", "l'", "le", "jusqu'", "du", "mois", "de", "d'"});
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  std::uint32_t at = figure.first;
  while (at > first && at + 4 > figure.first && among(surface(at - 1), kLinks)) --at;
  const bool aims =
      at < figure.first && (surface(at) == "à" || surface(at) == "au" || surface(at) == "jusqu'");
  return aims && at > first && among(masculine(surface(at - 1)), kWords);
}

bool FigureContext::opens_with_participle(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  const std::string opening = fold(surface(first));
  const bool announces = tables_.tense(segments_.tokens[first].word) == Tense::future;
  if (figure.first == first || !is_participle(opening) || announces) return false;
  for (std::uint32_t at = first; at < figure.first; ++at)
    if (is_comma(at)) return false;
  return true;
}

// "la baisse du deuxième trimestre": it hangs on a noun, not on a verb.
bool FigureContext::completes_noun(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[sentence_of(figure.first)].first;
  if (figure.first < first + 2) return false;
  const std::string_view link = surface(figure.first - 1);
  return link == "du" || link == "de" || link == "d'" || link == "des";
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
  if (own != Tense::unknown || completes_noun(figure)) return own;
  return nearest_tense(figure, true);
}

}  // namespace glane
