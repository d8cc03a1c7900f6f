// What the first bytes of a file say about its form.
#pragma once

#include <string_view>

#include "read/byte_reader.h"
#include "read/source.h"

namespace glane {

// By the name: .jsonl and .ndjson are JSON Lines, .txt is text, .csv and .tsv CSV (.gz, .zst, .xz
// and .bz2 behind it do not count). Else by the first bytes:
//   <html, <!doctype html, an HTML element     html
//   <?xml, or the root of a feed               xml
//   {                                          jsonl when the first line is a whole object
//                                              and no JSON Feed, else json
//   [ before {                                 json
//   anything else                              text
//   WARC/                                      warc
//   SOH, ZCZC, or a header of IPTC 7901        iptc7901
//   a line with the column of the text         csv
// Reads no more than is needed, 64 KiB at most.
Form detect_form(ByteReader& reader, std::string_view file, const FieldMap& fields);

// UTF-16 or UTF-32, by a byte order mark or by NULs between ASCII.
bool is_wide(std::string_view bytes);

}  // namespace glane
