// Published text → NFC text with plain apostrophes and spaces, and the way back.
#pragma once

#include <string_view>

#include "values/text.h"

namespace glane {

// NFC (never NFKC: it would destroy 5½, m², CO₂), then a chosen list of replacements:
// every horizontal space → U+0020, every apostrophe → ', every hyphen that is one → -,
// soft hyphens, joiners, bidi marks and byte order marks inside the text → nothing,
// superscript ordinals (1ᵉʳ) → letters. CRLF and CR → one \n. Lengths in lines and words
// do not change. Ill-formed UTF-8 → U+FFFD, one diagnostic for the document with the count.
NormalisedText normalise(std::string_view published);

}  // namespace glane
