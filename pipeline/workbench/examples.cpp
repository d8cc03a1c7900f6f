#include <algorithm>

#include "compile/rules.h"
#include "glane/extract.h"
#include "normalise/normalise.h"
#include "recognise/cascade.h"
#include "recognise/recognise.h"

namespace glane {
namespace {

// What one text gives: the chart for the rules, the document for the values.
struct Reading {
  NormalisedText text;
  Chart chart;
  Document document;
};

Reading read(const Example& example, const RuleSet& rules) {
  Reading reading;
  reading.text = normalise(example.text);
  reading.chart.segments = segment(reading.text.text, rules.compiled().vocabulary);
  CascadeWorkspace workspace;
  recognise(reading.text, rules.compiled(), reading.chart, workspace);
  Article article;
  article.text = example.text;
  article.date = parse_date(example.date);
  reading.document = extract(std::move(article), rules);
  return reading;
}

SourceSpan place_of(const Reading& reading, TokenRange range) {
  const std::vector<Token>& tokens = reading.chart.segments.tokens;
  return reading.text.map.to_source(
      {tokens[range.first].span.begin, tokens[range.last - 1].span.end});
}

bool overlap(SourceSpan a, SourceSpan b) { return a.begin < b.end && b.begin < a.end; }

std::string shown(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  return number ? number->to_string() : std::get<std::string>(value);
}

// A field of a figure as ANNOTATION.md names it; "" when absent.
std::string field_of(const Figure& figure, const std::string& name) {
  if (name == "value") return figure.value ? shown(*figure.value) : "";
  if (name == "min") return figure.min ? shown(*figure.min) : "";
  if (name == "max") return figure.max ? shown(*figure.max) : "";
  if (name == "scale") return figure.scale ? figure.scale->to_string() : "";
  if (name == "unit") return figure.unit;
  if (name == "of") return figure.of;
  if (name == "modifier") return to_string(figure.modifier);
  if (name == "relation") return to_string(figure.relation);
  if (name == "direction") return to_string(figure.direction);
  if (name == "ambiguous") return figure.ambiguous ? "true" : "";
  return "(no such field)";
}

bool same(const std::string& wanted, const std::string& found) {
  if (wanted == found) return true;
  const auto a = Decimal::parse(wanted);
  const auto b = Decimal::parse(found);
  return a && b && *a == *b;
}

std::string check_fields(const Example& example, SourceSpan span, const Document& document) {
  for (const Figure& figure : document.figures) {
    if (!overlap(figure.span, span)) continue;
    for (const auto& [name, wanted] : example.fields) {
      const std::string found = field_of(figure, name);
      if (!same(wanted, found)) {
        return "wrong value: " + name + " is \"" + found + "\", not \"" + wanted + "\"";
      }
    }
    return "";
  }
  return example.fields.empty() ? "" : "none: no figure there";
}

std::string check_span(const Reading& reading, const std::vector<SourceSpan>& found,
                       SourceSpan span, const Example& example) {
  if (std::ranges::find(found, span) != found.end()) {
    return check_fields(example, span, reading.document);
  }
  for (const SourceSpan& other : found) {
    if (!overlap(other, span)) continue;
    return "partial: found \"" + example.text.substr(other.begin, other.end - other.begin) + "\"";
  }
  return "none: the rule does not match";
}

// "" when the example holds.
std::string check(const Example& example, RuleIndex rule, const RuleSet& rules) {
  const Reading reading = read(example, rules);
  const Rule& tested = rules.compiled().rules[rule];
  std::vector<SourceSpan> found;
  for (const Match& match : tested.kill ? reading.chart.kills : reading.chart.matches) {
    if (match.rule == rule && match.kind == tested.emit) {
      found.push_back(place_of(reading, match.range));
    }
  }
  if (example.reject) {
    if (found.empty()) return "";
    return "unexpected: found \"" +
           example.text.substr(found[0].begin, found[0].end - found[0].begin) + "\"";
  }
  for (const SourceSpan& span : example.spans) {
    const std::string failure = check_span(reading, found, span, example);
    if (!failure.empty()) return failure;
  }
  return found.size() > example.spans.size() ? "several: it matches elsewhere too" : "";
}

void run(const Rule& rule, RuleIndex index, const Example& example, const RuleSet& rules,
         ExampleReport& report) {
  const std::string failure = check(example, index, rules);
  const std::string line = rule.file + ":" + std::to_string(example.line) + ": " + rule.id + ": ";
  ++report.run;
  if (example.todo) {
    report.todo += !failure.empty();
    if (failure.empty()) report.passing_todos.push_back(line + example.text);
  } else if (!failure.empty()) {
    report.failures.push_back(line + failure + ": " + example.text);
  }
}

}  // namespace

ExampleReport test_examples(const RuleSet& rules, const std::string& filter) {
  ExampleReport report;
  const std::vector<Rule>& all = rules.compiled().rules;
  for (RuleIndex index = 0; index < all.size(); ++index) {
    if (all[index].id.find(filter) == std::string::npos) continue;
    for (const Example& example : all[index].examples) {
      run(all[index], index, example, rules, report);
    }
  }
  return report;
}

}  // namespace glane
