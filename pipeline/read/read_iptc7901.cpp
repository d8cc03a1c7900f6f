// IPTC 7901, the wire of the telex age:
//   SOH abc123 4 pol 0123 Suisse  STX  title =  paragraphs  ETX 051030 nov 25
// Lines are wrapped at some 70 columns; a paragraph begins with blanks, or after an empty line.
#include <algorithm>
#include <utility>

#include "read/decode.h"
#include "read/formats.h"
#include "read/story.h"
#include "read/text_builder.h"

namespace glane {

namespace {

constexpr char kHeader = 0x01;
constexpr char kText = 0x02;
constexpr char kEnd = 0x03;
constexpr std::string_view kBlank = " \t\r\n";

class WireSource : public Source {
 public:
  WireSource(ByteReader reader, std::string file)
      : reader_(std::move(reader)), file_(std::move(file)) {}

  bool next(RawRecord& record) override {
    if (done_ || !find_begin()) return end(record);
    record = RawRecord{.place = {.file = file_, .item = ++item_}, .form = Form::iptc7901};
    std::size_t close = std::string_view::npos;
    while ((close = find_close()) == std::string_view::npos) {
      if (reader_.pending().size() > kMaxRecordBytes) {
        reader_.consume(reader_.pending().size());
        record.reason = kTooLarge;
      }
      if (!reader_.read_more()) return last(record);
    }
    record.bytes = reader_.pending().substr(0, close);
    reader_.consume(close);
    if (!record.reason.empty()) record.trouble = Trouble::refused;
    return true;
  }

 private:
  bool end(RawRecord& record) {
    if (std::exchange(done_, true) || reader_.error().empty()) return false;
    record = {.place = {.file = file_}, .trouble = Trouble::refused, .reason = reader_.error()};
    return true;
  }

  bool find_begin() {
    while (true) {
      const std::size_t begin = reader_.pending().find(kHeader);
      if (begin != std::string_view::npos) {
        reader_.consume(begin);
        return true;
      }
      // The first dispatch may have lost its SOH on the way; what follows the last is a date.
      if (item_ == 0 && reader_.pending().find_first_not_of(kBlank) != std::string_view::npos) {
        return true;
      }
      reader_.consume(reader_.pending().size());
      if (!reader_.read_more()) return false;
    }
  }

  // Where the next dispatch begins: the date stands behind ETX.
  std::size_t find_close() const {
    const std::size_t from = reader_.pending().find(kEnd);
    if (from == std::string_view::npos) return from;
    return reader_.pending().find(kHeader, from);
  }

  bool last(RawRecord& record) {
    done_ = true;
    record.bytes = reader_.pending();
    if (record.reason.empty()) record.reason = reader_.error();
    if (record.reason.empty() && item_ > 1 && record.bytes.find(kEnd) == std::string::npos) {
      record.reason = "the file ends inside this dispatch";
    }
    if (!record.reason.empty()) record.trouble = Trouble::refused;
    return true;
  }

  ByteReader reader_;
  std::string file_;
  std::size_t item_ = 0;
  bool done_ = false;
};

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// The title ends with '=', on one of the first lines; without one there is none.
std::string take_title(std::string_view& text) {
  constexpr std::size_t kMaxLines = 8;
  std::string_view rest = text;
  std::string_view paragraph = rest;
  for (std::size_t i = 0; i < kMaxLines && !rest.empty(); ++i) {
    const std::string_view line = trimmed(take_line(rest));
    if (line.empty()) paragraph = rest;  // a slug above the title
    if (!line.ends_with('=')) continue;
    const auto size = static_cast<std::size_t>(line.data() + line.size() - 1 - paragraph.data());
    text = rest;
    TextBuilder title;
    title.words(paragraph.substr(0, size));
    return title.take();
  }
  return {};
}

std::string unwrapped(std::string_view text) {
  TextBuilder out;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (trimmed(line).empty() || line.starts_with("  ") || line.starts_with('\t')) {
      out.end_paragraph();
    }
    out.words(line);
    out.words(" ");
  }
  return out.take();
}

// "051030 nov 25", day, hour, month, year: "05 nov 25".
std::string date_of(std::string_view trailer) {
  trailer = trimmed(trailer);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (trailer.size() < 11 || !std::all_of(trailer.begin(), trailer.begin() + 6, digit)) return {};
  const std::string_view month = trimmed(trailer.substr(6));
  return std::string(trailer.substr(0, 2)) + ' ' + std::string(month.substr(0, month.find('\n')));
}

// Header, text and what stands behind it. Where the control characters were lost, the first
// line is the header and the last one the date.
struct Dispatch {
  std::string_view header, text, trailer;
};

Dispatch divide(std::string_view wire) {
  Dispatch parts;
  while (wire.starts_with(kHeader)) wire.remove_prefix(1);
  wire = trimmed(wire);
  const std::size_t text = wire.find(kText);
  parts.header = trimmed(wire.substr(0, std::min(text, wire.find('\n'))));
  const std::size_t begin = std::min(text == wire.npos ? wire.find('\n') : text + 1, wire.size());
  wire.remove_prefix(begin);
  std::size_t end = wire.find(kEnd);
  if (end == wire.npos) end = trimmed(wire).rfind('\n');
  if (end == wire.npos) end = wire.size();
  parts.text = wire.substr(0, end);
  parts.trailer = wire.substr(std::min(end + 1, wire.size()));
  parts.trailer = parts.trailer.substr(0, parts.trailer.find('\x04'));
  return parts;
}

}  // namespace

std::unique_ptr<Source> read_iptc7901(ByteReader reader, std::string file) {
  return std::make_unique<WireSource>(std::move(reader), std::move(file));
}

ParsedRecord parse_iptc7901(RawRecord&& record) {
  const std::string wire = decode(record.bytes).text;
  Dispatch parts = divide(wire);
  Story story;
  story.id = std::string(parts.header.substr(0, parts.header.find(' ')));
  story.date = date_of(parts.trailer);
  // A service counts from 1 each day.
  if (!story.id.empty() && !story.date.empty()) story.id += ' ' + story.date;
  const auto letter = [](char c) { return c < '0' || c > '9'; };
  story.source = story.id.substr(
      0, static_cast<std::size_t>(std::find_if_not(story.id.begin(), story.id.end(), letter) -
                                  story.id.begin()));
  story.title = take_title(parts.text);
  story.body = unwrapped(parts.text);
  return make_article(std::move(story), std::move(record.place));
}

}  // namespace glane
