// A folder that either holds everything or does not exist.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace glane {

class OutputFolder {
 public:
  // Makes PATH.part. Throws SetupError where PATH exists already and is no empty folder, and where
  // PATH.part does: nothing is ever written over.
  explicit OutputFolder(const std::string& path);
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  // Removes PATH.part unless finish() was reached.
  ~OutputFolder();

  // Writes one new file; `name` may hold folders, which are made. Throws SetupError.
  void write_file(const std::filesystem::path& name, std::string_view bytes);

  // Gives PATH.part its name. Throws SetupError.
  void finish();

 private:
  [[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) const;

  std::filesystem::path target_;
  std::filesystem::path part_;  // empty when it is not ours to remove
};

// A file name for an id, whatever it holds: "/" parts folders; what would lead elsewhere or nowhere
// (empty parts, a leading dot, controls, "%" itself) is written as %XX. Parts end neither in .txt
// nor in .ann, but for the last. Two ids never share a name; one of more than 200 bytes between
// two "/" is cut and ends in a hash of itself.
std::filesystem::path file_name_of(std::string_view id);

}  // namespace glane
