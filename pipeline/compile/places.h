// Sets of places between the units of a text.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "compile/place_blocks.h"

namespace glane {

// A set of up to 64 places: a stretch of a line.
struct PlaceWord {
  std::uint64_t bits = 0;

  bool has(std::size_t place) const { return (bits >> place & 1) != 0; }
  bool any() const { return bits != 0; }
  bool single() const { return std::has_single_bit(bits); }
  // The lowest and the highest place; the set is not empty.
  std::size_t first() const { return static_cast<std::size_t>(std::countr_zero(bits)); }
  std::size_t last() const { return 63 - static_cast<std::size_t>(std::countl_zero(bits)); }
  PlaceWord empty() const { return {}; }
  PlaceWord only(std::size_t place) const { return {std::uint64_t{1} << place}; }
  void add(const PlaceWord& other) { bits |= other.bits; }
  // Keeps of `fresh` what is not here, and adds it. False when nothing is left.
  bool absorb(PlaceWord& fresh) {
    fresh.bits &= ~bits;
    bits |= fresh.bits;
    return fresh.bits != 0;
  }
};

// A set of places of a board, within a range of its words: 64 places each. Both ends of the range
// are multiples of kBlock. Nothing outside of the range is read or written, but for a word on
// either side, which is 0.
class PlaceRow {
 public:
  static constexpr std::size_t kMostWords = 128;
  static constexpr std::size_t kBlock = kPlaceBlock;

  PlaceRow() : first_(0), last_(0) {}  // to be assigned to
  PlaceRow(std::size_t first, std::size_t last) : first_(first), last_(last) { clear(); }
  PlaceRow(const PlaceRow& other) { *this = other; }
  PlaceRow& operator=(const PlaceRow& other) {
    if (this == &other) return *this;
    take_range(other);
    std::copy(other.word(first_), other.word(last_), word(first_));
    return *this;
  }

  // All places in [from, to], and no range beyond them.
  static PlaceRow between(std::size_t from, std::size_t to) {
    PlaceRow out(from / 64 / kBlock * kBlock, (to / 64 / kBlock + 1) * kBlock);
    for (std::size_t w = from / 64; w <= to / 64; ++w) *out.word(w) = ~std::uint64_t{0};
    *out.word(from / 64) &= ~std::uint64_t{0} << from % 64;
    *out.word(to / 64) &= ~std::uint64_t{0} >> (63 - to % 64);
    return out;
  }

  const std::uint64_t* word(std::size_t w) const { return &words_[kBlock + w]; }
  std::uint64_t* word(std::size_t w) { return &words_[kBlock + w]; }

  PlaceRow empty() const { return {first_, last_}; }
  PlaceRow only(std::size_t place) const {
    PlaceRow out(first_, last_);
    out.add(place);
    return out;
  }
  void clear() {
    *(word(first_) - 1) = *word(last_) = 0;
    std::fill(word(first_), word(last_), 0);
  }
  void add(std::size_t place) { *word(place / 64) |= std::uint64_t{1} << place % 64; }

  bool has(std::size_t place) const { return (*word(place / 64) >> place % 64 & 1) != 0; }
  bool any() const {
    return std::any_of(word(first_), word(last_), [](std::uint64_t bits) { return bits != 0; });
  }
  bool single() const {
    int count = 0;
    for (std::size_t w = first_; w < last_; ++w) count += std::popcount(*word(w));
    return count == 1;
  }
  // The lowest and the highest place; the set is not empty.
  std::size_t first() const { return next(first_ * 64); }
  std::size_t last() const {
    std::size_t w = last_ - 1;
    while (*word(w) == 0) --w;
    return w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(*word(w)));
  }
  // The highest place in [from, to]; `from` when there is none.
  std::size_t last_in(std::size_t from, std::size_t to) const {
    std::size_t w = to / 64;
    std::uint64_t bits = *word(w) & ~std::uint64_t{0} >> (63 - to % 64);
    while (bits == 0 && w > from / 64) bits = *word(--w);
    if (bits == 0) return from;
    return std::max(from, w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(bits)));
  }
  // The lowest place that is not below `from`; kNowhere when there is none.
  static constexpr std::size_t kNowhere = 64 * kMostWords;
  std::size_t next(std::size_t from) const {
    std::size_t w = from / 64;
    if (w >= last_) return kNowhere;
    std::uint64_t bits = *word(w) & ~std::uint64_t{0} << from % 64;
    while (bits == 0 && ++w < last_) bits = *word(w);
    return bits == 0 ? kNowhere : w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
  }

  void add(const PlaceRow& other) { glane::add(word(first_), other.word(first_), size()); }
  // Keeps of `fresh` what is not here, and adds it. False when nothing is left.
  bool absorb(PlaceRow& fresh) { return glane::absorb(word(first_), fresh.word(first_), size()); }
  bool meet(const PlaceRow& other) { return meet(other.word(0)); }
  // The same with a column of a board, by its first word.
  bool meet(const std::uint64_t* column) {
    return glane::meet(word(first_), column + first_, size());
  }
  // Every place of `from` whose unit is in the column, one further. False when there is none. The
  // word before the column is read; `from` may be this set.
  bool step_up(const PlaceRow& from, const std::uint64_t* column) {
    take_range(from);
    return glane::step_up(from.word(first_), column + first_, word(first_), size());
  }
  // The place before every place of `from` where the unit between is in the column.
  bool step_down(const PlaceRow& from, const std::uint64_t* column) {
    take_range(from);
    return glane::step_down(from.word(first_), column + first_, word(first_), size());
  }

 private:
  std::size_t size() const { return last_ - first_; }  // in words
  void take_range(const PlaceRow& from) {
    first_ = from.first_;
    last_ = from.last_;
    *(word(first_) - 1) = *word(last_) = 0;
  }

  std::size_t first_, last_;
  std::array<std::uint64_t, kMostWords + 2 * kBlock> words_;  // those of the range alone are set
};

}  // namespace glane
