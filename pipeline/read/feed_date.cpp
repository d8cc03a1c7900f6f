#include "read/feed_date.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

namespace glane {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 8)) value = 10 * value + (c - '0');
  return value;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<Date> checked(int year, int month, int day) {
  char iso[32];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  return parse_date(iso);
}

// Words and numbers: "Wed, 05 Nov 2025" is four of them.
std::vector<std::string_view> parts_of(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n,-";
  std::vector<std::string_view> parts;
  while (parts.size() < 5) {
    text.remove_prefix(std::min(text.find_first_not_of(kBetween), text.size()));
    if (text.empty()) break;
    const std::size_t end = std::min(text.find_first_of(kBetween), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return parts;
}

// By its first three letters, English or French without accents: "jan", "Nov", "mai", "aou".
int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 19> kNames = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
      "nov", "dec", "fev", "avr", "mai", "aou", "aoû", "fév", "déc"};
  static constexpr std::array<int, 19> kMonths = {1,  2,  3, 4, 5, 6, 7, 8, 9, 10,
                                                  11, 12, 2, 4, 5, 8, 8, 2, 12};
  std::string lower(word.substr(0, 4));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (lower.starts_with(kNames[i])) return kMonths[i];
  }
  return 0;
}

// A year of two digits is one of 1970…2069.
std::optional<Date> read_mail_date(std::string_view text) {
  std::vector<std::string_view> parts = parts_of(text);
  if (!parts.empty() && !is_digit(parts[0][0])) parts.erase(parts.begin());
  if (parts.size() < 3 || !all_digits(parts[0]) || !all_digits(parts[2])) return std::nullopt;
  const int month = month_of(parts[1]);
  int year = number(parts[2]);
  if (parts[2].size() == 2) year += year < 70 ? 2000 : 1900;
  return parts[0].size() > 2 || month == 0 ? std::nullopt : checked(year, month, number(parts[0]));
}

std::optional<Date> read_basic_date(std::string_view text) {
  const std::string_view day = text.substr(0, 8);
  const bool ends = text.size() == 8 || (text.size() > 8 && !is_digit(text[8]));
  if (day.size() < 8 || !all_digits(day) || !ends) return std::nullopt;
  return checked(number(day.substr(0, 4)), number(day.substr(4, 2)), number(day.substr(6)));
}

std::optional<Date> read_slashed_date(std::string_view text) {
  if (text.size() < 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  if (!all_digits(text.substr(0, 2)) || !all_digits(text.substr(3, 2)) ||
      !all_digits(text.substr(6, 4))) {
    return std::nullopt;
  }
  return checked(number(text.substr(6, 4)), number(text.substr(3, 2)), number(text.substr(0, 2)));
}

}  // namespace

std::optional<Date> read_feed_date(std::string_view written) {
  const std::size_t begin = std::min(written.find_first_not_of(" \t\r\n"), written.size());
  written.remove_prefix(begin);
  if (auto date = parse_date(std::string(written))) return date;
  if (auto date = read_basic_date(written)) return date;
  if (auto date = read_slashed_date(written)) return date;
  return read_mail_date(written);
}

}  // namespace glane
