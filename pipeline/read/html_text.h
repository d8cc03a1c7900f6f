// Fragments of HTML, as feeds carry them in their fields, turned into text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "read/text_builder.h"

namespace glane {

// What an element does to the text around it. Names are those of HTML, NITF and NewsML, in
// lower case.
enum class Layout : std::uint8_t {
  inlined,     // nothing: <b>, <a>, and whatever is unknown
  spaced,      // stands apart by a space: <td>
  line,        // a line of its own: <li>, <tr>
  line_break,  // <br>
  paragraph,   // a paragraph of its own: <p>, <div>, <h2>
  dropped      // no text of the article: <script>, <figure>, <form>
};
Layout layout_of(std::string_view element);

// Applies what begins or ends there.
void lay_out(Layout layout, TextBuilder& text);

// Text with its character references decoded; those that were escaped twice too.
void append_words(std::string_view text, TextBuilder& out);

// Tags are laid out and removed, dropped elements go with all they hold, character references
// are decoded. A '<' that begins no tag stays. Without any tag it is plain text, and its line
// breaks stay.
void append_html(std::string_view html, TextBuilder& out);
std::string html_to_text(std::string_view html);

}  // namespace glane
