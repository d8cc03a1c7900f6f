#include "cascade.h"

#include <algorithm>
#include <bit>

#include "pattern.h"

namespace glane {
namespace {

// One stretch of units as its level sees it.
struct Line {
  std::string symbols;               // for RE2; written when a rule first asks for them
  std::vector<std::uint32_t> cells;  // of each unit: its class, see Level::cell
  std::vector<std::uint32_t> units;  // index into the unit vector; kBreak for paragraph breaks
  std::vector<std::uint32_t> masks;  // of each: the clauses it satisfies, into Level::masks
  static constexpr std::uint32_t kBreak = 0xFFFFFFFF;
};

// So many automata are run without asking the set first: a set over fresh text builds its own
// automaton state by state and costs more than they do.
constexpr std::ptrdiff_t kFew = 24;
constexpr int kFewBegins = 4;

// A match before overlaps are resolved, in units of its line.
struct Candidate {
  std::uint32_t first, last;
  std::uint16_t place;  // of its rule in the level
  std::uint32_t first_capture, last_capture;
};

}  // namespace

// One level at work on one text after another; its vectors keep their memory.
class LevelRun {
 public:
  void begin(const Level& level, const CompiledRules& rules, Chart& chart,
             CascadeWorkspace& workspace) {
    level_ = &level;
    rules_ = &rules;
    chart_ = &chart;
    workspace_ = &workspace;
    const std::size_t clauses = level.mask_words * 64;
    if (short_stamps_.size() < clauses) {
      short_stamps_.resize(clauses, 0);
      short_columns_.resize(clauses);
    }
  }

  void over(const std::vector<Unit>& units, std::size_t first, std::size_t last) {
    units_ = &units;
    start_line();
    for (std::size_t i = first; i < last; ++i) add(i);
    run();
  }

  // The whole text as one line, a break between paragraphs.
  void over_document() {
    units_ = &chart_->units;
    start_line();
    std::size_t paragraph = 0;
    const std::vector<TokenRange>& paragraphs = chart_->segments.paragraphs;
    for (std::size_t i = 0; i < chart_->units.size(); ++i) {
      const std::uint32_t token = chart_->units[i].range.first;
      bool broke = false;
      while (paragraph < paragraphs.size() && token >= paragraphs[paragraph].last) {
        ++paragraph;
        broke = true;
      }
      if (broke) add_break();
      add(i);
    }
    run();
  }

 private:
  void add(std::uint32_t group, Look look, std::uint32_t unit) {
    const std::size_t cell = level_->cell(group, look);
    const std::uint32_t mask = level_->mask_of[cell];
    line_.cells.push_back(static_cast<std::uint32_t>(cell));
    line_.masks.push_back(mask);
    line_.units.push_back(unit);
    const std::uint64_t* clauses = level_->masks.data() + mask;
    for (std::size_t w = 0; w < level_->mask_words; ++w) satisfied_[w] |= clauses[w];
  }
  void add(std::size_t unit) {
    add((*units_)[unit].group, (*units_)[unit].look, static_cast<std::uint32_t>(unit));
  }
  void add_break() { add(rules_->word_group[kUnknownWord], Look{Shape::line}, Line::kBreak); }

  // The line as RE2 reads it.
  const std::string& symbols() {
    if (!line_.symbols.empty()) return line_.symbols;
    const auto width = static_cast<std::size_t>(level_->width);
    line_.symbols.resize(line_.cells.size() * width);
    char* out = line_.symbols.data();
    for (const std::uint32_t cell : line_.cells) {
      const std::uint32_t code = level_->codes[cell];
      for (std::size_t shift = width; shift-- > 0;) *out++ = static_cast<char>(code >> 8 * shift & 0xFF);
    }
    return line_.symbols;
  }

  void start_line() {
    line_.symbols.clear();
    line_.cells.clear();
    line_.units.clear();
    line_.masks.clear();
    satisfied_.assign(level_->mask_words, 0);
  }

  void run() {
    if (line_.units.empty()) return;
    ++columns_of_;
    column_words_ = (line_.units.size() + 1) / 64 + 1;
    candidates_.clear();
    captures_.clear();
    for (const int place : firing()) locate(static_cast<std::uint16_t>(place));
    if (candidates_.empty()) return;
    level_->keep_all ? keep_every() : keep_best();
  }

