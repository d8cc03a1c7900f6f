// CSV (RFC 4180) with a header line; the delimiter is a comma, a semicolon or a tab, whichever
// the header has most of. Each row is one article.
#include <algorithm>
#include <charconv>

#include "read/csv_row.h"
#include "read/decode.h"
#include "read/formats.h"
#include "read/story.h"
#include "values/json_text.h"

namespace glane {

namespace {

class CsvSource : public Source {
 public:
  CsvSource(ByteReader reader, std::string file, FieldMap fields)
      : reader_(std::move(reader)), file_(std::move(file)), fields_(std::move(fields)) {}

  bool next(RawRecord& record) override {
    while (!done_) {
      record = RawRecord{.place = {.file = file_, .line = line_}, .form = Form::csv, .head = head_};
      cut(record);
      if (record.trouble == Trouble::none && is_blank(record.bytes)) continue;
      if (head_ != nullptr || record.trouble != Trouble::none) return true;
      head_ = std::make_shared<FileHead>(read_header(record.bytes));
      if (!head_->columns.contains("text")) return refuse_all(record);
    }
    return false;
  }

 private:
  static bool is_blank(std::string_view row) {
    return row.find_first_not_of(" \t\r\n") == row.npos;
  }

  bool refuse_all(RawRecord& record) {
    done_ = true;
    record.trouble = Trouble::refused;
    record.bytes.clear();
    const auto named = fields_.find("text");
    record.reason =
        "no column \"" + (named == fields_.end() ? "text" : named->second) + "\" (see --map)";
    return true;
  }

  // One row: to the first line break outside of quotation marks.
  void cut(RawRecord& record) {
    std::size_t at = 0;
    bool quoted = false;
    while (true) {
      const std::string_view pending = reader_.pending();
      for (; at < pending.size(); ++at) {
        if (pending[at] == '"') quoted = !quoted;
        if (pending[at] != '\n') continue;
        ++line_;
        if (!quoted) return take(record, at + 1);
      }
      if (at > kMaxRecordBytes) {
        record.trouble = Trouble::refused;
        record.reason = kTooLarge;
        reader_.consume(at);
        at = 0;
      }
      if (!reader_.read_more()) break;
    }
    done_ = true;
    take(record, at);
    if (quoted && record.reason.empty()) record.reason = "a quotation mark is not closed";
    if (!reader_.error().empty()) record.reason = reader_.error();
    if (!record.reason.empty()) record.trouble = Trouble::refused;
  }

  void take(RawRecord& record, std::size_t size) {
    if (record.trouble == Trouble::none) record.bytes = reader_.pending().substr(0, size);
    reader_.consume(size);
  }

  FileHead read_header(std::string_view row) {
    const std::string text = decode(row).text;
    FileHead head;
    head.delimiter = delimiter_of(text);
    head.names = split_row(text, head.delimiter);
    for (const char* field : {"id", "text", "title", "date", "language", "source"}) {
      const auto named = fields_.find(field);
      const std::string& name = named == fields_.end() ? field : named->second;
      if (const auto column = column_of(name, head.names)) head.columns[field] = *column;
    }
    return head;
  }

  ByteReader reader_;
  std::string file_;
  FieldMap fields_;
  std::shared_ptr<const FileHead> head_;
  std::size_t line_ = 1;
  bool done_ = false;
};

void append_meta(const std::string& name, const std::string& value, std::string& meta) {
  meta += meta.empty() ? '{' : ',';
  append_json_string(name, meta);
  meta += ':';
  append_json_string(value, meta);
}

}  // namespace

std::unique_ptr<Source> read_csv(ByteReader reader, std::string file, const FieldMap& fields) {
  return std::make_unique<CsvSource>(std::move(reader), std::move(file), fields);
}

ParsedRecord parse_csv(RawRecord&& record) {
  const FileHead& head = *record.head;
  std::vector<std::string> row = split_row(decode(record.bytes).text, head.delimiter);
  if (row.size() != head.names.size()) {
    return refuse(std::move(record.place), std::to_string(row.size()) +
                                               " fields where the header has " +
                                               std::to_string(head.names.size()));
  }
  const auto take = [&](const char* field) {
    const auto column = head.columns.find(field);
    return column == head.columns.end() ? std::string() : row[column->second];
  };
  ParsedRecord parsed{.place = std::move(record.place)};
  Article& article = parsed.article;
  article.text = take("text");
  article.id = take("id");
  article.title = take("title");
  article.date_text = take("date");
  article.language = take("language");
  article.source = take("source");
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool used = std::any_of(head.columns.begin(), head.columns.end(),
                                  [&](const auto& column) { return column.second == i; });
    if (!used && !row[i].empty()) append_meta(head.names[i], row[i], article.meta);
  }
  if (!article.meta.empty()) article.meta += '}';
  complete(parsed);
  return parsed;
}

}  // namespace glane
