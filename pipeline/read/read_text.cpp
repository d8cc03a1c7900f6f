// Plain text: one file is one article, its first line with something on it the title.
#include <algorithm>

#include "read/decode.h"
#include "read/formats.h"

namespace glane {

namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string first_line(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  std::string_view line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  line = line.substr(0, line.find_last_not_of(kBlank) + 1);
  return std::string(line);
}

}  // namespace

ParsedRecord parse_text(RawRecord&& record) {
  ParsedRecord parsed{.place = std::move(record.place)};
  Article& article = parsed.article;
  article.text = decode(record.bytes).text;
  // A NUL is what tells a picture or an archive from a text.
  if (const std::size_t nul = article.text.find('\0'); nul != std::string::npos) {
    const auto at = article.text.begin() + static_cast<std::ptrdiff_t>(nul);
    parsed.place.line = 1 + static_cast<std::size_t>(std::count(article.text.begin(), at, '\n'));
    parsed.trouble = Trouble::refused;
    parsed.reason = "a NUL byte: this is not text";
    return parsed;
  }
  article.id = article.source = parsed.place.file;
  article.title = first_line(article.text);
  return parsed;
}

}  // namespace glane
