// The measures of SemEval-2013 task 9.1 over an annotated corpus, with their certainty.
//
// Every pair of align.h is counted in each scheme as one of
//   COR correct   INC incorrect   PAR partial   MIS missed   SPU spurious
//
//   strict    the same span and type
//   exact     the same span, whatever the type
//   partial   the same span is COR, some overlap PAR (worth a half), whatever the type
//   type      some overlap, and the same type
//   value     figures: some overlap, the same kind, value, min, max, scale and unit
//   speaker   quotes: some overlap, and the speaker that gold names
//
//   possible = COR + INC + PAR + MIS          actual = COR + INC + PAR + SPU
//   P = (COR + PAR/2) / actual                R = (COR + PAR/2) / possible
//
// In the table of types a pair belongs to the gold's type, a spurious prediction to its own; as
// published, a wrong type is INC there and not SPU of the other type. Spans of quotes are
// compared without the marks, spaces and stops at their ends; their kind is their type.
//
//   micro         over the sums of all documents
//   macro         the mean over the types that the gold has
//   per_document  the mean over the documents that have an annotation
//   fields        over the pairs, how often a field is right, where gold carries it (modality:
//                 where gold or prediction does)
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "evaluate/align.h"
#include "evaluate/bootstrap.h"
#include "evaluate/read_annotations.h"

namespace glane {

struct Outcomes {
  double correct = 0;
  double incorrect = 0;
  double partial = 0;
  double missed = 0;
  double spurious = 0;

  double possible() const { return correct + incorrect + partial + missed; }
  double actual() const { return correct + incorrect + partial + spurious; }
  // NaN when there is nothing to divide by: no prediction, no gold, neither.
  double precision() const;
  double recall() const;
  double f1() const;
};

// The schemes of a layer, in the order above.
std::vector<std::string> schemes_of(const std::string& layer);

// What the pairs of a document are in one scheme.
Outcomes count(const std::string& scheme, const std::vector<Pairing>& pairings);

struct AlignedDocument {
  const Json* gold = nullptr;
  const Json* pred = nullptr;  // null: no prediction
  std::vector<Pairing> pairings;
};

// The documents whose gold carries the layer, in the order of the gold. `types` as in
// read_mentions. Both corpora must outlive the result. Throws SetupError as read_mentions.
std::vector<AlignedDocument> align_corpus(const std::string& layer, const AnnotatedCorpus& gold,
                                          const AnnotatedCorpus& pred,
                                          const std::set<std::string>& types = {});

// One layer of several systems over the same gold, as sums that a bootstrap can draw from.
struct LayerTally {
  // Where each number of `measure` belongs: {"micro", "strict", "f1"}, {"macro", "exact", "p"},
  // {"by_type", "person", "type", "r"}, {"per_document", "strict", "f1"}, {"fields", "of"}.
  std::vector<std::vector<std::string>> names;
  Measure measure;
  std::vector<std::vector<Counts>> systems;  // for each system, a row a document
};

LayerTally tally(const std::string& layer,
                 const std::vector<std::vector<AlignedDocument>>& systems);

// Everything about one layer of one system as JSON:
//   {"micro": {"strict": {"p", "r", "f1", "p_interval", …, "correct", …}, …}, "macro": …,
//    "per_document": …, "by_type": {TYPE: {…}}, "fields": {NAME: {"accuracy", "interval",
//    "right", "of"}}, "documents": [{"id", "strict": F1, …}]}
// Numbers are rounded to four decimals; what is undefined is null.
Json semeval_report(const std::string& layer, const std::vector<AlignedDocument>& documents,
                    const BootstrapOptions& options = {});

// For each rule that found something: {"rule", "pred", "right", "p", "spurious", "type",
// "boundary", "value", "speaker"}, the noisiest first.
Json rule_report(const std::vector<AlignedDocument>& documents);

}  // namespace glane
