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

  // The next unit, or the end of a line; finish() after the last.
  void add(std::uint32_t cell) {
    if (slot_stamps_[cell] != stamp_) open_slot(cell);
    slots_[slot_of_[cell] * words_ + places_ / 64] |= std::uint64_t{1} << places_ % 64;
    line_bits_[places_++] = line_bit_;
  }
  void end_line();
  void finish();

  std::size_t words() const { return words_; }
  std::size_t places() const { return places_; }

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
  void clear();
  void open_slot(std::uint32_t cell);
  void flip(std::uint32_t cell, const std::uint64_t* units);
  void write(std::uint32_t clause);
  void write_mask(std::uint32_t clause);

  const Level* level_ = nullptr;
  std::size_t words_ = 0;
  std::size_t places_ = 0;
  std::uint64_t stamp_ = 0;
  std::vector<std::uint64_t> columns_;          // by clause
  std::vector<std::uint64_t> written_;          // by clause: stamp when its column is whole
  std::vector<std::uint64_t> touched_;          // clauses that some unit flipped
  std::vector<std::uint32_t> written_commons_;  // clauses whose columns hold what is common
  std::vector<std::uint64_t> looks_;            // by class of looks: its units
  std::vector<std::uint64_t> begins_, ends_;
  std::vector<std::uint64_t> slot_stamps_;  // by cell: stamp when it has a slot
  std::vector<std::uint32_t> slot_of_;
  std::vector<std::uint64_t> slots_;  // of each distinct cell: its units
  std::vector<std::uint32_t> slot_cells_;
  std::uint64_t line_bit_ = 1;            // see line_mask
  std::vector<std::uint64_t> line_bits_;  // by place
  std::vector<std::uint64_t> masks_, mask_stamps_;
  std::vector<std::uint64_t> with_;  // see lines_with
};

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
