#include "recognise/short_forms.h"

#include <algorithm>

namespace glane {
namespace {

// Words up to this many bytes ("de", "et", "des") give an acronym no letter.
constexpr std::uint32_t kShortWord = 3;

std::string_view first_letter(std::string_view text, Span span) {
  std::uint32_t end = span.begin + 1;
  while (end < span.end && (text[end] & 0xC0) == 0x80) ++end;
  return text.substr(span.begin, end - span.begin);
}

}  // namespace

std::vector<std::string> surnames(std::string_view key) {
  std::vector<std::string> out;
  if (static_cast<std::size_t>(std::ranges::count(key, ' ')) >= kMostWords) return out;
  for (std::size_t at = key.find(' '); at != std::string_view::npos; at = key.find(' ', at + 1)) {
    out.emplace_back(key.substr(at + 1));
  }
  return out;
}

std::array<std::string, 2> acronyms(std::string_view text, const Segments& segments,
                                    TokenRange range) {
  std::array<std::string, 2> out;
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    const Token& token = segments.tokens[t];
    const std::string letter = fold(first_letter(text, token.span));
    const bool capital = token.look.shape != Shape::lower;
    if (capital) out[0] += letter;
    if (capital || token.span.end - token.span.begin > kShortWord) out[1] += letter;
  }
  return out;
}

}  // namespace glane
