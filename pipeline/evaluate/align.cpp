#include "evaluate/align.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace glane {
namespace {

// A place in the text, then what the annotation says: no order of a file remains.
bool comes_before(const Mention& a, const Mention& b) {
  const auto order = [](const Mention& m) { return std::tie(m.start, m.end, m.type); };
  if (order(a) != order(b)) return order(a) < order(b);
  return a.record->dump() < b.record->dump();
}

struct Candidate {
  int rank = 0;  // 0 is best
  long long overlap = 0;
  std::size_t gold = 0;
  std::size_t pred = 0;

  auto order() const { return std::tuple(rank, -overlap, gold, pred); }
};

bool same_span(const Mention& a, const Mention& b) { return a.start == b.start && a.end == b.end; }

int rank_of(const Mention& gold, const Mention& pred, const std::string& layer) {
  const bool is_typed = layer == "quotes" || same_type(gold, pred);
  return (same_span(gold, pred) ? 0 : 2) + (is_typed ? 0 : 1);
}

// `gold` and `pred` are sorted by their start. Two empty spans at one place share nothing and
// are the same nevertheless.
std::vector<Candidate> candidates(const std::vector<Mention>& gold,
                                  const std::vector<Mention>& pred, const std::string& layer) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < pred.size() && pred[j].start <= gold[i].end; ++j) {
      const long long overlap = shared(gold[i], pred[j]);
      if (overlap == 0 && !same_span(gold[i], pred[j])) continue;
      found.push_back({rank_of(gold[i], pred[j], layer), overlap, i, j});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.order() < b.order(); });
  return found;
}

bool differs_in_value(const Mention& gold, const Mention& pred) {
  constexpr std::array kFields = {"value", "min", "max", "scale", "unit"};
  return std::any_of(kFields.begin(), kFields.end(),
                     [&](const char* name) { return !same_number(gold, pred, name); });
}

bool differs_in_speaker(const Mention& gold, const Mention& pred) {
  const bool has_name = !text_of(gold, "speaker_name").empty();
  if (has_name && !same_speaker_name(gold, pred)) return true;
  return (has_name || !text_of(gold, "speaker").empty()) && !same_speaker(gold, pred);
}

std::vector<Fault> faults_of(const std::string& layer, const Mention& gold, const Mention& pred) {
  std::vector<Fault> faults;
  if (!same_type(gold, pred)) faults.push_back(Fault::type);
  if (!same_span(gold, pred)) faults.push_back(Fault::boundary);
  if (layer == "figures" && differs_in_value(gold, pred)) faults.push_back(Fault::value);
  if (layer == "quotes" && differs_in_speaker(gold, pred)) faults.push_back(Fault::speaker);
  return faults;
}

bool stands_before(const Pairing& a, const Pairing& b) {
  return comes_before(a.gold ? *a.gold : *a.pred, b.gold ? *b.gold : *b.pred);
}

}  // namespace

const char* to_string(Fault fault) {
  constexpr std::array kNames = {"missed", "spurious", "type", "boundary", "value", "speaker"};
  return kNames[static_cast<std::size_t>(fault)];
}

bool Pairing::has(Fault fault) const {
  return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

std::vector<Pairing> align(const std::string& layer, std::vector<Mention> gold,
                           std::vector<Mention> pred) {
  std::sort(gold.begin(), gold.end(), comes_before);
  std::sort(pred.begin(), pred.end(), comes_before);
  std::vector<bool> gold_used(gold.size()), pred_used(pred.size());
  std::vector<Pairing> pairings;
  for (const Candidate& c : candidates(gold, pred, layer)) {
    if (gold_used[c.gold] || pred_used[c.pred]) continue;
    gold_used[c.gold] = pred_used[c.pred] = true;
    pairings.push_back({gold[c.gold], pred[c.pred], faults_of(layer, gold[c.gold], pred[c.pred])});
  }
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (!gold_used[i]) pairings.push_back({gold[i], {}, {Fault::missed}});
  }
  for (std::size_t j = 0; j < pred.size(); ++j) {
    if (!pred_used[j]) pairings.push_back({{}, pred[j], {Fault::spurious}});
  }
  std::stable_sort(pairings.begin(), pairings.end(), stands_before);
  return pairings;
}

}  // namespace glane
