// The measures of evaluate.h over two annotated corpora.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "evaluate/read_annotations.h"

namespace glane {

struct ScoreOptions {
  std::vector<std::string> layers = {"entities", "figures", "quotes"};
  std::set<std::string> types;  // empty: all
  std::size_t errors = 0;       // lines a layer
};

struct Scores {
  // layer → { strict, overlap | value, by_type | by_kind, fields }, numbers rounded to four
  // decimals.
  Json report = Json::object();
  std::vector<std::string> errors;  // "miss  quote    ID {…}", misses then extras a document
};

// Documents are joined by id; a gold document without prediction counts as empty; a layer
// that the gold document does not carry is not scored for that document. Throws SetupError
// naming the document when an annotation lacks what its layer needs.
Scores score(const AnnotatedCorpus& gold, const AnnotatedCorpus& pred,
             const ScoreOptions& options = {});

}  // namespace glane
