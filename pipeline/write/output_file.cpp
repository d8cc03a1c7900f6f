#include "write/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "write/sink.h"

namespace glane {

namespace {

constexpr std::size_t kBuffer = std::size_t{256} * 1024;
constexpr mode_t kMode = 0666;  // less the umask

bool is_special(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

// Where a symbolic link leads, though there may be nothing yet: the link stays one.
std::string resolve(const std::string& path) {
  constexpr int kMostLinks = 40;
  std::filesystem::path target = path;
  std::error_code error;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(target, error); ++i) {
    target = target.parent_path() / std::filesystem::read_symlink(target, error);
  }
  return target.string();
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path) {
  if (path == "-") {
    path_ = "standard output";
    descriptor_ = STDOUT_FILENO;
    terminal_ = ::isatty(descriptor_) != 0;
    return;
  }
  open_target();
}

void OutputFile::open_target() {
  if (is_special(path_)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    target_ = resolve(path_);
    part_ = target_ + ".part";
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  }
  if (descriptor_ < 0) {
    part_.clear();  // not ours to remove
    fail("cannot be opened for writing");
  }
}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) flush();
  if (bytes.size() > kBuffer) return write_through(bytes);
  buffer_ += bytes;
  if (terminal_) flush();
}

void OutputFile::flush() {
  write_through(buffer_);
  buffer_.clear();
}

void OutputFile::write_through(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EPIPE) {
      throw ClosedPipe(path_);
    } else if (errno != EINTR) {
      fail("cannot be written");
    }
  }
}

void OutputFile::finish() {
  flush();
  if (part_.empty()) return;
  // The name must not reach the disk before the bytes do.
  if (::fsync(descriptor_) != 0) fail("cannot be written");
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("cannot be written");
  if (std::rename(part_.c_str(), target_.c_str()) != 0) fail("cannot be renamed from .part");
  part_.clear();
}

void OutputFile::fail(const char* what) const {
  throw SetupError(path_ + ": " + what + ": " + std::strerror(errno));
}

}  // namespace glane
