// Exact decimal numbers: digits × 10^exponent, of any length. Values never pass
// through binary floating point.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace glane {

class Decimal {
 public:
  Decimal() = default;  // zero
  explicit Decimal(long long value);

  // Reads [+-]digits[.digits][e[+-]digits]. Nothing when the text has another form
  // or its exponent lies outside ±1000.
  static std::optional<Decimal> parse(std::string_view text);

  // This number × 10^power.
  Decimal scaled(int power) const;

  bool is_integer() const;
  bool is_zero() const { return digits_.empty(); }
  bool is_negative() const { return negative_; }

  // Plain notation without exponent, "-12.5", "59000000000": a JSON number. A number of
  // more than 60 digits is written with an exponent.
  std::string to_string() const;

  // The value as a long long when it is an integer that fits.
  std::optional<long long> to_integer() const;

  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a);
  friend Decimal operator*(const Decimal& a, const Decimal& b);

  // Quotient rounded half to even to `digits` significant digits; the divisor is not zero.
  static Decimal divide(const Decimal& a, const Decimal& b, int digits);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;

 private:
  // Canonical: no leading and no trailing zero in digits_, zero is empty and positive.
  std::string digits_;
  int exponent_ = 0;
  bool negative_ = false;
};

}  // namespace glane
