#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "interpret/interpret_number.h"

namespace glane {
namespace {

std::string value_of(std::string_view text) {
  auto amount = read_amount(text);
  if (!amount) return "nothing";
  if (!amount->value) return "scale " + amount->scale->to_string();
  return (amount->approximate ? "~" : "") + amount->value->to_string();
}

struct Case {
  const char* text;
  const char* value;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(value_of(c.text), c.value) << c.text;
}

TEST(Number, Digits) {
  check({{"85 000", "85000"},
         {"1 234 567,89", "1234567.89"},
         {"1.200.000", "1200000"},
         {"1'234'567", "1234567"},
         {"-3,2", "-3.2"},
         {"- 7,7", "-7.7"},
         {"0,5", "0.5"},
         {",5", "0.5"},
         {"6.700,54", "6700.54"},
         {"1.27", "1.27"},
         {"0.500", "0.5"},
         {"125.000,50", "125000.5"},
         {"9,2321312", "9.2321312"},
         {"10 1/2", "10.5"},
         {"5½", "5.5"},
         {"½", "0.5"},
         {"2500", "2500"},
         {"007", "7"}});
}

TEST(Number, OneGroupBehindOneDotIsAmbiguous) {
  EXPECT_TRUE(read_amount("3.500")->ambiguous);
  EXPECT_EQ(value_of("3.500"), "3500");
  EXPECT_FALSE(read_amount("1.200.000")->ambiguous);
  EXPECT_FALSE(read_amount("3.5 millions")->ambiguous);
}

TEST(Number, Tens) {
  check({{"soixante et onze", "71"},
         {"soixante-et-onze", "71"},
         {"vingt et une", "21"},
         {"soixante-dix-huit", "78"},
         {"quatre-vingts", "80"},
         {"quatre-vingt-un", "81"},
         {"quatre vingt dix neuf", "99"},
         {"septante-huit", "78"},
         {"huitante et un", "81"},
         {"octante-deux", "82"},
         {"nonante-cinq", "95"},
         {"dix sept", "17"},
         {"quatre-vingt dix-huit", "98"},
         {"cent quatre", "104"},
         {"zéro", "0"}});
}

TEST(Number, HundredsAndThousands) {
  check({{"mille cent", "1100"},
         {"onze cents", "1100"},
         {"mil neuf cent vingt", "1920"},
         {"dix-neuf cent soixante-treize", "1973"},
         {"cent trois mille", "103000"},
         {"deux cent mille", "200000"},
         {"trois cent mille cinq", "300005"},
         {"neuf cents nonante-neuf", "999"},
         {"cent quatre-vingt-dix-neuf", "199"},
         {"290 mille", "290000"}});
}

TEST(Number, Scales) {
  check(
      {{"un million deux cent mille", "1200000"},
       {"un milliard vingt-cinq millions", "1025000000"},
       {"1 milliard 200 millions", "1200000000"},
       {"2,5 millions", "2500000"},
       {"12 mds", "12000000000"},
       {"1,2m", "1200000"},
       {"100k", "100000"},
       {"mille milliards", "1000000000000"},
       {"un billion", "1000000000000"},
       {"dix billions dix", "10000000000010"},
       {"un trilliard", "1000000000000000000000"},
       {"dix quadrillions", "10000000000000000000000000"},
       {"cinquante et un million cinq cent soixante-dix-huit mille trois cent deux", "51578302"}});
}

TEST(Number, DecimalsAndHalvesInWords) {
  check({{"zéro virgule cinq", "0.5"},
         {"deux virgule zéro trois", "2.03"},
         {"zéro virgule cent douze", "0.112"},
         {"deux cent virgule cinquante deux", "200.52"},
         {"deux virgule cinq millions", "2500000"},
         {"un million et demi", "1500000"},
         {"2 milliards et demi", "2500000000"},
         {"cinq et un quart", "5.25"},
         {"un demi-million", "500000"}});
}

TEST(Number, FractionsAndRatios) {
  check({{"moitié", "0.5"},
         {"un tiers", "0.333333333333333"},
         {"trois quarts", "0.75"},
         {"deux cinquièmes", "0.4"},
         {"neuf sur dix", "0.9"},
         {"1/2", "0.5"},
         {"un sur cent vingt cinq", "0.008"},
         {"1 sur 0", "nothing"}});
}

TEST(Number, Collectives) {
  check({{"une vingtaine", "~20"},
         {"une dizaine de milliers", "~10000"},
         {"une demi-douzaine", "~6"},
         {"trois douzaines", "36"},
         {"une centaine de millions", "~100000000"},
         {"des dizaines", "scale 10"},
         {"plusieurs millions", "scale 1000000"},
         {"centaines de milliers", "scale 100000"},
         {"quelques dizaines", "scale 10"},
         {"plusieurs dizaines de milliards", "scale 10000000000"}});
}

TEST(Number, WhatIsNoNumber) {
  check({{"", "nothing"},
         {"vingt un", "nothing"},
         {"et un", "nothing"},
         {"deux trois", "nothing"},
         {"cent cent", "nothing"},
         {"zéro deux", "nothing"},
         {"millions", "scale 1000000"},
         {"un million trois milliards", "nothing"},
         {"logement", "nothing"},
         {"vingt et", "nothing"},
         {"quatre vingt dix et", "nothing"}});
}

// The list that the rules recognise numbers by and the grammar that reads them agree.
TEST(Number, ReadsEveryWordOfTheList) {
  std::ifstream list(GLANE_SOURCE_DIR "/rules/lexicon/number_word.tsv");
  ASSERT_TRUE(list);
  int words = 0;
  for (std::string line; std::getline(list, line);) {
    if (line.empty() || line[0] == '#' || line.starts_with("surface")) continue;
    EXPECT_NE(value_of(line), "nothing") << line;
    ++words;
  }
  EXPECT_GT(words, 100);
}

TEST(Number, LongTextIsReadOnce) {
  std::string words;
  for (int i = 0; i < 100000; ++i) words += "vingtaines de ";
  EXPECT_EQ(value_of(words), "nothing");
  EXPECT_NE(value_of(std::string(100000, '7')), "nothing");
}

TEST(Number, OrdinalsOfEveryWriting) {
  struct OrdinalCase {
    const char* text;
    long long value;
  };
  for (const OrdinalCase& c : {OrdinalCase{"1er", 1},
                               {"1re", 1},
                               {"1ère", 1},
                               {"2e", 2},
                               {"2nd", 2},
                               {"32 e", 32},
                               {"iiie", 3},
                               {"xxie", 21},
                               {"100 000e", 100000},
                               {"premières", 1},
                               {"second", 2},
                               {"trente-deuxième", 32},
                               {"nonante-deuxième", 92},
                               {"vingt et unième", 21},
                               {"cinq cent unième", 501},
                               {"neuvième", 9},
                               {"cinquième", 5},
                               {"trentième", 30},
                               {"quatre-vingt dix-septième", 97},
                               {"millième", 1000},
                               {"17ème", 17}})
    EXPECT_EQ(read_ordinal(c.text), c.value) << c.text;
}

TEST(Number, WhatIsNoOrdinal) {
  for (const char* text : {"", "maison", "avant-dernier", "mémorables", "crème", "ième"})
    EXPECT_EQ(read_ordinal(text), std::nullopt) << text;
}

TEST(Number, RomanNumeralsAreCanonical) {
  EXPECT_EQ(read_roman("xiv"), 14);
  EXPECT_EQ(read_roman("mcmxcix"), 1999);
  EXPECT_EQ(read_roman("iiii"), std::nullopt);
  EXPECT_EQ(read_roman("vv"), std::nullopt);
  EXPECT_EQ(read_roman(""), std::nullopt);
}

}  // namespace
}  // namespace glane
