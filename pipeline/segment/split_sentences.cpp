#include "segment/split_sentences.h"

#include <algorithm>

namespace glane {
namespace {

class Splitter {
 public:
  Splitter(std::string_view text, Segments& segments) : text_(text), out_(segments) {}

  void split() {
    const auto count = static_cast<std::uint32_t>(out_.tokens.size());
    std::uint32_t sentence = 0;
    std::uint32_t paragraph = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool last = i + 1 == count;
      const bool line = !last && hard_break(i);
      if (last || line || ends_sentence(i)) {
        out_.sentences.push_back({sentence, i + 1});
        mark_start(sentence, i + 1);
        sentence = i + 1;
      }
      if (last || line) {
        out_.paragraphs.push_back({paragraph, i + 1});
        paragraph = i + 1;
      }
    }
  }

 private:
  void mark_start(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (out_.tokens[i].look.shape == Shape::punct || out_.tokens[i].look.shape == Shape::symbol) {
        continue;
      }
      out_.tokens[i].look.start = true;
      return;
    }
  }

  std::string_view token_text(std::uint32_t i) const {
    return slice(out_.tokens[i].span.begin, out_.tokens[i].span.end);
  }

  // A line break ends the paragraph unless the line was only wrapped: no final mark, and the
  // next line goes on in lower case (or, in capitals, with a preposition).
  bool hard_break(std::uint32_t i) const {
    const Token& here = out_.tokens[i];
    const Token& next = out_.tokens[i + 1];
    const std::string_view gap = slice(here.span.end, next.span.begin);
    if (gap.empty() || (gap.size() == 1 && gap[0] == ' ')) return false;
    const auto lines = std::ranges::count(gap, '\n');
    if (lines == 0) return false;
    if (lines > 1 || here.look.shape == Shape::punct) return true;
    if (next.look.shape == Shape::lower) return false;
    const std::string_view word = token_text(i + 1);
    const bool heading =
        here.look.shape == Shape::upper &&
        (word == "DU" || word == "DE" || word == "DES" || word == "D'" || word == "ET");
    return !heading;
  }

  bool ends_sentence(std::uint32_t i) const {
    if (out_.tokens[i].look.shape != Shape::punct) return false;
    if (closes(i + 1)) return false;  // first: a run of marks is walked back once, from its end
    std::uint32_t stop = i;
    while (stop > 0 && closes(stop)) --stop;
    if (!final_mark(stop)) return false;
    const Token& here = out_.tokens[i];
    const Token& next = out_.tokens[i + 1];
    if (here.span.end == next.span.begin && next.look.shape != Shape::punct) return false;
    if (next.look.shape == Shape::number && francs_before(i)) return false;
    switch (next.look.shape) {
      case Shape::lower:
      case Shape::symbol:
        return false;
      case Shape::punct:
        return opens(i + 1) && !lower_inside(i + 2);
      default:
        return true;
    }
  }
  // "98 fr. 50"
  bool francs_before(std::uint32_t dot) const {
    return dot > 1 && out_.tokens[dot].look.glued && token_text(dot - 1) == "fr" &&
           out_.tokens[dot - 2].look.shape == Shape::number;
  }
  bool final_mark(std::uint32_t i) const {
    const std::string_view t = token_text(i);
    return t == "." || t == "!" || t == "?" || t == "…" || t.starts_with("...");
  }
  bool closes(std::uint32_t i) const {
    if (out_.tokens[i].look.shape != Shape::punct) return false;
    const std::string_view t = token_text(i);
    return t == "»" || t == "”" || t == ")" || t == "]" || t == "›" || t == ">>" ||
           (t == "\"" && out_.tokens[i].look.glued);
  }
  bool opens(std::uint32_t i) const {
    const std::string_view t = token_text(i);
    return t == "«" || t == "“" || t == "„" || t == "(" || t == "[" || t == "\"" || t == "–" ||
           t == "—" || t == "-" || t == "‹" || t == "<<" || t == "•";
  }
  bool lower_inside(std::uint32_t i) const {
    return i < out_.tokens.size() && out_.tokens[i].look.shape == Shape::lower &&
           token_text(i - 1) == "(";
  }

  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }

  std::string_view text_;
  Segments& out_;
};

}  // namespace

void split_sentences(std::string_view text, Segments& segments) {
  Splitter(text, segments).split();
}

}  // namespace glane
