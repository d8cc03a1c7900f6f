// What can be said of a pattern without matching it: its ways, what it requires, what comes
// first.

#include <algorithm>
#include <cstdlib>

#include "pattern.h"

namespace glane {
namespace {

// A choice between the edge and one predicate, as not_before and not_after make it.
const Pattern* predicate_or_edge(const Pattern& pattern) {
  if (pattern.kind != Pattern::Kind::choice || pattern.children.size() != 2) return nullptr;
  const Pattern::Kind first = pattern.children[0].kind;
  const bool edge = first == Pattern::Kind::begin || first == Pattern::Kind::end;
  const bool predicate = pattern.children[1].kind == Pattern::Kind::predicate;
  return edge && predicate ? &pattern.children[1] : nullptr;
}

using Ways = std::vector<PlainSequence>;

// `left` then `right`. False when ^ or $ would stand inside.
bool join(const PlainSequence& left, const PlainSequence& right, PlainSequence& out) {
  if (right.at_begin && !left.steps.empty()) return false;
  if (left.at_end && !right.steps.empty()) return false;
  out = left;
  const auto shift = static_cast<std::uint16_t>(left.steps.size());
  out.steps.insert(out.steps.end(), right.steps.begin(), right.steps.end());
  for (const PlainSequence::Part& part : right.parts) {
    out.parts.push_back({part.name, static_cast<std::uint16_t>(part.first + shift),
                         static_cast<std::uint16_t>(part.last + shift)});
  }
  out.at_begin |= right.at_begin;
  out.at_end |= right.at_end;
  return true;
}

bool multiply(Ways& ways, const Ways& by, std::size_t most) {
  if (ways.size() * by.size() > most) return false;
  Ways out;
  for (const PlainSequence& left : ways) {
    for (const PlainSequence& right : by) {
      if (!join(left, right, out.emplace_back())) return false;
    }
  }
  ways = std::move(out);
  return true;
}

std::optional<Ways> ways_through(const Pattern& pattern, std::size_t most);

std::optional<Ways> ways_of_repeat(const Pattern& pattern, std::size_t most) {
  const Repetition limits = repetition_of(pattern);
  if (limits.most == kUnbounded) return std::nullopt;
  const auto once = ways_through(pattern.children.front(), most);
  if (!once) return std::nullopt;
  Ways out;
  Ways times{PlainSequence{}};
  for (std::size_t n = 0; n <= limits.most; ++n) {
    if (n > 0 && !multiply(times, *once, most)) return std::nullopt;
    if (n >= limits.least) out.insert(out.end(), times.begin(), times.end());
    if (out.size() > most) return std::nullopt;
  }
  return out;
}

std::optional<Ways> ways_through(const Pattern& pattern, std::size_t most) {
  Ways out{PlainSequence{}};
  PlainSequence& first = out.front();
  switch (pattern.kind) {
    case Pattern::Kind::predicate:
      first.steps.push_back({pattern.predicate, false});
      return out;
    case Pattern::Kind::begin:
      first.at_begin = true;
      return out;
    case Pattern::Kind::end:
      first.at_end = true;
      return out;
    case Pattern::Kind::repeat:
      return ways_of_repeat(pattern, most);
    case Pattern::Kind::choice: {
      if (const Pattern* predicate = predicate_or_edge(pattern)) {
        first.steps.push_back({predicate->predicate, true});
        return out;
      }
      out.clear();
      for (const Pattern& child : pattern.children) {
        const auto ways = ways_through(child, most);
        if (!ways || out.size() + ways->size() > most) return std::nullopt;
        out.insert(out.end(), ways->begin(), ways->end());
      }
      return out;
    }
    case Pattern::Kind::sequence:
    case Pattern::Kind::group:
      break;
  }
  for (const Pattern& child : pattern.children) {
    const auto ways = ways_through(child, most);
    if (!ways || !multiply(out, *ways, most)) return std::nullopt;
  }
  if (pattern.kind == Pattern::Kind::group) {
    for (PlainSequence& way : out) {
      way.parts.push_back({pattern.name, 0, static_cast<std::uint16_t>(way.steps.size())});
    }
  }
  return out;
}

}  // namespace

namespace {

// An edge is no unit: it may stand for the first step or the last, and in no group.
bool edges_outside(const PlainSequence& way) {
  for (std::size_t i = 0; i < way.steps.size(); ++i) {
    if (!way.steps[i].or_edge) continue;
    if (i != 0 && i + 1 != way.steps.size()) return false;
    for (const PlainSequence::Part& part : way.parts) {
      if (part.first <= i && i < part.last) return false;
    }
  }
  return true;
}

}  // namespace

Repetition repetition_of(const Pattern& repeat) {
  const std::string& text = repeat.repetition;
  if (text == "?") return {0, 1};
  if (text == "*") return {0, kUnbounded};
  if (text == "+") return {1, kUnbounded};
  const std::size_t comma = text.find(',');
  const std::size_t least = std::strtoul(text.c_str() + 1, nullptr, 10);
  if (comma == std::string::npos) return {least, least};
  if (text[comma + 1] == '}') return {least, kUnbounded};
  return {least, std::strtoul(text.c_str() + comma + 1, nullptr, 10)};
}

std::optional<std::vector<PlainSequence>> plain_sequences(const Pattern& pattern, std::size_t most) {
  auto ways = ways_through(pattern, most);
  if (!ways) return std::nullopt;
  const auto bad = [](const PlainSequence& way) { return way.steps.empty() || !edges_outside(way); };
  if (std::ranges::any_of(*ways, bad)) return std::nullopt;
  std::ranges::stable_sort(*ways, std::ranges::greater{},
                           [](const PlainSequence& way) { return way.steps.size(); });
  return ways;
}

namespace {

// Adds the predicates that may come first; true when the pattern can match no unit.
bool add_first(const Pattern& pattern, std::vector<std::size_t>& out) {
  switch (pattern.kind) {
    case Pattern::Kind::predicate:
      out.push_back(pattern.predicate);
      return false;
    case Pattern::Kind::begin:
    case Pattern::Kind::end:
      return true;
    case Pattern::Kind::repeat:
      return add_first(pattern.children.front(), out) || repetition_of(pattern).least == 0;
    case Pattern::Kind::choice: {
      bool empty = false;
      for (const Pattern& child : pattern.children) empty |= add_first(child, out);
      return empty;
    }
    case Pattern::Kind::sequence:
    case Pattern::Kind::group:
      break;
  }
  return std::ranges::all_of(pattern.children,
                             [&](const Pattern& child) { return add_first(child, out); });
}

}  // namespace

std::vector<std::size_t> first_of(const Pattern& pattern) {
  std::vector<std::size_t> out;
  if (add_first(pattern, out)) return {};
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::vector<std::size_t>> required_of(const Pattern& pattern) {
  std::vector<std::vector<std::size_t>> out;
  switch (pattern.kind) {
    case Pattern::Kind::predicate:
      return {{pattern.predicate}};
    case Pattern::Kind::begin:
    case Pattern::Kind::end:
      return {};
    case Pattern::Kind::repeat: {
      const std::string& r = pattern.repetition;
      const bool optional = r == "?" || r == "*" || r.starts_with("{0") || r.starts_with("{,");
      return optional ? out : required_of(pattern.children.front());
    }
    case Pattern::Kind::group:
    case Pattern::Kind::sequence:
      for (const Pattern& child : pattern.children) {
        for (std::vector<std::size_t>& clause : required_of(child)) out.push_back(std::move(clause));
      }
      return out;
    case Pattern::Kind::choice:
      break;
  }
  // One clause for the whole choice: of each alternative the clause with the fewest predicates.
  out.emplace_back();
  for (const Pattern& child : pattern.children) {
    const std::vector<std::vector<std::size_t>> clauses = required_of(child);
    if (clauses.empty()) return {};
    const auto& least = *std::ranges::min_element(clauses, {}, &std::vector<std::size_t>::size);
    out.front().insert(out.front().end(), least.begin(), least.end());
  }
  std::ranges::sort(out.front());
  return out;
}

}  // namespace glane
