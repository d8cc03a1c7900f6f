// The grammar of French numbers, as one pass over words.
//
// A number in words is a sum of groups, each below 1000 (or counted in hundreds up to
// "dix-neuf cent"), each followed by "mille" or a scale word of falling size. `Speller` adds
// the words up and refuses the first one that cannot stand where it stands.
#include "interpret_number.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace glane {

namespace {

constexpr int kFractionDigits = 15;

struct NumberWord {
  std::string_view word;
  int value;
};

constexpr std::array kSmall = std::to_array<NumberWord>({
    {"zéro", 0},      {"zero", 0},      {"un", 1},        {"une", 1},        {"deux", 2},
    {"trois", 3},     {"quatre", 4},    {"cinq", 5},      {"six", 6},        {"sept", 7},
    {"huit", 8},      {"neuf", 9},      {"dix", 10},      {"onze", 11},      {"douze", 12},
    {"treize", 13},   {"quatorze", 14}, {"quinze", 15},   {"seize", 16},     {"vingt", 20},
    {"vingts", 20},   {"trente", 30},   {"quarante", 40}, {"cinquante", 50}, {"soixante", 60},
    {"septante", 70}, {"huitante", 80}, {"octante", 80},  {"nonante", 90},
});

// Powers of ten. The long scale: un billion is 10^12.
constexpr std::array kScales = std::to_array<NumberWord>({
    {"million", 6},
    {"milliard", 9},
    {"billion", 12},
    {"billiard", 15},
    {"trillion", 18},
    {"trilliard", 21},
    {"quadrillion", 24},
    {"quadrilliard", 27},
    {"quintillion", 30},
    {"mio", 6},
    {"mios", 6},
    {"mia", 9},
    {"mias", 9},
    {"mrd", 9},
    {"mrds", 9},
    {"md", 9},
    {"mds", 9},
    {"m", 6},
    {"k", 3},
});

// Words that business news takes over from English, where they are 10^9 and 10^12.
constexpr int kBillion = 12;
constexpr int kTrillion = 18;

constexpr std::array kCollectives = std::to_array<NumberWord>({
    {"dizaine", 10},
    {"douzaine", 12},
    {"quinzaine", 15},
    {"vingtaine", 20},
    {"trentaine", 30},
    {"quarantaine", 40},
    {"cinquantaine", 50},
    {"soixantaine", 60},
    {"huitaine", 8},
    {"centaine", 100},
    {"millier", 1000},
    {"septantaine", 70},
});

constexpr std::array kFractions = std::to_array<NumberWord>({
    {"demi", 2},
    {"demie", 2},
    {"moitié", 2},
    {"moitie", 2},
    {"tiers", 3},
    {"quart", 4},
    {"quarts", 4},
    {"cinquième", 5},
    {"sixième", 6},
    {"septième", 7},
    {"huitième", 8},
    {"neuvième", 9},
    {"dixième", 10},
    {"vingtième", 20},
    {"centième", 100},
    {"millième", 1000},
});

constexpr std::array kQuantifiers = std::to_array<std::string_view>(
    {"des", "plusieurs", "quelques", "quelque", "de", "d'", "nombreux", "nombreuses", "les"});

template <std::size_t N>
std::optional<int> find(const std::array<NumberWord, N>& table, std::string_view word) {
  auto found = std::ranges::find(table, word, &NumberWord::word);
  return found == table.end() ? std::nullopt : std::optional(found->value);
}

std::string_view singular(std::string_view word) {
  return word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
}

std::optional<int> scale_power(std::string_view word) {
  if (auto power = find(kScales, word)) return power;
  return word.size() > 4 ? find(kScales, singular(word)) : std::nullopt;
}

std::optional<int> collective(std::string_view word) { return find(kCollectives, singular(word)); }

std::optional<int> denominator(std::string_view word) {
  if (auto value = find(kFractions, word)) return value;
  return find(kFractions, singular(word));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Decimal power_of_ten(int power) { return Decimal(1).scaled(power); }

Decimal fraction(long long numerator, long long of) {
  return Decimal::divide(Decimal(numerator), Decimal(of), kFractionDigits);
}

// ---- words -----------------------------------------------------------------------------

using Words = std::vector<std::string_view>;

// Bytes of ½ ¼ ¾ in UTF-8.
bool is_vulgar(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] == '\xC2' && text[at + 1] >= '\xBC' &&
         text[at + 1] <= '\xBE';
}

bool three_digits(std::string_view text, std::size_t at) {
  return at + 3 <= text.size() && std::ranges::all_of(text.substr(at, 3), is_digit) &&
         (at + 3 == text.size() || !is_digit(text[at + 3]));
}

// "1 234 567,5½": separators stand between digits, a space only before a group of three.
std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    bool inside = at + 1 < text.size() && is_digit(text[at + 1]);
    if (is_digit(text[at]))
      ++at;
    else if (is_vulgar(text, at))
      at += 2;
    else if (text[at] == ' ' && three_digits(text, at + 1))
      ++at;
    else if (inside && std::string_view(".,'").find(text[at]) != std::string_view::npos)
      ++at;
    else
      break;
  }
  return at;
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_digit(text[at]) &&
         std::string_view(" -/'").find(text[at]) == std::string_view::npos)
    ++at;
  return at < text.size() && text[at] == '\'' ? at + 1 : at;
}

