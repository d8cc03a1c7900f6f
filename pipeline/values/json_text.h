// JSON as text: strings with their escapes, layout.
#pragma once

#include <string>
#include <string_view>

namespace glane {

// Appends "text" with its quotation marks and escapes; ill-formed UTF-8 becomes U+FFFD.
void append_json_string(std::string_view text, std::string& out);

// Whether it is written as it is: nothing in it needs an escape.
bool plain_in_json(std::string_view text);

// The same JSON, indented by two spaces a level. `compact` holds no space between tokens.
std::string indent_json(std::string_view compact);

// The same JSON with the characters beyond ASCII as \uXXXX, in pairs beyond U+FFFF. They stand
// in strings only. `json` is well-formed UTF-8.
std::string to_ascii(std::string_view json);

}  // namespace glane
