#include "recognise/cascade.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "recognise/board.h"
#include "recognise/captures.h"
#include "recognise/long_line.h"
#include "recognise/overlaps.h"

namespace glane {
namespace {

struct Line {
  std::uint32_t first, last;  // cells
  std::uint32_t chart;
  std::uint32_t unit;  // of the first cell; the others follow, but in a whole text (see breaks_)
};

// A line in which a rule may still match from place `at` on; its last place is `end`.
struct Open {
  std::size_t at, end;
};

constexpr std::uint32_t kBreak = 0xFFFFFFFF;    // what a paragraph break has for a unit
constexpr std::uint32_t kNoToken = 0xFFFFFFFF;  // behind all tokens

constexpr std::size_t kFewLines = 4;  // are followed one by one

}  // namespace

// One level at work on texts; its vectors keep their memory from one time to the next.
class LevelRun {
 public:
  void over(const Level& level, const CompiledRules& rules, std::span<Chart> charts,
            CascadeWorkspace& workspace) {
    level_ = &level;
    rules_ = &rules;
    charts_ = charts;
    workspace_ = &workspace;
    lines_.clear();  // a run that found no memory may have left some
    breaks_.clear();
    if (level.rules.empty()) return;
    board_.start(level);
    for (std::uint32_t chart = 0; chart < charts.size(); ++chart) cut_lines(chart);
    search();
  }

 private:
  // --- the lines of the level ---

  const std::vector<Unit>& units_of(const Chart& chart) const {
    return level_->scope == Scope::kind ? chart.inner : chart.units;
  }

  void cut_lines(std::uint32_t number) {
    const Chart& chart = charts_[number];
    number_ = number;
    from_ = units_of(chart).data();
    switch (level_->scope) {
      case Scope::sentence:
        cut_ranges(chart, chart.segments.sentences);
        break;
      case Scope::paragraph:
        cut_ranges(chart, chart.segments.paragraphs);
        break;
      case Scope::document:
        cut_document(chart);
        break;
      case Scope::kind:
        cut_matches(chart);
        break;
    }
  }

  // A unit belongs where it begins.
  void cut_ranges(const Chart& chart, const std::vector<TokenRange>& ranges) {
    const Unit* const end = from_ + chart.units.size();
    const Unit* unit = from_;
    for (const TokenRange& range : ranges) {
      const Unit* const first = unit;
      if (make_room(range.size())) {
        unit = board_.add_units(unit, end, range.last);
        end_line(first);
      } else {
        while (unit != end && unit->range.first < range.last) ++unit;
        search_long(first, unit, {});
      }
    }
  }

  // The whole text as one line, a break between paragraphs.
  void cut_document(const Chart& chart) {
    const std::vector<TokenRange>& paragraphs = chart.segments.paragraphs;
    const Unit* const end = from_ + chart.units.size();
    if (!make_room(chart.units.size() + paragraphs.size()))
      return search_long(from_, end, paragraphs);
    const std::size_t known = breaks_.size();
    const Unit* unit = from_;
    for (const TokenRange& paragraph : paragraphs) {
      if (unit == end || unit->range.first >= paragraph.last) continue;
      if (unit != from_) {
        breaks_.push_back(board_.next_place() - static_cast<std::uint32_t>(lines_.size()));
        board_.add_cell(break_cell());
      }
      unit = board_.add_units(unit, end, paragraph.last);
    }
    if (!end_line(from_)) breaks_.resize(known);
  }

  // What is found meanwhile joins the matches.
  void cut_matches(const Chart& chart) {
    const std::size_t count = chart.matches.size();
    for (std::size_t m = 0; m < count; ++m) {
      const Match& match = chart.matches[m];
      if (match.kind != level_->inside) continue;
      const Unit* const first = from_ + match.first_inner;
      const Unit* const last = first + match.inner_count;
      if (make_room(match.inner_count)) {
        board_.add_units(first, last, kNoToken);
        end_line(first);
      } else {
        search_long(first, last, {});
      }
    }
  }