bool starts_digits(std::string_view text, std::size_t at) {
  return is_digit(text[at]) || is_vulgar(text, at);
}

// The words of a number: letters, numbers in digits, "/", a sign before digits.
Words split(std::string_view text) {
  Words words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    bool sign = (text[at] == '-' || text[at] == '+') && (at == 0 || text[at - 1] == ' ');
    if (starts_digits(text, at))
      end = digits_end(text, at);
    else if (sign || text[at] == '/')
      end = at + 1;
    else if (text[at] != ' ' && text[at] != '-')
      end = letters_end(text, at);
    else if (++at)
      continue;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// ---- numbers in words --------------------------------------------------------------------

class Speller {
 public:
  // Adds one word; false when it cannot stand here.
  bool add(std::string_view word) {
    if (word == "et") return linked_ = may_link();
    bool linked = linked_;
    linked_ = false;
    if (is_digit(word[0])) return !linked && add_digits(word);  // is none of the words below
    if (auto small = find(kSmall, word)) return add_small(*small, linked);
    if (linked) return false;
    if (word == "cent" || word == "cents") return add_hundred();
    if (word == "mille" || word == "mil") return add_thousand();
    if (auto power = scale_power(word)) return add_scale(*power);
    return add_digits(word);
  }

  std::optional<Amount> result() const {
    if (!started_ || linked_) return std::nullopt;
    Amount amount;
    amount.value = total_ + pending();
    amount.unit_power = unit_power_;
    amount.ambiguous = (ambiguous_ && unit_power_ == 0) || calque_;
    return amount;
  }

  int unit_power() const { return unit_power_; }

 private:
  // "vingt et un", "cent et un", "mille et une"
  bool may_link() const {
    if (digits_ || zero_ || !started_) return false;
    return open_ || (current_ % 100 >= 20 && current_ % 10 == 0);
  }

  Decimal pending() const { return digits_ ? *digits_ : Decimal(thousands_ * 1000 + current_); }

  bool add_small(int value, bool linked) {
    if (digits_) return false;
    started_ = true;
    int low = static_cast<int>(current_ % 100);
    if (linked && value != 1 && value != 11 && low != 60) return false;
    if (open_) {
      open_ = false;
      if (value == 0 && current_ != 0) return false;
      current_ += value;
      zero_ = value == 0;
      return true;
    }
    if (zero_) return false;
    if (low == 4 && value == 20) return current_ += 76, true;  // quatre-vingts
    if (low == 10 && value >= 7 && value <= 9) return current_ += value, true;
    bool tens = low >= 20 && low % 10 == 0;
    bool seventies = low == 60 || low == 80;
    if (!tens || value == 0) return false;
    if (value == 1 && !linked && low != 80) return false;  // "vingt un"
    if (value >= (seventies ? 20 : 10)) return false;
    current_ += value;
    return true;
  }

  bool add_hundred() {
    if (digits_ || zero_ || current_ >= 100) return false;
    current_ = open_ && current_ == 0 ? 100 : current_ * 100;
    return started_ = open_ = current_ >= 100;
  }

  bool add_thousand() {
    if (zero_) return false;
    if (digits_) return add_scale(3);
    if (thousands_ > 0 || current_ > 9999) return false;
    thousands_ = current_ == 0 ? 1 : current_;
    current_ = 0;
    return started_ = open_ = true;
  }

  bool add_scale(int power) {
    if (power >= last_power_ || zero_) return false;
    if (!digits_ && thousands_ == 0 && current_ == 0) return false;  // "millions" alone
    calque_ = calque_ || power == kBillion || power == kTrillion;
    total_ = total_ + pending().scaled(power);
    digits_.reset();
    thousands_ = current_ = 0;
    last_power_ = unit_power_ = power;
    return open_ = true;
  }

  bool add_digits(std::string_view word) {
    if (!open_ || current_ != 0 || thousands_ != 0) return false;
    auto amount = read_digits(word);
    if (!amount) return false;
    digits_ = amount->value;
    ambiguous_ = amount->ambiguous;
    open_ = false;
    return started_ = true;
  }

  Decimal total_;
  long long thousands_ = 0;
  long long current_ = 0;
  std::optional<Decimal> digits_;
  int last_power_ = 1000;
  int unit_power_ = 0;
  bool started_ = false;
  bool open_ = true;     // the next word may start a group or follow "cent"
  bool zero_ = false;    // "zéro" is not continued
  bool linked_ = false;  // "et" has been read
  bool ambiguous_ = false;
  bool calque_ = false;
};

std::optional<Amount> spell(const Words& words, std::size_t first, std::size_t last) {
  Speller speller;
  for (std::size_t i = first; i < last; ++i)
    if (!speller.add(words[i])) return std::nullopt;
  return speller.result();
}

// "zéro trois" behind "virgule" is .03, "cinquante-deux" is .52.
std::optional<Decimal> spell_decimals(const Words& words, std::size_t first, std::size_t last) {
  int zeros = 0;
  while (first < last && (words[first] == "zéro" || words[first] == "zero")) ++first, ++zeros;
  if (first == last) return zeros > 0 ? std::optional(Decimal()) : std::nullopt;
  auto amount = spell(words, first, last);
  if (!amount || amount->unit_power != 0) return std::nullopt;
  auto digits = static_cast<int>(amount->value->to_string().size());
  return amount->value->scaled(-zeros - digits);
}

std::optional<Amount> read_comma(const Words& words, std::size_t comma) {
  std::size_t last = words.size();
  auto power = scale_power(words.back());
  if (power) --last;
  auto whole = spell(words, 0, comma);
  auto decimals = spell_decimals(words, comma + 1, last);
  if (!whole || !decimals) return std::nullopt;
  Amount amount;
  amount.value = (*whole->value + *decimals).scaled(power.value_or(0));
  amount.unit_power = power.value_or(0);
  return amount;
}

// "un million et demi", "cinq et un quart", "10 1/2"
std::optional<Amount> read_with_fraction(const Words& words, std::size_t et) {
  auto of = denominator(words.back());
  std::size_t numerator_words = words.size() - et - 2;
  if (!of || numerator_words > 1) return std::nullopt;
  auto whole = spell(words, 0, et);
  auto numerator = numerator_words == 0 ? std::optional(1) : find(kSmall, words[et + 1]);
  if (!whole || !numerator) return std::nullopt;
  whole->value = *whole->value + fraction(*numerator, *of).scaled(whole->unit_power);
  return whole;
}

// ---- collectives and indefinite amounts --------------------------------------------------

bool is_quantifier(std::string_view word) {
  return std::ranges::find(kQuantifiers, word) != kQuantifiers.end();
}

std::optional<Decimal> multitude(std::string_view word) {
  if (auto value = collective(word)) return Decimal(*value);
  if (auto power = scale_power(word)) return power_of_ten(*power);
  return std::nullopt;
}

// The product of "dizaines de milliers de …" from `first` on; nothing when a word is neither.
std::optional<Decimal> multitudes(const Words& words, std::size_t first) {
  constexpr std::size_t kMostWords = 8;  // keeps the product short, whatever the text
  std::optional<Decimal> product;
  if (words.size() > first + kMostWords) return product;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (words[i] == "de" || words[i] == "d'") continue;
    auto value = multitude(words[i]);
    if (!value) return std::nullopt;
    product = product ? *product * *value : *value;
  }
  return product;
}

