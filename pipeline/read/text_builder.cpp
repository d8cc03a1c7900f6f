#include "read/text_builder.h"

#include <algorithm>
#include <utility>

#include "values/offsets.h"

namespace glane {

namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr std::string_view kGaps[] = {"", " ", "\n", "\n\n"};  // by Gap

}  // namespace

void TextBuilder::put(std::string_view bytes) {
  if (bytes.empty()) return;
  const Gap gap = std::exchange(gap_, Gap::none);
  if (!text_.empty()) text_ += kGaps[static_cast<std::size_t>(gap)];
  text_ += bytes;
}

void TextBuilder::words(std::string_view text) {
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
    if (begin > 0) pend(Gap::space);
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kBlank), text.size());
    put(text.substr(0, end));
    text.remove_prefix(end);
  }
}

void TextBuilder::lines(std::string_view text) {
  while (true) {
    const std::size_t end = text.find('\n');
    words(text.substr(0, end));
    if (end == text.npos) return;
    break_line();
    text.remove_prefix(end + 1);
  }
}

void TextBuilder::character(char32_t code) {
  std::string bytes;
  append_utf8(code, bytes);
  words(bytes);
}

std::string TextBuilder::take() {
  gap_ = Gap::none;
  return std::exchange(text_, {});
}

}  // namespace glane
