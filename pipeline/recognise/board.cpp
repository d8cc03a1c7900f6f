#include "recognise/board.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace glane {

void Board::start(const Level& level) {
  level_ = &level;
  places_ = place_ = 0;
  pivotal_ = false;
  waiting_.resize((kManyBlocks + 1) * kStride);
  for (std::size_t blocks = 0; blocks <= kManyBlocks; ++blocks)
    waiting_ends_[blocks] = &waiting_[blocks * kStride];
  whole_ends_ = waiting_ends_;
  line_at_.resize(kMostPlaces + kFilled);
  line_begins_.assign(1, 0);
  begins_.assign(PlaceRow::kMostWords + 2 * kPad, 0);
  begins_[kPad] = 1;
  ends_.assign(PlaceRow::kMostWords + 2 * kPad, 0);
}

// This is where the units of all articles pass, once a level: what does not change is kept at hand.
// They are sorted by how much they flip and flipped when all are there, so that no loop ends where
// nobody can guess it.
const Unit* Board::add_units(const Unit* next, const Unit* end, std::uint32_t token) {
  const std::uint16_t* const group_class = level_->group_class.data();
  const std::uint8_t* const look_class = level_->look_class.data();
  const CellFlips* const flips_of = level_->flips_of.data();
  const std::size_t looks = level_->look_classes;
  std::uint16_t place = place_;
  bool pivotal = false;
  for (; next != end && next->range.first < token; ++next) {
    const std::uint8_t look = look_class[static_cast<std::size_t>(next->look.index())];
    const CellFlips flips = flips_of[group_class[next->group] * looks + look];
    *waiting_ends_[flips.blocks() < kManyBlocks ? flips.blocks() : kManyBlocks]++ = {flips, place++,
                                                                                     look};
    pivotal |= flips.pivotal();
  }
  place_ = place;
  pivotal_ |= pivotal;
  return next;
}

void Board::add_cell(std::size_t cell) {
  const CellFlips flips = level_->flips_of[cell];
  const std::size_t blocks = std::min(flips.blocks(), kManyBlocks);
  const auto look = static_cast<std::uint16_t>(cell % level_->look_classes);
  *waiting_ends_[blocks]++ = {flips, place_++, look};
  pivotal_ |= flips.pivotal();
}

bool Board::end_line() {
  if (!pivotal_) {
    waiting_ends_ = whole_ends_;
    place_ = static_cast<std::uint16_t>(places_);
    return false;
  }
  pivotal_ = false;
  whole_ends_ = waiting_ends_;
  fill_line_at();
  ends_[kPad + place_ / 64] |= std::uint64_t{1} << place_ % 64;
  places_ = ++place_;
  line_begins_.push_back(place_);
  begins_[kPad + place_ / 64] |= std::uint64_t{1} << place_ % 64;
  return true;
}

// Of the places of the line; and some behind, which are of the next one.
void Board::fill_line_at() {
  std::array<std::uint16_t, kFilled> same;
  same.fill(static_cast<std::uint16_t>(line_begins_.size() - 1));
  for (std::size_t place = places_; place <= place_; place += kFilled)
    std::memcpy(&line_at_[place], same.data(), sizeof same);
}

template <std::size_t kBlocks>
void Board::flip_waiting() {
  const std::size_t width = width_;
  const std::uint16_t* flips = level_->flips.data();
  const std::size_t first_look = level_->look_column(0);
  std::uint64_t* rows = rows_.data();
  const Waiting* unit = &waiting_[kBlocks * kStride];
  const Waiting* const end = waiting_ends_[kBlocks];
  for (; unit != end; ++unit) {
    const std::uint64_t bit = std::uint64_t{1} << unit->place % 64;
    std::uint64_t* row = rows + unit->place / 64 * width;
    row[first_look + unit->look] ^= bit;
    const std::uint16_t* flip = flips + unit->flips.first();
    const std::size_t count =
        kBlocks < kManyBlocks ? kBlocks * CellFlips::kBlock : unit->flips.size();
#pragma GCC unroll 16
    for (std::size_t i = 0; i < count; ++i) row[flip[i]] ^= bit;
  }
}

void Board::finish() {
  words_ = ((places_ + 63) / 64 + PlaceRow::kBlock - 1) / PlaceRow::kBlock * PlaceRow::kBlock;
  const std::size_t looks = level_->look_column(level_->look_classes);
  width_ = (looks + PlaceRow::kBlock - 1) / PlaceRow::kBlock * PlaceRow::kBlock;
  rows_.assign(words_ * width_, 0);
  const std::size_t clauses = level_->common_looks.size();
  if (columns_.size() < clauses * words_ + 2 * kPad) columns_.resize(clauses * words_ + 2 * kPad);
  written_.assign(clauses, 0);
  look_sets_.resize(level_->look_sets.size() * words_);
  look_sets_written_.assign(level_->look_sets.size(), 0);
  flip_all(std::make_index_sequence<kManyBlocks + 1>());
  find_touched();
}

// Of the clauses that rules require, which come first.
void Board::find_touched() {
  const std::size_t required = level_->required_words * 64;
  const std::size_t width = std::min(required, width_);
  any_.assign(required, 0);
  for (std::size_t at = 0; at < rows_.size(); at += width_) add(any_.data(), &rows_[at], width);
  touched_.assign(level_->required_words, 0);
  for (std::size_t clause = 0; clause < required; ++clause)
    touched_[clause / 64] |= std::uint64_t{any_[clause] != 0} << clause % 64;
}

// Flips in a column the units that flip a clause, or have a look.
void Board::draw(std::size_t flip, std::uint64_t* column) const {
  const std::size_t words = words_;
  const std::size_t width = width_;
  const std::uint64_t* flipped = &rows_[flip];
#pragma GCC unroll 4
  for (std::size_t w = 0; w < words; ++w) column[w] ^= flipped[w * width];
}

// The units whose look is in a set.
const std::uint64_t* Board::look_set(std::size_t set) {
  std::uint64_t* column = &look_sets_[set * words_];
  if (look_sets_written_[set] != 0) return column;
  look_sets_written_[set] = 1;
  std::fill_n(column, words_, 0);
  for (std::uint64_t looks = level_->look_sets[set]; looks != 0; looks &= looks - 1)
    draw(level_->look_column(static_cast<std::size_t>(std::countr_zero(looks))), column);
  return column;
}

void Board::write(std::uint32_t clause) {
  written_[clause] = 1;
  std::uint64_t* column = own_column(clause);
  const std::size_t set = level_->look_set_of[clause];
  if (set == 0) {
    std::fill_n(column, words_, 0);
  } else {
    std::copy_n(look_set(set), words_, column);
  }
  draw(clause, column);
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
