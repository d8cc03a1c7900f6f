// A number in words is a sum of groups, each below 1000 (or counted in hundreds up to
// "dix-neuf cent"), each followed by "mille" or a scale word of falling size. `Speller` adds
// the words up and refuses the first one that cannot stand where it stands.
#include "interpret/spell_number.h"

#include <string>

namespace glane {

namespace {

class Speller {
 public:
  // Adds one word; false when it cannot stand here.
  bool add(std::string_view word) {
    if (word == "et") return linked_ = may_link();
    bool linked = linked_;
    linked_ = false;
    if (is_digit(word[0])) return !linked && add_digits(word);  // is none of the words below
    if (auto small = small_number(word)) return add_small(*small, linked);
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

}  // namespace

std::optional<Amount> spell_number(const NumberWords& words, std::size_t first, std::size_t last) {
  Speller speller;
  for (std::size_t i = first; i < last; ++i)
    if (!speller.add(words[i])) return std::nullopt;
  return speller.result();
}

}  // namespace glane
