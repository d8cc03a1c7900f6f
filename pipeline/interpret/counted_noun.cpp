#include "interpret/counted_noun.h"

#include <algorithm>
#include <array>

#include "segment/folds_to.h"
#include "values/among.h"

namespace glane {

namespace {

constexpr std::uint32_t kLinks = 4;           // words between a figure and its noun
constexpr std::uint32_t kAdjectives = 3;      // before the noun
constexpr std::uint32_t kWordsToEn = 4;       // "il en restait encore"
constexpr std::uint32_t kWordsToNumber = 12;  // "le nombre de naissances est estimé à"
constexpr std::uint32_t kWordsBack = 60;      // how far back a noun is looked for

// Adjectives that stand for a noun named before: "et 64 autres blessées", "les trois dernières".
constexpr auto kElliptic = std::to_array<std::string_view>(
    {"autres",    "derniers",   "dernières", "premiers",  "premières", "mêmes",
     "prochains", "prochaines", "suivants",  "suivantes", "graves",    "légers",
     "légères",   "grave",      "léger",     "légère",    "meilleurs", "meilleures",
     "seul",      "seule",      "seuls",     "seules"});

constexpr auto kPlural = std::to_array<std::string_view>(
    {"les", "des", "ces", "aux", "leurs", "ses", "nos", "vos", "mes", "nombreux", "nombreuses",
     "plusieurs", "quelques", "certains", "certaines"});

// Adjectives before a noun that are nouns where a participle follows: "trois jeunes fauchés".
constexpr auto kYoung = std::to_array<std::string_view>({"jeune", "jeunes", "anciens"});

constexpr auto kArticles = std::to_array<std::string_view>(
    {"des", "du",  "la",   "l'",    "le",  "les", "ce",  "cet",   "cette", "ces",   "son",
     "sa",  "ses", "leur", "leurs", "mon", "ma",  "mes", "notre", "nos",   "votre", "vos"});

// Lengths of time are not what "tous deux" are.
constexpr auto kPeriods = std::to_array<std::string_view>(
    {"secondes", "minutes", "heures", "jours", "semaines", "mois", "ans", "années"});

// The same, alone and behind an article.
constexpr auto kTimes = std::to_array<std::string_view>({"an", "année", "mois", "semaine"});

// Marks that may stand between a figure and its noun: "« 250 millions d'euros » de pertes".
constexpr auto kMarks = std::to_array<std::string_view>({"«", "»", "\"", "“", "”", "[", "‘", "'"});

// Nouns that name the dimension which a quantity measures.
constexpr auto kDimensions = std::to_array<std::string_view>(
    {"altitude", "haut", "hauteur", "large", "largeur", "long", "longueur", "profondeur", "moyenne",
     "diamètre", "épaisseur", "circonférence", "rayon", "distance"});

// Units in which a length behind "à" is a distance: "à 40 km de Namur".
bool is_length(std::string_view unit) {
  static constexpr auto kLengths = std::to_array<std::string_view>(
      {"km", "m", "cm", "mm", "[mi_i]", "[nmi_i]", "[ft_i]", "[ly]"});
  return among(unit, kLengths);
}

bool ends_like(std::string_view word, std::string_view ending) {
  if (word.ends_with('s')) word.remove_suffix(1);
  return word.ends_with(ending);
}

// "partez", "prônait", "étaient"; "fait", "lait" and what ends like them are nouns.
bool ends_like_verb(std::string_view word) {
  if (word.ends_with("aient") || (word.ends_with("ez") && word.size() > 4)) return true;
  return word.ends_with("ait") && word.size() > 5 && !word.ends_with("trait") &&
         !word.ends_with("fait") && !word.ends_with("souhait") && !word.ends_with("attrait");
}

// "difficultés", "libertés", "communautés"
bool ends_like_quality(std::string_view word) {
  static constexpr auto kEndings =
      std::to_array<std::string_view>({"ité", "iété", "auté", "eté", "nté", "rté", "lté"});
  return std::ranges::any_of(kEndings, [&](auto ending) { return ends_like(word, ending); });
}

bool ends_like_participle(std::string_view word) {
  return ends_like(word, "é") || ends_like(word, "ée");
}

bool is_scale(std::string_view word) {
  return word.starts_with("million") || word.starts_with("milliard");
}

bool is_measured(FigureKind kind) {
  return kind == FigureKind::money || kind == FigureKind::quantity || kind == FigureKind::percent ||
         kind == FigureKind::duration;
}

}  // namespace

bool CountedNouns::has(std::uint32_t token, FigureTables::Trait trait) const {
  return tables_.has(segments_.tokens[token].word, trait);
}

std::string_view CountedNouns::surface(std::uint32_t token) const {
  return context_.surface(token);
}

std::string CountedNouns::word(std::uint32_t token) const { return fold(surface(token)); }

bool CountedNouns::heads(std::uint32_t token, Link link) const {
  const Shape shape = segments_.tokens[token].look.shape;
  if (shape > Shape::mixed && shape != Shape::code) return false;
  if (has(token, FigureTables::never_counted) || has(token, FigureTables::number_word))
    return false;
  if (link == Link::article) return true;
  if (has(token, FigureTables::verb_form)) return false;
  if (shape == Shape::lower && ends_like_verb(surface(token))) return false;
  if (link == Link::none && has(token, FigureTables::calendar)) return false;
  if (link == Link::none && shape == Shape::lower && tells_more(token)) return false;
  if (shape != Shape::lower || link == Link::de || has(token, FigureTables::common)) return true;
  // Third persons and adverbs are too many to list: "douze épargnent", "un grièvement". A noun
  // that is counted ends its plural in -s.
  return !surface(token).ends_with("ent") && context_.tense(token) != Tense::future;
}

// "5 millions engrangés", "trois jeunes fauchés": a participle tells of what is counted. Those that
// are nouns too are listed: "blessés", "employés", "journées".
bool CountedNouns::tells_more(std::uint32_t token) const {
  const std::string_view text = surface(token);
  return ends_like_participle(text) && !ends_like_quality(text) &&
         !has(token, FigureTables::noun_in_e);
}

// Behind "quatrième" in "quatrième et dernière étape": the ranks or adjectives it is joined to.
std::uint32_t CountedNouns::over_joined(std::uint32_t at, std::uint32_t limit) const {
  const std::string_view joint = at < limit ? surface(at) : "";
  if (at + 1 >= limit || (joint != "et" && joint != "ou")) return at;
  if (has(at + 1, FigureTables::ranks)) return at + 2;
  return segments_.tokens[at + 1].look.shape == Shape::ordinal ? at + 2 : at;
}

// Over "de", "d'", "des", "de ses trois", "de la". Measures take "de" alone ("trois ans de
// prison"); behind "trois ans du" no noun is counted.
std::uint32_t CountedNouns::over_links(std::uint32_t at, std::uint32_t limit, bool plain) const {
  const std::uint32_t first = at;
  while (at < std::min(limit, first + kLinks)) {
    const std::string text = word(at);
    const bool linked = at > first;
    const bool article = text == "des" || text == "du";
    const bool link = text == "de" || text == "d'" || (!plain && article && !linked) ||
                      (!plain && linked && among(text, kArticles));
    const bool number = linked && (segments_.tokens[at].look.shape == Shape::number ||
                                   has(at, FigureTables::number_word));
    if (!link && !number) break;
    ++at;
  }
  return at;
}

// Whether the word at `at` only tells more of a noun left out: "64 autres blessées".
bool CountedNouns::elliptic(std::uint32_t at, std::uint32_t adjectives, Link link) const {
  if (at == adjectives || !among(word(at - 1), kElliptic)) return false;
  return at >= segments_.tokens.size() || !heads(at, link) || surface(at).ends_with("ées");
}

// The head from `at` on: over adjectives before the noun.
std::uint32_t CountedNouns::head_from(std::uint32_t at, std::uint32_t limit, Link link) const {
  const std::uint32_t adjectives = at;
  while (at < limit && at < adjectives + kAdjectives && has(at, FigureTables::preposed)) ++at;
  if (elliptic(at, adjectives, link)) return limit;
  const bool told = at > adjectives && at < limit && among(word(at - 1), kYoung) && tells_more(at);
  if (at < limit && !told && heads(at, link)) return at;
  return at > adjectives && heads(at - 1, link) ? at - 1 : limit;
}

// As written; "CO₂" is two tokens.
std::string CountedNouns::noun_at(std::uint32_t head, std::uint32_t limit) const {
  constexpr std::string_view kSubscripts = "\xE2\x82";
  const bool subscript = head + 1 < limit && segments_.tokens[head + 1].look.glued &&
                         surface(head + 1).starts_with(kSubscripts);
  return context_.written({head, head + (subscript ? 2 : 1)});
}

bool CountedNouns::skipped(std::uint32_t token, FigureKind kind) const {
  const bool rank = kind == FigureKind::ordinal;
  return among(surface(token), kMarks) || (!rank && surface(token) == "environ");
}

// "la première des mesures", "le deuxième de ses enfants"
bool CountedNouns::is_one_of_several(std::uint32_t link, std::uint32_t limit) const {
  static constexpr auto kSeveral =
      std::to_array<std::string_view>({"ces", "ses", "leurs", "nos", "vos", "mes"});
  if (surface(link) == "des") return true;
  return surface(link) == "de" && link + 1 < limit && among(surface(link + 1), kSeveral);
}

// "une personne", "le premier pas": no negations behind a figure.
bool CountedNouns::is_noun_here(std::uint32_t token, std::uint32_t limit, bool rank) const {
  return token < limit && (surface(token) == "personne" || (rank && surface(token) == "pas"));
}

std::string CountedNouns::behind(TokenRange figure, FigureKind kind, std::string_view unit) const {
  const std::uint32_t limit = segments_.sentences[context_.sentence_of(figure.first)].last;
  const bool rank = kind == FigureKind::ordinal;
  std::uint32_t at = figure.last;
  if (rank) at = over_joined(at, limit);
  if (at < limit && skipped(at, kind)) ++at;
  if (at + 2 < limit && folds_to(surface(at), "le") &&
      folds_to(surface(at + 1), "nombre")) {  // "porte à 86 le nombre de"
    const std::uint32_t counted = behind_number_of(at + 1, limit);
    return counted == at + 1 ? std::string() : noun_at(counted, limit);
  }
  const bool length = kind == FigureKind::duration || is_length(unit);
  const std::uint32_t linked = over_links(at, limit, length);
  if (is_measured(kind) && linked == at) return {};
  if (length && linked != at + 1) return {};
  if (rank && linked > at && !is_one_of_several(at, limit)) return {};  // "deuxième du classement"
  if (is_noun_here(linked, limit, rank)) return std::string(surface(linked));
  const bool measures = kind == FigureKind::quantity || kind == FigureKind::number;
  if (measures && linked > at && linked < limit && among(word(linked), kDimensions))
    return {};  // "180 m de haut et 12 de long"
  Link link = linked == at ? Link::none : Link::de;
  if (linked > at && among(word(linked - 1), kArticles)) link = Link::article;
  if (rank) link = Link::de;
  const std::uint32_t head = head_from(linked, limit, link);
  if (head >= limit) return {};
  const bool lower = segments_.tokens[head].look.shape == Shape::lower;
  if (length && !lower) return {};
  if (link == Link::article && among(word(head), kTimes)) return {};  // "le double de l'an dernier"
  if (rank ? is_no_ranked(figure, head) : linked == at && acts(figure, head)) return {};
  return noun_at(behind_number_of(head, limit), limit);
}

// "la première menée ici", "la 4e Martin": neither a participle nor a name is ranked.
bool CountedNouns::is_no_ranked(TokenRange rank, std::uint32_t head) const {
  const Shape shape = segments_.tokens[head].look.shape;
  if (shape == Shape::lower)
    return tells_more(head) || context_.tense(head) == Tense::future;  // "le troisième jouera"
  const char first = surface(rank.first)[0];
  const bool digits = first >= '0' && first <= '9';
  return digits && shape == Shape::cap && !has(head, FigureTables::common);
}

// "tous trois réalisant": of several, a noun in -ant has its -s.
bool CountedNouns::acts(TokenRange figure, std::uint32_t head) const {
  const bool all = figure.first > 0 && word(figure.first - 1).starts_with("tou");
  return all && surface(head).ends_with("ant");
}

// "une baisse de 25 500 du nombre de chômeurs" counts "chômeurs".
std::uint32_t CountedNouns::behind_number_of(std::uint32_t head, std::uint32_t limit) const {
  if (!folds_to(surface(head), "nombre") || head + 1 >= limit) return head;
  const std::uint32_t linked = over_links(head + 1, limit, true);
  const std::uint32_t counted = linked > head + 1 ? head_from(linked, limit, Link::de) : limit;
  return counted < limit ? counted : head;
}

std::string CountedNouns::numbered_before(TokenRange figure) const {
  const TokenRange sentence = segments_.sentences[context_.sentence_of(figure.first)];
  const std::uint32_t stop =
      std::max(sentence.first, figure.first - std::min(figure.first, kWordsToNumber));
  for (std::uint32_t at = figure.first; at-- > stop;) {
    if (segments_.tokens[at].look.shape == Shape::number) return {};
    if (!folds_to(surface(at), "nombre")) continue;
    const std::uint32_t head = behind_number_of(at, figure.first);
    return head == at ? std::string() : noun_at(head, figure.first);
  }
  return {};
}

bool CountedNouns::is_magnitude(TokenRange figure) const {
  constexpr std::string_view kName = "magnitude";
  const TokenRange sentence = segments_.sentences[context_.sentence_of(figure.first)];
  if (figure.first > sentence.first && folds_to(surface(figure.first - 1), kName)) return true;
  return figure.last + 1 < sentence.last && folds_to(surface(figure.last), "de") &&
         folds_to(surface(figure.last + 1), kName);
}

std::string CountedNouns::before_apposition(TokenRange rank) const {
  const TokenRange sentence = segments_.sentences[context_.sentence_of(rank.first)];
  if (rank.first < sentence.first + 3 || !among(word(rank.first - 1), kArticles)) return {};
  if (acts_itself(rank)) return {};
  const std::uint32_t noun = rank.first - 3;
  const std::string_view mark = surface(rank.first - 2);
  const bool apposed =
      (mark == "," || mark == "(") && segments_.tokens[noun].look.shape == Shape::lower;
  const bool plural = surface(noun).ends_with('s') || surface(noun).ends_with('x');
  return apposed && !plural && heads(noun, Link::none) ? std::string(surface(noun)) : std::string();
}

// "le quatrième a été arrêté", "la seconde est ethnique"
bool CountedNouns::acts_itself(TokenRange rank) const {
  const TokenRange sentence = segments_.sentences[context_.sentence_of(rank.first)];
  return rank.last < sentence.last && context_.tense(rank.last) != Tense::unknown;
}

// "ont été tous les trois tués"
bool CountedNouns::completes_passive(TokenRange figure, std::uint32_t all) const {
  static constexpr auto kForms =
      std::to_array<std::string_view>({"été", "sont", "étaient", "furent", "seront"});
  return all > 0 && among(word(all - 1), kForms) && ends_like_participle(surface(figure.last));
}

bool CountedNouns::points_back(TokenRange figure) const {
  const TokenRange sentence = segments_.sentences[context_.sentence_of(figure.first)];
  if (figure.last + 2 < sentence.last && folds_to(surface(figure.last + 1), "entre")) {
    const std::string pronoun = word(figure.last + 2);
    if (folds_to(surface(figure.last), "d'") && (pronoun == "eux" || pronoun == "elles"))
      return true;
  }
  if (figure.first == sentence.first) return false;
  const std::string before = word(figure.first - 1);
  if (before == "tous" || before == "toutes") return true;
  if (before == "les" && figure.first > sentence.first + 1 &&
      word(figure.first - 2).starts_with("tou"))
    return figure.last < sentence.last &&
           (!heads(figure.last, Link::none) || completes_passive(figure, figure.first - 2));
  return before == "les" && figure.first > sentence.first + 1 &&
         folds_to(surface(figure.first - 2), "dont");
}

bool CountedNouns::stands_for_noun(TokenRange figure) const {
  const std::uint32_t first = segments_.sentences[context_.sentence_of(figure.first)].first;
  const std::uint32_t stop = std::max(first, figure.first - std::min(figure.first, kWordsToEn));
  for (std::uint32_t at = figure.first; at-- > stop;) {
    if (segments_.tokens[at].look.shape > Shape::mixed) return false;
    if (folds_to(surface(at), "en")) return at > first && has(at + 1, FigureTables::verb_form);
  }
  return false;
}

bool CountedNouns::lies_under(TokenRange figure, std::string_view unit) const {
  return is_length(unit) && figure.first > 0 && folds_to(surface(figure.first - 1), "sous");
}

bool CountedNouns::stands_for_years(TokenRange figure) const {
  static constexpr auto kHas =
      std::to_array<std::string_view>({"ai", "a", "avait", "avais", "aura", "ont", "avaient"});
  const TokenRange sentence = segments_.sentences[context_.sentence_of(figure.first)];
  if (figure.first < sentence.first + 2 || figure.last >= sentence.last) return false;
  return segments_.tokens[figure.last].look.shape == Shape::punct &&
         among(surface(figure.first - 1), kHas) && folds_to(surface(figure.first - 2), "en");
}

bool CountedNouns::lacks_unit(TokenRange figure) const {
  const TokenRange sentence = segments_.sentences[context_.sentence_of(figure.first)];
  if (figure.last + 1 >= sentence.last || figure.size() != 1) return false;
  const Shape shape = segments_.tokens[figure.first].look.shape;
  const std::string link = word(figure.last);
  if (shape != Shape::number || (link != "de" && link != "d'")) return false;
  return segments_.tokens[figure.last + 1].look.shape == Shape::lower &&
         heads(figure.last + 1, Link::de);
}

bool CountedNouns::is_one_of_its_kind(TokenRange rank) const {
  if (rank.first == 0) return true;
  const std::string before = word(rank.first - 1);
  const TokenRange sentence = segments_.sentences[context_.sentence_of(rank.first)];
  if (rank.last < sentence.last && folds_to(surface(rank.last), "à"))
    return true;  // "le premier à partir"
  return (before == "une" && folds_to(surface(rank.first), "première")) ||
         (!among(before, kArticles) && before != "une" && before != "un");
}

bool CountedNouns::multiplies(TokenRange figure) const {
  return figure.first > 0 && folds_to(surface(figure.first - 1), "par");
}

std::string CountedNouns::plural_before(TokenRange figure) const {
  const std::size_t number = context_.sentence_of(figure.first);
  std::uint32_t first = segments_.sentences[number > 0 ? number - 1 : 0].first;
  if (figure.first > first + kWordsBack) first = figure.first - kWordsBack;
  for (std::uint32_t at = figure.first; at-- > first;) {
    const bool counted =
        segments_.tokens[at].look.shape == Shape::number || has(at, FigureTables::number_word);
    if (!among(word(at), kPlural) && !counted) continue;
    std::uint32_t head = head_from(at + 1, figure.first, counted ? Link::none : Link::article);
    if (head < figure.first && is_scale(word(head)))
      head = head_from(head + 2, figure.first, Link::de);
    const bool noun =
        head < figure.first && surface(head).find_last_of("sxz") + 1 == surface(head).size();
    if (noun && !folds_to(surface(head), "tiers") && !folds_to(surface(head), "quarts") &&
        !among(word(head), kPeriods))
      return std::string(surface(head));
  }
  return {};
}

}  // namespace glane
