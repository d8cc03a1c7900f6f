#include "normalise/normalise.h"

#include <gtest/gtest.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "normalise/character_references.h"
#include "values/offsets.h"

namespace glane {
namespace {

std::string normalised(std::string_view published) { return normalise(published).text; }

// The source of the first occurrence of `needle` in the normalised text.
std::string source_of(std::string_view published, std::string_view needle) {
  const NormalisedText text = normalise(published);
  const std::size_t at = text.text.find(needle);
  if (at == std::string::npos) return "(not in " + text.text + ")";
  const auto begin = static_cast<std::uint32_t>(at);
  const SourceSpan span =
      text.map.to_source({begin, begin + static_cast<std::uint32_t>(needle.size())});
  return std::string(published.substr(span.begin, span.end - span.begin));
}

std::string icu_nfc(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::Normalizer2::getNFCInstance(status)->normalizeUTF8(0, text, sink, nullptr, status);
  return out;
}

bool is_icu_nfc(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Normalizer2::getNFCInstance(status)->isNormalizedUTF8(text, status);
}

struct TextCase {
  const char* name;
  std::string_view published;
  std::string_view expected;
};

TEST(Normalise, ReplacesTheChosenCharacters) {
  const TextCase cases[] = {
      {"nothing", "", ""},
      {"plain French", "« Été » – déjà vu… 5½ m² CO₂ 12″ 5′ 3 °C n° 4",
       "« Été » – déjà vu… 5½ m² CO₂ 12″ 5′ 3 °C n° 4"},
      {"spaces", "10\u202F000\u00A0€\u2009x\u3000y\tz", "10 000 € x y z"},
      {"apostrophes", "l’an lʼan l'an l`an l´an aujourd’hui d ’euros",
       "l'an l'an l'an l'an l'an aujourd'hui d 'euros"},
      {"accents that are no apostrophes", "` ´ `x´", "` ´ `x'"},
      {"hyphens", "États‑Unis vingt‐deux −3,2 13–15 —", "États-Unis vingt-deux -3,2 13–15 —"},
      {"superscript letters", "1ᵉʳ Mᵐᵉ nᵒ XXᵉ 2ⁿᵈ", "1er Mme no XXe 2nd"},
      {"superscript digits stay", "m² 10⁻⁵", "m² 10⁻⁵"},
      {"invisible", "mil\u00ADlions Ma\u200Bcr\u200Eon \uFEFFx", "millions Macron x"},
      {"line ends", "a\r\nb\rc\nd\u2028e\u2029f\vg\fh\r\n\r\ni", "a\nb\nc\nd\ne\nf\ng\nh\n\ni"},
      {"NFD", "Be\u0301ziers A\u030Angstro\u0308m", "Béziers Ångström"},
      {"singletons", "\u212A \u2126 \u212B", "K Ω Å"},
      {"ligatures", "\uFB01nance e\uFB00et \uFB03 cœur", "finance effet ffi cœur"},
      {"Windows-1252 controls", "l\u0092an c\u009Cur \u008050 \u0085", "l'an cœur €50 …"},
      {"hyphen at a line end", "mil-\nlions", "mil-\nlions"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(normalised(c.published), c.expected) << c.name;
}

TEST(Normalise, KeepsSingleQuotationMarksThatOpen) {
  const TextCase cases[] = {
      {"a pair", "il dit ‘non’ hier", "il dit ‘non’ hier"},
      {"apostrophe inside", "‘l’an dernier’, d’accord’", "‘l'an dernier’, d'accord'"},
      {"at the start", "‘Oui’", "‘Oui’"},
      {"a typing slip", "l‘an et l’an", "l'an et l'an"},
      {"not closed in its line", "‘Oui\nles amis’ x", "‘Oui\nles amis' x"},
      {"as references", "dit &lsquo;non&rsquo; hier", "dit ‘non’ hier"},
      {"nothing opened", "les amis’ maison", "les amis' maison"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(normalised(c.published), c.expected) << c.name;
}

TEST(Normalise, DecodesCharacterReferencesOnce) {
  const TextCase cases[] = {
      {"named", "10&nbsp;000&nbsp;&euro; &eacute;t&eacute; R&amp;D", "10 000 € été R&D"},
      {"numeric", "l&#8217;an l&#x2019;an l&#146;an &#233;", "l'an l'an l'an é"},
      {"composing", "Be&#769;ziers &#101;&#x301;", "Béziers é"},
      {"twice escaped", "&amp;nbsp; &amp;amp;", "&nbsp; &amp;"},
      {"none", "AT&T & Co; x&copy=2 &inconnu; &; &#; &#x; &#0; &#xD800; &#1114112; &",
       "AT&T & Co; x&copy=2 &inconnu; &; &#; &#x; &#0; &#xD800; &#1114112; &"},
      {"line ends", "a&#13;\nb&#xD;\nc&#10;d", "a\nb\nc\nd"},
      {"soft hyphen", "mil&shy;lions", "millions"},
      {"cut short", "caf&eacute", "caf&eacute"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(normalised(c.published), c.expected) << c.name;
}

TEST(Normalise, FindsTheSourceOfASpan) {
  struct Case {
    const char* name;
    std::string_view published;
    std::string_view needle;
    std::string_view source;
  };
  const Case cases[] = {
      {"combining mark", "à Be\u0301ziers.", "Béziers", "Be\u0301ziers"},
      {"last letter with mark", "le cafe\u0301 noir", "café", "cafe\u0301"},
      {"soft hyphen inside", "2 mil\u00ADlions", "millions", "mil\u00ADlions"},
      {"zero width inside", "Ma\u200Bcr\u200Eon", "Macron", "Ma\u200Bcr\u200Eon"},
      {"zero width beside", "à \u200BMacron\u200B.", "Macron", "Macron"},
      {"byte order mark before", "\uFEFFParis", "Paris", "Paris"},
      {"spaces of three bytes", "10\u202F000\u202F€ !", "10 000 €", "10\u202F000\u202F€"},
      {"emoji before", "🇫🇷 Paris", "Paris", "Paris"},
      {"references", "d&eacute;j&agrave; vu", "déjà", "d&eacute;j&agrave;"},
      {"reference beside", "&laquo;&nbsp;Oui&nbsp;&raquo;", "Oui", "Oui"},
      {"CRLF", "a\r\nb", "\n", "\r\n"},
      {"half a ligature", "la \uFB01nance", "nance", "nance"},
      {"letter of a ligature", "la \uFB01nance", "i", "\uFB01"},
      {"mark after a deletion", "e\u200B\u0301t", "é", "e\u200B\u0301"},
      {"ellipsis", "« fin… »", "fin…", "fin…"},
      {"ill-formed byte in a word", "d\xE9j\xE0 vu", "vu", "vu"},
  };
  for (const Case& c : cases) EXPECT_EQ(source_of(c.published, c.needle), c.source) << c.name;
}

TEST(Normalise, EmptySpansHaveAPlace) {
  const NormalisedText text = normalise("\u00ADa\u00A0b\u00AD");
  ASSERT_EQ(text.text, "a b");
  EXPECT_EQ(text.map.to_source({0, 0}), (SourceSpan{2, 2}));
  EXPECT_EQ(text.map.to_source({1, 1}), (SourceSpan{3, 3}));
  EXPECT_EQ(text.map.to_source({3, 3}), (SourceSpan{6, 6}));
  EXPECT_EQ(text.map.to_source({0, 3}), (SourceSpan{2, 6}));
  EXPECT_EQ(normalise("").map.to_source({0, 0}), (SourceSpan{0, 0}));
  EXPECT_EQ(normalise("\u00AD").map.to_source({0, 0}), (SourceSpan{0, 0}));
}

TEST(Normalise, MapsSourceSpansOutward) {
  const NormalisedText text = normalise("cafe\u0301\u00A0noir\u00AD");
  ASSERT_EQ(text.text, "café noir");
  EXPECT_EQ(text.map.to_normalised({3, 4}), (Span{3, 5}));   // e of e + accent: é
  EXPECT_EQ(text.map.to_normalised({4, 6}), (Span{3, 5}));   // the accent: é
  EXPECT_EQ(text.map.to_normalised({6, 7}), (Span{5, 6}));   // half a NBSP
  EXPECT_EQ(text.map.to_normalised({8, 10}), (Span{6, 8}));  // "no"
  EXPECT_EQ(text.map.to_normalised({12, 14}), (Span{10, 10}));
  EXPECT_EQ(text.map.to_normalised({99, 99}), (Span{10, 10}));
}

TEST(Normalise, CountsIllFormedBytesOnce) {
  const NormalisedText text = normalise("d\xE9j\xE0 \xE2\x80 vu\xC3");
  EXPECT_EQ(text.text, "d\uFFFDj\uFFFD \uFFFD vu\uFFFD");
  ASSERT_EQ(text.diagnostics.size(), 1U);
  EXPECT_EQ(text.diagnostics[0].code, "ill-formed-utf8");
  EXPECT_EQ(text.diagnostics[0].span, (SourceSpan{1, 2}));
  EXPECT_NE(text.diagnostics[0].message.find('4'), std::string::npos);
}

TEST(Normalise, ReportsNulBytes) {
  const NormalisedText text = normalise(std::string_view("a\0b\0", 4));
  EXPECT_EQ(text.text, "a\uFFFDb\uFFFD");
  ASSERT_EQ(text.diagnostics.size(), 1U);
  EXPECT_EQ(text.diagnostics[0].code, "nul-byte");
  EXPECT_EQ(text.diagnostics[0].span, (SourceSpan{1, 2}));
}

TEST(Normalise, ReportsNothingOnASoundText) {
  EXPECT_TRUE(normalise("Déjà \uFFFD vu").diagnostics.empty());
}

// Every character by itself between letters: NFC always, and as ICU has it unless it is
// one of the chosen ones, which are few.
TEST(Normalise, AgreesWithIcuOnEveryCharacter) {
  int chosen = 0;
  for (char32_t code = 0; code < 0x110000; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string published = "x";
    append_utf8(code, published);
    published += "y";
    const std::string result = normalised(published);
    ASSERT_TRUE(is_icu_nfc(result)) << std::hex << static_cast<std::uint32_t>(code);
    if (result != icu_nfc(published)) ++chosen;
  }
  EXPECT_GT(chosen, 100);
  EXPECT_LT(chosen, 150);
}

// ---- random strings over a nasty alphabet

struct Letter {
  std::string_view published;
  std::string_view replaced;  // before NFC
};

const std::vector<Letter>& nasty_letters() {
  static const std::vector<Letter> letters = {{"a", "a"},
                                              {"e", "e"},
                                              {"E", "E"},
                                              {" ", " "},
                                              {".", "."},
                                              {"é", "é"},
                                              {"œ", "œ"},
                                              {"\u0301", "\u0301"},
                                              {"\u0323", "\u0323"},
                                              {"\u0327", "\u0327"},
                                              {"\u0308", "\u0308"},
                                              {"\u0344", "\u0344"},
                                              {"\u1100", "\u1100"},
                                              {"\u1161", "\u1161"},
                                              {"\u11A8", "\u11A8"},
                                              {"가", "가"},
                                              {"👩", "👩"},
                                              {"\u200D", ""},
                                              {"🇫", "🇫"},
                                              {"\u00A0", " "},
                                              {"\u202F", " "},
                                              {"\u00AD", ""},
                                              {"\u200B", ""},
                                              {"\uFEFF", ""},
                                              {"\r\n", "\n"},
                                              {"\n", "\n"},
                                              {"ﬁ", "fi"},
                                              {"’", "'"},
                                              {"‑", "-"},
                                              {"ᵉ", "e"},
                                              {"\u212B", "\u212B"},
                                              {"\u0958", "\u0958"},
                                              {"\u09C7", "\u09C7"},
                                              {"\u09BE", "\u09BE"},
                                              {"&eacute;", "é"},
                                              {"&#x301;", "\u0301"},
                                              {"&shy;", ""},
                                              {"&lt;", "<"},
                                              {"\u0338", "\u0338"},
                                              {"<", "<"},
                                              {"\xFF", "\uFFFD"},
                                              {"\xE2\x80", "\uFFFD"},
                                              {"\xF0\x9F", "\uFFFD"},
                                              {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
                                              {"\U0001D15E", "\U0001D15E"},
                                              {"…", "…"}};
  return letters;
}

struct NastyText {
  std::string published;
  std::string expected;
};

NastyText random_text(std::mt19937& random) {
  NastyText text;
  std::string replaced;
  const auto& letters = nasty_letters();
  for (std::size_t n = random() % 14; n > 0; --n) {
    const Letter& letter = letters[random() % letters.size()];
    text.published += letter.published;
    replaced += letter.replaced;
  }
  text.expected = icu_nfc(replaced);
  return text;
}

std::vector<std::uint32_t> boundaries(std::string_view text) {
  std::vector<std::uint32_t> places = {0};
  for (std::size_t at = 0; at < text.size();) {
    at += character_at(text, at).size;
    places.push_back(static_cast<std::uint32_t>(at));
  }
  return places;
}

std::string_view cut(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return text.substr(begin, end - begin);
}

// What the map promises of one span of characters.
void check_span(const std::string& published, const NormalisedText& text, Span span) {
  const SourceSpan source = text.map.to_source(span);
  ASSERT_LE(source.begin, source.end);
  ASSERT_LE(source.end, published.size());
  const Span back = text.map.to_normalised(source);
  ASSERT_LE(back.begin, span.begin);
  ASSERT_GE(back.end, span.end);
  // The source of a span alone normalises to the text that the map says it is, and that
  // text maps to the same source.
  EXPECT_EQ(normalised(cut(published, source.begin, source.end)),
            cut(text.text, back.begin, back.end));
  EXPECT_EQ(text.map.to_source(back), source);
}

void check_all_spans(const std::string& published, const NormalisedText& text) {
  const std::vector<std::uint32_t> places = boundaries(text.text);
  SourceSpan last;
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    const SourceSpan one = text.map.to_source({places[i], places[i + 1]});
    EXPECT_LE(last.begin, one.begin);
    EXPECT_TRUE(last.end <= one.begin || last == one);
    last = one;
    EXPECT_EQ(text.map.to_source({places[i], places[i]}).begin, one.begin);
    for (std::size_t j = i + 1; j < places.size(); ++j) {
      check_span(published, text, {places[i], places[j]});
      EXPECT_EQ(text.map.to_source({places[i], places[j]}).begin, one.begin);
    }
  }
}

// The whole text has the whole source, but for deletions at its two ends.
void check_whole(const std::string& published, const NormalisedText& text) {
  const auto size = static_cast<std::uint32_t>(text.text.size());
  const SourceSpan whole = text.map.to_source({0, size});
  EXPECT_EQ(normalised(cut(published, 0, whole.begin)), "");
  EXPECT_EQ(normalised(std::string_view(published).substr(whole.end)), "");
  EXPECT_EQ(text.map.to_normalised({0, static_cast<std::uint32_t>(published.size())}),
            (Span{0, size}));
}

TEST(Normalise, HoldsItsInvariantsOnRandomTexts) {
  std::mt19937 random(20250312);
  for (int round = 0; round < 30000 && !::testing::Test::HasFailure(); ++round) {
    const NastyText nasty = random_text(random);
    SCOPED_TRACE(::testing::PrintToString(nasty.published));
    const NormalisedText text = normalise(nasty.published);
    EXPECT_EQ(text.text, nasty.expected);
    check_all_spans(nasty.published, text);
    check_whole(nasty.published, text);
  }
}

// ---- hostile texts

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (; times > 0; --times) text += piece;
  return text;
}

TEST(Normalise, IsLinearOnHostileTexts) {
  const std::string texts[] = {
      "e" + repeated("\u0301\u0323", 250000),
      "e" + repeated("\u0301\u200B\u0323", 150000),
      "e" + repeated(repeated("\u0301", 64) + "\u00AD", 7000),
      repeated("\u00AD", 500000) + "\u0301",
      repeated("e\u00AD\u00AD\u00AD\u0301", 100000),
      "\u1100" + repeated("\u1161", 300000),
      repeated("\xFF", 1000000),
      repeated("&", 1000000),
      repeated("‘a’a ’ ", 100000),
      "‘" + repeated("a’a", 200000),
  };
  for (const std::string& published : texts) {
    const auto begin = std::chrono::steady_clock::now();
    const NormalisedText text = normalise(published);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(time.count(), 2.0) << cut(published, 0, 20);
    const auto size = static_cast<std::uint32_t>(text.text.size());
    EXPECT_EQ(text.map.to_normalised({0, static_cast<std::uint32_t>(published.size())}),
              (Span{0, size}));
  }
}

TEST(CharacterReferences, KnowsNamesAndNumbers) {
  EXPECT_EQ(character_reference("&eacute;t")->code, U'é');
  EXPECT_EQ(character_reference("&eacute;t")->size, 8U);
  EXPECT_EQ(character_reference("&OElig;")->code, U'Œ');
  EXPECT_EQ(character_reference("&oelig;")->code, U'œ');
  EXPECT_EQ(character_reference("&#128512;")->code, U'😀');
  EXPECT_EQ(character_reference("&#X1F600;")->code, U'😀');
  EXPECT_FALSE(character_reference("&eacute"));
  EXPECT_FALSE(character_reference("&#12a;"));
  EXPECT_FALSE(character_reference("&#-5;"));
  EXPECT_FALSE(character_reference("&"));
}

TEST(CharacterReferences, RepairsOnlyC1) {
  EXPECT_EQ(repair_c1(0x92), U'’');
  EXPECT_EQ(repair_c1(0x80), U'€');
  EXPECT_EQ(repair_c1(0x81), char32_t{0x81});
  EXPECT_EQ(repair_c1(0xA0), char32_t{0xA0});
  EXPECT_EQ(repair_c1('a'), U'a');
}

}  // namespace
}  // namespace glane
