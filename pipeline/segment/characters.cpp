#include "segment/characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace glane {

Char classify(char32_t c) {
  if (c == '\n') return Char::newline;
  if (c == ' ') return Char::space;
  if (c == 0xB2 || c == 0xB3) return Char::lower;  // m², m³ are words
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return Char::upper;
    case U_LOWERCASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return Char::lower;
    case U_DECIMAL_DIGIT_NUMBER:
      return c < 0x80 ? Char::digit : Char::other;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return Char::mark;
    case U_SPACE_SEPARATOR:
    case U_CONTROL_CHAR:
      return Char::space;
    default:
      return Char::other;
  }
}

char32_t lower_case_of(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

bool is_punctuation(char32_t c) { return u_ispunct(static_cast<UChar32>(c)) != 0; }

namespace {

std::array<Char, kTableSize> make_table() {
  std::array<Char, kTableSize> table{};
  for (char32_t c = 0; c < kTableSize; ++c) table[c] = classify(c);
  return table;
}

}  // namespace

const std::array<Char, kTableSize> kCharTable = make_table();

char32_t Characters::beyond_latin(std::uint32_t at) const {
  UChar32 c = 0;
  U8_GET_UNSAFE(text_.data(), at, c);
  return static_cast<char32_t>(c);
}

}  // namespace glane
