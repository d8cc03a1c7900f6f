// The formats of input: for each a source that cuts a file into records, called by one thread,
// and a pure function that turns a record into an article, called by many.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "byte_reader.h"
#include "source.h"

namespace glane {

// A record of more bytes than this is refused, without being held in memory.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 30;

// How far the archives around a file have gone, together. An archive that unpacks to more than
// 300 times its size, and to more than 64 MiB, is a bomb and not read on.
struct Unpacking {
  std::uint64_t packed = 0;  // bytes read of the outermost archive
  std::uint64_t unpacked = 0;
  bool stopped = false;
};

struct Nesting {
  int depth = 0;                              // archives around this file
  std::shared_ptr<Unpacking> unpacking = {};  // none outside of archives
};
inline constexpr int kMaxNesting = 4;

// A file, a pipe or a member of an archive. `form` nothing: .jsonl and .ndjson are JSON Lines,
// .txt is text, anything else is told by content; .gz, .zst, .xz and .bz2 do not count.
std::unique_ptr<Source> read_file(ByteReader reader, std::string file, const ReadOptions& options,
                                  const Nesting& nesting = {});

// gz, zst, xz, bz2, tar and zip, and one in the other: every file in it, in the order of the
// archive, named "ARCHIVE!MEMBER"; what is only compressed keeps its name. An archive that ends
// too early or is a bomb is a record with that reason, after what could be read.
bool is_archive(ByteReader& reader);
std::unique_ptr<Source> read_archive(ByteReader reader, std::string file,
                                     const ReadOptions& options, const Nesting& nesting);

// One file is one article. An empty file is refused.
std::unique_ptr<Source> read_text(ByteReader reader, std::string file);
ParsedRecord parse_text(RawRecord&& record);

// One line is one article. A blank line is none, or is refused where every line counts.
// {"id", "text", "date"?, "title"?, "language"?, "source"?, …}. Unknown fields go to
// Article::meta as they were written; the fields that glane/1 itself adds (entities,
// ruleset, …) are dropped, so that output given back as input comes out again. Ill-formed
// UTF-8 and lone surrogates are repaired to U+FFFD and told in the diagnostics.
enum class BlankLines : std::uint8_t { skipped, refused };
std::unique_ptr<Source> read_jsonl(ByteReader reader, std::string file,
                                   BlankLines blank = BlankLines::skipped);
ParsedRecord parse_jsonl(RawRecord&& record);

}  // namespace glane
