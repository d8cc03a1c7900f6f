#include "attribute/medium.h"

#include <algorithm>

namespace glane {

Media::Media(const Chart& chart, const TokenText& text, const CompiledRules& rules,
             const std::vector<const Match*>& matches)
    : text_(text), rules_(rules) {
  for (const Match* match : matches) {
    const auto name = without_marks(rules.capture(chart, *match, KnownPart::speaker));
    const bool list = rules.rules[match->rule].setting("known") == "list";
    if (name && (!list || known(*name))) media_.push_back(*name);
  }
  std::ranges::sort(media_, {}, &TokenRange::first);
  std::erase_if(media_, [&](const TokenRange& name) { return said(chart, name); });
}

// Inside somebody's words, and not a name in marks: « Ne pas venir sur I-Télé ».
bool Media::said(const Chart& chart, TokenRange name) const {
  const auto it = std::ranges::lower_bound(chart.units, name.last, {},
                                           [](const Unit& u) { return u.range.last; });
  if (it == chart.units.end() || it->range.first > name.first) return false;
  const bool quoted = rules_.is(it->kind, KnownKind::quoted);
  return quoted && it->range.size() > name.size() + 2;
}

// « Temps » → Temps
std::optional<TokenRange> Media::without_marks(std::optional<TokenRange> name) const {
  if (name && name->size() > 2 && text_.token(name->first).look.shape == Shape::punct) {
    return TokenRange{name->first + 1, name->last - 1};
  }
  return name;
}

// "au Monde" is "Le Monde": lists hold the article.
bool Media::known(TokenRange name) const {
  const std::string folded = fold(text_.words(name));
  for (const char* article : {"", "le ", "la ", "les ", "l' "}) {
    const WordId word = rules_.vocabulary.find(article + folded);
    if (rules_.vocabulary.member(word, WordList::media)) return true;
    if (rules_.vocabulary.field(word, WordList::brand, "type") == "online") return true;
  }
  return false;
}

std::optional<TokenRange> Media::of(const Claim& claim, TokenRange said,
                                    const SpeechCues& cues) const {
  const Cue* cue = claim.cue ? cues.at(claim.cue->first) : nullptr;
  const std::uint32_t at = claim.cue ? claim.cue->first : said.first;
  const TokenRange sentence = text_.sentence_around(at);
  auto it = std::ranges::lower_bound(media_, sentence.first, {}, &TokenRange::first);
  std::optional<TokenRange> nearest;
  for (; it != media_.end() && it->first < sentence.last; ++it) {
    const bool inside = it->first >= said.first && it->first < said.last;
    if (inside || (cue && cues.parted(*cue, it->first))) continue;
    const auto distance = [&](const TokenRange& m) {
      return m.first > at ? m.first - at : at - m.first;
    };
    if (!nearest || distance(*it) < distance(*nearest)) nearest = *it;
  }
  return nearest;
}

}  // namespace glane
