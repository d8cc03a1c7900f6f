#include "values/json_text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "values/eight_bytes.h"
#include "values/offsets.h"

namespace glane {
namespace {

enum class Class : unsigned char { plain, escaped, beyond_ascii };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> classes{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
    classes[byte] = byte >= 0x80 ? Class::beyond_ascii : escaped ? Class::escaped : Class::plain;
  }
  return classes;
}
constexpr std::array<Class, 256> kClasses = make_classes();

Class class_of(char byte) { return kClasses[static_cast<unsigned char>(byte)]; }

// What follows the backslash.
void append_code_unit(char32_t unit, std::string& out) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  out += 'u';
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(unit >> shift) & 15];
}

void append_escape(char byte, std::string& out) {
  static constexpr std::string_view kLetters = "\"\\\b\f\n\r\t";
  static constexpr std::string_view kEscapes = "\"\\bfnrt";
  out += '\\';
  if (const std::size_t at = kLetters.find(byte); at != std::string_view::npos) {
    out += kEscapes[at];
    return;
  }
  append_code_unit(static_cast<unsigned char>(byte), out);
}

void append_unicode_escape(char32_t code, std::string& out) {
  out += '\\';
  if (code < 0x10000) return append_code_unit(code, out);
  append_code_unit(0xD800 + ((code - 0x10000) >> 10), out);
  out += '\\';
  append_code_unit(0xDC00 + ((code - 0x10000) & 0x3FF), out);
}

// The first `size` bytes, up to eight; blanks behind them.
std::uint64_t load(const char* from, std::size_t size) {
  if (size >= 8) return eight_bytes::load(from);
  char bytes[8];
  std::memset(bytes, ' ', sizeof bytes);
  if (size >= 4) {  // two halves that may share bytes
    std::memcpy(bytes, from, 4);
    std::memcpy(bytes + size - 4, from + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) bytes[i] = from[i];
  }
  return eight_bytes::load(bytes);
}

// How many of eight bytes can be written as they are, if they are ASCII and letters such as é
// (lead byte C3), as nearly all are: eight, or seven when a letter goes on behind them. Else none.
std::size_t plain_bytes(std::uint64_t word) {
  using namespace eight_bytes;
  if ((first_below(word, 0x20) | first_equal(word, '"') | first_equal(word, '\\')) != 0) return 0;
  const std::uint64_t wide = word & kHighs;
  if (wide == 0) return 8;
  const std::uint64_t leads = equal(word, 0xC3);
  const std::uint64_t trails = leads << 8;
  if (wide != (leads | trails) || (word << 1 & trails) != 0) return 0;
  return leads >> 63 != 0 ? 7 : 8;
}

// Bytes from `at` on that can be written as they are.
std::size_t plain_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t left = text.size() - at;
    const std::size_t plain = plain_bytes(load(text.data() + at, std::min<std::size_t>(left, 8)));
    if (plain >= left) return text.size();
    if (plain > 0) {
      at += plain;
      continue;
    }
    switch (class_of(text[at])) {
      case Class::plain:
        ++at;
        break;
      case Class::escaped:
        return at;
      case Class::beyond_ascii: {
        const Character character = character_at(text, at);
        if (!character.well_formed) return at;
        at += character.size;
      }
    }
  }
  return at;
}

// Nearly every string: nothing in it needs an escape.
void append_quoted(std::string_view text, std::string& out) {
  const std::size_t begin = out.size();
  out.resize(begin + text.size() + 2);
  out[begin] = '"';
  text.copy(out.data() + begin + 1, text.size());
  out.back() = '"';
}

// End of the JSON string that begins at `at`.
std::size_t string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return std::min(at + 1, json.size());
}

}  // namespace

bool plain_in_json(std::string_view text) { return plain_end(text, 0) == text.size(); }

void append_json_string(std::string_view text, std::string& out) {
  std::size_t at = 0;
  std::size_t end = plain_end(text, 0);
  if (end == text.size()) return append_quoted(text, out);
  out += '"';
  while (true) {
    out.append(text, at, end - at);
    if (end == text.size()) break;
    if (class_of(text[end]) == Class::escaped) {
      append_escape(text[end], out);
      at = end + 1;
    } else {
      out += "\uFFFD";
      at = end + character_at(text, end).size;
    }
    end = plain_end(text, at);
  }
  out += '"';
}

std::string indent_json(std::string_view compact) {
  // Deep nesting in a field that passes through must not cost quadratic space.
  constexpr std::size_t kMaxIndent = 40;
  std::string out;
  std::size_t depth = 0;
  const auto line = [&] { out.append(1, '\n').append(std::min(2 * depth, kMaxIndent), ' '); };
  for (std::size_t at = 0; at < compact.size(); ++at) {
    const char byte = compact[at];
    if (byte == '"') {
      const std::size_t end = string_end(compact, at);
      out += compact.substr(at, end - at);
      at = end - 1;
      continue;
    }
    const bool closes = byte == '}' || byte == ']';
    const bool empty = closes && (compact[at - 1] == '{' || compact[at - 1] == '[');
    if (closes) --depth;
    if (closes && !empty) line();
    out += byte;
    if (byte == ':') out += ' ';
    if (byte == '{' || byte == '[') ++depth;
    const char next = at + 1 < compact.size() ? compact[at + 1] : '\0';
    const bool opens = (byte == '{' || byte == '[') && next != '}' && next != ']';
    if (byte == ',' || opens) line();
  }
  return out;
}

std::string to_ascii(std::string_view json) {
  std::string out;
  out.reserve(json.size() * 5 / 4);
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t end = ascii_end(json, at);
    out.append(json, at, end - at);
    if (end == json.size()) break;
    const Character character = character_at(json, end);
    append_unicode_escape(character.code, out);
    at = end + character.size;
  }
  return out;
}

}  // namespace glane
