#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace glane {

// Whether a word is one of a few.
inline bool among(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace glane
