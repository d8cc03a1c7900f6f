// A text by its tokens: their words, and the sentence and the paragraph they stand in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "segment/chart.h"

namespace glane {

class TokenText {
 public:
  TokenText(const Chart& chart, const NormalisedText& text)
      : segments_(chart.segments), text_(text) {}

  const Token& token(std::uint32_t i) const { return segments_.tokens[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(segments_.tokens.size()); }

  // Of the normalised text.
  std::string_view word(std::uint32_t i) const { return words({i, i + 1}); }
  std::string_view words(TokenRange range) const;

  // By number, from 0; and their tokens.
  std::size_t sentence_of(std::uint32_t i) const;
  std::size_t paragraph_of(std::uint32_t i) const;
  TokenRange sentence_around(std::uint32_t i) const { return segments_.sentences[sentence_of(i)]; }
  TokenRange paragraph_around(std::uint32_t i) const {
    return segments_.paragraphs[paragraph_of(i)];
  }

  SourceSpan source(TokenRange range) const;
  // Of "-t-il" the pronoun alone.
  SourceSpan source_without_hyphens(TokenRange range) const;

 private:
  const Segments& segments_;
  const NormalisedText& text_;
};

}  // namespace glane
