// A line on standard error that tells how far a run has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace glane {

class Progress {
 public:
  // Shows nothing at all unless standard error is a terminal. `total` is the size of the
  // input in bytes, when it is known.
  explicit Progress(std::optional<std::uint64_t> total);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Is standard error a terminal?
  static bool is_wanted();

  // Draws again, ten times a second at most.
  void update(std::uint64_t documents, std::uint64_t bytes);

  // Takes the line away, so that a message can be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::optional<std::uint64_t> total_;
  bool wanted_;
  bool drawn_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_ = begin_;
};

// The line itself: "12 345 documents  67 %  3.2 MB/s  0:41 left". `seconds` is the time that
// has passed. Without a total there is neither a share nor a time left.
std::string progress_line(std::uint64_t documents, std::uint64_t bytes,
                          std::optional<std::uint64_t> total, double seconds);

}  // namespace glane
