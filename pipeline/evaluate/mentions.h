// Annotations of a corpus as scoring sees them, and when two of them say the same.
//
// Names and values are compared as the reference scorer compares them (corpus/README.md):
// numbers within one part in ten thousand, names without case, form of apostrophe and article.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/read_annotations.h"

namespace glane {

// One annotation. Offsets are code points of the document's text; those of quotes are trimmed
// of spaces, quotation marks, commas and stops.
struct Mention {
  long long start = 0;
  long long end = 0;
  std::optional<std::string> type;  // "type" of entities, "kind" of the other layers
  const Json* record = nullptr;     // in the corpus it was read from
};

long long length(const Mention& mention);
long long shared(const Mention& a, const Mention& b);  // characters in both

// "type" for entities, "kind" for figures and quotes.
const char* type_key(const std::string& layer);

// The annotations of one layer, in the order of the document, those of `types` only unless that
// is empty; none where `document` is null or lacks the layer. `gold` has the text that quotes are
// trimmed in. Throws SetupError naming the document: an annotation without whole "start" and
// "end", or a quote outside of the text.
std::vector<Mention> read_mentions(const Json* document, const std::string& layer,
                                   const std::set<std::string>& types, const Json& gold);

// A field of the annotation; null, or "", when absent.
const Json* field(const Mention& mention, const char* name);
std::string text_of(const Mention& mention, const char* name);

bool same_type(const Mention& gold, const Mention& pred);
// Kind, value, min, max, scale and unit.
bool same_value(const Mention& gold, const Mention& pred);
// One field as a value: absent equals null, "12" equals 12.
bool same_number(const Mention& gold, const Mention& pred, const char* name);
// One field as a name; absent is "None".
bool same_field(const Mention& gold, const Mention& pred, const char* name);
// The speaker or speaker_name of one is the speaker or speaker_name of the other.
bool same_speaker(const Mention& gold, const Mention& pred);
bool same_speaker_name(const Mention& gold, const Mention& pred);

// A name in small letters, with plain apostrophes, without its article.
std::string fold_name(std::string_view name);

// UTF-8 as code points, ill-formed sequences as U+FFFD.
std::u32string code_points(std::string_view utf8);

}  // namespace glane
