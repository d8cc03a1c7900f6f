#include "recognise/board.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace glane {

void Board::start(const Level& level, std::size_t words) {
  clear();
  const std::size_t clauses = level.common_looks.size();
  const std::size_t cells = level.flips_of.size();
  level_ = &level;
  words_ = words;
  places_ = 0;
  lines_ = 0;
  next_stamp();
  if (columns_.size() < clauses * words) columns_.resize(clauses * words, 0);
  if (written_.size() < clauses) {
    written_.resize(clauses, 0);
    masks_.resize(clauses, 0);
    mask_stamps_.resize(clauses, 0);
    flipped_.resize((clauses + 7) / 8 * 8, 0);
  }
  if (slots_.size() < 64 * words * words) slots_.resize(64 * words * words);
  if (line_at_.size() < 64 * words) line_at_.resize(64 * words);
  if (slot_of_.size() < cells) slot_of_.resize(cells, 0);
  slot_cells_.clear();
  touched_.assign((clauses + 63) / 64, 0);
  looks_.assign(level.look_classes * words, 0);
  look_columns_.resize(level.look_sets.size() * words);
  look_columns_written_.assign(level.look_sets.size(), false);
  begins_.assign(words, 0);
  begins_[0] = 1;
  ends_.assign(words, 0);
}

// Zeroes the columns that were written.
void Board::clear() {
  for (std::size_t w = 0; w < touched_.size(); ++w) {
    for (std::uint64_t bits = touched_[w]; bits != 0; bits &= bits - 1) {
      const std::size_t clause = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      std::fill_n(&columns_[clause * words_], words_, 0);
    }
  }
  for (const std::uint32_t clause : written_commons_) {
    std::fill_n(&columns_[clause * words_], words_, 0);
  }
  written_commons_.clear();
}

void Board::next_stamp() {
  if (++stamp_ < kMostStamps) return;
  stamp_ = 1;
  for (std::vector<std::uint32_t>* stamps : {&written_, &mask_stamps_, &slot_of_})
    std::ranges::fill(*stamps, 0);
}

void Board::add_line(std::span<const std::uint32_t> cells) {
  std::fill_n(&line_at_[places_], cells.size() + 1, lines_++);
  for (const std::uint32_t cell : cells) {
    std::uint32_t slot = slot_of_[cell];
    if (slot >> kSlotBits != stamp_) slot = open_slot(cell);
    slot &= (1U << kSlotBits) - 1;
    slots_[slot * words_ + places_ / 64] |= std::uint64_t{1} << places_ % 64;
    ++places_;
  }
  ends_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
  ++places_;
  if (places_ < words_ * 64) begins_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
}

std::uint32_t Board::open_slot(std::uint32_t cell) {
  const std::size_t slot = slot_cells_.size();
  slot_cells_.push_back(cell);
  std::fill_n(&slots_[slot * words_], words_, 0);
  return slot_of_[cell] = stamp_ << kSlotBits | static_cast<std::uint32_t>(slot);
}

// Eight bytes that are 0 or 1 become eight bits: no two products of the multiplication meet.
void Board::gather_touched() {
  for (std::size_t byte = 0; byte < (level_->common_looks.size() + 7) / 8; ++byte) {
    std::uint64_t eight;
    std::memcpy(&eight, &flipped_[8 * byte], sizeof eight);
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    touched_[byte / 8] |= (eight * 0x0102040810204080) >> 56 << byte % 8 * 8;
  }
  std::ranges::fill(flipped_, 0);
}

const std::uint64_t* Board::look_column(std::size_t set) {
  std::uint64_t* column = &look_columns_[set * words_];
  if (look_columns_written_[set]) return column;
  look_columns_written_[set] = true;
  std::fill_n(column, words_, 0);
  for (std::uint64_t looks = level_->look_sets[set]; looks != 0; looks &= looks - 1) {
    const std::uint64_t* units =
        &looks_[static_cast<std::size_t>(std::countr_zero(looks)) * words_];
    for (std::size_t w = 0; w < words_; ++w) column[w] |= units[w];
  }
  return column;
}

void Board::write(std::uint32_t clause) {
  written_[clause] = stamp_;
  const std::size_t set = level_->look_set_of[clause];
  if (set == 0) return;
  const std::uint64_t* looks = look_column(set);
  std::uint64_t* column = &columns_[clause * words_];
  for (std::size_t w = 0; w < words_; ++w) column[w] ^= looks[w];
  written_commons_.push_back(clause);
}

void Board::write_mask(std::uint32_t clause) {
  mask_stamps_[clause] = stamp_;
  const std::uint64_t* units = column(clause);
  std::uint64_t mask = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    for (std::uint64_t bits = units[w]; bits != 0; bits &= bits - 1) {
      const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      mask |= std::uint64_t{1} << line_at_[place] % 64;
    }
  }
  masks_[clause] = mask;
}

const std::uint64_t* Board::lines_with(std::uint32_t clause) {
  const std::uint64_t* units = column(clause);
  with_.assign(words_, 0);
  std::size_t begin = 0;
  bool found = false;
  for (std::size_t place = 0; place < places_; ++place) {
    found |= (units[place / 64] >> place % 64 & 1) != 0;
    if ((ends_[place / 64] >> place % 64 & 1) == 0) continue;
    for (; begin <= place && found; ++begin) with_[begin / 64] |= std::uint64_t{1} << begin % 64;
    begin = place + 1;
    found = false;
  }
  return with_.data();
}

}  // namespace glane
