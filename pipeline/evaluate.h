// `glane evaluate`: how good predictions are against gold annotation.
//
// The measures (precision, recall and F1 over the sums of all documents):
//   entities  strict   same start, end and type
//             overlap  some shared character and the same type, one to one
//   figures   strict   same start, end and kind
//             value    shared character, same kind, equal value, min, max, scale and unit
//   quotes    strict   same start and end, outer spaces, quotation marks, stops and commas trimmed
//             overlap  shared characters make up half of the longer one or more
// and, over the pairs of the second measure, the accuracy of the other fields.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "glane/ruleset.h"

namespace glane {

enum class ReportFormat { text, json };

struct EvaluateOptions {
  std::filesystem::path gold;                 // JSON Lines as in corpus/ANNOTATION.md
  std::optional<std::filesystem::path> pred;  // the same, "-" is stdin; absent: extract from gold
  std::vector<std::string> layers;            // entities, figures, quotes; empty: all three
  std::vector<std::string> types;             // entity types, figure or quote kinds; empty: all
  std::size_t errors = 0;                     // print that many misses and extras a layer
  ReportFormat format = ReportFormat::text;
  std::vector<std::string> fail_under;  // "quotes.overlap.f1=0.9"
};

// Writes the report to `out`, the errors asked for and every figure that lies under its
// bound to `err`. `rules` may be null when `pred` is given. Returns the exit status:
// 0, 1 when a figure lies under its bound, 2 when an option names nothing that exists.
// Throws SetupError when a file cannot be read or holds no annotation.
int evaluate(const EvaluateOptions& options, const RuleSet* rules, std::ostream& out,
             std::ostream& err);

}  // namespace glane
