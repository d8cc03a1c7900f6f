// Short forms of names: what a text calls someone or something after the first mention.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "segment/token.h"

namespace glane {

// "luc van der heide" → "van der heide", "der heide", "heide". `key` is folded, its words
// separated by single spaces. A name of more than kMostWords words has none: it is no name that
// anybody shortens, and its short forms would be as many as its words, each as long.
inline constexpr std::size_t kMostWords = 16;
std::vector<std::string> surnames(std::string_view key);
template <typename Action>
void for_each_surname(std::string_view key, Action action) {
  const auto blanks = static_cast<std::size_t>(std::count(key.begin(), key.end(), ' '));
  if (blanks == 0 || blanks >= kMostWords) return;
  for (std::size_t at = key.find(' '); at != std::string_view::npos; at = key.find(' ', at + 1))
    action(key.substr(at + 1));
}

// Folded first letters of the capitalised words, then of these and the longer ordinary words:
// "Comité technique des vaccinations" → "c", "ctv". The same string twice when there is no
// difference.
std::array<std::string, 2> acronyms(std::string_view text, const Segments& segments,
                                    TokenRange range);

}  // namespace glane
