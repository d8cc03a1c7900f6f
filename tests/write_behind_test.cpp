// The writing thread: everything in order, in bounded memory, and failures come back.
#include "write/write_behind.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace glane {
namespace {

using Batch = WriteBehind::Batch;

TEST(WriteBehind, WritesEverythingInOrder) {
  Batch written;
  std::size_t largest = 0;
  WriteBehind writer([&](const Batch& batch) {
    largest = std::max(largest, batch.size());
    written.insert(written.end(), batch.begin(), batch.end());
  });
  Batch given;
  for (int i = 0; i < 4500; ++i) given.push_back(std::to_string(i));
  for (const std::string& item : given) writer.push(std::string(item));
  writer.finish();
  EXPECT_EQ(written, given);
  EXPECT_LE(largest, WriteBehind::kMostItems);
}

TEST(WriteBehind, WaitsForAWriterThatIsSlow) {
  std::mutex held;
  std::atomic<int> pushed = 0;
  std::unique_lock hold(held);
  WriteBehind writer([&](const Batch&) { const std::lock_guard lock(held); });
  std::thread feeder([&] {
    for (int i = 0; i < 10'000; ++i) {
      writer.push("x");
      ++pushed;
    }
  });
  while (pushed < 2000) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(pushed, 2000);  // one batch is being written, one waits
  hold.unlock();
  feeder.join();
  writer.finish();
}

TEST(WriteBehind, LargeItemsMakeSmallBatches) {
  std::vector<std::size_t> sizes;
  WriteBehind writer([&](const Batch& batch) { sizes.push_back(batch.size()); });
  for (int i = 0; i < 3; ++i) writer.push(std::string(WriteBehind::kMostBytes, 'x'));
  writer.finish();
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1, 1, 1}));
}

TEST(WriteBehind, DoesNotHoldBackWhatIsAlone) {
  std::atomic<bool> written = false;
  WriteBehind writer([&](const Batch&) { written = true; });
  writer.push("x");
  while (!written) std::this_thread::yield();
  writer.finish();
}

TEST(WriteBehind, FailuresComeBackOnceToWhoPushes) {
  int calls = 0;
  WriteBehind writer([&](const Batch&) {
    ++calls;
    throw std::runtime_error("no");
  });
  const auto push_many = [&] {
    for (int i = 0; i < 5000; ++i) writer.push("x");
  };
  EXPECT_THROW(push_many(), std::runtime_error);
  EXPECT_THROW(writer.finish(), std::runtime_error);
  EXPECT_EQ(calls, 1);
}

TEST(WriteBehind, DropsWhatIsLeftWithoutFinish) {
  std::size_t written = 0;
  {
    WriteBehind writer([&](const Batch& batch) { written += batch.size(); });
    writer.push("x");
  }
  EXPECT_EQ(written, 0);
}

}  // namespace
}  // namespace glane
