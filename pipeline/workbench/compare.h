// Two outputs on the same texts: what the second has that the first had not and the other way
// round, grouped by the rule that is answerable, and what that is worth against gold.
//
// Whether one annotation is right: an annotation of the gold has the same place, and for
// entities the same type, for figures the same kind, value, min, max, scale and unit, for
// quotes (places trimmed as in scoring) the same speaker. What appears and is right, or goes
// and was wrong, is fixed; what appears and is wrong, or goes and was right, is broken; what
// stays wrong in another way has changed. The measures are those of score.h.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluate/bootstrap.h"
#include "evaluate/mentions.h"
#include "evaluate/read_annotations.h"

namespace glane {

struct CompareOptions {
  std::vector<std::string> layers = {"entities", "figures", "quotes"};
  std::size_t shown = 5;  // changes a rule that are written out
};

enum class Verdict { fixed, broke, changed };
const char* to_string(Verdict verdict);

// One place where the outputs differ. Without gold every verdict is `changed`.
struct Change {
  Verdict verdict = Verdict::changed;
  std::string layer;
  Json id;                       // of the document
  const Json* before = nullptr;  // the annotation of the first output; null when it had none there
  const Json* after = nullptr;
  std::string rule;     // of `after`, else of `before`
  std::string context;  // the text around it, the annotation in [brackets]
};

// Whether two annotations of one layer say the same of the same place.
bool agree(const std::string& layer, const Mention& one, const Mention& other);

// The F1 of one measure in both outputs.
struct Measured {
  std::string layer;
  std::string measure;  // strict, overlap, value
  PairedEstimate f1;
};

struct Comparison {
  std::vector<Measured> measures;  // none without gold
  std::vector<Change> changes;     // by document, then by place
};

// `texts` has the documents to compare on, with their "text"; it is the gold when `judged`. The
// corpora outlive the comparison. A document that an output lacks counts as empty. Throws
// SetupError when annotations lack what they need.
enum class Judge { gold, none };
Comparison compare(const AnnotatedCorpus& texts, Judge judge, const AnnotatedCorpus& first,
                   const AnnotatedCorpus& second, const CompareOptions& options);

// For people, and as one JSON object.
std::string comparison_text(const Comparison& comparison, const CompareOptions& options);
std::string comparison_json(const Comparison& comparison);

}  // namespace glane
