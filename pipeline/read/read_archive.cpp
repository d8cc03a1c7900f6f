// Compressed files and archives, by libarchive: read from front to back, never unpacked to
// memory or disk as a whole. A zip is read by the headers before its members, so that one that
// was cut short still gives what it holds.
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string_view>
#include <utility>

#include "read/formats.h"
#include "read/page_origin.h"

namespace glane {

namespace {

constexpr std::uint64_t kFreeBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kMaxRatio = 300;
constexpr const char* kBomb =
    "unpacks to more than 300 times its size: the rest of the archive is not read";

struct CloseArchive {
  void operator()(archive* opened) const { archive_read_free(opened); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

// What libarchive reads from: the blocks of a ByteReader.
struct Packed {
  ByteReader reader;
  std::size_t given = 0;  // pending bytes that libarchive has seen
  Unpacking* counts = nullptr;
};

la_ssize_t give_block(archive* opened, void* data, const void** block) {
  auto& packed = *static_cast<Packed*>(data);
  packed.reader.consume(std::exchange(packed.given, 0));
  if (packed.reader.pending().empty()) packed.reader.read_more();
  if (!packed.reader.error().empty()) {
    archive_set_error(opened, EIO, "%s", packed.reader.error().c_str());
    return -1;
  }
  const std::string_view pending = packed.reader.pending();
  packed.given = pending.size();
  if (packed.counts != nullptr) packed.counts->packed += pending.size();
  *block = pending.data();
  return static_cast<la_ssize_t>(pending.size());
}

// A message is one line, whatever a library or the name of a member says.
std::string on_one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = '?';
  }
  return text;
}

std::string error_of(archive* opened) {
  const char* message = archive_error_string(opened);
  return message == nullptr ? "cannot be unpacked" : on_one_line(message);
}

// libarchive turns names into the charset of the thread's locale: UTF-8 while this lives.
class Utf8Names {
 public:
  Utf8Names()
      : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(utf8_ == nullptr ? nullptr : ::uselocale(utf8_)) {}
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (utf8_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(utf8_);
  }

