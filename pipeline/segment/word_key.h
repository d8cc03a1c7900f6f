// A folded word of at most sixteen bytes as two numbers: nearly every word of a text. It is
// folded, hashed and compared without a loop over its letters.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "values/eight_bytes.h"

namespace glane {

struct WordKey {
  static constexpr std::size_t kMost = 16;

  std::uint64_t low = 0, high = 0;  // bytes in the order of the text, zeros behind them

  bool operator==(const WordKey&) const = default;
  std::uint32_t hash() const {
    std::uint64_t hash = (low ^ std::rotl(high * 0xD6E8FEB86659FD93, 32)) * 0x9E3779B97F4A7C15;
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93;
    return static_cast<std::uint32_t>(hash >> 32);
  }
};

namespace word_key {

using eight_bytes::equal;
using eight_bytes::kHighs;
using eight_bytes::kLows;
using eight_bytes::kOnes;
using eight_bytes::load;

inline void store(std::uint64_t word, char* to) {
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  std::memcpy(to, &word, sizeof word);
}
inline std::uint32_t load_half(const char* from) {
  std::uint32_t half;
  std::memcpy(&half, from, sizeof half);
  if constexpr (std::endian::native == std::endian::big) half = __builtin_bswap32(half);
  return half;
}
inline void store_half(std::uint32_t half, char* to) {
  if constexpr (std::endian::native == std::endian::big) half = __builtin_bswap32(half);
  std::memcpy(to, &half, sizeof half);
}

// The first bytes, of eight or fewer: two halves, or three bytes, may cover some of them twice.
inline std::uint64_t load_first(const char* from, std::size_t size) {
  const auto byte = [&](std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(from[at])} << 8 * at;
  };
  if (size == 8) return load(from);
  if (size >= 4)
    return load_half(from) | std::uint64_t{load_half(from + size - 4)} << 8 * (size - 4);
  return size == 0 ? 0 : byte(0) | byte(size / 2) | byte(size - 1);
}
inline void store_first(std::uint64_t word, char* to, std::size_t size) {
  const auto put = [&](std::size_t at) { to[at] = static_cast<char>(word >> 8 * at); };
  if (size == 8) return store(word, to);
  if (size >= 4) {
    store_half(static_cast<std::uint32_t>(word), to);
    return store_half(static_cast<std::uint32_t>(word >> 8 * (size - 4)), to + size - 4);
  }
  if (size == 0) return;
  put(0);
  put(size / 2);
  put(size - 1);
}

// The high bit of every byte whose other bits are `value` or more; the high bits of `word` do
// not count.
inline std::uint64_t at_least(std::uint64_t word, std::uint64_t value) {
  return ((word & kLows) + (0x80 - value) * kOnes) & kHighs;
}

// Eight bytes in lower case: ASCII and the letters of Latin-1 behind their lead C3. `carry` is
// the high bit of the first byte when the byte before the word is a C3, then that of the next
// word. False when there are other letters.
inline bool fold(std::uint64_t& word, std::uint64_t& carry) {
  const std::uint64_t wide = word & kHighs;
  const std::uint64_t capitals = at_least(word, 'A') & ~at_least(word, 'Z' + 1) & ~wide;
  word |= capitals >> 2;
  if ((wide | carry) == 0) return true;
  const std::uint64_t leads = equal(word, 0xC3);
  const std::uint64_t trails = leads << 8 | carry;
  if (wide != (leads | trails)) return false;
  // À…Þ are 80…9E behind their lead, × is 97.
  const std::uint64_t upper = trails & ~at_least(word, 0x1F) & ~equal(word, 0x97);
  word |= upper >> 2;
  carry = leads >> 56;
  return true;
}

}  // namespace word_key

// The key of a folded word of at most kMost bytes.
inline WordKey key_of(std::string_view folded) {
  const char* letters = folded.data();
  if (folded.size() <= 8) return {word_key::load_first(letters, folded.size()), 0};
  return {word_key::load(letters), word_key::load_first(letters + 8, folded.size() - 8)};
}

// Folds the `size` bytes of `text` at `begin`. False when they are too many, or not all ASCII
// and Latin-1: then the word takes the slower way (append_folded).
inline bool fold_key(std::string_view text, std::size_t begin, std::size_t size, WordKey& key) {
  if (size > WordKey::kMost) return false;
  if (begin + WordKey::kMost <= text.size()) {
    key = {word_key::load(text.data() + begin), word_key::load(text.data() + begin + 8)};
    const std::uint64_t all = ~std::uint64_t{0};
    if (size <= 8) {
      key.low &= size == 0 ? 0 : all >> (64 - 8 * size);
      key.high = 0;
    } else {
      key.high &= all >> (128 - 8 * size);
    }
  } else {
    key = key_of(text.substr(begin, size));
  }
  std::uint64_t carry = 0;
  return word_key::fold(key.low, carry) && (size <= 8 || word_key::fold(key.high, carry));
}

}  // namespace glane