std::optional<Amount> read_indefinite(const Words& words) {
  std::size_t first = 0;
  while (first < words.size() && is_quantifier(words[first])) ++first;
  auto scale = multitudes(words, first);
  if (!scale) return std::nullopt;
  Amount amount;
  amount.scale = scale;
  amount.approximate = true;
  return amount;
}

// "une vingtaine", "deux douzaines", "une dizaine de milliers", "une demi-douzaine"
std::optional<Amount> read_collective(const Words& words) {
  auto noun = std::ranges::find_if(words, [](auto word) { return collective(word).has_value(); });
  if (noun == words.end() || noun == words.begin()) return std::nullopt;
  auto at = static_cast<std::size_t>(noun - words.begin());
  bool half = words[at - 1] == "demi";
  auto count = spell(words, 0, at - (half ? 1 : 0));
  auto product = multitudes(words, at);
  if (!count || !product) return std::nullopt;
  Amount amount;
  amount.value = *count->value * *product;
  if (half) amount.value = *amount.value * fraction(1, 2);
  bool exact_dozen = collective(*noun) == 12 && *count->value > Decimal(1);
  amount.approximate = !exact_dozen;
  return amount;
}

// ---- fractions ---------------------------------------------------------------------------

// "la moitié", "un tiers", "trois quarts", "un demi-million"
std::optional<Amount> read_fraction(const Words& words) {
  std::size_t last = words.size();
  auto power = last > 1 ? scale_power(words.back()) : std::nullopt;
  if (power) --last;
  auto of = denominator(words[last - 1]);
  if (!of) return std::nullopt;
  Amount amount;
  amount.value = fraction(1, *of);
  if (last > 1) {
    auto count = spell(words, 0, last - 1);
    if (!count) return std::nullopt;
    amount.value = Decimal::divide(*count->value, Decimal(*of), kFractionDigits);
  }
  amount.value = amount.value->scaled(power.value_or(0));
  return amount;
}

