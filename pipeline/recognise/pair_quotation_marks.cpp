#include "recognise/pair_quotation_marks.h"

#include <algorithm>
#include <map>

#include "recognise/cascade.h"
#include "recognise/find_turns.h"

namespace glane {
namespace {

// A mark that waits for its partner.
struct Open {
  std::uint32_t token;
  char32_t closing;
};

enum class Side : std::uint8_t { none, opening, closing, either };

struct Mark {
  Side side = Side::none;
  char32_t closing = 0;  // the mark that closes it, or itself
};

Mark mark_of(std::string_view t) {
  if (t == "«") return {Side::opening, U'»'};
  if (t == "»") return {Side::closing, U'»'};
  if (t == "“") return {Side::either, U'”'};  // closes „ … “
  if (t == "„") return {Side::opening, U'“'};
  if (t == "”") return {Side::closing, U'”'};
  if (t == "‹") return {Side::opening, U'›'};
  if (t == "›") return {Side::closing, U'›'};
  if (t == "<<") return {Side::opening, U'>'};
  if (t == ">>") return {Side::closing, U'>'};
  if (t == "\"") return {Side::either, U'"'};
  return {};
}

class Pairing {
 public:
  // `turns` need no marks: their paragraphs are taken whole.
  Pairing(std::string_view text, const Chart& chart, const std::vector<TokenRange>& turns)
      : text_(text), chart_(chart), pairs_(turns) {
    auto turn = turns.begin();
    for (const TokenRange& paragraph : chart_.segments.paragraphs) {
      open_.clear();
      waiting_.clear();
      if (turn != turns.end() && turn->first >= paragraph.first && turn->first < paragraph.last) {
        ++turn;
        continue;
      }
      for (std::uint32_t i = paragraph.first; i < paragraph.last; ++i) read(i);
      end_paragraph(paragraph);
    }
  }

  // Outermost pairs, marks included, in order.
  std::vector<TokenRange> outermost() {
    std::ranges::sort(pairs_, [](const TokenRange& a, const TokenRange& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    std::vector<TokenRange> out;
    for (const TokenRange& pair : pairs_) {
      if (pair.size() > 2 && (out.empty() || pair.first >= out.back().last)) out.push_back(pair);
    }
    return out;
  }

  const std::vector<std::uint32_t>& unclosed() const { return unclosed_; }

 private:
  std::string_view token(std::uint32_t i) const {
    const Span span = chart_.segments.tokens[i].span;
    return text_.substr(span.begin, span.end - span.begin);
  }

  void read(std::uint32_t i) {
    const Shape shape = chart_.segments.tokens[i].look.shape;
    if (shape != Shape::punct && shape != Shape::symbol) return;
    const Mark mark = mark_of(token(i));
    switch (mark.side) {
      case Side::none:
        return;
      case Side::opening:
        open(i, mark.closing);
        return;
      case Side::closing:
        close(i, mark.closing);
        return;
      case Side::either:
        read_either(i, mark.closing);
    }
  }

  // Straight marks close what they opened; “ closes „.
  void read_either(std::uint32_t i, char32_t closing) {
    const char32_t partner = closing == U'"' ? U'"' : U'“';
    if (waiting_[partner] > 0 && !starts_here(i)) {
      close(i, partner);
    } else if (closing != U'"' || !inches(i)) {
      open(i, closing);
    }
  }

  void open(std::uint32_t i, char32_t closing) {
    open_.push_back({i, closing});
    ++waiting_[closing];
  }

  // A straight mark inside an open pair that stands before a word and after a space nests.
  bool starts_here(std::uint32_t i) const {
    const std::vector<Token>& tokens = chart_.segments.tokens;
    const bool before_word = i + 1 < tokens.size() && tokens[i + 1].look.glued;
    return before_word && !tokens[i].look.glued;
  }

  // 12" is a length, not speech.
  bool inches(std::uint32_t i) const {
    const std::vector<Token>& tokens = chart_.segments.tokens;
    return i > 0 && tokens[i].look.glued && tokens[i - 1].look.shape == Shape::number;
  }

  // What was opened inside and never closed is dropped with the pair, so that each mark is
  // taken off the stack once.
  void close(std::uint32_t i, char32_t closing) {
    if (waiting_[closing] == 0) return;
    for (;;) {
      const Open last = open_.back();
      open_.pop_back();
      --waiting_[last.closing];
      if (last.closing != closing) continue;
      pairs_.push_back({last.token, i + 1});
      return;
    }
  }

  // An unclosed mark quotes the rest of its paragraph, unless another pair follows it there.
  void end_paragraph(const TokenRange& paragraph) {
    if (!open_.empty() && !goes_on(open_.front(), paragraph.last)) {
      unclosed_.push_back(open_.front().token);
    }
    const auto lone = std::ranges::find_if(open_, [](const Open& o) { return o.closing != U'"'; });
    if (lone == open_.end()) return;
    const bool begins = lone->token == paragraph.first;
    const bool last = pairs_.empty() || pairs_.back().last <= lone->token;
    if (begins || last) pairs_.push_back({lone->token, paragraph.last});
  }

  // Whether the paragraph that begins at `next` opens with the same mark.
  bool goes_on(const Open& open, std::uint32_t next) const {
    return next < chart_.segments.tokens.size() && token(next) == token(open.token);
  }

  std::string_view text_;
  const Chart& chart_;
  std::vector<Open> open_;
  std::map<char32_t, std::uint32_t> waiting_;  // how many of open_ wait for each mark
  std::vector<TokenRange> pairs_;
  std::vector<std::uint32_t> unclosed_;
};

}  // namespace

void pair_quotation_marks(std::string_view text, const CompiledRules& rules, Chart& chart) {
  const auto kind = rules.kind(KnownKind::quoted);
  if (!kind) return;
  const std::size_t first = chart.matches.size();
  Pairing pairing(text, chart, find_turns(chart, text, rules));
  for (const TokenRange& pair : pairing.outermost()) {
    Match match;
    match.kind = *kind;
    match.range = pair;
    chart.matches.push_back(match);
  }
  consume_matches(chart, first, rules);
  const auto lone = rules.kind(KnownKind::unclosed);
  for (const std::uint32_t mark : pairing.unclosed()) {
    if (!lone) break;
    Match match;
    match.kind = *lone;
    match.range = {mark, mark + 1};
    chart.matches.push_back(match);
  }
}

}  // namespace glane
