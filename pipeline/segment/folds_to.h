// Whether a text is a word once it is folded, without writing it down.
#pragma once

#include <string_view>

#include "segment/vocabulary.h"
#include "segment/word_key.h"

namespace glane {

inline bool folds_to(std::string_view text, std::string_view folded) {
  WordKey key;
  if (!fold_key(text, 0, text.size(), key)) return fold(text) == folded;
  return folded.size() <= WordKey::kMost && key == key_of(folded);
}

}  // namespace glane
