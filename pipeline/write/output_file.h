// A file that either holds everything or does not exist.
#pragma once

#include <string>
#include <string_view>

namespace glane {

class OutputFile {
 public:
  // "-" is standard output, which is written as it comes, and so are devices and pipes.
  // Anything else is written as PATH.part. Throws SetupError.
  explicit OutputFile(const std::string& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Removes PATH.part unless finish() was reached.
  ~OutputFile();

  // Throw SetupError, or ClosedPipe.
  void write(std::string_view bytes);
  void flush();  // what was written reaches the file now
  void finish();

 private:
  void open_target();
  void write_through(std::string_view bytes);
  [[noreturn]] void fail(const char* what) const;

  std::string path_;  // as given, for messages
  std::string target_;
  std::string part_;  // empty when written directly
  int descriptor_ = -1;
  bool terminal_ = false;
  std::string buffer_;
};

}  // namespace glane
