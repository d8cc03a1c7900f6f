// An image of compiled rules gives what their folder gives, and nothing else.
#include "compile/image.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "compile/fingerprint.h"
#include "compile/level.h"
#include "compile/load_rules.h"
#include "glane/extract.h"
#include "rule_folder.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

constexpr char kRules[] = R"(
level = "names"
[patterns]
who = "<first> <Cap>?"
[[rule]]
id = "name.first"
match = '''<civility>? @name:($who)'''
not_after = "<punct>"
emit = "person"
  [[rule.example]]
  text = "[Madame Anne Dupuis] arrive."
)";

std::string image_of(const fs::path& folder) {
  return write_image(*read_rule_folder(folder).rules);
}

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// The folder of the test, with its image beside it.
class Image : public ::testing::Test {
 protected:
  Image() {
    folder_.file("levels.toml", "[[level]]\nname = \"names\"\n");
    folder_.file("names.toml", kRules);
    folder_.file("lexicon/first.tsv", "surface\tgender\nAnne\tf\nLuc\tm\nAnne Lise\tf\n");
    folder_.file("lexicon/civility.tsv", "surface\nMadame\nM.\n");
    image_ = fs::weakly_canonical(folder_.path());
    image_ += ".image";
  }
  ~Image() override { fs::remove(image_); }

  RuleFolder folder_;
  fs::path image_;
};

TEST_F(Image, GivesTheRulesOfItsFolder) {
  write(image_, image_of(folder_.path()));
  const auto read = read_image(folder_.path());
  ASSERT_TRUE(read);
  const auto compiled = read_rule_folder(folder_.path()).rules;
  EXPECT_EQ(read->hash, compiled->hash);
  EXPECT_EQ(read->rules[0].file, compiled->rules[0].file);
  EXPECT_EQ(read->rules[0].examples[0].spans, compiled->rules[0].examples[0].spans);
  EXPECT_EQ(read->levels[0]->rules[0].text(), compiled->levels[0]->rules[0].text());
  EXPECT_EQ(read->vocabulary.field(read->vocabulary.find("anne lise"), "first", "gender"), "f");
  EXPECT_TRUE(test_examples(RuleSet::load(folder_.path())).failures.empty());
}

TEST_F(Image, CutShortAnywhereItIsNotRead) {
  const std::string image = image_of(folder_.path());
  for (std::size_t size = 0; size < image.size(); size += 1 + image.size() / 400) {
    write(image_, image.substr(0, size));
    EXPECT_FALSE(read_image(folder_.path())) << size;
  }
  write(image_, image + '\0');
  EXPECT_FALSE(read_image(folder_.path()));
  EXPECT_EQ(RuleSet::load(folder_.path()).rule_count(), 1U);
}

TEST_F(Image, AlteredAnywhereItIsNotRead) {
  const std::string image = image_of(folder_.path());
  for (std::size_t at = 0; at < image.size(); at += 1 + image.size() / 400) {
    std::string altered = image;
    altered[at] ^= 4;
    write(image_, altered);
    EXPECT_FALSE(read_image(folder_.path())) << at;
  }
}

// An image whose checksum is right may hold anything: it is refused, or runs.
TEST_F(Image, MadeToHarmItDoesNone) {
  const std::string image = image_of(folder_.path());
  std::size_t refused = 0;
  for (std::size_t at = image.find('\n') + 1; at + 12 < image.size(); at += 8) {
    std::string altered = image;
    altered.replace(at + 8, 4, "\xFF\xFF\xFF\x7F");
    write(image_, seal_image(altered));
    if (!read_image(folder_.path())) {
      ++refused;
      continue;
    }
    test_examples(RuleSet::load(folder_.path()));
  }
  EXPECT_GT(refused, 100U);
}

TEST_F(Image, HoldsForNoOtherRules) {
  write(image_, image_of(folder_.path()));
  const std::string before = fingerprint_of(folder_.path());
  EXPECT_EQ(RuleSet::load(folder_.path()).hash(), before);
  folder_.file("lexicon/civility.tsv", "surface\nMadame\nM.\nMme\n");
  EXPECT_NE(fingerprint_of(folder_.path()), before);
  EXPECT_FALSE(read_image(folder_.path()));
}

TEST_F(Image, OfAnotherVersionIsNotRead) {
  std::string image = image_of(folder_.path());
  image[std::string_view("glane rules ").size()] ^= 1;
  write(image_, image);
  EXPECT_FALSE(read_image(folder_.path()));
}

// The rules that come with glane: the same bytes come out of every article of the corpus.
TEST(ImageOfTheRules, ExtractsTheSame) {
  const fs::path rules = fs::path(GLANE_SOURCE_DIR) / "rules";
  const auto image = read_image(rules);
  ASSERT_TRUE(image) << "the build makes an image beside the tests";
  const auto compiled = read_rule_folder(rules).rules;
  ASSERT_EQ(image->hash, compiled->hash);
  ASSERT_EQ(write_image(*image).size(), write_image(*compiled).size());
  for (std::size_t l = 0; l < compiled->levels.size(); ++l) {
    EXPECT_EQ(image->levels[l]->flips, compiled->levels[l]->flips);
    EXPECT_EQ(image->levels[l]->required, compiled->levels[l]->required);
    EXPECT_TRUE(image->levels[l]->flips_of == compiled->levels[l]->flips_of);
  }
}

}  // namespace
}  // namespace glane
