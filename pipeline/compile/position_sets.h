// Where a pattern may match, for all places of many lines at once.
//
// A set of places is a row of bits; place i lies before unit i. A pattern maps the set of
// places where it may begin to the set where it may then end, and back: a predicate shifts the
// set by one unit where that unit satisfies it, a sequence composes, a choice unites, a
// repetition iterates until nothing new is reached. The bounds of every leftmost-longest match
// follow without any automaton being built, and the captures by a walk (walk.h). Linear in the
// pattern for sets of bounded size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compile/pattern.h"
#include "compile/places.h"

namespace glane {

// A pattern tree laid flat, with clauses in place of predicates.
//
// `Set` is a set of places (places.h). `Columns` knows the units: columns.step<true>(clause, from,
// to) goes over a unit that satisfies the clause, step<false> back over it, columns.begins(set) and
// columns.ends(set) leave the places where a line begins or ends. All are false when nothing is
// left.
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
  template <typename Set, typename Columns>
  bool forward(Set& set, Columns& columns) const {
    return run<true>(nodes_[0], set, columns);
  }
  template <typename Set, typename Columns>
  bool backward(const Set& from, Set& to, Columns& columns) const {
    return run<false>(nodes_[0], from, to, columns);
  }

  // For image.cpp: what there is to write or read.
  template <typename Archive>
  void visit(Archive& archive) {
    archive(nodes_, first_group_, groups_);
  }

 private:
  template <typename Set, typename Columns>
  friend class Walk;  // walk.h

  struct Node {
    Pattern::Kind kind = Pattern::Kind::sequence;
    bool named = false;        // holds a group, or is one
    bool holds_names = false;  // holds a group
    std::uint16_t name = 0;
    std::uint32_t width = 0;             // units of every match, or kAnyWidth
    std::uint32_t clause = 0;            // of a predicate; of a group, its number
    std::uint32_t least = 0, most = 0;   // of a repetition
    std::uint32_t first = 0, count = 0;  // children: nodes_[first…first + count)
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
    for (std::uint32_t i = 0; i < node.count; ++i)
      nodes_[at].holds_names |= nodes_[node.first + i].named;
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

  // From one set to another, which need not hold anything before; both may be the same. False when
  // the set comes out empty.
  template <bool kForward, typename Set, typename Columns>
  bool run(const Node& node, const Set& from, Set& to, Columns& columns) const {
    switch (node.kind) {
      case Pattern::Kind::predicate:
        return columns.template step<kForward>(node.clause, from, to);
      case Pattern::Kind::begin:
        return columns.begins(to = from);
      case Pattern::Kind::end:
        return columns.ends(to = from);
      case Pattern::Kind::choice:
        return choose<kForward>(node, from, to, columns);
      case Pattern::Kind::repeat:
        return repeat<kForward>(node, from, to, columns);
      case Pattern::Kind::sequence:
      case Pattern::Kind::group:
        break;
    }
    if (node.count == 0) return to = from, true;
    const Node* child = &nodes_[node.first] + (kForward ? 0 : node.count - 1);
    const std::ptrdiff_t step = kForward ? 1 : -1;
    if (!run_child<kForward>(*child, from, to, columns)) return false;
    for (std::uint32_t i = 1; i < node.count; ++i) {
      if (!run_child<kForward>(*(child += step), to, to, columns)) return false;
    }
    return true;
  }
  // Most children are predicates: the jump of run() would be guessed wrong.
  template <bool kForward, typename Set, typename Columns>
  bool run_child(const Node& child, const Set& from, Set& to, Columns& columns) const {
    if (child.kind == Pattern::Kind::predicate)
      return columns.template step<kForward>(child.clause, from, to);
    return run<kForward>(child, from, to, columns);
  }
  template <bool kForward, typename Set, typename Columns>
  bool run(const Node& node, Set& set, Columns& columns) const {
    return run<kForward>(node, set, set, columns);
  }

  template <bool kForward, typename Set, typename Columns>
  bool choose(const Node& node, const Set& from, Set& to, Columns& columns) const {
    Set out;
    Set one;
    bool some = false;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      if (!run_child<kForward>(nodes_[node.first + i], from, some ? one : out, columns)) continue;
      if (some) out.add(one);
      some = true;
    }
    to = some ? out : from.empty();
    return some;
  }

  template <bool kForward, typename Set, typename Columns>
  bool repeat(const Node& node, const Set& from, Set& to, Columns& columns) const {
    const Node& child = nodes_[node.first];
    if (node.least == 0) {
      to = from;
    } else if (!run<kForward>(child, from, to, columns)) {
      return false;
    }
    for (std::uint32_t i = 1; i < node.least; ++i) {
      if (!run<kForward>(child, to, columns)) return false;
    }
    Set fresh;
    for (std::uint32_t i = node.least; i < node.most; ++i) {
      const Set& last = i == node.least ? to : fresh;
      if (!run_child<kForward>(child, last, fresh, columns) || !to.absorb(fresh)) break;
    }
    return true;
  }

  std::vector<Node> nodes_;
  std::uint32_t first_group_ = 0;
  std::uint32_t groups_ = 0;
};

}  // namespace glane
