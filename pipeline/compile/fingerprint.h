// Which rules these are: a fingerprint of the files of their folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace glane {

// FNV-1a over words of eight bytes, 64 bits, the same on every machine: to tell rule sets apart,
// not a seal against forgery.
class Fingerprint {
 public:
  void add(std::string_view bytes);
  std::string text() const;  // 16 hexadecimal digits

 private:
  void mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9E3779B97F4A7C15U;
    state_ ^= state_ >> 32;
  }
  std::uint64_t state_ = 0xCBF29CE484222325U;
};

// The files of a folder with this extension, in the order of their names. Throws SetupError.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& directory,
                                            const std::string& extension);
// The bytes of a file. Throws SetupError when it cannot be read.
std::string read_rule_file(const std::filesystem::path& path);

// The files that make a folder of rules: its word lists, levels.toml, the other rules.
std::vector<std::filesystem::path> rule_files(const std::filesystem::path& directory);
// What RuleSet::hash() is when the folder is loaded as it stands.
std::string fingerprint_of(const std::filesystem::path& directory);

}  // namespace glane
