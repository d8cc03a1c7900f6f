// JSON written directly into a string.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"

namespace glane {

// Appends "text" with its quotation marks and escapes; ill-formed UTF-8 becomes U+FFFD.
void append_json_string(std::string_view text, std::string& out);

// The same JSON, indented by two spaces a level. `compact` holds no space between tokens.
std::string indent_json(std::string_view compact);

// What glane/1 says of each annotation of a document beyond its place, text and type, as JSON
// objects: {"value":3,"rule":"number.digits"}. Offsets in them are code points.
struct AnnotationFields {
  std::vector<std::string> entities;
  std::vector<std::string> figures;
  std::vector<std::string> quotes;
};
AnnotationFields annotation_fields(const Document& document, const RuleSet& rules);

// The same JSON with the characters beyond ASCII as \uXXXX, in pairs beyond U+FFFF. They stand
// in strings only. `json` is well-formed UTF-8.
std::string to_ascii(std::string_view json);

}  // namespace glane
