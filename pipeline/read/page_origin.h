// A page and what is known of it from elsewhere.
#pragma once

#include <string>
#include <string_view>

#include "read/source.h"

namespace glane {

struct PageOrigin {
  std::string charset = {};  // that the server said
  std::string url = {};      // where it was fetched: the id of a page that names no address
  std::string date = {};     // when: the day of a page that names none
};

ParsedRecord parse_page(std::string_view bytes, const PageOrigin& origin, Place place);

// What a compressed string holds, `limit` bytes at most; itself when it is not compressed.
std::string unpack(std::string bytes, std::size_t limit);

}  // namespace glane
