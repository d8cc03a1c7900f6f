// The characters of a normalised text, and what kind each is.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace glane {

enum class Char : std::uint8_t { other, upper, lower, digit, space, newline, mark };

// Of one code point; a table holds the answer for Latin letters and what stands between them.
Char classify(char32_t c);
inline constexpr char32_t kTableSize = 0x250;
extern const std::array<Char, kTableSize> kCharTable;

char32_t lower_case_of(char32_t c);
bool is_punctuation(char32_t c);

// A text by its characters. Places are bytes and may lie behind the end, where there is none.
class Characters {
 public:
  explicit Characters(std::string_view text)
      : text_(text), size_(static_cast<std::uint32_t>(text.size())) {}

  std::uint32_t size() const { return size_; }
  char32_t code_point(std::uint32_t at) const {
    if (at >= size_) return kNoCharacter;
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return byte;
    if (byte >= 0xC2 && byte < 0xE0) {
      return (byte & 0x1FU) << 6 | (static_cast<unsigned char>(text_[at + 1]) & 0x3FU);
    }
    return beyond_latin(at);
  }
  std::uint32_t after(std::uint32_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    return at + (byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4);
  }
  Char kind(std::uint32_t at) const {
    if (at >= size_) return Char::newline;
    const char32_t c = code_point(at);
    return c < kTableSize ? kCharTable[c] : classify(c);
  }
  bool letter(std::uint32_t at) const {
    const Char k = kind(at);
    return k == Char::upper || k == Char::lower;
  }
  bool digit(std::uint32_t at) const { return at < size_ && text_[at] >= '0' && text_[at] <= '9'; }
  bool is(std::uint32_t at, char c) const { return at < size_ && text_[at] == c; }
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }
  std::uint32_t digits_end(std::uint32_t at) const {
    while (digit(at)) ++at;
    return at;
  }
  std::uint32_t letters_end(std::uint32_t at) const {
    int capitals = 0;
    return letters_end(at, capitals);
  }
  // Counts the capitals on the way.
  std::uint32_t letters_end(std::uint32_t at, int& capitals) const {
    while (at < size_) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      const bool ascii = byte < 0x80;
      const Char k = ascii ? kCharTable[byte] : kind(at);
      if (k != Char::lower && k != Char::upper && k != Char::mark) break;
      capitals += k == Char::upper ? 1 : 0;
      at = ascii ? at + 1 : after(at);
    }
    return at;
  }
  // ⁵, ¹, ⁻
  bool superscript(std::uint32_t at) const {
    const char32_t c = code_point(at);
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 || (c >= 0x2074 && c <= 0x207B);
  }
  std::uint32_t exponent_end(std::uint32_t at) const {
    while (at < size_ && superscript(at)) at = after(at);
    return at;
  }
  int value_of(std::uint32_t begin, std::uint32_t end) const {
    int value = 0;
    for (std::uint32_t i = begin; i < end && value < 100000; ++i)
      value = value * 10 + text_[i] - '0';
    return value;
  }

 private:
  static constexpr char32_t kNoCharacter = 0xFFFFFFFF;
  char32_t beyond_latin(std::uint32_t at) const;  // of three bytes or four

  std::string_view text_;
  std::uint32_t size_;
};

}  // namespace glane