  // For a line of so many units; what is on the board is searched for that. False when a board does
  // not take such a line: it is empty then.
  bool make_room(std::size_t units) {
    if (units < board_.room()) return true;
    search();
    from_ = units_of(charts_[number_]).data();
    return units < board_.room();
  }

  std::size_t break_cell() const {
    return level_->cell(rules_->word_group[kUnknownWord], Look{Shape::line});
  }
  // False when nothing can match in the line.
  bool end_line(const Unit* first) {
    if (!board_.end_line()) return false;
    const std::uint32_t first_cell = lines_.empty() ? 0 : lines_.back().last;
    const auto last_cell = static_cast<std::uint32_t>(board_.places() - lines_.size() - 1);
    lines_.push_back({first_cell, last_cell, number_, static_cast<std::uint32_t>(first - from_)});
    return true;
  }

  // The unit of a cell; kBreak where there is none.
  std::uint32_t unit_of(const Line& line, std::uint32_t cell) const {
    if (level_->scope != Scope::document) return line.unit + cell - line.first;
    const auto first = std::ranges::lower_bound(breaks_, line.first);
    const auto at = std::ranges::lower_bound(breaks_, cell);
    if (at != breaks_.end() && *at == cell) return kBreak;
    return line.unit + cell - line.first - static_cast<std::uint32_t>(at - first);
  }

  // --- lines to matches ---

  // Searches the lines on the board, and empties it.
  void search() {
    if (lines_.empty()) return;
    candidates_.clear();
    captures_.clear();
    board_.finish();
    find_firing();
    for (const std::uint16_t place : firing_) locate(level_->rules[place], place);
    keep(true);
    lines_.clear();
    breaks_.clear();
    board_.start(*level_);
  }

  // The rules that may match: those of whose clauses all may hold.
  void find_firing() {
    firing_ = level_->rules_without_clause;
    for (std::size_t w = 0; w < level_->required_words; ++w) {
      std::uint64_t bits = (board_.touched()[w] | level_->common[w]) & level_->pivots[w];
      for (; bits != 0; bits &= bits - 1) {
        const std::size_t clause = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        for (const std::uint16_t rule : level_->rules_of_pivot[clause]) {
          if (may_match(rule)) firing_.push_back(rule);
        }
      }
    }
    std::ranges::sort(firing_);
  }

  bool may_match(std::size_t rule) const {
    const std::uint64_t* required = &level_->required[rule * level_->required_words];
    for (std::size_t w = 0; w < level_->required_words; ++w) {
      if ((required[w] & ~(board_.touched()[w] | level_->common[w])) != 0) return false;
    }
    return true;
  }

  // The first and the last line that may hold a match of the rule: between them, two units stand
  // side by side that do so in every match, or a clause is satisfied that every match needs.
  struct Stretch {
    std::uint32_t first, last;
  };
  std::optional<Stretch> stretch_of(const LevelRule& rule) {
    if (rule.left != LevelRule::kNone)
      return stretch_of(board_.column(rule.left), board_.column(rule.right));
    if (rule.needs.empty()) return Stretch{0, board_.line_at(board_.places() - 1)};
    return stretch_of(nullptr, board_.column(rule.needs.front()));
  }
  // Of the units of `right` that stand behind one of `left`, when that is given.
  std::optional<Stretch> stretch_of(const std::uint64_t* left, const std::uint64_t* right) const {
    const auto pairs = [&](std::size_t w) {
      return left == nullptr ? right[w] : right[w] & (left[w] << 1 | left[w - 1] >> 63);
    };
    const std::size_t words = board_.words();
    std::size_t first = 0;
    std::uint64_t bits = right[0] & (left == nullptr ? ~std::uint64_t{0} : left[0] << 1);
    while (bits == 0) {
      if (++first == words) return std::nullopt;
      bits = pairs(first);
    }
    std::size_t last = words - 1;
    std::uint64_t high = bits;
    while (last > first && (high = pairs(last)) == 0) --last;
    if (last == first) high = bits;
    return Stretch{
        board_.line_at(first * 64 + static_cast<std::size_t>(std::countr_zero(bits))),
        board_.line_at(last * 64 + 63 - static_cast<std::size_t>(std::countl_zero(high)))};
  }

