#include "workbench/trace.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>
#include <map>

namespace glane {
namespace {

// --- what a unit satisfies ---

bool shape_among(std::uint32_t shapes, Shape shape) {
  return (shapes >> static_cast<int>(shape) & 1) != 0;
}

bool case_fits(CaseNeed need, Shape shape) {
  static const std::uint32_t kCapital = *shape_set("Cap");
  if (need == CaseNeed::any) return true;
  return shape_among(kCapital, shape) && (need == CaseNeed::capital || shape != Shape::cap);
}

bool satisfies(const Unit& unit, const Atom& atom, const CompiledRules& rules) {
  switch (atom.kind) {
    case Atom::Kind::any:
      return unit.look.shape != Shape::line;
    case Atom::Kind::shape:
      return shape_among(atom.shapes, unit.look.shape);
    case Atom::Kind::start:
      return unit.look.start;
    case Atom::Kind::glued:
      return unit.look.glued;
    case Atom::Kind::kind:
      return unit.kind != 0 && unit.kind == atom.id;
    case Atom::Kind::literal:
      return unit.kind == 0 && unit.word != kUnknownWord && unit.word == atom.id;
    case Atom::Kind::lexicon:
      return unit.kind == 0 &&
             std::ranges::any_of(rules.vocabulary.entries(unit.word), [&](const Entry& entry) {
               return entry.lexicon == atom.id && case_fits(entry.need, unit.look.shape);
             });
  }
  return false;
}

bool satisfies(const Unit& unit, std::size_t predicate, const Predicates& predicates,
               const CompiledRules& rules) {
  using Op = PredicateStep::Op;
  std::vector<bool> stack;
  for (const PredicateStep& step : predicates[predicate]) {
    if (step.op == Op::atom) {
      stack.push_back(satisfies(unit, predicates.atoms()[step.atom], rules));
    } else if (step.op == Op::negate) {
      stack.back() = !stack.back();
    } else {
      const bool right = stack.back();
      stack.pop_back();
      stack.back() = step.op == Op::both ? stack.back() && right : stack.back() || right;
    }
  }
  return stack.back();
}

// --- sets of places between units ---

class PlaceSet {
 public:
  explicit PlaceSet(std::size_t places) : words_(places / 64 + 1) {}

  void add(std::size_t place) { words_[place / 64] |= std::uint64_t{1} << place % 64; }
  bool has(std::size_t place) const { return (words_[place / 64] >> place % 64 & 1) != 0; }
  bool empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }
  PlaceSet& operator|=(const PlaceSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    return *this;
  }
  PlaceSet& operator&=(const PlaceSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
  }
  bool operator==(const PlaceSet&) const = default;
  // Every place one further.
  void advance() {
    for (std::size_t w = words_.size(); w-- > 0;)
      words_[w] = words_[w] << 1 | (w > 0 ? words_[w - 1] >> 63 : 0);
  }
  std::vector<std::size_t> places() const {
    std::vector<std::size_t> out;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t bits = words_[w]; bits != 0; bits &= bits - 1) {
        out.push_back(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
    return out;
  }

 private:
  std::vector<std::uint64_t> words_;
};

// One stretch as the patterns of a level see it.
class Reader {
 public:
  Reader(const LevelPatterns& patterns, const std::vector<Unit>& units)
      : patterns_(patterns), units_(units), columns_(patterns.predicates.size()) {}

  std::size_t size() const { return units_.size(); }
  PlaceSet nowhere() const { return PlaceSet(size() + 1); }
  PlaceSet everywhere() const {
    PlaceSet all = nowhere();
    for (std::size_t p = 0; p <= size(); ++p) all.add(p);
    return all;
  }
  PlaceSet at(std::size_t place) const {
    PlaceSet one = nowhere();
    one.add(place);
    return one;
  }

