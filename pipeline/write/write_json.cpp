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

// A text that grows at its end. Its memory is there before it is written to, so a field takes one
// look at what is left of it.
class Text {
 public:
  void reserve(std::size_t size) { bytes_.reserve(size); }
  // Where `size` bytes may be written; end() tells how far they were.
  char* room(std::size_t size) {
    if (bytes_.size() - size_ < size) bytes_.resize(size_ + std::max(size, kStep));
    return bytes_.data() + size_;
  }
  void end(const char* at) { size_ = static_cast<std::size_t>(at - bytes_.data()); }

  void append(char byte) {
    *room(1) = byte;
    ++size_;
  }
  void append(std::string_view text) {
    char* const at = room(text.size());
    end(at + text.copy(at, text.size()));
  }
  void append_string(std::string_view text) {
    bytes_.resize(size_);
    append_json_string(text, bytes_);
    size_ = bytes_.size();
  }

  void clear() { size_ = 0; }
  std::string_view view() const { return {bytes_.data(), size_}; }
  std::string take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  static constexpr std::size_t kStep = 1024;

  std::string bytes_;
  std::size_t size_ = 0;  // of what was written
};

// Names of fields hold nothing that needs an escape.
template <std::size_t kSize>
using Name = const char (&)[kSize];

template <std::size_t kSize>
char* write_key(Name<kSize> name, char* to) {
  *to++ = ',';
  *to++ = '"';
  std::memcpy(to, name, kSize - 1);
  to += kSize - 1;
  *to++ = '"';
  *to++ = ':';
  return to;
}

constexpr std::size_t kMostDigits = 12;

char* write_digits(std::uint32_t number, char* to) {
  return std::to_chars(to, to + kMostDigits, number).ptr;
}

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
    out_.append(R"({"schema":"glane/1")");
    article();
    if (options_.layers.entities) layer("entities", document_.entities);
    if (options_.layers.figures) layer("figures", document_.figures);
    if (options_.layers.quotes) layer("quotes", document_.quotes);
    layer("diagnostics", document_.diagnostics);
    if (!document_.article.meta.empty()) raw("meta", document_.article.meta);
    out_.append('}');
    return out_.take();
  }

  // The fields of each annotation behind its place, text and type, as an object.
  template <typename Annotation>
  std::vector<std::string> fields_of(const std::vector<Annotation>& annotations) {
    std::vector<std::string> all;
    for (const Annotation& annotation : annotations) {
      out_.clear();
      fields(annotation);
      out_.append('}');
      std::string& object = all.emplace_back(out_.view());
      object.front() = '{';  // every annotation has a field: the first comma is there
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
    plain("offset_unit", kUnits[static_cast<int>(options_.offsets)]);
    if (options_.with_text) string("text", article.text);
  }

  template <std::size_t kSize, typename Annotation>
  void layer(Name<kSize> name, const std::vector<Annotation>& annotations) {
    key(name);
    out_.append('[');
    for (const Annotation& annotation : annotations) {
      if (&annotation != annotations.data()) out_.append(',');
      item(annotation);
      out_.append('}');
    }
    out_.append(']');
  }

  void item(const Entity& entity) {
    place(entity.span);
    plain("type", to_string(entity.type));
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
    plain("kind", to_string(figure.kind));
    fields(figure);
  }

  void fields(const Figure& figure) {
    value("value", figure.value);
    value("min", figure.min);
    value("max", figure.max);
    if (figure.scale) raw("scale", figure.scale->to_string());
    word("unit", figure.unit);
    word("of", figure.of);
    plain_word("modifier", to_string(figure.modifier));
    plain_word("relation", to_string(figure.relation));
    plain_word("direction", to_string(figure.direction));
    if (figure.ambiguous) raw("ambiguous", "true");
    string("rule", rules_.rule_id(figure.rule));
  }

  void item(const Quote& quote) {
    place(quote.span);
    plain("kind", to_string(quote.kind));
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
    plain_word("modality", to_string(quote.modality));
    if (quote.inferred) raw("inferred", "true");
    string("rule", rules_.rule_id(quote.rule));
  }

  void item(const Diagnostic& diagnostic) {
    out_.append(R"({"code":)");
    out_.append_string(diagnostic.code);
    number("start", offsets_(diagnostic.span.begin));
    number("end", offsets_(diagnostic.span.end));
    string("message", diagnostic.message);
  }

  // The fields that every annotation begins with.
  void place(SourceSpan span) {
    constexpr std::string_view kStart = R"({"start":)";
    constexpr std::string_view kEnd = R"(,"end":)";
    char* at = out_.room(kStart.size() + kEnd.size() + 2 * kMostDigits);
    at = write_digits(offsets_(span.begin), at + kStart.copy(at, kStart.size()));
    out_.end(write_digits(offsets_(span.end), at + kEnd.copy(at, kEnd.size())));
    const std::string_view text = document_.article.text;
    string("text", text.substr(span.begin, span.end - span.begin));
  }

  template <std::size_t kSize>
  void key(Name<kSize> name) {
    out_.end(write_key(name, out_.room(kSize + 3)));
  }

  template <std::size_t kSize>
  void raw(Name<kSize> name, std::string_view json) {
    key(name);
    out_.append(json);
  }

  template <std::size_t kSize>
  void string(Name<kSize> name, std::string_view text) {
    if (plain_in_json(text)) return plain(name, text);
    key(name);
    out_.append_string(text);
  }

  // A string that needs no escape.
  template <std::size_t kSize>
  void plain(Name<kSize> name, std::string_view text) {
    char* at = write_key(name, out_.room(kSize + 5 + text.size()));
    *at++ = '"';
    at += text.copy(at, text.size());
    *at++ = '"';
    out_.end(at);
  }

  // A string that is absent when it is empty.
  template <std::size_t kSize>
  void word(Name<kSize> name, std::string_view text) {
    if (!text.empty()) string(name, text);
  }

  template <std::size_t kSize>
  void plain_word(Name<kSize> name, std::string_view text) {
    if (!text.empty()) plain(name, text);
  }

  template <std::size_t kSize>
  void number(Name<kSize> name, std::uint32_t number) {
    char* const at = write_key(name, out_.room(kSize + 3 + kMostDigits));
    out_.end(write_digits(number, at));
  }

  template <std::size_t kSize>
  void value(Name<kSize> name, const std::optional<Value>& value) {
    if (!value) return;
    if (const Decimal* decimal = std::get_if<Decimal>(&*value)) {
      raw(name, decimal->to_string());
    } else {
      string(name, std::get<std::string>(*value));
    }
  }

  template <std::size_t kSize>
  void span(Name<kSize> name, SourceSpan span) {
    key(name);
    out_.append('[');
    digits(offsets_(span.begin));
    out_.append(',');
    digits(offsets_(span.end));
    out_.append(']');
  }

  void digits(std::uint32_t number) {
    out_.end(write_digits(number, out_.room(kMostDigits)));
  }

  const Document& document_;
  const RuleSet& rules_;
  const JsonOptions& options_;
  OffsetConverter offsets_;
  Text out_;
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
