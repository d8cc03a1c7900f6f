#include "attribute/clause.h"

#include <algorithm>

namespace glane {
namespace {

constexpr std::uint64_t kVerbs =
    Vocabulary::bit_of(WordList::finite_verb) | Vocabulary::bit_of(WordList::verb_form) |
    Vocabulary::bit_of(WordList::auxiliary) | Vocabulary::bit_of(WordList::say_verb);

}  // namespace

std::size_t ClauseBounds::unit_at(std::uint32_t token) const {
  const auto it = std::ranges::lower_bound(chart_.units, token, {},
                                           [](const Unit& u) { return u.range.first; });
  return static_cast<std::size_t>(it - chart_.units.begin());
}

std::string_view ClauseBounds::word(std::uint32_t token) const {
  const Span span = chart_.segments.tokens[token].span;
  return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
}

std::string_view ClauseBounds::word(const Unit& unit) const {
  return unit.range.size() == 1 ? word(unit.range.first) : std::string_view();
}

bool ClauseBounds::verb(const Unit& unit) const {
  if (unit.kind == 0) return rules_.vocabulary.member_of_any(unit.word, kVerbs);
  switch (rules_.known.kind(unit.kind)) {
    case KnownKind::said:
    case KnownKind::said_weakly:
    case KnownKind::said_inverted:
    case KnownKind::unsaid:
    case KnownKind::said_of:
    case KnownKind::said_on:
      return true;
    default:
      return false;
  }
}

bool ClauseBounds::has_verb(TokenRange range) const {
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    if (finite(t, range)) return true;
  }
  return false;
}

// "Elle part quand il pleut", but neither "des gens qui partent" nor "part quand il pleut".
bool ClauseBounds::whole(TokenRange range) const {
  int embedded = 0;
  std::uint32_t head = range.first;  // behind what a verb may have before it without a subject
  const auto in_list = [&](std::uint32_t t, WordList lexicon) {
    return rules_.vocabulary.member(chart_.segments.tokens[t].word, lexicon);
  };
  while (head < range.last &&
         (in_list(head, WordList::pronoun_object) || in_list(head, WordList::negation)) &&
         !in_list(head, WordList::determiner)) {
    ++head;
  }
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    if (in_list(t, WordList::pronoun_relative) && t > range.first) ++embedded;
    if (!finite(t, range) || in_list(t, WordList::say_participle)) continue;
    if (embedded == 0) return t > head;
    --embedded;
    while (t + 1 < range.last && finite(t + 1, range)) ++t;  // "ont été"
  }
  return false;
}

// "dans ce cas, nous partirons": a pronoun and its verb, but not "il y a dix ans".
bool ClauseBounds::speaks(TokenRange range) const {
  const Vocabulary& words = rules_.vocabulary;
  const std::vector<Token>& tokens = chart_.segments.tokens;
  for (std::uint32_t t = range.first; t + 1 < range.last; ++t) {
    if (words.member(tokens[t].word, WordList::pronoun_relative)) return false;
    const bool opens = t == range.first || word(t - 1) == ",";
    if (!opens || !words.member(tokens[t].word, WordList::pronoun_subject)) continue;
    while (t + 1 < range.last && (words.member(tokens[t + 1].word, WordList::pronoun_object) ||
                                  words.member(tokens[t + 1].word, WordList::negation))) {
      ++t;
    }
    const bool ago = word(t) == "y";
    if (!ago && t + 1 < range.last && finite(t + 1, range)) return true;
  }
  return false;
}

// "ce sera", "tout est": determiners that stand alone.
bool ClauseBounds::pronounlike(std::string_view word) {
  const std::string folded = fold(word);
  return folded == "ce" || folded == "tout" || folded == "tous" || folded == "certains" ||
         folded == "plusieurs";
}

