// The text of an article, put together from pieces of a page or a feed: white space collapses
// as on a page, lines end with a newline, paragraphs with a blank line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace glane {

class TextBuilder {
 public:
  void words(std::string_view text);  // line breaks in it are spaces
  void lines(std::string_view text);  // line breaks in it stay, a blank line ends a paragraph
  void character(char32_t code);

  void end_line() { pend(Gap::line); }
  void end_paragraph() { pend(Gap::paragraph); }
  // <br>: the second of two ends a paragraph.
  void break_line() { pend(gap_ >= Gap::line ? Gap::paragraph : Gap::line); }

  // Everything so far, without blanks at its ends.
  std::string take();

 private:
  enum class Gap : std::uint8_t { none, space, line, paragraph };

  void pend(Gap gap) { gap_ = gap > gap_ ? gap : gap_; }
  void put(std::string_view bytes);

  std::string text_;
  Gap gap_ = Gap::none;  // what stands before the next character
};

}  // namespace glane
