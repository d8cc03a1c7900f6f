// bytes of a file → records → articles
#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "read/formats.h"
#include "rules.h"
#include "target.h"

namespace glane::fuzz {
namespace {

// A reader that gives at most `block` bytes at once.
ByteReader in_blocks(const std::string& bytes, std::size_t block) {
  return ByteReader::from(
      [&bytes, block, at = std::size_t{0}](char* room, std::size_t size, std::string&) mutable {
        const std::size_t taken = std::min({size, block, bytes.size() - at});
        std::memcpy(room, bytes.data() + at, taken);
        at += taken;
        return taken;
      });
}

std::vector<ParsedRecord> records_of(ByteReader reader, const ReadOptions& options) {
  const std::unique_ptr<Source> source = read_file(std::move(reader), "fuzz", options);
  std::vector<ParsedRecord> records;
  for (RawRecord raw; source->next(raw); raw = {}) records.push_back(parse(std::move(raw)));
  return records;
}

bool same(const ParsedRecord& a, const ParsedRecord& b) {
  return a.trouble == b.trouble && a.reason == b.reason &&
         to_string(a.place) == to_string(b.place) && a.article.id == b.article.id &&
         a.article.title == b.article.title && a.article.text == b.article.text &&
         a.article.date == b.article.date && a.article.language == b.article.language &&
         a.article.meta == b.article.meta && a.diagnostics.size() == b.diagnostics.size();
}

void check_record(const ParsedRecord& record) {
  require(to_string(record.place).find('\n') == std::string::npos, "a place is one line");
  if (record.trouble == Trouble::none) {
    require(record.article.text.size() <= kMaxTextBytes, "texts are bounded");
    require(record.reason.empty(), "what is read has no reason to be refused");
  } else {
    require(!record.reason.empty(), "what is refused has a reason");
    require(record.reason.find('\n') == std::string::npos, "a reason is one line");
  }
  for (const Diagnostic& diagnostic : record.diagnostics) {
    require(diagnostic.span.begin <= diagnostic.span.end &&
                diagnostic.span.end <= record.article.text.size(),
            "a diagnostic has its place in the text");
  }
}

std::vector<ParsedRecord> read_records(const std::string& bytes, std::optional<Form> form) {
  const ReadOptions options{.form = form};
  std::vector<ParsedRecord> whole = records_of(ByteReader::over(bytes), options);
  const std::vector<ParsedRecord> pieces = records_of(in_blocks(bytes, 7), options);
  require(
      whole.size() == pieces.size() && std::equal(whole.begin(), whole.end(), pieces.begin(), same),
      "records do not depend on the blocks in which bytes come");
  for (const ParsedRecord& record : whole) check_record(record);
  return whole;
}

std::string line_of(ParsedRecord record) {
  Document document;
  document.article = std::move(record.article);
  document.article.source.clear();
  document.diagnostics = std::move(record.diagnostics);
  JsonOptions options;
  options.with_text = true;
  return to_json(document, rules(), options);
}

// What was written is read, and written again it is the same.
void check_round_trip(ParsedRecord record) {
  const std::string written = line_of(std::move(record));
  ParsedRecord again =
      parse_jsonl({.place = {.file = "fuzz", .line = 1}, .form = Form::jsonl, .bytes = written});
  require(again.trouble == Trouble::none, "glane reads what it writes");
  again.diagnostics.clear();
  const std::string written_again = line_of(std::move(again));
  const auto before_findings = [](const std::string& line) {
    return line.substr(0, line.find("\"diagnostics\":"));
  };
  require(before_findings(written) == before_findings(written_again),
          "glane writes what it read as it was");
}

}  // namespace

void read_text(const std::string& bytes) { read_records(bytes, Form::text); }
void read_csv(const std::string& bytes) { read_records(bytes, Form::csv); }
void read_xml(const std::string& bytes) { read_records(bytes, Form::xml); }
void read_json(const std::string& bytes) { read_records(bytes, Form::json); }
void read_html(const std::string& bytes) { read_records(bytes, Form::html); }
void read_iptc7901(const std::string& bytes) { read_records(bytes, Form::iptc7901); }
void read_warc(const std::string& bytes) { read_records(bytes, Form::warc); }
void read_any(const std::string& bytes) { read_records(bytes, std::nullopt); }

void read_jsonl(const std::string& bytes) {
  for (ParsedRecord& record : read_records(bytes, Form::jsonl)) {
    if (record.trouble == Trouble::none) check_round_trip(std::move(record));
  }
}

}  // namespace glane::fuzz
