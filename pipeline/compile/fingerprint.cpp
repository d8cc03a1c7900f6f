#include "compile/fingerprint.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "glane/ruleset.h"

namespace glane {

namespace fs = std::filesystem;

void Fingerprint::add(std::string_view bytes) {
  mix(bytes.size());
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    mix(word);
  }
  for (; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;  // little-endian, whatever the machine
    const std::string_view eight = bytes.substr(at, 8);
    for (std::size_t i = 0; i < eight.size(); ++i)
      word |= std::uint64_t{static_cast<unsigned char>(eight[i])} << 8 * i;
    mix(word);
  }
}

std::string Fingerprint::text() const {
  char buffer[17];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(state_));
  return buffer;
}

std::vector<fs::path> files_of(const fs::path& directory, const std::string& extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  if (error) throw SetupError(directory.string() + ": " + error.message());
  std::ranges::sort(files);
  return files;
}

namespace {

void read_into(std::string& bytes, const fs::path& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) throw SetupError(path.string() + ": cannot be read");
  bytes.resize(static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0)));
  in.seekg(0);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    throw SetupError(path.string() + ": cannot be read");
}

}  // namespace

std::string read_rule_file(const fs::path& path) {
  std::string bytes;
  read_into(bytes, path);
  return bytes;
}

std::vector<fs::path> rule_files(const fs::path& directory) {
  std::vector<fs::path> files = files_of(directory / "lexicon", ".tsv");
  files.push_back(directory / "levels.toml");
  for (const fs::path& path : files_of(directory, ".toml")) {
    if (path.filename() != "levels.toml") files.push_back(path);
  }
  return files;
}

std::string fingerprint_of(const fs::path& directory) {
  Fingerprint fingerprint;
  std::string bytes;  // keeps its memory from file to file
  for (const fs::path& path : rule_files(directory)) {
    fingerprint.add(path.filename().string());
    read_into(bytes, path);
    fingerprint.add(bytes);
  }
  return fingerprint.text();
}

}  // namespace glane
