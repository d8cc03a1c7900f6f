#include "run/seen_ids.h"

#include <utility>

#include "values/hash_bytes.h"

namespace glane {

namespace {

// The file of a record whose id is its path: there is no need to keep the name.
constexpr std::uint32_t kFileIsId = 0xFFFFFFFFU;
constexpr std::size_t kFirstSlots = 1024;

// Lines and items share one number: an item has the highest bit.
constexpr std::uint32_t kItem = 0x80000000U;

std::uint32_t number_of(const Place& place) {
  return place.item > 0 ? static_cast<std::uint32_t>(place.item) | kItem
                        : static_cast<std::uint32_t>(place.line);
}

Place place_of(std::string file, std::uint32_t number) {
  Place place{.file = std::move(file)};
  ((number & kItem) != 0 ? place.item : place.line) = number & ~kItem;
  return place;
}

}  // namespace

std::optional<Place> SeenIds::insert(std::string_view id, const Place& place) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  const std::uint64_t hash = hash_bytes(id);
  Slot& slot = find(hash);
  if (slot.file == kFileIsId) return place_of(std::string(id), slot.number);
  if (slot.file != 0) return place_of(files_[slot.file - 1], slot.number);
  slot = {.hash = hash, .file = file_number(id, place.file), .number = number_of(place)};
  ++count_;
  return std::nullopt;
}

SeenIds::Slot& SeenIds::find(std::uint64_t hash) {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].file != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void SeenIds::grow() {
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(slots_.empty() ? kFirstSlots : 2 * slots_.size()));
  for (const Slot& slot : old) {
    if (slot.file != 0) find(slot.hash) = slot;
  }
}

std::uint32_t SeenIds::file_number(std::string_view id, const std::string& file) {
  if (id == file) return kFileIsId;
  if (files_.empty() || files_.back() != file) files_.push_back(file);
  return static_cast<std::uint32_t>(files_.size());
}

}  // namespace glane