// Whether a token of the range is a finite verb, as far as its neighbours tell.
bool ClauseBounds::finite(std::uint32_t t, TokenRange range) const {
  const Vocabulary& words = rules_.vocabulary;
  const std::vector<Token>& tokens = chart_.segments.tokens;
  if (tokens[t].look.shape > Shape::mixed || tokens[t].look.shape == Shape::upper) return false;
  // "je la demande", but not "de la demande"
  const bool pronoun = t > range.first + 1 &&
                       words.member(tokens[t - 1].word, WordList::pronoun_object) &&
                       !(words.member(tokens[t - 1].word, WordList::determiner) &&
                         words.member(tokens[t - 2].word, WordList::preposition));
  const bool noun = t > 0 && !pronoun &&
                    (words.member(tokens[t - 1].word, WordList::determiner) ||
                     words.member(tokens[t - 1].word, WordList::preposition));
  const bool was =
      t > 0 && words.member(tokens[t].word, WordList::auxiliary) && pronounlike(word(t - 1));
  const bool has = words.member(tokens[t].word, WordList::auxiliary) && word(t) != "avoir" &&
                   word(t) != "être" && t > 0 && fold(word(t - 1)) == "l'";  // "l'auraient vu"
  if (noun && !was && !has) return false;
  if (words.member_of_any(tokens[t].word, kVerbs)) return true;
  if (conjugated(word(t))) return true;
  const WordId before = t > range.first ? tokens[t - 1].word : kUnknownWord;
  const bool denied = t > range.first && (fold(word(t - 1)) == "ne" || fold(word(t - 1)) == "n'");
  if ((denied || (t > range.first && reflexive(t - 1))) && !unfinished(word(t))) return true;
  if (!words.member(tokens[t].word, WordList::third_person) ||
      words.member(before, WordList::determiner)) {
    return false;
  }
  static constexpr std::string_view kCopulas[] = {"reste", "restent", "demeure", "demeurent"};
  if (t > range.first && std::ranges::find(kCopulas, word(t)) != std::end(kCopulas)) return true;
  // A form that is also a noun ("revient") is a verb behind its pronoun.
  if (words.member(before, WordList::pronoun_object) ||
      words.member(before, WordList::pronoun_subject)) {
    return true;
  }
  if (t > range.first && t + 1 < range.last && between_noun_and_object(t)) return true;
  // "le chômage baisse": behind a noun and its article, at the end.
  const auto part = words.field(tokens[t].word, WordList::common_capital, "class");
  const bool adjective = part && part->find("adj") != std::string_view::npos;  // un dossier vide
  if (adjective || words.member(tokens[t].word, WordList::relational_adjective)) return false;
  return t + 1 == range.last && t > range.first + 1 &&
         words.member(tokens[t - 2].word, WordList::determiner) &&
         tokens[t - 1].look.shape <= Shape::mixed &&
         !words.member(before, WordList::preposed_adjective);
}

// "le chômage remonte au printemps", but not "la forte hausse du chômage".
bool ClauseBounds::between_noun_and_object(std::uint32_t t) const {
  static constexpr std::string_view kLinks[] = {"au",    "aux",   "à",    "en",     "dans", "sur",
                                                "vers",  "entre", "par",  "que",    "qu'",  "pas",
                                                "avant", "après", "sans", "depuis", "bien"};
  const Vocabulary& words = rules_.vocabulary;
  const WordId before = chart_.segments.tokens[t - 1].word;
  const std::string_view next = word(t + 1);
  const bool object = words.member(chart_.segments.tokens[t + 1].word, WordList::determiner) &&
                      next != "de" && next != "d'" && next != "du" && next != "des";
  const bool subject = chart_.segments.tokens[t - 1].look.shape <= Shape::mixed &&
                       !words.member(before, WordList::preposition) &&
                       !words.member(before, WordList::conjunction) && word(t - 1) != "et" &&
                       !words.member(before, WordList::preposed_adjective) &&
                       !words.member(before, WordList::adverb);
  return subject && (object || std::ranges::find(kLinks, next) != std::end(kLinks));
}

bool ClauseBounds::reflexive(std::uint32_t token) const {
  const std::string_view w = word(token);
  return w == "se" || w == "s'" || w == "Se" || w == "S'";
}

// Infinitives, present participles, and what may stand between the pronoun and its verb.
bool ClauseBounds::unfinished(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"er", "ir", "dre", "ître", "ttre", "ant"};
  static constexpr std::string_view kWords[] = {"il", "ils", "y", "en"};
  return std::ranges::find(kWords, word) != std::end(kWords) ||
         std::ranges::any_of(kEndings,
                             [&](std::string_view ending) { return word.ends_with(ending); });
}

