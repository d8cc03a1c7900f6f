// Places counted in UTF-16 units, as JavaScript counts, in code points.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "values/offsets.h"

namespace glane {

class Utf16Places {
 public:
  explicit Utf16Places(std::string_view text) {
    long long points = 0;
    for (std::size_t at = 0; at < text.size(); ++points) {
      const Character character = character_at(text, at);
      points_.push_back(points);
      // Half a character is the place of the whole.
      if (character.code > 0xFFFF) points_.push_back(points);
      at += character.size;
    }
    points_.push_back(points);
  }

  // Nothing outside of the text.
  std::optional<long long> code_point(long long unit) const {
    if (unit < 0 || unit >= static_cast<long long>(points_.size())) return std::nullopt;
    return points_[static_cast<std::size_t>(unit)];
  }

 private:
  std::vector<long long> points_;
};

}  // namespace glane
