#include "read/fields.h"

#include <algorithm>
#include <array>

namespace glane {

std::string add_field(std::string_view written, FieldMap& fields) {
  static constexpr std::array<std::string_view, 6> kFields = {"id",   "text",     "title",
                                                              "date", "language", "source"};
  const std::size_t equals = written.find('=');
  const std::string field(written.substr(0, equals));
  if (equals == written.npos || equals + 1 == written.size()) {
    return "\"" + std::string(written) + "\" is not FIELD=PATH";
  }
  if (std::find(kFields.begin(), kFields.end(), field) == kFields.end()) {
    return "\"" + field + "\" is none of id, text, title, date, language, source";
  }
  fields[field] = written.substr(equals + 1);
  return {};
}

std::vector<std::string> parts_of_path(std::string_view path) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path.substr(at).starts_with("\\.")) {
      parts.back() += path[++at];
    } else if (path[at] == '.') {
      parts.emplace_back();
    } else {
      parts.back() += path[at];
    }
  }
  return parts;
}

}  // namespace glane
