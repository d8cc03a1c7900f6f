// Tokens → sentences and paragraphs.
#pragma once

#include <string_view>

#include "segment/token.h"

namespace glane {

// Fills sentences and paragraphs of the tokens that were cut from `text`, and their Look::start.
void split_sentences(std::string_view text, Segments& segments);

}  // namespace glane
