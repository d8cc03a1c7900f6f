// What can be said of a pattern without matching it: how often it repeats, what it requires.

#include <algorithm>
#include <cstdlib>

#include "compile/pattern.h"

namespace glane {

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

std::vector<std::vector<std::size_t>> required_of(
    const Pattern& pattern, const std::function<std::size_t(std::size_t)>& weight) {
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
      return optional ? out : required_of(pattern.children.front(), weight);
    }
    case Pattern::Kind::group:
    case Pattern::Kind::sequence:
      for (const Pattern& child : pattern.children) {
        for (std::vector<std::size_t>& clause : required_of(child, weight))
          out.push_back(std::move(clause));
      }
      return out;
    case Pattern::Kind::choice:
      break;
  }
  // One clause for the whole choice: of each alternative the rarest clause.
  const auto weight_of = [&](const std::vector<std::size_t>& clause) {
    std::size_t sum = 0;
    for (const std::size_t predicate : clause) sum += weight(predicate);
    return sum;
  };
  out.emplace_back();
  for (const Pattern& child : pattern.children) {
    const std::vector<std::vector<std::size_t>> clauses = required_of(child, weight);
    if (clauses.empty()) return {};
    const auto& least = *std::ranges::min_element(clauses, {}, weight_of);
    out.front().insert(out.front().end(), least.begin(), least.end());
  }
  std::ranges::sort(out.front());
  return out;
}

namespace {

// The predicates of every match in a row, with gaps (nothing) where the row is not certain.
void add_row(const Pattern& pattern, std::vector<std::optional<std::size_t>>& row) {
  switch (pattern.kind) {
    case Pattern::Kind::predicate:
      row.emplace_back(pattern.predicate);
      return;
    case Pattern::Kind::begin:
    case Pattern::Kind::end:
      return;
    case Pattern::Kind::group:
    case Pattern::Kind::sequence:
      for (const Pattern& child : pattern.children) add_row(child, row);
      return;
    case Pattern::Kind::choice:
      break;
    case Pattern::Kind::repeat:
      if (repetition_of(pattern).least > 0) {
        // A turn is certain, what stands before the first and behind the last too.
        add_row(pattern.children.front(), row);
        if (repetition_of(pattern).most > 1) {
          row.emplace_back(std::nullopt);
          add_row(pattern.children.front(), row);
        }
        return;
      }
      break;
  }
  row.emplace_back(std::nullopt);
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> neighbours_of(const Pattern& pattern) {
  std::vector<std::optional<std::size_t>> row;
  add_row(pattern, row);
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i - 1] && row[i]) out.emplace_back(*row[i - 1], *row[i]);
  }
  return out;
}

}  // namespace glane
