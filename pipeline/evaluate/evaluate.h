// `glane evaluate`: how good predictions are against gold annotation.
//
// The measures (precision, recall and F1 over the sums of all documents):
//   entities  strict   same start, end and type
//             overlap  some shared character and the same type, one to one
//   figures   strict   same start, end and kind
//             value    shared character, same kind, equal value, min, max, scale and unit
//   quotes    strict   same start and end, outer spaces, quotation marks, stops and commas trimmed
//             overlap  shared characters make up half of the longer one or more
// and, over the pairs of the second measure, the accuracy of the other fields. What a pair is where
// several are possible may depend on the order of the file, as in the reference scorer; the
// measures of semeval.h do not.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/read_annotations.h"
#include "glane/ruleset.h"

namespace glane {

enum class ReportFormat { text, json, markdown };

// The measures of the reference scorer, or those of semeval.h too. Markdown has the latter.
enum class Detail { reference, full };

struct EvaluateOptions {
  std::filesystem::path gold;                 // in any format of annotation_formats.h
  std::optional<std::filesystem::path> pred;  // the same, "-" is stdin; absent: extract from gold
  AnnotationFormat gold_format = AnnotationFormat::automatic;
  AnnotationFormat pred_format = AnnotationFormat::automatic;
  std::optional<std::filesystem::path> map;  // what the names of the gold mean: map_types.h
  std::vector<std::string> layers;           // entities, figures, quotes; empty: all three
  std::vector<std::string> types;            // entity types, figure or quote kinds; empty: all
  std::size_t errors = 0;                    // print that many misses and extras a layer
  ReportFormat format = ReportFormat::text;
  Detail detail = Detail::reference;
  std::optional<std::filesystem::path> html;     // write the report as a page there too
  std::optional<std::filesystem::path> against;  // earlier predictions, or an earlier JSON report
  std::vector<std::string> fail_under;           // "quotes.overlap.f1=0.9"
};

// Writes the report to `out`, the errors asked for, what could not be read in a gold of another
// format, and every figure that lies under its bound to `err`. Bounds may name any number of the
// full report: "quotes.overlap.f1", "entities.semeval.by_type.person.partial.r". `rules` may be
// null when `pred` is given. Returns the exit status: 0, 1 when a figure lies under its bound, 2
// when an option names nothing that exists. Throws SetupError when a file cannot be read or holds
// no annotation.
int evaluate(const EvaluateOptions& options, const RuleSet* rules, std::ostream& out,
             std::ostream& err);

}  // namespace glane
