#include "evaluate/semeval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "evaluate/python_text.h"

namespace glane {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0 ? part / whole : kUndefined; }

bool overlaps(const Pairing& pairing) { return pairing.gold && pairing.pred; }

// What a pair is in a scheme, as an index into the five outcomes of a row.
enum Outcome : std::size_t { kCorrect, kIncorrect, kPartial, kMissed, kSpurious, kOutcomes };

Outcome outcome_of(const std::string& scheme, const Pairing& pairing) {
  if (!pairing.pred) return kMissed;
  if (!pairing.gold) return kSpurious;
  const bool same_span = !pairing.has(Fault::boundary);
  const bool is_typed = !pairing.has(Fault::type);
  if (scheme == "partial") return same_span ? kCorrect : kPartial;
  bool right = same_span;
  if (scheme == "strict") right = same_span && is_typed;
  if (scheme == "type") right = is_typed;
  if (scheme == "value") right = is_typed && !pairing.has(Fault::value);
  if (scheme == "speaker") right = !pairing.has(Fault::speaker);
  return right ? kCorrect : kIncorrect;
}

std::string type_of(const Pairing& pairing) {
  return (pairing.gold ? *pairing.gold : *pairing.pred).type.value_or("null");
}

// --- fields ---

struct FieldRule {
  const char* name;
  bool (*is_asked)(const Mention& gold, const Mention& pred);
  bool (*is_right)(const Mention& gold, const Mention& pred);
};

template <const char* kName>
bool in_gold(const Mention& gold, const Mention&) {
  const Json* value = field(gold, kName);
  return value != nullptr && !value->is_null() && *value != "";
}

template <const char* kName>
bool in_either(const Mention& gold, const Mention& pred) {
  return in_gold<kName>(gold, pred) || in_gold<kName>(pred, gold);
}

template <const char* kName>
bool equal_number(const Mention& gold, const Mention& pred) {
  return same_number(gold, pred, kName);
}

template <const char* kName>
bool equal_name(const Mention& gold, const Mention& pred) {
  return same_field(gold, pred, kName);
}

bool names_speaker(const Mention& gold, const Mention&) {
  return !text_of(gold, "speaker").empty() || !text_of(gold, "speaker_name").empty();
}

constexpr char kValue[] = "value", kUnit[] = "unit", kMin[] = "min", kMax[] = "max",
               kScale[] = "scale", kOf[] = "of", kModifier[] = "modifier", kRelation[] = "relation",
               kCue[] = "cue", kKind[] = "kind", kModality[] = "modality",
               kSpeakerName[] = "speaker_name";

const std::vector<FieldRule>& fields_of(const std::string& layer) {
  static const std::vector<FieldRule> kFigures = {
      {kValue, in_gold<kValue>, equal_number<kValue>},
      {kUnit, in_gold<kUnit>, equal_number<kUnit>},
      {kMin, in_gold<kMin>, equal_number<kMin>},
      {kMax, in_gold<kMax>, equal_number<kMax>},
      {kScale, in_gold<kScale>, equal_number<kScale>},
      {kOf, in_gold<kOf>, equal_name<kOf>},
      {kModifier, in_gold<kModifier>, equal_name<kModifier>},
      {kRelation, in_gold<kRelation>, equal_name<kRelation>}};
  static const std::vector<FieldRule> kQuotes = {
      {"speaker", names_speaker, same_speaker},
      {kSpeakerName, in_gold<kSpeakerName>, same_speaker_name},
      {kCue, in_gold<kCue>, equal_name<kCue>},
      {kKind, in_gold<kKind>, equal_name<kKind>},
      {kModality, in_either<kModality>, equal_name<kModality>}};
  static const std::vector<FieldRule> kNone;
  return layer == "figures" ? kFigures : layer == "quotes" ? kQuotes : kNone;
}

// --- rows ---

// Where what stands in the row of a document:
//   [slot][scheme][outcome]  slot 0 is the sum of all types, then the types in order
//   [scheme][p r f1, 1]      of this document alone, and whether they are defined
//   [field][right, asked]
class Layout {
 public:
  Layout(const std::string& layer, const std::vector<std::vector<AlignedDocument>>& systems)
      : layer_(layer), schemes_(schemes_of(layer)) {
    for (const auto& documents : systems) {
      for (const AlignedDocument& document : documents) add_types(document);
    }
    std::size_t slot = 1;
    for (auto& [type, entry] : types_) entry.slot = slot++;
  }