// Endings of imperfect, future, conditional and simple past, for verbs of no list.
bool ClauseBounds::conjugated(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"rait",  "raient", "aient", "eront",
                                                  "iront", "era",    "ira",   "èrent",
                                                  "irent", "urent",  "issait"};
  return word.size() > 6 && std::ranges::any_of(kEndings, [&](std::string_view ending) {
           return word.ends_with(ending);
         });
}

// "…, et rappelle que": a verb of speech whose subject stood before the first one.
bool ClauseBounds::coordinates(std::size_t unit) const {
  const Unit& here = chart_.units[unit];
  if (!is(here, KnownKind::said) && !is(here, KnownKind::unsaid)) return false;
  std::size_t before = unit;
  while (before > 0 && (in(chart_.units[before - 1], WordList::pronoun_object) ||
                        in(chart_.units[before - 1], WordList::adverb))) {
    --before;
  }
  if (before == 0) return false;
  const std::string_view link = word(chart_.units[before - 1]);
  return link == "et" || link == "mais" || link == "puis";
}

// "…, mais Luc Petit répond que": behind the comma someone else speaks.
bool ClauseBounds::another_speaks(std::size_t unit, std::uint32_t last) const {
  constexpr std::size_t kReach = 16;
  static constexpr std::string_view kLinks[] = {"mais",      "et",   "tandis que",
                                                "alors que", "puis", "quand"};
  if (std::ranges::find(kLinks, links(unit)) == std::end(kLinks)) return false;
  const std::vector<Unit>& units = chart_.units;
  if (unit + 1 >= units.size()) return false;
  if (is(units[unit + 1], KnownKind::according)) return true;
  if (!subject(units[unit + 1])) return false;
  for (std::size_t i = unit + 2; i < units.size() && i < unit + kReach; ++i) {
    if (units[i].range.first >= last) return false;
    if (!is(units[i], KnownKind::said) && !is(units[i], KnownKind::said_weakly)) continue;
    const bool beside =
        i == unit + 2 || (i == unit + 3 && in(units[i - 1], WordList::pronoun_object));
    if (beside && links(unit) != "et" && links(unit) != "quand") return true;
    const std::string_view next = i + 1 < units.size() ? word(units[i + 1]) : std::string_view();
    return next == "que" || next == "qu'" || next == ":" ||
           (i + 1 < units.size() && is(units[i + 1], KnownKind::quoted));
  }
  return false;
}

// The words of a unit, also of an entry of several.
std::string_view ClauseBounds::links(std::size_t unit) const {
  const TokenRange range = chart_.units[unit].range;
  const std::uint32_t begin = chart_.segments.tokens[range.first].span.begin;
  return std::string_view(text_.text)
      .substr(begin, chart_.segments.tokens[range.last - 1].span.end - begin);
}

bool ClauseBounds::subject(const Unit& unit) const {
  return is(unit, KnownKind::source) || is(unit, KnownKind::named) || is(unit, KnownKind::person) ||
         is(unit, KnownKind::organization) || in(unit, WordList::pronoun_subject);
}

TokenRange ClauseBounds::sentence_from(std::uint32_t token) const {
  constexpr std::size_t kMost = 300;
  const std::vector<TokenRange>& all = chart_.segments.paragraphs;
  const std::uint32_t last =
      (std::ranges::upper_bound(all, token, {}, &TokenRange::first) - 1)->last;
  std::size_t i = unit_at(token);
  const std::size_t most = std::min(chart_.units.size(), i + kMost);
  for (; i < most && chart_.units[i].range.first < last; ++i) {
    const std::string_view w = word(chart_.units[i]);
    if (w == "." || w == "!" || w == "?" || w == ";" || w == "…" || w == "...") break;
  }
  return {token, i < chart_.units.size() ? std::min(chart_.units[i].range.first, last) : last};
}

