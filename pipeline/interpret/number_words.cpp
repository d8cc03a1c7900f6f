#include "interpret/number_words.h"

#include <algorithm>
#include <array>

namespace glane {

namespace {

struct NumberWord {
  std::string_view word;
  int value;
};

constexpr std::array kSmall = std::to_array<NumberWord>({
    {"zéro", 0},      {"zero", 0},      {"un", 1},        {"une", 1},        {"deux", 2},
    {"trois", 3},     {"quatre", 4},    {"cinq", 5},      {"six", 6},        {"sept", 7},
    {"huit", 8},      {"neuf", 9},      {"dix", 10},      {"onze", 11},      {"douze", 12},
    {"treize", 13},   {"quatorze", 14}, {"quinze", 15},   {"seize", 16},     {"vingt", 20},
    {"vingts", 20},   {"trente", 30},   {"quarante", 40}, {"cinquante", 50}, {"soixante", 60},
    {"septante", 70}, {"huitante", 80}, {"octante", 80},  {"nonante", 90},
});

// Powers of ten. The long scale: un billion is 10^12.
constexpr std::array kScales = std::to_array<NumberWord>({
    {"million", 6},
    {"milliard", 9},
    {"billion", 12},
    {"billiard", 15},
    {"trillion", 18},
    {"trilliard", 21},
    {"quadrillion", 24},
    {"quadrilliard", 27},
    {"quintillion", 30},
    {"mio", 6},
    {"mios", 6},
    {"mia", 9},
    {"mias", 9},
    {"mrd", 9},
    {"mrds", 9},
    {"md", 9},
    {"mds", 9},
    {"m", 6},
    {"k", 3},
});

constexpr std::array kCollectives = std::to_array<NumberWord>({
    {"dizaine", 10},
    {"douzaine", 12},
    {"quinzaine", 15},
    {"vingtaine", 20},
    {"trentaine", 30},
    {"quarantaine", 40},
    {"cinquantaine", 50},
    {"soixantaine", 60},
    {"huitaine", 8},
    {"centaine", 100},
    {"millier", 1000},
    {"septantaine", 70},
});

constexpr std::array kFractions = std::to_array<NumberWord>({
    {"demi", 2},
    {"demie", 2},
    {"moitié", 2},
    {"moitie", 2},
    {"tiers", 3},
    {"quart", 4},
    {"quarts", 4},
    {"cinquième", 5},
    {"sixième", 6},
    {"septième", 7},
    {"huitième", 8},
    {"neuvième", 9},
    {"dixième", 10},
    {"vingtième", 20},
    {"centième", 100},
    {"millième", 1000},
});

template <std::size_t N>
std::optional<int> find(const std::array<NumberWord, N>& table, std::string_view word) {
  auto found = std::ranges::find(table, word, &NumberWord::word);
  return found == table.end() ? std::nullopt : std::optional(found->value);
}

// Bytes of ½ ¼ ¾ in UTF-8.
bool is_vulgar(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] == '\xC2' && text[at + 1] >= '\xBC' &&
         text[at + 1] <= '\xBE';
}

bool three_digits(std::string_view text, std::size_t at) {
  return at + 3 <= text.size() && std::ranges::all_of(text.substr(at, 3), is_digit) &&
         (at + 3 == text.size() || !is_digit(text[at + 3]));
}

// "1 234 567,5½": separators stand between digits, a space only before a group of three.
std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    bool inside = at + 1 < text.size() && is_digit(text[at + 1]);
    if (is_digit(text[at]))
      ++at;
    else if (is_vulgar(text, at))
      at += 2;
    else if (text[at] == ' ' && (three_digits(text, at + 1) || text.substr(at, 5) == "  000"))
      ++at;
    else if (inside && std::string_view(".,'").find(text[at]) != std::string_view::npos)
      ++at;
    else
      break;
  }
  return at;
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_digit(text[at]) &&
         std::string_view(" -/'").find(text[at]) == std::string_view::npos)
    ++at;
  return at < text.size() && text[at] == '\'' ? at + 1 : at;
}

// "5", "½", ",5"
bool starts_digits(std::string_view text, std::size_t at) {
  const bool bare = text[at] == ',' && at + 1 < text.size() && is_digit(text[at + 1]);
  return is_digit(text[at]) || is_vulgar(text, at) || bare;
}

}  // namespace

std::optional<int> small_number(std::string_view word) { return find(kSmall, word); }

std::string_view singular(std::string_view word) {
  return word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
}

std::optional<int> scale_power(std::string_view word) {
  if (auto power = find(kScales, word)) return power;
  return word.size() > 4 ? find(kScales, singular(word)) : std::nullopt;
}

std::optional<int> collective(std::string_view word) { return find(kCollectives, singular(word)); }

std::optional<int> denominator(std::string_view word) {
  if (auto value = find(kFractions, word)) return value;
  return find(kFractions, singular(word));
}

NumberWords split_number(std::string_view text) {
  NumberWords words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    bool sign = (text[at] == '-' || text[at] == '+') &&
                (at == 0 || text[at - 1] == ' ' || text[at - 1] == '^');
    if (starts_digits(text, at))
      end = digits_end(text, at);
    else if (sign || text[at] == '/')
      end = at + 1;
    else if (text[at] != ' ' && text[at] != '-')
      end = letters_end(text, at);
    else if (++at)
      continue;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace glane
