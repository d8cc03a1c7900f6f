// Where a pattern may match, for all places of many lines at once.
//
// A set of places is a row of bits; place i lies before unit i. A pattern maps the set of
// places where it may begin to the set where it may then end, and back: a predicate shifts the
// set by one unit where that unit satisfies it, a sequence composes, a choice unites, a
// repetition iterates until nothing new is reached. The bounds of every leftmost-longest match
// follow without any automaton being built, and the captures by walking the way through it that
// a backtracking matcher would find first. Linear in the pattern for sets of bounded size.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pattern.h"

namespace glane {

// A set of up to 64 * kWords places.
template <std::size_t kWords>
struct Places {
  std::array<std::uint64_t, kWords> words{};

  static Places only(std::size_t place) {
    Places out;
    out.words[place / 64] = std::uint64_t{1} << place % 64;
    return out;
  }
  bool has(std::size_t place) const { return (words[place / 64] >> place % 64 & 1) != 0; }
  bool any() const {
    std::uint64_t all = 0;
    for (const std::uint64_t word : words) all |= word;
    return all != 0;
  }
  // The highest place; the set is not empty.
  std::size_t last() const {
    std::size_t w = kWords - 1;
    while (words[w] == 0) --w;
    return w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(words[w]));
  }
  bool single() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words) count += static_cast<std::size_t>(std::popcount(word));
    return count == 1;
  }
  // The highest place in [from, to]; `from` when there is none.
  std::size_t last_in(std::size_t from, std::size_t to) const {
    std::size_t w = to / 64;
    std::uint64_t bits = words[w] & ~std::uint64_t{0} >> (63 - to % 64);
    while (bits == 0 && w > from / 64) bits = words[--w];
    if (bits == 0) return from;
    return std::max(from, w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(bits)));
  }
  // The lowest place that is not below `from`; 64 * kWords when there is none.
  std::size_t next(std::size_t from) const {
    std::size_t w = from / 64;
    if (w >= kWords) return 64 * kWords;
    std::uint64_t bits = words[w] & ~std::uint64_t{0} << from % 64;
    while (bits == 0 && ++w < kWords) bits = words[w];
    return bits == 0 ? 64 * kWords : w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
  }
  void up() {  // every place becomes the next one
    for (std::size_t w = kWords - 1; w > 0; --w) words[w] = words[w] << 1 | words[w - 1] >> 63;
    words[0] <<= 1;
  }
  void down() {
    for (std::size_t w = 0; w + 1 < kWords; ++w) words[w] = words[w] >> 1 | words[w + 1] << 63;
    words[kWords - 1] >>= 1;
  }
  Places& operator&=(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] &= other.words[w];
    return *this;
  }
  Places& operator|=(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] |= other.words[w];
    return *this;
  }
  void remove(const Places& other) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] &= ~other.words[w];
  }
};

// A part that a walk came through: group `group` of the rule from place `first` to `last`.
struct WalkedPart {
  std::uint32_t group;  // which @name: of the pattern, in the order they open
  std::uint16_t name;
  std::uint32_t first, last;
};

// A pattern tree laid flat, with clauses in place of predicates.
//
// `Columns` gives the bits of a clause: columns.meet(clause, set) leaves the places of `set`
// whose unit satisfies the clause, columns.begins(set) and columns.ends(set) those where a line
// begins or ends.
class PlaceMap {
 public:
  PlaceMap() = default;
  // `clause_of` gives the clause of a predicate; groups are numbered from `first_group`.
  template <typename ClauseOf>
  PlaceMap(const Pattern& pattern, ClauseOf clause_of, std::uint32_t first_group)
      : nodes_(1), first_group_(first_group), groups_(first_group) {
    fill(0, pattern, clause_of);
  }
  std::uint32_t groups() const { return groups_; }  // the number behind the last
  bool has_groups() const { return groups_ > first_group_; }
  // The number of units of every match, when all have as many; else kAnyWidth.
  std::uint32_t width() const { return nodes_[0].width; }
  static constexpr std::uint32_t kAnyWidth = 0xFFFFFFFF;
  bool empty() const { return nodes_.empty(); }

  // From where it may begin to where it may end, or back. False when the set comes out empty.
  template <std::size_t kWords, typename Columns>
  bool forward(Places<kWords>& set, Columns& columns) const {
    return run<true>(nodes_[0], set, columns);
  }
  template <std::size_t kWords, typename Columns>
  bool backward(Places<kWords>& set, Columns& columns) const {
    return run<false>(nodes_[0], set, columns);
  }

  // The way through the pattern from `at` to a place of `goal` that prefers earlier choices and
  // more repetitions; there is one. Adds its named parts, a part that is repeated once, as it
  // came last.
  template <std::size_t kWords, typename Columns>
  void walk(std::size_t at, const Places<kWords>& goal, Columns& columns,
            std::vector<WalkedPart>& parts) const {
    Walk<kWords, Columns>{*this, columns, parts}.through(nodes_[0], at, goal);
  }