  Counts row(const std::vector<Pairing>& pairings) const {
    Counts row(size());
    for (const Pairing& pairing : pairings) {
      const std::size_t slot = types_.at(type_of(pairing)).slot;
      for (std::size_t s = 0; s < schemes_.size(); ++s) {
        const Outcome outcome = outcome_of(schemes_[s], pairing);
        row[place(0, s) + outcome] += 1;
        row[place(slot, s) + outcome] += 1;
      }
      if (overlaps(pairing)) add_fields(row, pairing);
    }
    for (std::size_t s = 0; s < schemes_.size(); ++s) add_own(row, s);
    return row;
  }

  std::vector<std::vector<std::string>> names() const {
    std::vector<std::vector<std::string>> names;
    for (const std::string& scheme : schemes_) add_names(names, {"micro", scheme});
    for (const std::string& scheme : schemes_) add_names(names, {"macro", scheme});
    for (const std::string& scheme : schemes_) add_names(names, {"per_document", scheme});
    for (const auto& [type, entry] : types_) {
      for (const std::string& scheme : schemes_) add_names(names, {"by_type", type, scheme});
    }
    for (const FieldRule& rule : fields_of(layer_)) names.push_back({"fields", rule.name});
    return names;
  }

  // In the order of names().
  std::vector<double> measure(const Counts& sums) const {
    std::vector<double> values;
    for (std::size_t s = 0; s < schemes_.size(); ++s) add_measures(values, outcomes(sums, 0, s));
    for (std::size_t s = 0; s < schemes_.size(); ++s) add_macro(values, sums, s);
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      for (std::size_t m = 0; m < 3; ++m)
        values.push_back(ratio(sums[own(s) + m], sums[own(s) + 3]));
    }
    for (const auto& [type, entry] : types_) {
      for (std::size_t s = 0; s < schemes_.size(); ++s) {
        add_measures(values, outcomes(sums, entry.slot, s));
      }
    }
    for (std::size_t f = 0; f < fields_of(layer_).size(); ++f) {
      values.push_back(ratio(sums[fields() + 2 * f], sums[fields() + 2 * f + 1]));
    }
    return values;
  }

  Outcomes outcomes(const Counts& sums, std::size_t slot, std::size_t scheme) const {
    const std::size_t at = place(slot, scheme);
    return {sums[at + kCorrect], sums[at + kIncorrect], sums[at + kPartial], sums[at + kMissed],
            sums[at + kSpurious]};
  }

  // Right and asked.
  std::pair<double, double> field_counts(const Counts& sums, std::size_t f) const {
    return {sums[fields() + 2 * f], sums[fields() + 2 * f + 1]};
  }

  const std::vector<std::string>& schemes() const { return schemes_; }
  std::size_t slot_of(const std::string& type) const { return types_.at(type).slot; }
  std::vector<std::string> types() const {
    std::vector<std::string> names;
    for (const auto& [type, entry] : types_) names.push_back(type);
    return names;
  }

 private:
  struct Type {
    std::size_t slot = 0;
    bool in_gold = false;
  };

  std::size_t place(std::size_t slot, std::size_t scheme) const {
    return (slot * schemes_.size() + scheme) * kOutcomes;
  }
  std::size_t own(std::size_t scheme) const { return place(types_.size() + 1, 0) + 4 * scheme; }
  std::size_t fields() const { return own(schemes_.size()); }
  std::size_t size() const { return fields() + 2 * fields_of(layer_).size(); }

  void add_types(const AlignedDocument& document) {
    for (const Pairing& pairing : document.pairings) {
      Type& type = types_[type_of(pairing)];
      type.in_gold = type.in_gold || pairing.gold.has_value();
    }
  }

  void add_fields(Counts& row, const Pairing& pairing) const {
    std::size_t at = fields();
    for (const FieldRule& rule : fields_of(layer_)) {
      if (rule.is_asked(*pairing.gold, *pairing.pred)) {
        row[at] += rule.is_right(*pairing.gold, *pairing.pred) ? 1 : 0;
        row[at + 1] += 1;
      }
      at += 2;
    }
  }

  // A document with gold alone, or predictions alone, has an F1 of 0; its P or R is 0 too.
  void add_own(Counts& row, std::size_t scheme) const {
    const Outcomes all = outcomes(row, 0, scheme);
    if (all.possible() + all.actual() == 0) return;
    const std::array values = {all.precision(), all.recall(), all.f1()};
    for (std::size_t m = 0; m < values.size(); ++m) {
      row[own(scheme) + m] = std::isnan(values[m]) ? 0 : values[m];
    }
    row[own(scheme) + 3] = 1;
  }

  static void add_names(std::vector<std::vector<std::string>>& names,
                        const std::vector<std::string>& head) {
    for (const char* measure : {"p", "r", "f1"}) {
      names.push_back(head);
      names.back().push_back(measure);
    }
  }

  static void add_measures(std::vector<double>& values, const Outcomes& outcomes) {
    values.insert(values.end(), {outcomes.precision(), outcomes.recall(), outcomes.f1()});
  }

  void add_macro(std::vector<double>& values, const Counts& sums, std::size_t scheme) const {
    std::array<double, 3> sum = {};
    double types = 0;
    for (const auto& [name, type] : types_) {
      const Outcomes own_outcomes = outcomes(sums, type.slot, scheme);
      if (!type.in_gold || own_outcomes.possible() == 0) continue;
      const double p = own_outcomes.precision();  // no prediction: 0, as its F1
      sum[0] += std::isnan(p) ? 0 : p;
      sum[1] += own_outcomes.recall();
      sum[2] += own_outcomes.f1();
      types += 1;
    }
    for (const double s : sum) values.push_back(ratio(s, types));
  }

  std::string layer_;
  std::vector<std::string> schemes_;
  std::map<std::string, Type> types_;
};

