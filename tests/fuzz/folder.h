// A folder of rules that a target writes.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace glane::fuzz {

// One for the process, gone with it.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("glane-fuzz-" + std::to_string(::getpid()))) {}
  ~Folder() { clear(); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Where its image is looked for.
  std::filesystem::path image() const {
    std::filesystem::path image = std::filesystem::weakly_canonical(path_);
    return image += ".image";
  }

  void write(const std::filesystem::path& name, std::string_view content) const {
    std::ofstream out(path_ / name, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  }

  // Empties it.
  void begin() const {
    clear();
    std::filesystem::create_directories(path_ / "lexicon");
  }

 private:
  void clear() const {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
    std::filesystem::remove(image(), error);
  }

  std::filesystem::path path_;
};

}  // namespace glane::fuzz
