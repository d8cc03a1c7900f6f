#include "evaluate.h"

#include <algorithm>
#include <ostream>

#include "glane/extract.h"
#include "python_text.h"
#include "score.h"

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

// --- the report as text ---

void write_measures(std::ostream& out, const std::string& head, const Json& m) {
  out << head << " P " << fixed(m["p"], 3) << " R " << fixed(m["r"], 3) << " F1 "
      << fixed(m["f1"], 3) << "  (" << m["tp"] << "/" << m["pred"] << " pred, " << m["gold"]
      << " gold)\n";
}

void write_types(std::ostream& out, const std::string& layer, const Json& by_type) {
  for (const auto& [type, m] : by_type.items()) {
    write_measures(out, layer + " strict " + padded(type == "null" ? "None" : type, 17), m);
  }
}

void write_fields(std::ostream& out, const std::string& layer, const Json& fields) {
  for (const auto& [name, a] : fields.items()) {
    out << layer << " " << padded(name, 24) << " accuracy " << fixed(a["accuracy"], 3) << " of "
        << a["of"] << "\n";
  }
}

void write_report(std::ostream& out, const Json& report) {
  for (const auto& [name, parts] : report.items()) {
    const std::string layer = padded(name, 9);
    for (const auto& [part, figures] : parts.items()) {
      if (part == "fields") {
        write_fields(out, layer, figures);
      } else if (part.starts_with("by_")) {
        write_types(out, layer, figures);
      } else {
        write_measures(out, layer + " " + padded(part, 24), figures);
      }
    }
  }
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

ScoreOptions score_options(const EvaluateOptions& options) {
  return {.layers = options.layers.empty() ? kLayers : options.layers,
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
                            const RuleSet* rules) {
  if (options.pred) return read_annotations(*options.pred);
  if (rules == nullptr) throw SetupError("neither predictions nor rules to make them");
  return predict(gold, *rules);
}

}  // namespace

int evaluate(const EvaluateOptions& options, const RuleSet* rules, std::ostream& out,
             std::ostream& err) {
  if (!are_layers(options.layers, err)) return 2;
  const AnnotatedCorpus gold = read_annotations(options.gold);
  const AnnotatedCorpus pred = predictions(options, gold, rules);
  const Scores scores = score(gold, pred, score_options(options));
  for (const std::string& line : scores.errors) err << line << "\n";
  if (options.format == ReportFormat::json) {
    out << python_json(scores.report) << "\n";
  } else {
    write_report(out, scores.report);
  }
  return check_bounds(options.fail_under, scores.report, err);
}

}  // namespace glane
