// Dates, times and durations as TIMEX3 / ISO 8601 texts.
//
// A rule of the figures says which parts a date shows; these functions put them together
// and fill what is missing from the publication date. Without one, what is missing is
// written X: "10 novembre" → "XXXX-11-10".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "glane/article.h"
#include "glane/decimal.h"

namespace glane {

// Where a partial date lies when both sides of the anchor are possible.
enum class Direction { past, future, nearest };

struct Anchor {
  std::optional<Date> day = {};  // of publication, or the date the text spoke of last
  Direction direction = Direction::past;
  bool strict = false;  // "lundi prochain", "mars dernier": the anchor itself is excluded
};

// What a calendar date shows. Empty or absent: not shown. The texts belong to others: to the rules
// and their word lists, mostly.
struct DateParts {
  std::optional<int> weekday = {};  // 1 is Monday
  std::optional<int> day = {};
  std::optional<int> month = {};
  std::optional<int> year = {};
  std::string_view season = {};   // SP SU FA WI
  std::string_view holiday = {};  // "12-25", or days from Easter Sunday: "E+39"
  std::string_view portion = {};  // Q1…Q4, H1, H2
  std::string_view part = {};     // TMO TAF TEV TNI TDT
};

// Nothing when no such day exists ("31 avril").
std::optional<std::string> resolve_date(const DateParts& parts, const Anchor& anchor);

// `by` periods from the anchor: D W M Y WE (weekend) Q DE (decade) CE (century).
// "la semaine dernière" is ('W', -1). `part` of a day is added to days.
std::string resolve_shift(std::string_view period, long long by, std::string_view part,
                          const Anchor& anchor);

// Weekday `weekday` of the week that lies `by` weeks from the anchor's.
std::string resolve_weekday(int weekday, long long by, std::string_view part, const Anchor& anchor);

// "lundi en huit": the weekday from the anchor on, then `days` more.
std::string resolve_weekday_in(int weekday, int days, const Anchor& anchor);

// The year of a number as written: "98" → 1998, "23" → 2023.
int full_year(int written, std::size_t digits);

// All-digit dates, day first unless the year leads: "13.03.23", "12/03/2025", "2016-11-07".
std::optional<DateParts> read_digit_date(std::string_view text);

// Clock times: "22:35", "14 h 30", "8h du soir", "midi et demi", "onze heures moins le quart",
// with a zone: "22 h 35 utc+01:00". Folded text in, "T22:35+01:00" out.
std::optional<std::string> read_time(std::string_view folded);

// "P3M", "PT48H", "P1Y6M" …: amounts of the units Y M W D H MIN S, in this order.
// `half` adds half of the first unit. No amount (indefinite) writes X.
struct Length {
  std::optional<Decimal> amount = {};
  std::string_view unit = {};
};
std::string write_duration(std::vector<Length> lengths, bool half);

// Clock-like durations: "1h30" → PT1H30M.
std::optional<std::string> read_clock_duration(std::string_view folded);

// Times of races, in minutes, seconds and decimals: 1'12", 43"03, 3'30"65, 1:12.56.
std::optional<std::string> read_race_time(std::string_view text);

}  // namespace glane
