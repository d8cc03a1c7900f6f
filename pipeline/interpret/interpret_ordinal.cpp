// Ranks and Roman numerals.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "interpret/interpret_number.h"
#include "interpret/number_words.h"
#include "interpret/spell_number.h"

namespace glane {

namespace {

struct Numeral {
  std::string_view word;
  int value;
};

}  // namespace

std::optional<int> read_roman(std::string_view folded) {
  static constexpr std::array kSteps = std::to_array<Numeral>({{"m", 1000},
                                                               {"cm", 900},
                                                               {"d", 500},
                                                               {"cd", 400},
                                                               {"c", 100},
                                                               {"xc", 90},
                                                               {"l", 50},
                                                               {"xl", 40},
                                                               {"x", 10},
                                                               {"ix", 9},
                                                               {"v", 5},
                                                               {"iv", 4},
                                                               {"i", 1}});
  int value = 0;
  int repeats = 0;
  std::size_t step = 0;
  while (!folded.empty() && step < kSteps.size()) {
    const Numeral& numeral = kSteps[step];
    bool single = numeral.word.size() == 2 || numeral.word[0] == 'v' || numeral.word[0] == 'l' ||
                  numeral.word[0] == 'd';
    if (folded.starts_with(numeral.word) && repeats < (single ? 1 : 3)) {
      value += numeral.value;
      folded.remove_prefix(numeral.word.size());
      ++repeats;
    } else {
      ++step;
      repeats = 0;
    }
  }
  return folded.empty() && value > 0 ? std::optional(value) : std::nullopt;
}

namespace {

constexpr std::array kOrdinalEndings = std::to_array<std::string_view>(
    {"ième", "ieme", "ème", "ère", "eme", "ere", "nde", "er", "re", "nd", "e"});

std::string_view without_ending(std::string_view word) {
  for (std::string_view ending : kOrdinalEndings)
    if (word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  return word;
}

// "cinquième" → cinq, "neuvième" → neuf, "trentième" → trente, "unième" → un
std::optional<std::string> cardinal_of(std::string_view word) {
  bool accented = word.ends_with("ième");
  if (!accented && !word.ends_with("ieme")) return std::nullopt;
  std::string stem(word.substr(0, word.size() - (accented ? 5 : 4)));
  if (stem == "cinqu") return "cinq";
  if (stem == "neuv") return "neuf";
  if (small_number(stem) || stem == "cent" || scale_power(stem)) return stem;
  return stem + "e";
}

std::optional<long long> spelled_ordinal(NumberWords words) {
  std::string_view last = singular(words.back());
  if (words.size() == 1) {
    if (last == "premier" || last == "première" || last == "premiere") return 1;
    if (last == "second" || last == "seconde") return 2;
  }
  auto stem = cardinal_of(last);
  if (!stem) return std::nullopt;
  words.back() = *stem;
  auto amount = spell_number(words, 0, words.size());
  return amount ? amount->value->to_integer() : std::nullopt;
}

}  // namespace

std::optional<long long> read_ordinal(std::string_view folded) {
  NumberWords words = split_number(folded);
  if (words.empty()) return std::nullopt;
  if (auto value = spelled_ordinal(std::move(words))) return value;
  std::string_view text = singular(folded);
  std::string_view stem = without_ending(text);
  while (stem.ends_with(' ')) stem.remove_suffix(1);
  if (auto roman = read_roman(stem)) return *roman;
  if (!is_digit(text.front())) return std::nullopt;
  auto amount = read_digits(stem);
  return amount ? amount->value->to_integer() : std::nullopt;
}

}  // namespace glane