TokenRange ClauseBounds::after_cue(TokenRange clause) const {
  bool acts = false;  // a verb stands there so far, or a source: only one parts a subject from it
  for (std::size_t i = unit_at(clause.first);
       i < chart_.units.size() && chart_.units[i].range.first < clause.last; ++i) {
    const Unit& unit = chart_.units[i];
    const std::uint32_t at = unit.range.first;
    const bool comma = at > clause.first && word(at - 1) == ",";
    constexpr std::uint32_t kNear = 40;  // tokens: many incises cost no more than their number
    const std::uint32_t from = std::max(clause.first, at > kNear ? at - kNear : 0);
    const bool incise =
        comma && (is(unit, KnownKind::saying) || is(unit, KnownKind::said_inverted) ||
                  is(unit, KnownKind::said_on) || (is(unit, KnownKind::according) && acts) ||
                  (told_by(i) && whole({from, at - 1})));
    const bool other =
        another_speaks(i, clause.last) &&
        (comma || (i + 1 < chart_.units.size() && is(chart_.units[i + 1], KnownKind::according)));
    const bool turns = at > clause.first + 2 && (incise || coordinates(i) || other);
    if (turns) return trimmed({clause.first, at});
    acts = acts || verb(unit) || is(unit, KnownKind::according) || in(unit, WordList::third_person);
  }
  return trimmed(clause);
}

// "…, a indiqué dimanche le parquet": a verb of speech and its subject, and nothing else.
bool ClauseBounds::told_by(std::size_t unit) const {
  const std::vector<Unit>& units = chart_.units;
  if (!is(units[unit], KnownKind::said) && !is(units[unit], KnownKind::said_weakly)) return false;
  std::size_t i = unit + 1;
  const auto filler = [&](const Unit& u) {
    return is(u, KnownKind::date) || is(u, KnownKind::time) || is(u, KnownKind::aside) ||
           is(u, KnownKind::medium) || in(u, WordList::adverb) || in(u, WordList::determiner);
  };
  for (int most = 4; most > 0 && i < units.size() && filler(units[i]); --most) ++i;
  if (i + 1 >= units.size() || !subject(units[i])) return false;
  const Unit& next = units[i + 1];
  return next.kind == 0 ? next.look.shape == Shape::punct
                        : is(next, KnownKind::aside) || is(next, KnownKind::medium) ||
                              is(next, KnownKind::date);
}

// Words between commas that say who the source is: no verb, and no subject begins there.
std::uint32_t ClauseBounds::end_of_apposition(std::uint32_t from, std::uint32_t last) const {
  std::size_t i = unit_at(from);
  if (i >= chart_.units.size()) return from;
  const Unit& first = chart_.units[i];
  if (in(first, WordList::pronoun_relative)) {  // "selon la RTBF, qui cite un proche,"
    while (i < chart_.units.size() && word(chart_.units[i]) != ",") ++i;
    return i < chart_.units.size() && chart_.units[i].range.first < last
               ? chart_.units[i].range.last
               : from;
  }
  const bool title = is(first, KnownKind::source) || is(first, KnownKind::named) ||
                     is(first, KnownKind::thing) || is(first, KnownKind::medium) ||
                     is(first, KnownKind::role) || is(first, KnownKind::profession) ||
                     is(first, KnownKind::organization) ||
                     (first.kind == 0 && first.look.shape == Shape::lower &&
                      !in(first, WordList::determiner) && !in(first, WordList::pronoun_subject) &&
                      !in(first, WordList::preposition) && !in(first, WordList::conjunction) &&
                      !in(first, WordList::pronoun_object) && !in(first, WordList::adverb));
  if (!title) return from;
  const Token& head = chart_.segments.tokens[first.range.first];  // "deux femmes" act
  if (head.look.shape == Shape::number ||
      rules_.vocabulary.member(head.word, WordList::number_word))
    return from;
  const std::string_view opening = word(first.range.first);
  const bool determined = rules_.vocabulary.member(chart_.segments.tokens[first.range.first].word,
                                                   WordList::determiner);
  if (determined &&
      (is(first, KnownKind::thing) || (opening != "l'" && opening != "un" && opening != "une" &&
                                       opening != "le" && opening != "la"))) {
    return from;
  }
  for (; i < chart_.units.size() && chart_.units[i].range.first < last; ++i) {
    if (verb(chart_.units[i])) return from;
    if (word(chart_.units[i]) == ",") return chart_.units[i].range.last;
  }
  return from;
}

