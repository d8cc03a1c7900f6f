#include "run/progress.h"

#include <gtest/gtest.h>

namespace glane {
namespace {

TEST(ProgressLine, TellsShareSpeedAndTimeLeft) {
  const struct {
    std::uint64_t documents, bytes;
    std::optional<std::uint64_t> total;
    double seconds;
    const char* line;
  } cases[] = {
      {0, 0, std::nullopt, 0, "0 documents  0.0 MB/s"},
      {12345, 3'000'000, std::nullopt, 2, "12345 documents  1.5 MB/s"},
      {0, 0, 100, 0, "[························] 0 documents  0.0 MB/s"},
      {7, 5'000'000, 10'000'000, 5, "[████████████············] 7 documents  1.0 MB/s  0:05 left"},
      {7, 1'000'000, 8'000'000'000, 1,
       "[························] 7 documents  1.0 MB/s  2:13:19 left"},
      {7, 20, 10, 1, "[████████████████████████] 7 documents  0.0 MB/s  0:00 left"},
      {0, 0, 0, 1, "0 documents  0.0 MB/s"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(progress_line(c.documents, c.bytes, c.total, c.seconds), c.line);
  }
}

}  // namespace
}  // namespace glane
