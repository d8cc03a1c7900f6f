#include "interpret.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string>

#include "figure_context.h"
#include "interpret_date.h"
#include "interpret_number.h"

namespace glane {

namespace {

std::optional<Value> as_value(const std::optional<std::string>& text) {
  return text ? std::optional<Value>(*text) : std::nullopt;
}

bool has_content(const Figure& figure) {
  return figure.value || figure.scale || (figure.min && figure.max);
}

// "10 à 15 000", "2 à 3 millions": the first end borrows the scale of the second.
void borrow_scale(Amount& first, const Amount& second) {
  if (!first.value || !second.value || first.unit_power != 0) return;
  if (second.unit_power != 0 && *first.value < *second.value) {
    Decimal scaled = first.value->scaled(second.unit_power);
    if (scaled < *second.value) first.value = scaled;
    return;
  }
  auto whole = second.value->to_integer();
  bool thousands = whole && *whole >= 10000 && *whole % 1000 == 0;
  Decimal scaled = first.value->scaled(3);
  if (thousands && *first.value < Decimal(1000) && Decimal(*whole / 1000) > *first.value) {
    first.value = scaled;
    first.ambiguous = true;
  }
}

std::optional<int> small_integer(const std::optional<Amount>& amount) {
  auto value = amount && amount->value ? amount->value->to_integer() : std::nullopt;
  return value && *value >= 0 && *value < 100000 ? std::optional(static_cast<int>(*value))
                                                 : std::nullopt;
}

class Interpreter {
 public:
  Interpreter(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
              const Article& article, std::vector<Figure>& figures)
      : chart_(chart),
        text_(text),
        rules_(rules),
        tables_(*rules.figures),
        article_(article),
        figures_(figures),
        context_(chart.segments, text.text, rules) {}

  void run() {
    std::vector<const Match*> matches;
    for (const Match& match : chart_.matches)
      if (tables_.kind(match.kind)) matches.push_back(&match);
    std::ranges::stable_sort(matches, {}, [](const Match* m) { return m->range.first; });
    for (const Match* match : matches) add(*match);
  }

 private:
  void add(const Match& match) {
    match_ = &match;
    rule_ = &rules_.rules[match.rule];
    figure_ = Figure{};
    unit_power_ = 0;
    figure_.kind = *tables_.kind(match.kind);
    find_parts();
    figure_.rule = match.rule;
    figure_.span = text_.map.to_source(context_.span(match.range));
    cues_ = context_.cues(match.range, figure_.kind);
    if (figure_.kind == FigureKind::date) {
      leave_out_mid();
      auto phase = modifier_named(field(Part::phase, "figure_cue", "modifier"));
      if (phase) cues_.modifier = *phase;
    }
    if (auto value = part(Part::value); value && value->first > match.range.first)
      context_.add_cues_before(value->first, match.range.first, figure_.kind, cues_);
    read();
    if (!has_content(figure_) || is_postcode()) return;
    finish();
    figures_.push_back(std::move(figure_));
    last_match_ = match.range;
  }

  void finish() {
    if (auto modifier = modifier_named(rule_->setting("modifier")))
      figure_.modifier = *modifier;
    else if (cues_.modifier != Modifier::none)
      figure_.modifier = cues_.modifier;
    if (figure_.relation == Relation::none) figure_.relation = cues_.relation;
    if (is_counting(figure_.kind) && figure_.of.empty()) count();
    inherit();
  }

  // The counted noun: behind the figure, else that of the figure before in the sentence.
  void count() {
    figure_.of = context_.counted_noun(match_->range, figure_.kind);
    std::size_t sentence = context_.sentence_of(match_->range.first);
    bool plain = figure_.kind == FigureKind::number;
    if (figure_.of.empty() && plain && sentence == counted_sentence_) figure_.of = counted_;
    if (!plain || figure_.of.empty()) return;
    counted_ = figure_.of;
    counted_sentence_ = sentence;
  }