  // The units that satisfy a predicate.
  const PlaceSet& column(std::size_t predicate) {
    std::optional<PlaceSet>& column = columns_[predicate];
    if (column) return *column;
    column = nowhere();
    for (std::size_t u = 0; u < size(); ++u) {
      if (satisfies(units_[u], predicate, patterns_.predicates, patterns_.rules)) column->add(u);
    }
    return *column;
  }

  // Where a pattern may end that begins at one of these places.
  PlaceSet reach(const Pattern& pattern, PlaceSet from) {
    switch (pattern.kind) {
      case Pattern::Kind::predicate:
        from &= column(pattern.predicate);
        from.advance();
        return from;
      case Pattern::Kind::begin:
        from &= at(0);
        return from;
      case Pattern::Kind::end:
        from &= at(size());
        return from;
      case Pattern::Kind::choice: {
        PlaceSet out = nowhere();
        for (const Pattern& child : pattern.children) out |= reach(child, from);
        return out;
      }
      case Pattern::Kind::repeat:
        return repeat(pattern, std::move(from));
      case Pattern::Kind::sequence:
      case Pattern::Kind::group:
        break;
    }
    for (const Pattern& child : pattern.children) {
      if (from.empty()) break;
      from = reach(child, std::move(from));
    }
    return from;
  }

 private:
  PlaceSet repeat(const Pattern& pattern, PlaceSet from) {
    const Repetition limits = repetition_of(pattern);
    PlaceSet out = nowhere();
    for (std::size_t n = 0; n <= limits.most && !from.empty(); ++n) {
      if (n >= limits.least) {
        const PlaceSet before = out;
        out |= from;
        if (out == before) break;
      }
      from = reach(pattern.children.front(), std::move(from));
    }
    return out;
  }

  const LevelPatterns& patterns_;
  const std::vector<Unit>& units_;
  std::vector<std::optional<PlaceSet>> columns_;
};

// A rule's pattern in its three parts; null where there is no context.
struct Parts {
  const Pattern* before = nullptr;
  const Pattern* span = nullptr;
  const Pattern* after = nullptr;
};

Parts parts_of(const Pattern& tree) {
  Parts parts;
  for (const Pattern& child : tree.children) {
    if (child.kind == Pattern::Kind::group && child.name == kSpanGroup)
      parts.span = &child;
    else
      (parts.span ? parts.after : parts.before) = &child;
  }
  return parts;
}

bool when_holds(const LevelPatterns& patterns, std::size_t rule, Reader& reader) {
  return std::ranges::none_of(patterns.when[rule],
                              [&](std::size_t when) { return reader.column(when).empty(); });
}

// The matches of one rule in one stretch, in units.
std::vector<TokenRange> matches_of(const LevelPatterns& patterns, std::size_t rule,
                                   Reader& reader) {
  std::vector<TokenRange> out;
  if (!when_holds(patterns, rule, reader)) return out;
  const Parts parts = parts_of(patterns.trees[rule]);
  const PlaceSet begins =
      parts.before ? reader.reach(*parts.before, reader.everywhere()) : reader.everywhere();
  if (reader.reach(*parts.span, begins).empty()) return out;
  std::size_t reached = 0;
  for (const std::size_t begin : begins.places()) {
    if (begin < reached) continue;
    const std::vector<std::size_t> ends = reader.reach(*parts.span, reader.at(begin)).places();
    for (std::size_t e = ends.size(); e-- > 0 && ends[e] > begin;) {
      if (parts.after && reader.reach(*parts.after, reader.at(ends[e])).empty()) continue;
      out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(ends[e])});
      reached = ends[e];
      break;
    }
  }
  return out;
}

// --- stretches ---

void add_units(std::vector<Stretch>& out, std::vector<Unit> units, TokenRange within) {
  if (units.empty()) return;
  const TokenRange range{units.front().range.first, units.back().range.last};
  if (range.first < within.last && within.first < range.last)
    out.push_back({std::move(units), range});
}

