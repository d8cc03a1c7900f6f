#include "write/output_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <utility>

#include "glane/ruleset.h"
#include "values/hash_bytes.h"

namespace glane {

namespace {

constexpr std::size_t kLongestName = 200;  // file systems take 255 bytes, suffixes among them

void append_percent(char byte, std::string& out) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  out += '%';
  out += kHex[static_cast<unsigned char>(byte) >> 4];
  out += kHex[static_cast<unsigned char>(byte) & 15];
}

bool is_plain(char byte) {
  return static_cast<unsigned char>(byte) > 0x20 && byte != 0x7F && byte != '%' && byte != '\\';
}

std::string hexadecimal(std::uint64_t number) {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(number >> shift) & 15];
  return digits;
}

// One part of the name. A dot that would hide it, or make a folder look like a file of ours, is
// written out.
std::string name_of_part(std::string_view part, std::string_view suffixes) {
  std::string name;
  for (std::size_t at = 0; at < part.size(); ++at) {
    const bool is_suffix = part[at] == '.' && part.size() - at == 4 && !suffixes.empty() &&
                           suffixes.find(part.substr(at)) != std::string_view::npos;
    const bool hides = part[at] == '.' && at == 0;
    if (is_plain(part[at]) && !hides && !is_suffix) {
      name += part[at];
    } else {
      append_percent(part[at], name);
    }
  }
  if (name.size() <= kLongestName) return name;
  return name.substr(0, kLongestName - 17) + '~' + hexadecimal(hash_bytes(part));
}

}  // namespace

std::filesystem::path file_name_of(std::string_view id) {
  std::string name;
  for (std::size_t slash = id.find('/'); slash != std::string_view::npos; slash = id.find('/')) {
    // An empty part would be lost, or name the root.
    name += slash == 0 ? "%2F" : name_of_part(id.substr(0, slash), ".txt.ann") + '/';
    id.remove_prefix(slash + 1);
  }
  return name + (id.empty() ? "%" : name_of_part(id, {}));
}

OutputFolder::OutputFolder(const std::string& path)
    : target_(std::filesystem::weakly_canonical(path)) {
  if (!target_.has_filename()) target_ = target_.parent_path();  // "DIR/"
  std::error_code error;
  const bool is_there = std::filesystem::exists(target_, error);
  if (is_there && !std::filesystem::is_empty(target_, error)) {
    fail(path, "exists already and is not written over: remove it or name another");
  }
  const std::filesystem::path part = target_.string() + ".part";
  if (std::filesystem::exists(part, error)) {
    fail(part, "exists already, left by a run that was stopped: remove it");
  }
  std::filesystem::create_directories(part, error);
  if (error) fail(path, "cannot be made: " + error.message());
  part_ = part;
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!part_.empty()) std::filesystem::remove_all(part_, ignored);
}

void OutputFolder::write_file(const std::filesystem::path& name, std::string_view bytes) {
  const std::filesystem::path path = part_ / name;
  std::error_code error;
  if (name.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) fail(path, std::string("cannot be written: ") + std::strerror(errno));
}

void OutputFolder::finish() {
  // The name must not reach the disk before the bytes do.
  const int folder = ::open(part_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool is_safe = folder >= 0 && ::syncfs(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!is_safe) fail(part_, std::string("cannot be written: ") + std::strerror(errno));
  std::error_code error;
  std::filesystem::rename(part_, target_, error);
  if (error) fail(target_, "cannot be renamed from .part: " + error.message());
  part_.clear();
}

void OutputFolder::fail(const std::filesystem::path& path, const std::string& what) const {
  throw SetupError(path.string() + ": " + what);
}

}  // namespace glane
