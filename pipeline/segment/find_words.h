// Tokens → words of the vocabulary.
#pragma once

#include <string_view>

#include "segment/token.h"

namespace glane {

// Gives the tokens that were cut from `text` their words, sentences in capitals their lower case,
// and finds the entries of several words. Sentences and paragraphs are there.
void find_words(std::string_view text, const Vocabulary& vocabulary, Segments& segments);

}  // namespace glane
