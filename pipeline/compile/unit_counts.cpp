#include "compile/unit_counts.h"

#include <map>

#include "normalise/normalise.h"

namespace glane {
namespace {

constexpr std::size_t kKindShare = 30;

}  // namespace

std::vector<UnitCount> count_units(const CompiledRules& rules) {
  std::map<std::pair<std::uint32_t, int>, UnitCount> counts;
  std::size_t all = 0;
  const auto note = [&](WordId word, Look look) {
    const std::uint32_t group = rules.word_group[word];
    ++counts.try_emplace({group, look.index()}, UnitCount{group, look, 0}).first->second.count;
    ++all;
  };
  Segments segments;
  for (const Rule& rule : rules.rules) {
    for (const Example& example : rule.examples) {
      const NormalisedText text = normalise(example.text);
      segment(text.text, rules.vocabulary, segments);
      for (const Token& token : segments.tokens) note(token.word, token.look);
      for (const Segments::Compound& compound : segments.compounds)
        note(compound.word, segments.tokens[compound.range.first].look);
    }
  }
  std::vector<UnitCount> out;
  for (const auto& [key, count] : counts) out.push_back(count);
  for (std::size_t kind = 0; kind < rules.kinds.size(); ++kind)
    out.push_back(
        {rules.word_groups + static_cast<std::uint32_t>(kind), Look{Shape::cap}, all / kKindShare});
  return out;
}

}  // namespace glane
