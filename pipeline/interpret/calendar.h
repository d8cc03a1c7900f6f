// Arithmetic of the proleptic Gregorian calendar, on days counted from 1970-01-01.
// Years 1…9999. Pure functions, no clock, no locale.
#pragma once

#include "glane/article.h"

namespace glane {

using DayNumber = int;  // days since 1970-01-01

DayNumber day_number(const Date& date);
Date date_of(DayNumber day);

bool is_valid(const Date& date);
int days_in_month(int year, int month);
int weekday_of(DayNumber day);  // ISO: 1 is Monday, 7 is Sunday

// The date `months` later (earlier when negative); day 31 becomes the month's last.
Date add_months(const Date& date, int months);

struct IsoWeek {
  int year = 0;
  int week = 0;  // 1…53
};
IsoWeek iso_week(DayNumber day);

// Easter Sunday of the Western churches.
Date easter(int year);

}  // namespace glane
