// What is made of sums of number words and of digits: decimals, fractions, collectives.
#include "interpret/interpret_number.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

#include "interpret/number_words.h"
#include "interpret/spell_number.h"

namespace glane {

namespace {

constexpr int kFractionDigits = 15;

constexpr std::array kQuantifiers = std::to_array<std::string_view>(
    {"des", "plusieurs", "quelques", "quelque", "de", "d'", "nombreux", "nombreuses", "les"});

Decimal power_of_ten(int power) { return Decimal(1).scaled(power); }

Decimal fraction(long long numerator, long long of) {
  return Decimal::divide(Decimal(numerator), Decimal(of), kFractionDigits);
}

// "zéro trois" behind "virgule" is .03, "cinquante-deux" is .52.
std::optional<Decimal> spell_decimals(const NumberWords& words, std::size_t first,
                                      std::size_t last) {
  int zeros = 0;
  while (first < last && (words[first] == "zéro" || words[first] == "zero")) ++first, ++zeros;
  if (first == last) return zeros > 0 ? std::optional(Decimal()) : std::nullopt;
  auto amount = spell_number(words, first, last);
  if (!amount || amount->unit_power != 0) return std::nullopt;
  auto digits = static_cast<int>(amount->value->to_string().size());
  return amount->value->scaled(-zeros - digits);
}

std::optional<Amount> read_comma(const NumberWords& words, std::size_t comma) {
  std::size_t last = words.size();
  auto power = scale_power(words.back());
  if (power) --last;
  auto whole = spell_number(words, 0, comma);
  auto decimals = spell_decimals(words, comma + 1, last);
  if (!whole || !decimals) return std::nullopt;
  Amount amount;
  amount.value = (*whole->value + *decimals).scaled(power.value_or(0));
  amount.unit_power = power.value_or(0);
  return amount;
}

// "un million et demi", "cinq et un quart", "10 1/2"
std::optional<Amount> read_with_fraction(const NumberWords& words, std::size_t et) {
  auto of = denominator(words.back());
  std::size_t numerator_words = words.size() - et - 2;
  if (!of || numerator_words > 1) return std::nullopt;
  auto whole = spell_number(words, 0, et);
  auto numerator = numerator_words == 0 ? std::optional(1) : small_number(words[et + 1]);
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
std::optional<Decimal> multitudes(const NumberWords& words, std::size_t first) {
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

std::optional<Amount> read_indefinite(const NumberWords& words) {
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
std::optional<Amount> read_collective(const NumberWords& words) {
  auto noun = std::ranges::find_if(words, [](auto word) { return collective(word).has_value(); });
  if (noun == words.end() || noun == words.begin()) return std::nullopt;
  auto at = static_cast<std::size_t>(noun - words.begin());
  bool half = words[at - 1] == "demi";
  auto count = spell_number(words, 0, at - (half ? 1 : 0));
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
std::optional<Amount> read_fraction(const NumberWords& words) {
  std::size_t last = words.size();
  auto power = last > 1 ? scale_power(words.back()) : std::nullopt;
  if (power) --last;
  auto of = denominator(words[last - 1]);
  if (!of) return std::nullopt;
  Amount amount;
  amount.value = fraction(1, *of);
  if (last > 1) {
    auto count = spell_number(words, 0, last - 1);
    if (!count) return std::nullopt;
    amount.value = Decimal::divide(*count->value, Decimal(*of), kFractionDigits);
  }
  amount.value = amount.value->scaled(power.value_or(0));
  return amount;
}

// "un sur cinq", "1/2"
std::optional<Amount> read_ratio(const NumberWords& words, std::size_t sign) {
  auto over = spell_number(words, 0, sign);
  auto under = spell_number(words, sign + 1, words.size());
  if (!over || !under || under->value->is_zero()) return std::nullopt;
  Amount amount;
  amount.value = Decimal::divide(*over->value, *under->value, kFractionDigits);
  return amount;
}

std::optional<Amount> read_slash(const NumberWords& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == "sur" || words[i] == "/") return i > 0 ? read_ratio(words, i) : std::nullopt;
  return std::nullopt;
}

// "10 1/2": a whole and a ratio of one digit each.
std::optional<Amount> read_mixed(const NumberWords& words) {
  std::size_t slash = words.size() < 4 ? 0 : words.size() - 2;
  if (slash == 0 || words[slash] != "/") return std::nullopt;
  auto whole = spell_number(words, 0, slash - 1);
  auto over = spell_number(words, slash - 1, slash);
  auto under = spell_number(words, slash + 1, words.size());
  if (!whole || !over || !under || under->value->is_zero()) return std::nullopt;
  whole->value = *whole->value + Decimal::divide(*over->value, *under->value, kFractionDigits);
  return whole;
}

// ---- powers of ten -------------------------------------------------------------------------

// "⁻⁵"
std::optional<int> read_superscripts(std::string_view text) {
  static constexpr auto kSigns =
      std::to_array<std::string_view>({"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻", "⁺"});
  constexpr int kMinus = 10;
  constexpr int kMost = 1000;
  bool negative = false;
  int value = 0;
  while (!text.empty() && value < kMost) {
    const auto sign = std::ranges::find_if(kSigns, [&](auto s) { return text.starts_with(s); });
    if (sign == kSigns.end()) return std::nullopt;
    text.remove_prefix(sign->size());
    const auto digit = static_cast<int>(sign - kSigns.begin());
    if (digit < kMinus) value = value * 10 + digit;
    negative |= digit == kMinus;
  }
  return negative ? -value : value;
}

// The words of "10^5", "10^-5", "10⁻⁵" and how many they are.
std::optional<int> read_exponent(const NumberWords& words, std::size_t& count) {
  count = 2;
  if (auto power = words.size() < 2 ? std::nullopt : read_superscripts(words.back())) return power;
  const bool negative = words.size() > 3 && words[words.size() - 2] == "-";
  count = negative ? 4 : 3;
  if (words.size() < count || words[words.size() - count + 1] != "^") return std::nullopt;
  const auto power = spell_number(words, words.size() - 1, words.size());
  const auto value = power ? power->value->to_integer() : std::nullopt;
  constexpr long long kMost = 1000;
  if (!value || *value > kMost) return std::nullopt;
  return static_cast<int>(negative ? -*value : *value);
}

// "10^5", "1,5 x 10^3", "1,5 x 10⁻⁵"
std::optional<Amount> read_power_of_ten(const NumberWords& words) {
  std::size_t count = 0;
  const auto exponent = read_exponent(words, count);
  constexpr int kMost = 100;
  if (!exponent || std::abs(*exponent) > kMost || words[words.size() - count] != "10")
    return std::nullopt;
  const std::size_t rest = words.size() - count;  // of a factor and its sign
  if (rest != 0 && rest != 2) return std::nullopt;
  const auto factor = rest == 2 ? spell_number(words, 0, 1) : read_digits("1");
  if (!factor) return std::nullopt;
  Amount amount;
  amount.value = factor->value->scaled(*exponent);
  return amount;
}

std::size_t last_position(const NumberWords& words, std::string_view word) {
  auto found = std::find(words.rbegin(), words.rend(), word);
  return static_cast<std::size_t>(words.rend() - found);  // 1 past; 0 when absent
}

std::optional<Amount> read_words(const NumberWords& words) {
  if (words.empty()) return std::nullopt;
  if (std::size_t comma = last_position(words, "virgule"); comma > 1)
    return read_comma(words, comma - 1);
  if (auto amount = spell_number(words, 0, words.size())) return amount;
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

namespace {

Amount amount_of(Decimal value) {
  Amount amount;
  amount.value = std::move(value);
  return amount;
}

// "2025", "3": most numbers of news.
std::optional<Amount> read_plain(std::string_view folded) {
  constexpr std::size_t kMostDigits = 18;
  if (folded.empty() || folded.size() > kMostDigits) return std::nullopt;
  long long value = 0;
  for (const char c : folded) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return amount_of(Decimal(value));
}

}  // namespace

std::optional<Amount> read_amount(std::string_view folded) {
  if (auto plain = read_plain(folded)) return plain;
  if (auto small = small_number(folded)) return amount_of(Decimal(*small));
  NumberWords words = split_number(folded);
  if (words.empty()) return std::nullopt;
  bool negative = words.front() == "moins" || words.front() == "-";
  if (negative || words.front() == "plus" || words.front() == "+") words.erase(words.begin());
  auto amount = read_words(words);
  if (amount && amount->value && negative) amount->value = -*amount->value;
  return amount;
}

}  // namespace glane
