// The lines of a level laid side by side: for every clause of the level a column of bits, one a
// unit, so that a rule is tried on all lines at once.
//
// A line of n units takes n + 1 places: place i lies before unit i, the last behind the last
// unit, where no clause holds; so no match reaches from one line into the next. A unit says by
// its cell (class of groups × class of looks) which clauses it satisfies. Most clauses say the
// same of nearly all units of one look: a column starts as what its clause says of unknown words
// of each look, and every unit flips the clauses on which it differs (Level::flips). Units flip in
// a row of 64 of them, which stays near; a column is drawn from the rows when it is asked for.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "compile/level.h"
#include "compile/places.h"
#include "segment/chart.h"

namespace glane {

class Board {
 public:
  // Lines of this many units, and longer ones, do not fit.
  static constexpr std::size_t kMostPlaces = 64 * PlaceRow::kMostWords;

  // Empties the board for lines of `level`.
  void start(const Level& level);
  // A line of fewer units than this still fits.
  std::size_t room() const { return kMostPlaces - places_; }
  // To the line that is open, which has room for them: the units from `next` on, before `end`, that
  // begin before a token; returns the next one.
  const Unit* add_units(const Unit* next, const Unit* end, std::uint32_t token);
  void add_cell(std::size_t cell);
  // Ends the line, and opens the next. False when no unit of it satisfies a pivot, so that no rule
  // can match there: it is then as if it had never been.
  bool end_line();
  std::uint32_t next_place() const { return place_; }
  // After the last line; then come the columns.
  void finish();

  std::size_t words() const { return words_; }  // a multiple of PlaceRow::kBlock
  std::size_t places() const { return places_; }
  std::uint32_t line_at(std::size_t place) const { return line_at_[place]; }  // the first is 0
  std::size_t line_begin(std::uint32_t line) const { return line_begins_[line]; }
  std::size_t line_end(std::uint32_t line) const { return line_begins_[line + 1] - 1; }

  // Clauses that rules require on which some unit differs from unknown words of its look, 64 to a
  // word.
  const std::vector<std::uint64_t>& touched() const { return touched_; }

  // words() words: bit i is set where unit i satisfies the clause. The words before and behind them
  // are not theirs, but may be read.
  const std::uint64_t* column(std::uint32_t clause) {
    if (written_[clause] == 0) write(clause);
    return own_column(clause);
  }
  const std::uint64_t* line_begins() const { return begins_.data() + kPad; }
  const std::uint64_t* line_ends() const { return ends_.data() + kPad; }
  // All places of the lines that hold a unit which satisfies the clause, as words() words.
  const std::uint64_t* lines_with(std::uint32_t clause);

 private:
  static constexpr std::size_t kPad = PlaceRow::kBlock;

  std::uint64_t* own_column(std::size_t clause) { return &columns_[kPad + clause * words_]; }
  static constexpr std::size_t kManyBlocks = 9;  // of flips, and more
  // From one kind of waiting units to the next: no power of two, which caches are slow at.
  static constexpr std::size_t kStride = kMostPlaces + 136;
  static_assert(kMostPlaces <= 0xFFFF);
  struct Waiting {
    CellFlips flips;
    std::uint16_t place, look;
  };
  using Ends = std::array<Waiting*, kManyBlocks + 1>;  // by blocks of flips

  static constexpr std::size_t kFilled = 8;  // of line_at_, at once
  void fill_line_at();
  template <std::size_t kBlocks>
  void flip_waiting();
  template <std::size_t... kBlocks>
  void flip_all(std::index_sequence<kBlocks...>) {
    (flip_waiting<kBlocks>(), ...);
  }
  void find_touched();
  void draw(std::size_t flip, std::uint64_t* column) const;
  const std::uint64_t* look_set(std::size_t set);
  void write(std::uint32_t clause);

  const Level* level_ = nullptr;  // from start() on, while it is used
  std::size_t words_ = 0;
  std::size_t places_ = 0;                // of whole lines
  std::size_t width_ = 0;                 // of a row
  std::vector<std::uint64_t> rows_;       // by 64 units, by flip (Level::flips): who flips it
  std::vector<std::uint64_t> columns_;    // by clause
  std::vector<std::uint8_t> written_;     // by clause: its column is
  std::vector<Waiting> waiting_;          // units by their blocks of flips, kStride each
  Ends waiting_ends_{}, whole_ends_{};    // behind the units that wait; whole: of whole lines
  std::uint16_t place_ = 0;               // of the next unit
  bool pivotal_ = false;                  // some unit of the open line satisfies a pivot
  std::vector<std::uint64_t> any_;        // by flip, as in a row
  std::vector<std::uint64_t> touched_;    // clauses that some unit flipped
  std::vector<std::uint64_t> look_sets_;  // by set of looks (Level::look_sets): its units
  std::vector<std::uint8_t> look_sets_written_;
  std::vector<std::uint64_t> begins_, ends_;
  std::vector<std::uint16_t> line_at_;      // by place
  std::vector<std::uint32_t> line_begins_;  // by line, and behind the last
  std::vector<std::uint64_t> with_;         // see lines_with
};

// The columns of a board as PlaceMap asks for them.
class WholeBoard {
 public:
  explicit WholeBoard(Board& board) : board_(board) {}
  template <bool kForward>
  bool step(std::uint32_t clause, const PlaceRow& from, PlaceRow& to) {
    const std::uint64_t* column = board_.column(clause);
    return kForward ? to.step_up(from, column) : to.step_down(from, column);
  }
  bool begins(PlaceRow& set) { return set.meet(board_.line_begins()); }
  bool ends(PlaceRow& set) { return set.meet(board_.line_ends()); }
  PlaceRow only(std::size_t place) const { return PlaceRow(0, board_.words()).only(place); }

 private:
  Board& board_;
};

// 64 places of a board, from one place on.
class BoardWindow {
 public:
  BoardWindow(Board& board, std::size_t from)
      : board_(board), word_(from / 64), shift_(from % 64) {}
  template <bool kForward>
  bool step(std::uint32_t clause, const PlaceWord& from, PlaceWord& to) {
    const std::uint64_t units = cut(board_.column(clause));
    to.bits = kForward ? (from.bits & units) << 1 : from.bits >> 1 & units;
    return to.any();
  }
  bool begins(PlaceWord& set) { return meet(board_.line_begins(), set); }
  bool ends(PlaceWord& set) { return meet(board_.line_ends(), set); }
  PlaceWord only(std::size_t place) const { return PlaceWord().only(place); }
  // Behind the last line may come what is of another column: no way leads there.
  std::uint64_t cut(const std::uint64_t* column) const {
    return column[word_] >> shift_ | column[word_ + 1] << 1 << (63 - shift_);
  }

 private:
  bool meet(const std::uint64_t* column, PlaceWord& set) const {
    set.bits &= cut(column);
    return set.any();
  }

  Board& board_;
  std::size_t word_, shift_;
};

}  // namespace glane
