#pragma once

#include <cstdint>
#include <string_view>

namespace glane {

// FNV-1a over the bytes, then mixed: the same on every machine.
std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325U);

}  // namespace glane