  // The rules that may match: those whose clauses are all satisfied, and of these, when they
  // are many, those that the set confirms.
  const std::vector<int>& firing() {
    firing_.clear();
    for (const std::uint16_t rule : level_->rules_without_clause) firing_.push_back(rule);
    for (std::size_t w = 0; w < level_->required_words; ++w) {
      for (std::uint64_t bits = satisfied_[w] & level_->pivots[w]; bits != 0; bits &= bits - 1) {
        const std::size_t clause = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        for (const std::uint16_t rule : level_->rules_of_pivot[clause]) {
          if (satisfied(rule)) firing_.push_back(rule);
        }
      }
    }
    std::ranges::sort(firing_);
    const auto automata = std::ranges::count_if(
        firing_, [&](int rule) { return level_->rules[static_cast<std::size_t>(rule)].ways.empty(); });
    if (automata > kFew) confirm();
    return firing_;
  }

  bool satisfied(std::size_t rule) const {
    const std::uint64_t* required = &level_->required[rule * level_->required_words];
    for (std::size_t w = 0; w < level_->required_words; ++w) {
      if ((satisfied_[w] & required[w]) != required[w]) return false;
    }
    return true;
  }

  void confirm() {
    const RE2::Set* set = level_->set();
    RE2::Set::ErrorInfo error{};
    confirmed_.clear();
    const bool found = set && set->Match(symbols(), &confirmed_, &error);
    if (!set || (!found && error.kind == RE2::Set::kOutOfMemory)) {
      ++workspace_->set_overflows;  // every rule that is left is tried
      return;
    }
    firing_.swap(confirmed_);
    std::ranges::sort(firing_);
  }

  // Every leftmost-longest match of one rule. The search goes on one unit before the end of
  // a match, so that the next one still sees its context; what then overlaps is searched
  // again from the end.
  void locate(std::uint16_t place) {
    const LevelRule& rule = level_->rules[place];
    if (!rule.ways.empty()) return locate_plain(rule, place);
    if (!rule.span.empty() && line_.units.size() <= kMostUnits) return locate_places(rule, place);
    const auto width = static_cast<std::size_t>(level_->width);
    // Bounds alone are cheap to find.
    const bool bounds = rule.without_context && (!level_->keep_all || rule.groups.size() == 1);
    const int groups = bounds ? 1 : static_cast<int>(rule.groups.size()) + 1;
    parts_.assign(static_cast<std::size_t>(groups), {});
    const RE2& pattern = rule.pattern();
    const std::string& text = symbols();
    std::size_t at = 0;
    std::uint32_t reached = 0;
    while (at <= text.size() && pattern.Match(text, at, text.size(), RE2::UNANCHORED,
                                              parts_.data(), groups)) {
      const Candidate candidate = bounds ? read_bounds(place) : read_parts(rule, place);
      if (candidate.first < reached) {
        at = std::max(at + width, reached * width);
        continue;
      }
      reached = std::max(candidate.last, candidate.first + 1);
      if (candidate.first < candidate.last) candidates_.push_back(candidate);
      at = std::max(at + width, (reached - 1) * width);
    }
  }

  // The same for a rule with few ways through its pattern: where each way may begin is the
  // intersection of the places of its steps, for 64 places at once.
  void locate_plain(const LevelRule& rule, std::uint16_t place) {
    starts_.clear();
    for (std::uint16_t w = 0; w < rule.ways.size(); ++w) add_starts(rule.ways[w], w);
    std::ranges::sort(starts_);
    std::uint32_t reached = 0;
    std::uint32_t last = ~0U;
    for (const auto& [at, way] : starts_) {
      if (at == last) continue;  // a longer way begins there
      last = at;
      const Candidate candidate = read_way(rule.ways[way], place, at);
      if (candidate.first < reached || candidate.first == candidate.last) continue;
      reached = candidate.last;
      candidates_.push_back(candidate);
    }
  }

