// Words with tags, as at CoNLL-2002, a column of tags for each layer:
//
//   # global.columns = FORM GLANE:QUOTES GLANE:FIGURES GLANE:ENTITIES
//   -DOCSTART- O O O
//   # newdoc id = afp-17
//   # newdoc date = 2026-03-02
//   # newdoc text = "Luc Petit promet 3 emplois."
//   Luc O O B-person
//   Petit O O I-person
//   promet O O O
//   …
//
// Programs that take the first and the last column read the entities. The text, a JSON string,
// gives the words their places back. A quote that goes on in the next sentence goes on with I-.
#include <algorithm>
#include <string_view>

#include "values/json_text.h"
#include "values/offsets.h"
#include "write/published_tokens.h"
#include "write/sink.h"
#include "write/stream_sink.h"

namespace glane {

namespace {

// Gives the tag of one word after another.
template <typename Annotation>
class Tagger {
 public:
  Tagger(const std::vector<Annotation>& annotations, const char* (*label)(const Annotation&))
      : annotations_(annotations), label_(label) {}

  std::string tag(SourceSpan word) {
    while (next_ < annotations_.size() && annotations_[next_].span.end <= word.begin) ++next_;
    if (next_ == annotations_.size()) return "O";
    const SourceSpan span = annotations_[next_].span;
    if (word.end <= span.begin) return "O";
    return (is_first(span) ? "B-" : "I-") + std::string(label_(annotations_[next_]));
  }

 private:
  bool is_first(SourceSpan span) {
    const bool first = begun_ != span.begin + 1;
    begun_ = span.begin + 1;
    return first;
  }

  const std::vector<Annotation>& annotations_;
  const char* (*label_)(const Annotation&);
  std::size_t next_ = 0;
  std::uint32_t begun_ = 0;  // 1 + where the annotation of the word before begins
};

std::string one_line(std::string_view text) {
  std::string line = slice_utf8(text, {0, static_cast<std::uint32_t>(text.size())});
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

void write_head(const Document& document, const Layers& layers, std::string& out) {
  out += "-DOCSTART-";
  for (const bool layer : {layers.quotes, layers.figures, layers.entities}) {
    if (layer) out += " O";
  }
  out += "\n# newdoc id = " + one_line(document.article.id);
  if (!document.article.date_text.empty()) {
    out += "\n# newdoc date = " + one_line(document.article.date_text);
  }
  out += "\n# newdoc text = ";
  append_json_string(document.article.text, out);
  out += '\n';
}

std::string render_conll(const Document& document, const RuleSet& rules, const Layers& layers) {
  std::string out;
  write_head(document, layers, out);
  Tagger<Quote> quotes(document.quotes, [](const Quote& quote) { return to_string(quote.kind); });
  Tagger<Figure> figures(document.figures,
                         [](const Figure& figure) { return to_string(figure.kind); });
  Tagger<Entity> entities(document.entities,
                          [](const Entity& entity) { return to_string(entity.type); });
  for (const PublishedToken& token : cut_published(document, rules)) {
    if (token.begins_sentence) out += '\n';
    out += slice_utf8(document.article.text, token.span);
    if (layers.quotes) out += ' ' + quotes.tag(token.span);
    if (layers.figures) out += ' ' + figures.tag(token.span);
    if (layers.entities) out += ' ' + entities.tag(token.span);
    out += '\n';
  }
  return out + '\n';
}

std::string columns_of(const Layers& layers) {
  std::string line = "# global.columns = FORM";
  if (layers.quotes) line += " GLANE:QUOTES";
  if (layers.figures) line += " GLANE:FIGURES";
  if (layers.entities) line += " GLANE:ENTITIES";
  return line + '\n';
}

}  // namespace

std::unique_ptr<Sink> write_conll(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options) {
  const std::string columns = columns_of(options.layers);
  return write_stream(path, {.render =
                                 [=](const Document& document) {
                                   return render_conll(document, rules, options.layers);
                                 },
                             .opening = columns,
                             .empty = columns});
}

}  // namespace glane
