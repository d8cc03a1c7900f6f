// The writer behind to_json: one pass, no tree. tests/write_test.cpp holds it against
// nlohmann::json.
#include "write/write_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "glane/extract.h"
#include "values/json_text.h"
#include "values/offsets.h"

namespace glane {

namespace {

// One document. The first field of an object is written by hand, the others with a comma.
class Writer {
 public:
  Writer(const Document& document, const RuleSet& rules, const JsonOptions& options)
      : document_(document),
        rules_(rules),
        options_(options),
        offsets_(document.article.text, options.offsets) {
    out_.reserve(1024 + (options.with_text ? document.article.text.size() * 9 / 8 : 0) +
                 160 * (document.entities.size() + document.figures.size()) +
                 400 * document.quotes.size());
  }

  std::string write() {
    out_ += R"({"schema":"glane/1")";
    article();
    if (options_.layers.entities) layer("entities", document_.entities);
    if (options_.layers.figures) layer("figures", document_.figures);
    if (options_.layers.quotes) layer("quotes", document_.quotes);
    layer("diagnostics", document_.diagnostics);
    if (!document_.article.meta.empty()) raw("meta", document_.article.meta);
    out_ += '}';
    return std::move(out_);
  }

  // The fields of each annotation behind its place, text and type, as an object.
  template <typename Annotation>
  std::vector<std::string> fields_of(const std::vector<Annotation>& annotations) {
    std::vector<std::string> all;
    for (const Annotation& annotation : annotations) {
      out_.clear();
      fields(annotation);
      out_.front() = '{';  // every annotation has a field: the first comma is there
      all.push_back(out_ + '}');
    }
    return all;
  }

 private:
  void article() {
    static constexpr std::string_view kUnits[] = {"codepoint", "byte", "utf16"};
    const Article& article = document_.article;
    string("id", article.id);
    string("title", article.title);
    if (!article.date_text.empty()) string("date", article.date_text);
    if (!article.language.empty()) string("language", article.language);
    string("source", article.source);
    string("ruleset", rules_.hash());
    string("offset_unit", kUnits[static_cast<int>(options_.offsets)]);
    if (options_.with_text) string("text", article.text);
  }

  template <typename Annotation>
  void layer(std::string_view name, const std::vector<Annotation>& annotations) {
    key(name);
    out_ += '[';
    for (const Annotation& annotation : annotations) {
      if (&annotation != annotations.data()) out_ += ',';
      item(annotation);
      out_ += '}';
    }
    out_ += ']';
  }

  void item(const Entity& entity) {
    place(entity.span);
    string("type", to_string(entity.type));
    fields(entity);
  }

  void fields(const Entity& entity) {
    number("id", entity.id);
    string("name", entity.name);
    string("rule", rules_.rule_id(entity.rule));
    if (entity.metonymy) raw("metonymy", "true");
    if (entity.person) number("person", *entity.person);
    if (entity.organization) number("organization", *entity.organization);
  }

  void item(const Figure& figure) {
    place(figure.span);
    string("kind", to_string(figure.kind));
    fields(figure);
  }

  void fields(const Figure& figure) {
    value("value", figure.value);
    value("min", figure.min);
    value("max", figure.max);
    if (figure.scale) raw("scale", figure.scale->to_string());
    word("unit", figure.unit);
    word("of", figure.of);
    word("modifier", to_string(figure.modifier));
    word("relation", to_string(figure.relation));
    word("direction", to_string(figure.direction));
    if (figure.ambiguous) raw("ambiguous", "true");
    string("rule", rules_.rule_id(figure.rule));
  }

  void item(const Quote& quote) {
    place(quote.span);
    string("kind", to_string(quote.kind));
    fields(quote);
  }

  void fields(const Quote& quote) {
    word("speaker", quote.speaker);
    word("speaker_name", quote.speaker_name);
    if (quote.speaker_id) number("speaker_id", *quote.speaker_id);
    if (quote.speaker_span) span("speaker_span", *quote.speaker_span);
    word("cue", quote.cue);
    if (quote.cue_span) span("cue_span", *quote.cue_span);
    word("medium", quote.medium);
    if (quote.medium_span) span("medium_span", *quote.medium_span);
    if (quote.group) number("group", *quote.group);
    word("modality", to_string(quote.modality));
    if (quote.inferred) raw("inferred", "true");
    string("rule", rules_.rule_id(quote.rule));
  }

  void item(const Diagnostic& diagnostic) {
    out_ += R"({"code":)";
    append_json_string(diagnostic.code, out_);
    number("start", offsets_(diagnostic.span.begin));
    number("end", offsets_(diagnostic.span.end));
    string("message", diagnostic.message);
  }

  // The fields that every annotation begins with.
  void place(SourceSpan span) {
    out_ += R"({"start":)";
    digits(offsets_(span.begin));
    number("end", offsets_(span.end));
    const std::string_view text = document_.article.text;
    string("text", text.substr(span.begin, span.end - span.begin));
  }

  // Names of fields hold nothing that needs an escape, and are short.
  void key(std::string_view name) {
    char field[24] = ",\"";
    name.copy(field + 2, name.size());
    field[name.size() + 2] = '"';
    field[name.size() + 3] = ':';
    out_.append(field, name.size() + 4);
  }

  void raw(std::string_view name, std::string_view json) {
    key(name);
    out_ += json;
  }

  void string(std::string_view name, std::string_view text) {
    key(name);
    append_json_string(text, out_);
  }

  // A string that is absent when it is empty.
  void word(std::string_view name, std::string_view text) {
    if (!text.empty()) string(name, text);
  }

  void number(std::string_view name, std::uint32_t number) {
    key(name);
    digits(number);
  }

  void value(std::string_view name, const std::optional<Value>& value) {
    if (!value) return;
    if (const Decimal* decimal = std::get_if<Decimal>(&*value)) {
      raw(name, decimal->to_string());
    } else {
      string(name, std::get<std::string>(*value));
    }
  }

  void span(std::string_view name, SourceSpan span) {
    key(name);
    out_ += '[';
    digits(offsets_(span.begin));
    out_ += ',';
    digits(offsets_(span.end));
    out_ += ']';
  }

  void digits(std::uint32_t number) {
    char buffer[12];
    out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
  }

  const Document& document_;
  const RuleSet& rules_;
  const JsonOptions& options_;
  OffsetConverter offsets_;
  std::string out_;
};

}  // namespace

AnnotationFields annotation_fields(const Document& document, const RuleSet& rules) {
  const JsonOptions options;
  Writer writer(document, rules, options);
  return {.entities = writer.fields_of(document.entities),
          .figures = writer.fields_of(document.figures),
          .quotes = writer.fields_of(document.quotes)};
}

std::string to_json(const Document& document, const RuleSet& rules, const JsonOptions& options) {
  std::string json = Writer(document, rules, options).write();
  if (options.ascii) json = to_ascii(json);
  return options.pretty ? indent_json(json) : json;
}

}  // namespace glane