  // Every leftmost-longest match of one rule, one behind the other.
  void locate(const LevelRule& rule, std::uint16_t place) {
    const std::optional<Stretch> lines = stretch_of(rule);
    if (!lines) return;
    WholeBoard columns(board_);
    PlaceRow ends =
        PlaceRow::between(board_.line_begin(lines->first), board_.line_end(lines->last));
    if (!rule.after.empty() && !rule.after.backward(ends, ends, columns)) return;
    PlaceRow begins;
    if (!rule.span.backward(ends, begins, columns)) return;
    if (!rule.before.empty()) {
      PlaceRow behind =
          PlaceRow::between(board_.line_begin(lines->first), board_.line_end(lines->last));
      if (!rule.before.forward(behind, columns) || !begins.meet(behind)) return;
    }
    for (const std::uint32_t clause : rule.when)
      if (!begins.meet(board_.lines_with(clause))) return;
    if (rule.span.width() != PlaceMap::kAnyWidth && rule.span.width() > 0) {
      step_ends(rule, place, begins);
    } else {
      find_ends(rule, place, begins, ends);
    }
  }

  // Of a rule whose matches all have as many units: from where one begins, one ends.
  void step_ends(const LevelRule& rule, std::uint16_t place, const PlaceRow& begins) {
    const std::size_t width = rule.span.width();
    for (std::size_t at = begins.first(); at != PlaceRow::kNowhere; at = begins.next(at + width))
      add_candidate(rule, place, at, at + width);
  }

  // The longest match from the first begin of every line, then from the first behind it, …: a
  // round finds one match in each line.
  void find_ends(const LevelRule& rule, std::uint16_t place, const PlaceRow& begins,
                 const PlaceRow& ends) {
    open_.clear();
    for (std::size_t at = begins.first(); at != PlaceRow::kNowhere;) {
      const std::size_t end = board_.line_end(board_.line_at(at));
      open_.push_back({at, end});
      at = begins.next(end + 1);
    }
    while (!open_.empty()) {
      const bool alone =
          open_.size() <= kFewLines &&
          std::ranges::all_of(open_, [](const Open& line) { return line.end - line.at < 64; });
      const PlaceRow reach = alone ? PlaceRow() : reach_of(rule, ends);
      std::size_t left = 0;
      for (const auto& [at, line_end] : open_) {
        const std::size_t end = alone ? end_of(rule, at, ends) : reach.last_in(at, line_end);
        if (end > at) add_candidate(rule, place, at, end);
        const std::size_t next = begins.next(std::max(end, at + 1));
        if (next < line_end) open_[left++] = {next, line_end};
      }
      open_.resize(left);
    }
  }

  // Where matches from the open places end.
  PlaceRow reach_of(const LevelRule& rule, const PlaceRow& ends) {
    PlaceRow reach = ends.empty();
    for (const Open& line : open_) reach.add(line.at);
    WholeBoard columns(board_);
    rule.span.forward(reach, columns);
    reach.meet(ends);
    return reach;
  }

  // The same from one place, in a short line.
  std::size_t end_of(const LevelRule& rule, std::size_t at, const PlaceRow& ends) {
    BoardWindow window(board_, at);
    PlaceWord reach = window.only(0);
    rule.span.forward(reach, window);
    reach.bits &= window.cut(ends.word(0));
    return reach.any() ? at + reach.last() : at;
  }

  // Lines follow each other on the board as here, with a place more a line.
  void add_candidate(const LevelRule& rule, std::uint16_t place, std::size_t first,
                     std::size_t last) {
    const std::uint32_t line = board_.line_at(first);
    candidates_.push_back({static_cast<std::uint32_t>(first) - line,
                           static_cast<std::uint32_t>(last) - line, line, place, rule.priority});
  }