  // "3,2 milliards d'euros, contre 2,85 milliards": the currency of the same sentence;
  // "jusqu'à vendredi à 6 heures": the relation of the day.
  void inherit() {
    if (figures_.empty() || !last_match_) return;
    const Figure& last = figures_.back();
    if (context_.sentence_of(last_match_->first) != context_.sentence_of(match_->range.first))
      return;
    bool scaled = figure_.kind == FigureKind::number && unit_power_ >= 6;
    if (scaled && last.kind == FigureKind::money && !context_.counts(match_->range)) {
      figure_.kind = FigureKind::money;
      figure_.unit = last.unit;
      figure_.of.clear();
    }
    bool same_moment = last.kind == FigureKind::date && figure_.kind == FigureKind::time &&
                       match_->range.first <= last_match_->last + 1;
    if (same_moment && figure_.relation == Relation::none) figure_.relation = last.relation;
  }

  static bool is_counting(FigureKind kind) {
    return kind != FigureKind::date && kind != FigureKind::time && kind != FigureKind::score;
  }

  void read() {
    switch (figure_.kind) {
      case FigureKind::number:
      case FigureKind::percent:
      case FigureKind::money:
      case FigureKind::quantity:
        return read_measure();
      case FigureKind::ordinal:
        return read_rank();
      case FigureKind::score:
        return read_score();
      case FigureKind::time:
        return read_clock();
      case FigureKind::duration:
        return read_duration();
      case FigureKind::date:
        return read_moment();
    }
  }

  // ---- parts of the match ----

  using Part = FigurePart;

  // The second or third part of a kind: the second of value is value2.
  static Part nth(Part first, int i) { return static_cast<Part>(static_cast<int>(first) + i); }

  // Of two parts of one name the first holds.
  void find_parts() {
    present_ = 0;
    for (std::uint32_t i = match_->capture_count; i-- > 0;) {
      const Capture& capture = chart_.captures[match_->first_capture + i];
      const auto part = static_cast<std::size_t>(tables_.part(capture.name));
      parts_[part] = capture.range;
      present_ |= std::uint64_t{1} << part;
    }
  }

