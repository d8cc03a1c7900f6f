#include "recognise/cascade.h"

#include <algorithm>
#include <bit>

#include "compile/pattern.h"
#include "recognise/board.h"
#include "recognise/long_line.h"
#include "recognise/walk.h"

namespace glane {
namespace {

struct Line {
  std::uint32_t first, last;  // cells
};

// A line in which a rule may still match from place `at` on; its last place is `end`.
struct Open {
  std::size_t at, end;
};

constexpr std::uint32_t kBreak = 0xFFFFFFFF;  // what a paragraph break has for a unit

// Lines are laid on a board until they take so many places; a longer line gets a larger board.
constexpr std::size_t kBoardWords = 4;
constexpr std::size_t kLongWords = 16;
constexpr std::size_t kFewLines = 2;  // are followed one by one
constexpr std::size_t kMostWords = Board::kMostPlaces / 64;

}  // namespace

// One level at work on one text after another; its vectors keep their memory.
class LevelRun {
 public:
  void over(const Level& level, const CompiledRules& rules, Chart& chart,
            CascadeWorkspace& workspace) {
    level_ = &level;
    rules_ = &rules;
    chart_ = &chart;
    workspace_ = &workspace;
    count_ = 0;
    lines_.clear();
    if (!level.rules.empty()) cut_lines();
    run();
  }

 private:
  // --- the lines of the level ---

  void cut_lines() {
    from_ = level_->scope == Scope::kind ? &chart_->inner : &chart_->units;
    make_room(from_->size() + chart_->segments.paragraphs.size());
    switch (level_->scope) {
      case Scope::sentence:
        cut_ranges(chart_->segments.sentences);
        break;
      case Scope::paragraph:
        cut_ranges(chart_->segments.paragraphs);
        break;
      case Scope::document:
        cut_document();
        break;
      case Scope::kind:
        cut_matches();
        break;
    }
  }

  // A unit belongs where it begins.
  void cut_ranges(const std::vector<TokenRange>& ranges) {
    std::size_t unit = 0;
    for (const TokenRange& range : ranges) {
      while (unit < from_->size() && (*from_)[unit].range.first < range.last) add(unit++);
      end_line();
    }
  }

  // The whole text as one line, a break between paragraphs.
  void cut_document() {
    std::size_t paragraph = 0;
    const std::vector<TokenRange>& paragraphs = chart_->segments.paragraphs;
    for (std::size_t unit = 0; unit < from_->size(); ++unit) {
      const std::uint32_t token = (*from_)[unit].range.first;
      bool broke = false;
      while (paragraph < paragraphs.size() && token >= paragraphs[paragraph].last) {
        ++paragraph;
        broke = true;
      }
      if (broke) add(rules_->word_group[kUnknownWord], Look{Shape::line}, kBreak);
      add(unit);
    }
    end_line();
  }

  void cut_matches() {
    for (const Match& match : chart_->matches) {
      if (match.kind != level_->inside) continue;
      for (std::uint32_t i = 0; i < match.inner_count; ++i) add(match.first_inner + i);
      end_line();
    }
  }

  void make_room(std::size_t units) {
    if (cells_.size() < units) {
      cells_.resize(units);
      units_.resize(units);
    }
  }
  void add(std::uint32_t group, Look look, std::uint32_t unit) {
    const std::size_t cell = level_->cell(group, look);
    cells_[count_] = static_cast<std::uint32_t>(cell);
    units_[count_++] = unit;
    pivotal_ |= level_->pivotal[cell];
  }
  void add(std::size_t unit) {
    add((*from_)[unit].group, (*from_)[unit].look, static_cast<std::uint32_t>(unit));
  }
  void end_line() {
    const std::uint32_t first = lines_.empty() ? 0 : lines_.back().last;
    if (pivotal_ != 0) {
      lines_.push_back({first, count_});
    } else {
      count_ = first;
    }
    pivotal_ = 0;
  }

  // --- lines to matches ---