void add_ranges(std::vector<Stretch>& out, const Chart& chart,
                const std::vector<TokenRange>& ranges, TokenRange within) {
  auto unit = chart.units.begin();
  for (const TokenRange& range : ranges) {
    std::vector<Unit> units;
    for (; unit != chart.units.end() && unit->range.first < range.last; ++unit)
      units.push_back(*unit);
    add_units(out, std::move(units), range);
    if (!out.empty() &&
        (out.back().range.last <= within.first || out.back().range.first >= within.last))
      out.pop_back();
  }
}

// The whole text, a unit of no tokens between paragraphs.
void add_document(std::vector<Stretch>& out, const Chart& chart) {
  std::vector<Unit> units;
  auto paragraph = chart.segments.paragraphs.begin();
  for (const Unit& unit : chart.units) {
    const auto before = paragraph;
    while (paragraph != chart.segments.paragraphs.end() && unit.range.first >= paragraph->last)
      ++paragraph;
    if (paragraph != before) {
      Unit line;
      line.range = {unit.range.first, unit.range.first};
      line.look = Look{Shape::line};
      units.push_back(line);
    }
    units.push_back(unit);
  }
  if (!units.empty()) out.push_back({units, {units.front().range.first, units.back().range.last}});
}

void add_insides(std::vector<Stretch>& out, const Chart& chart, KindId kind, TokenRange within) {
  for (const Match& match : chart.matches) {
    if (match.kind != kind) continue;
    const auto first = chart.inner.begin() + match.first_inner;
    add_units(out, {first, first + match.inner_count}, within);
  }
}

std::vector<Stretch> stretches_of(const Level& level, const Chart& chart, TokenRange within) {
  std::vector<Stretch> out;
  switch (level.scope) {
    case Scope::sentence:
      add_ranges(out, chart, chart.segments.sentences, within);
      break;
    case Scope::paragraph:
      add_ranges(out, chart, chart.segments.paragraphs, within);
      break;
    case Scope::document:
      add_document(out, chart);
      break;
    case Scope::kind:
      add_insides(out, chart, level.inside, within);
      break;
  }
  return out;
}

// The tokens of a range of units, breaks at its ends left out.
TokenRange tokens_of(const Stretch& stretch, TokenRange units) {
  while (units.last > units.first && stretch.units[units.last - 1].range.size() == 0) --units.last;
  while (units.first < units.last && stretch.units[units.first].range.size() == 0) ++units.first;
  if (units.first == units.last) return {};
  return {stretch.units[units.first].range.first, stretch.units[units.last - 1].range.last};
}

// --- overlaps ---

Policy policy_between(const TracedMatch& winner, const TracedMatch& loser,
                      const CompiledRules& rules) {
  if (rules.rules[winner.rule].priority != rules.rules[loser.rule].priority)
    return Policy::priority;
  if (winner.units.first != loser.units.first) return Policy::leftmost;
  if (winner.units.last != loser.units.last) return Policy::longest;
  return Policy::file_order;
}

bool ranks_before(const TracedMatch& a, const TracedMatch& b, const CompiledRules& rules) {
  const int pa = rules.rules[a.rule].priority, pb = rules.rules[b.rule].priority;
  if (pa != pb) return pa > pb;
  if (a.units.first != b.units.first) return a.units.first < b.units.first;
  if (a.units.last != b.units.last) return a.units.last > b.units.last;
  return a.rule < b.rule;
}

// Decides which of the matches from `first` on, all of one stretch, are kept.
void resolve_overlaps(std::vector<TracedMatch>& matches, std::size_t first,
                      const CompiledRules& rules) {
  const auto begin = matches.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, matches.end(),
            [&](const TracedMatch& a, const TracedMatch& b) { return ranks_before(a, b, rules); });
  for (std::size_t m = first; m < matches.size(); ++m) {
    for (std::size_t k = first; k < m && matches[m].kept; ++k) {
      const bool overlap = matches[k].units.first < matches[m].units.last &&
                           matches[m].units.first < matches[k].units.last;
      if (!matches[k].kept || !overlap) continue;
      matches[m].kept = false;
      matches[m].beaten_by = k;
      matches[m].policy = policy_between(matches[k], matches[m], rules);
    }
  }
}

}  // namespace