 private:
  struct Node {
    Pattern::Kind kind = Pattern::Kind::sequence;
    bool named = false;                 // holds a group, or is one
    bool holds_names = false;           // holds a group
    std::uint16_t name = 0;
    std::uint32_t width = 0;            // units of every match, or kAnyWidth
    std::uint32_t clause = 0;           // of a predicate; of a group, its number
    std::uint32_t least = 0, most = 0;  // of a repetition
    std::uint32_t first = 0, count = 0; // children: nodes_[first…first + count)
  };

  template <typename ClauseOf>
  void fill(std::size_t at, const Pattern& pattern, const ClauseOf& clause_of) {
    Node node;
    node.kind = pattern.kind;
    node.name = pattern.name;
    if (pattern.kind == Pattern::Kind::predicate) {
      node.clause = static_cast<std::uint32_t>(clause_of(pattern.predicate));
    }
    if (pattern.kind == Pattern::Kind::group) node.clause = groups_++;
    if (pattern.kind == Pattern::Kind::repeat) {
      const Repetition bounds = repetition_of(pattern);
      node.least = static_cast<std::uint32_t>(bounds.least);
      node.most = static_cast<std::uint32_t>(bounds.most);
    }
    node.first = static_cast<std::uint32_t>(nodes_.size());
    node.count = static_cast<std::uint32_t>(pattern.children.size());
    nodes_.resize(nodes_.size() + pattern.children.size());
    nodes_[at] = node;
    for (std::size_t i = 0; i < pattern.children.size(); ++i) {
      fill(node.first + i, pattern.children[i], clause_of);
    }
    nodes_[at].width = width_of(node);
    for (std::uint32_t i = 0; i < node.count; ++i) nodes_[at].holds_names |= nodes_[node.first + i].named;
    nodes_[at].named = nodes_[at].holds_names || node.kind == Pattern::Kind::group;
  }