  void run() {
    for (std::size_t line = 0; line < lines_.size();) {
      candidates_.clear();
      captures_.clear();
      const std::size_t first = line;
      std::size_t places = 0;
      while (line < lines_.size() &&
             (line == first || places + places_of(line) <= 64 * kBoardWords)) {
        places += places_of(line++);
      }
      if (places > Board::kMostPlaces) {
        search_long(first);
      } else if (places <= 64) {
        search<1>(first, line);
      } else if (places <= 64 * kBoardWords) {
        search<kBoardWords>(first, line);
      } else if (places <= 64 * kLongWords) {
        search<kLongWords>(first, line);
      } else {
        search<kMostWords>(first, line);
      }
    }
  }

  std::size_t places_of(std::size_t line) const {
    return lines_[line].last - lines_[line].first + 1;
  }

  template <std::size_t kWords>
  void search(std::size_t first, std::size_t last) {
    lay<kWords>(first, last);
    find_firing();
    Places<kWords> all;
    for (std::size_t w = 0; w < kWords; ++w) {
      const std::size_t left = board_.places() - std::min(board_.places(), w * 64);
      all.words[w] = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    }
    for (const std::uint16_t place : firing_) locate(level_->rules[place], place, all);
    keep(true);
  }

  template <std::size_t kWords>
  void lay(std::size_t first, std::size_t last) {
    first_line_ = static_cast<std::uint32_t>(first);
    board_.start(*level_, kWords);
    const std::span<const std::uint32_t> cells(cells_);
    for (std::size_t line = first; line < last; ++line) {
      board_.add_line(cells.subspan(lines_[line].first, lines_[line].last - lines_[line].first));
    }
    board_.finish<kWords>();
  }

  // The line of a place of the board, and its cell: lines follow each other there as here, with a
  // place more a line.
  std::uint32_t line_at(std::size_t place) const { return first_line_ + board_.line_at(place); }
  std::uint32_t cell_at(std::size_t place) const {
    return lines_[first_line_].first + static_cast<std::uint32_t>(place) - board_.line_at(place);
  }
  std::size_t place_of(const Line& line, std::uint32_t number) const {
    return line.first - lines_[first_line_].first + number - first_line_;
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
  }

  bool may_match(std::size_t rule) {
    const std::uint64_t* required = &level_->required[rule * level_->required_words];
    for (std::size_t w = 0; w < level_->required_words; ++w) {
      if ((required[w] & ~(board_.touched()[w] | level_->common[w])) != 0) return false;
    }
    std::uint64_t lines = ~std::uint64_t{0};  // that have all it needs
    for (const std::uint32_t clause : level_->rules[rule].needs) lines &= board_.line_mask(clause);
    return lines != 0;
  }

  // Every leftmost-longest match of one rule, one behind the other.
  template <std::size_t kWords>
  void locate(const LevelRule& rule, std::uint16_t place, const Places<kWords>& all) {
    WholeBoard<kWords> columns(board_);
    if (rule.left != LevelRule::kNone) {
      Places<kWords> pairs = all;
      columns.meet(rule.left, pairs);
      pairs.up();
      columns.meet(rule.right, pairs);
      if (!pairs.any()) return;
    }
    Places<kWords> ends = all;
    if (!rule.after.empty() && !rule.after.backward(ends, columns)) return;
    Places<kWords> begins = ends;
    if (!rule.span.backward(begins, columns)) return;
    if (!rule.before.empty()) {
      Places<kWords> behind = all;
      if (!rule.before.forward(behind, columns)) return;
      begins &= behind;
    }
    for (const std::uint32_t clause : rule.when) {
      const std::uint64_t* lines = board_.lines_with(clause);
      for (std::size_t w = 0; w < kWords; ++w) begins.words[w] &= lines[w];
    }
    find_ends(rule, place, begins, ends);
  }

