#include "run/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace glane {

namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr int kBarWidth = 24;

std::string format_time(double seconds) {
  const auto whole = std::llround(seconds);
  char text[48];
  if (whole >= 3600) {
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
                  whole % 60);
  } else {
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  }
  return text;
}

std::string bar(double share) {
  const int full = static_cast<int>(share * kBarWidth);
  std::string text = "[";
  for (int i = 0; i < kBarWidth; ++i) text += i < full ? "█" : "·";
  return text + "] ";
}

}  // namespace

Progress::Progress(std::optional<std::uint64_t> total) : total_(total), wanted_(is_wanted()) {}

bool Progress::is_wanted() { return ::isatty(STDERR_FILENO) != 0; }

void Progress::update(std::uint64_t documents, std::uint64_t bytes) {
  if (!wanted_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::fprintf(stderr, "\r%s\x1b[K", progress_line(documents, bytes, total_, seconds).c_str());
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

std::string progress_line(std::uint64_t documents, std::uint64_t bytes,
                          std::optional<std::uint64_t> total, double seconds) {
  const double speed = seconds > 0 ? static_cast<double>(bytes) / seconds : 0;
  char text[96];
  std::snprintf(text, sizeof text, "%llu documents  %.1f MB/s",
                static_cast<unsigned long long>(documents), speed / 1e6);
  if (!total || *total == 0) return text;
  const double share = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(*total));
  std::string line = bar(share) + text;
  if (bytes == 0) return line;
  const double left = (1 - share) * static_cast<double>(*total) / speed;
  return line + "  " + format_time(left) + " left";
}

}  // namespace glane