 private:
  locale_t utf8_;
  locale_t before_;
};

std::string path_of(archive_entry* entry) {
  if (const char* utf8 = archive_entry_pathname_utf8(entry)) return on_one_line(utf8);
  const char* path = archive_entry_pathname(entry);
  return path == nullptr ? "?" : on_one_line(path);
}

// Any of the folders on the way may be hidden.
bool is_left_out(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    if (name == "__MACOSX" || (name != "." && name != ".." && is_skipped(name))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

class ArchiveSource : public Source {
 public:
  ArchiveSource(ByteReader reader, std::string file, ReadOptions options, const Nesting& nesting)
      : packed_{.reader = std::move(reader)},
        file_(std::move(file)),
        options_(std::move(options)),
        nesting_{.depth = nesting.depth + 1, .unpacking = nesting.unpacking} {
    if (!nesting_.unpacking) {
      nesting_.unpacking = std::make_shared<Unpacking>();
      packed_.counts = nesting_.unpacking.get();
    }
    open();
  }

  bool next(RawRecord& record) override {
    while (true) {
      if (member_ != nullptr) {
        if (member_->next(record)) return true;
        member_ = nullptr;
      }
      if (nesting_.unpacking->stopped) done_ = true;
      if (done_) return false;
      if (std::string reason = next_member(); !reason.empty()) {
        done_ = true;
        record = {.place = {.file = file_}, .trouble = Trouble::refused, .reason = reason};
        return true;
      }
    }
  }

 private:
  void open() {
    archive_ = Archive(archive_read_new());
    archive_read_support_filter_all(archive_.get());
    archive_read_support_format_tar(archive_.get());
    archive_read_support_format_zip_streamable(archive_.get());
    archive_read_support_format_raw(archive_.get());
    archive_read_support_format_empty(archive_.get());
    opened_ = archive_read_open(archive_.get(), &packed_, nullptr, give_block, nullptr);
  }

  // Makes the next file of the archive the one that is read; the reason when it cannot.
  std::string next_member() {
    if (nesting_.depth > kMaxNesting) return "an archive in an archive, too deep";
    if (opened_ != ARCHIVE_OK) return error_of(archive_.get());
    archive_entry* entry = nullptr;
    const Utf8Names names;
    const int status = archive_read_next_header(archive_.get(), &entry);
    const bool told = std::exchange(member_failed_, false);
    if (status == ARCHIVE_EOF || (status < ARCHIVE_WARN && told)) {
      done_ = true;
    } else if (status < ARCHIVE_WARN) {
      return error_of(archive_.get());
    } else if (archive_format(archive_.get()) == ARCHIVE_FORMAT_RAW) {
      member_ = read_file(bytes_of_member(), file_, options_, nesting_);
    } else if (archive_entry_filetype(entry) == AE_IFREG) {
      enter(path_of(entry), entry);
    }
    return {};
  }

  void enter(const std::string& path, archive_entry* entry) {
    if (is_left_out(path) || archive_entry_hardlink(entry) != nullptr) return;
    member_ = read_file(bytes_of_member(), file_ + '!' + path, options_, nesting_);
  }

  ByteReader bytes_of_member() {
    return ByteReader::from([this](char* room, std::size_t size, std::string& error) {
      const la_ssize_t count = archive_read_data(archive_.get(), room, size);
      if (count < 0) error = error_of(archive_.get());
      const auto read = static_cast<std::size_t>(std::max<la_ssize_t>(count, 0));
      if (is_bomb(read)) error = kBomb;
      member_failed_ = !error.empty();
      return read;
    });
  }

  bool is_bomb(std::size_t read) {
    Unpacking& counts = *nesting_.unpacking;
    counts.unpacked += read;
    counts.stopped = counts.stopped ||
                     (counts.unpacked > kFreeBytes && counts.unpacked / kMaxRatio > counts.packed);
    return counts.stopped;
  }

  Packed packed_;
  std::string file_;
  ReadOptions options_;
  Nesting nesting_;
  Archive archive_;
  std::unique_ptr<Source> member_;  // reads from archive_: goes before it
  int opened_ = ARCHIVE_OK;
  bool member_failed_ = false;  // and was told so; what then breaks the archive is the same
  bool done_ = false;
};

}  // namespace

bool is_archive(ByteReader& reader) {
  using namespace std::string_view_literals;
  static constexpr std::string_view kMagics[] = {"\x1F\x8B"sv,      "\x28\xB5\x2F\xFD"sv,
                                                 "\xFD\x37zXZ\0"sv, "PK\x03\x04"sv,
                                                 "PK\x05\x06"sv,    "PK\x07\x08"sv};
  constexpr std::size_t kTarMagic = 257;
  reader.read_ahead(1);
  // A line from a pipe is answered at once: JSON waits for no more bytes.
  if (reader.pending().starts_with('{')) return false;
  reader.read_ahead(kTarMagic + 5);
  const std::string_view bytes = reader.pending();
  const bool magic = std::any_of(std::begin(kMagics), std::end(kMagics),
                                 [&](std::string_view m) { return bytes.starts_with(m); });
  const bool bz2 = bytes.starts_with("BZh") && bytes.substr(3, 7).ends_with("1AY&SY");
  return magic || bz2 || (bytes.size() > kTarMagic && bytes.substr(kTarMagic).starts_with("ustar"));
}

std::string unpack(std::string bytes, std::size_t limit) {
  const Archive opened(archive_read_new());
  archive_read_support_filter_gzip(opened.get());
  archive_read_support_filter_bzip2(opened.get());
  archive_read_support_filter_zstd(opened.get());
  archive_read_support_format_raw(opened.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_memory(opened.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      archive_read_next_header(opened.get(), &entry) != ARCHIVE_OK) {
    return bytes;
  }
  std::string unpacked(limit, '\0');
  const la_ssize_t size = archive_read_data(opened.get(), unpacked.data(), limit);
  unpacked.resize(static_cast<std::size_t>(std::max<la_ssize_t>(size, 0)));
  return unpacked;
}

std::unique_ptr<Source> read_archive(ByteReader reader, std::string file,
                                     const ReadOptions& options, const Nesting& nesting) {
  return std::make_unique<ArchiveSource>(std::move(reader), std::move(file), options, nesting);
}

}  // namespace glane
