// The formats of input: for each a source that cuts a file into records, called by one thread,
// and a pure function that turns a record into an article, called by many.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "read/byte_reader.h"
#include "read/source.h"

namespace glane {

// A record of more bytes than this is refused, without being held in memory.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{8} << 20;
inline constexpr const char* kTooLarge = "larger than 8 MiB";

// And an article of more text: reading it takes some 60 times its bytes for each thread.
inline constexpr std::size_t kMaxTextBytes = std::size_t{2} << 20;

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

// A file, a pipe or a member of an archive, in the form of the options, else in the one that
// detect.h tells. An empty file is refused where it should be one article.
std::unique_ptr<Source> read_file(ByteReader reader, std::string file, const ReadOptions& options,
                                  const Nesting& nesting = {});

// gz, zst, xz, bz2, tar and zip, and one in the other: every file in it, in the order of the
// archive, named "ARCHIVE!MEMBER"; what is only compressed keeps its name. An archive that ends
// too early or is a bomb is a record with that reason, after what could be read.
bool is_archive(ByteReader& reader);
std::unique_ptr<Source> read_archive(ByteReader reader, std::string file,
                                     const ReadOptions& options, const Nesting& nesting);

// One file is one article, its first line with something on it the title.
ParsedRecord parse_text(RawRecord&& record);

// One line is one article. A blank line is none, or is refused where every line counts.
// {"id", "text", "date"?, "title"?, "language"?, "source"?, …}. Unknown fields go to
// Article::meta as they were written; the fields that glane/1 itself adds (entities,
// ruleset, …) are dropped, so that output given back as input comes out again. Ill-formed
// UTF-8 and lone surrogates are repaired to U+FFFD and told in the diagnostics.
// A line without "text" may be a story of JSON Feed, ninjs or AFP. With `fields` the fields named
// there are read from where they say, the others as above, and what is unknown is written anew.
enum class BlankLines : std::uint8_t { skipped, refused };
std::unique_ptr<Source> read_jsonl(ByteReader reader, std::string file, const FieldMap& fields = {},
                                   BlankLines blank = BlankLines::skipped);
ParsedRecord parse_jsonl(RawRecord&& record);
ParsedRecord parse_mapped_json(RawRecord&& record);

// CSV (RFC 4180) with a header: a column for each field, as in JSON Lines or as `fields` says,
// the others go to meta. Delimited by commas, semicolons or tabs.
std::unique_ptr<Source> read_csv(ByteReader reader, std::string file, const FieldMap& fields);
ParsedRecord parse_csv(RawRecord&& record);

// RSS, Atom, NewsML 1.2, NewsML-G2 and NITF, told by the root (story_xml.h). One item is one
// article. Entities that a file declares are never expanded, nothing outside of it is read. An
// item that is not well-formed gives what stands before the fault, and a diagnostic.
std::unique_ptr<Source> read_xml(ByteReader reader, std::string file);
ParsedRecord parse_xml(RawRecord&& record);

// JSON Feed, ninjs, AFP's API (story_json.h): one object, several one after the other, a list of
// them, or an object with a list "items", "docs" or "documents".
std::unique_ptr<Source> read_json(ByteReader reader, std::string file);
ParsedRecord parse_json(RawRecord&& record);

// A page, see page.h. Charset: what the server said, else <meta>. id: its canonical address.
ParsedRecord parse_html(RawRecord&& record);

// Dispatches of IPTC 7901, one after the other. Lines are joined to paragraphs; the title is what
// ends with '='; id: service, number and day.
std::unique_ptr<Source> read_iptc7901(ByteReader reader, std::string file);
ParsedRecord parse_iptc7901(RawRecord&& record);

// WARC: the responses that are pages, as HTML; WET: their text. Other records are no articles.
std::unique_ptr<Source> read_warc(ByteReader reader, std::string file);
ParsedRecord parse_warc(RawRecord&& record);

}  // namespace glane
