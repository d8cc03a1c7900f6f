// JSON written directly into a string.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"

namespace glane {

// What glane/1 says of each annotation of a document beyond its place, text and type, as JSON
// objects: {"value":3,"rule":"number.digits"}. Offsets in them are code points.
struct AnnotationFields {
  std::vector<std::string> entities;
  std::vector<std::string> figures;
  std::vector<std::string> quotes;
};
AnnotationFields annotation_fields(const Document& document, const RuleSet& rules);

}  // namespace glane
