// Words folded in registers are the words that append_folded gives.
#include "segment/word_key.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "segment/vocabulary.h"
#include "values/string_table.h"

namespace glane {
namespace {

TEST(WordKey, FoldsAsTheVocabularyDoes) {
  const std::string text = "Œuvre ÉCOLE L'Été À noël ×÷ÞßÝÿ ÀÀÀÀÀÀÀÀ aÀbÀcÀdÀeÀf Z[@`{ cœur € 12,5";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if ((text[begin] & 0xC0) == 0x80) continue;
    for (std::size_t end = begin; end <= text.size(); ++end) {
      if (end < text.size() && (text[end] & 0xC0) == 0x80) continue;
      const std::string folded = fold(text.substr(begin, end - begin));
      WordKey key;
      if (!fold_key(text, begin, end - begin, key)) continue;
      EXPECT_EQ(key, key_of(folded)) << text.substr(begin, end - begin);
    }
  }
}

TEST(WordKey, TakesWhatLatin1Holds) {
  WordKey key;
  for (const std::string word :
       {"", "a", "ÉTÉ", "Noël", "abcdefgé", "abcdefghÀ", "0123456789ABCDEF"})
    EXPECT_TRUE(fold_key(word, 0, word.size(), key)) << word;
  for (const std::string word : {"œuvre", "5€", "Ž", "0123456789ABCDEFG"})
    EXPECT_FALSE(fold_key(word, 0, word.size(), key)) << word;
}

TEST(Vocabulary, FindsShortAndLongWordsAndTheirRuns) {
  Vocabulary words;
  std::vector<WordId> ids;
  for (int i = 0; i < 3000; ++i)
    ids.push_back(
        words.add(std::string(static_cast<std::size_t>(i % 30), 'x') + std::to_string(i)));
  const WordId run = words.add_run({"x1", "00", "000"});
  words.finish();
  for (int i = 0; i < 3000; ++i)
    EXPECT_EQ(words.find(std::string(static_cast<std::size_t>(i % 30), 'x') + std::to_string(i)),
              ids[static_cast<std::size_t>(i)]);
  EXPECT_EQ(words.find("unbekannt"), kUnknownWord);
  Vocabulary::Node node = Vocabulary::kRoot;
  for (const char* word : {"x1", "00", "000"}) node = words.step(node, words.find(word));
  EXPECT_EQ(words.word_at(node), run);
  EXPECT_EQ(words.step(Vocabulary::kRoot, words.find("00")), Vocabulary::kRoot);
}

TEST(StringTable, NumbersStringsInTheirOrder) {
  StringTable table;
  EXPECT_EQ(table.find("a"), StringTable::kNone);
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 500; ++i) EXPECT_EQ(table.add("name " + std::to_string(i)), i);
    EXPECT_EQ(table.add("name 7"), 7U);
    EXPECT_EQ(table[7], "name 7");
    EXPECT_EQ(table.find("name 499"), 499U);
    EXPECT_EQ(table.find("name 500"), StringTable::kNone);
    table.clear();
    EXPECT_EQ(table.find("name 7"), StringTable::kNone);
  }
}

}  // namespace
}  // namespace glane
