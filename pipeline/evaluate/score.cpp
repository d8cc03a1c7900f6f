#include "evaluate/score.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "evaluate/mentions.h"
#include "evaluate/python_text.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

bool shares_half(const Mention& gold, const Mention& pred) {
  return 2 * shared(gold, pred) >= std::max(length(gold), length(pred));
}

// --- pairing and counting ---

using Accepts = bool (*)(const Mention& gold, const Mention& pred);
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;  // places in gold and pred

// One to one, greedily: largest overlap first, among equals the last of both lists.
Pairs pair_up(const std::vector<Mention>& gold, const std::vector<Mention>& pred, Accepts accepts) {
  std::vector<std::tuple<long long, std::size_t, std::size_t>> candidates;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < pred.size(); ++j) {
      const long long overlap = shared(gold[i], pred[j]);
      if (overlap > 0 && accepts(gold[i], pred[j])) candidates.emplace_back(overlap, i, j);
    }
  }
  std::sort(candidates.rbegin(), candidates.rend());
  std::vector<bool> gold_used(gold.size()), pred_used(pred.size());
  Pairs pairs;
  for (auto [overlap, i, j] : candidates) {
    if (gold_used[i] || pred_used[j]) continue;
    gold_used[i] = pred_used[j] = true;
    pairs.emplace_back(i, j);
  }
  return pairs;
}

struct Count {
  std::size_t hits = 0;
  std::size_t pred = 0;
  std::size_t gold = 0;
};

Json measures(const Count& c) {
  const auto hits = static_cast<double>(c.hits);
  const double p = c.pred ? hits / static_cast<double>(c.pred) : c.gold ? 0.0 : 1.0;
  const double r = c.gold ? hits / static_cast<double>(c.gold) : 1.0;
  const double f1 = p + r > 0 ? 2 * p * r / (p + r) : 0.0;
  return {{"p", round_to(p, 4)}, {"r", round_to(r, 4)}, {"f1", round_to(f1, 4)},
          {"tp", c.hits},        {"pred", c.pred},      {"gold", c.gold}};
}

struct Accuracy {
  std::size_t right = 0;
  std::size_t asked = 0;

  void add(bool is_right) {
    ++asked;
    right += is_right ? 1 : 0;
  }
};

// What tells one layer from the others.
struct LayerRules {
  const char* key;    // the field that holds the type
  const char* loose;  // name of the second measure
  Accepts accepts;    // which pairs that measure admits
  bool type_counts;   // for the strict measure
  std::vector<const char*> fields;
};

const LayerRules& rules_of(const std::string& layer) {
  static const std::map<std::string, LayerRules, std::less<>> kLayers = {
      {"entities", {"type", "overlap", same_type, true, {}}},
      {"figures", {"kind", "value", same_value, true, {"of", "modifier", "relation"}}},
      {"quotes", {"kind", "overlap", shares_half, false, {"cue", "kind"}}}};
  auto found = kLayers.find(layer);
  if (found == kLayers.end()) throw SetupError("no layer is called " + layer);
  return found->second;
}

// Counts one layer over all documents.
class LayerScore {
 public:
  LayerScore(const std::string& layer, const ScoreOptions& options)
      : layer_(layer), rules_(rules_of(layer)), options_(options) {}

  void add(const Json& gold_document, const Json* pred_document) {
    const std::vector<Mention> gold =
        read_mentions(&gold_document, layer_, options_.types, gold_document);
    const std::vector<Mention> pred =
        read_mentions(pred_document, layer_, options_.types, gold_document);
    require_types(gold, gold_document);
    count_strict(gold, pred);
    const Pairs pairs = pair_up(gold, pred, rules_.accepts);
    loose_.hits += pairs.size();
    loose_.pred += pred.size();
    loose_.gold += gold.size();
    for (auto [i, j] : pairs) count_fields(gold[i], pred[j]);
    if (options_.errors > 0) list_errors(gold, pred, pairs, gold_document.at("id"));
  }

  Json report() const {
    Json by_type = Json::object();
    for (const auto& [order, entry] : by_type_) by_type[entry.first] = measures(entry.second);
    Json fields = Json::object();
    for (const auto& [name, a] : fields_) {
      const double share = static_cast<double>(a.right) / static_cast<double>(a.asked);
      fields[name] = {{"accuracy", round_to(share, 4)}, {"of", a.asked}};
    }
    return {{"strict", measures(strict_)},
            {rules_.loose, measures(loose_)},
            {std::string("by_") + rules_.key, by_type},
            {"fields", fields}};
  }

