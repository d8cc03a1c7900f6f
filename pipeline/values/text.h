// A text as the stages see it, normalised, and the way back to the text as published.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "glane/document.h"

namespace glane {

// Half-open range of BYTES of the normalised text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// Maps places of the normalised text to places of the published text. Total (every offset
// 0…size has an image), monotone, and outward-rounding: the source of a span always covers
// every published byte that took part in any of its characters.
class OffsetMap {
 public:
  SourceSpan to_source(Span span) const;
  Span to_normalised(SourceSpan span) const;

  // Stretches in order of both texts, covering both without gap. Where `copied` holds the
  // bytes are the same on both sides; elsewhere the stretch is one indivisible replacement.
  struct Stretch {
    std::uint32_t normalised_begin;
    std::uint32_t source_begin;
    bool copied;
  };
  void append(std::uint32_t normalised_size, std::uint32_t source_size, bool copied);

 private:
  std::uint32_t start_of(std::uint32_t byte, std::size_t stretch) const;
  std::uint32_t end_after(std::uint32_t byte, std::size_t stretch) const;

  std::vector<Stretch> stretches_;
  std::uint32_t normalised_size_ = 0;
  std::uint32_t source_size_ = 0;
};

struct NormalisedText {
  std::string text;
  OffsetMap map;
  std::vector<Diagnostic> diagnostics;
};

}  // namespace glane
