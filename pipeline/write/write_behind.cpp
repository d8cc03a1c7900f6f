#include "write/write_behind.h"

#include <chrono>
#include <utility>

namespace glane {

namespace {

// A slow feed is not held back for the sake of a full batch.
constexpr std::chrono::seconds kLongestRest{1};

}  // namespace

WriteBehind::WriteBehind(std::function<void(const Batch&)> write)
    : write_(std::move(write)), thread_([this] { run(); }) {}

WriteBehind::~WriteBehind() {
  {
    const std::lock_guard lock(mutex_);
    dropped_ = true;
  }
  stop();
}

void WriteBehind::push(std::string&& item) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_full() || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  bytes_ += item.size();
  items_.push_back(std::move(item));
  if (is_full() || items_.size() == 1) changed_.notify_all();
}

void WriteBehind::finish() {
  stop();
  if (failure_) std::rethrow_exception(failure_);
}

void WriteBehind::stop() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void WriteBehind::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || !items_.empty(); });
    changed_.wait_for(lock, kLongestRest, [this] { return ended_ || is_full(); });
    if (dropped_ || items_.empty()) return;
    const Batch batch = std::exchange(items_, {});
    bytes_ = 0;
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr failure;
    try {
      write_(batch);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) {
      failure_ = failure;
      changed_.notify_all();
      return;
    }
  }
}

}  // namespace glane
