// What the command line names: files, folders, standard input.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "read/formats.h"

namespace glane {

namespace fs = std::filesystem;

namespace {

enum class Named : bool { in_folder, by_user };

// A folder that is being read, and what is left of it.
struct Folder {
  std::string path;
  std::vector<std::string> names;  // sorted downwards: the next one is the last
  dev_t device = 0;
  ino_t inode = 0;
};

std::vector<std::string> list_downwards(const std::string& path, std::error_code& error) {
  std::vector<std::string> names;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (!is_skipped(name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end(), std::greater<>());
  return names;
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + '/' + name;
}

class InputSource : public Source {
 public:
  InputSource(std::vector<std::string> paths, ReadOptions options)
      : paths_(std::move(paths)), options_(std::move(options)) {
    std::reverse(paths_.begin(), paths_.end());
    may_wait_ = std::ranges::any_of(paths_, waits);
  }

  bool ready() const override { return !may_wait_ || (file_ != nullptr && file_->ready()); }

  bool next(RawRecord& record) override {
    while (true) {
      if (file_ != nullptr) {
        if (file_->next(record)) return true;
        file_ = nullptr;
      }
      std::optional<RawRecord> refusal;
      if (!folders_.empty()) {
        refusal = next_of_folder();
      } else if (!paths_.empty()) {
        const std::string path = std::move(paths_.back());
        paths_.pop_back();
        refusal = enter(path, Named::by_user);
      } else {
        return false;
      }
      if (refusal) {
        record = std::move(*refusal);
        return true;
      }
    }
  }

 private:
  // Files and folders have what they have; a pipe, a terminal or a device may have more to come.
  static bool waits(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    return path == "-" || (!error && !fs::is_regular_file(status) && !fs::is_directory(status));
  }

  std::optional<RawRecord> next_of_folder() {
    Folder& folder = folders_.back();
    if (folder.names.empty()) {
      folders_.pop_back();
      return std::nullopt;
    }
    const std::string path = join(folder.path, folder.names.back());
    folder.names.pop_back();
    return enter(path, Named::in_folder);
  }

  // Makes a file or a folder the one that is read; a record when that fails.
  std::optional<RawRecord> enter(const std::string& path, Named named) {
    if (path == "-" && named == Named::by_user) return enter_file(path, named);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return failure(path, std::strerror(errno), named);
    if (S_ISDIR(status.st_mode)) return enter_folder(path, status, named);
    // A pipe or a device in a folder could keep us waiting for ever.
    if (named == Named::in_folder && !S_ISREG(status.st_mode)) {
      return failure(path, "not a regular file", named);
    }
    return enter_file(path, named);
  }

  std::optional<RawRecord> enter_folder(const std::string& path, const struct stat& status,
                                        Named named) {
    for (const Folder& outer : folders_) {
      if (outer.device == status.st_dev && outer.inode == status.st_ino) {
        return failure(path, "a folder loop: this is again " + outer.path, named);
      }
    }
    std::error_code error;
    Folder folder{path, list_downwards(path, error), status.st_dev, status.st_ino};
    if (error) return failure(path, error.message(), named);
    folders_.push_back(std::move(folder));
    return std::nullopt;
  }

  std::optional<RawRecord> enter_file(const std::string& path, Named named) {
    ByteReader reader = ByteReader::open(path);
    if (!reader.error().empty()) return failure(path, reader.error(), named);
    // A filter that is given nothing has nothing to say.
    if (path == "-" && reader.pending().empty() && !reader.read_more()) return std::nullopt;
    reader.read_ahead(1);
    if (!reader.error().empty()) return failure(path, reader.error(), named);
    file_ = read_file(std::move(reader), path, options_);
    return std::nullopt;
  }

  static RawRecord failure(const std::string& path, std::string reason, Named named) {
    return {.place = {.file = path},
            .trouble = named == Named::by_user ? Trouble::unopened : Trouble::refused,
            .reason = std::move(reason)};
  }

  std::vector<std::string> paths_;  // the next one is the last
  ReadOptions options_;
  std::vector<Folder> folders_;  // from the one named by the user to the innermost
  std::unique_ptr<Source> file_;
  bool may_wait_ = false;
};

std::uint64_t folder_size(const std::string& path) {
  std::uint64_t size = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && !is_skipped(it->path().filename().string())) {
      size += it->file_size(ignored);
    }
  }
  return size;
}

}  // namespace

bool is_skipped(std::string_view name) { return name.starts_with('.') || name.ends_with(".part"); }

std::unique_ptr<Source> read_inputs(std::vector<std::string> paths, ReadOptions options) {
  return std::make_unique<InputSource>(std::move(paths), std::move(options));
}

std::optional<std::uint64_t> input_size(const std::vector<std::string>& paths) {
  std::uint64_t size = 0;
  for (const std::string& path : paths) {
    struct stat status {};
    const int failed = path == "-" ? ::fstat(0, &status) : ::stat(path.c_str(), &status);
    if (failed != 0) continue;
    if (S_ISDIR(status.st_mode)) {
      size += folder_size(path);
    } else if (S_ISREG(status.st_mode)) {
      size += static_cast<std::uint64_t>(status.st_size);
    } else {
      return std::nullopt;
    }
  }
  return size;
}

}  // namespace glane