std::vector<Counts> rows(const Layout& layout, const std::vector<AlignedDocument>& documents) {
  std::vector<Counts> rows;
  for (const AlignedDocument& document : documents) rows.push_back(layout.row(document.pairings));
  return rows;
}

// --- JSON ---

Json rounded(double value) { return std::isnan(value) ? Json(nullptr) : Json(round_to(value, 4)); }

Json rounded(const Interval& interval) {
  if (std::isnan(interval.low)) return nullptr;
  return Json::array({rounded(interval.low), rounded(interval.high)});
}

Json& place_of(Json& report, const std::vector<std::string>& path, std::size_t depth) {
  Json* place = &report;
  for (std::size_t i = 0; i < depth; ++i) place = &(*place)[path[i]];
  return *place;
}

void write_estimates(Json& report, const std::vector<std::vector<std::string>>& names,
                     const std::vector<Estimate>& estimates) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::vector<std::string>& name = names[i];
    if (name.front() == "fields") {
      Json& place = place_of(report, name, name.size());
      place["accuracy"] = rounded(estimates[i].value);
      place["interval"] = rounded(estimates[i].interval);
    } else {
      Json& place = place_of(report, name, name.size() - 1);
      place[name.back()] = rounded(estimates[i].value);
      place[name.back() + "_interval"] = rounded(estimates[i].interval);
    }
  }
}

void write_outcomes(Json& place, const Outcomes& o) {
  const std::pair<const char*, double> counts[] = {
      {"correct", o.correct}, {"incorrect", o.incorrect}, {"partial", o.partial},
      {"missed", o.missed},   {"spurious", o.spurious},   {"possible", o.possible()},
      {"actual", o.actual()}};
  for (const auto& [name, value] : counts) place[name] = static_cast<long long>(value);
}

void write_counts(Json& report, const Layout& layout, const Counts& sums,
                  const std::string& layer) {
  const std::vector<std::string>& schemes = layout.schemes();
  for (std::size_t s = 0; s < schemes.size(); ++s) {
    write_outcomes(report["micro"][schemes[s]], layout.outcomes(sums, 0, s));
    for (const std::string& type : layout.types()) {
      write_outcomes(report["by_type"][type][schemes[s]],
                     layout.outcomes(sums, layout.slot_of(type), s));
    }
  }
  const std::vector<FieldRule>& fields = fields_of(layer);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto [right, asked] = layout.field_counts(sums, f);
    report["fields"][fields[f].name]["right"] = static_cast<long long>(right);
    report["fields"][fields[f].name]["of"] = static_cast<long long>(asked);
  }
}

