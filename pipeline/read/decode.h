// Bytes of a file → UTF-8 text: the published text, which offsets refer to.
#pragma once

#include <string>
#include <string_view>

namespace glane {

struct Decoded {
  std::string text;     // UTF-8; ill-formed bytes only where the bytes were taken for UTF-8
  std::string charset;  // what the bytes were: "utf-8", "utf-16le", "windows-1252", …
};

// Decides what the bytes are, first answer wins:
//   1. a byte order mark (UTF-8, UTF-16, UTF-32). It is removed: offset 0 lies after it;
//   2. the declared charset (any label that ICU knows). "iso-8859-1", "latin1" and "ascii"
//      mean windows-1252, as in browsers; a declared UTF-16 or UTF-32 is believed only when
//      there are NUL bytes, a declared UTF-8 only when 4 holds;
//   3. UTF-16 when every other byte is mostly NUL;
//   4. UTF-8 when well-formed, or when more of its multi-byte sequences are well-formed than
//      ill-formed: normalise then reports the ill-formed ones;
//   5. another alphabet when a third of the bytes are not ASCII and ICU's detector is sure;
//   6. iso-8859-15 when its € or œ stand where they make sense and nothing speaks for
//      windows-1252, else windows-1252.
// Bytes that the charset does not define become U+FFFD. Unknown labels are ignored.
Decoded decode(std::string_view bytes, std::string_view declared = {});

}  // namespace glane
