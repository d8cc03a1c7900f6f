#include "recognise/recognise.h"

#include "recognise/decide_names.h"
#include "recognise/pair_quotation_marks.h"

namespace glane {

void recognise_level(const Level& level, std::string_view text, const CompiledRules& rules,
                     Chart& chart, CascadeWorkspace& workspace) {
  switch (level.builtin) {
    case Builtin::none:
      run_level(level, rules, {&chart, 1}, workspace);
      break;
    case Builtin::quotation_marks:
      pair_quotation_marks(text, rules, chart);
      break;
    case Builtin::name_decision:
      decide_names(text, rules, chart, workspace);
      break;
  }
}

void recognise(const NormalisedText& text, const CompiledRules& rules, Chart& chart,
               CascadeWorkspace& workspace) {
  recognise({&text, 1}, rules, {&chart, 1}, workspace);
}

void recognise(std::span<const NormalisedText> texts, const CompiledRules& rules,
               std::span<Chart> charts, CascadeWorkspace& workspace) {
  for (Chart& chart : charts) start_chart(chart, rules);
  for (const std::unique_ptr<Level>& level : rules.levels) {
    if (level->builtin == Builtin::none) {
      run_level(*level, rules, charts, workspace);
      continue;
    }
    for (std::size_t i = 0; i < charts.size(); ++i)
      recognise_level(*level, texts[i].text, rules, charts[i], workspace);
  }
}

}  // namespace glane