// "un sur cinq", "1/2"
std::optional<Amount> read_ratio(const Words& words, std::size_t sign) {
  auto over = spell(words, 0, sign);
  auto under = spell(words, sign + 1, words.size());
  if (!over || !under || under->value->is_zero()) return std::nullopt;
  Amount amount;
  amount.value = Decimal::divide(*over->value, *under->value, kFractionDigits);
  return amount;
}

std::optional<Amount> read_slash(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == "sur" || words[i] == "/") return i > 0 ? read_ratio(words, i) : std::nullopt;
  return std::nullopt;
}

// "10 1/2": a whole and a ratio of one digit each.
std::optional<Amount> read_mixed(const Words& words) {
  std::size_t slash = words.size() < 4 ? 0 : words.size() - 2;
  if (slash == 0 || words[slash] != "/") return std::nullopt;
  auto whole = spell(words, 0, slash - 1);
  auto over = spell(words, slash - 1, slash);
  auto under = spell(words, slash + 1, words.size());
  if (!whole || !over || !under || under->value->is_zero()) return std::nullopt;
  whole->value = *whole->value + Decimal::divide(*over->value, *under->value, kFractionDigits);
  return whole;
}

// "10^5", "1,5 x 10^3"
std::optional<Amount> read_power_of_ten(const Words& words) {
  const std::size_t count = words.size();
  if (count != 3 && count != 5) return std::nullopt;
  if (words[count - 2] != "^" || words[count - 3] != "10") return std::nullopt;
  const auto power = spell(words, count - 1, count);
  const auto factor = count == 5 ? spell(words, 0, 1) : read_digits("1");
  if (!power || !factor) return std::nullopt;
  constexpr long long kMost = 100;
  const long long exponent = power->value->to_integer().value_or(kMost + 1);
  if (exponent > kMost) return std::nullopt;
  Amount amount;
  amount.value = factor->value->scaled(static_cast<int>(exponent));
  return amount;
}

