// Exact decimals as strings of digits: the numbers of news are short, and no arithmetic
// beyond sums, products and one rounded quotient is ever asked of them.
#include "glane/decimal.h"

#include <algorithm>
#include <charconv>

namespace glane {

namespace {

constexpr int kMaxParsedExponent = 1000;
constexpr int kMaxPlainDigits = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void drop_trailing_zeros(std::string& digits, int& exponent) {
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
}

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

// Magnitudes are digit strings without leading zeros; the empty string is zero.
std::strong_ordering compare_magnitudes(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::string add_magnitudes(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  std::string sum(a.size() + 1, '0');
  int carry = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    int digit = a[a.size() - 1 - i] - '0' + carry;
    if (i < b.size()) digit += b[b.size() - 1 - i] - '0';
    sum[sum.size() - 1 - i] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  sum[0] = static_cast<char>('0' + carry);
  return without_leading_zeros(std::move(sum));
}

// a − b, where a is not the smaller one.
std::string subtract_magnitudes(std::string_view a, std::string_view b) {
  std::string difference(a);
  int borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    int digit = a[a.size() - 1 - i] - '0' - borrow;
    if (i < b.size()) digit -= b[b.size() - 1 - i] - '0';
    borrow = digit < 0 ? 1 : 0;
    difference[a.size() - 1 - i] = static_cast<char>('0' + digit + 10 * borrow);
  }
  return without_leading_zeros(std::move(difference));
}

std::string multiply_magnitudes(std::string_view a, std::string_view b) {
  std::string product(a.size() + b.size(), '0');
  for (std::size_t i = a.size(); i-- > 0;) {
    int carry = 0;
    for (std::size_t j = b.size(); j-- > 0;) {
      int digit = product[i + j + 1] - '0' + (a[i] - '0') * (b[j] - '0') + carry;
      product[i + j + 1] = static_cast<char>('0' + digit % 10);
      carry = digit / 10;
    }
    product[i] = static_cast<char>(product[i] + carry);
  }
  return without_leading_zeros(std::move(product));
}

struct Quotient {
  std::string digits;
  std::string remainder;
};

Quotient divide_magnitudes(std::string_view a, std::string_view b) {
  Quotient result;
  for (char next : a) {
    if (!result.remainder.empty() || next != '0') result.remainder += next;
    char digit = '0';
    while (compare_magnitudes(result.remainder, b) >= 0) {
      result.remainder = subtract_magnitudes(result.remainder, b);
      ++digit;
    }
    result.digits += digit;
  }
  result.digits = without_leading_zeros(std::move(result.digits));
  return result;
}

std::optional<int> parse_exponent(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const char* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  if (value > kMaxParsedExponent || value < -kMaxParsedExponent) return std::nullopt;
  return value;
}

}  // namespace

Decimal::Decimal(long long value) : negative_(value < 0) {
  auto magnitude = static_cast<unsigned long long>(value);
  if (negative_) magnitude = 0ULL - magnitude;
  digits_ = std::to_string(magnitude);
  drop_trailing_zeros(digits_, exponent_);
  if (digits_.empty()) exponent_ = 0;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal result;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    result.negative_ = text.front() == '-';
    text.remove_prefix(1);
  }
  if (std::size_t e = text.find_first_of("eE"); e != text.npos) {
    auto exponent = parse_exponent(text.substr(e + 1));
    if (!exponent) return std::nullopt;
    result.exponent_ = *exponent;
    text = text.substr(0, e);
  }
  std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  if (point < text.size()) {
    std::string_view fraction = text.substr(point + 1);
    if (fraction.empty()) return std::nullopt;
    digits += fraction;
    result.exponent_ -= static_cast<int>(fraction.size());
  }
  if (point == 0 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  result.digits_ = without_leading_zeros(std::move(digits));
  drop_trailing_zeros(result.digits_, result.exponent_);
  return result.digits_.empty() ? Decimal() : result;
}

Decimal Decimal::scaled(int power) const {
  Decimal result = *this;
  if (!is_zero()) result.exponent_ += power;
  return result;
}

bool Decimal::is_integer() const { return exponent_ >= 0; }

std::string Decimal::to_string() const {
  if (is_zero()) return "0";
  std::string sign = negative_ ? "-" : "";
  auto size = static_cast<int>(digits_.size());
  int plain = exponent_ >= 0 ? size + exponent_ : std::max(size, 1 - exponent_);
  if (plain > kMaxPlainDigits) {
    std::string text = sign + digits_.substr(0, 1);
    if (size > 1) text += "." + digits_.substr(1);
    return text + "e" + std::to_string(exponent_ + size - 1);
  }
  if (exponent_ >= 0) return sign + digits_ + std::string(static_cast<std::size_t>(exponent_), '0');
  if (size + exponent_ <= 0)
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent_ - size), '0') + digits_;
  auto point = static_cast<std::size_t>(size + exponent_);
  return sign + digits_.substr(0, point) + "." + digits_.substr(point);
}

