// Sets of places between the units of a text.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace glane {

// A set of up to 64 * kWords places.
template <std::size_t kWords>
struct Places {
  std::array<std::uint64_t, kWords> words{};

  static Places only(std::size_t place) {
    Places out;
    out.words[place / 64] = std::uint64_t{1} << place % 64;
    return out;
  }
  bool has(std::size_t place) const { return (words[place / 64] >> place % 64 & 1) != 0; }
  bool any() const {
    std::uint64_t all = 0;
    for (const std::uint64_t word : words) all |= word;
    return all != 0;
  }
  // The highest place; the set is not empty.
  std::size_t last() const {
    std::size_t w = kWords - 1;
    while (words[w] == 0) --w;
    return w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(words[w]));
  }
  bool single() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words) count += static_cast<std::size_t>(std::popcount(word));
    return count == 1;
  }
  // The highest place in [from, to]; `from` when there is none.
  std::size_t last_in(std::size_t from, std::size_t to) const {
    std::size_t w = to / 64;
    std::uint64_t bits = words[w] & ~std::uint64_t{0} >> (63 - to % 64);
    while (bits == 0 && w > from / 64) bits = words[--w];
    if (bits == 0) return from;
    return std::max(from, w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(bits)));
  }
  // The lowest place that is not below `from`; 64 * kWords when there is none.
  std::size_t next(std::size_t from) const {
    std::size_t w = from / 64;
    if (w >= kWords) return 64 * kWords;
    std::uint64_t bits = words[w] & ~std::uint64_t{0} << from % 64;
    while (bits == 0 && ++w < kWords) bits = words[w];
    return bits == 0 ? 64 * kWords : w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
  }
  void up() {  // every place becomes the next one
    for (std::size_t w = kWords - 1; w > 0; --w) words[w] = words[w] << 1 | words[w - 1] >> 63;
    words[0] <<= 1;
  }
  void down() {
    for (std::size_t w = 0; w + 1 < kWords; ++w) words[w] = words[w] >> 1 | words[w + 1] << 63;
    words[kWords - 1] >>= 1;
  }
  Places& operator&=(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] &= other.words[w];
    return *this;
  }
  Places& operator|=(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] |= other.words[w];
    return *this;
  }
  void remove(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] &= ~other.words[w];
  }
};

}  // namespace glane
