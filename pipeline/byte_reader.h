// A file or a pipe, read in blocks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace glane {

class ByteReader {
 public:
  // "-" is standard input. When the file cannot be opened, error() tells why.
  static ByteReader open(const std::string& path);

  ByteReader(ByteReader&& other) noexcept;
  ByteReader& operator=(ByteReader&&) = delete;
  ~ByteReader();

  // What was read and not yet consumed. Valid until the next call of read_more.
  std::string_view pending() const { return std::string_view(buffer_).substr(begin_); }

  // Reads another block behind what is pending; false at the end and on an error.
  bool read_more();
  void consume(std::size_t bytes) { begin_ += bytes; }

  // Everything to the end of the file, `limit` bytes at most.
  std::string take_all(std::size_t limit);

  const std::string& error() const { return error_; }  // empty when all is well

 private:
  explicit ByteReader(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::string error_;
};

}  // namespace glane