  // The longest match from the first begin of every line, then from the first behind it, …: a
  // round finds one match in each line.
  template <std::size_t kWords>
  void find_ends(const LevelRule& rule, std::uint16_t place, const Places<kWords>& begins,
                 const Places<kWords>& ends) {
    open_.clear();
    for (std::size_t at = begins.next(0); at < 64 * kWords;) {
      const std::size_t end = at + rest_of_line(at);
      open_.push_back({at, end});
      at = begins.next(end + 1);
    }
    const bool wide = kWords > 1 && rule.span.width() == PlaceMap::kAnyWidth;
    while (!open_.empty()) {
      const bool alone = wide && open_.size() <= kFewLines &&
                         open_.back().end - open_.back().at < 64 &&
                         open_.front().end - open_.front().at < 64;
      const Places<kWords> reach = alone ? Places<kWords>{} : reach_of(rule, ends);
      std::size_t left = 0;
      for (const auto& [at, line_end] : open_) {
        const std::size_t end = alone ? end_of(rule, at, ends) : reach.last_in(at, line_end);
        if (end > at) candidates_.push_back(candidate(at, end, place));
        const std::size_t next = begins.next(std::max(end, at + 1));
        if (next < line_end) open_[left++] = {next, line_end};
      }
      open_.resize(left);
    }
  }

  // Where matches from the open places end.
  template <std::size_t kWords>
  Places<kWords> reach_of(const LevelRule& rule, const Places<kWords>& ends) {
    Places<kWords> reach;
    const std::uint32_t width = rule.span.width();
    for (const Open& line : open_)
      reach |= Places<kWords>::only(line.at + (width == PlaceMap::kAnyWidth ? 0 : width));
    if (width != PlaceMap::kAnyWidth) return reach;
    WholeBoard<kWords> columns(board_);
    rule.span.forward(reach, columns);
    reach &= ends;
    return reach;
  }

  // The same from one place, in a short line.
  template <std::size_t kWords>
  std::size_t end_of(const LevelRule& rule, std::size_t at, const Places<kWords>& ends) {
    BoardWindow window(board_, at);
    Places<1> reach = Places<1>::only(0);
    rule.span.forward(reach, window);
    reach.words[0] &= window.cut(ends.words.data());
    return reach.any() ? at + reach.last() : at;
  }

  std::size_t rest_of_line(std::size_t place) const {
    return lines_[line_at(place)].last - cell_at(place);
  }

  Candidate candidate(std::size_t first, std::size_t last, std::uint16_t place) const {
    return {cell_at(first), cell_at(last - 1) + 1, line_at(first), place,
            level_->rules[place].priority};
  }

  // --- captures ---

  void find_captures(Candidate& candidate) {
    const LevelRule& rule = level_->rules[candidate.place];
    candidate.first_capture = static_cast<std::uint32_t>(captures_.size());
    rule.fixed ? place_captures(rule, candidate) : walk_captures(rule, candidate);
    candidate.last_capture = static_cast<std::uint32_t>(captures_.size());
  }

  void place_captures(const LevelRule& rule, const Candidate& candidate) {
    for (const LevelRule::FixedPart& part : rule.fixed_parts) {
      const std::uint32_t first = part.first_from_end ? candidate.last : candidate.first;
      const std::uint32_t last = part.last_from_end ? candidate.last : candidate.first;
      const TokenRange range{first + static_cast<std::uint32_t>(part.first),
                             last + static_cast<std::uint32_t>(part.last)};
      if (range.size() > 0) captures_.push_back({part.name, range});
    }
  }

  void walk_captures(const LevelRule& rule, const Candidate& candidate) {
    parts_.clear();
    const Line& line = lines_[candidate.line];
    const TokenRange span{candidate.first - line.first, candidate.last - line.first};
    const std::size_t begin = place_of(line, candidate.line);
    if (line.last - line.first < 64) {
      BoardWindow window(board_, begin);
      walk<1>(rule, span, window);
    } else {
      walk_board(rule, {span.first + static_cast<std::uint32_t>(begin),
                        span.last + static_cast<std::uint32_t>(begin)});
    }
    const std::uint32_t shift =
        line.last - line.first < 64 ? line.first : line.first - static_cast<std::uint32_t>(begin);
    for (const WalkedPart& part : parts_) {
      if (part.name == kSpanGroup || part.first == part.last) continue;
      captures_.push_back({part.name, {part.first + shift, part.last + shift}});
    }
  }

