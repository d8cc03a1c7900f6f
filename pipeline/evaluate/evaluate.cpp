#include "evaluate/evaluate.h"

#include <algorithm>
#include <ostream>

#include "evaluate/annotation_formats.h"
#include "evaluate/map_types.h"
#include "evaluate/python_text.h"
#include "evaluate/report.h"
#include "evaluate/score.h"
#include "glane/extract.h"
#include "write/output_file.h"

namespace glane {
namespace {

// --- predictions made here ---

std::string text_field(const Json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

Article gold_article(const Json& record) {
  Article article;
  article.id = python_str(&record.at("id"));
  article.title = text_field(record, "title");
  article.text = text_field(record, "text");
  article.date_text = text_field(record, "date");
  article.date = parse_date(article.date_text);
  article.language = text_field(record, "language");
  return article;
}

AnnotatedCorpus predict(const AnnotatedCorpus& gold, const RuleSet& rules) {
  AnnotatedCorpus pred;
  for (const Json& record : gold.documents()) {
    Json found = Json::parse(to_json(extract(gold_article(record), rules), rules));
    found["id"] = record.at("id");  // an id that is a number stays one
    pred.add(std::move(found));
  }
  return pred;
}

// --- bounds ---

struct Bound {
  std::string path;  // "quotes.overlap.f1"
  double least = 0;
};

std::optional<Bound> read_bound(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return std::nullopt;
  const std::optional<double> least = read_float(std::string_view(text).substr(equals + 1));
  if (!least) return std::nullopt;
  return Bound{text.substr(0, equals), *least};
}

// The number that a path of names leads to; nothing where there is none.
std::optional<double> figure_at(const Json& report, const std::string& path) {
  const Json* place = &report;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    auto next = place->find(path.substr(begin, end - begin));
    if (next == place->end()) return std::nullopt;
    place = &*next;
    begin = end + 1;
  }
  return place->is_number() ? std::optional<double>(place->get<double>()) : std::nullopt;
}

int check_bounds(const std::vector<std::string>& bounds, const Json& report, std::ostream& err) {
  int status = 0;
  for (const std::string& text : bounds) {
    const std::optional<Bound> bound = read_bound(text);
    const std::optional<double> figure = bound ? figure_at(report, bound->path) : std::nullopt;
    if (!figure) {
      err << "glane: --fail-under " << text << ": not of the form quotes.overlap.f1=0.9\n";
      return 2;
    }
    if (*figure >= bound->least) continue;
    err << "glane: " << bound->path << " is " << python_repr(*figure) << ", under "
        << python_repr(bound->least) << "\n";
    status = 1;
  }
  return status;
}

// --- options ---

const std::vector<std::string> kLayers = {"entities", "figures", "quotes"};

// Those asked for, else those that the map speaks of, else all.
std::vector<std::string> layers_of(const EvaluateOptions& options, const TypeMap& map) {
  if (!options.layers.empty()) return options.layers;
  return map.layers.empty() ? kLayers : map.layers;
}

ScoreOptions score_options(const EvaluateOptions& options, const TypeMap& map) {
  return {.layers = layers_of(options, map),
          .types = {options.types.begin(), options.types.end()},
          .errors = options.errors};
}

bool are_layers(const std::vector<std::string>& names, std::ostream& err) {
  for (const std::string& name : names) {
    if (std::find(kLayers.begin(), kLayers.end(), name) != kLayers.end()) continue;
    err << "glane: --layer " << name << ": not one of entities, figures, quotes\n";
    return false;
  }
  return true;
}

AnnotatedCorpus predictions(const EvaluateOptions& options, const AnnotatedCorpus& gold,
                            const RuleSet* rules, std::vector<std::string>& notes) {
  if (options.pred) return read_annotations(*options.pred, options.pred_format, notes);
  if (rules == nullptr) throw SetupError("neither predictions nor rules to make them");
  return predict(gold, *rules);
}

std::string name_of(const std::filesystem::path& path) {
  const std::filesystem::path name = path.filename().empty() ? path.parent_path() : path;
  return name.filename().string();
}

// --- an earlier run ---

// A report of --json is one object whose layers hold measures; predictions have lists there.
std::optional<Json> read_report(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return std::nullopt;
  Json report = Json::parse(read_bytes(file), nullptr, /*allow_exceptions=*/false);
  if (!report.is_object() || report.contains("id")) return std::nullopt;
  const bool is_report = std::any_of(kLayers.begin(), kLayers.end(), [&](const auto& layer) {
    return report.contains(layer) && report[layer].is_object();
  });
  return is_report ? std::optional(std::move(report)) : std::nullopt;
}

// What the earlier evaluation points into is kept beside it.
struct EarlierRun {
  MappedCorpora corpora;
  Earlier earlier;
};

// --- a run ---

class Run {
 public:
  Run(const EvaluateOptions& options, const RuleSet* rules, std::ostream& err)
      : options_(options), err_(err) {
    if (options.map) map_ = read_type_map(*options.map);
    read_gold_ = read_annotations(options.gold, options.gold_format, notes_);
    AnnotatedCorpus pred = predictions(options, read_gold_, rules, notes_);
    corpora_ = mapped(std::move(pred));
    for (const std::string& note : notes_) err << "glane: " << note << "\n";
    warn_of_strangers();
    scores_ = score(corpora_.gold, corpora_.pred, score_options(options, map_));
  }

