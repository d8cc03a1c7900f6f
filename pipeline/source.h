// Where articles come from. A source cuts its input into records and does nothing else:
// decoding and JSON are left to parse(), which runs in parallel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "byte_reader.h"
#include "glane/document.h"

namespace glane {

// What one record of the input is.
enum class Form : std::uint8_t { text, jsonl };

// Where a record stood, for messages.
struct Place {
  std::string file;
  std::size_t line = 0;  // from 1; 0 is the whole file
};
std::string to_string(const Place& place);  // "FILE:LINE" or "FILE"

// What became of a record.
enum class Trouble : std::uint8_t {
  none,
  refused,  // this document is lost, the others are not
  unopened  // an input named by the user could not be opened
};

// One article as it lay in the input, or the reason why there is none.
struct RawRecord {
  Place place = {};
  Form form = Form::text;
  std::string bytes = {};
  Trouble trouble = Trouble::none;
  std::string reason = {};  // when there is trouble
};

class Source {
 public:
  virtual ~Source() = default;

  // The next record, in the order of the input; false at the end. Called by one thread.
  virtual bool next(RawRecord& record) = 0;
};

// A record of more bytes than this is refused, without being held in memory.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 30;

// One file is one article. An empty file is refused.
std::unique_ptr<Source> read_text(ByteReader reader, std::string file);

// One line is one article; blank lines are none.
std::unique_ptr<Source> read_jsonl(ByteReader reader, std::string file);

// Files, folders and "-" (standard input) in the order given. A folder is read with its
// sub-folders in the order of bytes of their names, without hidden files and *.part (an
// output that is being written). `form` nothing: .jsonl and .ndjson are JSON Lines, .txt
// is text, anything else is JSON Lines when its first byte that is not blank is '{'.
std::unique_ptr<Source> read_inputs(std::vector<std::string> paths, std::optional<Form> form);

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
ParsedRecord parse_text(RawRecord&& record);

// {"id", "text", "date"?, "title"?, "language"?, "source"?, …}. Unknown fields go to
// Article::meta as they were written; the fields that glane/1 itself adds (entities,
// ruleset, …) are dropped, so that output given back as input comes out again. Ill-formed
// UTF-8 and lone surrogates are repaired to U+FFFD and told in the diagnostics.
ParsedRecord parse_jsonl(RawRecord&& record);

}  // namespace glane
