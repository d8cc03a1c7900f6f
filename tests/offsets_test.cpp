#include "values/offsets.h"

#include <gtest/gtest.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "glane/document.h"

namespace glane {
namespace {

std::uint32_t offset(std::string_view text, OffsetUnit unit, std::uint32_t byte) {
  return OffsetConverter(text, unit)(byte);
}

TEST(Offsets, CountsFlagsInAllUnits) {
  const std::string_view text = "🇫🇷 Paris";
  EXPECT_EQ(offset(text, OffsetUnit::byte, 9), 9U);
  EXPECT_EQ(offset(text, OffsetUnit::codepoint, 9), 3U);
  EXPECT_EQ(offset(text, OffsetUnit::utf16, 9), 5U);
}

TEST(Offsets, CountsIllFormedSequencesAsOne) {
  const std::string_view text = "d\xE9j\xE2\x80 x";
  EXPECT_EQ(offset(text, OffsetUnit::codepoint, 6), 5U);
  EXPECT_EQ(offset(text, OffsetUnit::utf16, 7), 6U);
}

TEST(Offsets, AnOffsetInsideACharacterIsThatOfTheCharacter) {
  EXPECT_EQ(offset("aéb", OffsetUnit::codepoint, 2), 1U);
  EXPECT_EQ(offset("aéb", OffsetUnit::codepoint, 3), 2U);
}

TEST(Offsets, AreCutToTheText) {
  EXPECT_EQ(offset("été", OffsetUnit::codepoint, 99), 3U);
  EXPECT_EQ(offset("été", OffsetUnit::byte, 99), 5U);
  EXPECT_EQ(offset("", OffsetUnit::utf16, 1), 0U);
}

// ---- held against ICU

std::string random_bytes(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string_view> kPieces = {
      "a",    "é",        "…",    "😀",        "가",   "\r\n", "\xFF", "\xC3", "\xE2\x80",
      "\xA0", "\xF0\x9F", "\xF4", "\xED\xA0", "\xC0", "ﬁ",    "\xE0", " ",    "\xF0\x9F\x98"};
  std::string text;
  for (; pieces > 0; --pieces) text += kPieces[random() % kPieces.size()];
  return text;
}

TEST(Offsets, AgreeWithIcuOnEveryCharacterOfRandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_bytes(random, random() % 400);
    const OffsetConverter codepoints(text, OffsetUnit::codepoint);
    const OffsetConverter utf16(text, OffsetUnit::utf16);
    std::uint32_t points = 0;
    std::uint32_t units = 0;
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
      ASSERT_EQ(codepoints(static_cast<std::uint32_t>(at)), points);
      ASSERT_EQ(utf16(static_cast<std::uint32_t>(at)), units);
      UChar32 code = 0;
      U8_NEXT_OR_FFFD(text.data(), at, static_cast<std::int32_t>(text.size()), code);
      points += 1;
      units += code >= 0x10000 ? 2 : 1;
    }
    ASSERT_EQ(codepoints(static_cast<std::uint32_t>(text.size())), points);
    ASSERT_EQ(utf16(static_cast<std::uint32_t>(text.size())), units);
  }
}

TEST(Offsets, EveryScalarValueReadsAsWritten) {
  for (char32_t code = 0; code < 0x110000; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string text;
    append_utf8(code, text);
    const Character character = character_at(text, 0);
    ASSERT_TRUE(character.well_formed);
    ASSERT_EQ(character.code, code);
    ASSERT_EQ(character.size, text.size());
  }
}

TEST(SliceUtf8, WritesIllFormedBytesAsReplacement) {
  EXPECT_EQ(slice_utf8("d\xE9j\xE0 vu", {0, 4}), "d\uFFFDj\uFFFD");
  EXPECT_EQ(slice_utf8("déjà", {1, 3}), "é");
  EXPECT_EQ(slice_utf8("déjà", {0, 2}), "d\uFFFD");
  EXPECT_EQ(slice_utf8("déjà", {3, 99}), "jà");
  EXPECT_EQ(slice_utf8("déjà", {9, 3}), "");
}

TEST(SliceUtf8, AgreesWithIcuOnRandomBytes) {
  std::mt19937 random(8);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_bytes(random, random() % 12);
    std::string expected;
    icu::UnicodeString::fromUTF8(text).toUTF8String(expected);
    ASSERT_EQ(slice_utf8(text, {0, static_cast<std::uint32_t>(text.size())}), expected)
        << ::testing::PrintToString(text);
  }
}

TEST(Document, WordsOfTheFormatComeBack) {
  for (EntityType type : {EntityType::person, EntityType::organization, EntityType::location,
                          EntityType::product, EntityType::event, EntityType::role}) {
    EXPECT_EQ(entity_type(to_string(type)), type);
  }
  for (int i = 0; i <= static_cast<int>(FigureKind::duration); ++i) {
    const auto kind = static_cast<FigureKind>(i);
    EXPECT_EQ(figure_kind(to_string(kind)), kind);
  }
  EXPECT_FALSE(entity_type("planet"));
  EXPECT_FALSE(figure_kind(""));
}

TEST(Document, NamesWhatTheAnnotationGuideNames) {
  EXPECT_STREQ(to_string(EntityType::organization), "organization");
  EXPECT_STREQ(to_string(FigureKind::duration), "duration");
  EXPECT_STREQ(to_string(QuoteKind::indirect), "indirect");
  EXPECT_STREQ(to_string(Modifier::none), "");
  EXPECT_STREQ(to_string(Modifier::end), "end");
  EXPECT_STREQ(to_string(Relation::until), "until");
  EXPECT_STREQ(to_string(Modality::asserted), "");
  EXPECT_STREQ(to_string(Modality::unconfirmed), "unconfirmed");
}

}  // namespace
}  // namespace glane
