#include "byte_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace glane {

namespace {

constexpr std::size_t kBlock = std::size_t{256} * 1024;

}  // namespace

ByteReader ByteReader::open(const std::string& path) {
  if (path == "-") return ByteReader(STDIN_FILENO);
  ByteReader reader(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (reader.descriptor_ < 0) reader.error_ = std::strerror(errno);
  return reader;
}

ByteReader::ByteReader(ByteReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      begin_(std::exchange(other.begin_, 0)),
      error_(std::move(other.error_)) {}

ByteReader::~ByteReader() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

bool ByteReader::read_more() {
  if (descriptor_ < 0 || !error_.empty()) return false;
  buffer_.erase(0, std::exchange(begin_, 0));
  // Blocks grow with what is pending, so that a long line costs linear time.
  const std::size_t old_size = buffer_.size();
  const std::size_t block = std::max(kBlock, old_size);
  buffer_.resize(old_size + block);
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, buffer_.data() + old_size, block);
  } while (count < 0 && errno == EINTR);
  if (count < 0) error_ = std::strerror(errno);
  buffer_.resize(old_size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return count > 0;
}

std::string ByteReader::take_all(std::size_t limit) {
  while (pending().size() < limit && read_more()) {
  }
  std::string all(pending().substr(0, limit));
  consume(all.size());
  return all;
}

}  // namespace glane