std::size_t last_position(const Words& words, std::string_view word) {
  auto found = std::find(words.rbegin(), words.rend(), word);
  return static_cast<std::size_t>(words.rend() - found);  // 1 past; 0 when absent
}

std::optional<Amount> read_words(const Words& words) {
  if (words.empty()) return std::nullopt;
  if (std::size_t comma = last_position(words, "virgule"); comma > 1)
    return read_comma(words, comma - 1);
  if (auto amount = spell(words, 0, words.size())) return amount;
  if (std::size_t et = last_position(words, "et"); et > 1 && et < words.size())
    if (auto amount = read_with_fraction(words, et - 1)) return amount;
  if (auto amount = read_collective(words)) return amount;
  if (auto amount = read_indefinite(words)) return amount;
  if (auto amount = read_fraction(words)) return amount;
  if (auto amount = read_mixed(words)) return amount;
  if (auto amount = read_power_of_ten(words)) return amount;
  return read_slash(words);
}

// ---- digits ------------------------------------------------------------------------------

struct Vulgar {
  std::string_view sign;
  const char* value;
};
constexpr std::array kVulgar = std::to_array<Vulgar>({{"½", "0.5"}, {"¼", "0.25"}, {"¾", "0.75"}});

std::string_view take_vulgar(std::string_view& text) {
  for (const Vulgar& vulgar : kVulgar) {
    if (!text.ends_with(vulgar.sign)) continue;
    text.remove_suffix(vulgar.sign.size());
    return vulgar.value;
  }
  return {};
}

// Where the decimals begin: the last comma or dot, unless it separates thousands.
std::size_t decimal_mark(std::string_view text, bool& ambiguous) {
  std::size_t mark = text.find_last_of(",.");
  if (mark == text.npos) return text.size();
  char sign = text[mark];
  if (text.find(sign) != mark) return text.size();  // 1.200.000
  bool alone = text.find_first_of(", .'") == mark;
  bool group = text.size() - mark - 1 == 3;
  if (sign == '.' && alone && group && mark <= 3 && text[0] != '0') {
    ambiguous = true;
    return text.size();
  }
  return mark;
}

}  // namespace

std::optional<Amount> read_digits(std::string_view folded) {
  bool negative = folded.starts_with('-');
  if (negative || folded.starts_with('+')) folded.remove_prefix(1);
  while (folded.starts_with(' ')) folded.remove_prefix(1);
  std::string_view vulgar = take_vulgar(folded);
  Amount amount;
  std::size_t mark = decimal_mark(folded, amount.ambiguous);
  std::string plain;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (i == mark)
      plain += plain.empty() ? "0." : ".";
    else if (is_digit(folded[i]))
      plain += folded[i];
    else if (std::string_view(" .,'").find(folded[i]) == std::string_view::npos)
      return std::nullopt;
  }
  if (plain.empty() && vulgar.empty()) return std::nullopt;
  auto value = Decimal::parse(plain.empty() ? "0" : plain);
  if (!value) return std::nullopt;
  if (!vulgar.empty()) *value = *value + *Decimal::parse(vulgar);
  amount.value = negative ? -*value : *value;
  return amount;
}