std::optional<TokenRange> ClauseBounds::after_comma(TokenRange rest) const {
  std::uint32_t at = rest.first;
  while (at < rest.last && word(at) != ",") ++at;
  if (at == rest.last) return std::nullopt;
  return after_cue({at + 1, rest.last});
}

std::optional<TokenRange> ClauseBounds::after_source(TokenRange rest) const {
  std::uint32_t at = rest.first;
  while (at < rest.last && word(at) != ",") ++at;
  if (at == rest.last) return std::nullopt;
  std::uint32_t first = at + 1;
  for (;;) {
    const std::uint32_t next = end_of_apposition(first, rest.last);
    if (next == first) break;
    first = next;
  }
  const TokenRange clause = after_cue({first, rest.last});
  if (clause.size() < 2) return std::nullopt;
  return clause;
}

// "Lyon, 12 mars (AFP) – ", "Burundi : ": before the first verb.
std::uint32_t ClauseBounds::after_heading(TokenRange range) const {
  std::uint32_t first = range.first;
  for (std::size_t i = unit_at(range.first);
       i < chart_.units.size() && chart_.units[i].range.first < range.last; ++i) {
    const Unit& unit = chart_.units[i];
    if (verb(unit)) break;
    const std::string_view w = word(unit);
    if (w == "–" || w == "—" || w == ":" || (w == "-" && !unit.look.glued)) first = unit.range.last;
  }
  return first;
}

// "(Belga) Le train est parti": an agency or a place in brackets.
std::uint32_t ClauseBounds::after_bracket(TokenRange range) const {
  constexpr std::uint32_t kMost = 6;
  const bool opens = range.first > 0 && word(range.first - 1) == "(";
  if (!opens && (range.size() == 0 || word(range.first) != "(")) return range.first;
  for (std::uint32_t t = range.first; t < std::min(range.last, range.first + kMost); ++t) {
    if (word(t) == ")") return t + 1;
  }
  return range.first;
}

bool ClauseBounds::connects(const Unit& unit) const {
  return in(unit, WordList::adverb) || in(unit, WordList::conjunction);
}

std::uint32_t ClauseBounds::after_connectives(TokenRange range) const {
  std::uint32_t first = range.first;
  std::size_t i = unit_at(range.first);
  while (i < chart_.units.size() && chart_.units[i].range.first < range.last) {
    const std::string_view w = word(chart_.units[i]);
    const bool comma = i + 1 < chart_.units.size() && word(chart_.units[i + 1]) == ",";
    const bool bare = w == "Mais" || w == "mais" || w == "Et" || w == "Or" || w == "Car";
    if (connects(chart_.units[i]) && comma)
      i += 2;
    else if (bare)
      i += 1;
    else
      break;
    first = chart_.units[i - 1].range.last;
  }
  return first;
}

std::optional<TokenRange> ClauseBounds::before_cue(TokenRange clause) const {
  clause = without_opening(clause);
  if (clause.size() < 4 && !has_verb(clause)) return std::nullopt;
  return clause;
}

TokenRange ClauseBounds::without_opening(TokenRange clause) const {
  clause.first = after_heading(clause);
  clause.first = after_bracket(clause);
  clause.first = after_connectives(clause);
  return trimmed(clause);
}

TokenRange ClauseBounds::after_reason(TokenRange clause) const {
  for (std::uint32_t t = clause.last; t-- > clause.first + 2;) {
    if (word(t) != "car" && word(t) != "puisque") continue;
    return has_verb({t + 1, clause.last}) ? trimmed({t + 1, clause.last}) : clause;
  }
  return clause;
}

TokenRange ClauseBounds::trimmed(TokenRange range) const {
  const auto light = [&](std::uint32_t token) {
    const std::string_view w = word(token);
    return w == "," || w == "." || w == ";" || w == ":" || w == "et" || w == "–" || w == "-" ||
           w == "—";
  };
  while (range.last > range.first && (light(range.last - 1) || word(range.last - 1) == "mais" ||
                                      word(range.last - 1) == "tout"))
    --range.last;
  while (range.first < range.last && light(range.first)) ++range.first;
  return range;
}

}  // namespace glane
