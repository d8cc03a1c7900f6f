#include "interpret/interpret_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

#include "interpret/calendar.h"
#include "interpret/interpret_number.h"
#include "values/among.h"

namespace glane {

namespace {

void append_padded(int value, std::size_t width, std::string& out) {
  std::array<char, 12> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto size = static_cast<std::size_t>(end - digits.data());
  out.append(width - std::min(width, size), '0').append(digits.data(), size);
}

std::string padded(int value, std::size_t width) {
  std::string text;
  append_padded(value, width, text);
  return text;
}

std::string write_month(int year, int month) {
  std::string text = padded(year, 4);
  text += '-';
  append_padded(month, 2, text);
  return text;
}

std::string write_day(const Date& date) {
  std::string text = write_month(date.year, date.month);
  text += '-';
  append_padded(date.day, 2, text);
  return text;
}

std::string write_week(DayNumber day) {
  IsoWeek week = iso_week(day);
  return padded(week.year, 4) + "-W" + padded(week.week, 2);
}

// Of the candidates before and after the anchor, the one the direction asks for.
DayNumber choose(DayNumber past, DayNumber future, const Anchor& anchor) {
  if (anchor.direction == Direction::past) return past;
  if (anchor.direction == Direction::future) return future;
  DayNumber now = day_number(*anchor.day);
  return future - now < now - past ? future : past;
}

// The occurrence of a yearly date that the anchor and its direction ask for.
template <typename DayOfYear>
std::optional<DayNumber> choose_year(DayOfYear day_of_year, const Anchor& anchor) {
  DayNumber now = day_number(*anchor.day);
  // Days counted from Easter may lie in a year beside their own, 29 February eight years away.
  const auto nearest = [&](int step) {
    for (int years = -1; years <= 8; ++years) {
      std::optional<DayNumber> day = day_of_year(anchor.day->year + step * years);
      if (!day || (anchor.strict && *day == now)) continue;
      if (step < 0 ? *day <= now : *day >= now) return day;
    }
    return std::optional<DayNumber>();
  };
  const std::optional<DayNumber> past = nearest(-1);
  const std::optional<DayNumber> future = nearest(1);
  if (!past || !future) return past ? past : future;
  return choose(*past, *future, anchor);
}

std::optional<DayNumber> valid_day(int year, int month, int day) {
  Date date{year, month, day};
  return is_valid(date) ? std::optional(day_number(date)) : std::nullopt;
}

std::optional<DayNumber> holiday_of(std::string_view code, int year) {
  if (code.starts_with('E')) {
    int offset = std::atoi(std::string(code.substr(code[1] == '+' ? 2 : 1)).c_str());
    return day_number(easter(year)) + offset;
  }
  return valid_day(year, std::atoi(std::string(code.substr(0, 2)).c_str()),
                   std::atoi(std::string(code.substr(3, 2)).c_str()));
}

std::optional<std::string> written(std::optional<DayNumber> day, const DateParts& parts) {
  if (!day) return std::nullopt;
  return write_day(date_of(*day)).append(parts.part);
}

std::optional<std::string> resolve_holiday(const DateParts& parts, const Anchor& anchor) {
  if (parts.year) return written(holiday_of(parts.holiday, *parts.year), parts);
  if (anchor.day) {
    auto of_year = [&](int year) { return holiday_of(parts.holiday, year); };
    return written(choose_year(of_year, anchor), parts);
  }
  return parts.holiday.starts_with('E') ? "XXXX-XX-XX" : std::string("XXXX-").append(parts.holiday);
}

constexpr int kMonth = 31;  // days: so near, a weekday that its date contradicts is wrong
constexpr int kYear = 400;  // days: as far as a weekday picks the year

// Day and month; a weekday beside them picks the year when the text names none.
std::optional<std::string> resolve_month_day(const DateParts& parts, const Anchor& anchor) {
  if (*parts.month < 1 || *parts.month > 12 || *parts.day < 1 ||
      *parts.day > days_in_month(parts.year.value_or(2000), *parts.month))
    return std::nullopt;
  if (parts.year) return written(valid_day(*parts.year, *parts.month, *parts.day), parts);
  if (!anchor.day)
    return ("XXXX-" + padded(*parts.month, 2) + "-" + padded(*parts.day, 2)).append(parts.part);
  auto of_year = [&](int year) { return valid_day(year, *parts.month, *parts.day); };
  auto on_weekday = [&](int year) {
    auto day = of_year(year);
    return day && weekday_of(*day) == *parts.weekday ? day : std::nullopt;
  };
  if (parts.weekday) {
    const Anchor nearest{anchor.day, Direction::nearest};
    const auto far = [&](DayNumber day) { return std::abs(day - day_number(*anchor.day)); };
    const auto plain = choose_year(of_year, nearest);
    if (plain && far(*plain) <= kMonth) return written(plain, parts);
    const auto day = choose_year(on_weekday, nearest);
    if (day && far(*day) < kYear) return written(day, parts);
  }
  return written(choose_year(of_year, anchor), parts);
}

std::optional<std::string> resolve_month(const DateParts& parts, const Anchor& anchor) {
  if (*parts.month < 1 || *parts.month > 12) return std::nullopt;
  if (parts.year) return write_month(*parts.year, *parts.month);
  if (!anchor.day) return "XXXX-" + padded(*parts.month, 2);
  auto of_year = [&](int year) { return valid_day(year, *parts.month, 1); };
  Anchor month = anchor;
  month.day->day = 1;
  return write_month(date_of(*choose_year(of_year, month)).year, *parts.month);
}

// "le 17", "jeudi 15": the nearest month that has such a day.
std::optional<std::string> resolve_day(const DateParts& parts, const Anchor& anchor) {
  if (*parts.day < 1 || *parts.day > 31) return std::nullopt;
  if (!anchor.day) return ("XXXX-XX-" + padded(*parts.day, 2)).append(parts.part);
  DayNumber now = day_number(*anchor.day);
  for (int distance = 0; distance < kYear; ++distance) {
    for (DayNumber day : {now - distance, now + distance}) {
      bool side = anchor.direction == Direction::past ? day <= now : day >= now;
      if (anchor.direction != Direction::nearest && !side) continue;
      bool weekday = !parts.weekday || weekday_of(day) == *parts.weekday;
      if (weekday && date_of(day).day == *parts.day) return written(day, parts);
    }
  }
  return std::nullopt;
}

std::optional<std::string> resolve_bare_weekday(const DateParts& parts, const Anchor& anchor) {
  if (!anchor.day) return ("XXXX-WXX-" + std::to_string(*parts.weekday)).append(parts.part);
  DayNumber now = day_number(*anchor.day);
  int back = (weekday_of(now) - *parts.weekday + 7) % 7;
  bool same = back == 0;
  DayNumber past = now - (same && anchor.strict ? 7 : back);
  DayNumber future = now + (same && !anchor.strict ? 0 : 7 - back);
  return written(choose(past, future, anchor), parts);
}

// A season belongs to the year it begins in: winter 2024 runs into March 2025.
std::string resolve_season(const DateParts& parts, const Anchor& anchor) {
  if (parts.year) return (padded(*parts.year, 4) + "-").append(parts.season);
  if (!anchor.day) return std::string("XXXX-").append(parts.season);
  static constexpr std::array kSeasons = {"SP", "SU", "FA", "WI"};
  auto season = static_cast<int>(std::ranges::find(kSeasons, parts.season) - kSeasons.begin());
  int begins = season * 3 + 3;
  int now = anchor.day->month;
  int year = anchor.day->year;
  constexpr int kDays = 19;  // of its first month that are still the season before
  bool winter = begins == 12;
  int age = (now - begins + 12) % 12;  // months since the last beginning
  bool under_way = age < 3;
  bool ends_now = winter && now <= 4;
  if (anchor.direction == Direction::future)
    year += anchor.strict && (now > begins || (now == begins && anchor.day->day > kDays)) ? 1 : 0;
  else if (anchor.direction == Direction::past)
    year -= now < begins ? 1 : 0;
  else
    year -= ends_now ? 1 : 0;
  if (anchor.direction == Direction::past && anchor.strict && under_way) --year;
  return (padded(year, 4) + "-").append(parts.season);
}

std::string resolve_portion(const DateParts& parts, const Anchor& anchor) {
  if (parts.year) return (padded(*parts.year, 4) + "-").append(parts.portion);
  if (!anchor.day) return std::string("XXXX-").append(parts.portion);
  int months = parts.portion[0] == 'Q' ? 3 : 6;
  int end = (parts.portion[1] - '0') * months;
  int year = anchor.day->year;
  bool begun = end - months < anchor.day->month;
  if (anchor.direction != Direction::future && !begun) --year;
  if (anchor.direction == Direction::future && end < anchor.day->month) ++year;
  return (padded(year, 4) + "-").append(parts.portion);
}

}  // namespace

std::optional<std::string> resolve_date(const DateParts& parts, const Anchor& anchor) {
  if (!parts.holiday.empty()) return resolve_holiday(parts, anchor);
  if (!parts.season.empty()) return resolve_season(parts, anchor);
  if (!parts.portion.empty()) return resolve_portion(parts, anchor);
  if (parts.day && parts.month) return resolve_month_day(parts, anchor);
  if (parts.month) return resolve_month(parts, anchor);
  if (parts.day) return resolve_day(parts, anchor);
  if (parts.weekday) return resolve_bare_weekday(parts, anchor);
  if (parts.year) return padded(*parts.year, 4);
  return std::nullopt;
}

namespace {

std::string unknown_shift(std::string_view period, std::string_view part) {
  if (period == "D") return "XXXX-XX-XX" + std::string(part);
  if (period == "W") return "XXXX-WXX";
  if (period == "WE") return "XXXX-WXX-WE";
  if (period == "M") return "XXXX-XX";
  if (period == "Q") return "XXXX-QX";
  return period == "DE" ? "XXX" : period == "CE" ? "XX" : "XXXX";
}

// A weekend belongs to the week that it ends; early in the next one "ce week-end" still is that.
std::string shift_weekend(long long by, const Anchor& anchor) {
  DayNumber now = day_number(*anchor.day);
  const int last = anchor.direction == Direction::past      ? 4
                   : anchor.direction == Direction::nearest ? 2
                                                            : 0;
  if (by == 0 && weekday_of(now) <= last) by = -1;
  return write_week(now + static_cast<int>(by) * 7) + "-WE";
}

}  // namespace

std::string resolve_shift(std::string_view period, long long by, std::string_view part,
                          const Anchor& anchor) {
  constexpr long long kFar = 3000000;  // days; further away nothing is resolved
  if (!anchor.day || by > kFar || by < -kFar) return unknown_shift(period, part);
  auto step = static_cast<int>(by);
  DayNumber now = day_number(*anchor.day);
  if (period == "D") return write_day(date_of(now + step)) + std::string(part);
  if (period == "WE") return shift_weekend(by, anchor);
  if (period == "W") return write_week(now + step * 7);
  int year = anchor.day->year;
  if (period == "Y" || period == "DE" || period == "CE") {
    int years = period == "Y" ? 1 : period == "DE" ? 10 : 100;
    long long target = year + by * years;
    if (target < 0 || target > 9999) return unknown_shift(period, part);
    std::string text = padded(static_cast<int>(target), 4);
    return period == "Y" ? text : text.substr(0, period == "DE" ? 3 : 2);
  }
  if (by > 12 * 999 || by < -12LL * (year - 1)) return unknown_shift(period, part);
  Date month = add_months({year, anchor.day->month, 1}, step * (period == "Q" ? 3 : 1));
  if (period == "Q") return padded(month.year, 4) + "-Q" + std::to_string((month.month + 2) / 3);
  return write_month(month.year, month.month);
}

std::string resolve_weekday(int weekday, long long by, std::string_view part,
                            const Anchor& anchor) {
  if (!anchor.day) return "XXXX-WXX-" + std::to_string(weekday) + std::string(part);
  DayNumber now = day_number(*anchor.day);
  DayNumber monday = now - (weekday_of(now) - 1) + static_cast<int>(by) * 7;
  return write_day(date_of(monday + weekday - 1)) + std::string(part);
}

std::string resolve_weekday_in(int weekday, int days, const Anchor& anchor) {
  if (!anchor.day) return "XXXX-WXX-" + std::to_string(weekday);
  DayNumber now = day_number(*anchor.day);
  return write_day(date_of(now + (weekday - weekday_of(now) + 7) % 7 + days));
}

int full_year(int written, std::size_t digits) {
  if (digits > 2) return written;
  return written < 50 ? 2000 + written : 1900 + written;
}

std::optional<DateParts> read_digit_date(std::string_view text) {
  std::array<std::string_view, 3> fields;
  std::size_t count = 0;
  while (count < 3) {
    std::size_t end = std::min(text.find_first_of("./-"), text.size());
    fields[count++] = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (text.empty()) break;
  }
  std::array<int, 3> values{};
  for (std::size_t i = 0; i < count; ++i) {
    const char* end = fields[i].data() + fields[i].size();
    if (std::from_chars(fields[i].data(), end, values[i]).ptr != end) return std::nullopt;
  }
  if (count < 2) return std::nullopt;
  DateParts parts;
  bool year_first = fields[0].size() == 4;
  parts.day = values[year_first ? 2 : 0];
  parts.month = values[1];
  std::size_t year = year_first ? 0 : 2;
  if (count == 3) parts.year = full_year(values[year], fields[year].size());
  return parts;
}

// ---- times -------------------------------------------------------------------------------

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words and runs of digits: "14h30" → 14 h 30.
std::vector<std::string_view> clock_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_digit(text[at])) {
      while (end < text.size() && is_digit(text[end])) ++end;
    } else if (text[at] != ' ' && text[at] != ':' && text[at] != '+') {
      while (end < text.size() && !is_digit(text[end]) && text[end] != ' ' && text[end] != ':' &&
             text[end] != '+')
        ++end;
    }
    if (text[at] != ' ') words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

