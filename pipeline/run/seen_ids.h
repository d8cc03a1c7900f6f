// The ids of a run, so that none comes twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/source.h"

namespace glane {

// Keeps 64-bit hashes and places, 16 bytes for each id and as much again for room: 10
// million ids cost at most 512 MB. Two ids of ten million share a hash once in 370 000 runs.
class SeenIds {
 public:
  // The place of the first record with this id; nothing when this is the first.
  std::optional<Place> insert(std::string_view id, const Place& place);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t file = 0;    // index into files_ + 1; 0 is an empty slot
    std::uint32_t number = 0;  // of the line or the item in it
  };

  Slot& find(std::uint64_t hash);
  void grow();
  std::uint32_t file_number(std::string_view id, const std::string& file);

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::vector<std::string> files_;
};

}  // namespace glane
