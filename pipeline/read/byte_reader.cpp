#include "read/byte_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace glane {

namespace {

constexpr std::size_t kBlock = std::size_t{256} * 1024;

// Closes what it holds, standard input excepted.
struct Descriptor {
  int number = -1;

  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number > STDERR_FILENO) ::close(number);
  }
};

std::size_t read_descriptor(int descriptor, char* room, std::size_t size, std::string& error) {
  ssize_t count = 0;
  do {
    count = ::read(descriptor, room, size);
  } while (count < 0 && errno == EINTR);
  if (count < 0) error = std::strerror(errno);
  return static_cast<std::size_t>(std::max<ssize_t>(count, 0));
}

}  // namespace

ByteReader ByteReader::open(const std::string& path) {
  const int opened = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    ByteReader failed;
    failed.error_ = std::strerror(errno);
    return failed;
  }
  const auto descriptor = std::make_shared<Descriptor>(opened);
  return from([descriptor](char* room, std::size_t size, std::string& error) {
    return read_descriptor(descriptor->number, room, size, error);
  });
}

ByteReader ByteReader::from(Pull pull) {
  ByteReader reader;
  reader.pull_ = std::move(pull);
  return reader;
}

ByteReader ByteReader::over(std::string bytes) {
  ByteReader reader;
  reader.buffer_ = std::move(bytes);
  return reader;
}

bool ByteReader::read_more() {
  if (!pull_ || !error_.empty()) return false;
  buffer_.erase(0, std::exchange(begin_, 0));
  // Blocks grow with what is pending, so that a long line costs linear time.
  const std::size_t old_size = buffer_.size();
  const std::size_t block = std::max(kBlock, old_size);
  buffer_.resize(old_size + block);
  const std::size_t count = pull_(buffer_.data() + old_size, block, error_);
  buffer_.resize(old_size + count);
  return count > 0;
}

void ByteReader::read_ahead(std::size_t bytes) {
  while (pending().size() < bytes && read_more()) {
  }
}

std::string ByteReader::take_all(std::size_t limit) {
  read_ahead(limit);
  std::string all(pending().substr(0, limit));
  consume(all.size());
  return all;
}

}  // namespace glane
