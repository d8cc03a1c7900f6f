// The matches of a level in a line too long for a Board: RE2 over the line's symbols.
#pragma once

#include <span>

#include "recognise/cascade.h"

namespace glane {

// A match before overlaps are resolved, in cells of a run (cascade.cpp).
struct Candidate {
  std::uint32_t first, last;
  std::uint32_t line;   // of the run
  std::uint16_t place;  // of its rule in the level
  int priority;
  std::uint32_t first_capture = 0, last_capture = 0;
};

// Adds every leftmost-longest match of every rule, rule by rule, and its captures. `cells` are
// the units of the line, `where` says which line it is and, as first and last, where its cells
// begin.
void search_long_line(const Level& level, std::span<const std::uint32_t> cells, Candidate where,
                      CascadeWorkspace& workspace, std::vector<Candidate>& candidates,
                      std::vector<Capture>& captures);

}  // namespace glane