  void walk_board(const LevelRule& rule, TokenRange span) {
    if (board_.words() == kBoardWords) {
      WholeBoard<kBoardWords> columns(board_);
      walk<kBoardWords>(rule, span, columns);
    } else if (board_.words() == kLongWords) {
      WholeBoard<kLongWords> columns(board_);
      walk<kLongWords>(rule, span, columns);
    } else {
      WholeBoard<kMostWords> columns(board_);
      walk<kMostWords>(rule, span, columns);
    }
  }

  // The parts of a match and its contexts, in places.
  template <std::size_t kWords, typename Columns>
  void walk(const LevelRule& rule, TokenRange span, Columns& columns) {
    const auto first = Places<kWords>::only(span.first);
    const auto last = Places<kWords>::only(span.last);
    if (rule.before.has_groups()) {
      Places<kWords> begins = first;
      rule.before.backward(begins, columns);
      Walk<kWords, Columns>(rule.before, columns, parts_)(begins.next(0), first);
    }
    Walk<kWords, Columns>(rule.span, columns, parts_)(span.first, last);
    if (rule.after.has_groups()) {
      Places<kWords> ends = last;
      rule.after.forward(ends, columns);
      Walk<kWords, Columns>(rule.after, columns, parts_)(span.last,
                                                         Places<kWords>::only(ends.last()));
    }
  }

  void search_long(std::size_t line) {
    const Line& cells = lines_[line];
    search_long_line(*level_, std::span(cells_).subspan(cells.first, cells.last - cells.first),
                     {cells.first, cells.first, static_cast<std::uint32_t>(line), 0, 0},
                     *workspace_, candidates_, captures_);
    keep(false);
  }

  // --- what is kept ---

  void keep(bool on_board) {
    if (candidates_.empty()) return;
    if (level_->keep_all) {
      std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
        if (a.line != b.line) return a.line < b.line;
        return a.place != b.place ? a.place < b.place : a.first < b.first;
      });
    } else {
      resolve_overlaps();
    }
    for (Candidate& candidate : candidates_) {
      if (on_board && level_->rules[candidate.place].has_captures) find_captures(candidate);
      keep(candidate);
    }
  }

  // Highest priority, then leftmost, then longest, then first in the files.
  void resolve_overlaps() {
    std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
      if (a.priority != b.priority) return a.priority > b.priority;
      if (a.first != b.first) return a.first < b.first;
      if (a.last != b.last) return a.last > b.last;
      return a.place < b.place;
    });
    claimed_.resize(count_);
    kept_.clear();
    for (const Candidate& candidate : candidates_) {
      const auto begin = claimed_.begin() + candidate.first;
      const auto end = claimed_.begin() + candidate.last;
      if (std::find(begin, end, 1) != end) continue;
      std::fill(begin, end, 1);
      kept_.push_back(candidate);
    }
    for (const Candidate& candidate : kept_) {
      std::fill(claimed_.begin() + candidate.first, claimed_.begin() + candidate.last, 0);
    }
    std::ranges::sort(kept_, {}, &Candidate::first);
    candidates_.swap(kept_);
  }

  const Rule& rule_of(const Candidate& candidate) const {
    return rules_->rules[level_->rules[candidate.place].rule()];
  }

  void keep(const Candidate& candidate) {
    const Rule& rule = rule_of(candidate);
    Match match;
    match.rule = level_->rules[candidate.place].rule();
    match.kind = rule.emit;
    match.range = tokens({candidate.first, candidate.last});
    if (match.range.size() == 0) return;  // a paragraph break alone
    match.first_capture = static_cast<std::uint32_t>(chart_->captures.size());
    for (std::size_t i = candidate.first_capture; i < candidate.last_capture; ++i) {
      const TokenRange range = tokens(captures_[i].range);
      if (range.size() > 0) chart_->captures.push_back({captures_[i].name, range});
    }
    match.capture_count = static_cast<std::uint32_t>(chart_->captures.size()) - match.first_capture;
    (rule.kill ? chart_->kills : chart_->matches).push_back(match);
  }

  TokenRange tokens(TokenRange cells) const {
    while (cells.last > cells.first && units_[cells.last - 1] == kBreak) --cells.last;
    while (cells.first < cells.last && units_[cells.first] == kBreak) ++cells.first;
    if (cells.first == cells.last) return {};
    return {(*from_)[units_[cells.first]].range.first, (*from_)[units_[cells.last - 1]].range.last};
  }

  const Level* level_ = nullptr;
  const CompiledRules* rules_ = nullptr;
  Chart* chart_ = nullptr;
  CascadeWorkspace* workspace_ = nullptr;
  const std::vector<Unit>* from_ = nullptr;  // where the units of the lines are
  std::vector<std::uint32_t> cells_;         // of all lines, one after another; see Level::cell
  std::vector<std::uint32_t> units_;         // of each cell: index into *from_, or kBreak
  std::vector<Line> lines_;
  std::uint32_t count_ = 0;   // of cells
  std::uint8_t pivotal_ = 0;  // the line that is being cut may hold a match
  Board board_;
  std::uint32_t first_line_ = 0;  // on the board
  std::vector<std::uint16_t> firing_;
  std::vector<Open> open_;
  std::vector<Candidate> candidates_;
  std::vector<Candidate> kept_;
  std::vector<Capture> captures_;  // ranges in cells
  std::vector<WalkedPart> parts_;
  std::vector<std::uint8_t> claimed_;  // by cell
};

