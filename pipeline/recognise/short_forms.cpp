#include "recognise/short_forms.h"

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
  for_each_surname(key, [&](std::string_view surname) { out.emplace_back(surname); });
  return out;
}

std::array<std::string, 2> acronyms(std::string_view text, const Segments& segments,
                                    TokenRange range) {
  std::array<std::string, 2> out;
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    const Token& token = segments.tokens[t];
    const bool capital = token.look.shape != Shape::lower;
    if (!capital && token.span.end - token.span.begin <= kShortWord) continue;
    const std::string_view letter = first_letter(text, token.span);
    if (capital) append_folded(letter, out[0]);
    append_folded(letter, out[1]);
  }
  return out;
}

}  // namespace glane
