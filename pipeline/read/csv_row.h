// Rows of CSV.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glane {

// The one of , ; and tab that stands most often outside of quotation marks; the comma when none.
char delimiter_of(std::string_view header);

// The fields of a row without its line end, quotation marks resolved.
std::vector<std::string> split_row(std::string_view row, char delimiter);

// The column of that name, whatever its case; else of that number, from 1.
std::optional<std::size_t> column_of(std::string_view name, const std::vector<std::string>& names);

}  // namespace glane