  const std::vector<std::string>& errors() const { return errors_; }

 private:
  using Identity = std::tuple<long long, long long, std::optional<std::string>>;

  void require_types(const std::vector<Mention>& gold, const Json& document) const {
    for (const Mention& mention : gold) {
      if (mention.type) continue;
      throw SetupError(document.at("id").dump() + ", " + layer_ + ": an annotation without \"" +
                       rules_.key + "\"");
    }
  }

  Identity identity(const Mention& mention) const {
    return {mention.start, mention.end, rules_.type_counts ? mention.type : std::nullopt};
  }

  // A hit in the table of types is a gold annotation that stands among the predictions,
  // even where the file repeats it; the sums count repetitions once each.
  void count_strict(const std::vector<Mention>& gold, const std::vector<Mention>& pred) {
    std::map<Identity, std::pair<std::size_t, std::size_t>> seen;
    for (const Mention& mention : gold) ++seen[identity(mention)].first;
    for (const Mention& mention : pred) ++seen[identity(mention)].second;
    for (const auto& [mention, counts] : seen) {
      strict_.hits += std::min(counts.first, counts.second);
    }
    strict_.pred += pred.size();
    strict_.gold += gold.size();
    for (const Mention& mention : gold) {
      Count& count = of_type(mention);
      ++count.gold;
      count.hits += seen[identity(mention)].second > 0 ? 1 : 0;
    }
    for (const Mention& mention : pred) ++of_type(mention).pred;
  }

  // Sorted as Python sorts the representations of the names: a quote ends each name.
  Count& of_type(const Mention& mention) {
    const std::string name = mention.type.value_or("null");
    const std::string order = mention.type ? "'" + name + "'" : "None";
    return by_type_.try_emplace(order, name, Count{}).first->second.second;
  }

  void count_fields(const Mention& gold, const Mention& pred) {
    for (const char* name : rules_.fields) {
      if (field(gold, name)) fields_[name].add(same_field(gold, pred, name));
    }
    if (layer_ != "quotes") return;
    const bool has_name = !text_of(gold, "speaker_name").empty();
    if (has_name || !text_of(gold, "speaker").empty()) {
      fields_["speaker"].add(same_speaker(gold, pred));
    }
    if (has_name) {
      fields_["speaker_name"].add(same_speaker_name(gold, pred));
    }
  }

  void list_errors(const std::vector<Mention>& gold, const std::vector<Mention>& pred,
                   const Pairs& pairs, const Json& id) {
    std::vector<bool> gold_used(gold.size()), pred_used(pred.size());
    for (auto [i, j] : pairs) gold_used[i] = pred_used[j] = true;
    list_unused("miss", gold, gold_used, id);
    list_unused("extra", pred, pred_used, id);
  }

  void list_unused(const char* what, const std::vector<Mention>& mentions,
                   const std::vector<bool>& used, const Json& id) {
    for (std::size_t i = 0; i < mentions.size() && errors_.size() < options_.errors; ++i) {
      if (used[i]) continue;
      Json record = *mentions[i].record;
      record["start"] = mentions[i].start;
      record["end"] = mentions[i].end;
      errors_.push_back(padded(what, 5) + " " + padded(layer_.substr(0, layer_.size() - 1), 8) +
                        " " + python_str(&id) + " " + python_json(record));
    }
  }

  std::string layer_;
  const LayerRules& rules_;
  const ScoreOptions& options_;
  Count strict_;
  Count loose_;
  std::map<std::string, std::pair<std::string, Count>> by_type_;
  std::map<std::string, Accuracy> fields_;
  std::vector<std::string> errors_;
};

}  // namespace

Scores score(const AnnotatedCorpus& gold, const AnnotatedCorpus& pred,
             const ScoreOptions& options) {
  Scores scores;
  for (const std::string& layer : options.layers) {
    LayerScore layer_score(layer, options);
    for (const Json& document : gold.documents()) {
      if (!document.contains(layer)) continue;
      layer_score.add(document, pred.find(document.at("id")));
    }
    scores.report[layer] = layer_score.report();
    scores.errors.insert(scores.errors.end(), layer_score.errors().begin(),
                         layer_score.errors().end());
  }
  return scores;
}

}  // namespace glane
