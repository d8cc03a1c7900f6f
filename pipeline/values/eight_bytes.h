// Eight bytes of a text as one number, the first the lowest: all are asked at once. An answer is
// the high bit of every byte for which it is yes.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace glane::eight_bytes {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x80 * kOnes;
constexpr std::uint64_t kLows = 0x7F * kOnes;

inline std::uint64_t load(const char* from) {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Which bytes are `byte`.
constexpr std::uint64_t equal(std::uint64_t word, std::uint64_t byte) {
  const std::uint64_t different = word ^ byte * kOnes;
  return ~(((different & kLows) + kLows) | different) & kHighs;
}

// The same in fewer steps, where no more is asked than whether there is such a byte, and which is
// the first: behind that one the answer may be wrong. `bound` and `byte` are ASCII.
constexpr std::uint64_t first_below(std::uint64_t word, std::uint64_t bound) {
  return (word - bound * kOnes) & ~word & kHighs;
}
constexpr std::uint64_t first_equal(std::uint64_t word, std::uint64_t byte) {
  return first_below(word ^ byte * kOnes, 1);
}

}  // namespace glane::eight_bytes
