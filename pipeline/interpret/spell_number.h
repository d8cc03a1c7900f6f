// Sums of number words: "deux cent mille trois", "1 milliard 200 millions".
#pragma once

#include <cstddef>
#include <optional>

#include "interpret/interpret_number.h"
#include "interpret/number_words.h"

namespace glane {

// The number that words first … last - 1 make; nothing when one cannot stand where it stands.
std::optional<Amount> spell_number(const NumberWords& words, std::size_t first, std::size_t last);

}  // namespace glane
