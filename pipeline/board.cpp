#include "board.h"

#include <algorithm>

namespace glane {

void Board::start(const Level& level, std::size_t words) {
  const std::size_t clauses = level.common_looks.size();
  for (const std::uint32_t clause : dirty_) std::fill_n(&columns_[clause * words_], words_, 0);
  dirty_.clear();
  level_ = &level;
  words_ = words;
  places_ = 0;
  ++stamp_;
  if (columns_.size() < clauses * words) columns_.resize(clauses * words, 0);
  written_.resize(std::max(written_.size(), clauses), 0);
  touched_.assign((clauses + 63) / 64, 0);
  looks_.assign(level.look_classes * words, 0);
  begins_.assign(words, 0);
  begins_[0] = 1;
  ends_.assign(words, 0);
}

void Board::add(std::uint32_t cell) {
  const std::size_t word = places_ / 64;
  const std::uint64_t bit = std::uint64_t{1} << places_ % 64;
  looks_[cell % level_->look_classes * words_ + word] |= bit;
  const std::uint16_t* flip = level_->flips.data() + level_->flips_of[cell];
  const std::uint16_t* end = level_->flips.data() + level_->flips_of[cell + 1];
  for (; flip != end; ++flip) {
    const std::uint32_t clause = *flip;
    columns_[clause * words_ + word] ^= bit;
    std::uint64_t& touched = touched_[clause / 64];
    if ((touched >> clause % 64 & 1) != 0) continue;
    touched |= std::uint64_t{1} << clause % 64;
    dirty_.push_back(clause);
  }
  ++places_;
}

void Board::end_line() {
  ends_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
  ++places_;
  if (places_ < words_ * 64) begins_[places_ / 64] |= std::uint64_t{1} << places_ % 64;
}

void Board::write(std::uint32_t clause) {
  written_[clause] = stamp_;
  std::uint64_t looks = level_->common_looks[clause];
  if (looks == 0) return;
  std::uint64_t* column = &columns_[clause * words_];
  for (; looks != 0; looks &= looks - 1) {
    const std::uint64_t* units = &looks_[static_cast<std::size_t>(std::countr_zero(looks)) * words_];
    for (std::size_t w = 0; w < words_; ++w) column[w] ^= units[w];
  }
  if ((touched_[clause / 64] >> clause % 64 & 1) == 0) dirty_.push_back(clause);
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
