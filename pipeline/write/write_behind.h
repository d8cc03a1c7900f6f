// A thread that writes what others give it, so that they need not wait for a database.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace glane {

// A batch is written when it has kMostItems or kMostBytes, when nothing came for
// kLongestRest, and at the end. While one is being written the next may be gathered: push()
// waits when that is full too. Memory is bounded by two batches and one item.
class WriteBehind {
 public:
  static constexpr std::size_t kMostItems = 1000;
  static constexpr std::size_t kMostBytes = std::size_t{32} << 20;

  using Batch = std::vector<std::string>;

  // `write` is called on the thread, for one batch after another; what it throws, push() or
  // finish() throws, and it is not called again.
  explicit WriteBehind(std::function<void(const Batch&)> write);

  // What was not yet written is dropped, unless finish() came before.
  ~WriteBehind();
  WriteBehind(const WriteBehind&) = delete;
  WriteBehind& operator=(const WriteBehind&) = delete;

  // Called by one thread.
  void push(std::string&& item);
  void finish();  // everything is written

 private:
  void run();
  bool is_full() const { return items_.size() >= kMostItems || bytes_ >= kMostBytes; }
  void stop();

  std::function<void(const Batch&)> write_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch items_;
  std::size_t bytes_ = 0;
  bool ended_ = false;    // no more items will come
  bool dropped_ = false;  // and those that are left do not matter
  std::exception_ptr failure_;
  std::thread thread_;  // the last member: it sees the others made
};

}  // namespace glane
