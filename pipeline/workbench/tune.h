// `glane tune`: the weights of evidence (name_weights.h), fitted to articles whose names are
// annotated.
//
// The articles are dealt to the folds in turn. For each fold the weights are fitted on the
// others, and decide on the names of this one: the scores over all folds are those to report,
// since no weight has seen the article it is judged by. What may be written to the rules is one
// more fit, on all articles.
//
// A fit alternates between what names hand on to each other under the present weights and the
// regression of fit_weights.h, then tries other values for the single numbers of NameWeights,
// each a step up or down, and keeps what raises the strict F1 of the articles it is fitted on.
// A rule whose `set` has `kept = true` decides by definition and stays as it is.
// A candidate with the place of a gold name should get its type; one that touches none should be
// no name; one that only overlaps with some is left out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "compile/rules.h"

namespace glane {

// Where a fit starts, and is held: at the weights as written, or at none, so that nothing that
// was fitted before has a say.
enum class TuneStart { written, nothing };

struct TuneOptions {
  std::vector<std::filesystem::path> gold;  // JSON Lines as in corpus/ANNOTATION.md
  std::size_t folds = 5;
  double hold = 2;  // how strongly a weight is held to its start: 1 is one decided example
  TuneStart start = TuneStart::written;
  std::vector<std::string> types;  // that the report counts; empty: all five
};

struct Tuning {
  NameWeights weights;  // fitted on all articles, rounded to tenths
  std::string fitted;   // on what, and how good on folds not used: one line
};

// Writes the report to `out`. Throws SetupError when a file cannot be read or there are fewer
// articles with entities than folds.
Tuning tune(const TuneOptions& options, const RuleSet& rules, std::ostream& out);

}  // namespace glane
