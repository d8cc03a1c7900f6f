// Where the captures of a match lie that was found on a board.
#pragma once

#include <optional>
#include <vector>

#include "compile/level.h"
#include "recognise/board.h"
#include "recognise/walk.h"
#include "segment/chart.h"

namespace glane {

// The places of a match and of its line, [first, last] of each.
struct PlacedMatch {
  std::uint32_t line;
  std::size_t line_first, line_last;
  std::size_t first, last;
};

class Captures {
 public:
  // Adds those of a match of the rule to `out`, as ranges of cells: units of all lines, one after
  // another.
  void find(const LevelRule& rule, const PlacedMatch& match, Board& board,
            std::vector<Capture>& out);

 private:
  std::vector<WalkedPart> parts_;  // keeps its memory
};

}  // namespace glane