  int report(std::ostream& out) {
    for (const std::string& line : scores_.errors) err_ << line << "\n";
    out << report_text();
    if (options_.html) write_page();
    return check_bounds(options_.fail_under, full_where_needed(), err_);
  }

 private:
  MappedCorpora mapped(AnnotatedCorpus pred) const {
    if (options_.map) return map_types(map_, read_gold_, pred);
    return {read_gold_, std::move(pred)};
  }

  // Ids that nobody shares are a mistake, not a bad result.
  void warn_of_strangers() const {
    const auto& gold = corpora_.gold.documents();
    const bool is_shared = std::any_of(gold.begin(), gold.end(), [&](const Json& document) {
      return corpora_.pred.find(document.at("id")) != nullptr;
    });
    if (is_shared || gold.empty()) return;
    err_ << "glane: no prediction has the id of a gold document, as " << gold.front().at("id")
         << "\n";
  }

  // Measured once, and only when something asks for it.
  const Evaluation& full() {
    if (!evaluation_) evaluation_ = evaluation_of(corpora_, pred_name());
    return *evaluation_;
  }

  std::string pred_name() const {
    return options_.pred ? name_of(*options_.pred) : "glane with its rules";
  }

  Evaluation evaluation_of(const MappedCorpora& corpora, const std::string& name) const {
    Evaluation evaluation = measure(corpora.gold, corpora.pred, score_options(options_, map_));
    evaluation.gold_name = name_of(options_.gold);
    evaluation.pred_name = name;
    return evaluation;
  }

  std::string report_text() {
    const bool is_full = options_.detail == Detail::full;
    if (options_.format == ReportFormat::markdown) return markdown(full());
    if (options_.format == ReportFormat::json) {
      return python_json(is_full ? full_report(full()) : scores_.report) + "\n";
    }
    return reference_text(scores_.report) + (is_full ? full_text(full()) : "");
  }

  void write_page() {
    std::optional<EarlierRun> run;
    std::optional<Earlier> earlier;
    if (options_.against) {
      run = read_earlier();
      earlier = std::move(run->earlier);
    }
    OutputFile file(options_.html->string());
    file.write(html_report(full(), earlier));
    file.finish();
  }

  EarlierRun read_earlier() {
    EarlierRun run;
    run.earlier.name = name_of(*options_.against);
    if (std::optional<Json> report = read_report(*options_.against)) {
      run.earlier.report = std::move(*report);
      return run;
    }
    run.corpora = mapped(read_annotations(*options_.against, AnnotationFormat::automatic, notes_));
    run.earlier.evaluation = evaluation_of(run.corpora, run.earlier.name);
    run.earlier.report = full_report(*run.earlier.evaluation);
    return run;
  }

  // The bootstrap costs a second on a large corpus: not for a bound of the reference measures.
  Json full_where_needed() {
    const auto& bounds = options_.fail_under;
    const bool is_needed = std::any_of(bounds.begin(), bounds.end(), [](const std::string& b) {
      return b.find(".semeval.") != std::string::npos;
    });
    return is_needed ? full_report(full()) : scores_.report;
  }

  const EvaluateOptions& options_;
  std::ostream& err_;
  std::vector<std::string> notes_;
  TypeMap map_;
  AnnotatedCorpus read_gold_;  // before the map
  MappedCorpora corpora_;
  Scores scores_;
  std::optional<Evaluation> evaluation_;
};

bool against_needs_page(const EvaluateOptions& options, std::ostream& err) {
  if (!options.against || options.html) return true;
  err << "glane: --against compares in the page of --html, which is not asked for\n";
  return false;
}

}  // namespace

int evaluate(const EvaluateOptions& options, const RuleSet* rules, std::ostream& out,
             std::ostream& err) {
  if (!are_layers(options.layers, err) || !against_needs_page(options, err)) return 2;
  return Run(options, rules, err).report(out);
}

}  // namespace glane
