// Where articles come from. A source cuts its input into records and does nothing else:
// decoding, XML and JSON are left to parse(), which runs in parallel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "glane/document.h"
#include "read/fields.h"

namespace glane {

// What a file, and each record of it, is.
enum class Form : std::uint8_t { text, jsonl, csv, xml, json, html, iptc7901, warc };

// Where a record stood, for messages.
struct Place {
  std::string file;      // a member of an archive is "ARCHIVE!MEMBER"
  std::size_t line = 0;  // from 1; 0 is the whole file
  std::size_t item = 0;  // from 1, of files whose records are no lines; else 0
};
std::string to_string(const Place& place);  // "FILE:LINE", "FILE:item ITEM" or "FILE"

// What became of a record.
enum class Trouble : std::uint8_t {
  none,
  refused,  // this document is lost, the others are not
  unopened  // an input named by the user could not be opened
};

struct FileHead;  // story.h

// One article as it lay in the input, or the reason why there is none.
struct RawRecord {
  Place place = {};
  Form form = Form::text;
  std::string bytes = {};
  Trouble trouble = Trouble::none;
  std::string reason = {};                    // when there is trouble
  std::shared_ptr<const FileHead> head = {};  // of the file, where its form has one
};

class Source {
 public:
  virtual ~Source() = default;

  // The next record, in the order of the input; false at the end. Called by one thread.
  virtual bool next(RawRecord& record) = 0;

  // Whether next() is known to have its answer without waiting for more input. Who takes several
  // records at a time asks, so as not to hold back the first of a slow feed.
  virtual bool ready() const { return false; }
};

struct ReadOptions {
  std::optional<Form> form = {};  // nothing: told by the name and the content of each file
  FieldMap fields = {};           // of JSON Lines and CSV
};

// Files, folders and "-" (standard input) in the order given. A folder is read with its
// sub-folders in the order of bytes of their names, without hidden files and *.part (an
// output that is being written). What is compressed or an archive is told by its content and
// unpacked, see formats.h.
std::unique_ptr<Source> read_inputs(std::vector<std::string> paths, ReadOptions options);

// Is left out of folders and archives: hidden, or being written.
bool is_skipped(std::string_view name);

// Bytes that read_inputs would read; nothing when that cannot be known beforehand.
std::optional<std::uint64_t> input_size(const std::vector<std::string>& paths);

// A record turned into an article, or refused.
struct ParsedRecord {
  Article article = {};
  std::vector<Diagnostic> diagnostics = {};
  Place place = {};  // for a refusal inside a file: with the line that is to blame
  Trouble trouble = Trouble::none;
  std::string reason = {};
};

// Pure; throws nothing but std::bad_alloc.
ParsedRecord parse(RawRecord&& record);

}  // namespace glane
