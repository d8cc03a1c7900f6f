// Normalised text → tokens.
#pragma once

#include <string_view>
#include <vector>

#include "segment/token.h"

namespace glane {

// The tokens of a text from left to right, with their looks but for Look::start, and without
// words. Linear in the text. The vocabulary tells which letters behind digits are a unit or a
// currency ("20km"); without one none are.
std::vector<Token> cut_tokens(std::string_view text, const Vocabulary* vocabulary);
// The same behind what `tokens` holds already.
void cut_tokens(std::string_view text, const Vocabulary* vocabulary, std::vector<Token>& tokens);

// "janv", "févr": what keeps the dot behind it before a year.
bool is_month_abbreviation(std::string_view folded);

}  // namespace glane
