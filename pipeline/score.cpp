#include "score.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "glane/ruleset.h"
#include "lower_case.h"
#include "offsets.h"
#include "python_text.h"

namespace glane {
namespace {

// One annotation. Offsets are code points; those of quotes are trimmed.
struct Mention {
  long long start = 0;
  long long end = 0;
  std::optional<std::string> type;  // "type" of entities, "kind" of the other layers
  const Json* record = nullptr;
};

long long length(const Mention& mention) { return mention.end - mention.start; }

long long shared(const Mention& a, const Mention& b) {
  return std::max(0LL, std::min(a.end, b.end) - std::max(a.start, b.start));
}

// --- reading ---

const Json* field(const Mention& mention, const char* name) {
  auto found = mention.record->find(name);
  return found == mention.record->end() ? nullptr : &*found;
}

long long offset(const Json& record, const char* name, const std::string& place) {
  auto found = record.find(name);
  if (found == record.end() || !found->is_number_integer()) {
    throw SetupError(place + ": an annotation without a whole number \"" + name + "\"");
  }
  return found->get<long long>();
}

Mention read_mention(const Json& record, const char* key, const std::string& place) {
  if (!record.is_object()) throw SetupError(place + ": an annotation that is no object");
  Mention mention{offset(record, "start", place), offset(record, "end", place), {}, &record};
  auto type = record.find(key);
  if (type != record.end() && type->is_string()) mention.type = type->get<std::string>();
  return mention;
}

std::vector<Mention> read_mentions(const Json* document, const std::string& layer,
                                   const char* key) {
  std::vector<Mention> mentions;
  if (document == nullptr) return mentions;
  auto records = document->find(layer);
  if (records == document->end()) return mentions;
  const std::string place = document->at("id").dump() + ", " + layer;
  for (const Json& record : *records) mentions.push_back(read_mention(record, key, place));
  return mentions;
}

void keep_types(std::vector<Mention>& mentions, const std::set<std::string>& types) {
  if (types.empty()) return;
  std::erase_if(mentions, [&](const Mention& m) { return !m.type || !types.contains(*m.type); });
}

std::u32string code_points(const std::string& utf8) {
  std::u32string text;
  for (std::size_t at = 0; at < utf8.size();) {
    const Character character = character_at(utf8, at);
    text += character.code;
    at += character.size;
  }
  return text;
}

bool is_trimmed_off(char32_t c) {
  return std::u32string_view(U" \t\r\n\u00A0\u202F«»“”\"'’.,;:").find(c) !=
         std::u32string_view::npos;
}

void trim(std::vector<Mention>& quotes, const Json& document) {
  const std::u32string text = code_points(document.value("text", ""));
  const auto size = static_cast<long long>(text.size());
  auto at = [&](long long i) { return text[static_cast<std::size_t>(i)]; };
  for (Mention& quote : quotes) {
    if (quote.start < 0 || quote.end > size) {
      throw SetupError(document.at("id").dump() + ": a quote that lies outside the text");
    }
    while (quote.start < quote.end && is_trimmed_off(at(quote.start))) ++quote.start;
    while (quote.end > quote.start && is_trimmed_off(at(quote.end - 1))) --quote.end;
  }
}

// --- comparing ---

std::optional<double> number(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>() ? 1 : 0;
  if (value->is_number()) return value->get<double>();
  return value->is_string() ? read_float(value->get<std::string>()) : std::nullopt;
}

bool same(const Json* a, const Json* b) {
  const std::optional<double> x = number(a);
  const std::optional<double> y = number(b);
  if (x && y) return std::abs(*x - *y) <= 1e-4 * std::max({1.0, std::abs(*x), std::abs(*y)});
  if (x || y) return false;
  const bool a_is_null = a == nullptr || a->is_null();
  const bool b_is_null = b == nullptr || b->is_null();
  return a_is_null || b_is_null ? a_is_null && b_is_null : *a == *b;
}

bool same_type(const Mention& gold, const Mention& pred) { return gold.type == pred.type; }

bool same_value(const Mention& gold, const Mention& pred) {
  constexpr std::array kFields = {"value", "min", "max", "scale", "unit"};
  return same_type(gold, pred) && std::all_of(kFields.begin(), kFields.end(), [&](const char* f) {
           return same(field(gold, f), field(pred, f));
         });
}

bool shares_half(const Mention& gold, const Mention& pred) {
  return 2 * shared(gold, pred) >= std::max(length(gold), length(pred));
}

// A name without case, without the form of its apostrophes, without its article. The
// articles are tried in this order, so that "les" loses "le" alone: the same on both sides.
std::string fold_name(std::string_view name) {
  std::string folded = lower_case(name);
  constexpr std::string_view kApostrophe = "’";
  for (auto at = folded.find(kApostrophe); at != std::string::npos;
       at = folded.find(kApostrophe, at)) {
    folded.replace(at, kApostrophe.size(), "'");
  }
  std::string_view rest = strip_spaces(folded);
  for (std::string_view article : {"le", "la", "les", "l'", "un", "une", "du", "de", "m.", "mme"}) {
    if (!rest.starts_with(article)) continue;
    rest.remove_prefix(article.size());
    // What is left ends with a letter or is empty: only its start can be spaces.
    return std::string(strip_spaces(rest));
  }
  return std::string(rest);
}

std::string text_of(const Mention& mention, const char* name) {
  const Json* value = field(mention, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

bool same_field(const Mention& gold, const Mention& pred, const char* name) {
  return fold_name(python_str(field(gold, name))) == fold_name(python_str(field(pred, name)));
}

bool same_speaker(const Mention& gold, const Mention& pred) {
  for (const char* wanted : {"speaker", "speaker_name"}) {
    const std::string want = fold_name(text_of(gold, wanted));
    if (want.empty()) continue;
    for (const char* had : {"speaker", "speaker_name"}) {
      if (fold_name(text_of(pred, had)) == want) return true;
    }
  }
  return false;
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
    std::vector<Mention> gold = mentions(&gold_document, gold_document);
    std::vector<Mention> pred = mentions(pred_document, gold_document);
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

  std::vector<Mention> mentions(const Json* document, const Json& gold_document) const {
    std::vector<Mention> all = read_mentions(document, layer_, rules_.key);
    keep_types(all, options_.types);
    if (layer_ == "quotes") trim(all, gold_document);
    return all;
  }

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
      fields_["speaker_name"].add(fold_name(text_of(gold, "speaker_name")) ==
                                  fold_name(text_of(pred, "speaker_name")));
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
