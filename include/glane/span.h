// Places in the text of an article as it was published.
#pragma once

#include <cstdint>

namespace glane {

// Half-open range [begin, end) of BYTES of the published text. Never mixed with
// pipeline/values/text.h's Span, which counts bytes of the normalised text.
struct SourceSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

}  // namespace glane
