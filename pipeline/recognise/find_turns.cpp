#include "recognise/find_turns.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

namespace glane {
namespace {

constexpr std::uint32_t kLongestLabel = 8;  // tokens, full stops included

// What one label does in the article.
struct Label {
  int turns = 0;
  int questions = 0;
  int sentences = 0;  // turns that end like one
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
      if (is(*unit, KnownKind::said_inverted)) return true;
      const bool verb = is(*unit, KnownKind::said) || is(*unit, KnownKind::said_weakly);
      const auto next = unit + 1;
      if (verb && next != chart_.units.end() && next->range.first < paragraph.last &&
          speaker(*next)) {
        return true;
      }
    }
    return false;
  }

  bool is(const Unit& unit, KnownKind kind) const { return rules_.is(unit.kind, kind); }
  bool speaker(const Unit& unit) const {
    using enum KnownKind;
    static constexpr std::array kKinds = {source, named, thing, person, organization, candidate};
    return std::ranges::any_of(kKinds, [&](KnownKind kind) { return is(unit, kind); });
  }

  // --- interviews: "Anne Dupuis : …", "Anne Dupuis. – …", "A. D. : …" ---
  void read_labels() {
    for (const TokenRange& paragraph : chart_.segments.paragraphs) {
      if (paragraph.size() == 0) continue;
      const auto mark = end_of_label(paragraph);
      const std::string key = mark ? key_of({paragraph.first, *mark}) : std::string();
      if (mark && key.find(' ') == std::string::npos) full_names_.try_emplace(initials_, key);
    }
    bool asked = false;
    for (const TokenRange& paragraph : chart_.segments.paragraphs) {
      if (paragraph.size() == 0) continue;
      const bool question = word(paragraph.last - 1) == "?";
      if (const auto mark = end_of_label(paragraph)) {
        count(labels_[person({paragraph.first, *mark})], paragraph, asked, question);
      }
      asked = question;
    }
    const auto talks = [](const auto& entry) {
      return entry.second.turns > 1 && entry.second.turns == entry.second.sentences;
    };
    debate_ = std::ranges::count_if(labels_, talks) > 1;
  }

  void count(Label& label, TokenRange paragraph, bool asked, bool question) const {
    ++label.turns;
    label.questions += question ? 1 : 0;
    label.sentences += one_of(word(paragraph.last - 1), {".", "!", "?", "…", "..."}) ? 1 : 0;
    label.answers |= asked && !question;
  }

  // The colon, or the dash behind a full stop, that follows a name which opens the paragraph.
  std::optional<std::uint32_t> end_of_label(TokenRange paragraph) const {
    const std::uint32_t end = std::min(paragraph.last, paragraph.first + kLongestLabel);
    for (std::uint32_t i = paragraph.first; i < end; ++i) {
      const Token& token = chart_.segments.tokens[i];
      const bool behind = i > paragraph.first;
      if (word(i) == ":" || (behind && dash({i, end}) && word(i - 1).ends_with("."))) {
        const bool speech = behind && i + 1 < paragraph.last;
        if (!speech || one_of(word(i + 1), {"«", "“", "\"", "„"})) return std::nullopt;
        return i;
      }
      const bool capital = token.look.shape > Shape::lower && token.look.shape <= Shape::mixed;
      const bool stop = behind && word(i) == "." && token.look.glued;
      if (!capital && !stop && !rules_.vocabulary.member(token.word, WordList::particle)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // The surname, or for want of one the initials, parted by spaces; `initials_` too.
  std::string key_of(TokenRange label) {
    std::string surname;
    initials_.clear();
    for (std::uint32_t t = label.first; t < label.last; ++t) {
      const Shape shape = chart_.segments.tokens[t].look.shape;
      if (shape == Shape::lower || shape > Shape::mixed) continue;
      const std::string folded = fold(word(t));
      if (folded.empty()) continue;
      initials_ += folded.substr(0, 1) + " ";
      if (shape != Shape::initial) surname = folded;
    }
    return surname.empty() ? initials_ : surname;
  }

  // "C. Vasseur" and "C. V." are "Claire Vasseur".
  std::string person(TokenRange label) {
    const std::string key = key_of(label);
    const auto full = full_names_.find(key);
    return full == full_names_.end() ? key : full->second;
  }

  bool speaks(TokenRange paragraph, std::uint32_t mark) {
    const std::uint32_t begin = chart_.segments.tokens[paragraph.first].span.begin;
    const std::uint32_t end = chart_.segments.tokens[mark - 1].span.end;
    const std::string folded = fold(text_.substr(begin, end - begin));
    const Label& label = labels_.at(person({paragraph.first, mark}));
    const bool outlet = rules_.vocabulary.member(rules_.vocabulary.find(folded), WordList::media);
    return label.turns > 1 && (label.answers || debate_) && 2 * label.questions <= label.turns &&
           !outlet;
  }

  const Chart& chart_;
  std::string_view text_;
  const CompiledRules& rules_;
  std::map<std::string, Label> labels_;            // by person
  std::map<std::string, std::string> full_names_;  // initials → surname
  std::string initials_;                           // of the label read last
  bool debate_ = false;                            // two persons or more talk, and nobody asks
};

}  // namespace

std::vector<TokenRange> find_turns(const Chart& chart, std::string_view text,
                                   const CompiledRules& rules) {
  return Turns(chart, text, rules).run();
}

}  // namespace glane