  std::uint32_t width_of(const Node& node) const {
    if (node.kind == Pattern::Kind::predicate) return 1;
    std::uint32_t width = 0;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      const std::uint32_t child = nodes_[node.first + i].width;
      if (child == kAnyWidth) return kAnyWidth;
      if (node.kind == Pattern::Kind::choice) {
        if (i > 0 && child != width) return kAnyWidth;
        width = child;
      } else {
        width += child;
      }
    }
    if (node.kind != Pattern::Kind::repeat) return width;
    return node.least == node.most ? width * node.least : kAnyWidth;
  }

  template <bool kForward, std::size_t kWords, typename Columns>
  static bool step(const Node& node, Places<kWords>& set, Columns& columns) {
    if constexpr (!kForward) set.down();
    columns.meet(node.clause, set);
    if constexpr (kForward) set.up();
    return set.any();
  }

  template <bool kForward, std::size_t kWords, typename Columns>
  bool run(const Node& node, Places<kWords>& set, Columns& columns) const {
    switch (node.kind) {
      case Pattern::Kind::predicate:
        return step<kForward>(node, set, columns);
      case Pattern::Kind::begin:
        columns.begins(set);
        return set.any();
      case Pattern::Kind::end:
        columns.ends(set);
        return set.any();
      case Pattern::Kind::choice:
        return choose<kForward>(node, set, columns);
      case Pattern::Kind::repeat:
        return repeat<kForward>(node, set, columns);
      case Pattern::Kind::sequence:
      case Pattern::Kind::group:
        break;
    }
    const Node* child = &nodes_[node.first] + (kForward ? 0 : node.count);
    for (std::uint32_t i = 0; i < node.count; ++i) {
      const Node& next = kForward ? *child++ : *--child;
      const bool some = next.kind == Pattern::Kind::predicate ? step<kForward>(next, set, columns)
                                                              : run<kForward>(next, set, columns);
      if (!some) return false;
    }
    return true;
  }

  template <bool kForward, std::size_t kWords, typename Columns>
  bool choose(const Node& node, Places<kWords>& set, Columns& columns) const {
    Places<kWords> out;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      Places<kWords> one = set;
      if (run<kForward>(nodes_[node.first + i], one, columns)) out |= one;
    }
    set = out;
    return set.any();
  }

  template <bool kForward, std::size_t kWords, typename Columns>
  bool repeat(const Node& node, Places<kWords>& set, Columns& columns) const {
    const Node& child = nodes_[node.first];
    for (std::uint32_t i = 0; i < node.least; ++i) {
      if (!run<kForward>(child, set, columns)) return false;
    }
    Places<kWords> fresh = set;
    for (std::uint32_t i = node.least; i < node.most; ++i) {
      if (!run<kForward>(child, fresh, columns)) break;
      fresh.remove(set);
      if (!fresh.any()) break;
      set |= fresh;
    }
    return true;
  }

  // One walk; every function returns the place where the way through its node ends.
  template <std::size_t kWords, typename Columns>
  struct Walk {
    const PlaceMap& map;
    Columns& columns;
    std::vector<WalkedPart>& parts;

    std::size_t through(const Node& node, std::size_t at, const Places<kWords>& goal) {
      if (node.width != kAnyWidth && !node.named) return at + node.width;
      switch (node.kind) {
        case Pattern::Kind::choice:
          return choice(node, at, goal);
        case Pattern::Kind::repeat:
          return repeat(node, at, goal);
        case Pattern::Kind::group: {
          const std::size_t part = open(node, at);
          const std::size_t end =
              !node.holds_names && goal.single() ? goal.last() : sequence(node, at, goal);
          parts[part].last = static_cast<std::uint32_t>(end);
          return end;
        }
        default:
          return sequence(node, at, goal);
      }
    }

    // The same without knowing where it may end: only where there is one end and no choice of
    // names on the way. Returns kNowhere else.
    std::size_t only_way(const Node& node, std::size_t at) {
      if (node.holds_names || (node.named && node.kind != Pattern::Kind::group)) return kNowhere;
      std::size_t end = at + node.width;
      if (node.width == kAnyWidth) {
        Places<kWords> reach = Places<kWords>::only(at);
        map.run<true>(node, reach, columns);
        if (!reach.single()) return kNowhere;
        end = reach.last();
      }
      if (node.named) parts[open(node, at)].last = static_cast<std::uint32_t>(end);
      return end;
    }
    static constexpr std::size_t kNowhere = ~std::size_t{0};

    // Whether some way through `node` leads from `at` into `goal`.
    bool leads(const Node& node, std::size_t at, Places<kWords> goal) {
      return map.run<false>(node, goal, columns) && goal.has(at);
    }

    std::size_t open(const Node& node, std::size_t at) {
      std::size_t part = 0;
      while (part < parts.size() && parts[part].group != node.clause) ++part;
      if (part == parts.size()) parts.push_back({});
      const auto place = static_cast<std::uint32_t>(at);
      parts[part] = {node.clause, node.name, place, place};
      return part;
    }

    std::size_t choice(const Node& node, std::size_t at, const Places<kWords>& goal) {
      std::uint32_t i = 0;
      while (i + 1 < node.count && !leads(map.nodes_[node.first + i], at, goal)) ++i;
      return through(map.nodes_[node.first + i], at, goal);
    }

    // Where each child may end is known from the back: found out when it is first in doubt.
    std::size_t sequence(const Node& node, std::size_t at, const Places<kWords>& goal) {
      constexpr std::uint32_t kUsual = 12;
      std::array<Places<kWords>, kUsual> usual;
      std::vector<Places<kWords>> many(node.count > kUsual ? node.count : 0);
      Places<kWords>* goals = node.count > kUsual ? many.data() : usual.data();
      std::uint32_t known = node.count;  // goals[known…] are
      for (std::uint32_t i = 0; i < node.count; ++i) {
        const std::size_t end = i + 1 == node.count ? kNowhere : only_way(map.nodes_[node.first + i], at);
        if (end != kNowhere) {
          at = end;
          continue;
        }
        while (known > i) {
          --known;
          goals[known] = known + 1 == node.count ? goal : goals[known + 1];
          if (known + 1 < node.count) map.run<false>(map.nodes_[node.first + known + 1], goals[known], columns);
        }
        at = through(map.nodes_[node.first + i], at, goals[i]);
      }
      return at;
    }

    std::size_t repeat(const Node& node, std::size_t at, const Places<kWords>& goal) {
      const Node& child = map.nodes_[node.first];
      // What the turns that are left may still do: some further turns and then the goal.
      Node further = node;
      Places<kWords> then = goal;
      for (std::uint32_t turn = 0; turn < node.most; ++turn) {
        const std::uint32_t least = node.least > turn + 1 ? node.least - turn - 1 : 0;
        const std::uint32_t most = node.most == kUnbounded ? node.most : node.most - turn - 1;
        if (turn == 0 || further.least != least || further.most != most) {
          further.least = least;
          further.most = most;
          then = goal;
          if (most > 0) map.run<false>(further, then, columns);
        }
        if (turn >= node.least && !leads(child, at, then)) break;
        const std::size_t end = through(child, at, then);
        if (end == at && turn >= node.least) break;
        at = end;
      }
      return at;
    }
  };

  std::vector<Node> nodes_;
  std::uint32_t first_group_ = 0;
  std::uint32_t groups_ = 0;
};

}  // namespace glane
