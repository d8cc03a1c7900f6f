#include "attribute/token_text.h"

#include <algorithm>

namespace glane {
namespace {

std::size_t range_of(const std::vector<TokenRange>& ranges, std::uint32_t token) {
  const auto it = std::ranges::upper_bound(ranges, token, {}, &TokenRange::first);
  return static_cast<std::size_t>(it - ranges.begin()) - 1;
}

}  // namespace

std::string_view TokenText::words(TokenRange range) const {
  const std::uint32_t begin = token(range.first).span.begin;
  return std::string_view(text_.text).substr(begin, token(range.last - 1).span.end - begin);
}

std::size_t TokenText::sentence_of(std::uint32_t i) const {
  return range_of(segments_.sentences, i);
}
std::size_t TokenText::paragraph_of(std::uint32_t i) const {
  return range_of(segments_.paragraphs, i);
}

SourceSpan TokenText::source(TokenRange range) const {
  return text_.map.to_source({token(range.first).span.begin, token(range.last - 1).span.end});
}

SourceSpan TokenText::source_without_hyphens(TokenRange range) const {
  const std::string_view first = word(range.first);
  const bool hyphen = first.starts_with('-') && first.size() > 1;
  const std::uint32_t hyphens = first.starts_with("-t-") ? 3 : hyphen ? 1 : 0;
  return text_.map.to_source(
      {token(range.first).span.begin + hyphens, token(range.last - 1).span.end});
}

}  // namespace glane