std::optional<long long> Decimal::to_integer() const {
  if (!is_integer() || static_cast<int>(digits_.size()) + exponent_ > 19) return std::nullopt;
  std::string text = to_string();
  long long value = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

namespace {

std::string padded(const std::string& digits, int zeros) {
  return digits.empty() ? digits : digits + std::string(static_cast<std::size_t>(zeros), '0');
}

}  // namespace

Decimal operator-(const Decimal& a) {
  Decimal result = a;
  result.negative_ = !a.negative_ && !a.is_zero();
  return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  Decimal result;
  int exponent = std::min(a.exponent_, b.exponent_);
  std::string left = padded(a.digits_, a.exponent_ - exponent);
  std::string right = padded(b.digits_, b.exponent_ - exponent);
  result.negative_ = a.negative_;
  if (a.negative_ == b.negative_) {
    result.digits_ = add_magnitudes(left, right);
  } else if (compare_magnitudes(left, right) >= 0) {
    result.digits_ = subtract_magnitudes(left, right);
  } else {
    result.digits_ = subtract_magnitudes(right, left);
    result.negative_ = b.negative_;
  }
  result.exponent_ = exponent;
  drop_trailing_zeros(result.digits_, result.exponent_);
  return result.digits_.empty() ? Decimal() : result;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return Decimal();
  Decimal result;
  result.digits_ = multiply_magnitudes(a.digits_, b.digits_);
  result.exponent_ = a.exponent_ + b.exponent_;
  result.negative_ = a.negative_ != b.negative_;
  drop_trailing_zeros(result.digits_, result.exponent_);
  return result;
}

Decimal Decimal::divide(const Decimal& a, const Decimal& b, int digits) {
  if (a.is_zero() || b.is_zero()) return Decimal();
  // Enough zeros behind the dividend to leave at least `digits` digits of quotient.
  int zeros = std::max(
      0, digits + 1 + static_cast<int>(b.digits_.size()) - static_cast<int>(a.digits_.size()));
  Quotient quotient = divide_magnitudes(padded(a.digits_, zeros), b.digits_);
  int exponent = a.exponent_ - b.exponent_ - zeros;
  auto extra = static_cast<int>(quotient.digits.size()) - digits;
  if (extra > 0) {
    auto kept = static_cast<std::size_t>(digits);
    std::string tail = quotient.digits.substr(kept);
    quotient.digits.resize(kept);
    std::string half = "5" + std::string(tail.size() - 1, '0');
    bool above = tail > half || (tail == half && !quotient.remainder.empty());
    bool odd = kept > 0 && (quotient.digits.back() - '0') % 2 == 1;
    if (above || (tail == half && odd)) quotient.digits = add_magnitudes(quotient.digits, "1");
    exponent += extra;
  }
  Decimal result;
  result.digits_ = std::move(quotient.digits);
  result.exponent_ = exponent;
  result.negative_ = a.negative_ != b.negative_;
  drop_trailing_zeros(result.digits_, result.exponent_);
  return result.digits_.empty() ? Decimal() : result;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  Decimal difference = a + -b;
  if (difference.is_zero()) return std::strong_ordering::equal;
  return difference.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace glane
