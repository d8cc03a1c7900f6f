// A text in the units of other programs.
#pragma once

#include <unicode/unistr.h>

#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"
#include "values/offsets.h"

namespace glane {

// Published bytes as other programs decode them: ill-formed sequences are U+FFFD.
class TextUnits {
 public:
  TextUnits(const std::string& published, OffsetUnit unit) : unit_(unit), bytes_(published) {
    const std::string valid =
        slice_utf8(published, {0, static_cast<std::uint32_t>(published.size())});
    utf16_ = icu::UnicodeString::fromUTF8(valid);
    if (unit == OffsetUnit::codepoint) {
      points_.resize(static_cast<std::size_t>(utf16_.countChar32()));
      UErrorCode error = U_ZERO_ERROR;
      utf16_.toUTF32(points_.data(), static_cast<int32_t>(points_.size()), error);
    }
  }

  std::string slice(std::size_t start, std::size_t end) const {
    std::string out;
    if (unit_ == OffsetUnit::byte) {
      const std::string_view bytes = std::string_view(bytes_).substr(start, end - start);
      return slice_utf8(bytes, {0, static_cast<std::uint32_t>(bytes.size())});
    }
    const auto from = static_cast<int32_t>(start);
    const auto size = static_cast<int32_t>(end - start);
    return unit_ == OffsetUnit::utf16
               ? utf16_.tempSubString(from, size).toUTF8String(out)
               : icu::UnicodeString::fromUTF32(points_.data() + from, size).toUTF8String(out);
  }

  std::size_t size() const {
    return unit_ == OffsetUnit::byte    ? bytes_.size()
           : unit_ == OffsetUnit::utf16 ? static_cast<std::size_t>(utf16_.length())
                                        : points_.size();
  }

 private:
  OffsetUnit unit_;
  std::string bytes_;
  icu::UnicodeString utf16_;
  std::vector<UChar32> points_;
};

}  // namespace glane
