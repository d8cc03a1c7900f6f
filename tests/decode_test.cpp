#include "read/decode.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace glane {
namespace {

using namespace std::string_view_literals;

struct Case {
  const char* name;
  std::string_view bytes;
  std::string_view declared;
  std::string_view text;
  std::string_view charset;
};

void check(const Case& c) {
  const Decoded decoded = decode(c.bytes, c.declared);
  EXPECT_EQ(decoded.text, c.text) << c.name;
  EXPECT_EQ(decoded.charset, c.charset) << c.name;
}

TEST(Decode, BelievesByteOrderMarks) {
  const Case cases[] = {
      {"utf-8", "\xEF\xBB\xBFÉté"sv, "", "Été", "utf-8"},
      {"utf-8 against the label", "\xEF\xBB\xBFÉté"sv, "iso-8859-1", "Été", "utf-8"},
      {"utf-16le", "\xFF\xFE\xC9\0t\0\xE9\0"sv, "", "Été", "utf-16le"},
      {"utf-16be", "\xFE\xFF\0\xC9\0t\0\xE9"sv, "", "Été", "utf-16be"},
      {"utf-32le", "\xFF\xFE\0\0\xC9\0\0\0"sv, "", "É", "utf-32le"},
      {"utf-32be", "\0\0\xFE\xFF\0\0\0\xC9"sv, "", "É", "utf-32be"},
      {"mark alone", "\xEF\xBB\xBF"sv, "", "", "utf-8"},
      {"surrogates", "\xFF\xFE\x3D\xD8\x00\xDE"sv, "", "😀", "utf-16le"},
      {"half a surrogate pair", "\xFF\xFE\x3D\xD8"sv, "", "\uFFFD", "utf-16le"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Decode, FollowsTheDeclaredCharset) {
  const Case cases[] = {
      {"latin-1 means windows-1252", "l\x92\xE9t\xE9 \x80"sv, "ISO-8859-1", "l’été €",
       "windows-1252"},
      {"quoted label", "\xE9"sv, " \"Latin1\" ", "é", "windows-1252"},
      {"iso-8859-15 is itself", "10 \xA4"sv, "iso-8859-15", "10 €", "iso-8859-15"},
      {"not iso-8859-15", "10 \xA4"sv, "windows-1252", "10 ¤", "windows-1252"},
      {"mac", "\x8Et\x8E"sv, "macintosh", "été", "macintosh"},
      {"utf-16 without mark", "\0O\0u\0i"sv, "utf-16", "Oui", "utf-16be"},
      {"utf-16 without NUL", "Oui, \xC3\xA9"sv, "utf-16", "Oui, é", "utf-8"},
      {"utf-8 that is not", "l'\xE9t\xE9"sv, "utf-8", "l'été", "windows-1252"},
      {"utf-8 with one error", "é à è \xFF"sv, "UTF-8", "é à è \xFF", "utf-8"},
      {"unknown label", "Été"sv, "klingon", "Été", "utf-8"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Decode, JudgesByTheBytesWithoutALabel) {
  const Case cases[] = {
      {"nothing", ""sv, "", "", "utf-8"},
      {"ascii", "Oui."sv, "", "Oui.", "utf-8"},
      {"utf-8", "L’été"sv, "", "L’été", "utf-8"},
      {"utf-8 with an error", "L’été d\xE9j\xC3\xA0"sv, "", "L’été d\xE9j\xC3\xA0", "utf-8"},
      {"latin-1", "L'\xE9t\xE9 \xE0 Paris"sv, "", "L'été à Paris", "windows-1252"},
      {"windows-1252", "L\x92\xE9t\xE9 co\xFBte 3 \x80"sv, "", "L’été coûte 3 €", "windows-1252"},
      {"latin-9 by its euro", "L'\xE9t\xE9 co\xFBte 3 \xA4"sv, "", "L'été coûte 3 €",
       "iso-8859-15"},
      {"latin-9 by its oe", "le c\xBDur"sv, "", "le cœur", "iso-8859-15"},
      {"a half is no oe", "5\xBD m, \xE9t\xE9"sv, "", "5½ m, été", "windows-1252"},
      {"utf-16le", "O\0u\0i\0 \0\xE9\0"sv, "", "Oui é", "utf-16le"},
      {"utf-16be", "\0O\0u\0i\0 \0\xE9"sv, "", "Oui é", "utf-16be"},
      {"a stray NUL", "Oui\0 oui"sv, "", "Oui\0 oui"sv, "utf-8"},
  };
  for (const Case& c : cases) check(c);
}

// Longer than any buffer of the converter, characters across their ends.
TEST(Decode, ConvertsLongTexts) {
  std::string bytes = "x";
  std::string expected = "x";
  for (int i = 0; i < 5000; ++i) {
    bytes += "d\xE9j\xE0 3 \x80, ";
    expected += "déjà 3 €, ";
  }
  EXPECT_TRUE(decode(bytes, "windows-1252").text == expected);
  EXPECT_TRUE(decode(bytes).text == expected);
}

TEST(Decode, DoesNotTakeFrenchForAnotherAlphabet) {
  const std::string_view sentences[] = {
      "\xC0 l'\xE9t\xE9, les \xE9l\xE8ves fran\xE7\x61is ont \xE9t\xE9 re\xE7us."sv,
      "\xC9lys\xE9\x65 : \xAB d\xE9j\xE0 vu \xBB"sv, "\xE9"sv, "No\xEBl"sv,
      "\xC9TATS-UNIS, C\xD4TE D'IVOIRE, \xC0 MA\xCE\x54RE"sv};
  for (std::string_view sentence : sentences) {
    EXPECT_EQ(decode(sentence).charset, "windows-1252") << decode(sentence).text;
  }
}

TEST(Decode, RecognisesAnotherAlphabet) {
  std::string bytes;  // "Правительство России сообщило, что это не так. ", windows-1251
  for (int i = 0; i < 5; ++i) {
    bytes +=
        "\xCF\xF0\xE0\xE2\xE8\xF2\xE5\xEB\xFC\xF1\xF2\xE2\xEE \xD0\xEE\xF1\xF1\xE8\xE8 "
        "\xF1\xEE\xEE\xE1\xF9\xE8\xEB\xEE, \xF7\xF2\xEE \xFD\xF2\xEE \xED\xE5 \xF2\xE0\xEA. ";
  }
  EXPECT_EQ(decode(bytes).charset, "windows-1251");
  EXPECT_TRUE(decode(bytes).text.starts_with("Правительство России"));
}

}  // namespace
}  // namespace glane
