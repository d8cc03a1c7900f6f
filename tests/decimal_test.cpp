#include "glane/decimal.h"

#include <gtest/gtest.h>

#include <limits>

namespace glane {
namespace {

std::string round_trip(std::string_view text) {
  auto value = Decimal::parse(text);
  return value ? value->to_string() : "nothing";
}

TEST(Decimal, ReadsAndWrites) {
  struct Case {
    const char* text;
    const char* written;
  };
  for (const Case& c : {Case{"0", "0"},
                        {"-0", "0"},
                        {"000", "0"},
                        {"0.00", "0"},
                        {"007", "7"},
                        {"-12.50", "-12.5"},
                        {"59e9", "59000000000"},
                        {"5.9E+10", "59000000000"},
                        {"0.05", "0.05"},
                        {"1e-3", "0.001"},
                        {"1200", "1200"},
                        {"+3", "3"},
                        {"0.30", "0.3"},
                        {"1e70", "1e70"},
                        {"-1.25e80", "-1.25e80"}})
    EXPECT_EQ(round_trip(c.text), c.written) << c.text;
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", ".5", "5.", "1,5", "1 000", "1e", "e5", "1e2000", "0x1",
                           "1.2.3", "1e1.5", "--1", "nan"})
    EXPECT_EQ(round_trip(text), "nothing") << text;
}

TEST(Decimal, HoldsMoreDigitsThanADouble) {
  EXPECT_EQ(round_trip("12345678901234567890.123456789"), "12345678901234567890.123456789");
  Decimal tenth = *Decimal::parse("0.1");
  Decimal sum;
  for (int i = 0; i < 10; ++i) sum = sum + tenth;
  EXPECT_EQ(sum, Decimal(1));
}

TEST(Decimal, AddsAndSubtracts) {
  EXPECT_EQ((Decimal(999) + Decimal(1)).to_string(), "1000");
  EXPECT_EQ((Decimal(1000) + -Decimal(1)).to_string(), "999");
  EXPECT_EQ((Decimal(3) + -*Decimal::parse("5.5")).to_string(), "-2.5");
  EXPECT_EQ((Decimal(-3) + Decimal(3)), Decimal());
  EXPECT_EQ((*Decimal::parse("1e20") + *Decimal::parse("1e-5")).to_string(),
            "100000000000000000000.00001");
}

TEST(Decimal, Multiplies) {
  EXPECT_EQ((*Decimal::parse("2.5") * Decimal(4)).to_string(), "10");
  EXPECT_EQ((Decimal(-99) * Decimal(99)).to_string(), "-9801");
  EXPECT_EQ((*Decimal::parse("123456789") * *Decimal::parse("987654321")).to_string(),
            "121932631112635269");
  EXPECT_EQ(Decimal(7) * Decimal(), Decimal());
}

TEST(Decimal, DividesRoundingHalfToEven) {
  EXPECT_EQ(Decimal::divide(Decimal(1), Decimal(3), 4).to_string(), "0.3333");
  EXPECT_EQ(Decimal::divide(Decimal(2), Decimal(3), 4).to_string(), "0.6667");
  EXPECT_EQ(Decimal::divide(Decimal(1), Decimal(8), 2).to_string(), "0.12");
  EXPECT_EQ(Decimal::divide(Decimal(3), Decimal(8), 2).to_string(), "0.38");
  EXPECT_EQ(Decimal::divide(Decimal(-9), Decimal(10), 15).to_string(), "-0.9");
  EXPECT_EQ(Decimal::divide(Decimal(1999), Decimal(2), 3).to_string(), "1000");
  EXPECT_EQ(Decimal::divide(Decimal(100), Decimal(5), 15).to_string(), "20");
}

TEST(Decimal, ScalesByPowersOfTen) {
  EXPECT_EQ(Decimal::parse("2.5")->scaled(6).to_string(), "2500000");
  EXPECT_EQ(Decimal(25).scaled(-3).to_string(), "0.025");
  EXPECT_EQ(Decimal().scaled(5), Decimal());
}

TEST(Decimal, Compares) {
  EXPECT_LT(Decimal(-1), Decimal());
  EXPECT_LT(*Decimal::parse("0.99"), Decimal(1));
  EXPECT_EQ(*Decimal::parse("1.0"), Decimal(1));
  EXPECT_GT(*Decimal::parse("1e10"), Decimal(999999999));
}

TEST(Decimal, GivesIntegersThatFit) {
  constexpr long long kMax = std::numeric_limits<long long>::max();
  constexpr long long kMin = std::numeric_limits<long long>::min();
  EXPECT_EQ(Decimal(kMax).to_integer(), kMax);
  EXPECT_EQ(Decimal(kMin).to_integer(), kMin);
  EXPECT_EQ((Decimal(kMax) + Decimal(1)).to_integer(), std::nullopt);
  EXPECT_EQ(Decimal::parse("2.5")->to_integer(), std::nullopt);
  EXPECT_EQ(Decimal::parse("1e30")->to_integer(), std::nullopt);
}

}  // namespace
}  // namespace glane
