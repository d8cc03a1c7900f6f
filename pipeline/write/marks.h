// A document as programs for annotation hold it: labelled spans, and links between two of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "glane/extract.h"

namespace glane {

enum class MarkLayer : std::uint8_t { entity, figure, quote, source };

struct Mark {
  SourceSpan span;
  MarkLayer layer = MarkLayer::entity;
  const char* label = "";   // the type or kind; "speaker", "cue" in the layer source
  std::uint32_t index = 0;  // in the document's layer; in source, of the first quote it is of
  std::string fields;       // a JSON object, see annotation_fields(); "{}" in source
};

struct MarkLink {
  std::uint32_t from = 0;  // index of a mark
  std::uint32_t to = 0;
  const char* label = "";  // "spoken_by", "cued_by"; "held_by", "held_at" of roles
};

struct Marks {
  std::vector<Mark> marks;  // entities, figures, quotes, sources; each in order of the text
  std::vector<MarkLink> links;
};

// Everything of the layers asked for. A role is linked to the nearest mention of its holder and
// of its house. Quotes with one speaker or cue in the same place share its mark.
Marks list_marks(const Document& document, const RuleSet& rules, const Layers& layers);

// For programs that cannot hold marks that overlap: entities and figures in order of the text,
// of two that overlap the longer, of equals the entity. Points into `marks`.
std::vector<const Mark*> disjoint_marks(const Marks& marks);

}  // namespace glane
