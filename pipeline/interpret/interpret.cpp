#include "interpret/interpret.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "interpret/counted_noun.h"
#include "interpret/figure_context.h"
#include "interpret/interpret_length.h"
#include "interpret/interpret_moment.h"
#include "interpret/interpret_number.h"
#include "interpret/match_parts.h"
#include "segment/folds_to.h"

namespace glane {

namespace {

std::optional<Value> as_value(const std::optional<std::string>& text) {
  return text ? std::optional<Value>(*text) : std::nullopt;
}

bool has_content(const Figure& figure) {
  return figure.value || figure.scale || (figure.min && figure.max);
}

// "10 à 15 000", "2 à 3 millions": the first end borrows the scale of the second.
// Of a change the second may borrow: "de 4,2 milliards à 3,6".
void borrow_scale(Amount& first, Amount& second) {
  if (!first.value || !second.value) return;
  if (first.unit_power >= 6 && second.unit_power == 0 && *second.value < Decimal(1000))
    second.value = second.value->scaled(first.unit_power);
  if (first.unit_power != 0) return;
  const Decimal most = second.value->is_negative() ? -*second.value : *second.value;
  if (second.unit_power != 0 && *first.value < most) {
    Decimal scaled = first.value->scaled(second.unit_power);
    if (scaled < *second.value || second.value->is_negative()) first.value = scaled;
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

class Interpreter {
 public:
  Interpreter(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
              const Article& article, Document& document)
      : chart_(chart),
        text_(text),
        tables_(*rules.figures),
        figures_(document.figures),
        context_(chart.segments, text.text, rules),
        nouns_(context_, chart.segments, tables_),
        parts_(chart, rules, context_),
        moments_(parts_, context_, article, document.diagnostics),
        lengths_(parts_) {}

  void run() {
    std::vector<const Match*> matches;
    for (const Match& match : chart_.matches)
      if (tables_.kind(match.kind)) matches.push_back(&match);
    std::ranges::stable_sort(matches, {}, [](const Match* m) { return m->range.first; });
    figures_.reserve(matches.size());
    for (const Match* match : matches) add(*match);
  }

 private:
  void add(const Match& match) {
    parts_.show(match);
    whole_.reset();
    figure_ = Figure{};
    unit_power_ = 0;
    shared_ = own_noun_ = changed_ = false;
    figure_.kind = *tables_.kind(match.kind);
    figure_.rule = match.rule;
    figure_.span = text_.map.to_source(context_.span(match.range));
    cues_ = context_.cues(match.range, figure_.kind);
    if (figure_.kind == FigureKind::date) {
      leave_out_mid();
      auto phase = modifier_named(parts_.field(Part::phase, WordList::figure_cue, "modifier"));
      if (phase) cues_.modifier = *phase;
    }
    if (auto value = part(Part::value); value && value->first > match.range.first)
      context_.add_cues_before(value->first, match.range.first, figure_.kind, cues_);
    read();
    if (!has_content(figure_) || is_postcode()) return;
    finish();
    lend_noun(match.range);
    figures_.push_back(std::move(figure_));
    last_match_ = match.range;
    last_own_noun_ = own_noun_;
  }

  void finish() {
    if (auto modifier = modifier_named(parts_.setting("modifier")))
      figure_.modifier = *modifier;
    else if (cues_.modifier != Modifier::none)
      figure_.modifier = cues_.modifier;
    if (figure_.kind == FigureKind::quantity && nouns_.lies_under(parts_.range(), figure_.unit))
      figure_.modifier = Modifier::none;
    if (figure_.relation == Relation::none) figure_.relation = cues_.relation;
    if (is_counting(figure_.kind) && figure_.of.empty()) count();
    inherit();
    tell_direction();
    if (figure_.kind != FigureKind::money) return;
    money_ = figure_.unit;
    money_sentence_ = context_.sentence_of(parts_.range().first);
  }

  // The counted noun: behind the figure, or named before it.
  void count() {
    const TokenRange range = parts_.range();
    if (nouns_.is_magnitude(range)) return;
    figure_.of = nouns_.behind(range, figure_.kind, figure_.unit);
    own_noun_ = !figure_.of.empty();
    if (figure_.kind == FigureKind::number) return count_number();
    const std::size_t sentence = context_.sentence_of(range.first);
    const bool shared =
        figure_.kind == FigureKind::percent && (context_.contrasts(range) || follows_last(range));
    const bool led = figure_.kind == FigureKind::duration && leads_too(range);
    const bool suspended = figure_.kind == FigureKind::duration && has(Part::value) &&
                           !has(Part::period) && !has(Part::period2);
    const bool same = measured_sentence_ == sentence && measured_kind_ == figure_.kind;
    if (figure_.of.empty() && same && (shared || suspended || led)) figure_.of = measured_;
    if (figure_.kind == FigureKind::percent && figure_.of.empty() &&
        counted_sentence_ == sentence && context_.is_part(range))
      figure_.of = counted_;  // "1 200 PME, dont 40 % dans le commerce"
    if (figure_.kind == FigureKind::percent && nouns_.points_back(range))
      figure_.of = nouns_.plural_before(range);
    if (figure_.of.empty() && figure_.kind == FigureKind::ordinal &&
        !nouns_.is_one_of_its_kind(range))
      figure_.of = same && !measured_.empty() ? measured_ : ranked_before(sentence);
    measured_ = figure_.of;
    measured_kind_ = figure_.kind;
    measured_sentence_ = sentence;
  }

  // "34 % des voix, devant Petit (28 %)": no verb stands between.
  bool follows_last(TokenRange range) const {
    return cues_.direction == Trend::none && last_match_ && last_match_->last < range.first &&
           context_.has_no_verb({last_match_->last, range.first});
  }

  // "29 secondes d'avance sur Petit et 40 secondes sur Roux"
  bool leads_too(TokenRange range) const {
    const bool lead = measured_ == "avance" || measured_ == "retard";
    return lead && context_.is_before(range, "sur") && follows_last(range);
  }

  // "58 % des Français l'approuvent, un sur quatre l'ignore"
  bool is_part_of_measured(std::size_t sentence) const {
    const auto* value = figure_.value ? std::get_if<Decimal>(&*figure_.value) : nullptr;
    return value != nullptr && *value < Decimal(1) && measured_kind_ == FigureKind::percent &&
           measured_sentence_ == sentence && !measured_.empty();
  }

  // "trois suspects sont en fuite, le quatrième a été arrêté"
  std::string ranked_before(std::size_t sentence) const {
    std::string apposed = nouns_.before_apposition(parts_.range());
    const bool counted = counted_sentence_ == sentence && nouns_.acts_itself(parts_.range());
    return apposed.empty() && counted ? counted_ : apposed;
  }

  void count_number() {
    const TokenRange range = parts_.range();
    const std::size_t sentence = context_.sentence_of(range.first);
    if (nouns_.points_back(range)) {
      std::string before = nouns_.plural_before(range);
      if (!before.empty()) figure_.of = std::move(before);
    }
    const bool near = sentence == counted_sentence_ ||
                      (sentence <= counted_sentence_ + 2 && nouns_.stands_for_noun(range));
    const bool factor = nouns_.multiplies(range) || has(Part::times);
    if (figure_.of.empty() && !factor) figure_.of = nouns_.numbered_before(range);
    if (figure_.of.empty() && is_part_of_measured(sentence)) figure_.of = measured_;
    if (figure_.of.empty() && near && !factor) figure_.of = counted_;
    if (figure_.of.empty()) return;
    counted_ = figure_.of;
    counted_sentence_ = sentence;
  }

  // "36 et 29 masses", "les 4e et 5e places": the first counts what the second does.
  void lend_noun(TokenRange range) {
    if (figures_.empty()) return;
    Figure& last = figures_.back();
    if (changed_ && last.of.empty()) last.of = figure_.of;  // "passe de 12 à 17 morts"
    if (!own_noun_ || changed_ || !last_match_ || !joined_to_last(range)) return;
    if (last.unit != figure_.unit) return;  // "4,2 GHz et 24 Mo de cache"
    const bool free = last.kind == FigureKind::ordinal ? !last_own_noun_ : last.of.empty();
    if (last.kind == figure_.kind && free) last.of = figure_.of;
  }

  // "36 et 29 masses", "trois puis cinq jeunes", "de la 7e à la 12e journée"
  bool joined_to_last(TokenRange range) const {
    const std::uint32_t at = last_match_->last;
    const std::string_view joint = context_.surface(at);
    if (range.first == at + 1 && (joint == "et" || joint == "ou" || joint == "puis")) return true;
    const std::uint32_t first = last_match_->first;
    if (figure_.kind != FigureKind::ordinal || first == 0) return false;
    const std::string_view article = context_.surface(first - 1);
    if (range.first == at + 1) return joint == "au" && article == "du";
    const bool to = range.first == at + 2 && joint == "à" && context_.surface(at + 1) == "la";
    return to && article == "la" && first > 1 && context_.surface(first - 2) == "de";
  }

  // "3,2 milliards d'euros, contre 2,85 milliards": the currency of the same sentence;
  // "jusqu'à vendredi à 6 heures": the relation of the day.
  void inherit() {
    if (figures_.empty() || !last_match_) return;
    const Figure& last = figures_.back();
    if (context_.sentence_of(last_match_->first) != context_.sentence_of(parts_.range().first))
      return;
    const bool bare = !own_noun_ || nouns_.lacks_unit(parts_.range());
    if (figure_.kind == FigureKind::number && bare) borrow_unit(last);
    bool same_moment = last.kind == FigureKind::date && figure_.kind == FigureKind::time &&
                       parts_.range().first <= last_match_->last + 1;
    if (same_moment && figure_.relation == Relation::none) figure_.relation = last.relation;
  }

  // "3,2 % contre 4,1", "192 km/h au lieu de 130"
  void borrow_unit(const Figure& last) {
    const std::size_t sentence = context_.sentence_of(parts_.range().first);
    if (unit_power_ >= 6 && !own_noun_ && money_sentence_ == sentence && !money_.empty()) {
      figure_.kind = FigureKind::money;
      figure_.unit = money_;
      figure_.of.clear();
      return;
    }
    if (!last.value || !figure_.value) return;
    const bool ratio = whole().find(" sur ") != std::string::npos;
    const bool set_against = !ratio && (context_.contrasts(parts_.range()) ||
                                        context_.parallels(parts_.range(), *last_match_));
    const bool left_out = nouns_.lacks_unit(parts_.range());
    const bool measured = last.kind == FigureKind::money || last.kind == FigureKind::percent ||
                          last.kind == FigureKind::quantity || last.kind == FigureKind::duration;
    const bool age = last.kind == FigureKind::duration && nouns_.stands_for_years(parts_.range());
    if (!(set_against || left_out || age) || !measured) return;
    figure_.kind = last.kind;
    if (!left_out) figure_.of.clear();
    figure_.unit = last.unit;
    const Decimal& amount = std::get<Decimal>(*figure_.value);
    if (last.kind == FigureKind::duration)
      figure_.value = lengths_.in_last_unit(amount);
    else if (unit_power_ == 0)
      figure_.value = amount * last_factor_;
  }

  // "en hausse de 3 % sur un an et de 1 % sur un mois": the second is a rise too.
  void tell_direction() {
    if (figure_.kind == FigureKind::score) return;
    figure_.direction = cues_.direction;
    const TokenRange range = parts_.range();
    const std::size_t sentence = context_.sentence_of(range.first);
    const bool same = directed_sentence_ == sentence && directed_kind_ == figure_.kind;
    if (figure_.direction == Trend::none && same && context_.joins(range))
      figure_.direction = direction_;
    if (figure_.direction == Trend::up && is_below_zero()) figure_.direction = Trend::none;
    if (figure_.direction == Trend::none) return;
    direction_ = figure_.direction;
    directed_kind_ = figure_.kind;
    directed_sentence_ = sentence;
  }

  // "-7,4 % de croissance"
  bool is_below_zero() const {
    const auto* number = figure_.value ? std::get_if<Decimal>(&*figure_.value) : nullptr;
    return number != nullptr && number->is_negative();
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
        return moments_.read_date(cues_, figure_);
    }
  }

  // ---- parts of the match ----

  using Part = FigurePart;

  // The words of the match, folded.
  const std::string& whole() {
    if (!whole_) whole_ = context_.folded(parts_.range());
    return *whole_;
  }

  bool has(Part part) const { return parts_.has(part); }
  std::optional<TokenRange> part(Part part) const { return parts_.part(part); }
  std::optional<Amount> amount(Part part) const { return parts_.amount(part); }
  std::string setting(std::string_view key) const { return std::string(parts_.setting(key)); }

  // "75011 Paris", "rue Haute, 5000 Namur"
  bool is_postcode() {
    if (figure_.kind != FigureKind::number) return false;
    const std::string& text = whole();
    if (text.find_first_not_of("0123456789") != text.npos) return false;
    const bool behind_comma = context_.behind_comma(parts_.range());
    return (text.size() == 5 || (text.size() == 4 && behind_comma)) &&
           context_.before_name(parts_.range());
  }

  // "mi-" of "mi-septembre" stands around the figure, although it is no token of its own.
  void leave_out_mid() {
    constexpr std::string_view kMid = "mi-";
    Span span = context_.span(parts_.range());
    if (!folds_to(std::string_view(text_.text).substr(span.begin, kMid.size()), kMid)) return;
    span.begin += static_cast<std::uint32_t>(kMid.size());
    figure_.span = text_.map.to_source(span);
    cues_.modifier = Modifier::mid;
  }

  // ---- amounts ----

  void read_measure() {
    if (has(Part::over)) return read_one_in();
    if (has(Part::times)) {
      figure_.value =
          Decimal(parts_.field_number(Part::times, WordList::multiple, "value").value_or(0));
      return;
    }
    Decimal factor = read_unit();
    if (has(Part::cents) && !has(Part::value) && !has(Part::min)) {
      figure_.value = cents();
      return;
    }
    if (has(Part::min)) return read_range(factor);
    auto value = has(Part::value) ? amount(Part::value) : read_amount(whole());
    if (!value) return;
    take(*value);
    if (whole().starts_with('+')) cues_.direction = Trend::up;
    if (figure_.kind == FigureKind::number && is_compact_date()) return;
    const Decimal half = has(Part::half) ? Decimal(5).scaled(-1) : Decimal();
    if (value->value) figure_.value = (*value->value + half) * factor + cents();
    if (figure_.kind == FigureKind::quantity) read_class();
    if (value->scale) figure_.scale = *value->scale * factor;
  }

  // "la finale des -60 kg", "judo +91 kg": classes, not what was lost or gained.
  void read_class() {
    constexpr int kLeast = 20;
    const TokenRange range = parts_.range();
    const char sign = context_.surface(range.first)[0];
    const bool weight = figure_.unit == "kg" && (sign == '-' || sign == '+');
    if (!weight || range.first == 0 || context_.surface(range.first - 1) == "(") return;
    Decimal& amount = std::get<Decimal>(*figure_.value);
    if (amount < Decimal(kLeast) && -amount < Decimal(kLeast)) return;
    if (amount.is_negative()) amount = -amount;
    cues_.modifier = sign == '-' ? Modifier::max : Modifier::min;
    cues_.direction = Trend::none;
  }

  // "20250312"
  bool is_compact_date() {
    const std::string& text = whole();
    if (text.size() != 8 || text.find_first_not_of("0123456789") != text.npos) return false;
    const std::string iso = text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6);
    const auto date = parse_date(iso);
    if (!date || date->year < 1900 || date->year > 2100) return false;
    figure_.kind = FigureKind::date;
    figure_.value = iso;
    return true;
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
    figure_.ambiguous = amount.ambiguous || shared_;
    unit_power_ = amount.unit_power;
    if (amount.approximate && cues_.modifier == Modifier::none) cues_.modifier = Modifier::approx;
  }

  void read_range(const Decimal& factor) {
    auto min = amount(Part::min);
    auto max = amount(Part::max);
    if (!min || !max || !min->value || !max->value) return;
    if (!has(Part::unit2)) borrow_scale(*min, *max);
    take(*min);
    const Unit first = unit_of(Part::unit2);
    Decimal least = *min->value * (first.code.empty() ? factor : first.worth);
    Decimal most = *max->value * factor + cents();
    if (!first.code.empty() && (first.code != unit_of(Part::unit).code || lies_apart(least, most)))
      return read_change(least, most, first.code);  // "de 500 m à 2 km", "1,2 m à 2 000 m"
    if (is_change(*min, *max)) return read_change(least, most, figure_.unit);
    figure_.min = least;
    figure_.max = most;
  }

  // "1,20 m de neige à 2 000 m": two measures, each with its unit, are no ends of one range.
  static bool lies_apart(const Decimal& least, const Decimal& most) {
    constexpr int kTimes = 100;
    return least * Decimal(kTimes) < most;
  }

  // "passer de 3 à 5 %", "de quatre à trois jours"
  bool is_change(const Amount& min, const Amount& max) const {
    bool same_unit = !has(Part::unit2) || figure_.kind != FigureKind::duration;
    bool falls = *min.value > *max.value && same_unit;
    return falls || context_.changes(parts_.range().first);
  }

  // A change is no range: two figures, each with its value.
  void read_change(Value from, Value to, std::string first_unit) {
    cues_.direction = Trend::none;  // both are levels
    SourceSpan whole = figure_.span;
    TokenRange min = *part(Part::min);
    if (auto unit = part(Part::unit2)) min.last = unit->last;
    figure_.span = text_.map.to_source(context_.span(min));
    figure_.value = std::move(from);
    std::string unit = std::exchange(figure_.unit, std::move(first_unit));
    figures_.push_back(figure_);
    changed_ = true;
    TokenRange rest{part(Part::max)->first, parts_.range().last};
    figure_.span = {text_.map.to_source(context_.span(rest)).begin, whole.end};
    figure_.value = std::move(to);
    figure_.unit = std::move(unit);
  }

  struct Unit {
    std::string code;
    Decimal worth = Decimal(1);  // 1000000 for "M€"
  };

  Unit unit_of(Part unit) const {
    for (const WordList lexicon : {WordList::percent_sign, WordList::currency, WordList::unit}) {
      const std::string_view code = parts_.field(unit, lexicon, "code");
      if (code.empty()) continue;
      const auto factor = Decimal::parse(parts_.field(unit, lexicon, "factor"));
      return {std::string(code), factor.value_or(Decimal(1))};
    }
    return {};
  }

  // Sets the unit, and returns what one of it is worth.
  Decimal read_unit() {
    const Unit unit = unit_of(Part::unit);
    figure_.unit = unit.code.empty() ? setting("unit") : unit.code;
    if (figure_.kind == FigureKind::money && !unit.code.empty()) share_currency();
    return last_factor_ = unit.worth;
  }

  // "2 000 francs" are those that the text named in full before, else those of the places
  // it speaks of, or of the country whose typography it has.
  void share_currency() {
    const std::string text = parts_.text_of(Part::unit);
    const bool african = text.find("cfa") != text.npos;
    std::string name = text.substr(0, text.find(' '));
    if (name.ends_with('s')) name.pop_back();
    if (name.ends_with('$')) name = "dollar";
    if (african) name = "franc";
    const std::string key = african ? "cfa" : name;
    if (parts_.field(Part::unit, WordList::currency, "shared").empty()) {
      shared_currency_[key] = figure_.unit;
      return;
    }
    auto [known, fresh] = shared_currency_.try_emplace(key, "");
    if (fresh) known->second = context_.local_currency(name);
    if (african && known->second != "XAF" && known->second != "XOF") known->second.clear();
    if (known->second.empty() && key == "franc" && context_.groups_as_swiss())
      known->second = "CHF";
    shared_ = known->second.empty() && key != "dollar";
    if (!known->second.empty()) figure_.unit = known->second;
    if (african) shared_currency_["franc"] = figure_.unit;
  }

  // "dix cents" looks like the number 1000 too: the coin is cut off.
  Decimal cents() const {
    if (!has(Part::cents)) return {};
    std::string text = parts_.text_of(Part::cents);
    if (std::size_t coin = text.rfind(" cent"); coin != text.npos) text.resize(coin);
    auto small = read_amount(text);
    return small && small->value ? small->value->scaled(-2) : Decimal();
  }

  void read_rank() {
    auto rank = read_ordinal(has(Part::value) ? parts_.text_of(Part::value) : whole());
    if (rank) figure_.value = Decimal(*rank);
  }

  void read_score() {
    auto left = amount(Part::a);
    auto right = amount(Part::b);
    if (!left || !right || !left->value || !right->value) return;
    const bool whole = left->value->is_integer() && right->value->is_integer();
    if (!whole && setting("sep") == "-") {
      figure_.kind = FigureKind::number;  // "12,8–13,0"
      figure_.min = *left->value;
      figure_.max = *right->value;
      return;
    }
    figure_.value = left->value->to_string() + setting("sep") + right->value->to_string();
  }

  // ---- times and durations ----

  // "supérieures à 35 heures" tells no time of the day.
  void read_clock() {
    moments_.read_time(figure_);
    if (figure_.value || figure_.min) return;
    const std::string& text = whole();
    const auto hours = small_integer(read_amount(text.substr(0, text.rfind(' '))));
    if (!text.ends_with(" heures") || !hours || *hours <= 24) return;
    figure_.kind = FigureKind::duration;
    figure_.value = "PT" + std::to_string(*hours) + "H";
  }

  void read_duration() {
    if (has(Part::min)) {
      auto min = amount(Part::min);
      auto max = amount(Part::max);
      if (!min || !max || !min->value || !max->value) return;
      borrow_scale(*min, *max);
      std::string from = lengths_.read_end(*min, has(Part::unit2) ? Part::unit2 : Part::period);
      std::string to = lengths_.read_end(*max, Part::period);
      if (is_change(*min, *max)) return read_change(from, to, "");
      figure_.min = from;
      figure_.max = to;
      return;
    }
    auto value = amount(Part::value);
    bool timed = has(Part::clock) || has(Part::race);
    bool indefinite = !has(Part::value) && !timed;
    if (!value && !indefinite && !timed) return;
    if (value) take(*value);
    if (value && value->value && value->value->is_negative()) {  // "gratuit pour les -12 ans"
      value->value = -*value->value;
      cues_.modifier = Modifier::max;
    }
    if (value && value->scale && *value->scale > Decimal(1)) figure_.scale = value->scale;
    if (indefinite) cues_.modifier = Modifier::approx;
    figure_.value = as_value(lengths_.read(value));
  }

  const Chart& chart_;
  const NormalisedText& text_;
  const FigureTables& tables_;
  std::vector<Figure>& figures_;
  FigureContext context_;
  CountedNouns nouns_;
  MatchParts parts_;
  MomentReader moments_;
  LengthReader lengths_;

  // Of the figure that is read.
  Figure figure_;
  FigureContext::Cues cues_;
  std::optional<std::string> whole_;
  int unit_power_ = 0;     // of its scale word
  bool shared_ = false;    // several currencies have that name
  bool own_noun_ = false;  // what it counts stands behind it
  bool changed_ = false;   // it is the end of a change, whose begin stands before it

  // Of those before.
  std::optional<TokenRange> last_match_;
  bool last_own_noun_ = false;
  std::string counted_;  // the noun counted last, and where
  std::size_t counted_sentence_ = 0;
  std::string measured_;  // what the last measure counted: "40 % des voix, contre 38 %"
  FigureKind measured_kind_ = FigureKind::number;
  std::size_t measured_sentence_ = 0;
  std::string money_;  // the currency of the sum before
  std::size_t money_sentence_ = 0;
  Decimal last_factor_ = Decimal(1);                    // what one of the last unit is worth
  std::map<std::string, std::string> shared_currency_;  // "franc" → "BIF"
  Trend direction_ = Trend::none;                       // told last, and of what
  FigureKind directed_kind_ = FigureKind::number;
  std::size_t directed_sentence_ = 0;
};

}  // namespace

void interpret(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const Article& article, Document& document) {
  Interpreter(chart, text, rules, article, document).run();
}

}  // namespace glane
