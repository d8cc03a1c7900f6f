#include "evaluate/python_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <system_error>

namespace glane {
namespace {

constexpr std::array<std::string_view, 29> kSpaces = {
    "\t",           "\n",           "\v",           "\f",           "\r",
    "\x1c",         "\x1d",         "\x1e",         "\x1f",         " ",
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

std::size_t leading_space(std::string_view text) {
  for (std::string_view space : kSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t trailing_space(std::string_view text) {
  for (std::string_view space : kSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Python lets an underscore stand between two digits. Nothing when one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      kept += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return kept;
}

}  // namespace

std::string_view strip_spaces(std::string_view text) {
  while (std::size_t size = leading_space(text)) text.remove_prefix(size);
  while (std::size_t size = trailing_space(text)) text.remove_suffix(size);
  return text;
}

std::optional<double> read_float(std::string_view text) {
  std::optional<std::string> plain = without_underscores(strip_spaces(text));
  if (!plain) return std::nullopt;
  std::string_view digits = *plain;
  if (digits.starts_with('+')) {
    digits.remove_prefix(1);
    if (digits.starts_with('-')) return std::nullopt;
  }
  if (digits.find('(') != std::string_view::npos) return std::nullopt;  // "nan(1)"
  double number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  // Out of range: infinity or zero, which strtod tells apart.
  return error == std::errc() ? number : std::strtod(std::string(digits).c_str(), nullptr);
}

std::string fixed(double x, int digits) {
  std::array<char, 400> buffer;
  auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                              std::chars_format::fixed, digits);
  return std::string(buffer.data(), result.ptr);
}

double round_to(double x, int digits) {
  const std::string decimal = fixed(x, digits);
  double rounded = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), rounded);
  return rounded;
}

std::string python_repr(double x) {
  std::array<char, 32> buffer;
  auto scientific =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), x, std::chars_format::scientific);
  const std::string text(buffer.data(), scientific.ptr);
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;  // "inf", "nan"
  const int exponent = std::stoi(text.substr(e + 1));
  if (exponent < -4 || exponent >= 16) return text;
  const std::size_t point = text.find('.');
  const int decimals = point == std::string::npos ? 0 : static_cast<int>(e - point) - 1;
  return fixed(x, std::max(1, decimals - exponent));
}

std::string python_json(const Json& value) {
  if (value.is_number_float()) return python_repr(value.get<double>());
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (const auto& [key, item] : value.items()) {
    if (!text.empty()) text += ", ";
    if (value.is_object()) text += Json(key).dump() + ": ";
    text += python_json(item);
  }
  return value.is_object() ? "{" + text + "}" : "[" + text + "]";
}

std::string python_str(const Json* value) {
  if (value == nullptr || value->is_null()) return "None";
  if (value->is_string()) return value->get<std::string>();
  if (value->is_boolean()) return value->get<bool>() ? "True" : "False";
  return python_json(*value);
}

std::string padded(std::string text, int width) {
  const auto size =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; });
  if (size < width) text.append(static_cast<std::size_t>(width - size), ' ');
  return text;
}

}  // namespace glane