std::optional<Amount> read_amount(std::string_view folded) {
  Words words = split(folded);
  if (words.empty()) return std::nullopt;
  bool negative = words.front() == "moins" || words.front() == "-";
  if (negative || words.front() == "plus" || words.front() == "+") words.erase(words.begin());
  auto amount = read_words(words);
  if (amount && amount->value && negative) amount->value = -*amount->value;
  return amount;
}

// ---- ordinals ----------------------------------------------------------------------------

std::optional<int> read_roman(std::string_view folded) {
  static constexpr std::array kSteps = std::to_array<NumberWord>({{"m", 1000},
                                                                  {"cm", 900},
                                                                  {"d", 500},
                                                                  {"cd", 400},
                                                                  {"c", 100},
                                                                  {"xc", 90},
                                                                  {"l", 50},
                                                                  {"xl", 40},
                                                                  {"x", 10},
                                                                  {"ix", 9},
                                                                  {"v", 5},
                                                                  {"iv", 4},
                                                                  {"i", 1}});
  int value = 0;
  int repeats = 0;
  std::size_t step = 0;
  while (!folded.empty() && step < kSteps.size()) {
    const NumberWord& numeral = kSteps[step];
    bool single = numeral.word.size() == 2 || numeral.word[0] == 'v' || numeral.word[0] == 'l' ||
                  numeral.word[0] == 'd';
    if (folded.starts_with(numeral.word) && repeats < (single ? 1 : 3)) {
      value += numeral.value;
      folded.remove_prefix(numeral.word.size());
      ++repeats;
    } else {
      ++step;
      repeats = 0;
    }
  }
  return folded.empty() && value > 0 ? std::optional(value) : std::nullopt;
}

namespace {

constexpr std::array kOrdinalEndings = std::to_array<std::string_view>(
    {"ième", "ieme", "ème", "ère", "eme", "ere", "nde", "er", "re", "nd", "e"});

std::string_view without_ending(std::string_view word) {
  for (std::string_view ending : kOrdinalEndings)
    if (word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  return word;
}

// "cinquième" → cinq, "neuvième" → neuf, "trentième" → trente, "unième" → un
std::optional<std::string> cardinal_of(std::string_view word) {
  bool accented = word.ends_with("ième");
  if (!accented && !word.ends_with("ieme")) return std::nullopt;
  std::string stem(word.substr(0, word.size() - (accented ? 5 : 4)));
  if (stem == "cinqu") return "cinq";
  if (stem == "neuv") return "neuf";
  if (find(kSmall, stem) || stem == "cent" || scale_power(stem)) return stem;
  return stem + "e";
}

std::optional<long long> spelled_ordinal(Words words) {
  std::string_view last = singular(words.back());
  if (words.size() == 1) {
    if (last == "premier" || last == "première" || last == "premiere") return 1;
    if (last == "second" || last == "seconde") return 2;
  }
  auto stem = cardinal_of(last);
  if (!stem) return std::nullopt;
  words.back() = *stem;
  auto amount = spell(words, 0, words.size());
  return amount ? amount->value->to_integer() : std::nullopt;
}

}  // namespace

std::optional<long long> read_ordinal(std::string_view folded) {
  Words words = split(folded);
  if (words.empty()) return std::nullopt;
  if (auto value = spelled_ordinal(words)) return value;
  std::string_view text = singular(folded);
  if (auto roman = read_roman(without_ending(text))) return *roman;
  if (!is_digit(text.front())) return std::nullopt;
  std::string_view stem = without_ending(text);
  while (stem.ends_with(' ')) stem.remove_suffix(1);
  auto amount = read_digits(stem);
  return amount ? amount->value->to_integer() : std::nullopt;
}

}  // namespace glane
