// Whether a text is a word once it is folded, without writing it down.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "segment/vocabulary.h"
#include "segment/word_key.h"

namespace glane {

inline bool folds_to(std::string_view text, std::string_view folded) {
  WordKey key;
  if (!fold_key(text, 0, text.size(), key)) return fold(text) == folded;
  return folded.size() <= WordKey::kMost && key == key_of(folded);
}

// The key of a word of at most WordKey::kMost bytes that the code names.
consteval WordKey known_key(std::string_view folded) {
  WordKey key;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto byte = std::uint64_t{static_cast<unsigned char>(folded[i])};
    (i < 8 ? key.low : key.high) |= byte << i % 8 * 8;
  }
  return key;
}

// Whether it is one of several; letters beyond Latin-1 are in none of those that the code names.
inline bool folds_to_any(std::string_view text, std::span<const WordKey> words) {
  WordKey key;
  return fold_key(text, 0, text.size(), key) && std::ranges::find(words, key) != words.end();
}

}  // namespace glane
