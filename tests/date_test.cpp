#include <gtest/gtest.h>

#include <vector>

#include "interpret/calendar.h"
#include "interpret/interpret_date.h"

namespace glane {
namespace {

const Date kWednesday{2025, 3, 12};
const Anchor kPast{kWednesday, Direction::past};
const Anchor kFuture{kWednesday, Direction::future};
const Anchor kNearest{kWednesday, Direction::nearest};
const Anchor kUnknown{};

std::string text_of(const DateParts& parts, const Anchor& anchor) {
  return resolve_date(parts, anchor).value_or("nothing");
}

TEST(Calendar, DaysComeBack) {
  for (DayNumber day = -800000; day < 800000; day += 37) {
    Date date = date_of(day);
    ASSERT_EQ(day_number(date), day);
  }
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(date_of(0), (Date{1970, 1, 1}));
}

TEST(Calendar, WeekdaysAndWeeks) {
  EXPECT_EQ(weekday_of(day_number(kWednesday)), 3);
  EXPECT_EQ(weekday_of(day_number({1900, 1, 1})), 1);
  IsoWeek week = iso_week(day_number({2016, 1, 1}));
  EXPECT_EQ(week.year, 2015);
  EXPECT_EQ(week.week, 53);
  EXPECT_EQ(iso_week(day_number({2018, 12, 31})).year, 2019);
}

TEST(Calendar, MonthsKeepTheirLength) {
  EXPECT_EQ(add_months({2024, 1, 31}, 1), (Date{2024, 2, 29}));
  EXPECT_EQ(add_months({2025, 1, 31}, -2), (Date{2024, 11, 30}));
  EXPECT_FALSE(is_valid({2025, 2, 29}));
  EXPECT_FALSE(is_valid({1900, 2, 29}));
}

TEST(Calendar, Easter) {
  EXPECT_EQ(easter(2025), (Date{2025, 4, 20}));
  EXPECT_EQ(easter(2024), (Date{2024, 3, 31}));
  EXPECT_EQ(easter(1818), (Date{1818, 3, 22}));
}

TEST(Calendar, ParsesIsoDates) {
  EXPECT_EQ(parse_date("2025-03-12"), kWednesday);
  EXPECT_EQ(parse_date("2025-03-12T08:00:00Z"), kWednesday);
  for (const char* text : {"", "2025-02-29", "2025-3-12", "12-03-2025", "2025-03-1", "2025-03-123"})
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
}

TEST(Date, Complete) {
  EXPECT_EQ(text_of({.day = 3, .month = 3, .year = 2017}, kPast), "2017-03-03");
  EXPECT_EQ(text_of({.day = 31, .month = 4}, kPast), "nothing");
  EXPECT_EQ(text_of({.day = 29, .month = 2, .year = 2025}, kPast), "nothing");
  EXPECT_EQ(text_of({.month = 11, .year = 2016}, kUnknown), "2016-11");
}

TEST(Date, DayAndMonthTakeAYear) {
  DateParts april{.day = 5, .month = 4};
  EXPECT_EQ(text_of(april, kPast), "2024-04-05");
  EXPECT_EQ(text_of(april, kFuture), "2025-04-05");
  EXPECT_EQ(text_of(april, kNearest), "2025-04-05");
  EXPECT_EQ(text_of(april, kUnknown), "XXXX-04-05");
  EXPECT_EQ(text_of({.day = 12, .month = 3}, kPast), "2025-03-12");
  EXPECT_EQ(text_of({.day = 29, .month = 2}, kPast), "2024-02-29");
}

TEST(Date, WeekdayPicksTheYearUnlessItContradicts) {
  EXPECT_EQ(text_of({.weekday = 7, .day = 15, .month = 5}, {Date{2016, 5, 16}}), "2016-05-15");
  EXPECT_EQ(text_of({.weekday = 1, .day = 12, .month = 3, .year = 2025}, kPast), "2025-03-12");
  EXPECT_EQ(text_of({.weekday = 1, .day = 12, .month = 3}, kPast), "2025-03-12");
}

TEST(Date, BareWeekdays) {
  EXPECT_EQ(text_of({.weekday = 1}, kPast), "2025-03-10");
  EXPECT_EQ(text_of({.weekday = 1}, kFuture), "2025-03-17");
  EXPECT_EQ(text_of({.weekday = 3}, kPast), "2025-03-12");
  EXPECT_EQ(text_of({.weekday = 3}, {kWednesday, Direction::past, true}), "2025-03-05");
  EXPECT_EQ(text_of({.weekday = 3}, kUnknown), "XXXX-WXX-3");
  EXPECT_EQ(text_of({.weekday = 2, .part = "TEV"}, kPast), "2025-03-11TEV");
}

TEST(Date, MonthsSeasonsQuartersHolidays) {
  EXPECT_EQ(text_of({.month = 3}, kPast), "2025-03");
  EXPECT_EQ(text_of({.month = 11}, {kWednesday, Direction::past, true}), "2024-11");
  EXPECT_EQ(text_of({.year = 2025, .season = "FA"}, kPast), "2025-FA");
  EXPECT_EQ(text_of({.season = "FA"}, kPast), "2024-FA");
  EXPECT_EQ(text_of({.portion = "Q2"}, kPast), "2024-Q2");
  EXPECT_EQ(text_of({.year = 2024, .holiday = "12-25"}, kPast), "2024-12-25");
  EXPECT_EQ(text_of({.year = 2025, .holiday = "E+39"}, kPast), "2025-05-29");
  EXPECT_EQ(text_of({.weekday = 5, .day = 13}, kUnknown), "XXXX-XX-13");
}

TEST(Date, Shifts) {
  EXPECT_EQ(resolve_shift("D", -1, "", kPast), "2025-03-11");
  EXPECT_EQ(resolve_shift("D", 0, "TMO", kPast), "2025-03-12TMO");
  EXPECT_EQ(resolve_shift("W", -1, "", kPast), "2025-W10");
  EXPECT_EQ(resolve_shift("M", -3, "", kPast), "2024-12");
  EXPECT_EQ(resolve_shift("Y", -25, "", kPast), "2000");
  EXPECT_EQ(resolve_shift("WE", -1, "", kPast), "2025-W10-WE");
  EXPECT_EQ(resolve_shift("CE", -1, "", kPast), "19");
  EXPECT_EQ(resolve_shift("D", -1, "", kUnknown), "XXXX-XX-XX");
  EXPECT_EQ(resolve_shift("Y", -100000, "", kPast), "XXXX");
}

TEST(Date, WeekdaysOfOtherWeeks) {
  EXPECT_EQ(resolve_weekday(1, 1, "", kPast), "2025-03-17");
  EXPECT_EQ(resolve_weekday_in(1, 7, kPast), "2025-03-24");
  EXPECT_EQ(resolve_weekday_in(3, 7, kPast), "2025-03-19");
}

TEST(Date, Digits) {
  struct Case {
    const char* text;
    const char* value;
  };
  for (const Case& c : {Case{"13.03.23", "2023-03-13"},
                        {"12/03/2025", "2025-03-12"},
                        {"2016-11-07", "2016-11-07"},
                        {"15.05.99", "1999-05-15"},
                        {"31.02.2024", "nothing"},
                        {"8/2", "2025-02-08"}}) {
    auto parts = read_digit_date(c.text);
    ASSERT_TRUE(parts) << c.text;
    EXPECT_EQ(text_of(*parts, kNearest), c.value) << c.text;
  }
  EXPECT_EQ(read_digit_date("2016"), std::nullopt);
}

TEST(Time, EveryWriting) {
  struct Case {
    const char* text;
    const char* value;
  };
  for (const Case& c : {Case{"22:35", "T22:35"},
                        {"22:35:10", "T22:35:10"},
                        {"14 h 30", "T14:30"},
                        {"8h", "T08:00"},
                        {"18 heures 30", "T18:30"},
                        {"onze heures", "T11:00"},
                        {"22 h 35 utc+01:00", "T22:35+01:00"},
                        {"18h00 gmt", "T18:00Z"},
                        {"midi et demi", "T12:30"},
                        {"midi quinze", "T12:15"},
                        {"midi moins le quart", "T11:45"},
                        {"minuit trois", "T00:03"},
                        {"onze heures trois quarts", "T11:45"},
                        {"8h du soir", "T20:00"},
                        {"3 heures du matin", "T03:00"},
                        {"huit heures moins vingt-trois minutes", "T07:37"},
                        {"sept heures et dix", "T07:10"},
                        {"19 h 21 min", "T19:21"},
                        {"25 h", "nothing"},
                        {"12 h 75", "nothing"},
                        {"heures", "nothing"}})
    EXPECT_EQ(read_time(c.text).value_or("nothing"), c.value) << c.text;
}

TEST(Duration, Writes) {
  EXPECT_EQ(write_duration({{Decimal(4), "Y"}}, false), "P4Y");
  EXPECT_EQ(write_duration({{Decimal(48), "H"}}, false), "PT48H");
  EXPECT_EQ(write_duration({{Decimal(1), "Y"}}, true), "P1Y6M");
  EXPECT_EQ(write_duration({{Decimal(3), "M"}, {Decimal(1), "D"}}, false), "P3M1D");
  EXPECT_EQ(write_duration({{std::nullopt, "M"}}, false), "PXM");
  EXPECT_EQ(write_duration({{Decimal(3), "H"}}, true), "PT3H30M");
  EXPECT_EQ(write_duration({{Decimal(3), "MIN"}}, false), "PT3M");
  EXPECT_EQ(read_clock_duration("1h30"), "PT1H30M");
  EXPECT_EQ(read_race_time("1'12\""), "PT1M12S");
  EXPECT_EQ(read_race_time("3'30\"65"), "PT3M30.65S");
  EXPECT_EQ(read_race_time("43\"03"), "PT43.03S");
  EXPECT_EQ(read_race_time("1:12.56"), "PT1M12.56S");
  EXPECT_EQ(read_race_time("12"), std::nullopt);
}

}  // namespace
}  // namespace glane
