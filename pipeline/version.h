#pragma once

namespace glane {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace glane
