#include "workbench/tune.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "evaluate/python_text.h"
#include "evaluate/score.h"
#include "normalise/normalise.h"
#include "recognise/cascade.h"
#include "recognise/decide_names.h"
#include "recognise/recognise.h"
#include "values/offsets.h"
#include "workbench/fit_weights.h"

namespace glane {
namespace {

constexpr int kRounds = 3;                     // of the fit, each with what the last decided
constexpr float kSteps[] = {0.75F, 1.25F};     // tried for each single number
constexpr std::size_t kLeftOut = kNoName + 1;  // no example for a fit

// A place in code points, and the type of the name that stands there.
struct Name {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::size_t type = 0;
};

// An article read up to the decision on names.
struct TuningArticle {
  Json record;
  std::string text;  // normalised
  Chart chart;
  std::vector<Name> candidates;  // type: what is wanted, kNoName and kLeftOut among it
  std::size_t names = 0;         // of the gold
};

// --- reading ---

std::vector<Name> gold_names(const Json& record) {
  std::vector<Name> names;
  for (const Json& entity : record.at("entities")) {
    const auto type = entity_type(entity.value("type", ""));
    if (!type || static_cast<std::size_t>(*type) >= kNameTypes) continue;
    names.push_back(
        {entity.value("start", 0U), entity.value("end", 0U), static_cast<std::size_t>(*type)});
  }
  return names;
}

std::size_t wanted(const Name& candidate, const std::vector<Name>& names) {
  std::size_t out = kNoName;
  for (const Name& name : names) {
    if (name.end <= candidate.start || candidate.end <= name.start) continue;
    if (name.start == candidate.start && name.end == candidate.end) return name.type;
    out = kLeftOut;
  }
  return out;
}

void recognise_candidates(TuningArticle& article, const CompiledRules& rules,
                          CascadeWorkspace& workspace) {
  start_chart(article.chart, rules);
  for (const std::unique_ptr<Level>& level : rules.levels) {
    if (level->builtin == Builtin::name_decision) return;
    recognise_level(*level, article.text, rules, article.chart, workspace);
  }
}

TuningArticle read_article(const Json& record, const CompiledRules& rules,
                           CascadeWorkspace& workspace) {
  TuningArticle article;
  article.record = {{"id", record.at("id")}, {"entities", record.at("entities")}};
  const std::string published = record.value("text", "");
  NormalisedText text = normalise(published);
  article.text = text.text;
  article.chart.segments = segment(article.text, rules.vocabulary);
  recognise_candidates(article, rules, workspace);
  const std::vector<Name> names = gold_names(record);
  article.names = names.size();
  const OffsetConverter code_points(published, OffsetUnit::codepoint);
  for (const WeighedName& name : weigh_names(article.text, rules, article.chart)) {
    const std::vector<Token>& tokens = article.chart.segments.tokens;
    const SourceSpan span = text.map.to_source(
        Span{tokens[name.range.first].span.begin, tokens[name.range.last - 1].span.end});
    Name& candidate = article.candidates.emplace_back();
    candidate = {code_points(span.begin), code_points(span.end), kNoName};
    candidate.type = wanted(candidate, names);
  }
  return article;
}

std::vector<TuningArticle> read_articles(const TuneOptions& options, const CompiledRules& rules) {
  AnnotatedCorpus gold;
  for (const std::filesystem::path& path : options.gold) {
    const AnnotatedCorpus one = read_annotations(path);
    for (const Json& record : one.documents()) gold.add(record);
  }
  std::vector<TuningArticle> articles;
  CascadeWorkspace workspace;
  for (const Json& record : gold.documents()) {
    if (record.contains("entities")) articles.push_back(read_article(record, rules, workspace));
  }
  if (articles.size() < options.folds || options.folds < 2) {
    throw SetupError("glane tune: " + std::to_string(articles.size()) +
                     " articles with entities are too few for " + std::to_string(options.folds) +
                     " folds");
  }
  return articles;
}

// --- fitting ---

using Articles = std::vector<const TuningArticle*>;

class Tuner {
 public:
  Tuner(const CompiledRules& rules, const TuneOptions& options)
      : rules_(rules), options_(options), start_(rules.name_weights) {
    for (std::size_t r = 0; r < rules.rules.size(); ++r) {
      const Rule& rule = rules.rules[r];
      free_.push_back(weighs(rule) && rule.setting("kept") != "true");
      if (free_.back() && options.start == TuneStart::nothing) start_.rules[r] = {};
    }
  }

