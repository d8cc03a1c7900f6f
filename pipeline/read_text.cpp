// Plain text: one file is one article, its first line with something on it the title.
#include <algorithm>

#include "decode.h"
#include "formats.h"

namespace glane {

namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

class TextSource : public Source {
 public:
  TextSource(ByteReader reader, std::string file)
      : reader_(std::move(reader)), file_(std::move(file)) {}

  bool next(RawRecord& record) override {
    if (done_) return false;
    done_ = true;
    record = RawRecord{.place = {.file = file_}, .form = Form::text};
    record.bytes = reader_.take_all(kMaxRecordBytes + 1);
    if (!reader_.error().empty()) {
      record.reason = reader_.error();
    } else if (record.bytes.empty()) {
      record.reason = "the file is empty";
    } else if (record.bytes.size() > kMaxRecordBytes) {
      record.reason = "larger than 1 GiB";
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
  bool done_ = false;
};

std::string first_line(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  std::string_view line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  line = line.substr(0, line.find_last_not_of(kBlank) + 1);
  return std::string(line);
}

}  // namespace

std::unique_ptr<Source> read_text(ByteReader reader, std::string file) {
  return std::make_unique<TextSource>(std::move(reader), std::move(file));
}

ParsedRecord parse_text(RawRecord&& record) {
  ParsedRecord parsed{.place = std::move(record.place)};
  Article& article = parsed.article;
  article.text = decode(record.bytes).text;
  // A NUL is what tells a picture or an archive from a text.
  if (const std::size_t nul = article.text.find('\0'); nul != std::string::npos) {
    const auto at = article.text.begin() + static_cast<std::ptrdiff_t>(nul);
    parsed.place.line = 1 + static_cast<std::size_t>(std::count(article.text.begin(), at, '\n'));
    parsed.trouble = Trouble::refused;
    parsed.reason = "a NUL byte: this is not text";
    return parsed;
  }
  article.id = article.source = parsed.place.file;
  article.title = first_line(article.text);
  return parsed;
}

}  // namespace glane