struct Clock {
  int hour = 0;
  int minute = 0;
  std::optional<int> second;
  std::string zone;
};

class ClockReader {
 public:
  explicit ClockReader(std::string_view folded) : words_(clock_words(folded)) {}

  std::optional<Clock> read() {
    if (!hour()) return std::nullopt;
    minutes();
    while (at_ < words_.size())
      if (!suffix()) return std::nullopt;
    if (clock_.hour > 24 || clock_.minute > 59) return std::nullopt;
    return clock_;
  }

 private:
  // Behind the hour.
  static constexpr auto kHourMarks =
      std::to_array<std::string_view>({"h", "heures", "heure", ":", "h."});

  bool is(std::string_view word) const { return at_ < words_.size() && words_[at_] == word; }
  bool take(std::string_view word) { return is(word) && ++at_; }
  bool take_any(std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return take(word); });
  }

  // The longest number that starts here.
  std::optional<int> number() {
    std::optional<int> best;
    std::string text;
    std::size_t end = at_;
    for (std::size_t i = at_; i < words_.size() && i < at_ + 4; ++i) {
      if (among(words_[i], kHourMarks)) break;  // of no number
      text += (text.empty() ? "" : " ") + std::string(words_[i]);
      auto amount = read_amount(text);
      auto value = amount && amount->value ? amount->value->to_integer() : std::nullopt;
      if (!value || *value < 0 || *value > 99) continue;
      best = static_cast<int>(*value);
      end = i + 1;
    }
    at_ = end;
    return best;
  }

  bool hour() {
    if (take("midi")) return clock_.hour = 12, true;
    if (take("minuit")) return true;
    auto value = number();
    if (!value) return false;
    clock_.hour = *value;
    if (at_ < words_.size() && among(words_[at_], kHourMarks)) ++at_;
    return true;
  }

  void minutes() {
    bool minus = take("moins");
    if (!minus) take("et");
    take("le");
    if (auto value = part_of_hour()) {
      clock_.minute = *value;
      if (take(":")) clock_.second = number();
      take_any({"minutes", "minute", "min", "mn", "h"});
    }
    if (minus) {
      clock_.hour = (clock_.hour + 23) % 24;
      clock_.minute = (60 - clock_.minute) % 60;
    }
  }

  std::optional<int> part_of_hour() {
    if (take_any({"demi", "demie"})) return 30;
    if (is("trois") && at_ + 1 < words_.size() && words_[at_ + 1].starts_with("quart"))
      return at_ += 2, 45;
    if (take("un") && !is("quart")) return 1;
    if (take_any({"quart", "quarts"})) return 15;
    return number();
  }

  bool suffix() {
    if (take_any({"du", "de", "l'après-midi", "matin", "l'", "heure", "locale", "locales",
                  "précises", "pile", "passées"}))
      return true;
    if (take_any({"soir", "après-midi"})) return clock_.hour += clock_.hour < 12 ? 12 : 0, true;
    if (take_any({"gmt", "utc", "tu", "z"})) return zone();
    if (named_zone()) return true;
    return take("paris") || take("bruxelles") || take("belge") || take("française") ||
           take("suisse");
  }

  bool named_zone() {
    static constexpr std::pair<std::string_view, std::string_view> kZones[] = {
        {"haa", "-03:00"}, {"hae", "-04:00"}, {"edt", "-04:00"}, {"hna", "-04:00"},
        {"hne", "-05:00"}, {"cet", "+01:00"}, {"cest", "+02:00"}};
    for (const auto& [name, offset] : kZones)
      if (take(name)) return clock_.zone = offset, true;
    return false;
  }

  bool zone() {
    clock_.zone = "Z";
    std::string sign = take("+") ? "+" : take_any({"-", "−"}) ? "-" : "";
    if (sign.empty()) return true;
    auto hours = number();
    int minutes = take(":") ? number().value_or(0) : 0;
    if (!hours) return false;
    clock_.zone = sign + padded(*hours, 2) + ":" + padded(minutes, 2);
    return true;
  }

  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  Clock clock_;
};

}  // namespace

