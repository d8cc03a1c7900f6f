// Where a pattern may match, for all places of a short line at once.
//
// A set of places is 64 bits; place i lies before unit i. A pattern maps the set of places
// where it may begin to the set where it may then end, and back: a predicate shifts the set
// by one unit where that unit satisfies it, a sequence composes, a choice unites, a repetition
// iterates until nothing new is reached. The bounds of every leftmost-longest match follow
// without any automaton being built. Linear in the pattern for lines up to kMostUnits; longer
// lines and captures are RE2's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pattern.h"

namespace glane {

using Places = std::uint64_t;
inline constexpr std::size_t kMostUnits = 62;

// A pattern tree laid flat, with clauses in place of predicates.
class PlaceMap {
 public:
  PlaceMap() = default;
  // `clause_of` gives the clause of a predicate.
  template <typename ClauseOf>
  PlaceMap(const Pattern& pattern, ClauseOf clause_of) {
    root_ = add(pattern, clause_of);
  }
  bool empty() const { return nodes_.empty(); }

  // `column(clause)`: bit i is set where unit i satisfies it. `count` units.
  template <typename Column>
  Places forward(Places from, std::size_t count, const Column& column) const {
    return run<true>(root_, from, count, column);
  }
  template <typename Column>
  Places backward(Places to, std::size_t count, const Column& column) const {
    return run<false>(root_, to, count, column);
  }

 private:
  struct Node {
    Pattern::Kind kind;
    std::uint32_t clause = 0;
    std::uint32_t least = 0, most = 0;  // of a repetition
    std::vector<std::uint32_t> children;
  };

  template <typename ClauseOf>
  std::uint32_t add(const Pattern& pattern, const ClauseOf& clause_of) {
    Node node{pattern.kind, 0, 0, 0, {}};
    if (pattern.kind == Pattern::Kind::predicate) {
      node.clause = static_cast<std::uint32_t>(clause_of(pattern.predicate));
    }
    if (pattern.kind == Pattern::Kind::repeat) {
      const Repetition bounds = repetition_of(pattern);
      node.least = static_cast<std::uint32_t>(bounds.least);
      node.most = static_cast<std::uint32_t>(bounds.most);
    }
    for (const Pattern& child : pattern.children) node.children.push_back(add(child, clause_of));
    nodes_.push_back(std::move(node));
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  template <bool kForward, typename Column>
  Places run(std::uint32_t at, Places set, std::size_t count, const Column& column) const {
    if (set == 0) return 0;
    const Node& node = nodes_[at];
    switch (node.kind) {
      case Pattern::Kind::predicate:
        return kForward ? (set & column(node.clause)) << 1 : set >> 1 & column(node.clause);
      case Pattern::Kind::begin:
        return set & 1;
      case Pattern::Kind::end:
        return set & Places{1} << count;
      case Pattern::Kind::choice: {
        Places out = 0;
        for (const std::uint32_t child : node.children) out |= run<kForward>(child, set, count, column);
        return out;
      }
      case Pattern::Kind::repeat:
        return repeat<kForward>(node, set, count, column);
      case Pattern::Kind::sequence:
      case Pattern::Kind::group:
        break;
    }
    const std::size_t size = node.children.size();
    for (std::size_t i = 0; i < size; ++i) {
      set = run<kForward>(node.children[kForward ? i : size - 1 - i], set, count, column);
    }
    return set;
  }

  template <bool kForward, typename Column>
  Places repeat(const Node& node, Places set, std::size_t count, const Column& column) const {
    const std::uint32_t child = node.children.front();
    for (std::uint32_t i = 0; i < node.least; ++i) set = run<kForward>(child, set, count, column);
    Places reached = set;
    for (std::uint32_t i = node.least; i < node.most && set != 0; ++i) {
      set = run<kForward>(child, set, count, column) & ~reached;
      reached |= set;
    }
    return reached;
  }

  std::vector<Node> nodes_;
  std::uint32_t root_ = 0;
};

}  // namespace glane