  std::size_t free() const { return static_cast<std::size_t>(std::ranges::count(free_, true)); }

  NameWeights fit(const Articles& articles) const {
    NameWeights weights = start_;
    for (int round = 0; round < kRounds; ++round) {
      weights.rules =
          fit_weights(examples(articles, weights), start_.rules, weights.floor, options_.hold);
    }
    round_rules(weights);
    search(articles, weights);
    return weights;
  }

 private:
  bool weighs(const Rule& rule) const {
    const std::string& kind = rules_.kinds[rule.emit];
    return !rule.kill && (kind == "candidate" || kind == "evidence");
  }

  std::vector<WeightExample> examples(const Articles& articles, const NameWeights& weights) const {
    std::vector<WeightExample> out;
    for (const TuningArticle* article : articles) {
      const auto names = weigh_names(article->text, rules_, article->chart, weights);
      for (std::size_t n = 0; n < names.size(); ++n) {
        if (article->candidates[n].type == kLeftOut) continue;
        out.push_back(example(names[n], weights));
        out.back().wanted = article->candidates[n].type;
      }
    }
    return out;
  }

  WeightExample example(const WeighedName& name, const NameWeights& weights) const {
    WeightExample out;
    for (const NameHeirloom& heirloom : name.heirlooms) out.given[heirloom.type] += heirloom.worth;
    for (const NameEvidence& piece : name.evidence) {
      if (free_[piece.rule]) {
        out.evidence.push_back(piece);
        continue;
      }
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        out.given[t] += piece.amount * weights.rules[piece.rule][t];
      }
    }
    return out;
  }

  // Weights are read by people: tenths tell enough.
  void round_rules(NameWeights& weights) const {
    for (std::size_t r = 0; r < free_.size(); ++r) {
      if (!free_[r]) continue;
      for (float& weight : weights.rules[r]) weight = std::round(weight * 10) / 10 + 0.0F;
    }
  }

  void search(const Articles& articles, NameWeights& weights) const {
    double best = strict_f1(articles, weights);
    for (const NameWeight& single : kNameWeights) {
      for (const float step : kSteps) {
        NameWeights other = weights;
        other.*single.value = std::round(other.*single.value * step * 100) / 100;
        const double found = strict_f1(articles, other);
        if (found <= best) continue;
        best = found;
        weights = other;
        break;
      }
    }
  }

  double strict_f1(const Articles& articles, const NameWeights& weights) const {
    std::size_t right = 0, said = 0, gold = 0;
    for (const TuningArticle* article : articles) {
      gold += article->names;
      const auto names = weigh_names(article->text, rules_, article->chart, weights);
      for (std::size_t n = 0; n < names.size(); ++n) {
        const std::size_t type = names[n].best();
        if (names[n].total[type] < weights.floor) continue;
        ++said;
        if (type == article->candidates[n].type) ++right;
      }
    }
    return said + gold == 0 ? 0
                            : 2.0 * static_cast<double>(right) / static_cast<double>(said + gold);
  }