  // A line that does not fit, while the board is empty; its paragraphs where breaks lie between
  // them.
  void search_long(const Unit* first, const Unit* last, std::span<const TokenRange> paragraphs) {
    std::vector<std::uint32_t> symbols;
    bool pivotal = false;
    const auto add = [&](std::size_t cell) {
      symbols.push_back(static_cast<std::uint32_t>(cell));
      pivotal |= level_->flips_of[cell].pivotal();
    };
    for (const Unit* unit = first; unit != last; ++unit) {
      const auto behind = std::ranges::find_if(
          paragraphs, [&](const TokenRange& range) { return unit->range.first < range.last; });
      if (unit != first && behind != paragraphs.begin()) {
        breaks_.push_back(static_cast<std::uint32_t>(symbols.size()));
        add(break_cell());
      }
      paragraphs = {behind, paragraphs.end()};
      add(level_->cell(unit->group, unit->look));
    }
    if (pivotal) {
      candidates_.clear();
      captures_.clear();
      lines_.push_back({0, static_cast<std::uint32_t>(symbols.size()), number_,
                        static_cast<std::uint32_t>(first - from_)});
      search_long_line(*level_, symbols, {}, *workspace_, candidates_, captures_);
      keep(false);
      lines_.clear();
    }
    breaks_.clear();
    from_ = units_of(charts_[number_]).data();
  }

  // --- what is kept ---

  void keep(bool on_board) {
    if (candidates_.empty()) return;
    if (level_->keep_all) {
      overlaps_.sort_by_line(candidates_, lines_.size());
    } else {
      overlaps_.resolve(candidates_, lines_.back().last);
    }
    for (Candidate& candidate : candidates_) {
      const LevelRule& rule = level_->rules[candidate.place];
      if (on_board && rule.has_captures) find_captures(rule, candidate);
      keep(rule, candidate);
    }
  }

  void find_captures(const LevelRule& rule, Candidate& candidate) {
    const std::uint32_t line = candidate.line;
    const PlacedMatch match{line, board_.line_begin(line), board_.line_end(line),
                            candidate.first + line, candidate.last + line};
    candidate.first_capture = static_cast<std::uint32_t>(captures_.size());
    capture_finder_.find(rule, match, board_, captures_);
    candidate.last_capture = static_cast<std::uint32_t>(captures_.size());
  }

  void keep(const LevelRule& rule, const Candidate& candidate) {
    const Line& line = lines_[candidate.line];
    Chart& chart = charts_[line.chart];
    from_ = units_of(chart).data();
    Match match;
    match.rule = rule.rule();
    match.kind = rule.emit;
    match.range = tokens(line, {candidate.first, candidate.last});
    if (match.range.size() == 0) return;  // a paragraph break alone
    match.first_capture = static_cast<std::uint32_t>(chart.captures.size());
    for (std::size_t i = candidate.first_capture; i < candidate.last_capture; ++i) {
      const TokenRange range = tokens(line, captures_[i].range);
      if (range.size() > 0) chart.captures.push_back({captures_[i].name, range});
    }
    match.capture_count = static_cast<std::uint32_t>(chart.captures.size()) - match.first_capture;
    (rule.kill ? chart.kills : chart.matches).push_back(match);
  }

  TokenRange tokens(const Line& line, TokenRange cells) const {
    if (level_->scope != Scope::document) {
      const Unit* units = from_ + line.unit;
      return {units[cells.first - line.first].range.first,
              units[cells.last - 1 - line.first].range.last};
    }
    while (cells.last > cells.first && unit_of(line, cells.last - 1) == kBreak) --cells.last;
    while (cells.first < cells.last && unit_of(line, cells.first) == kBreak) ++cells.first;
    if (cells.first == cells.last) return {};
    return {from_[unit_of(line, cells.first)].range.first,
            from_[unit_of(line, cells.last - 1)].range.last};
  }

