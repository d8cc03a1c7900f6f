// Which field of the input is which field of an article: --map title=headline.value
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glane {

// Field of an article (id, text, title, date, language, source) → where it stands: in JSON
// keys and places of lists, separated by dots ("content.0.body"); in CSV the name of a column,
// or its number from 1.
using FieldMap = std::map<std::string, std::string>;

// Adds "field=path"; the reason when it is wrong, else empty.
std::string add_field(std::string_view written, FieldMap& fields);

// The parts of a path between its dots; "\." is a dot of a key.
std::vector<std::string> parts_of_path(std::string_view path);

}  // namespace glane
