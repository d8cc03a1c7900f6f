#include "recognise/board.h"

#include <algorithm>
#include <bit>

namespace glane {

void Board::start(const Level& level, std::size_t words) {
  clear();
  const std::size_t clauses = level.common_looks.size();
  const std::size_t cells = level.flips_of.size();
  level_ = &level;
  words_ = words;
  places_ = 0;
  ++stamp_;
  if (columns_.size() < clauses * words) columns_.resize(clauses * words, 0);
  if (written_.size() < clauses) {
    written_.resize(clauses, 0);
    masks_.resize(clauses, 0);
    mask_stamps_.resize(clauses, 0);
  }
  if (slots_.size() < 64 * words * words) slots_.resize(64 * words * words);
  if (line_bits_.size() < 64 * words) line_bits_.resize(64 * words);
  line_bit_ = 1;
  if (slot_of_.size() < cells) {
    slot_of_.resize(cells);
    slot_stamps_.resize(cells, 0);
  }
  slot_cells_.clear();
  touched_.assign((clauses + 63) / 64, 0);
  looks_.assign(level.look_classes * words, 0);
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

void Board::open_slot(std::uint32_t cell) {
  const std::size_t slot = slot_cells_.size();
  slot_stamps_[cell] = stamp_;
  slot_of_[cell] = static_cast<std::uint32_t>(slot);
  slot_cells_.push_back(cell);
  std::fill_n(&slots_[slot * words_], words_, 0);
}

void Board::finish() {
  const std::uint64_t* units = slots_.data();
  for (const std::uint32_t cell : slot_cells_) {
    flip(cell, units);
    units += words_;
  }
}

void Board::flip(std::uint32_t cell, const std::uint64_t* units) {
  const std::size_t words = words_;
  std::uint64_t* look = &looks_[cell % level_->look_classes * words];
  for (std::size_t w = 0; w < words; ++w) look[w] |= units[w];
  const std::uint16_t* next = level_->flips.data() + level_->flips_of[cell];
  const std::uint16_t* end = level_->flips.data() + level_->flips_of[cell + 1];
  for (; next != end; ++next) {
    const std::size_t clause = *next;
    std::uint64_t* column = &columns_[clause * words];
    for (std::size_t w = 0; w < words; ++w) column[w] ^= units[w];
    touched_[clause / 64] |= std::uint64_t{1} << clause % 64;
  }
}

void Board::end_line() {
  ends_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
  line_bits_[places_++] = line_bit_;
  line_bit_ = std::rotl(line_bit_, 1);
  if (places_ < words_ * 64) begins_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
}

void Board::write(std::uint32_t clause) {
  written_[clause] = stamp_;
  std::uint64_t looks = level_->common_looks[clause];
  if (looks == 0) return;
  std::uint64_t* column = &columns_[clause * words_];
  for (; looks != 0; looks &= looks - 1) {
    const std::uint64_t* units =
        &looks_[static_cast<std::size_t>(std::countr_zero(looks)) * words_];
    for (std::size_t w = 0; w < words_; ++w) column[w] ^= units[w];
  }
  written_commons_.push_back(clause);
}

void Board::write_mask(std::uint32_t clause) {
  mask_stamps_[clause] = stamp_;
  const std::uint64_t* units = column(clause);
  std::uint64_t mask = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    for (std::uint64_t bits = units[w]; bits != 0; bits &= bits - 1) {
      mask |= line_bits_[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
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