const char* to_string(Policy policy) {
  switch (policy) {
    case Policy::priority:
      return "priority";
    case Policy::leftmost:
      return "leftmost";
    case Policy::longest:
      return "longest";
    case Policy::file_order:
      return "file order";
  }
  return "";
}

LevelPatterns::LevelPatterns(const Level& level_, const CompiledRules& rules_)
    : level(level_), rules(rules_), predicates(rules_), names(rules_.names) {
  for (RuleIndex r = 0; r < rules.rules.size(); ++r) {
    const Rule& rule = rules.rules[r];
    if (rule.level != level.index) continue;
    members.push_back(r);
    trees.push_back(read_rule_pattern(rule, rules.patterns, predicates, names));
    when.emplace_back();
    for (const std::string* text : {&level.when, &rule.when}) {
      if (!text->empty()) when.back().push_back(predicates.expression(*text));
    }
  }
}

LevelTrace trace_level(const LevelPatterns& patterns, const Chart& before, TokenRange within) {
  LevelTrace trace;
  trace.level = &patterns.level;
  trace.seconds.resize(patterns.members.size());
  trace.stretches = stretches_of(patterns.level, before, within);
  for (std::size_t s = 0; s < trace.stretches.size(); ++s) {
    const Stretch& stretch = trace.stretches[s];
    Reader reader(patterns, stretch.units);
    const std::size_t first = trace.matches.size();
    for (std::size_t r = 0; r < patterns.members.size(); ++r) {
      const auto begin = std::chrono::steady_clock::now();
      for (const TokenRange& units : matches_of(patterns, r, reader)) {
        const TokenRange range = tokens_of(stretch, units);
        if (range.size() > 0) trace.matches.push_back({patterns.members[r], s, units, range});
      }
      trace.seconds[r] +=
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    if (!patterns.level.keep_all) resolve_overlaps(trace.matches, first, patterns.rules);
  }
  return trace;
}

// --- what came close ---

namespace {

// How much it says that a unit satisfies an atom: little when any unknown word would.
constexpr float kTelling = 1.0F;
constexpr float kPlain = 0.2F;
constexpr float kNone = -1.0F;       // no way leads here
constexpr std::size_t kWindow = 24;  // units before the place where a match may begin

// Follows a pattern from places with what was matched on the way, and remembers where it failed.
class Walker {
 public:
  Walker(const LevelPatterns& patterns, Reader& reader, const std::vector<Unit>& units)
      : patterns_(patterns), reader_(reader), units_(units) {}

  using Worths = std::vector<float>;  // by place

  struct Failure {
    std::size_t unit = 0;
    float worth = kNone;
    std::vector<std::string> wanted;
  };

  Worths start(std::size_t place) const {
    Worths from(reader_.size() + 1, kNone);
    from[place] = 0;
    return from;
  }

  Worths walk(const Pattern& pattern, const Worths& from) {
    switch (pattern.kind) {
      case Pattern::Kind::predicate:
        return step(pattern.predicate, from);
      case Pattern::Kind::begin:
        return edge(from, 0, "^");
      case Pattern::Kind::end:
        return edge(from, reader_.size(), "$");
      case Pattern::Kind::choice: {
        Worths out(from.size(), kNone);
        for (const Pattern& child : pattern.children) merge(out, walk(child, from));
        return out;
      }
      case Pattern::Kind::repeat:
        return repeat(pattern, from);
      case Pattern::Kind::sequence:
      case Pattern::Kind::group:
        break;
    }
    Worths out = from;
    for (const Pattern& child : pattern.children) out = walk(child, out);
    return out;
  }

  // Failures of less weight, or before this unit, are forgotten.
  std::size_t no_sooner_than = 0;
  Failure failure;

 private:
  static bool any(const Worths& worths) {
    return std::ranges::any_of(worths, [](float w) { return w != kNone; });
  }
  static bool merge(Worths& into, const Worths& other) {
    bool better = false;
    for (std::size_t p = 0; p < into.size(); ++p) {
      better |= other[p] > into[p];
      into[p] = std::max(into[p], other[p]);
    }
    return better;
  }

  Worths repeat(const Pattern& pattern, Worths from) {
    const Repetition limits = repetition_of(pattern);
    Worths out(from.size(), kNone);
    for (std::size_t n = 0; n <= limits.most && any(from); ++n) {
      if (n >= limits.least && !merge(out, from)) break;
      from = walk(pattern.children.front(), from);
    }
    return out;
  }

  Worths step(std::size_t predicate, const Worths& from) {
    Worths out(from.size(), kNone);
    const PlaceSet& holds = reader_.column(predicate);
    const float worth = worth_of(predicate);
    for (std::size_t p = 0; p < from.size(); ++p) {
      if (from[p] == kNone) continue;
      if (p < reader_.size() && holds.has(p))
        out[p + 1] = from[p] + worth;
      else
        fail(p, from[p], [&] { return wanted(predicate, p); });
    }
    return out;
  }

  // What a unit lacks of a predicate; all of it behind the end.
  std::string wanted(std::size_t predicate, std::size_t unit) const {
    if (unit >= units_.size()) return patterns_.predicates.written(predicate);
    return patterns_.predicates.failing(predicate, [&](const Atom& atom) {
      return satisfies(units_[unit], atom, patterns_.rules);
    });
  }

  Worths edge(const Worths& from, std::size_t place, const char* written) {
    Worths out(from.size(), kNone);
    for (std::size_t p = 0; p < from.size(); ++p) {
      if (p == place)
        out[p] = from[p];
      else if (from[p] != kNone)
        fail(p, from[p], [&] { return std::string(written); });
    }
    return out;
  }

  template <typename Text>
  void fail(std::size_t unit, float worth, Text text) {
    if (unit < no_sooner_than || worth < failure.worth) return;
    if (worth > failure.worth || unit > failure.unit) failure = {unit, worth, {}};
    if (unit != failure.unit || failure.wanted.size() > 3) return;
    const std::string wanted = text();
    if (std::ranges::find(failure.wanted, wanted) == failure.wanted.end())
      failure.wanted.push_back(wanted);
  }

  // A predicate is telling when no unknown word satisfies it.
  float worth_of(std::size_t predicate) {
    const auto [it, fresh] = worth_.try_emplace(predicate, kTelling);
    if (!fresh) return it->second;
    for (const Shape shape : {Shape::lower, Shape::cap}) {
      Unit unknown;
      unknown.look = Look{shape};
      if (satisfies(unknown, predicate, patterns_.predicates, patterns_.rules)) it->second = kPlain;
    }
    return it->second;
  }

  const LevelPatterns& patterns_;
  Reader& reader_;
  const std::vector<Unit>& units_;
  std::map<std::size_t, float> worth_;
};

std::string joined(const std::vector<std::string>& atoms) {
  std::string out;
  for (const std::string& atom : atoms) out += (out.empty() ? "" : " or ") + atom;
  return out;
}

class Search {
 public:
  Search(const LevelPatterns& patterns, const Stretch& stretch, std::size_t unit)
      : patterns_(patterns),
        stretch_(stretch),
        unit_(unit),
        reader_(patterns, stretch.units),
        walker_(patterns, reader_, stretch.units) {}

  std::vector<NearMiss> run() {
    for (std::size_t r = 0; r < patterns_.members.size(); ++r) {
      best_ = NearMiss{};
      for (std::size_t begin = unit_ - std::min(unit_, kWindow); begin <= unit_; ++begin)
        try_from(r, begin);
      if (best_.worth >= kTelling) misses_.push_back(best_);
    }
    return std::move(misses_);
  }

 private:
  void try_from(std::size_t rule, std::size_t begin) {
    const Parts parts = parts_of(patterns_.trees[rule]);
    walker_.failure = {};
    walker_.no_sooner_than = unit_;
    const Walker::Worths ends = walker_.walk(*parts.span, walker_.start(begin));
    std::size_t end = 0;  // of the longest span that holds the unit
    for (std::size_t p = unit_ + 1; p < ends.size(); ++p) {
      if (ends[p] != kNone) end = p;
    }
    if (end > 0) return try_contexts(rule, parts, begin, end, ends[end]);
    const Walker::Failure& failure = walker_.failure;
    if (failure.worth <= 0) return;
    note(rule, NearMiss::Part::span, {begin, failure.unit}, failure, failure.worth);
  }

  // The span is there: a context is missing, or the stretch lacks what `when` asks for.
  void try_contexts(std::size_t rule, const Parts& parts, std::size_t begin, std::size_t end,
                    float worth) {
    const auto told = [&](NearMiss::Part part, const Walker::Failure& failure) {
      note(rule, part, {begin, end}, failure, worth + kTelling);
    };
    if (!when_holds(patterns_, rule, reader_)) return told(NearMiss::Part::when, wanted_when(rule));
    if (parts.before && !reader_.reach(*parts.before, reader_.everywhere()).has(begin)) {
      return told(NearMiss::Part::before,
                  {begin > 0 ? begin - 1 : reader_.size(), 0, {before_of(rule)}});
    }
    if (!parts.after || !reader_.reach(*parts.after, reader_.at(end)).empty()) return;
    walker_.failure = {};
    walker_.no_sooner_than = end;
    walker_.walk(*parts.after, walker_.start(end));
    told(NearMiss::Part::after, walker_.failure);
  }

  Walker::Failure wanted_when(std::size_t rule) {
    Walker::Failure failure{reader_.size(), 0, {}};
    for (const std::size_t when : patterns_.when[rule]) {
      if (reader_.column(when).empty())
        failure.wanted.push_back(patterns_.predicates.written(when));
    }
    return failure;
  }

  std::string before_of(std::size_t index) const {
    const Rule& rule = patterns_.rules.rules[patterns_.members[index]];
    return rule.before.empty() ? "none of " + rule.not_before : rule.before;
  }

  void note(std::size_t rule, NearMiss::Part part, std::pair<std::size_t, std::size_t> units,
            const Walker::Failure& failure, float worth) {
    if (worth <= best_.worth) return;
    const TokenRange range{static_cast<std::uint32_t>(units.first),
                           static_cast<std::uint32_t>(units.second)};
    best_ = {patterns_.members[rule],
             tokens_of(stretch_, range),
             part,
             joined(failure.wanted),
             {},
             worth};
    if (failure.unit < stretch_.units.size())
      best_.token = stretch_.units[failure.unit].range.first;
  }

  const LevelPatterns& patterns_;
  const Stretch& stretch_;
  std::size_t unit_;
  Reader reader_;
  Walker walker_;
  NearMiss best_;
  std::vector<NearMiss> misses_;
};

}  // namespace

std::vector<NearMiss> near_misses(const LevelPatterns& patterns, const LevelTrace& trace,
                                  std::uint32_t token, std::size_t most) {
  std::vector<NearMiss> out;
  for (const Stretch& stretch : trace.stretches) {
    if (token < stretch.range.first || token >= stretch.range.last) continue;
    const auto unit = std::ranges::find_if(stretch.units, [&](const Unit& u) {
      return u.range.first <= token && token < u.range.last;
    });
    if (unit == stretch.units.end()) continue;
    for (NearMiss& miss :
         Search(patterns, stretch, static_cast<std::size_t>(unit - stretch.units.begin())).run()) {
      const bool matched = std::ranges::any_of(trace.matches, [&](const TracedMatch& m) {
        return m.rule == miss.rule && m.range.first <= token && token < m.range.last;
      });
      if (!matched) out.push_back(std::move(miss));
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &NearMiss::worth);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace glane
