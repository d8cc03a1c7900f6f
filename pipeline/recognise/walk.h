// The captures of a match whose bounds are known.
#pragma once

#include <array>
#include <vector>

#include "compile/position_sets.h"

namespace glane {

// A part that a walk came through: group `group` of the rule from place `first` to `last`.
struct WalkedPart {
  std::uint32_t group;  // which @name: of the pattern, in the order they open
  std::uint16_t name;
  std::uint32_t first, last;
};

// Walks through a pattern from place to place: of the ways between two ends it takes the one that
// a backtracking matcher would find first, the earlier choice and the further repetition.
template <typename Set, typename Columns>
class Walk {
 public:
  // Parts are added to `parts`; of a part that is repeated, the last turn.
  Walk(const PlaceMap& map, Columns& columns, std::vector<WalkedPart>& parts)
      : map_(map), columns_(columns), parts_(parts) {}

  // From `at` to a place of `goal`, to which some way leads.
  void operator()(std::size_t at, const Set& goal) { through(map_.nodes_[0], at, goal); }

 private:
  // These return the place where the way through the node ends.

  std::size_t through(const PlaceMap::Node& node, std::size_t at, const Set& goal) {
    if (!node.named) {
      if (node.width != PlaceMap::kAnyWidth) return at + node.width;
      if (goal.single()) return goal.last();
    }
    switch (node.kind) {
      case Pattern::Kind::choice:
        return choice(node, at, goal);
      case Pattern::Kind::repeat:
        return repeat(node, at, goal);
      case Pattern::Kind::group: {
        const std::size_t part = open(node, at);
        const std::size_t end =
            !node.holds_names && goal.single() ? goal.last() : sequence(node, at, goal);
        parts_[part].last = static_cast<std::uint32_t>(end);
        return end;
      }
      default:
        return sequence(node, at, goal);
    }
  }

  // The same without knowing where it may end: only where there is one end and no choice of
  // names on the way. Returns kNowhere else.
  std::size_t only_way(const PlaceMap::Node& node, std::size_t at) {
    if (node.holds_names || (node.named && node.kind != Pattern::Kind::group)) return kNowhere;
    std::size_t end = at + node.width;
    if (node.width == PlaceMap::kAnyWidth) {
      Set reach = columns_.only(at);
      map_.template run<true>(node, reach, columns_);
      if (!reach.single()) return kNowhere;
      end = reach.last();
    }
    if (node.named) parts_[open(node, at)].last = static_cast<std::uint32_t>(end);
    return end;
  }
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  // Whether some way through `node` leads from `at` into `goal`.
  bool leads(const PlaceMap::Node& node, std::size_t at, Set goal) {
    return map_.template run<false>(node, goal, columns_) && goal.has(at);
  }

  std::size_t open(const PlaceMap::Node& node, std::size_t at) {
    std::size_t part = 0;
    while (part < parts_.size() && parts_[part].group != node.clause) ++part;
    if (part == parts_.size()) parts_.push_back({});
    const auto place = static_cast<std::uint32_t>(at);
    parts_[part] = {node.clause, node.name, place, place};
    return part;
  }

  std::size_t choice(const PlaceMap::Node& node, std::size_t at, const Set& goal) {
    std::uint32_t i = 0;
    while (i + 1 < node.count && !leads(map_.nodes_[node.first + i], at, goal)) ++i;
    return through(map_.nodes_[node.first + i], at, goal);
  }

  // Where each child may end is known from the back: found out when it is first in doubt.
  std::size_t sequence(const PlaceMap::Node& node, std::size_t at, const Set& goal) {
    constexpr std::uint32_t kUsual = 12;
    std::array<Set, kUsual> usual;
    std::vector<Set> many(node.count > kUsual ? node.count : 0);
    Set* goals = node.count > kUsual ? many.data() : usual.data();
    std::uint32_t known = node.count;  // goals[known…] are
    const std::uint32_t names = count_to_last_name(node);
    for (std::uint32_t i = 0; i < node.count; ++i) {
      if (i == names && goal.single()) return goal.last();
      const std::size_t end =
          i + 1 == node.count ? kNowhere : only_way(map_.nodes_[node.first + i], at);
      if (end != kNowhere) {
        at = end;
        continue;
      }
      while (known > i) {
        --known;
        goals[known] = known + 1 == node.count ? goal : goals[known + 1];
        if (known + 1 < node.count)
          map_.template run<false>(map_.nodes_[node.first + known + 1], goals[known], columns_);
      }
      at = through(map_.nodes_[node.first + i], at, goals[i]);
    }
    return at;
  }

  // How many children there are up to the last one of which something is to be known.
  std::uint32_t count_to_last_name(const PlaceMap::Node& node) const {
    std::uint32_t count = node.count;
    while (count > 0 && !map_.nodes_[node.first + count - 1].named) --count;
    return count;
  }

  std::size_t repeat(const PlaceMap::Node& node, std::size_t at, const Set& goal) {
    const PlaceMap::Node& child = map_.nodes_[node.first];
    // What the turns that are left may still do: some further turns and then the goal.
    PlaceMap::Node further = node;
    Set then = goal;
    for (std::uint32_t turn = 0; turn < node.most; ++turn) {
      const std::uint32_t least = node.least > turn + 1 ? node.least - turn - 1 : 0;
      const std::uint32_t most = node.most == kUnbounded ? node.most : node.most - turn - 1;
      if (turn == 0 || further.least != least || further.most != most) {
        further.least = least;
        further.most = most;
        then = goal;
        if (most > 0) map_.template run<false>(further, then, columns_);
      }
      if (turn >= node.least && !leads(child, at, then)) break;
      const std::size_t end = through(child, at, then);
      if (end == at && turn >= node.least) break;
      at = end;
    }
    return at;
  }

  const PlaceMap& map_;
  Columns& columns_;
  std::vector<WalkedPart>& parts_;
};

}  // namespace glane