void start_chart(Chart& chart, const CompiledRules& rules) {
  const std::vector<Token>& tokens = chart.segments.tokens;
  auto compound = chart.segments.compounds.begin();
  for (std::uint32_t i = 0; i < tokens.size();) {
    Unit unit{{i, i + 1}, tokens[i].word, 0, tokens[i].look};
    if (compound != chart.segments.compounds.end() && compound->range.first == i) {
      unit.range = compound->range;
      unit.word = compound->word;
      ++compound;
    }
    unit.group = rules.word_group[unit.word];
    chart.units.push_back(unit);
    i = unit.range.last;
  }
}

CascadeWorkspace::CascadeWorkspace() = default;
CascadeWorkspace::~CascadeWorkspace() = default;

void run_level(const Level& level, const CompiledRules& rules, Chart& chart,
               CascadeWorkspace& workspace) {
  const std::size_t before = chart.matches.size();
  if (!workspace.run) workspace.run = std::make_unique<LevelRun>();
  workspace.run->over(level, rules, chart, workspace);
  if (level.consume) consume_matches(chart, before, rules);
}

// Units only become fewer, so they are rewritten where they stand.
void consume_matches(Chart& chart, std::size_t first, const CompiledRules& rules) {
  std::vector<Unit>& units = chart.units;
  std::size_t from = 0;
  std::size_t to = 0;
  const auto copy_until = [&](std::uint32_t token) {
    while (from < units.size() && units[from].range.first < token) units[to++] = units[from++];
  };
  for (std::size_t m = first; m < chart.matches.size(); ++m) {
    Match& match = chart.matches[m];
    copy_until(match.range.first);
    if (from == units.size() || units[from].range.first >= match.range.last) continue;
    const Unit unit{match.range,      kUnknownWord, rules.word_groups + match.kind,
                    units[from].look, match.kind,   static_cast<std::uint32_t>(m)};
    match.first_inner = static_cast<std::uint32_t>(chart.inner.size());
    while (from < units.size() && units[from].range.first < match.range.last) {
      chart.inner.push_back(units[from++]);
    }
    match.inner_count = static_cast<std::uint32_t>(chart.inner.size()) - match.first_inner;
    units[to++] = unit;
  }
  if (from == to) return;
  units.erase(std::move(units.begin() + static_cast<std::ptrdiff_t>(from), units.end(),
                        units.begin() + static_cast<std::ptrdiff_t>(to)),
              units.end());
}

}  // namespace glane