  std::optional<TokenRange> part(Part name) const {
    const auto at = static_cast<std::size_t>(name);
    return (present_ >> at & 1) != 0 ? std::optional(parts_[at]) : std::nullopt;
  }
  std::string text_of(Part name) const {
    auto range = part(name);
    return range ? context_.folded(*range) : std::string();
  }
  std::string_view field(Part name, std::string_view lexicon, std::string_view column) const {
    auto range = part(name);
    if (!range) return {};
    return rules_.vocabulary.field(context_.word(*range), lexicon, column).value_or("");
  }
  std::optional<int> field_number(Part name, std::string_view lexicon,
                                  std::string_view column) const {
    std::string_view cell = field(name, lexicon, column);
    int value = 0;
    auto [stop, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc() && !cell.empty() ? std::optional(value) : std::nullopt;
  }
  std::string setting(std::string_view key) const { return std::string(rule_->setting(key)); }

  // "75011 Paris"
  bool is_postcode() const {
    if (figure_.kind != FigureKind::number) return false;
    std::string text = context_.folded(match_->range);
    return text.size() == 5 && text.find_first_not_of("0123456789") == text.npos &&
           context_.before_name(match_->range);
  }

  // "mi-" of "mi-septembre" stands around the figure, although it is no token of its own.
  void leave_out_mid() {
    constexpr std::string_view kMid = "mi-";
    Span span = context_.span(match_->range);
    if (fold(std::string_view(text_.text).substr(span.begin, kMid.size())) != kMid) return;
    span.begin += static_cast<std::uint32_t>(kMid.size());
    figure_.span = text_.map.to_source(span);
    cues_.modifier = Modifier::mid;
  }

  // ---- amounts ----

  std::optional<Amount> amount(Part name) const {
    auto range = part(name);
    return range ? read_amount(context_.folded(*range)) : std::nullopt;
  }

  void read_measure() {
    if (part(Part::over)) return read_one_in();
    if (part(Part::times)) {
      figure_.value = Decimal(field_number(Part::times, "multiple", "value").value_or(0));
      return;
    }
    Decimal factor = read_unit();
    if (part(Part::cents) && !part(Part::value) && !part(Part::min)) {
      figure_.value = cents();
      return;
    }
    if (part(Part::min)) return read_range(factor);
    auto value =
        part(Part::value) ? amount(Part::value) : read_amount(context_.folded(match_->range));
    if (!value) return;
    take(*value);
    if (value->value) figure_.value = *value->value * factor + cents();
    if (value->scale) figure_.scale = *value->scale * factor;
  }

  // "un locataire sur cinq"
  void read_one_in() {
    auto over = amount(Part::over);
    auto under = amount(Part::under);
    if (!over || !under || !over->value || !under->value || under->value->is_zero()) return;
    constexpr int kDigits = 15;
    figure_.value = Decimal::divide(*over->value, *under->value, kDigits);
    if (auto noun = part(Part::counted)) figure_.of = context_.written(*noun);
  }

  void take(const Amount& amount) {
    figure_.ambiguous = amount.ambiguous;
    unit_power_ = amount.unit_power;
    if (amount.approximate && cues_.modifier == Modifier::none) cues_.modifier = Modifier::approx;
  }

  void read_range(const Decimal& factor) {
    auto min = amount(Part::min);
    auto max = amount(Part::max);
    if (!min || !max || !min->value || !max->value) return;
    if (!part(Part::unit2)) borrow_scale(*min, *max);
    take(*min);
    Decimal least = *min->value * factor;
    Decimal most = *max->value * factor + cents();
    if (is_change(*min, *max)) return read_change(least, most);
    figure_.min = least;
    figure_.max = most;
  }

  // "passer de 3 à 5 %", "de quatre à trois jours"
  bool is_change(const Amount& min, const Amount& max) const {
    bool same_unit = !part(Part::unit2) || figure_.kind != FigureKind::duration;
    bool falls = *min.value > *max.value && same_unit;
    return falls || context_.changes(match_->range.first);
  }

  // A change is no range: two figures, each with its value.
  void read_change(Value from, Value to) {
    SourceSpan whole = figure_.span;
    TokenRange min = *part(Part::min);
    if (auto unit = part(Part::unit2)) min.last = unit->last;
    figure_.span = text_.map.to_source(context_.span(min));
    figure_.value = std::move(from);
    figures_.push_back(figure_);
    TokenRange rest{part(Part::max)->first, match_->range.last};
    figure_.span = {text_.map.to_source(context_.span(rest)).begin, whole.end};
    figure_.value = std::move(to);
  }

  // Sets the unit, and returns what one of it is worth: 1000000 for "M€".
  Decimal read_unit() {
    figure_.unit = setting("unit");
    static constexpr std::array kLexicons = {"percent_sign", "currency", "unit"};
    for (const char* lexicon : kLexicons) {
      std::string_view code = field(Part::unit, lexicon, "code");
      if (code.empty()) continue;
      figure_.unit = code;
      if (figure_.kind == FigureKind::money) share_currency();
      return Decimal::parse(field(Part::unit, lexicon, "factor")).value_or(Decimal(1));
    }
    return Decimal(1);
  }

  // "2 000 francs" are those that the text named in full before, else those of the places
  // it speaks of.
  void share_currency() {
    std::string text = text_of(Part::unit);
    std::string name = text.substr(0, text.find(' '));
    if (name.ends_with('s')) name.pop_back();
    if (name.ends_with('$')) name = "dollar";
    if (field(Part::unit, "currency", "shared").empty()) {
      shared_currency_[name] = figure_.unit;
      return;
    }
    auto [known, fresh] = shared_currency_.try_emplace(name, "");
    if (fresh) known->second = context_.local_currency(name);
    if (!known->second.empty()) figure_.unit = known->second;
  }

  // "dix cents" looks like the number 1000 too: the coin is cut off.
  Decimal cents() const {
    std::string text = text_of(Part::cents);
    if (std::size_t coin = text.rfind(" cent"); coin != text.npos) text.resize(coin);
    auto small = read_amount(text);
    return small && small->value ? small->value->scaled(-2) : Decimal();
  }

  void read_rank() {
    auto rank =
        read_ordinal(part(Part::value) ? text_of(Part::value) : context_.folded(match_->range));
    if (rank) figure_.value = Decimal(*rank);
  }

  void read_score() {
    auto left = amount(Part::a);
    auto right = amount(Part::b);
    if (!left || !right || !left->value || !right->value) return;
    if (!left->value->is_integer() || !right->value->is_integer()) {
      figure_.kind = FigureKind::number;  // "12,8–13,0"
      figure_.min = *left->value;
      figure_.max = *right->value;
      return;
    }
    figure_.value = left->value->to_string() + setting("sep") + right->value->to_string();
  }

  // ---- times and durations ----

  void read_clock() {
    if (!part(Part::min)) {
      figure_.value = as_value(read_time(context_.folded(match_->range)));
      return;
    }
    std::string max = text_of(Part::max);
    std::string min = text_of(Part::min);
    if (min.find_first_of("h:") == min.npos && min != "midi" && min != "minuit") min += " h";
    figure_.min = as_value(read_time(min));
    figure_.max = as_value(read_time(max));
  }

  Length length(const std::optional<Amount>& amount, Part period) const {
    Length result;
    result.unit = field(period, "period", "code");
    if (!amount || !amount->value) return result;
    auto factor = Decimal::parse(field(period, "period", "factor")).value_or(Decimal(1));
    result.amount = *amount->value * factor;
    if (result.unit == "H" && !result.amount->is_integer() && *result.amount < Decimal(1)) {
      result.amount = *result.amount * Decimal(60);  // "un quart d'heure"
      result.unit = "MIN";
    }
    return result;
  }

  // The lengths of "4 h 21 min 08 s"; a missing unit is the next smaller one.
  std::vector<Length> lengths(const std::optional<Amount>& value) {
    std::vector<Length> result = {length(value, Part::period)};
    if (result[0].unit.empty() && !setting("unit").empty()) result[0].unit = "MIN";
    if (result[0].unit.empty()) result[0].unit = last_period_;
    last_period_ = result[0].unit;
    for (int i : {1, 2}) {
      auto more = amount(nth(Part::value, i));
      if (!more) continue;
      Length next = length(more, nth(Part::period, i));
      if (next.unit.empty()) next = {more->value, result.back().unit == "H" ? "MIN" : "S"};
      result.push_back(next);
    }
    if (part(Part::quarter)) result.push_back({Decimal(15), "MIN"});
    return result;
  }

  void read_duration() {
    if (part(Part::clock)) {
      figure_.value = as_value(read_clock_duration(text_of(Part::clock)));
      return;
    }
    if (part(Part::race)) {
      figure_.value = as_value(read_race_time(text_of(Part::race)));
      return;
    }
    if (part(Part::min)) {
      auto min = amount(Part::min);
      auto max = amount(Part::max);
      if (!min || !max || !min->value || !max->value) return;
      borrow_scale(*min, *max);
      std::string from =
          write_duration({length(min, part(Part::unit2) ? Part::unit2 : Part::period)}, false);
      std::string to = write_duration({length(max, Part::period)}, false);
      if (is_change(*min, *max)) return read_change(from, to);
      figure_.min = from;
      figure_.max = to;
      return;
    }
    auto value = amount(Part::value);
    bool indefinite = !part(Part::value);
    if (!value && !indefinite) return;
    if (value) take(*value);
    if (value && value->scale && *value->scale > Decimal(1)) figure_.scale = value->scale;
    if (indefinite) cues_.modifier = Modifier::approx;
    figure_.value = write_duration(lengths(value), part(Part::half).has_value());
  }

  // ---- dates ----

  std::optional<int> number_of(Part name) const {
    std::string text = text_of(name);
    if (text.empty()) return std::nullopt;
    if (auto number = small_integer(read_amount(text))) return number;
    auto rank = read_ordinal(text);
    return rank && *rank < 100000 ? std::optional(static_cast<int>(*rank)) : std::nullopt;
  }

  // The parts of the date, or of the end of the range whose names carry a 2 (`end` is 1).
  DateParts parts(int end) const {
    if (std::string digits = text_of(nth(Part::digits, end)); !digits.empty())
      if (auto date = read_digit_date(digits)) return *date;
    DateParts result;
    result.weekday = field_number(nth(Part::weekday, end), "weekday", "number");
    result.day = number_of(nth(Part::day, end));
    result.month = field_number(nth(Part::month, end), "month", "number");
    if (!result.month) result.month = number_of(nth(Part::month, end));
    std::string year = text_of(nth(Part::year, end));
    if (year.starts_with("mi-")) year.erase(0, 3);
    if (!year.empty())
      if (auto number = small_integer(read_amount(year)))
        result.year = full_year(*number, year.size());
    if (year.size() == 3) result.year.reset();  // "loi 2024-123"
    result.season = field(nth(Part::season, end), "season", "code");
    result.holiday = field(nth(Part::holiday, end), "holiday", "day");
    result.part = part_code(end);
    return result;
  }

  std::string part_code(int end) const {
    std::string code(field(nth(Part::part, end), "day_part", "code"));
    return code.empty() ? setting("part") : code;
  }

  // Direction of a partial date: what the text says, else the tense of the nearest verb.
  Anchor anchor(Direction usual) const {
    Anchor result{article_.date, usual, false};
    std::string_view toward = field(Part::toward, "toward", "by");
    if (!toward.empty()) {
      result.direction = toward == "-1" ? Direction::past : Direction::future;
      result.strict = true;
    } else {
      result.direction = direction_of(usual);
    }
    return result;
  }

  Direction direction_of(Direction usual) const {
    bool part_of_year = !setting("unit").empty() || part(Part::season);
    bool ahead = cues_.relation == Relation::until || cues_.relation == Relation::before;
    if (part_of_year && ahead) return Direction::future;
    if (cues_.past) return Direction::past;
    if (cues_.relation == Relation::until && part(Part::weekday)) usual = Direction::nearest;
    switch (context_.tense_around(match_->range)) {
      case Tense::future:
        return Direction::future;
      case Tense::past:
        return part(Part::month) && !part(Part::day) ? Direction::past : usual;
      case Tense::present:
        return part(Part::weekday) ? Direction::nearest : usual;
      case Tense::unknown:
        break;
    }
    return usual;
  }

  void read_moment() {
    std::string form = setting("form");
    if (form == "shift") return read_shift();
    if (form == "after") return read_anchored();
    if (form == "decade") return read_decade();
    if (form == "century") return read_century();
    if (form == "portion") return read_portion();
    if (form == "week") return read_weekday_of_week();
    if (form == "fortnight") return read_weekday_in();
    read_calendar(form == "first");
  }

  void read_calendar(bool first_alone) {
    DateParts begin = parts(0);
    DateParts end = parts(1);
    if (part(Part::year2) && !end.year) return;
    Direction usual = begin.day && !begin.weekday ? Direction::nearest : Direction::past;
    if ((begin.month && !begin.day) || !begin.season.empty()) usual = Direction::nearest;
    const bool whole = begin.year && (begin.month || !(begin.day || begin.weekday));
    Anchor from = whole && !has_end(end) ? Anchor{article_.date} : anchor(usual);
    if (!has_end(end)) return keep_date(resolve_date(begin, from));
    if (begin.day && !begin.month) begin.month = end.month;
    if (!begin.year) begin.year = end.year;
    if (begin.month && end.month && !begin.year && *begin.month > *end.month && end.year)
      begin.year = *end.year - 1;
    auto last = resolve_date(end, from);
    auto first = resolve_date(begin, from);
    if (!first || !last) return;
    if (first_alone) return keep_date(first);
    if (*first > *last && article_.date) first = before(begin, *last).value_or(*first);
    figure_.min = *first;
    figure_.max = *last;
    remember(*last);
  }

  // The begin of a range, resolved before its end: "20 décembre au 5 janvier".
  static std::optional<std::string> before(const DateParts& begin, const std::string& last) {
    return resolve_date(begin, Anchor{parse_date(last.substr(0, 10)), Direction::past, false});
  }

  static bool has_end(const DateParts& end) {
    return end.weekday || end.day || end.month || end.year;
  }

  void keep_date(const std::optional<std::string>& value) {
    if (!value) return;
    figure_.value = *value;
    remember(*value);
  }

  void remember(const std::string& value) {
    if (auto date = parse_date(value.substr(0, 10))) {
      last_day_ = date;
      last_sentence_ = context_.sentence_of(match_->range.first);
    }
  }

  long long shift_by() const {
    std::string by = setting("by");
    if (by.empty()) by = field(Part::toward, "toward", "by");
    long long sign = 0;
    std::from_chars(by.data(), by.data() + by.size(), sign);
    if (!part(Part::value)) return sign;
    auto value = amount(Part::value);
    auto count = value && value->value ? value->value->to_integer() : std::nullopt;
    return sign * count.value_or(0);
  }

  std::string shift_unit() const {
    std::string unit = setting("unit");
    return unit.empty() ? std::string(field(Part::period, "period", "shift")) : unit;
  }

  void read_shift() {
    if (part(Part::value) && !small_integer(amount(Part::value))) return;
    std::string unit = shift_unit();
    if (unit.empty()) return;
    Anchor from{article_.date, direction_of(Direction::past)};
    keep_date(resolve_shift(unit, shift_by(), part_code(0), from));
  }

  // "le lendemain": counted from a date of this sentence or the one before.
  void read_anchored() {
    DateParts own = parts(0);
    std::optional<Date> day;
    if (own.day || own.month || own.weekday) {
      auto value = resolve_date(own, anchor(Direction::nearest));
      if (value) day = parse_date(value->substr(0, 10));
    } else if (last_day_ && last_sentence_ + 2 >= context_.sentence_of(match_->range.first)) {
      day = last_day_;
    }
    if (!day) return;
    std::string unit = shift_unit();
    keep_date(resolve_shift(unit, shift_by(), part_code(0), Anchor{day, Direction::past}));
  }

  void read_decade() {
    auto year = number_of(Part::year);
    if (!year) return;
    int full = *year < 100 ? 1900 + *year : *year;
    figure_.value = std::to_string(full / 10);
  }

  void read_century() {
    auto rank = number_of(Part::rank);
    if (!rank || *rank < 1 || *rank > 99) return;
    std::string text = std::to_string(*rank - 1);
    figure_.value = (setting("era") == "BC" ? "BC" : "") + (text.size() < 2 ? "0" + text : text);
  }

  void read_portion() {
    DateParts date = parts(0);
    std::string text = text_of(Part::rank);
    auto rank = read_ordinal(text);
    if (!rank && text.size() > 1) rank = text.back() - '0';
    if (!rank || *rank < 1 || *rank > 4) return;
    date.portion = setting("unit") + std::to_string(*rank);
    keep_date(resolve_date(date, anchor(Direction::nearest)));
  }

  void read_weekday_of_week() {
    auto weekday = field_number(Part::weekday, "weekday", "number");
    if (weekday)
      keep_date(resolve_weekday(*weekday, shift_by(), part_code(0), Anchor{article_.date}));
  }

  void read_weekday_in() {
    auto weekday = field_number(Part::weekday, "weekday", "number");
    auto count = small_integer(amount(Part::value));  // of days, both ends counted
    if (!weekday || !count || (*count != 8 && *count != 15)) return;
    keep_date(resolve_weekday_in(*weekday, *count - 1, Anchor{article_.date}));
  }

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  const FigureTables& tables_;
  const Article& article_;
  std::vector<Figure>& figures_;
  FigureContext context_;

  const Match* match_ = nullptr;
  std::uint64_t present_ = 0;  // bit p: the match has part p
  std::array<TokenRange, static_cast<std::size_t>(Part::none) + 1> parts_;
  const Rule* rule_ = nullptr;
  Figure figure_;
  int unit_power_ = 0;  // of the scale word of the figure
  std::optional<TokenRange> last_match_;
  std::string counted_;  // the noun counted last, and where
  std::size_t counted_sentence_ = 0;
  std::string last_period_ = "Y";  // unit of the duration before
  FigureContext::Cues cues_;
  std::map<std::string, std::string> shared_currency_;  // "franc" → "BIF"
  std::optional<Date> last_day_;
  std::size_t last_sentence_ = 0;
};

}  // namespace

void interpret(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const Article& article, std::vector<Figure>& figures) {
  Interpreter(chart, text, rules, article, figures).run();
}

}  // namespace glane
