// Archives of the web: WARC with pages as they were fetched, WET with their text.
#include <algorithm>
#include <charconv>
#include <map>

#include "read/decode.h"
#include "read/formats.h"
#include "read/page_origin.h"
#include "read/story.h"

namespace glane {

namespace {

constexpr std::size_t kMaxHeader = 65536;
constexpr std::size_t kMaxUnpacked = std::size_t{16} << 20;

// The fields of a header, names in lower case. `first` is its first line.
struct Header {
  std::string first;
  std::map<std::string, std::string> fields;

  std::string at(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  }
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n<>";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// Bytes of a header with the empty line behind it; npos when that is not there.
std::size_t size_of_header(std::string_view bytes) {
  const std::size_t dos = bytes.find("\r\n\r\n");
  const std::size_t unix_like = bytes.find("\n\n");
  if (dos == bytes.npos && unix_like == bytes.npos) return bytes.npos;
  return dos < unix_like ? dos + 4 : unix_like + 2;
}

Header read_header(std::string_view bytes) {
  Header header;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    const std::size_t colon = line.find(':');
    if (header.first.empty()) {
      header.first = trimmed(line);
    } else if (colon != line.npos) {
      header.fields[lower(trimmed(line.substr(0, colon)))] = trimmed(line.substr(colon + 1));
    }
  }
  return header;
}

// "text/html; charset=utf-8" → the charset.
std::string charset_of(const std::string& type) {
  const std::size_t at = lower(type).find("charset=");
  if (at == std::string::npos) return {};
  const std::string label = type.substr(at + 8);
  return label.substr(0, label.find_first_of("; "));
}

// ---- cutting

class WarcSource : public Source {
 public:
  WarcSource(ByteReader reader, std::string file)
      : reader_(std::move(reader)), file_(std::move(file)) {}

  bool next(RawRecord& record) override {
    while (!done_) {
      record = RawRecord{.place = {.file = file_}, .form = Form::warc};
      if (!read_record(record)) continue;
      record.place.item = item_;
      if (record.trouble != Trouble::none) record.bytes.clear();
      return true;
    }
    return false;
  }

 private:
  // False when the record holds no page, or the file has ended.
  bool read_record(RawRecord& record) {
    skip_blank_lines();
    std::size_t header = std::string_view::npos;
    while ((header = size_of_header(reader_.pending())) == std::string_view::npos) {
      if (reader_.pending().size() > kMaxHeader) return fail(record, "not a record of WARC");
      if (!reader_.read_more()) return at_end(record);
    }
    const Header fields = read_header(reader_.pending().substr(0, header));
    const std::string length = fields.at("content-length");
    std::size_t size = 0;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), size);
    if (!fields.first.starts_with("WARC/") || read.ec != std::errc()) {
      return fail(record, "not a record of WARC");
    }
    ++item_;
    const std::string type = fields.at("warc-type");
    const bool wanted = type == "response" || type == "conversion";
    if (!wanted || size > kMaxRecordBytes) {
      skip(header);
      skip(size);
      if (wanted) refuse_record(record, kTooLarge);
      return wanted;
    }
    reader_.read_ahead(header + size);
    if (reader_.pending().size() < header + size)
      return fail(record, "the file ends inside this record");
    record.bytes = reader_.pending().substr(0, header + size);
    reader_.consume(header + size);
    return type == "conversion" || is_page(record.bytes, header);
  }

  void skip_blank_lines() {
    while (true) {
      const std::size_t begin = reader_.pending().find_first_not_of("\r\n");
      reader_.consume(std::min(begin, reader_.pending().size()));
      if (begin != std::string_view::npos || !reader_.read_more()) return;
    }
  }

  void skip(std::size_t bytes) {
    while (bytes > reader_.pending().size()) {
      bytes -= reader_.pending().size();
      reader_.consume(reader_.pending().size());
      if (!reader_.read_more()) return;
    }
    reader_.consume(bytes);
  }

  bool at_end(RawRecord& record) {
    done_ = true;
    if (reader_.error().empty() && reader_.pending().empty()) return false;
    ++item_;
    return fail(record, "the file ends inside this record");
  }

  bool fail(RawRecord& record, const std::string& reason) {
    done_ = true;
    refuse_record(record, reader_.error().empty() ? reason : reader_.error());
    return true;
  }

  static void refuse_record(RawRecord& record, std::string reason) {
    record.trouble = Trouble::refused;
    record.reason = std::move(reason);
  }

  // Pictures, style sheets, redirections and pages that were not found are no articles.
  static bool is_page(std::string_view bytes, std::size_t from) {
    const std::string_view response = bytes.substr(from, kMaxHeader);
    const Header http = read_header(response.substr(0, size_of_header(response)));
    const std::size_t status = http.first.find(' ');
    if (status == std::string::npos || http.first.substr(status + 1, 1) != "2") return false;
    return lower(http.at("content-type")).find("html") != std::string::npos;
  }

  ByteReader reader_;
  std::string file_;
  std::size_t item_ = 0;
  bool done_ = false;
};

// ---- parsing

// The pieces of "Transfer-Encoding: chunked", put together.
std::string join_chunks(std::string_view bytes) {
  std::string whole;
  while (!bytes.empty()) {
    std::size_t size = 0;
    const auto read = std::from_chars(bytes.data(), bytes.data() + bytes.size(), size, 16);
    const std::size_t line = bytes.find('\n');
    if (read.ec != std::errc() || line == bytes.npos) return std::string(bytes);
    bytes.remove_prefix(line + 1);
    if (size == 0) break;
    size = std::min(size, bytes.size());
    whole += bytes.substr(0, size);
    bytes.remove_prefix(size);
    const std::size_t end = bytes.find('\n');
    bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
  }
  return whole;
}

// WET knows languages by three letters.
std::string language_of(const std::string& written) {
  const std::string first = written.substr(0, written.find(','));
  return first == "fra" ? "fr" : first;
}

ParsedRecord parse_text_of_page(const Header& warc, std::string_view body, Place place) {
  Story story{.id = warc.at("warc-target-uri"),
              .body = decode(body, "utf-8").text,
              .language = language_of(warc.at("warc-identified-content-language"))};
  story.url = story.id;
  story.title = story.body.substr(0, story.body.find('\n'));
  return make_article(std::move(story), std::move(place));
}

}  // namespace

std::unique_ptr<Source> read_warc(ByteReader reader, std::string file) {
  return std::make_unique<WarcSource>(std::move(reader), std::move(file));
}

ParsedRecord parse_warc(RawRecord&& record) {
  std::string_view bytes = record.bytes;
  const std::size_t size = size_of_header(bytes);
  const Header warc = read_header(bytes.substr(0, size));
  bytes.remove_prefix(size);
  if (warc.at("warc-type") == "conversion") {
    return parse_text_of_page(warc, bytes, std::move(record.place));
  }
  const std::size_t http_size = size_of_header(bytes);
  const Header http = read_header(bytes.substr(0, http_size));
  std::string page(bytes.substr(std::min(http_size, bytes.size())));
  if (lower(http.at("transfer-encoding")) == "chunked") page = join_chunks(page);
  if (!http.at("content-encoding").empty()) page = unpack(std::move(page), kMaxUnpacked);
  const PageOrigin origin{.charset = charset_of(http.at("content-type")),
                          .url = warc.at("warc-target-uri"),
                          .date = warc.at("warc-date")};
  return parse_page(page, origin, std::move(record.place));
}

}  // namespace glane
