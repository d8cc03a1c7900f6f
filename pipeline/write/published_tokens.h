// The words of an article as it was published, for formats that are made of words.
#pragma once

#include <vector>

#include "glane/extract.h"

namespace glane {

struct PublishedToken {
  SourceSpan span;  // holds no white space
  bool begins_sentence = false;
};

// Every character that is no white space is in one token. Tokens are those of the segmenter, cut
// at white space ("85 000" is two) and where an annotation, a speaker or a cue begins or ends.
std::vector<PublishedToken> cut_published(const Document& document, const RuleSet& rules);

}  // namespace glane
