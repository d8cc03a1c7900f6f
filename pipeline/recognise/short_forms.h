// Short forms of names: what a text calls someone or something after the first mention.
#pragma once

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

// Folded first letters of the capitalised words, then of these and the longer ordinary words:
// "Comité technique des vaccinations" → "c", "ctv". The same string twice when there is no
// difference.
std::array<std::string, 2> acronyms(std::string_view text, const Segments& segments,
                                    TokenRange range);

}  // namespace glane
