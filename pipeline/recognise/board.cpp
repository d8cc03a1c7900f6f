#include "recognise/board.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace glane {

void Board::start(const Level& level, std::size_t places) {
  clear();
  const std::size_t clauses = level.common_looks.size();
  level_ = &level;
  words_ = ((places + 63) / 64 + PlaceRow::kBlock - 1) / PlaceRow::kBlock * PlaceRow::kBlock;
  places_ = 0;
  next_stamp();
  const std::size_t size = clauses * words_ + 2 * kPad;
  if (columns_.size() < size) columns_.resize(size, 0);
  if (written_.size() < clauses) {
    written_.resize(clauses, 0);
    flipped_.resize((clauses + 7) / 8 * 8, 0);
  }
  if (line_at_.size() < 64 * words_) line_at_.resize(64 * words_);
  line_begins_.assign(1, 0);
  touched_.assign((clauses + 63) / 64, 0);
  looks_.assign(level.look_classes * words_, 0);
  look_columns_.resize(level.look_sets.size() * words_);
  look_columns_written_.assign(level.look_sets.size(), 0);
  begins_.assign(words_ + 2 * kPad, 0);
  begins_[kPad] = 1;
  ends_.assign(words_ + 2 * kPad, 0);
}

// Zeroes the columns that were written.
void Board::clear() {
  for (std::size_t w = 0; w < touched_.size(); ++w) {
    for (std::uint64_t bits = touched_[w]; bits != 0; bits &= bits - 1)
      std::fill_n(own_column(w * 64 + static_cast<std::size_t>(std::countr_zero(bits))), words_, 0);
  }
  for (const std::uint32_t clause : written_commons_) std::fill_n(own_column(clause), words_, 0);
  written_commons_.clear();
}

void Board::next_stamp() {
  if (++stamp_ != 0) return;
  stamp_ = 1;
  std::ranges::fill(written_, 0);
}

// This is where the units of all articles pass, once a level.
void Board::add_line(std::span<const std::uint32_t> cells) {
  const auto line = static_cast<std::uint32_t>(line_begins_.size() - 1);
  std::fill_n(&line_at_[places_], cells.size() + 1, line);
  const std::size_t words = words_;
  const std::size_t looks = level_->look_classes;
  const std::uint32_t* flips_of = level_->flips_of.data();
  const std::uint16_t* flips = level_->flips.data();
  std::size_t place = places_;
  for (const std::uint32_t cell : cells) {
    const std::uint64_t bit = std::uint64_t{1} << place % 64;
    std::uint64_t* word = &columns_[kPad + place / 64];
    looks_[cell % looks * words + place / 64] |= bit;
    for (std::size_t f = flips_of[cell]; f < flips_of[cell + 1]; ++f) {
      word[flips[f] * words] ^= bit;
      flipped_[flips[f]] = 1;
    }
    ++place;
  }
  ends_[kPad + place / 64] |= std::uint64_t{1} << place % 64;
  places_ = ++place;
  line_begins_.push_back(static_cast<std::uint32_t>(place));
  if (place < words * 64) begins_[kPad + place / 64] |= std::uint64_t{1} << place % 64;
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
  if (look_columns_written_[set] != 0) return column;
  look_columns_written_[set] = 1;
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
  std::uint64_t* column = own_column(clause);
  for (std::size_t w = 0; w < words_; ++w) column[w] ^= looks[w];
  written_commons_.push_back(clause);
}

const std::uint64_t* Board::lines_with(std::uint32_t clause) {
  const std::uint64_t* units = column(clause);
  with_.assign(words_, 0);
  std::size_t behind = 0;  // the lines before are done
  for (std::size_t w = 0; w < words_; ++w) {
    for (std::uint64_t bits = units[w]; bits != 0; bits &= bits - 1) {
      const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      if (place < behind) continue;
      const std::uint32_t line = line_at_[place];
      behind = line_begins_[line + 1];
      for (std::size_t p = line_begins_[line]; p < behind; ++p)
        with_[p / 64] |= std::uint64_t{1} << p % 64;
    }
  }
  return with_.data();
}

}  // namespace glane
