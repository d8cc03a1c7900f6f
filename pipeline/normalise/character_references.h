// Character references of HTML that a feed left in its text: &nbsp; &eacute; &#8217;
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace glane {

struct CharacterReference {
  char32_t code;
  std::uint32_t size;  // bytes, from & to ; included
};

// The reference at the start of `text`, which begins with '&'. Named ones are those of
// HTML 4 that French pages use (Latin-1, œ, quotes, dashes, spaces, €, …), numeric ones are
// all. The final semicolon is required: "?a=1&copy=2" is no reference. Nothing for unknown
// names, &#0;, surrogates and numbers above U+10FFFF.
std::optional<CharacterReference> character_reference(std::string_view text);

// C1 controls do not occur in prose: what stands there was Windows-1252, read as Latin-1.
// Returns the character of Windows-1252 for U+0080…U+009F where it has one, else `code`.
char32_t repair_c1(char32_t code);

}  // namespace glane
