// Strings numbered in the order in which they come: a hash table that keeps its memory when it is
// cleared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glane {

class StringTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  void clear();
  // The number of a string; add() gives it the next one when it is new.
  std::uint32_t find(std::string_view text) const;
  std::uint32_t add(std::string_view text);
  // Valid until another one is added.
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(letters_).substr(entries_[number].begin, entries_[number].size);
  }

 private:
  struct Entry {
    std::uint32_t begin, size;  // into letters_
    std::uint32_t hash;
  };
  // The slot that holds the number of the string, or an empty one.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::string letters_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // an open hash table; kNone is an empty slot
};

}  // namespace glane
