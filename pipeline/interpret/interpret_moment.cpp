#include "interpret/interpret_moment.h"

#include <array>
#include <charconv>
#include <utility>

#include "interpret/calendar.h"
#include "interpret/interpret_number.h"

namespace glane {

namespace {

using Part = FigurePart;

// Numbers in words that may be years.
constexpr int kFirstSpelled = 1000;
constexpr int kLastSpelled = 2100;

std::optional<Value> as_value(const std::optional<std::string>& text) {
  return text ? std::optional<Value>(*text) : std::nullopt;
}

bool has_end(const DateParts& end) { return end.weekday || end.day || end.month || end.year; }

// Whether the match says anything of the end of a range.
bool shows_end(const MatchParts& parts) {
  return parts.has(Part::digits2) || parts.has(Part::weekday2) || parts.has(Part::day2) ||
         parts.has(Part::month2) || parts.has(Part::year2);
}

// The begin of a range, resolved before its end: "20 décembre au 5 janvier".
std::optional<std::string> before(const DateParts& begin, const std::string& last) {
  return resolve_date(begin, Anchor{parse_date(last.substr(0, 10)), Direction::past, false});
}

const char* weekday_name(int weekday) {
  static constexpr std::array kNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
  return kNames[static_cast<std::size_t>(weekday - 1)];
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size() ? std::optional(value)
                                                                   : std::nullopt;
}

}  // namespace

// ---- what the match says -----------------------------------------------------------------

DateParts MomentReader::parts(int end) const {
  const auto of = [&](Part part) { return MatchParts::nth(part, end); };
  DateParts result;
  if (std::string text = parts_.text_of(of(Part::digits)); !text.empty())
    result = read_digit_date(text).value_or(result);
  result.weekday = parts_.field_number(of(Part::weekday), WordList::weekday, "number");
  result.part = part_of_day(end);
  if (result.month) return result;
  result.day = parts_.number_of(of(Part::day));
  result.month = parts_.field_number(of(Part::month), WordList::month, "number");
  if (!result.month) result.month = parts_.number_of(of(Part::month));
  std::string year = parts_.text_of(of(Part::year));
  if (year.starts_with("mi-")) year.erase(0, 3);
  if (!year.empty())
    if (auto number = read_small_integer(year)) result.year = full_year(*number, year.size());
  if (year.size() == 3) result.year.reset();  // "loi 2024-123"
  const bool spelled = !year.empty() && !digits(year);
  if (spelled && (result.year < kFirstSpelled || result.year > kLastSpelled)) result.year.reset();
  result.season = parts_.field(of(Part::season), WordList::season, "code");
  result.holiday = parts_.field(of(Part::holiday), WordList::holiday, "day");
  return result;
}

std::string_view MomentReader::part_of_day(int end) const {
  const std::string_view code =
      parts_.field(MatchParts::nth(Part::part, end), WordList::day_part, "code");
  return code.empty() ? parts_.setting("part") : code;
}

// Direction of a partial date: what the text says, else the tense of the nearest verb.
Anchor MomentReader::anchor(Direction usual) const {
  Anchor result{article_.date, usual, false};
  std::string_view toward = parts_.field(Part::toward, WordList::toward, "by");
  if (!toward.empty()) {
    result.direction = toward == "-1" ? Direction::past : Direction::future;
    result.strict = true;
    // "le samedi suivant" is counted from the day named before
    const std::string word = parts_.text_of(Part::toward);
    const bool told = word == "suivant" || word == "précédent";
    if (told && parts_.has(Part::weekday) && !parts_.has(Part::day))
      if (const auto day = day_before_this("D")) result.day = day;
  } else {
    result.direction = direction_of(usual);
  }
  return result;
}

Direction MomentReader::direction_of(Direction usual) const {
  bool part_of_year = !parts_.setting("unit").empty() || parts_.has(Part::season);
  bool ahead = cues_->relation == Relation::until || cues_->relation == Relation::before;
  if (part_of_year && ahead) return Direction::future;
  if (cues_->past) return Direction::past;
  bool weekday = parts_.has(Part::weekday);
  bool day = parts_.has(Part::day);
  const bool weekend = shift_unit() == "WE";
  const bool here = weekday && context_.is_pointed_at(parts_.range());
  const bool from = cues_->relation == Relation::since && weekday && !cues_->past;
  if (here || from || (cues_->relation == Relation::until && weekday)) usual = Direction::nearest;
  if (day && !weekday && context_.happened_on(parts_.range())) return Direction::past;
  if (context_.is_put_off(parts_.range())) return Direction::future;
  if (!ahead && context_.opens_with_participle(parts_.range())) return Direction::past;
  const bool completed = !day && !ahead && context_.completed(parts_.range());
  if (completed && (!weekday || context_.follows_participle(parts_.range())))
    return Direction::past;
  switch (context_.tense_around(parts_.range())) {
    case Tense::future:
      return day && !weekday && !ahead && lies_just_behind() ? Direction::nearest
                                                             : Direction::future;
    case Tense::past:
      if (day && context_.stands_on(parts_.range()) && lies_far_ahead()) return Direction::past;
      return here || from || weekend || (parts_.has(Part::month) && !day) ? Direction::past : usual;
    case Tense::present:
      return weekday ? Direction::nearest : usual;
    case Tense::unknown:
      break;
  }
  if (weekday && !day && context_.is_called_for(parts_.range())) return Direction::future;
  if (weekday && !day && context_.acts_now(parts_.range())) return Direction::nearest;
  return usual;
}

// "Ils ont perdu à Linz, le 9 septembre", told in March.
bool MomentReader::lies_far_ahead() const {
  constexpr int kDays = 60;
  if (!article_.date) return false;
  const auto value = resolve_date(parts(0), Anchor{article_.date, Direction::nearest, false});
  const auto date = value ? parse_date(value->substr(0, 10)) : std::nullopt;
  return date && day_number(*date) - day_number(*article_.date) > kDays;
}

// "Le navire, parti le 3 mars, est attendu jeudi", told in March: nobody means the next year.
bool MomentReader::lies_just_behind() const {
  constexpr int kDays = 45;
  if (!article_.date) return false;
  const auto value = resolve_date(parts(0), Anchor{article_.date, Direction::nearest, false});
  const auto date = value ? parse_date(value->substr(0, 10)) : std::nullopt;
  const int behind = date ? day_number(*article_.date) - day_number(*date) : 0;
  return behind > 0 && behind <= kDays;
}

// ---- dates -------------------------------------------------------------------------------

void MomentReader::read_date(const FigureContext::Cues& cues, Figure& figure) {
  cues_ = &cues;
  figure_ = &figure;
  const std::string_view form = parts_.setting("form");
  if (form == "shift") return read_shift();
  if (form == "after") return read_anchored();
  if (form == "decade") return read_decade();
  if (form == "century") return read_century();
  if (form == "portion") return read_portion();
  if (form == "week") return read_weekday_of_week();
  if (form == "fortnight") return read_weekday_in();
  if (form == "nth") return read_weekday_of_month();
  if (!parts_.field(Part::month, WordList::month_span, "first").empty()) return read_month_span();
  read_calendar(form == "first");
}

// "Il venait le dimanche": every Sunday; "elle partira le dimanche": one.
bool MomentReader::is_habit() const {
  const bool bare = parts_.has(Part::weekday) && parts_.range().size() == 1;
  return bare && context_.is_behind_article(parts_.range()) &&
         context_.tense_around(parts_.range()) != Tense::future;
}

// "mars de cette année", "le premier semestre de l'an dernier"
std::optional<int> MomentReader::near_year() const {
  if (!parts_.has(Part::period) || !article_.date) return std::nullopt;
  return article_.date->year + static_cast<int>(shift_by());
}

void MomentReader::read_calendar(bool first_alone) {
  DateParts begin = parts(0);
  const DateParts end = shows_end(parts_) ? parts(1) : DateParts{};
  begin.year = begin.year ? begin.year : near_year();
  if (parts_.has(Part::year2) && !end.year) return;
  if (is_habit()) return;
  if (parts_.has(Part::year) && !begin.year) return;
  Direction usual = begin.day && !begin.weekday ? Direction::nearest : Direction::past;
  const bool part_of_year = (begin.month && !begin.day) || !begin.season.empty();
  if (part_of_year || !begin.holiday.empty()) usual = Direction::nearest;
  const bool whole = begin.year && (begin.month || !(begin.day || begin.weekday));
  Anchor from = whole && !has_end(end) ? Anchor{article_.date} : anchor(usual);
  if (!has_end(end)) return keep(resolve(begin, from));
  if (begin.day && !begin.month) begin.month = end.month;
  if (!begin.year) begin.year = end.year;
  if (begin.month && end.month && !begin.year && *begin.month > *end.month && end.year)
    begin.year = *end.year - 1;
  auto last = resolve(end, from);
  auto first = resolve(begin, from);
  if (!first || !last) return;
  if (first_alone) return keep(first);
  if (*first > *last && article_.date) first = before(begin, *last).value_or(*first);
  figure_->min = *first;
  figure_->max = *last;
  remember(*last);
}

// "juin-juillet" is one word.
void MomentReader::read_month_span() {
  DateParts begin = parts(0);
  DateParts end = begin;
  begin.month = parts_.field_number(Part::month, WordList::month_span, "first");
  end.month = parts_.field_number(Part::month, WordList::month_span, "last");
  const Anchor from = begin.year ? Anchor{article_.date} : anchor(Direction::nearest);
  figure_->min = as_value(resolve_date(begin, from));
  figure_->max = as_value(resolve_date(end, from));
}

std::optional<std::string> MomentReader::resolve(const DateParts& date, const Anchor& anchor) {
  auto value = resolve_date(date, anchor);
  if (!value && date.day && date.month) warn("impossible-date", "there is no such day");
  const auto day = value ? parse_date(value->substr(0, 10)) : std::nullopt;
  if (!day || !date.weekday) return value;
  const int weekday = weekday_of(day_number(*day));
  if (weekday != *date.weekday)
    warn("weekday-mismatch", value->substr(0, 10) + " is a " + weekday_name(weekday));
  return value;
}

void MomentReader::warn(const char* code, std::string message) {
  diagnostics_.push_back({code, figure_->span, std::move(message)});
}

void MomentReader::keep(const std::optional<std::string>& value) {
  if (!value) return;
  figure_->value = *value;
  remember(*value);
}

void MomentReader::remember(const std::string& value) {
  const std::size_t sentence = context_.sentence_of(parts_.range().first);
  if (auto day = parse_date(value.substr(0, 10))) {
    last_ = {*day, 'D', sentence};
    return;
  }
  const auto year = digits(value.substr(0, 4));
  if (!year || *year < 1) return;
  if (value.size() == 4) last_ = {{*year, 1, 1}, 'Y', sentence};
  if (value.size() != 7 || value[4] != '-') return;
  const auto month = digits(value.substr(5));
  if (month && *month >= 1 && *month <= 12) last_ = {{*year, *month, 1}, 'M', sentence};
}

// ---- dates told from another -------------------------------------------------------------

long long MomentReader::shift_by() const {
  std::string_view by = parts_.setting("by");
  if (by.empty()) by = parts_.field(Part::toward, WordList::toward, "by");
  long long sign = 0;
  std::from_chars(by.data(), by.data() + by.size(), sign);
  if (!parts_.has(Part::value)) return sign;
  auto value = parts_.amount(Part::value);
  auto count = value && value->value ? value->value->to_integer() : std::nullopt;
  return sign * count.value_or(0);
}

std::string_view MomentReader::shift_unit() const {
  const std::string_view unit = parts_.setting("unit");
  return unit.empty() ? parts_.field(Part::period, WordList::period, "shift") : unit;
}

void MomentReader::read_shift() {
  const auto count = parts_.amount(Part::value);
  const std::string_view unit = shift_unit();
  constexpr long long kYears = 1900;  // further back, nobody counts by the calendar
  const bool far = unit == "Y" && -shift_by() > kYears;
  if (far || (parts_.has(Part::value) && !small_integer(count))) return read_far_years(count);
  if (unit.empty()) return;
  Anchor from{article_.date, direction_of(unit == "WE" ? Direction::nearest : Direction::past)};
  keep(resolve_shift(unit, shift_by(), part_of_day(0), from));
}

// "il y a 20 millions d'années" lies in no calendar: a length of time.
void MomentReader::read_far_years(const std::optional<Amount>& count) {
  if (!count || !count->value || shift_unit() != "Y") return;
  figure_->kind = FigureKind::duration;
  figure_->value = "P" + count->value->to_string() + "Y";
  if (figure_->relation == Relation::none && parts_.setting("by") == "-1")
    figure_->relation = Relation::before;
}

// The date named before, when it is fine enough to count such periods from.
std::optional<Date> MomentReader::day_before_this(std::string_view unit) const {
  if (!last_ || last_->sentence + 2 < context_.sentence_of(parts_.range().first)) return {};
  const bool years = unit == "Y" || unit == "DE" || unit == "CE";
  const bool months = unit == "M" || unit == "Q";
  const bool fine = last_->grain == 'D' || years || (months && last_->grain == 'M');
  return fine ? std::optional(last_->day) : std::nullopt;
}

// "le lendemain". Such dates are not counted from: "la veille … le lendemain" have one anchor.
void MomentReader::read_anchored() {
  const std::string_view unit = shift_unit();
  DateParts own = parts(0);
  std::optional<Date> day;
  if (own.day || own.month || own.weekday) {
    own.part = {};
    auto value = resolve(own, anchor(Direction::nearest));
    if (value) day = parse_date(value->substr(0, 10));
  } else {
    day = day_before_this(unit);
  }
  if (!day) return;
  figure_->value = resolve_shift(unit, shift_by(), part_of_day(0), Anchor{day, Direction::past});
  if (last_) last_->sentence = context_.sentence_of(parts_.range().first);
}

// ---- decades, centuries, parts of a year, weeks ------------------------------------------

void MomentReader::read_decade() {
  auto year = parts_.number_of(Part::year);
  if (!year) return;
  int full = *year < 100 ? 1900 + *year : *year;
  figure_->value = std::to_string(full / 10);
}

void MomentReader::read_century() {
  auto rank = parts_.number_of(Part::rank);
  if (!rank || *rank < 1 || *rank > 99) return;
  std::string text = std::to_string(*rank - 1);
  figure_->value =
      (parts_.setting("era") == "BC" ? "BC" : "") + (text.size() < 2 ? "0" + text : text);
}

void MomentReader::read_portion() {
  DateParts date = parts(0);
  std::string text = parts_.text_of(Part::rank);
  auto rank = read_ordinal(text);
  if (!rank && text.size() > 1) rank = text.back() - '0';
  if (!rank || *rank < 1 || *rank > 4) return;
  const std::string portion = std::string(parts_.setting("unit")) + std::to_string(*rank);
  date.portion = portion;
  date.year = date.year ? date.year : near_year();
  keep(resolve_date(date, anchor(Direction::nearest)));
}

void MomentReader::read_weekday_of_week() {
  auto weekday = parts_.field_number(Part::weekday, WordList::weekday, "number");
  if (weekday) keep(resolve_weekday(*weekday, shift_by(), part_of_day(0), Anchor{article_.date}));
}

// "le premier dimanche de juin"
void MomentReader::read_weekday_of_month() {
  DateParts month = parts(0);
  month.weekday.reset();
  const auto weekday = parts_.field_number(Part::weekday, WordList::weekday, "number");
  const std::string rank = parts_.text_of(Part::rank);
  const auto count = rank == "dernier" ? std::optional(0LL) : read_ordinal(rank);
  const Anchor here{article_.date};
  const auto whole = month.month ? resolve_date(month, anchor(Direction::nearest))
                                 : std::optional(resolve_shift("M", 0, "", here));
  const auto first = whole ? parse_date(*whole + "-01") : std::nullopt;
  if (!first) return keep(whole);  // of no known year
  if (!weekday || !count || *count < 0 || *count > 5) return;
  const DayNumber begin = day_number(*first);
  const int days = days_in_month(first->year, first->month);
  int offset = (*weekday - weekday_of(begin) + 7) % 7;
  offset += 7 * (*count > 0 ? static_cast<int>(*count) - 1 : (days - 1 - offset) / 7);
  if (offset < days) keep(resolve_shift("D", 0, "", Anchor{date_of(begin + offset)}));
}

void MomentReader::read_weekday_in() {
  auto weekday = parts_.field_number(Part::weekday, WordList::weekday, "number");
  auto count = small_integer(parts_.amount(Part::value));  // of days, both ends counted
  if (!weekday || !count || (*count != 8 && *count != 15)) return;
  keep(resolve_weekday_in(*weekday, *count - 1, Anchor{article_.date}));
}

// ---- clock times -------------------------------------------------------------------------

void MomentReader::read_time(Figure& figure) const {
  if (!parts_.has(Part::min)) {
    figure.value = as_value(glane::read_time(context_.folded(parts_.range())));
    return;
  }
  std::string max = parts_.text_of(Part::max);
  std::string min = parts_.text_of(Part::min);
  const bool noon = min == "midi";
  if (min.find_first_of("h:") == min.npos && !noon && min != "minuit") min += " h";
  // "entre midi et deux"
  const auto hour = noon ? small_integer(read_amount(max)) : std::nullopt;
  if (hour && *hour < 12) max = std::to_string(*hour + 12) + " h";
  figure.min = as_value(glane::read_time(min));
  figure.max = as_value(glane::read_time(max));
}

}  // namespace glane
