#include "write/published_tokens.h"

#include <algorithm>
#include <cstdint>

#include "compile/rules.h"
#include "normalise/normalise.h"
#include "segment/token.h"
#include "values/offsets.h"

namespace glane {

namespace {

// White space of Unicode, and what Python's split() takes for it.
bool is_space(char32_t code) {
  if (code <= 0x20) return (code >= 0x09 && code <= 0x0D) || code >= 0x1C;
  return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

// Sorted places in the text, asked for from left to right.
class Places {
 public:
  void add(std::uint32_t place) { places_.push_back(place); }
  void sort() { std::sort(places_.begin(), places_.end()); }

  // Whether one lies at or before `at` that was not taken yet.
  bool take(std::uint32_t at) {
    const std::size_t before = next_;
    while (next_ < places_.size() && places_[next_] <= at) ++next_;
    return next_ > before;
  }

 private:
  std::vector<std::uint32_t> places_;
  std::size_t next_ = 0;
};

struct Cuts {
  Places tokens;
  Places sentences;
};

Cuts find_cuts(const Document& document, const RuleSet& rules) {
  Cuts cuts;
  const NormalisedText text = normalise(document.article.text);
  const Segments segments = segment(text.text, rules.compiled().vocabulary);
  const auto cut = [&](SourceSpan span) {
    cuts.tokens.add(span.begin);
    cuts.tokens.add(span.end);
  };
  for (const Token& token : segments.tokens) cut(text.map.to_source(token.span));
  for (const TokenRange& sentence : segments.sentences) {
    if (sentence.size() == 0) continue;
    cuts.sentences.add(text.map.to_source(segments.tokens[sentence.first].span).begin);
  }
  for (const Entity& entity : document.entities) cut(entity.span);
  for (const Figure& figure : document.figures) cut(figure.span);
  for (const Quote& quote : document.quotes) {
    cut(quote.span);
    if (quote.speaker_span) cut(*quote.speaker_span);
    if (quote.cue_span) cut(*quote.cue_span);
  }
  cuts.tokens.sort();
  cuts.sentences.sort();
  return cuts;
}

}  // namespace

std::vector<PublishedToken> cut_published(const Document& document, const RuleSet& rules) {
  std::vector<PublishedToken> tokens;
  Cuts cuts = find_cuts(document, rules);
  const std::string& text = document.article.text;
  bool begins = true;
  bool begins_sentence = true;
  for (std::uint32_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    begins |= cuts.tokens.take(at);
    begins_sentence |= cuts.sentences.take(at);
    if (is_space(character.code)) {
      begins = true;
    } else if (begins || begins_sentence) {
      tokens.push_back({{at, at + character.size}, begins_sentence});
      begins = begins_sentence = false;
    } else {
      tokens.back().span.end += character.size;
    }
    at += character.size;
  }
  return tokens;
}

}  // namespace glane
