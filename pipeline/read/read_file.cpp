// What a file is, and who reads it.
#include <utility>

#include "read/decode.h"
#include "read/detect.h"
#include "read/formats.h"

namespace glane {

namespace {

// A file as one record, for the forms that hold one article.
class WholeFile : public Source {
 public:
  WholeFile(ByteReader reader, std::string file, Form form)
      : reader_(std::move(reader)), file_(std::move(file)), form_(form) {}

  bool next(RawRecord& record) override {
    if (done_) return false;
    done_ = true;
    record = RawRecord{.place = {.file = file_}, .form = form_};
    record.bytes = reader_.take_all(kMaxRecordBytes + 1);
    if (!reader_.error().empty()) {
      record.reason = reader_.error();
    } else if (record.bytes.empty()) {
      record.reason = "the file is empty";
    } else if (record.bytes.size() > kMaxRecordBytes) {
      record.reason = kTooLarge;
    }
    if (!record.reason.empty()) {
      record.trouble = Trouble::refused;
      record.bytes = {};
    }
    return true;
  }

 private:
  ByteReader reader_;
  std::string file_;
  Form form_;
  bool done_ = false;
};

class Refusal : public Source {
 public:
  Refusal(std::string file, std::string reason)
      : record_{.place = {.file = std::move(file)},
                .trouble = Trouble::refused,
                .reason = std::move(reason)} {}

  bool next(RawRecord& record) override {
    if (record_.reason.empty()) return false;
    record = std::exchange(record_, {});
    return true;
  }

 private:
  RawRecord record_;
};

std::unique_ptr<Source> read_as(Form form, ByteReader reader, std::string file,
                                const FieldMap& fields) {
  switch (form) {
    case Form::jsonl:
      return read_jsonl(std::move(reader), std::move(file), fields);
    case Form::csv:
      return read_csv(std::move(reader), std::move(file), fields);
    case Form::iptc7901:
      return read_iptc7901(std::move(reader), std::move(file));
    case Form::warc:
      return read_warc(std::move(reader), std::move(file));
    case Form::xml:
      return read_xml(std::move(reader), std::move(file));
    case Form::json:
      return read_json(std::move(reader), std::move(file));
    default:
      return std::make_unique<WholeFile>(std::move(reader), std::move(file), form);
  }
}

ParsedRecord parse_as(Form form, RawRecord&& record) {
  switch (form) {
    case Form::jsonl:
      return parse_jsonl(std::move(record));
    case Form::xml:
      return parse_xml(std::move(record));
    case Form::json:
      return parse_json(std::move(record));
    case Form::csv:
      return parse_csv(std::move(record));
    case Form::html:
      return parse_html(std::move(record));
    case Form::iptc7901:
      return parse_iptc7901(std::move(record));
    case Form::warc:
      return parse_warc(std::move(record));
    default:
      return parse_text(std::move(record));
  }
}

}  // namespace

std::string to_string(const Place& place) {
  if (place.item > 0) return place.file + ":item " + std::to_string(place.item);
  return place.line == 0 ? place.file : place.file + ':' + std::to_string(place.line);
}

std::unique_ptr<Source> read_file(ByteReader reader, std::string file, const ReadOptions& options,
                                  const Nesting& nesting) {
  if (is_archive(reader)) return read_archive(std::move(reader), std::move(file), options, nesting);
  if (is_wide(reader.pending())) {
    // Cut at bytes of ASCII, UTF-16 would fall apart.
    const std::string bytes = reader.take_all(kMaxRecordBytes + 1);
    if (!reader.error().empty()) return std::make_unique<Refusal>(file, reader.error());
    if (bytes.size() > kMaxRecordBytes) return std::make_unique<Refusal>(file, kTooLarge);
    reader = ByteReader::over("\xEF\xBB\xBF" + decode(bytes).text);
  }
  const Form form = options.form.value_or(detect_form(reader, file, options.fields));
  return read_as(form, std::move(reader), std::move(file), options.fields);
}

ParsedRecord parse(RawRecord&& record) {
  if (record.trouble != Trouble::none) {
    return {.place = std::move(record.place),
            .trouble = record.trouble,
            .reason = std::move(record.reason)};
  }
  ParsedRecord parsed = parse_as(record.form, std::move(record));
  if (parsed.article.text.size() <= kMaxTextBytes) return parsed;
  return {.place = std::move(parsed.place),
          .trouble = Trouble::refused,
          .reason = "a text of more than 2 MiB"};
}

}  // namespace glane
