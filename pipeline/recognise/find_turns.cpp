#include "recognise/find_turns.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

namespace glane {
namespace {

constexpr std::uint32_t kLongestLabel = 6;

// What one label does in the article.
struct Label {
  int turns = 0;
  int questions = 0;
  bool answers = false;
};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

class Turns {
 public:
  Turns(const Chart& chart, std::string_view text, const CompiledRules& rules)
      : chart_(chart), text_(text), rules_(rules) {}

  std::vector<TokenRange> run() {
    read_labels();
    std::vector<TokenRange> out;
    bool asked = false;
    for (const TokenRange& paragraph : chart_.segments.paragraphs) {
      if (paragraph.size() == 0) continue;
      const bool question = word(paragraph.last - 1) == "?";
      const auto colon = end_of_label(paragraph);
      if (colon && speaks(paragraph, *colon)) {
        out.push_back({*colon, paragraph.last});
      } else if (dash(paragraph) && ((asked && !question) || told(paragraph))) {
        out.push_back(paragraph);
      }
      asked = question;
    }
    return out;
  }

 private:
  std::string_view word(std::uint32_t i) const {
    const Span span = chart_.segments.tokens[i].span;
    return text_.substr(span.begin, span.end - span.begin);
  }

  bool dash(TokenRange paragraph) const { return one_of(word(paragraph.first), {"–", "—", "-"}); }

  // --- dialogue: what the reporter tells inside the turn ---
  bool told(TokenRange paragraph) const {
    auto unit = std::ranges::lower_bound(chart_.units, paragraph.first + 2, {},
                                         [](const Unit& u) { return u.range.first; });
    for (; unit != chart_.units.end() && unit->range.first < paragraph.last; ++unit) {
      const std::uint32_t at = unit->range.first;
      if (one_of(word(at), {"«", "“", "\"", "„"})) return false;
      if (!one_of(word(at - 1), {",", "?", "!", "…", "..."})) continue;
      if (is(*unit, "said_inverted")) return true;
      const bool verb = is(*unit, "said") || is(*unit, "said_weakly");
      const auto next = unit + 1;
      if (verb && next != chart_.units.end() && next->range.first < paragraph.last &&
          speaker(*next)) {
        return true;
      }
    }
    return false;
  }

  bool is(const Unit& unit, std::string_view kind) const {
    return unit.kind != 0 && rules_.kinds[unit.kind] == kind;
  }
  bool speaker(const Unit& unit) const {
    static constexpr std::array<std::string_view, 6> kKinds = {
        "source", "named", "thing", "person", "organization", "candidate"};
    return std::ranges::any_of(kKinds, [&](std::string_view kind) { return is(unit, kind); });
  }

  // --- interviews: "Anne Dupuis : …" ---
  void read_labels() {
    bool asked = false;
    for (const TokenRange& paragraph : chart_.segments.paragraphs) {
      if (paragraph.size() == 0) continue;
      const bool question = word(paragraph.last - 1) == "?";
      if (const auto colon = end_of_label(paragraph)) {
        Label& label = labels_[name({paragraph.first, *colon})];
        ++label.turns;
        label.questions += question ? 1 : 0;
        label.answers |= asked && !question;
      }
      asked = question;
    }
  }

  // The colon behind a name that opens the paragraph.
  std::optional<std::uint32_t> end_of_label(TokenRange paragraph) const {
    const std::uint32_t end = std::min(paragraph.last, paragraph.first + kLongestLabel);
    for (std::uint32_t i = paragraph.first; i < end; ++i) {
      const Token& token = chart_.segments.tokens[i];
      if (word(i) == ":") {
        const bool speech = i > paragraph.first && i + 1 < paragraph.last;
        if (!speech || one_of(word(i + 1), {"«", "“", "\"", "„"})) return std::nullopt;
        return i;
      }
      const bool capital = token.look.shape > Shape::lower && token.look.shape <= Shape::mixed;
      if (!capital && !rules_.vocabulary.member(token.word, "particle")) return std::nullopt;
    }
    return std::nullopt;
  }

  std::string name(TokenRange label) const {
    const std::uint32_t begin = chart_.segments.tokens[label.first].span.begin;
    return fold(text_.substr(begin, chart_.segments.tokens[label.last - 1].span.end - begin));
  }

  bool speaks(TokenRange paragraph, std::uint32_t colon) const {
    const std::string folded = name({paragraph.first, colon});
    const Label& label = labels_.at(folded);
    const bool outlet = rules_.vocabulary.member(rules_.vocabulary.find(folded), "media");
    return label.turns > 1 && label.answers && 2 * label.questions <= label.turns && !outlet;
  }

  const Chart& chart_;
  std::string_view text_;
  const CompiledRules& rules_;
  std::map<std::string, Label> labels_;
};

}  // namespace

std::vector<TokenRange> find_turns(const Chart& chart, std::string_view text,
                                   const CompiledRules& rules) {
  return Turns(chart, text, rules).run();
}

}  // namespace glane
