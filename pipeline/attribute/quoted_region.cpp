#include "attribute/quoted_region.h"

#include <algorithm>
#include <array>

namespace glane {
namespace {

TokenRange without_commas(TokenRange range, const TokenText& text) {
  while (range.last > range.first && text.word(range.last - 1) == ",") --range.last;
  while (range.last > range.first && text.word(range.first) == ",") ++range.first;
  return range;
}

bool capital(const QuotedRegion& region, const TokenText& text) {
  const Shape shape = text.token(region.inside.first).look.shape;
  return shape != Shape::lower && shape != Shape::number;
}

// Whether a second sentence begins inside.
bool goes_on(const QuotedRegion& region, const TokenText& text) {
  for (std::uint32_t t = region.inside.first + 1; t < region.inside.last; ++t) {
    const Look look = text.token(t).look;
    if (look.start && look.shape != Shape::lower && look.shape <= Shape::mixed) return true;
  }
  return false;
}

// « Ne cliquez jamais »
bool orders(const QuotedRegion& region, const TokenText& text) {
  std::uint32_t first = region.inside.first;
  const std::string opening = fold(text.word(first));
  if (opening == "ne" || opening == "n'") ++first;
  if (first >= region.inside.last || !capital(region, text)) return false;
  const std::string verb = fold(text.word(first));
  return verb.size() > 4 && verb.ends_with("ez") && verb != "assez";
}

// "affirme que « dans les deux cas, nous partirons »": marks that hold all that was said.
bool after_que(const QuotedRegion& region, const TokenText& text) {
  if (region.marked.first == 0) return false;
  const std::string_view before = text.word(region.marked.first - 1);
  return before == "que" || before == "qu'";
}

bool after_colon(const QuotedRegion& region, const TokenText& text) {
  return region.marked.first > 0 && text.word(region.marked.first - 1) == ":";
}

// Whether the quoted words are built into the reporter's sentence.
bool fragment(const QuotedRegion& region, const CompiledRules& rules) {
  const Rule& rule = rules.rules[region.claim->rule];
  return rule.setting("holds") != "" || rule.priority == 0;
}

}  // namespace

std::vector<TokenRange> pieces_of(const QuotedRegion& region, const TokenText& text) {
  std::vector<TokenRange> pieces;
  std::uint32_t first = region.inside.first;
  for (const TokenRange& incise : region.incises) {
    if (incise.first > first) pieces.push_back(without_commas({first, incise.first}, text));
    first = std::max(first, incise.last);
  }
  if (first < region.inside.last) {
    pieces.push_back(without_commas({first, region.inside.last}, text));
  }
  std::erase_if(pieces, [](const TokenRange& piece) { return piece.size() == 0; });
  return pieces;
}

bool has_speaking_pronoun(TokenRange range, const TokenText& text) {
  static constexpr std::array<std::string_view, 7> kPronouns = {"je", "j'", "nous", "on",
                                                                "ça", "c'", "vous"};
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    if (std::ranges::find(kPronouns, fold(text.word(t))) != kPronouns.end()) return true;
  }
  return false;
}

QuoteKind kind_of(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules,
                  const ClauseBounds& bounds) {
  const Vocabulary& words = rules.vocabulary;
  if (region.turn || orders(region, text)) return QuoteKind::direct;
  if (!bounds.has_verb(region.inside) && !has_speaking_pronoun(region.inside, text)) {
    return capital(region, text) && after_colon(region, text) ? QuoteKind::direct
                                                              : QuoteKind::partial;
  }
  const std::uint32_t mark = region.marked.first;
  if (mark > 0 && words.member(text.token(mark - 1).word, WordList::determiner))
    return QuoteKind::partial;
  const WordId first = text.token(region.inside.first).word;
  const bool subject = words.member(first, WordList::determiner) ||
                       words.member(first, WordList::pronoun_subject) ||
                       words.member(first, WordList::number_word) ||
                       text.token(region.inside.first).look.shape == Shape::number;
  const bool may_be = subject || !fragment(region, rules) || after_que(region, text);
  const bool whole = capital(region, text) || goes_on(region, text) ||
                     (may_be && bounds.whole(region.inside)) || bounds.speaks(region.inside);
  return whole ? QuoteKind::direct : QuoteKind::partial;
}

bool named_so(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules) {
  const Vocabulary& words = rules.vocabulary;
  std::uint32_t t = region.marked.first;
  while (t > 0 && (words.member(text.token(t - 1).word, WordList::determiner) ||
                   words.member(text.token(t - 1).word, WordList::adverb))) {
    --t;
  }
  return t > 0 && words.member(text.token(t - 1).word, WordList::naming_word);
}

bool names_a_thing(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules,
                   const ClauseBounds& bounds) {
  if (region.marked.first == 0) return false;
  const std::uint32_t mark = region.marked.first;
  // "les « patriotes » ont gagné", but "la « beauté » de leurs travaux"
  const std::string next =
      region.marked.last < text.size() ? fold(text.word(region.marked.last)) : std::string();
  const bool goes_on = region.marked.last < text.size() &&
                       text.token(region.marked.last).look.shape <= Shape::mixed && next != "de" &&
                       next != "d'" && next != "du";
  if (region.inside.size() == 1 && goes_on) {
    const std::string w = fold(text.word(mark - 1));
    if (w == "le" || w == "la" || w == "les" || w == "l'" || w == "des") return true;
  }
  if (region.inside.size() > 8) return false;
  const Look first = text.token(region.inside.first).look;
  if (first.shape == Shape::lower || bounds.has_verb(region.inside)) return false;
  const Token& before = text.token(mark - 1);
  return before.look.shape == Shape::lower &&
         !rules.vocabulary.member(before.word, WordList::preposition) &&
         !rules.vocabulary.member(before.word, WordList::determiner);
}

}  // namespace glane
