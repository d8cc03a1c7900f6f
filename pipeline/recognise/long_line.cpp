#include "recognise/long_line.h"

#include <algorithm>

#include "compile/pattern.h"

namespace glane {
namespace {

// So many automata are run without asking the set first: a set over fresh text builds its own
// automaton state by state and costs more than they do.
constexpr std::size_t kFew = 24;

class LongLine {
 public:
  LongLine(const Level& level, std::span<const std::uint32_t> cells, Candidate where,
           std::vector<Candidate>& candidates, std::vector<Capture>& captures)
      : level_(level),
        width_(static_cast<std::size_t>(level.width)),
        where_(where),
        candidates_(candidates),
        captures_(captures) {
    symbols_.resize(cells.size() * width_);
    char* out = symbols_.data();
    for (const std::uint32_t cell : cells) {
      const std::uint32_t code = level_.codes[cell];
      for (std::size_t byte = width_; byte-- > 0;)
        *out++ = static_cast<char>(code >> 8 * byte & 0xFF);
    }
    note_satisfied(cells);
  }

  void search(CascadeWorkspace& workspace) {
    std::vector<int> firing;
    for (std::size_t rule = 0; rule < level_.rules.size(); ++rule) {
      if (may_match(rule)) firing.push_back(static_cast<int>(rule));
    }
    if (firing.size() > kFew) confirm(firing, workspace);
    for (const int place : firing) locate(static_cast<std::uint16_t>(place));
  }

 private:
  void note_satisfied(std::span<const std::uint32_t> cells) {
    std::vector<bool> seen(level_.codes.size(), false);
    satisfied_.assign(level_.common_looks.size(), false);
    for (const std::uint32_t cell : cells) {
      if (seen[cell]) continue;
      seen[cell] = true;
      const std::size_t look = cell % level_.look_classes;
      const CellFlips flips = level_.flips_of[cell];
      std::size_t flip = flips.first();
      for (std::size_t clause = 0; clause < satisfied_.size(); ++clause) {
        const bool flipped = flip < flips.last() && level_.flips[flip] == clause;
        flip += flipped ? 1 : 0;
        if ((level_.common_looks[clause] >> look & 1) != (flipped ? 1 : 0))
          satisfied_[clause] = true;
      }
    }
  }

  bool may_match(std::size_t rule) const {
    const std::uint64_t* required = &level_.required[rule * level_.required_words];
    for (std::size_t clause = 0; clause < level_.required_words * 64; ++clause) {
      if ((required[clause / 64] >> clause % 64 & 1) != 0 && !satisfied_[clause]) return false;
    }
    return true;
  }

  // Keeps the rules that the set finds somewhere; all, when it runs out of memory.
  void confirm(std::vector<int>& firing, CascadeWorkspace& workspace) {
    const RE2::Set* set = level_.set();
    RE2::Set::ErrorInfo error{};
    std::vector<int> found;
    const bool any = set && set->Match(symbols_, &found, &error);
    if (!set || (!any && error.kind == RE2::Set::kOutOfMemory)) {
      ++workspace.set_overflows;
      return;
    }
    std::ranges::sort(found);
    std::vector<int> both;
    std::ranges::set_intersection(firing, found, std::back_inserter(both));
    firing.swap(both);
  }

  // The search goes on one unit before the end of a match, so that the next one still sees its
  // context; what then overlaps is searched again from the end.
  void locate(std::uint16_t place) {
    const LevelRule& rule = level_.rules[place];
    const int groups = static_cast<int>(rule.groups.size()) + 1;
    parts_.assign(static_cast<std::size_t>(groups), {});
    std::size_t at = 0;
    std::uint32_t reached = 0;
    while (at <= symbols_.size() && rule.pattern().Match(symbols_, at, symbols_.size(),
                                                         RE2::UNANCHORED, parts_.data(), groups)) {
      const std::size_t captures = captures_.size();
      const TokenRange span = read_parts(rule);
      if (span.first < reached) {
        captures_.resize(captures);
        at = std::max(at + width_, reached * width_);
        continue;
      }
      reached = std::max(span.last, span.first + 1);
      at = std::max(at + width_, (reached - 1) * width_);
      if (span.first < span.last) add(span, place, captures);
    }
  }

  void add(TokenRange span, std::uint16_t place, std::size_t captures) {
    Candidate candidate = where_;
    candidate.first += span.first;
    candidate.last += span.last;
    candidate.place = place;
    candidate.priority = level_.rules[place].priority;
    candidate.first_capture = static_cast<std::uint32_t>(captures);
    candidate.last_capture = static_cast<std::uint32_t>(captures_.size());
    candidates_.push_back(candidate);
  }

  // The span; adds the captures.
  TokenRange read_parts(const LevelRule& rule) {
    TokenRange span{};
    for (std::size_t g = 0; g < rule.groups.size(); ++g) {
      if (parts_[g + 1].data() == nullptr) continue;
      TokenRange range = units_of(parts_[g + 1]);
      if (rule.groups[g] == kSpanGroup) {
        span = range;
      } else if (range.size() > 0) {
        captures_.push_back(
            {rule.groups[g], {where_.first + range.first, where_.first + range.last}});
      }
    }
    return span;
  }

  TokenRange units_of(const re2::StringPiece& part) const {
    const auto offset = static_cast<std::size_t>(part.data() - symbols_.data());
    const auto begin = static_cast<std::uint32_t>(offset / width_);
    return {begin, begin + static_cast<std::uint32_t>(part.size() / width_)};
  }

  const Level& level_;
  std::size_t width_;
  Candidate where_;
  std::vector<Candidate>& candidates_;
  std::vector<Capture>& captures_;
  std::string symbols_;
  std::vector<bool> satisfied_;  // by clause
  std::vector<re2::StringPiece> parts_;
};

}  // namespace

void search_long_line(const Level& level, std::span<const std::uint32_t> cells, Candidate where,
                      CascadeWorkspace& workspace, std::vector<Candidate>& candidates,
                      std::vector<Capture>& captures) {
  LongLine(level, cells, where, candidates, captures).search(workspace);
}

}  // namespace glane
