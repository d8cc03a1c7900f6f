// The lines of a word list that say something: its header, then its entries.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace glane {

// Calls take(line, number) for every line of `content` that is neither empty nor a comment, without
// its line end; lines are numbered from 1.
template <typename Take>
void for_each_list_row(std::string_view content, Take take) {
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && line[0] != '#') take(line, number);
  }
}

}  // namespace glane
