#include "recognise/overlaps.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace glane {

void Overlaps::sort_by_line(std::vector<Candidate>& candidates, std::size_t lines) {
  sort_by([](const Candidate& c) { return c.line; }, lines, candidates);
}

void Overlaps::resolve(std::vector<Candidate>& candidates, std::size_t cells) {
  sort_by_begin(candidates, cells);
  const bool ranked = sort_by_priority(candidates);
  claimed_.assign(cells / 64 + 2, 0);
  std::size_t kept = 0;
  for (const Candidate& candidate : candidates)
    if (claim(candidate.first, candidate.last)) candidates[kept++] = candidate;
  candidates.resize(kept);
  if (ranked) sort_by_begin(candidates, cells);
}

// The highest first, stably. False when all are the same.
bool Overlaps::sort_by_priority(std::vector<Candidate>& candidates) {
  constexpr std::size_t kFew = 1024;
  const auto [low, high] = std::ranges::minmax(candidates, {}, &Candidate::priority);
  const int least = low.priority;
  const int most = high.priority;
  if (least == most) return false;
  const auto range = static_cast<std::size_t>(std::int64_t{most} - least + 1);
  if (range > kFew) {
    std::ranges::stable_sort(candidates, std::greater(), &Candidate::priority);
  } else {
    const auto rank = [most](const Candidate& c) {
      return static_cast<std::size_t>(most - c.priority);
    };
    sort_by(rank, range, candidates);
  }
  return true;
}

// Leftmost, then longest, then first in the files. Roughly first, by a few cells together.
void Overlaps::sort_by_begin(std::vector<Candidate>& candidates, std::size_t cells) {
  constexpr std::size_t kTogether = 4;
  sort_by([](const Candidate& c) { return c.first / kTogether; }, cells / kTogether + 1,
          candidates);
  const auto wins = [](const Candidate& a, const Candidate& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.last != b.last ? a.last > b.last : a.place < b.place;
  };
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (!wins(candidates[i], candidates[i - 1])) continue;
    const Candidate moved = candidates[i];
    std::size_t k = i;
    for (; k > 0 && wins(moved, candidates[k - 1]); --k) candidates[k] = candidates[k - 1];
    candidates[k] = moved;
  }
}

// By a number below `most`, stably. Counted, since many share a number where few others do.
template <typename Key>
void Overlaps::sort_by(Key key, std::size_t most, std::vector<Candidate>& candidates) {
  before_.assign(most + 1, 0);
  for (const Candidate& candidate : candidates) ++before_[key(candidate) + 1];
  std::partial_sum(before_.begin(), before_.end(), before_.begin());
  sorted_.resize(candidates.size());
  for (const Candidate& candidate : candidates) sorted_[before_[key(candidate)]++] = candidate;
  candidates.swap(sorted_);
}

// Whether no cell of [first, last) was claimed before; they are then.
bool Overlaps::claim(std::size_t first, std::size_t last) {
  if (last - first > 64) return claim_long(first, last);
  const std::uint64_t cells = ~std::uint64_t{0} >> (64 - (last - first));
  std::uint64_t* words = &claimed_[first / 64];
  const std::uint64_t low = cells << first % 64;
  const std::uint64_t high = cells >> 1 >> (63 - first % 64);
  if (((words[0] & low) | (words[1] & high)) != 0) return false;
  words[0] |= low;
  words[1] |= high;
  return true;
}

bool Overlaps::claim_long(std::size_t first, std::size_t last) {
  const auto bit = [](std::size_t cell) { return std::uint64_t{1} << cell % 64; };
  for (std::size_t cell = first; cell < last; ++cell)
    if ((claimed_[cell / 64] & bit(cell)) != 0) return false;
  for (std::size_t cell = first; cell < last; ++cell) claimed_[cell / 64] |= bit(cell);
  return true;
}

}  // namespace glane
