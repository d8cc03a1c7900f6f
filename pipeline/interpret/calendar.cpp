#include "interpret/calendar.h"

#include <algorithm>

namespace glane {

// Days of the era and back: the usual trick of a year that starts on 1 March, so that the
// leap day comes last.
DayNumber day_number(const Date& date) {
  int year = date.year - (date.month <= 2 ? 1 : 0);
  int era = (year >= 0 ? year : year - 399) / 400;
  int year_of_era = year - era * 400;
  int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_of(DayNumber day) {
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int day_of_era = shifted - era * 146097;
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;
  int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

int days_in_month(int year, int month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool is_valid(const Date& date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

int weekday_of(DayNumber day) {
  int from_thursday = day % 7;  // 1970-01-01 was a Thursday
  return (from_thursday + 7 + 3) % 7 + 1;
}

Date add_months(const Date& date, int months) {
  int count = date.year * 12 + date.month - 1 + months;
  int year = count / 12;
  int month = count % 12 + 1;
  return {year, month, std::min(date.day, days_in_month(year, month))};
}

IsoWeek iso_week(DayNumber day) {
  DayNumber thursday = day + 4 - weekday_of(day);  // the week belongs to its Thursday's year
  int year = date_of(thursday).year;
  return {year, (thursday - day_number({year, 1, 1})) / 7 + 1};
}

// Anonymous Gregorian computus (Meeus, Jones, Butcher).
Date easter(int year) {
  int golden = year % 19;
  int century = year / 100;
  int of_century = year % 100;
  int corrected = (century - (century + 8) / 25 + 1) / 3;
  int epact = (19 * golden + century - century / 4 - corrected + 15) % 30;
  int weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
  int late = (golden + 11 * epact + 22 * weekday) / 451;
  int march_day = epact + weekday - 7 * late + 114;
  return {year, march_day / 31, march_day % 31 + 1};
}

namespace {

std::optional<int> digits_at(const std::string& text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(const std::string& iso) {
  auto year = digits_at(iso, 0, 4);
  auto month = digits_at(iso, 5, 2);
  auto day = digits_at(iso, 8, 2);
  if (!year || !month || !day || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  bool alone = iso.size() == 10 || iso[10] == 'T' || iso[10] == 't' || iso[10] == ' ';
  Date date{*year, *month, *day};
  return alone && is_valid(date) ? std::optional(date) : std::nullopt;
}

}  // namespace glane
