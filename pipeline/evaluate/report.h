// What `glane evaluate` reports beside the reference measures, and how it is written down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/bootstrap.h"
#include "evaluate/read_annotations.h"
#include "evaluate/score.h"
#include "evaluate/semeval.h"

namespace glane {

struct LayerEvaluation {
  std::string layer;
  std::vector<AlignedDocument> documents;
  Json reference;  // the part of score.h
  Json semeval;    // semeval_report
  Json rules;      // rule_report
};

// Points into the two corpora it was made from.
struct Evaluation {
  std::string gold_name;
  std::string pred_name;
  std::size_t documents = 0;
  BootstrapOptions bootstrap;
  std::vector<LayerEvaluation> layers;
};

// Throws SetupError as score().
Evaluation measure(const AnnotatedCorpus& gold, const AnnotatedCorpus& pred,
                   const ScoreOptions& options);

// layer → the measures of score.h, and "semeval" and "rules" beside them; "about" says what was
// measured.
Json full_report(const Evaluation& evaluation);

// An earlier run to compare with. Where its predictions are at hand, single errors are compared
// and differences tested; else scores only.
struct Earlier {
  std::string name;
  Json report;                           // as full_report or score() give it
  std::optional<Evaluation> evaluation;  // over the same gold
};

// A paired bootstrap of the F1 of every scheme: {"strict": {"before", "after", "interval", "p"}}.
Json compare_layers(const LayerEvaluation& before, const LayerEvaluation& after,
                    const BootstrapOptions& options);

// The errors of `after` that `before` did not make: places in the documents of after. With the
// two exchanged, what was repaired. An error stays the same error when another of its faults is
// found.
struct PlacedPairing {
  const AlignedDocument* document = nullptr;
  const Pairing* pairing = nullptr;
};
std::vector<PlacedPairing> new_errors(const LayerEvaluation& before, const LayerEvaluation& after);

// --- the reports ---

std::string reference_text(const Json& report);  // that of score.h, as the reference scorer prints
std::string full_text(const Evaluation& evaluation);
std::string markdown(const Evaluation& evaluation);

// One page that needs nothing but itself (html.h).
std::string html_report(const Evaluation& evaluation, const std::optional<Earlier>& earlier);

}  // namespace glane
