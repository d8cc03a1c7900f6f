// Matches of the nine kinds of figures → figures with exact values.
//
// A rule marks the parts of a figure with captures and says the rest in `set`:
//
//   value, min, max    an amount (min and max: both ends of a range)
//   unit               a percent sign, currency, or unit of measure; unit2 at the first end
//   cents              the smaller coins behind a sum
//   period, period2    a unit of time, with value2 for the second; half: "et demi"
//   day month year weekday season part toward holiday rank digits (and month2, …: the end)
//   set.form           for dates, how to read them (interpret_moment.h tells)
//   set.by, set.unit   how many periods from the publication date, which period
//   set.modifier, set.relation, set.sep
//
// What stands around a figure (environ, depuis, début …) is read here for all kinds alike,
// from the list figure_cue; so is the counted noun.
#pragma once

#include "compile/rules.h"
#include "glane/document.h"
#include "segment/chart.h"
#include "values/text.h"

namespace glane {

// Appends the figures of the chart in the order of the text. A match without a value, such
// as 31 avril, yields no figure; that day is told as a diagnostic.
void interpret(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const Article& article, Document& document);

}  // namespace glane
