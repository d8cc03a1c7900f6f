// Rows of places done many words at once, against the same done place by place.
#include "compile/place_blocks.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace glane {
namespace {

constexpr std::size_t kPad = kPlaceBlock;

// Words with one to spare on either side, which begin where no register's worth of bytes does.
class Row {
 public:
  Row(std::size_t words, std::mt19937_64& random, int sparse)
      : words_(words), bits_(words + 2 * kPad + 1) {
    for (std::size_t w = 0; w < words; ++w) {
      at()[w] = random();
      for (int i = 0; i < sparse; ++i) at()[w] &= random();
    }
  }
  std::uint64_t* at() { return bits_.data() + kPad + 1; }
  bool has(std::size_t place) const {
    return (bits_[kPad + 1 + place / 64] >> place % 64 & 1) != 0;
  }
  std::size_t places() const { return words_ * 64; }
  bool any() const {
    for (std::size_t place = 0; place < places(); ++place)
      if (has(place)) return true;
    return false;
  }

 private:
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

class PlaceBlocks : public ::testing::TestWithParam<std::size_t> {
 protected:
  std::size_t words_ = GetParam() * kPlaceBlock;
  std::mt19937_64 random_{GetParam()};
};

TEST_P(PlaceBlocks, StepUpWhereTheUnitIsInTheColumn) {
  for (const int sparse : {0, 3, 12}) {
    const Row from(words_, random_, sparse);
    Row column(words_, random_, 1);
    Row to = from;
    const bool some = step_up(to.at(), column.at(), to.at(), words_);
    EXPECT_FALSE(to.has(0));
    for (std::size_t p = 1; p < from.places(); ++p)
      ASSERT_EQ(to.has(p), from.has(p - 1) && column.has(p - 1)) << p;
    EXPECT_EQ(some, to.any());
  }
}

TEST_P(PlaceBlocks, StepDownWhereTheUnitIsInTheColumn) {
  for (const int sparse : {0, 3, 12}) {
    const Row from(words_, random_, sparse);
    Row column(words_, random_, 1);
    Row to = from;
    const bool some = step_down(to.at(), column.at(), to.at(), words_);
    for (std::size_t p = 0; p < from.places(); ++p) {
      const bool above = p + 1 < from.places() && from.has(p + 1);
      ASSERT_EQ(to.has(p), above && column.has(p)) << p;
    }
    EXPECT_EQ(some, to.any());
  }
}

TEST_P(PlaceBlocks, SetsMeetAndAreAdded) {
  const Row one(words_, random_, 2);
  Row two(words_, random_, 2);
  Row both = one;
  Row either = one;
  EXPECT_EQ(meet(both.at(), two.at(), words_), both.any());
  add(either.at(), two.at(), words_);
  for (std::size_t p = 0; p < one.places(); ++p) {
    ASSERT_EQ(both.has(p), one.has(p) && two.has(p)) << p;
    ASSERT_EQ(either.has(p), one.has(p) || two.has(p)) << p;
  }
}

TEST_P(PlaceBlocks, WhatIsAbsorbedIsFreshOnce) {
  const Row before(words_, random_, 1);
  const Row offered(words_, random_, 4);
  Row row = before;
  Row fresh = offered;
  EXPECT_EQ(absorb(row.at(), fresh.at(), words_), fresh.any());
  for (std::size_t p = 0; p < row.places(); ++p) {
    ASSERT_EQ(fresh.has(p), offered.has(p) && !before.has(p)) << p;
    ASSERT_EQ(row.has(p), offered.has(p) || before.has(p)) << p;
  }
  EXPECT_FALSE(absorb(row.at(), fresh.at(), words_));
  EXPECT_FALSE(fresh.any());
}

INSTANTIATE_TEST_SUITE_P(Widths, PlaceBlocks, ::testing::Values(1, 2, 7, 32));

}  // namespace
}  // namespace glane
