#include "recognise/board.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace glane {

void Board::start(const Level& level, std::size_t places) {
  const std::size_t clauses = level.common_looks.size();
  clear();
  level_ = &level;
  first_look_ = level.no_clause();
  looks_ = level.look_classes + 1;
  words_ = ((places + 63) / 64 + PlaceRow::kBlock - 1) / PlaceRow::kBlock * PlaceRow::kBlock;
  places_ = 0;
  next_stamp();
  const std::size_t size = level.look_column(level.look_classes) * words_ + 2 * kPad;
  if (columns_.size() < size) columns_.resize(size, 0);
  if (written_.size() < clauses) written_.resize(clauses, 0);
  if (line_at_.size() < 64 * words_) line_at_.resize(64 * words_);
  line_begins_.assign(1, 0);
  waiting_.resize((kManyBlocks + 1) * kMostPlaces);
  waiting_count_ = {};
  look_sets_.resize(level.look_sets.size() * words_);
  look_sets_written_.assign(level.look_sets.size(), 0);
  begins_.assign(words_ + 2 * kPad, 0);
  begins_[kPad] = 1;
  ends_.assign(words_ + 2 * kPad, 0);
}

// Zeroes the columns that were written. The level of that time may be gone, with its rules.
void Board::clear() {
  if (columns_.empty()) return;
  for (std::size_t w = 0; w < touched_.size(); ++w) {
    for (std::uint64_t bits = touched_[w]; bits != 0; bits &= bits - 1)
      std::fill_n(own_column(w * 64 + static_cast<std::size_t>(std::countr_zero(bits))), words_, 0);
  }
  for (const std::uint32_t clause : commons_) std::fill_n(own_column(clause), words_, 0);
  commons_.clear();
  std::fill_n(own_column(first_look_), looks_ * words_, 0);
}

void Board::next_stamp() {
  if (++stamp_ != 0) return;
  stamp_ = 1;
  std::ranges::fill(written_, 0);
}

// This is where the units of all articles pass, once a level. They are sorted by how much they flip
// and flipped when all are there, so that no loop ends where nobody can guess it.
void Board::add_line(std::span<const CellFlips> units) {
  const auto line = static_cast<std::uint32_t>(line_begins_.size() - 1);
  std::fill_n(&line_at_[places_], units.size() + 1, line);
  std::size_t place = places_;
  for (const CellFlips& unit : units) {
    const std::size_t blocks = std::min(unit.blocks(), kManyBlocks);
    waiting_[blocks * kMostPlaces + waiting_count_[blocks]++] = {
        unit, static_cast<std::uint32_t>(place++)};
  }
  ends_[kPad + place / 64] |= std::uint64_t{1} << place % 64;
  places_ = ++place;
  line_begins_.push_back(static_cast<std::uint32_t>(place));
  if (place < words_ * 64) begins_[kPad + place / 64] |= std::uint64_t{1} << place % 64;
}

template <std::size_t kBlocks>
void Board::flip_waiting() {
  const std::size_t words = words_;
  const std::uint16_t* flips = level_->flips.data();
  const Waiting* unit = &waiting_[kBlocks * kMostPlaces];
  const Waiting* const end = unit + waiting_count_[kBlocks];
  for (; unit != end; ++unit) {
    const std::uint64_t bit = std::uint64_t{1} << unit->place % 64;
    std::uint64_t* word = &columns_[kPad + unit->place / 64];
    const std::uint16_t* flip = flips + unit->flips.first();
    const std::size_t count =
        kBlocks < kManyBlocks ? kBlocks * CellFlips::kBlock : unit->flips.size();
#pragma GCC unroll 8
    for (std::size_t i = 0; i < count; ++i) word[flip[i] * words] ^= bit;
  }
}

void Board::finish() {
  flip_waiting<1>();
  flip_waiting<2>();
  flip_waiting<3>();
  flip_waiting<4>();
  flip_waiting<kManyBlocks>();
  const std::size_t clauses = level_->common_looks.size();
  touched_.assign((clauses + 63) / 64, 0);
  for (std::size_t clause = 0; clause < clauses; ++clause) {
    const std::uint64_t* column = own_column(clause);
    PlaceBlock all{};
    for (std::size_t w = 0; w < words_; w += PlaceRow::kBlock) all |= PlaceRow::block(column + w);
    touched_[clause / 64] |= std::uint64_t{PlaceRow::some(all)} << clause % 64;
  }
}

// The units whose look is in a set.
const std::uint64_t* Board::look_set(std::size_t set) {
  std::uint64_t* column = &look_sets_[set * words_];
  if (look_sets_written_[set] != 0) return column;
  look_sets_written_[set] = 1;
  std::fill_n(column, words_, 0);
  for (std::uint64_t looks = level_->look_sets[set]; looks != 0; looks &= looks - 1) {
    const std::uint64_t* units =
        own_column(level_->look_column(static_cast<std::size_t>(std::countr_zero(looks))));
    for (std::size_t w = 0; w < words_; ++w) column[w] |= units[w];
  }
  return column;
}

void Board::write(std::uint32_t clause) {
  written_[clause] = stamp_;
  const std::size_t set = level_->look_set_of[clause];
  if (set == 0) return;
  const std::uint64_t* looks = look_set(set);
  std::uint64_t* column = own_column(clause);
  for (std::size_t w = 0; w < words_; ++w) column[w] ^= looks[w];
  commons_.push_back(clause);
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
