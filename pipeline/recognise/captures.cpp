#include "recognise/captures.h"

#include <bit>

#include "compile/pattern.h"

namespace glane {
namespace {

class CaptureSearch {
 public:
  CaptureSearch(const LevelRule& rule, const PlacedMatch& match, Board& board,
                std::vector<WalkedPart>& parts, std::vector<Capture>& out)
      : rule_(rule), match_(match), board_(board), parts_(parts), out_(out) {}

  void run() {
    const std::size_t known = out_.size();
    if (rule_.fixed && place()) return;
    out_.resize(known);
    walk();
  }

 private:
  // Lines follow each other on the board as their cells do, with a place more a line.
  TokenRange cells(std::size_t first, std::size_t last) const {
    return {static_cast<std::uint32_t>(first) - match_.line,
            static_cast<std::uint32_t>(last) - match_.line};
  }
  void add(std::uint16_t name, std::size_t first, std::size_t last) {
    if (first != last) out_.push_back({name, cells(first, last)});
  }

  // By their distance from an end of the match. False when that does not tell where a part lies.
  bool place() {
    const auto moved = [&](bool from_end, std::int32_t by) {
      return (from_end ? match_.last : match_.first) +
             static_cast<std::size_t>(static_cast<std::ptrdiff_t>(by));
    };
    for (const LevelRule::FixedPart& part : rule_.fixed_parts) {
      if (part.clause != LevelRule::kNone) {
        const std::optional<std::size_t> only = only_place(part.clause);
        if (!only) return false;
        add(part.name, *only, *only + 1);
      } else {
        add(part.name, moved(part.first_from_end, part.first),
            moved(part.last_from_end, part.last));
      }
    }
    return true;
  }

  // Of the only unit of the match that satisfies a clause.
  std::optional<std::size_t> only_place(std::uint32_t clause) {
    const std::size_t size = match_.last - match_.first;
    if (size > 64) return std::nullopt;
    const std::uint64_t units = BoardWindow(board_, match_.first).cut(board_.column(clause)) &
                                ~std::uint64_t{0} >> (64 - size);
    if (!std::has_single_bit(units)) return std::nullopt;
    return match_.first + static_cast<std::size_t>(std::countr_zero(units));
  }

  // By a walk through the pattern between its known ends.
  void walk() {
    parts_.clear();
    if (rule_.before.has_groups())
      in_columns(match_.line_first, match_.first, [&](auto& columns, std::size_t from) {
        walk_before(rule_.before, columns, match_.first - from);
      });
    in_columns(match_.first, match_.last, [&](auto& columns, std::size_t from) {
      walk(rule_.span, columns, match_.first - from, columns.only(match_.last - from));
    });
    if (rule_.after.has_groups())
      in_columns(match_.last, match_.line_last, [&](auto& columns, std::size_t from) {
        walk_after(rule_.after, columns, match_.last - from);
      });
    for (const WalkedPart& part : parts_)
      if (part.name != kSpanGroup) add(part.name, part.first, part.last);
  }

  // Calls walk(columns, from) with the columns of the places [first, last] at least, which count
  // from `from`; moves the parts that it finds to the places of the board.
  template <typename Action>
  void in_columns(std::size_t first, std::size_t last, Action walk) {
    const std::size_t known = parts_.size();
    if (last - first >= 64) {
      WholeBoard columns(board_);
      walk(columns, 0);
      return;
    }
    BoardWindow columns(board_, first);
    walk(columns, first);
    for (std::size_t i = known; i < parts_.size(); ++i) {
      parts_[i].first += static_cast<std::uint32_t>(first);
      parts_[i].last += static_cast<std::uint32_t>(first);
    }
  }

  template <typename Set, typename Columns>
  void walk(const PlaceMap& map, Columns& columns, std::size_t from, const Set& goal) {
    Walk<Set, Columns>(map, columns, parts_)(from, goal);
  }
  // The longest context before a match, and the longest behind it.
  template <typename Columns>
  void walk_before(const PlaceMap& map, Columns& columns, std::size_t to) {
    auto begins = columns.only(to);
    map.backward(begins, begins, columns);
    walk(map, columns, begins.first(), columns.only(to));
  }
  template <typename Columns>
  void walk_after(const PlaceMap& map, Columns& columns, std::size_t from) {
    auto ends = columns.only(from);
    map.forward(ends, columns);
    walk(map, columns, from, columns.only(ends.last()));
  }

  const LevelRule& rule_;
  const PlacedMatch& match_;
  Board& board_;
  std::vector<WalkedPart>& parts_;
  std::vector<Capture>& out_;
};

}  // namespace

void Captures::find(const LevelRule& rule, const PlacedMatch& match, Board& board,
                    std::vector<Capture>& out) {
  CaptureSearch(rule, match, board, parts_, out).run();
}

}  // namespace glane