  const CompiledRules& rules_;
  const TuneOptions& options_;
  NameWeights start_;
  std::vector<bool> free_;  // by rule: may be fitted
};

// --- measuring ---

Json predicted(const TuningArticle& article, const CompiledRules& rules,
               const NameWeights& weights) {
  Json entities = Json::array();
  const auto names = weigh_names(article.text, rules, article.chart, weights);
  for (std::size_t n = 0; n < names.size(); ++n) {
    const std::size_t type = names[n].best();
    if (names[n].total[type] < weights.floor) continue;
    entities.push_back({{"start", article.candidates[n].start},
                        {"end", article.candidates[n].end},
                        {"type", to_string(static_cast<EntityType>(type))}});
  }
  return {{"id", article.record.at("id")}, {"entities", std::move(entities)}};
}

Json measured(const AnnotatedCorpus& gold, const AnnotatedCorpus& pred,
              const TuneOptions& options) {
  std::set<std::string> types(options.types.begin(), options.types.end());
  if (types.empty()) types = {"person", "organization", "location", "product", "event"};
  return score(gold, pred, {.layers = {"entities"}, .types = types}).report.at("entities");
}

void write_line(std::ostream& out, const std::string& head, const Json& m) {
  out << padded(head, 32) << " P " << fixed(m["p"], 3) << " R " << fixed(m["r"], 3) << " F1 "
      << fixed(m["f1"], 3) << "  (" << m["tp"] << "/" << m["pred"] << " pred, " << m["gold"]
      << " gold)\n";
}

class CrossValidation {
 public:
  CrossValidation(const std::vector<TuningArticle>& articles, const TuneOptions& options,
                  const CompiledRules& rules, std::ostream& out)
      : articles_(articles), options_(options), rules_(rules), tuner_(rules, options), out_(out) {}

  Tuning run() {
    out_ << articles_.size() << " articles in " << options_.folds << " folds, " << tuner_.free()
         << " rules to be weighed\n";
    report_written();
    const Json held_out = try_folds();
    write_line(out_, "folds not used, strict", held_out["strict"]);
    write_line(out_, "folds not used, overlap", held_out["overlap"]);
    for (const auto& [type, m] : held_out["by_type"].items()) {
      write_line(out_, "folds not used, " + type, m);
    }
    return {tuner_.fit(members(options_.folds)), told(held_out)};
  }

 private:
  // The articles of all folds but one; of all when there is no such fold.
  Articles members(std::size_t without) const {
    Articles out;
    for (std::size_t i = 0; i < articles_.size(); ++i) {
      if (i % options_.folds != without) out.push_back(&articles_[i]);
    }
    return out;
  }

  void report_written() {
    AnnotatedCorpus gold, pred;
    for (const TuningArticle& article : articles_) {
      gold.add(article.record);
      pred.add(predicted(article, rules_, rules_.name_weights));
    }
    write_line(out_, "as written, strict", measured(gold, pred, options_)["strict"]);
  }

  Json try_folds() {
    AnnotatedCorpus gold, pred;
    for (std::size_t fold = 0; fold < options_.folds; ++fold) {
      const NameWeights weights = tuner_.fit(members(fold));
      AnnotatedCorpus fold_gold, fold_pred;
      for (std::size_t i = fold; i < articles_.size(); i += options_.folds) {
        fold_gold.add(articles_[i].record);
        fold_pred.add(predicted(articles_[i], rules_, weights));
        gold.add(articles_[i].record);
        pred.add(predicted(articles_[i], rules_, weights));
      }
      write_line(out_, "fold " + std::to_string(fold + 1) + ", strict",
                 measured(fold_gold, fold_pred, options_)["strict"]);
      out_.flush();
    }
    return measured(gold, pred, options_);
  }

  std::string told(const Json& held_out) const {
    std::string text;
    for (const std::filesystem::path& path : options_.gold) {
      text += (text.empty() ? "" : " and ") + path.filename().string();
    }
    return text + ": " + std::to_string(articles_.size()) + " articles; on folds not used, of " +
           std::to_string(options_.folds) + ", strict F1 " + fixed(held_out["strict"]["f1"], 3) +
           ", overlap F1 " + fixed(held_out["overlap"]["f1"], 3);
  }

  const std::vector<TuningArticle>& articles_;
  const TuneOptions& options_;
  const CompiledRules& rules_;
  Tuner tuner_;
  std::ostream& out_;
};

}  // namespace

Tuning tune(const TuneOptions& options, const RuleSet& rules, std::ostream& out) {
  const std::vector<TuningArticle> articles = read_articles(options, rules.compiled());
  return CrossValidation(articles, options, rules.compiled(), out).run();
}

}  // namespace glane
