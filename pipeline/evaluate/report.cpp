#include "evaluate/report.h"

#include <set>
#include <tuple>

#include "evaluate/python_text.h"

namespace glane {
namespace {

// What an error is about, whatever is wrong with it.
using ErrorKey = std::tuple<std::string, bool, long long, long long, std::string>;

ErrorKey key_of(const AlignedDocument& document, const Pairing& pairing) {
  const Mention& mention = pairing.gold ? *pairing.gold : *pairing.pred;
  return {document.gold->at("id").dump(), pairing.gold.has_value(), mention.start, mention.end,
          mention.type.value_or("")};
}

Json difference_json(const PairedEstimate& estimate) {
  return {
      {"before", round_to(estimate.first, 4)},
      {"after", round_to(estimate.second, 4)},
      {"interval", {round_to(estimate.difference.low, 4), round_to(estimate.difference.high, 4)}},
      {"p", round_to(estimate.p, 4)}};
}

}  // namespace

Evaluation measure(const AnnotatedCorpus& gold, const AnnotatedCorpus& pred,
                   const ScoreOptions& options) {
  Evaluation evaluation;
  evaluation.documents = gold.documents().size();
  const Scores scores = score(gold, pred, options);
  for (const std::string& layer : options.layers) {
    LayerEvaluation part{layer, align_corpus(layer, gold, pred, options.types), {}, {}, {}};
    part.reference = scores.report.at(layer);
    part.semeval = semeval_report(layer, part.documents, evaluation.bootstrap);
    part.rules = rule_report(part.documents);
    evaluation.layers.push_back(std::move(part));
  }
  return evaluation;
}

Json full_report(const Evaluation& evaluation) {
  Json report = {{"about",
                  {{"gold", evaluation.gold_name},
                   {"predictions", evaluation.pred_name},
                   {"documents", evaluation.documents},
                   {"bootstrap",
                    {{"rounds", evaluation.bootstrap.rounds},
                     {"seed", evaluation.bootstrap.seed},
                     {"level", evaluation.bootstrap.level}}}}}};
  for (const LayerEvaluation& layer : evaluation.layers) {
    report[layer.layer] = layer.reference;
    report[layer.layer]["semeval"] = layer.semeval;
    report[layer.layer]["rules"] = layer.rules;
  }
  return report;
}

Json compare_layers(const LayerEvaluation& before, const LayerEvaluation& after,
                    const BootstrapOptions& options) {
  Json differences = Json::object();
  if (after.documents.empty() || before.documents.size() != after.documents.size()) {
    return differences;
  }
  const LayerTally both = tally(after.layer, {before.documents, after.documents});
  const auto estimates = paired_bootstrap(both.systems[0], both.systems[1], both.measure, options);
  for (std::size_t i = 0; i < both.names.size(); ++i) {
    const std::vector<std::string>& name = both.names[i];
    const bool is_wanted = name.size() == 3 && name[0] == "micro" && name[2] == "f1";
    const bool is_defined =
        estimates[i].first == estimates[i].first && estimates[i].second == estimates[i].second;
    if (is_wanted && is_defined) differences[name[1]] = difference_json(estimates[i]);
  }
  return differences;
}

std::vector<PlacedPairing> new_errors(const LayerEvaluation& before, const LayerEvaluation& after) {
  std::set<ErrorKey> known;
  for (const AlignedDocument& document : before.documents) {
    for (const Pairing& pairing : document.pairings) {
      if (!pairing.is_right()) known.insert(key_of(document, pairing));
    }
  }
  std::vector<PlacedPairing> errors;
  for (const AlignedDocument& document : after.documents) {
    for (const Pairing& pairing : document.pairings) {
      if (pairing.is_right() || known.contains(key_of(document, pairing))) continue;
      errors.push_back({&document, &pairing});
    }
  }
  return errors;
}

}  // namespace glane