std::optional<std::string> read_time(std::string_view folded) {
  auto clock = ClockReader(folded).read();
  if (!clock) return std::nullopt;
  std::string text = "T" + padded(clock->hour, 2) + ":" + padded(clock->minute, 2);
  if (clock->second) text += ":" + padded(*clock->second, 2);
  return text + clock->zone;
}

// ---- durations ---------------------------------------------------------------------------

namespace {

bool is_clock_unit(std::string_view unit) { return unit == "H" || unit == "MIN" || unit == "S"; }

std::string_view letter(std::string_view unit) { return unit == "MIN" ? "M" : unit; }

std::string write_length(const Length& length) {
  return (length.amount ? length.amount->to_string() : "X") + std::string(letter(length.unit));
}

// Half a unit, in the next smaller one.
Length half_of(std::string_view unit) {
  if (unit == "Y") return {Decimal(6), "M"};
  if (unit == "D") return {Decimal(12), "H"};
  if (unit == "H") return {Decimal(30), "MIN"};
  if (unit == "MIN") return {Decimal(30), "S"};
  return {std::nullopt, ""};
}

}  // namespace

std::string write_duration(std::vector<Length> lengths, bool half) {
  if (half) {
    Length rest = half_of(lengths.front().unit);
    if (!rest.unit.empty())
      lengths.push_back(rest);
    else if (auto& amount = lengths.front().amount)
      amount = *amount + Decimal(5).scaled(-1);
  }
  std::string text = "P";
  bool clock = false;
  for (const Length& length : lengths) {
    if (is_clock_unit(length.unit) && !std::exchange(clock, true)) text += "T";
    text += write_length(length);
  }
  return text;
}

