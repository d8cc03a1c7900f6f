#include "interpret/interpret_length.h"

namespace glane {

namespace {

using Part = FigurePart;

// "13 s 08", "13 s 4": the digits behind the seconds are their decimals.
void add_hundredths(const std::string& digits, Length& seconds) {
  const auto decimals = Decimal::parse("0." + digits);
  if (decimals && seconds.amount) seconds.amount = *seconds.amount + *decimals;
}

}  // namespace

Length LengthReader::length(const std::optional<Amount>& amount, Part period) const {
  Length result;
  result.unit = parts_.field(period, WordList::period, "code");
  if (!amount || !amount->value) return result;
  auto factor =
      Decimal::parse(parts_.field(period, WordList::period, "factor")).value_or(Decimal(1));
  result.amount = *amount->value * factor;
  if (result.unit == "H" && !result.amount->is_integer() && *result.amount < Decimal(1)) {
    result.amount = *result.amount * Decimal(60);  // "un quart d'heure"
    result.unit = "MIN";
  }
  return result;
}

// The lengths of "4 h 21 min 08 s"; a missing unit is the next smaller one.
std::vector<Length> LengthReader::lengths(const std::optional<Amount>& value) {
  std::vector<Length> result = {length(value, Part::period)};
  if (result[0].unit.empty()) result[0].unit = parts_.setting("unit");
  if (result[0].unit.empty()) result[0].unit = last_period_;
  for (int i : {1, 2}) {
    auto more = parts_.amount(MatchParts::nth(Part::value, i));
    if (!more) continue;
    Length next = length(more, MatchParts::nth(Part::period, i));
    if (next.unit.empty() && result.back().unit == "S") {
      add_hundredths(parts_.text_of(MatchParts::nth(Part::value, i)), result.back());
      continue;
    }
    if (next.unit.empty()) next = {more->value, result.back().unit == "H" ? "MIN" : "S"};
    result.push_back(next);
  }
  if (parts_.has(Part::quarter)) result.push_back({Decimal(15), "MIN"});
  return result;
}

std::optional<std::string> LengthReader::read(const std::optional<Amount>& value) {
  if (parts_.has(Part::clock)) return read_clock_duration(parts_.text_of(Part::clock));
  if (parts_.has(Part::race)) return read_race_time(parts_.text_of(Part::race));
  std::vector<Length> all = lengths(value);
  std::string text = write_duration(all, parts_.has(Part::half));
  last_period_ = std::string(all[0].unit);
  return text;
}

std::string LengthReader::read_end(const Amount& amount, Part period) const {
  return write_duration({length(amount, period)}, false);
}

std::string LengthReader::in_last_unit(const Decimal& amount) const {
  return write_duration({{amount, last_period_}}, false);
}

}  // namespace glane
