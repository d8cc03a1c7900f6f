#include "values/string_table.h"

#include <algorithm>
#include <cstring>

namespace glane {
namespace {

constexpr std::size_t kFewest = 32;

// It stays inside of the process, so the order of bytes in memory does not matter.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
  std::uint64_t hash = text.size() * kMix;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    hash = (hash ^ word) * kMix;
    hash ^= hash >> 29;
  }
  std::uint64_t tail = 0;
  if (left >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + left - sizeof last, sizeof last);
    tail = std::uint64_t{first} << 32 | last;
  } else {
    for (; left > 0; --left) tail = tail << 8 | static_cast<unsigned char>(at[left - 1]);
  }
  hash = (hash ^ tail) * kMix;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

void StringTable::clear() {
  letters_.clear();
  entries_.clear();
  std::ranges::fill(slots_, kNone);
}

std::size_t StringTable::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint32_t number = slots_[at];
    if (number == kNone) return at;
    if (entries_[number].hash == hash && (*this)[number] == text) return at;
  }
}

std::uint32_t StringTable::find(std::string_view text) const {
  return slots_.empty() ? kNone : slots_[slot_of(text, hash_of(text))];
}

std::uint32_t StringTable::add(std::string_view text) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  std::uint32_t& number = slots_[slot_of(text, hash)];
  if (number != kNone) return number;
  number = size();
  entries_.push_back(
      {static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(text.size()), hash});
  letters_ += text;
  return number;
}

void StringTable::grow() {
  slots_.assign(std::max(kFewest, 2 * slots_.size()), kNone);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    std::size_t at = entries_[number].hash & mask;
    while (slots_[at] != kNone) at = (at + 1) & mask;
    slots_[at] = number;
  }
}

}  // namespace glane
