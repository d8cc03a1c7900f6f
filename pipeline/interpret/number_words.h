// The words that French numbers are made of, and a text cut into them. Internal to the readers
// of numbers (interpret_number.h); texts are folded.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace glane {

// Letters, numbers in digits, "/", "^", and a sign before digits: "2,5 millions", "vingt et un".
using NumberWords = std::vector<std::string_view>;
NumberWords split_number(std::string_view folded);

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "zéro" to "seize", and the tens: "vingt", "septante".
std::optional<int> small_number(std::string_view word);
// The power of ten of "million", "mds", "k" …
std::optional<int> scale_power(std::string_view word);
// The number of "vingtaine", "milliers" …
std::optional<int> collective(std::string_view word);
// The denominator of "tiers", "centièmes" …
std::optional<int> denominator(std::string_view word);

std::string_view singular(std::string_view word);

// Powers of the words that business news takes over from English, where they are 9 and 12.
inline constexpr int kBillion = 12;
inline constexpr int kTrillion = 18;

}  // namespace glane