  // Places are counted from 1; 0 is the edge before the first unit, and a step that allows
  // the edge is satisfied there and behind the last unit.
  void add_starts(const LevelRule::Way& way, std::uint16_t index) {
    const auto count = static_cast<std::uint32_t>(line_.masks.size());
    const auto length = static_cast<std::uint32_t>(way.steps.size());
    for (const LevelRule::Step& step : way.steps) {
      if (!step.or_edge && !somewhere(step.clause)) return;
    }
    for (std::size_t word = 0; word < column_words_; ++word) {
      std::uint64_t found = ~std::uint64_t{0};
      for (std::uint32_t i = 0; i < length && found != 0; ++i) {
        found &= count <= kMostUnits ? near(way.steps[i], count) >> i : shifted(way.steps[i], i, word);
      }
      for (; found != 0; found &= found - 1) {
        const auto at = static_cast<std::uint32_t>(word * 64) +
                        static_cast<std::uint32_t>(std::countr_zero(found));
        if (at + length > count + 2 || (way.at_begin && at > 1)) return;
        if (!way.at_end || at + length == count + 1) starts_.emplace_back(at, index);
      }
    }
  }

  // In a short line, one word: bit p, place p satisfies the step.
  Places near(const LevelRule::Step& step, std::uint32_t count) {
    const Places edges = step.or_edge ? Places{2} << count | 1 : 0;
    return column(step.clause) << 1 | edges;
  }

  // In a short line: bit i, unit i satisfies the clause. Written once a line.
  Places column(std::uint32_t clause) {
    if (short_stamps_[clause] == columns_of_) return short_columns_[clause];
    const std::uint64_t* masks = level_->masks.data() + clause / 64;
    const unsigned bit = clause % 64;
    const std::size_t count = line_.masks.size();
    Places bits = 0;
    for (std::size_t unit = 0; unit < count; ++unit) {
      bits |= (masks[line_.masks[unit]] >> bit & 1) << unit;
    }
    short_stamps_[clause] = columns_of_;
    return short_columns_[clause] = bits;
  }

  bool somewhere(std::uint32_t clause) const {
    return (satisfied_[clause / 64] >> clause % 64 & 1) != 0;
  }

  // Bit b: step i of a way that begins at place 64 * word + b is satisfied.
  std::uint64_t shifted(const LevelRule::Step& step, std::uint32_t i, std::size_t word) {
    const std::uint64_t* column = places_of(step);
    const std::size_t from = word * 64 + i;
    const std::uint64_t low = from / 64 < column_words_ ? column[from / 64] >> from % 64 : 0;
    const bool spans = from % 64 != 0 && from / 64 + 1 < column_words_;
    return spans ? low | column[from / 64 + 1] << (64 - from % 64) : low;
  }

  // Bit p: place p satisfies the step. Written once a line.
  const std::uint64_t* places_of(const LevelRule::Step& step) {
    const std::size_t id = step.clause * 2 + (step.or_edge ? 1 : 0);
    if (column_stamps_.size() <= id) column_stamps_.resize(level_->mask_words * 128, 0);
    if (columns_.size() < column_stamps_.size() * column_words_) {
      columns_.resize(column_stamps_.size() * column_words_);
      std::ranges::fill(column_stamps_, 0);
    }
    std::uint64_t* column = columns_.data() + id * column_words_;
    if (column_stamps_[id] == columns_of_) return column;
    column_stamps_[id] = columns_of_;
    const std::uint64_t* masks = level_->masks.data() + step.clause / 64;
    const unsigned bit = step.clause % 64;
    const std::uint32_t* unit = line_.masks.data();
    const std::uint32_t* end = unit + line_.masks.size();
    std::size_t place = 1;
    for (std::size_t word = 0; word < column_words_; ++word) {
      std::uint64_t bits = 0;
      for (; place < 64 * (word + 1) && unit != end; ++place, ++unit) {
        bits |= (masks[*unit] >> bit & 1) << place % 64;
      }
      column[word] = bits;
    }
    if (step.or_edge) {
      const std::size_t behind = line_.masks.size() + 1;
      column[0] |= 1;
      if (behind / 64 < column_words_) column[behind / 64] |= std::uint64_t{1} << behind % 64;
    }
    return column;
  }

