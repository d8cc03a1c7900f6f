// Numbers in words against ICU, which spells better than it reads: what it writes must come
// back as itself.
//
// Covered, in French as France, Belgium and Switzerland count (soixante-dix, septante,
// huitante), cardinals and ordinals: every integer below a million, and a million random ones
// up to 10^15, of every length; feminine forms below 10 000. Each is read in four writings:
//   as ICU writes it           vingt-et-un mille deux cent quatre-vingts
//   without any hyphen         vingt et un mille deux cent quatre vingts
//   with hyphens all along     vingt-et-un-mille-deux-cent-quatre-vingts   (1990)
//   hyphens below "et" only    vingt et un mille deux cent quatre-vingts   (before 1990)
// ICU counts "quatre-vingt-et-onzième" and "cent et unième"; so may we.
#include <gtest/gtest.h>
#include <unicode/rbnf.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "interpret/interpret_number.h"

namespace glane {
namespace {

constexpr std::int64_t kMillion = 1000000;
constexpr std::uint64_t kMost = 1000000000000000;  // 10^15
constexpr std::int64_t kFeminine = 10000;          // feminine forms are read below
constexpr int kWritings = 4;

class Speller {
 public:
  explicit Speller(const char* country)
      : format_(icu::URBNF_SPELLOUT, icu::Locale("fr", country), status_) {}

  bool ready() const { return U_SUCCESS(status_); }

  const std::string& spell(std::int64_t value, const icu::UnicodeString& kind) {
    UErrorCode status = U_ZERO_ERROR;
    icu::FieldPosition nowhere;
    spelled_.remove();
    format_.format(value, kind, spelled_, nowhere, status);
    text_.clear();
    spelled_.toUTF8String(text_);
    return text_;
  }

 private:
  UErrorCode status_ = U_ZERO_ERROR;
  icu::RuleBasedNumberFormat format_;
  icu::UnicodeString spelled_;
  std::string text_;
};

std::string written(std::string text, int writing) {
  if (writing == 1)
    for (char& c : text) c = c == '-' ? ' ' : c;
  if (writing == 2)
    for (char& c : text) c = c == ' ' ? '-' : c;
  if (writing == 3)
    for (std::size_t at = 0; (at = text.find("-et-", at)) != text.npos;)
      text[at] = text[at + 3] = ' ';
  return text;
}

const icu::UnicodeString kCardinal("%spellout-cardinal-masculine");
const icu::UnicodeString kCardinalFeminine("%spellout-cardinal-feminine");
const icu::UnicodeString kOrdinal("%spellout-ordinal-masculine");
const icu::UnicodeString kOrdinalFeminine("%spellout-ordinal-feminine");
const std::array kKinds = {&kCardinal, &kCardinalFeminine, &kOrdinal, &kOrdinalFeminine};

std::optional<long long> cardinal(const std::string& text) {
  const auto amount = read_amount(text);
  return amount && amount->value && !amount->approximate ? amount->value->to_integer()
                                                         : std::nullopt;
}

// Failures are collected, a few shown: a million lines help nobody.
class Verdict {
 public:
  void check(std::optional<long long> found, std::int64_t value, const std::string& text) {
    if (found == value) return;
    if (++failures_ <= 10)
      ADD_FAILURE() << text << " is " << value << ", read as "
                    << (found ? std::to_string(*found) : "nothing");
  }
  ~Verdict() { EXPECT_EQ(failures_, 0); }

 private:
  int failures_ = 0;
};

void check(Speller& speller, std::int64_t value, Verdict& verdict) {
  for (const icu::UnicodeString* kind : kKinds) {
    const bool feminine = kind == &kCardinalFeminine || kind == &kOrdinalFeminine;
    if (feminine && value >= kFeminine) continue;
    const bool rank = kind == &kOrdinal || kind == &kOrdinalFeminine;
    const std::string& spelled = speller.spell(value, *kind);
    for (int writing = 0; writing < kWritings; ++writing) {
      const std::string text = written(spelled, writing);
      verdict.check(rank ? read_ordinal(text) : cardinal(text), value, text);
    }
  }
}

class SpelledIn : public testing::TestWithParam<const char*> {};

TEST_P(SpelledIn, EveryIntegerBelowAMillion) {
  Speller speller(GetParam());
  ASSERT_TRUE(speller.ready());
  Verdict verdict;
  for (std::int64_t value = 0; value < kMillion; ++value) check(speller, value, verdict);
}

TEST_P(SpelledIn, RandomIntegersOfEveryLength) {
  Speller speller(GetParam());
  ASSERT_TRUE(speller.ready());
  Verdict verdict;
  std::mt19937_64 random(*GetParam());
  for (int i = 0; i < kMillion / 3; ++i) {
    std::uint64_t most = kMost;
    for (int shorter = i % 9; shorter > 0; --shorter) most /= 10;
    check(speller, static_cast<std::int64_t>(random() % most), verdict);
  }
}

INSTANTIATE_TEST_SUITE_P(Countries, SpelledIn, testing::Values("FR", "BE", "CH"));

}  // namespace
}  // namespace glane