Json document_reports(const Layout& layout, const std::vector<AlignedDocument>& documents,
                      const std::vector<Counts>& rows) {
  Json reports = Json::array();
  for (std::size_t d = 0; d < documents.size(); ++d) {
    Json report = {{"id", documents[d].gold->at("id")}};
    for (std::size_t s = 0; s < layout.schemes().size(); ++s) {
      const Outcomes outcomes = layout.outcomes(rows[d], 0, s);
      report[layout.schemes()[s]] = rounded(outcomes.f1());
      if (s > 0) continue;
      report["gold"] = static_cast<long long>(outcomes.possible());
      report["pred"] = static_cast<long long>(outcomes.actual());
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

// --- rules ---

struct RuleCount {
  std::size_t pred = 0;
  std::size_t right = 0;
  std::array<std::size_t, 6> faults = {};

  void add(const Pairing& pairing) {
    ++pred;
    right += pairing.is_right() ? 1 : 0;
    for (const Fault fault : pairing.faults) ++faults[static_cast<std::size_t>(fault)];
  }
};

Json rule_json(const std::string& rule, const RuleCount& count) {
  Json json = {{"rule", rule}, {"pred", count.pred}, {"right", count.right}};
  json["p"] = rounded(ratio(static_cast<double>(count.right), static_cast<double>(count.pred)));
  for (std::size_t f = 1; f < count.faults.size(); ++f) {  // a miss has no rule
    json[to_string(static_cast<Fault>(f))] = count.faults[f];
  }
  return json;
}

}  // namespace

double Outcomes::precision() const { return ratio(correct + partial / 2, actual()); }
double Outcomes::recall() const { return ratio(correct + partial / 2, possible()); }
double Outcomes::f1() const { return ratio(2 * correct + partial, possible() + actual()); }

std::vector<std::string> schemes_of(const std::string& layer) {
  std::vector<std::string> schemes = {"strict", "exact", "partial", "type"};
  if (layer == "figures") schemes.push_back("value");
  if (layer == "quotes") schemes.push_back("speaker");
  return schemes;
}

Outcomes count(const std::string& scheme, const std::vector<Pairing>& pairings) {
  std::array<double, kOutcomes> counts = {};
  for (const Pairing& pairing : pairings) ++counts[outcome_of(scheme, pairing)];
  return {counts[kCorrect], counts[kIncorrect], counts[kPartial], counts[kMissed],
          counts[kSpurious]};
}

std::vector<AlignedDocument> align_corpus(const std::string& layer, const AnnotatedCorpus& gold,
                                          const AnnotatedCorpus& pred,
                                          const std::set<std::string>& types) {
  std::vector<AlignedDocument> documents;
  for (const Json& document : gold.documents()) {
    if (!document.contains(layer)) continue;
    const Json* answer = pred.find(document.at("id"));
    documents.push_back({&document, answer,
                         align(layer, read_mentions(&document, layer, types, document),
                               read_mentions(answer, layer, types, document))});
  }
  return documents;
}

LayerTally tally(const std::string& layer,
                 const std::vector<std::vector<AlignedDocument>>& systems) {
  const Layout layout(layer, systems);
  LayerTally tally{
      layout.names(), [layout](const Counts& sums) { return layout.measure(sums); }, {}};
  for (const auto& documents : systems) tally.systems.push_back(rows(layout, documents));
  return tally;
}

Json semeval_report(const std::string& layer, const std::vector<AlignedDocument>& documents,
                    const BootstrapOptions& options) {
  Json report = Json::object();
  if (documents.empty()) return report;
  const Layout layout(layer, {documents});
  const std::vector<Counts> counts = rows(layout, documents);
  const Measure measure = [&](const Counts& sums) { return layout.measure(sums); };
  write_estimates(report, layout.names(), bootstrap(counts, measure, options));
  write_counts(report, layout, sum(counts), layer);
  report["documents"] = document_reports(layout, documents, counts);
  return report;
}

Json rule_report(const std::vector<AlignedDocument>& documents) {
  std::map<std::string, RuleCount> rules;
  for (const AlignedDocument& document : documents) {
    for (const Pairing& pairing : document.pairings) {
      if (pairing.pred) rules[text_of(*pairing.pred, "rule")].add(pairing);
    }
  }
  rules.erase("");  // other programs name no rule
  std::vector<std::pair<std::string, RuleCount>> order(rules.begin(), rules.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.second.pred - a.second.right > b.second.pred - b.second.right;
  });
  Json report = Json::array();
  for (const auto& [rule, rule_count] : order) report.push_back(rule_json(rule, rule_count));
  return report;
}

}  // namespace glane