  // The same by sets of places.
  void locate_places(const LevelRule& rule, std::uint16_t place) {
    const std::size_t count = line_.units.size();
    const Places all = (Places{2} << count) - 1;
    const auto holds = [this](std::uint32_t clause) {
      return somewhere(clause) ? column(clause) : 0;
    };
    Places begins = all;
    for (const PlaceMap& part : rule.before) begins = part.forward(begins, count, holds);
    Places ends = all;
    for (std::size_t i = rule.after.size(); i-- > 0;) ends = rule.after[i].backward(ends, count, holds);
    if (rule.first != LevelRule::kAnyFirst) begins &= holds(rule.first);
    if (begins == 0 || ends == 0) return;
    // Few places to begin at are tried one by one; of many, first those that lead to an end.
    if (std::popcount(begins) > kFewBegins) begins &= rule.span.backward(ends, count, holds);
    while (begins != 0) {
      const auto first = static_cast<std::uint32_t>(std::countr_zero(begins));
      const Places reach = rule.span.forward(Places{1} << first, count, holds) & ends;
      const auto last = static_cast<std::uint32_t>(63 - std::countl_zero(reach | 1));
      if (last > first) add_bounds(rule, {first, last}, place);
      begins &= ~Places{0} << std::max(last, first + 1);
    }
  }

  void add_bounds(const LevelRule& rule, TokenRange range, std::uint16_t place) {
    const auto captures = static_cast<std::uint32_t>(captures_.size());
    Candidate candidate{range.first, range.last, place, captures, captures};
    if (level_->keep_all && rule.groups.size() > 1) find_captures(rule, candidate);
    candidates_.push_back(candidate);
  }

  Candidate read_way(const LevelRule::Way& way, std::uint16_t place, std::uint32_t at) {
    Candidate candidate{0, 0, place, static_cast<std::uint32_t>(captures_.size()), 0};
    for (const LevelRule::Part& part : way.parts) {
      const TokenRange range{at + part.first - 1, at + part.last - 1};
      if (part.name == kSpanGroup) {
        candidate.first = range.first;
        candidate.last = range.last;
      } else {
        captures_.push_back({part.name, range});
      }
    }
    candidate.last_capture = static_cast<std::uint32_t>(captures_.size());
    return candidate;
  }

  TokenRange units_of(const re2::StringPiece& part) const {
    const auto width = static_cast<std::size_t>(level_->width);
    const auto offset = static_cast<std::size_t>(part.data() - line_.symbols.data());
    const auto begin = static_cast<std::uint32_t>(offset / width);
    return {begin, begin + static_cast<std::uint32_t>(part.size() / width)};
  }

  Candidate read_bounds(std::uint16_t place) const {
    const TokenRange range = units_of(parts_[0]);
    const auto captures = static_cast<std::uint32_t>(captures_.size());
    return {range.first, range.last, place, captures, captures};
  }

  Candidate read_parts(const LevelRule& rule, std::uint16_t place) {
    Candidate candidate{0, 0, place, static_cast<std::uint32_t>(captures_.size()), 0};
    for (std::size_t g = 0; g < rule.groups.size(); ++g) {
      const re2::StringPiece& part = parts_[g + 1];
      if (part.data() == nullptr) continue;
      const TokenRange range = units_of(part);
      if (rule.groups[g] == kSpanGroup) {
        candidate.first = range.first;
        candidate.last = range.last;
      } else if (range.size() > 0) {
        captures_.push_back({rule.groups[g], range});
      }
    }
    candidate.last_capture = static_cast<std::uint32_t>(captures_.size());
    return candidate;
  }

  // Highest priority, then leftmost, then longest, then first in the files.
  void keep_best() {
    std::ranges::sort(candidates_, [&](const Candidate& a, const Candidate& b) {
      const int pa = rule_of(a).priority, pb = rule_of(b).priority;
      if (pa != pb) return pa > pb;
      if (a.first != b.first) return a.first < b.first;
      if (a.last != b.last) return a.last > b.last;
      return a.place < b.place;
    });
    claimed_.assign(line_.units.size(), false);
    kept_.clear();
    for (const Candidate& candidate : candidates_) {
      const auto begin = claimed_.begin() + candidate.first;
      const auto end = claimed_.begin() + candidate.last;
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      kept_.push_back(candidate);
    }
    std::ranges::sort(kept_, {}, &Candidate::first);
    for (Candidate& candidate : kept_) {
      const LevelRule& rule = level_->rules[candidate.place];
      if (rule.without_context && rule.groups.size() > 1 && rule.ways.empty()) {
        find_captures(rule, candidate);
      }
      keep(candidate);
    }
  }