std::optional<std::string> read_clock_duration(std::string_view folded) {
  auto clock = ClockReader(folded).read();
  if (!clock || !clock->zone.empty()) return std::nullopt;
  std::string text = "PT";
  if (clock->hour > 0 || clock->minute == 0) text += std::to_string(clock->hour) + "H";
  if (clock->minute > 0) text += std::to_string(clock->minute) + "M";
  if (clock->second) text += std::to_string(*clock->second) + "S";
  return text;
}

std::optional<std::string> read_race_time(std::string_view text) {
  std::vector<std::string> runs;
  char first_mark = 0;
  for (char c : text) {
    if (!is_digit(c)) {
      if (first_mark == 0 && c != ' ') first_mark = c;
      if (c != ' ' && (runs.empty() || !runs.back().empty())) runs.emplace_back();
    } else {
      if (runs.empty()) runs.emplace_back();
      runs.back() += c;
    }
  }
  if (!runs.empty() && runs.back().empty()) runs.pop_back();
  std::string hours;
  if (first_mark == 'h' && runs.size() == 3) {  // 2h08'41
    hours = runs[0] + "H";
    runs.erase(runs.begin());
    if (runs[0].starts_with('0')) runs[0].erase(0, 1);
  }
  std::size_t seconds = first_mark == '"' ? 0 : 1;
  if (runs.size() <= seconds || runs.size() > seconds + 2) return std::nullopt;
  std::string value = runs[seconds];
  if (runs.size() == seconds + 2) value += "." + runs[seconds + 1];
  auto amount = Decimal::parse(value);
  if (!amount) return std::nullopt;
  std::string minutes = seconds == 1 ? runs[0] + "M" : "";
  return "PT" + hours + minutes + amount->to_string() + "S";
}

}  // namespace glane