  const Level* level_ = nullptr;
  const CompiledRules* rules_ = nullptr;
  std::span<Chart> charts_;
  CascadeWorkspace* workspace_ = nullptr;
  std::uint32_t number_ = 0;           // the chart whose lines are cut
  const Unit* from_ = nullptr;         // where the units of the chart in hand are
  std::vector<Line> lines_;            // on the board
  std::vector<std::uint32_t> breaks_;  // their cells that are breaks between paragraphs
  Board board_;
  std::vector<std::uint16_t> firing_;
  std::vector<Open> open_;
  std::vector<Candidate> candidates_;
  std::vector<Capture> captures_;  // ranges in cells
  Captures capture_finder_;
  Overlaps overlaps_;
};

void start_chart(Chart& chart, const CompiledRules& rules) {
  const std::vector<Token>& tokens = chart.segments.tokens;
  const std::vector<Segments::Compound>& compounds = chart.segments.compounds;
  chart.units.resize(tokens.size());
  Unit* next = chart.units.data();
  std::uint32_t i = 0;
  const auto add = [&](TokenRange range, WordId word) {
    *next++ = {range, word, rules.word_group[word], tokens[i].look};
    i = range.last;
  };
  for (const Segments::Compound& compound : compounds) {
    while (i < compound.range.first) add({i, i + 1}, tokens[i].word);
    add(compound.range, compound.word);
  }
  while (i < tokens.size()) add({i, i + 1}, tokens[i].word);
  chart.units.resize(static_cast<std::size_t>(next - chart.units.data()));
}

CascadeWorkspace::CascadeWorkspace() = default;
CascadeWorkspace::~CascadeWorkspace() = default;

void run_level(const Level& level, const CompiledRules& rules, std::span<Chart> charts,
               CascadeWorkspace& workspace) {
  std::vector<std::size_t> before;
  for (const Chart& chart : charts) before.push_back(chart.matches.size());
  if (!workspace.run) workspace.run = std::make_unique<LevelRun>();
  workspace.run->over(level, rules, charts, workspace);
  for (std::size_t i = 0; level.consume && i < charts.size(); ++i)
    consume_matches(charts[i], before[i], rules);
}

// Units only become fewer, so they are rewritten where they stand.
void consume_matches(Chart& chart, std::size_t first, const CompiledRules& rules) {
  std::vector<Unit>& units = chart.units;
  std::size_t from = 0;
  std::size_t to = 0;
  const auto copy_until = [&](std::uint32_t token) {
    const std::size_t begin = from;
    if (from < units.size() && units[from].range.first < token) {
      // From as far on as it may be: a unit has a token at least, and few have more.
      from = std::min(units.size(), from + token - units[from].range.first);
      while (units[from - 1].range.first >= token) --from;
    }
    if (begin != to) std::copy(&units[begin], &units[from], &units[to]);
    to += from - begin;
  };
  for (std::size_t m = first; m < chart.matches.size(); ++m) {
    Match& match = chart.matches[m];
    copy_until(match.range.first);
    if (from == units.size() || units[from].range.first >= match.range.last) continue;
    const Unit unit{match.range, kUnknownWord, rules.word_groups + match.kind, units[from].look,
                    match.kind};
    match.first_inner = static_cast<std::uint32_t>(chart.inner.size());
    std::size_t behind = from;
    while (behind < units.size() && units[behind].range.first < match.range.last) ++behind;
    chart.inner.insert(chart.inner.end(), &units[from], &units[from] + (behind - from));
    match.inner_count = static_cast<std::uint32_t>(behind - from);
    from = behind;
    units[to++] = unit;
  }
  if (from == to) return;
  units.erase(std::move(units.begin() + static_cast<std::ptrdiff_t>(from), units.end(),
                        units.begin() + static_cast<std::ptrdiff_t>(to)),
              units.end());
}

}  // namespace glane
