// French numbers, in words and in digits, as exact decimals.
//
// Every function takes folded text (lower case, plain apostrophes and single spaces), looks
// at each of its words a bounded number of times and returns nothing when the text is no
// number of the kind asked for. Words may be joined by hyphens, by spaces, or both.
#pragma once

#include <optional>
#include <string_view>

#include "glane/decimal.h"

namespace glane {

// An amount as a figure shows it: a value, or only its order of magnitude.
struct Amount {
  std::optional<Decimal> value;
  std::optional<Decimal> scale;  // "des milliers": 1000, with no value
  bool approximate = false;      // "une vingtaine", "des milliers"
  bool ambiguous = false;        // "3.500": read as thousands, might be a decimal
  int unit_power = 0;            // power of ten of the last scale word: 6 in "2,5 millions"
};

// Cardinals, decimals, numbers with scale words, collectives, indefinite amounts,
// fractions: "85 000", "-2,5 millions", "soixante et onze", "un million et demi",
// "deux virgule cinq", "une dizaine de milliers", "plusieurs millions", "trois quarts",
// "9 sur 10".
std::optional<Amount> read_amount(std::string_view folded);

// Digits with their French, Swiss or English separators, an optional sign, and ½ ¼ ¾.
// A single group of three behind one dot is read as thousands and told in `ambiguous`.
std::optional<Amount> read_digits(std::string_view folded);

// Ordinals: "1er", "32 e", "premières", "vingt et unième", "deux cent unième", "xxe".
std::optional<long long> read_ordinal(std::string_view folded);

// Roman numerals in canonical form, 1…3999: "xxi".
std::optional<int> read_roman(std::string_view folded);

}  // namespace glane
