// One file of JSON for programs where people annotate: doccano, Label Studio, displaCy.
#include <algorithm>

#include "values/json_text.h"
#include "values/offsets.h"
#include "version.h"
#include "write/marks.h"
#include "write/published_tokens.h"
#include "write/sink.h"
#include "write/stream_sink.h"

namespace glane {

namespace {

// Fields are written from left to right; the comma comes with the next one.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  std::string& key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    out_.append(1, '"').append(name).append("\":");
    return out_;
  }
  void string(std::string_view name, std::string_view text) { append_json_string(text, key(name)); }
  void word(std::string_view name, std::string_view text) {
    if (!text.empty()) string(name, text);
  }
  void number(std::string_view name, std::uint32_t number) { key(name) += std::to_string(number); }

 private:
  std::string& out_;
};

// [item,item,…]; `write` appends one.
template <typename Items, typename Write>
void append_array(const Items& items, std::string& out, const Write& write) {
  out += '[';
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    write(items[i], i);
  }
  out += ']';
}

void write_article(JsonObject& object, const Article& article) {
  object.string("id", article.id);
  object.word("title", article.title);
  object.word("date", article.date_text);
  object.string("text", article.text);
}

// --- doccano: a line a document, offsets in UTF-16 units ---

std::string render_doccano(const Document& document, const RuleSet& rules, const Layers& layers) {
  const Marks marks = list_marks(document, rules, layers);
  const OffsetConverter offsets(document.article.text, OffsetUnit::utf16);
  std::string out;
  JsonObject record(out);
  write_article(record, document.article);
  append_array(marks.marks, record.key("entities"), [&](const Mark& mark, std::uint32_t i) {
    JsonObject entity(out);
    entity.number("id", i);
    entity.string("label", mark.label);
    entity.number("start_offset", offsets(mark.span.begin));
    entity.number("end_offset", offsets(mark.span.end));
    entity.key("glane") += mark.fields;
    entity.close();
  });
  append_array(marks.links, record.key("relations"), [&](const MarkLink& link, std::uint32_t i) {
    JsonObject relation(out);
    relation.number("id", i);
    relation.number("from_id", link.from);
    relation.number("to_id", link.to);
    relation.string("type", link.label);
    relation.close();
  });
  record.close();
  return out + '\n';
}

// --- Label Studio: an array of tasks, offsets in code points ---

std::string region_id(std::uint32_t mark) { return "m" + std::to_string(mark); }

void write_region(const Document& document, const Mark& mark, std::uint32_t index,
                  const OffsetConverter& offsets, std::string& out) {
  JsonObject region(out);
  region.string("id", region_id(index));
  region.string("from_name", "label");
  region.string("to_name", "text");
  region.string("type", "labels");
  JsonObject value(region.key("value"));
  value.number("start", offsets(mark.span.begin));
  value.number("end", offsets(mark.span.end));
  value.string("text", slice_utf8(document.article.text, mark.span));
  append_json_string(mark.label, value.key("labels") += '[');
  out += ']';
  value.close();
  JsonObject meta(region.key("meta"));
  meta.key("glane") += mark.fields;
  meta.close();
  region.close();
}

void write_relation(const MarkLink& link, std::string& out) {
  JsonObject relation(out);
  relation.string("type", "relation");
  relation.string("from_id", region_id(link.from));
  relation.string("to_id", region_id(link.to));
  relation.string("direction", "right");
  append_json_string(link.label, relation.key("labels") += '[');
  out += ']';
  relation.close();
}

void write_result(const Document& document, const Marks& marks, std::string& out) {
  const OffsetConverter offsets(document.article.text, OffsetUnit::codepoint);
  out += '[';
  for (std::uint32_t i = 0; i < marks.marks.size(); ++i) {
    if (i > 0) out += ',';
    write_region(document, marks.marks[i], i, offsets, out);
  }
  for (const MarkLink& link : marks.links) {
    out += ',';
    write_relation(link, out);
  }
  out += ']';
}

std::string render_label_studio(const Document& document, const RuleSet& rules,
                                const Layers& layers) {
  std::string out;
  JsonObject task(out);
  JsonObject data(task.key("data"));
  write_article(data, document.article);
  data.close();
  JsonObject prediction(task.key("predictions") += '[');
  prediction.string("model_version", std::string("glane ") + kVersion);
  write_result(document, list_marks(document, rules, layers), prediction.key("result"));
  prediction.close();
  out += ']';
  task.close();
  return out;
}

// --- displaCy: what displacy.render(…, manual=True) takes, offsets in code points ---

void write_ents(const Document& document, const Marks& marks, std::string& out) {
  const OffsetConverter offsets(document.article.text, OffsetUnit::codepoint);
  append_array(disjoint_marks(marks), out, [&](const Mark* mark, std::uint32_t) {
    JsonObject ent(out);
    ent.number("start", offsets(mark->span.begin));
    ent.number("end", offsets(mark->span.end));
    ent.string("label", mark->label);
    ent.close();
  });
}

// Tokens are cut where marks begin and end.
void write_spans(const Marks& marks, const std::vector<PublishedToken>& tokens, std::string& out) {
  const auto place = [&](std::uint32_t byte) {
    const auto at = std::partition_point(tokens.begin(), tokens.end(),
                                         [&](const auto& one) { return one.span.begin < byte; });
    return static_cast<std::uint32_t>(at - tokens.begin());
  };
  append_array(marks.marks, out, [&](const Mark& mark, std::uint32_t) {
    JsonObject span(out);
    span.number("start_token", place(mark.span.begin));
    span.number("end_token", place(mark.span.end));
    span.string("label", mark.label);
    span.close();
  });
}

std::string render_displacy(const Document& document, const RuleSet& rules, const Layers& layers) {
  const Marks marks = list_marks(document, rules, layers);
  const std::vector<PublishedToken> tokens = cut_published(document, rules);
  std::string out;
  JsonObject record(out);
  write_article(record, document.article);
  write_ents(document, marks, record.key("ents"));
  write_spans(marks, tokens, record.key("spans"));
  append_array(tokens, record.key("tokens"), [&](const PublishedToken& token, std::uint32_t) {
    append_json_string(slice_utf8(document.article.text, token.span), out);
  });
  record.close();
  return out;
}

}  // namespace

std::unique_ptr<Sink> write_doccano(const std::string& path, const RuleSet& rules,
                                    const JsonOptions& options) {
  return write_stream(path, {.render = [=](const Document& document) {
                        return render_doccano(document, rules, options.layers);
                      }});
}

std::unique_ptr<Sink> write_label_studio(const std::string& path, const RuleSet& rules,
                                         const JsonOptions& options) {
  return write_stream(path, json_array_of([=](const Document& document) {
                        return render_label_studio(document, rules, options.layers);
                      }));
}

std::unique_ptr<Sink> write_displacy(const std::string& path, const RuleSet& rules,
                                     const JsonOptions& options) {
  return write_stream(path, json_array_of([=](const Document& document) {
                        return render_displacy(document, rules, options.layers);
                      }));
}

}  // namespace glane
