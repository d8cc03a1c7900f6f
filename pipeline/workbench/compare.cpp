#include "workbench/compare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "evaluate/mentions.h"
#include "evaluate/python_text.h"
#include "evaluate/score.h"
#include "values/offsets.h"
#include "workbench/list_rules.h"

namespace glane {
namespace {

constexpr std::size_t kAround = 30;  // characters of context on either side

bool same_in_layer(const std::string& layer, const Mention& one, const Mention& other) {
  if (layer == "entities") return same_type(one, other);
  if (layer == "figures") return same_value(one, other);
  return same_speaker(one, other);
}

bool among(const std::string& layer, const Mention& mention, const std::vector<Mention>& others) {
  return std::ranges::any_of(others,
                             [&](const Mention& other) { return agree(layer, other, mention); });
}

class Comparing {
 public:
  Comparing(Judge judge, const CompareOptions& options) : judge_(judge), options_(options) {}

  void add(const Json& document, const Json* first, const Json* second) {
    for (const std::string& layer : options_.layers) {
      if (judge_ == Judge::gold && !document.contains(layer)) continue;
      const auto gold = judge_ == Judge::gold ? read_mentions(&document, layer, {}, document)
                                              : std::vector<Mention>{};
      add_layer(layer, document, gold, read_mentions(first, layer, {}, document),
                read_mentions(second, layer, {}, document));
    }
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  void add_layer(const std::string& layer, const Json& document, const std::vector<Mention>& gold,
                 const std::vector<Mention>& first, const std::vector<Mention>& second) {
    std::vector<Mention> gone, come;
    for (const Mention& mention : first) {
      if (!among(layer, mention, second)) gone.push_back(mention);
    }
    for (const Mention& mention : second) {
      if (!among(layer, mention, first)) come.push_back(mention);
    }
    std::vector<bool> joined(come.size());
    for (const Mention& before : gone) {
      const Mention* after = nullptr;  // what stands in its place now
      for (std::size_t i = 0; i < come.size() && !after; ++i) {
        if (joined[i] || shared(before, come[i]) == 0) continue;
        joined[i] = true;
        after = &come[i];
      }
      add_change(layer, document, gold, &before, after);
    }
    for (std::size_t i = 0; i < come.size(); ++i) {
      if (!joined[i]) add_change(layer, document, gold, nullptr, &come[i]);
    }
  }

  void add_change(const std::string& layer, const Json& document, const std::vector<Mention>& gold,
                  const Mention* before, const Mention* after) {
    Change change;
    change.layer = layer;
    change.id = document.at("id");
    change.before = before ? before->record : nullptr;
    change.after = after ? after->record : nullptr;
    if (judge_ == Judge::gold) change.verdict = verdict(layer, gold, before, after);
    const Mention& place = after ? *after : *before;
    change.rule = text_of(place, "rule");
    change.context = context(document, place);
    changes_.push_back(std::move(change));
  }

  static Verdict verdict(const std::string& layer, const std::vector<Mention>& gold,
                         const Mention* before, const Mention* after) {
    const bool was_right = before && among(layer, *before, gold);
    const bool is_right = after && among(layer, *after, gold);
    if (was_right != is_right) return is_right ? Verdict::fixed : Verdict::broke;
    if (before && after) return Verdict::changed;
    return after ? Verdict::broke : Verdict::fixed;
  }

  static std::string context(const Json& document, const Mention& place) {
    const auto text = document.find("text");
    if (text == document.end() || !text->is_string()) return "";
    const std::string bytes = text->get<std::string>();
    const std::u32string all = code_points(bytes);
    const auto clamp = [&](long long at) {
      return static_cast<std::size_t>(
          std::clamp<long long>(at, 0, static_cast<long long>(all.size())));
    };
    const std::size_t begin = clamp(place.start), end = std::max(clamp(place.end), begin);
    const std::size_t from = begin - std::min(begin, kAround),
                      to = std::min(end + kAround, all.size());
    std::string out = (from > 0 ? "…" : "") + utf8(all.substr(from, begin - from)) + "[" +
                      utf8(all.substr(begin, end - begin)) + "]" + utf8(all.substr(end, to - end)) +
                      (to < all.size() ? "…" : "");
    std::ranges::replace(out, '\n', ' ');
    return out;
  }

  static std::string utf8(const std::u32string& text) {
    std::string out;
    for (const char32_t c : text) append_utf8(c, out);
    return out;
  }

  Judge judge_;
  const CompareOptions& options_;
  std::vector<Change> changes_;
};

// --- measures ---

constexpr std::size_t kSums = 3;  // hits, predictions, gold

double f1_of(double hits, double pred, double gold) {
  const double p = pred > 0 ? hits / pred : gold > 0 ? 0.0 : 1.0;
  const double r = gold > 0 ? hits / gold : 1.0;
  return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
}

struct Column {
  std::string layer, measure;
};

std::vector<Column> columns_of(const CompareOptions& options) {
  std::vector<Column> columns;
  for (const std::string& layer : options.layers) {
    columns.push_back({layer, "strict"});
    columns.push_back({layer, layer == "figures" ? "value" : "overlap"});
  }
  return columns;
}

// What one document adds to the sums of every measure.
Counts counts_of(const Json& document, const Json* pred, const std::vector<Column>& columns,
                 const CompareOptions& options) {
  AnnotatedCorpus one, other;
  one.add(document);
  if (pred) other.add(*pred);
  ScoreOptions score_options;
  score_options.layers = options.layers;
  const Json report = score(one, other, score_options).report;
  Counts counts;
  for (const Column& column : columns) {
    const Json& m = report.at(column.layer).at(column.measure);
    for (const char* sum : {"tp", "pred", "gold"}) counts.push_back(m.at(sum).get<double>());
  }
  return counts;
}

std::vector<Measured> measure(const AnnotatedCorpus& gold, const AnnotatedCorpus& first,
                              const AnnotatedCorpus& second, const CompareOptions& options) {
  const std::vector<Column> columns = columns_of(options);
  std::vector<Counts> one, other;
  for (const Json& document : gold.documents()) {
    one.push_back(counts_of(document, first.find(document.at("id")), columns, options));
    other.push_back(counts_of(document, second.find(document.at("id")), columns, options));
  }
  std::vector<Measured> out;
  if (one.empty()) return out;
  const Measure f1 = [&](const Counts& sums) {
    std::vector<double> values;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      values.push_back(f1_of(sums[c * kSums], sums[c * kSums + 1], sums[c * kSums + 2]));
    }
    return values;
  };
  const std::vector<PairedEstimate> estimates = paired_bootstrap(one, other, f1);
  for (std::size_t c = 0; c < columns.size(); ++c)
    out.push_back({columns[c].layer, columns[c].measure, estimates[c]});
  return out;
}

// --- the page ---

std::string signed_fixed(double x) { return (x < 0 ? "" : "+") + fixed(x, 3); }

std::string written(const Json& annotation) {
  std::string out;
  for (const char* name : {"type", "kind"}) {
    if (const auto it = annotation.find(name); it != annotation.end()) out += python_str(&*it);
  }
  if (const auto text = annotation.find("text"); text != annotation.end())
    out += " \"" + python_str(&*text) + "\"";
  for (const char* name :
       {"value", "min", "max", "scale", "unit", "modifier", "speaker_name", "speaker"}) {
    const auto it = annotation.find(name);
    if (it != annotation.end() && !it->is_null() && *it != "")
      out += std::string(" ") + name + " " + python_str(&*it);
  }
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::string told(const Change& change) {
  const std::string before = change.before ? written(*change.before) : "nothing";
  const std::string after = change.after ? written(*change.after) : "nothing";
  return before + " → " + after;
}

using Tally = std::map<Verdict, std::size_t>;

std::string tally(const Tally& counts) {
  std::string out;
  for (const auto& [verdict, count] : counts) {
    out +=
        (out.empty() ? "" : ", ") + std::string(to_string(verdict)) + " " + std::to_string(count);
  }
  return out.empty() ? "no difference" : out;
}

Tally tally_of(const std::vector<const Change*>& changes) {
  Tally counts;
  for (const Change* change : changes) ++counts[change->verdict];
  return counts;
}

// The rules with the most changes first.
std::vector<std::pair<std::string, std::vector<const Change*>>> by_rule(
    const Comparison& comparison) {
  std::map<std::string, std::vector<const Change*>> groups;
  for (const Change& change : comparison.changes)
    groups[change.rule.empty() ? "(no rule)" : change.rule].push_back(&change);
  std::vector<std::pair<std::string, std::vector<const Change*>>> out(groups.begin(), groups.end());
  std::ranges::stable_sort(out, std::ranges::greater{},
                           [](const auto& group) { return group.second.size(); });
  return out;
}

Json figures_of(const Measured& m) {
  return {{"layer", m.layer},
          {"measure", m.measure},
          {"first", round_to(m.f1.first, 4)},
          {"second", round_to(m.f1.second, 4)},
          {"low", round_to(m.f1.difference.low, 4)},
          {"high", round_to(m.f1.difference.high, 4)},
          {"p", round_to(m.f1.p, 4)}};
}

}  // namespace

bool agree(const std::string& layer, const Mention& one, const Mention& other) {
  return one.start == other.start && one.end == other.end && same_in_layer(layer, one, other);
}

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::fixed:
      return "fixed";
    case Verdict::broke:
      return "broke";
    case Verdict::changed:
      return "changed";
  }
  return "";
}