  // The captures of a match whose bounds are known.
  void find_captures(const LevelRule& rule, Candidate& candidate) {
    const std::string& text = symbols();
    const auto width = static_cast<std::size_t>(level_->width);
    const int groups = static_cast<int>(rule.groups.size()) + 1;
    parts_.assign(static_cast<std::size_t>(groups), {});
    if (rule.pattern().Match(text, candidate.first * width, candidate.last * width,
                             RE2::ANCHOR_BOTH, parts_.data(), groups)) {
      candidate = read_parts(rule, candidate.place);
    }
  }
  void keep_every() {
    for (const Candidate& candidate : candidates_) keep(candidate);
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
    match.capture_count =
        static_cast<std::uint32_t>(chart_->captures.size()) - match.first_capture;
    (rule.kill ? chart_->kills : chart_->matches).push_back(match);
  }

  TokenRange tokens(TokenRange units) const {
    while (units.last > units.first && line_.units[units.last - 1] == Line::kBreak) --units.last;
    while (units.first < units.last && line_.units[units.first] == Line::kBreak) ++units.first;
    if (units.first == units.last) return {};
    return {(*units_)[line_.units[units.first]].range.first,
            (*units_)[line_.units[units.last - 1]].range.last};
  }

  const Level* level_ = nullptr;
  const CompiledRules* rules_ = nullptr;
  Chart* chart_ = nullptr;
  CascadeWorkspace* workspace_ = nullptr;
  const std::vector<Unit>* units_ = nullptr;
  Line line_;
  std::vector<std::uint64_t> satisfied_;  // clauses of the line
  std::vector<int> firing_;
  std::vector<int> confirmed_;
  std::vector<std::pair<std::uint32_t, std::uint16_t>> starts_;  // place, way
  std::vector<Places> short_columns_;                            // see column
  std::vector<std::uint64_t> short_stamps_;
  std::vector<std::uint64_t> columns_;                           // see places_of
  std::vector<std::uint64_t> column_stamps_;
  std::uint64_t columns_of_ = 0;  // the line they are of
  std::size_t column_words_ = 1;
  std::vector<re2::StringPiece> parts_;
  std::vector<Candidate> candidates_;
  std::vector<Candidate> kept_;
  std::vector<Capture> captures_;  // ranges in units of the line
  std::vector<bool> claimed_;
};

namespace {

// Runs over the units of each range of tokens; a unit belongs where it begins.
void over_ranges(LevelRun& run, const Chart& chart, const std::vector<TokenRange>& ranges) {
  std::size_t unit = 0;
  for (const TokenRange& range : ranges) {
    const std::size_t first = unit;
    while (unit < chart.units.size() && chart.units[unit].range.first < range.last) ++unit;
    run.over(chart.units, first, unit);
  }
}

void over_matches(LevelRun& run, const Chart& chart, KindId kind) {
  const std::size_t count = chart.matches.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Match match = chart.matches[i];
    if (match.kind != kind || match.inner_count == 0) continue;
    run.over(chart.inner, match.first_inner, match.first_inner + match.inner_count);
  }
}

}  // namespace

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
  workspace.runs.resize(std::max(workspace.runs.size(), level.index + 1));
  std::unique_ptr<LevelRun>& kept = workspace.runs[level.index];
  if (!kept) kept = std::make_unique<LevelRun>();
  LevelRun& run = *kept;
  run.begin(level, rules, chart, workspace);
  switch (level.scope) {
    case Scope::sentence:
      over_ranges(run, chart, chart.segments.sentences);
      break;
    case Scope::paragraph:
      over_ranges(run, chart, chart.segments.paragraphs);
      break;
    case Scope::document:
      run.over_document();
      break;
    case Scope::kind:
      over_matches(run, chart, level.inside);
      break;
  }
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
    const Unit unit{match.range, kUnknownWord, rules.word_groups + match.kind, units[from].look,
                    match.kind, static_cast<std::uint32_t>(m)};
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
