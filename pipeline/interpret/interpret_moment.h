// Matches of dates and clock times → TIMEX3 texts.
//
// What a date leaves out is taken from the publication date, its side (last Monday or next
// one) from the tense of the clause. "Le lendemain" is counted from the last date that the
// text named by itself, if that stands in the same sentence or one of the two before.
// `set.form` of a rule says how its parts are put together:
//
//   (none)     a calendar date, or a range of two         first    the first day of a range
//   shift      `by` periods from the publication date     after    … from another date
//   decade century portion (quarter, half)
//   week       a weekday of the week `by` weeks away      fortnight  lundi en huit
//   nth        le premier dimanche de juin
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "glane/article.h"
#include "glane/document.h"
#include "interpret/figure_context.h"
#include "interpret/interpret_date.h"
#include "interpret/match_parts.h"

namespace glane {

class MomentReader {
 public:
  MomentReader(const MatchParts& parts, const FigureContext& context, const Article& article,
               std::vector<Diagnostic>& diagnostics)
      : parts_(parts), context_(context), article_(article), diagnostics_(diagnostics) {}

  // Sets the value of the figure, or its ends. A day that does not exist sets nothing and is
  // told as "impossible-date"; a weekday that its date contradicts, as "weekday-mismatch".
  void read_date(const FigureContext::Cues& cues, Figure& figure);
  void read_time(Figure& figure) const;

 private:
  // The parts of the date, or of the end of the range whose names carry a 2 (`end` is 1).
  DateParts parts(int end) const;
  std::string_view part_of_day(int end) const;
  Anchor anchor(Direction usual) const;
  Direction direction_of(Direction usual) const;
  bool lies_far_ahead() const;
  bool lies_just_behind() const;

  bool is_habit() const;
  std::optional<int> near_year() const;
  void read_calendar(bool first_alone);
  void read_month_span();
  void read_shift();
  void read_far_years(const std::optional<Amount>& count);
  void read_anchored();
  void read_decade();
  void read_century();
  void read_portion();
  void read_weekday_of_week();
  void read_weekday_in();
  void read_weekday_of_month();

  std::optional<std::string> resolve(const DateParts& date, const Anchor& anchor);
  long long shift_by() const;
  std::string_view shift_unit() const;
  std::optional<Date> day_before_this(std::string_view unit) const;
  void keep(const std::optional<std::string>& value);
  void remember(const std::string& value);
  void warn(const char* code, std::string message);

  const MatchParts& parts_;
  const FigureContext& context_;
  const Article& article_;
  std::vector<Diagnostic>& diagnostics_;

  const FigureContext::Cues* cues_ = nullptr;
  Figure* figure_ = nullptr;

  // The date that the text named last, and how fine it was: D, M or Y.
  struct Named {
    Date day;
    char grain = 'D';
    std::size_t sentence = 0;
  };
  std::optional<Named> last_;
};

}  // namespace glane
