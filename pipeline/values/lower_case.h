// Full Unicode lower case of UTF-8, the same in every locale. Nothing else is changed.
#pragma once

#include <string>
#include <string_view>

namespace glane {

std::string lower_case(std::string_view text);

}  // namespace glane
