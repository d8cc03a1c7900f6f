// Which matches of a level are kept, and in which order.
#pragma once

#include <cstdint>
#include <vector>

#include "recognise/long_line.h"

namespace glane {

// Works on matches that come rule by rule in the order of the level, and of a rule, in each line,
// from left to right. Keeps its memory.
class Overlaps {
 public:
  // All of them, line by line; in a line, rule by rule. Lines are numbered below `lines`.
  void sort_by_line(std::vector<Candidate>& candidates, std::size_t lines);
  // Of those that overlap, the one of highest priority, then the leftmost, then the longest, then
  // the first in the files; from left to right. Cells are numbered below `cells`.
  void resolve(std::vector<Candidate>& candidates, std::size_t cells);

 private:
  template <typename Key>
  void sort_by(Key key, std::size_t most, std::vector<Candidate>& candidates);
  void sort_by_begin(std::vector<Candidate>& candidates, std::size_t cells);
  bool sort_by_priority(std::vector<Candidate>& candidates);
  bool claim(std::size_t first, std::size_t last);
  bool claim_long(std::size_t first, std::size_t last);

  std::vector<Candidate> sorted_;
  std::vector<std::uint32_t> before_;   // see sort_by: how many come before, then where next
  std::vector<std::uint64_t> claimed_;  // cells, as bits
};

}  // namespace glane
