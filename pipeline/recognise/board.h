// The lines of a level laid side by side: for every clause of the level a column of bits, one a
// unit, so that a rule is tried on all lines at once.
//
// A line of n units takes n + 1 places: place i lies before unit i, the last behind the last
// unit, where no clause holds; so no match reaches from one line into the next. A unit says by
// its cell (class of groups × class of looks) which clauses it satisfies. Most clauses say the
// same of nearly all units of one look: a column starts as what its clause says of unknown words
// of each look, and every unit flips the clauses on which it differs (Level::flips).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compile/position_sets.h"
#include "recognise/cascade.h"

namespace glane {

class Board {
 public:
  // Lines of this many units, and longer ones, do not fit.
  static constexpr std::size_t kMostPlaces = 64 * 64;

  // Empties the board for lines of `level` that take `words` * 64 places at most.
  void start(const Level& level, std::size_t words);
  // The next line, by the cells of its units.
  void add_line(std::span<const std::uint32_t> cells);
  // After the last line; kWords is what start() was given.
  template <std::size_t kWords>
  void finish();

  std::size_t words() const { return words_; }
  std::size_t places() const { return places_; }
  std::uint32_t line_at(std::size_t place) const { return line_at_[place]; }  // the first is 0

  // Clauses on which some unit differs from unknown words of its look, 64 to a word.
  const std::vector<std::uint64_t>& touched() const { return touched_; }

  // words() words: bit i is set where unit i satisfies the clause.
  const std::uint64_t* column(std::uint32_t clause) {
    if (written_[clause] != stamp_) write(clause);
    return &columns_[clause * words_];
  }
  const std::uint64_t* line_begins() const { return begins_.data(); }
  const std::uint64_t* line_ends() const { return ends_.data(); }
  // Lines that may hold a unit which satisfies the clause: bit i for line i, i + 64, …
  std::uint64_t line_mask(std::uint32_t clause) {
    if (mask_stamps_[clause] != stamp_) write_mask(clause);
    return masks_[clause];
  }
  // All places of the lines that hold a unit which satisfies the clause, as words() words.
  const std::uint64_t* lines_with(std::uint32_t clause);

 private:
  static constexpr unsigned kSlotBits = 12;  // no more cells differ than there are places
  static constexpr std::uint32_t kMostStamps = std::uint32_t{1} << (32 - kSlotBits);

  void clear();
  void next_stamp();
  std::uint32_t open_slot(std::uint32_t cell);
  void gather_touched();
  const std::uint64_t* look_column(std::size_t set);
  void write(std::uint32_t clause);
  void write_mask(std::uint32_t clause);

  const Level* level_ = nullptr;
  std::size_t words_ = 0;
  std::size_t places_ = 0;
  std::uint32_t lines_ = 0;
  std::uint32_t stamp_ = 0;
  std::vector<std::uint64_t> columns_;          // by clause
  std::vector<std::uint32_t> written_;          // by clause: stamp when its column is whole
  std::vector<std::uint64_t> touched_;          // clauses that some unit flipped
  std::vector<std::uint8_t> flipped_;           // the same, a byte a clause; 0 between boards
  std::vector<std::uint32_t> written_commons_;  // clauses whose columns hold what is common
  std::vector<std::uint64_t> looks_;            // by class of looks: its units
  std::vector<std::uint64_t> look_columns_;     // by set of looks (Level::look_sets): its units
  std::vector<bool> look_columns_written_;
  std::vector<std::uint64_t> begins_, ends_;
  std::vector<std::uint32_t> slot_of_;     // by cell: stamp, then slot
  std::vector<std::uint64_t> slots_;       // of each distinct cell: its units
  std::vector<std::uint32_t> slot_cells_;  // by slot
  std::vector<std::uint32_t> line_at_;     // by place
  std::vector<std::uint64_t> masks_;
  std::vector<std::uint32_t> mask_stamps_;
  std::vector<std::uint64_t> with_;  // see lines_with
};

// Loops over kWords words, which the compiler unrolls, and no checks: this is where the units of
// all articles pass, once a level.
template <std::size_t kWords>
void Board::finish() {
  const std::uint64_t* units = slots_.data();
  for (const std::uint32_t cell : slot_cells_) {
    std::uint64_t* look = &looks_[cell % level_->look_classes * kWords];
    for (std::size_t w = 0; w < kWords; ++w) look[w] |= units[w];
    const std::uint16_t* next = level_->flips.data() + level_->flips_of[cell];
    const std::uint16_t* end = level_->flips.data() + level_->flips_of[cell + 1];
    for (; next != end; ++next) {
      std::uint64_t* column = &columns_[*next * kWords];
      for (std::size_t w = 0; w < kWords; ++w) column[w] ^= units[w];
      flipped_[*next] = 1;
    }
    units += kWords;
  }
  gather_touched();
}

// The columns of a board as PlaceMap asks for them.
template <std::size_t kWords>
class WholeBoard {
 public:
  explicit WholeBoard(Board& board) : board_(board) {}
  void meet(std::uint32_t clause, Places<kWords>& set) { meet(board_.column(clause), set); }
  void begins(Places<kWords>& set) { meet(board_.line_begins(), set); }
  void ends(Places<kWords>& set) { meet(board_.line_ends(), set); }

 private:
  static void meet(const std::uint64_t* column, Places<kWords>& set) {
    for (std::size_t w = 0; w < kWords; ++w) set.words[w] &= column[w];
  }
  Board& board_;
};

// 64 places of a board, from one place on.
class BoardWindow {
 public:
  BoardWindow(Board& board, std::size_t from)
      : board_(board), word_(from / 64), shift_(from % 64) {}
  void meet(std::uint32_t clause, Places<1>& set) { set.words[0] &= cut(board_.column(clause)); }
  void begins(Places<1>& set) { set.words[0] &= cut(board_.line_begins()); }
  void ends(Places<1>& set) { set.words[0] &= cut(board_.line_ends()); }
  std::uint64_t cut(const std::uint64_t* column) const {
    const std::uint64_t low = column[word_] >> shift_;
    const bool spans = shift_ != 0 && word_ + 1 < board_.words();
    return spans ? low | column[word_ + 1] << (64 - shift_) : low;
  }

 private:
  Board& board_;
  std::size_t word_, shift_;
};

}  // namespace glane