Comparison compare(const AnnotatedCorpus& texts, Judge judge, const AnnotatedCorpus& first,
                   const AnnotatedCorpus& second, const CompareOptions& options) {
  Comparison out;
  Comparing comparing(judge, options);
  for (const Json& document : texts.documents()) {
    comparing.add(document, first.find(document.at("id")), second.find(document.at("id")));
  }
  out.changes = comparing.take();
  if (judge == Judge::gold) out.measures = measure(texts, first, second, options);
  return out;
}

std::string comparison_text(const Comparison& comparison, const CompareOptions& options) {
  std::string out;
  for (const Measured& m : comparison.measures) {
    out += padded(m.layer, 9) + " " + padded(m.measure, 8) + " F1 " + fixed(m.f1.first, 3) + " → " +
           fixed(m.f1.second, 3) + "  " + signed_fixed(m.f1.second - m.f1.first) + " [" +
           signed_fixed(m.f1.difference.low) + ", " + signed_fixed(m.f1.difference.high) + "]  p " +
           fixed(m.f1.p, 3) + "\n";
  }
  if (!comparison.measures.empty())
    out += "(95 % intervals of the difference, p: paired bootstrap over documents)\n";
  std::vector<const Change*> all;
  for (const Change& change : comparison.changes) all.push_back(&change);
  out += tally(tally_of(all)) + "\n";
  for (const auto& [rule, changes] : by_rule(comparison)) {
    out += "\n" + rule + ": " + tally(tally_of(changes)) + "\n";
    for (std::size_t i = 0; i < std::min(changes.size(), options.shown); ++i) {
      const Change& change = *changes[i];
      out += wrapped("  " + padded(to_string(change.verdict), 8) + python_str(&change.id) + ": " +
                         told(change),
                     10) +
             "\n";
      if (!change.context.empty()) out += wrapped("          " + change.context, 10) + "\n";
    }
    if (changes.size() > options.shown)
      out += "  and " + std::to_string(changes.size() - options.shown) + " more\n";
  }
  return out;
}

std::string comparison_json(const Comparison& comparison) {
  Json out{{"measures", Json::array()}, {"changes", Json::array()}};
  for (const Measured& m : comparison.measures) out["measures"].push_back(figures_of(m));
  for (const Change& c : comparison.changes) {
    out["changes"].push_back({{"verdict", to_string(c.verdict)},
                              {"layer", c.layer},
                              {"id", c.id},
                              {"rule", c.rule},
                              {"before", c.before ? *c.before : Json(nullptr)},
                              {"after", c.after ? *c.after : Json(nullptr)},
                              {"context", c.context}});
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace glane
