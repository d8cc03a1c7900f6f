// Places of a published text in the units of other programs, and its bytes as valid UTF-8.
//
// Published bytes may be ill-formed. Everywhere in glane each maximal ill-formed
// subsequence (Unicode 3.9, "substitution of maximal subparts") counts as one character:
// it is written as one U+FFFD, which is one code point and one UTF-16 unit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"

namespace glane {

struct Character {
  char32_t code = 0;       // U+FFFD when ill-formed
  std::uint32_t size = 0;  // bytes
  bool well_formed = true;
};

// The character that begins at byte `at`, which is less than text.size().
Character character_at(std::string_view text, std::size_t at);

// Where the run of ASCII that begins at `at` ends; `at` when there is none.
std::size_t ascii_end(std::string_view text, std::size_t at);

// Appends the UTF-8 of a code point; `code` is a scalar value.
void append_utf8(char32_t code, std::string& out);

// Converts byte offsets of one text to code points or UTF-16 units. Reads the text once when
// it is built, a stretch of at most 64 bytes for each offset. The text must outlive it.
class OffsetConverter {
 public:
  OffsetConverter(std::string_view published, OffsetUnit unit);

  // Units before the character that holds byte `byte`; 0…published.size(), larger offsets
  // are those of the end.
  std::uint32_t operator()(std::uint32_t byte) const;

 private:
  struct Place {
    std::uint32_t byte = 0;
    std::uint32_t units = 0;
  };
  std::uint32_t units_of(char32_t code) const;
  void advance(Place& place, std::size_t limit) const;
  void build();
  std::uint32_t units_in(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  OffsetUnit unit_;
  bool well_formed_ = true;  // units are then counted by their lead bytes
  // The last character boundary at or before each multiple of the stride; none for bytes.
  std::vector<Place> checkpoints_;
};

// The bytes of a span, ill-formed subsequences written as U+FFFD: always valid UTF-8.
// A span that reaches beyond the text is cut to it.
std::string slice_utf8(std::string_view published, SourceSpan span);

}  // namespace glane
