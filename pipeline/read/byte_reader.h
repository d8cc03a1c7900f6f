// Bytes that come in blocks: a file, a pipe, a member of an archive, a string.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace glane {

class ByteReader {
 public:
  // Puts at most `size` bytes into `room` and gives their number, 0 at the end. On an error it
  // sets `error` and gives 0.
  using Pull = std::function<std::size_t(char* room, std::size_t size, std::string& error)>;

  // "-" is standard input. When the file cannot be opened, error() tells why.
  static ByteReader open(const std::string& path);
  static ByteReader from(Pull pull);
  static ByteReader over(std::string bytes);

  // What was read and not yet consumed. Valid until the next call of read_more.
  std::string_view pending() const { return std::string_view(buffer_).substr(begin_); }

  // Reads another block behind what is pending; false at the end and on an error.
  bool read_more();
  void consume(std::size_t bytes) { begin_ += bytes; }

  // Reads until `bytes` are pending, or all there are.
  void read_ahead(std::size_t bytes);

  // Everything to the end of the file, `limit` bytes at most.
  std::string take_all(std::size_t limit);

  const std::string& error() const { return error_; }  // empty when all is well

 private:
  ByteReader() = default;

  Pull pull_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::string error_;
};

}  // namespace glane
