// JSON Lines: one line is one article. The source only finds the ends of lines; a line is
// read event by event, so that unknown fields pass through exactly as they were written:
// in their order, numbers with all their digits. simdjson finds the events; a line that it does
// not take, nlohmann::json reads again: it says where the mistake is.
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "read/formats.h"
#include "read/story.h"
#include "values/json_text.h"
#include "values/offsets.h"

namespace glane {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view kBlank = " \t\r";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxDepth = 500;  // what other readers of JSON can bear
constexpr std::size_t kMaxReason = 160;
constexpr const char* kNoText = "no \"text\"";

class JsonlSource : public Source {
 public:
  JsonlSource(ByteReader reader, std::string file, const FieldMap& fields, BlankLines blank)
      : reader_(std::move(reader)), file_(std::move(file)), blank_(blank) {
    if (!fields.empty()) head_ = std::make_shared<FileHead>(FileHead{.fields = fields});
  }

  bool next(RawRecord& record) override {
    while (!done_) {
      record =
          RawRecord{.place = {.file = file_, .line = ++line_}, .form = Form::jsonl, .head = head_};
      read_line(record);
      if (!record.reason.empty()) record.trouble = Trouble::refused;
      if (record.trouble != Trouble::none) return true;
      if (record.bytes.find_first_not_of(kBlank) != std::string::npos) return true;
      const bool after_last = done_ && record.bytes.empty();
      if (blank_ == BlankLines::refused && !after_last) return refuse_blank(record);
    }
    return false;
  }

  // A whole line that is not blank.
  bool ready() const override {
    const std::string_view pending = reader_.pending();
    const std::size_t begin = pending.find_first_not_of(" \t\r\n");
    return begin != pending.npos && pending.find('\n', begin) != pending.npos;
  }

 private:
  static bool refuse_blank(RawRecord& record) {
    record.trouble = Trouble::refused;
    record.reason = "a blank line";
    return true;
  }

  void read_line(RawRecord& record) {
    std::size_t seen = 0;
    while (true) {
      const std::string_view pending = reader_.pending();
      const std::size_t end = pending.find('\n', seen);
      if (end != std::string_view::npos) {
        if (end > kMaxRecordBytes) return skip_line(record);
        take(record, end);
        return reader_.consume(end + 1);
      }
      seen = pending.size();
      if (seen > kMaxRecordBytes) return skip_line(record);
      if (!reader_.read_more()) break;
    }
    done_ = true;
    record.reason = reader_.error();
    take(record, reader_.pending().size());
  }

  void take(RawRecord& record, std::size_t size) {
    std::string_view line = reader_.pending().substr(0, size);
    if (line_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    record.bytes = line;
  }

  void skip_line(RawRecord& record) {
    record.reason = kTooLarge;
    do {
      const std::string_view pending = reader_.pending();
      const std::size_t end = pending.find('\n');
      if (end != std::string_view::npos) return reader_.consume(end + 1);
      reader_.consume(pending.size());
    } while (reader_.read_more());
    done_ = true;
  }

  ByteReader reader_;
  std::string file_;
  BlankLines blank_;
  std::shared_ptr<const FileHead> head_;
  std::size_t line_ = 0;
  bool done_ = false;
};

// Fields of glane/1 that are results, not input.
bool is_result(std::string_view key) {
  static constexpr std::string_view kResults[] = {"schema",  "ruleset", "offset_unit", "entities",
                                                  "figures", "quotes",  "diagnostics"};
  return std::find(std::begin(kResults), std::end(kResults), key) != std::end(kResults);
}

// Receives the events of one line. Depth 1 are the fields of the article; what lies in an
// unknown field, and in "meta", is written again into Article::meta.
class ArticleEvents {
 public:
  using Json = nlohmann::json;

  explicit ArticleEvents(Article& article) : article_(article) {}

  bool null() { return value("null"); }
  bool boolean(bool value_read) { return value(value_read ? "true" : "false"); }
  bool number_integer(Json::number_integer_t number) { return integer(number); }
  bool number_unsigned(Json::number_unsigned_t number) { return integer(number); }
  bool number_float(Json::number_float_t, const std::string& written) { return value(written); }
  bool binary(Json::binary_t&) { return refuse("binary data"); }

  bool string(std::string& text) {
    if (depth_ == 0) return refuse("not an object");
    if (field_ != nullptr) {
      *field_ = std::move(text);
      text_seen_ = text_seen_ || field_ == &article_.text;
      return true;
    }
    if (!begin_copy()) return true;
    append_json_string(text, article_.meta);
    return true;
  }

  bool start_object(std::size_t) { return open('{'); }
  bool start_array(std::size_t) { return open('['); }
  bool end_object() { return close('}'); }
  bool end_array() { return close(']'); }

  bool key(std::string& name) {
    if (depth_ == 1) return top_key(name);
    if (in_meta_ && depth_ == 2) return meta_key(name);
    if (!copying()) return true;
    write_key(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) {
    std::string_view why = error.what();
    // "[json.exception.…] parse error at line 1, column 9: why; last read: 'all of it'"
    if (const auto at = why.find(": "); at != why.npos) why.remove_prefix(at + 2);
    why = why.substr(0, std::min(why.find("; last read"), kMaxReason));
    return refuse("not JSON at byte " + std::to_string(position) + ": " + std::string(why));
  }

  // Empty when the line held an article.
  std::string verdict() const {
    if (!reason_.empty()) return reason_;
    if (!text_seen_) return kNoText;
    return {};
  }

 private:
  bool refuse(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
    return false;
  }

  std::string* field_named(std::string_view name) {
    if (name == "id") return &article_.id;
    if (name == "text") return &article_.text;
    if (name == "title") return &article_.title;
    if (name == "date") return &article_.date_text;
    if (name == "language") return &article_.language;
    if (name == "source") return &article_.source;
    return nullptr;
  }

  bool top_key(const std::string& name) {
    field_ = field_named(name);
    in_meta_ = name == "meta";
    dropped_ = field_ == nullptr && is_result(name);
    key_ = name;
    return field_ != nullptr || in_meta_ || dropped_ || meta_key(name);
  }

  // A field of the object `meta`. The first of two with one name stays.
  bool meta_key(const std::string& name) {
    dropped_ = !meta_keys_.insert(name).second;
    if (!dropped_) write_key(name);
    return true;
  }

  void write_key(const std::string& name) {
    separate();
    append_json_string(name, article_.meta);
    article_.meta += ':';
  }

  bool copying() const { return !dropped_ && field_ == nullptr; }

  // Makes ready for a value that is to be written again; false when it is not.
  bool begin_copy() {
    if (in_meta_ && depth_ == 1) {  // "meta" is no object: a field like any other
      in_meta_ = false;
      meta_key(key_);
    }
    if (!copying()) return false;
    separate();
    return true;
  }

  // A comma where the JSON written so far asks for one.
  void separate() {
    if (article_.meta.empty()) {
      article_.meta += '{';
    } else if (const char last = article_.meta.back(); last != '{' && last != '[' && last != ':') {
      article_.meta += ',';
    }
  }

  bool integer(auto number) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    return value({digits, static_cast<std::size_t>(end - digits)});
  }

  bool value(std::string_view written) {
    if (depth_ == 0) return refuse("not an object");
    if (field_ != nullptr) return written == "null" || wrong_type();
    if (begin_copy()) article_.meta += written;
    return true;
  }

  bool wrong_type() { return refuse("\"" + key_ + "\" is not a string"); }

  bool open(char bracket) {
    if (depth_ == 0 && bracket != '{') return refuse("not an object");
    if (depth_ == 1 && field_ != nullptr) return wrong_type();
    if (depth_ == kMaxDepth) return refuse("nested more than 500 deep");
    const bool merged = in_meta_ && depth_ == 1 && bracket == '{';  // its fields join the others
    if (depth_ > 0 && !merged && begin_copy()) article_.meta += bracket;
    ++depth_;
    return true;
  }

  bool close(char bracket) {
    --depth_;
    if (depth_ == 0) {
      if (!article_.meta.empty()) article_.meta += '}';
      return true;
    }
    const bool merged = in_meta_ && depth_ == 1 && bracket == '}';
    if (copying() && !merged) article_.meta += bracket;
    return true;
  }

  Article& article_;
  std::string* field_ = nullptr;  // where the value of this key goes; none: meta or nowhere
  std::string key_;               // of depth 1
  std::set<std::string> meta_keys_;
  std::string reason_;
  std::size_t depth_ = 0;
  bool dropped_ = false;  // the value of this key goes nowhere
  bool in_meta_ = false;  // inside the field "meta"
  bool text_seen_ = false;
};

// The events of a line, found by simdjson. A walk ends early where the events refuse something
// and where the line is no JSON: `sound` tells one from the other.
class JsonWalk {
 public:
  explicit JsonWalk(ArticleEvents& events) : events_(events) {}

  // False when the line is no JSON, or of a kind that is left to nlohmann::json. The line's
  // capacity grows by the padding that simdjson reads over.
  bool sound(std::string& line) {
    static thread_local ondemand::parser parser;  // memory only
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    ondemand::document document;
    ondemand::object object;
    if (failed(parser.iterate(line.data(), line.size(), line.capacity()).get(document)) ||
        failed(document.get_object().get(object)))
      return false;
    if (!walk(object)) return sound_;
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing behind it
  }

 private:
  template <typename T>
  using Result = simdjson::simdjson_result<T>;
  using Value = simdjson::ondemand::value;

  bool failed(simdjson::error_code error) {
    if (error != simdjson::SUCCESS) sound_ = false;
    return error != simdjson::SUCCESS;
  }

  // These return false when the walk is to end.

  bool walk(ondemand::object object) {
    if (!events_.start_object(0)) return false;
    for (Result<ondemand::field> next : object) {
      ondemand::field field;
      std::string_view key;
      if (failed(std::move(next).get(field)) || failed(field.unescaped_key().get(key)))
        return false;
      text_ = key;
      if (!events_.key(text_) || !walk(field.value())) return false;
    }
    return events_.end_object();
  }

  bool walk(ondemand::array array) {
    if (!events_.start_array(0)) return false;
    for (Result<Value> next : array) {
      Value value;
      if (failed(std::move(next).get(value)) || !walk(value)) return false;
    }
    return events_.end_array();
  }

  bool walk(Value value) {
    ondemand::json_type type;
    if (failed(value.type().get(type))) return false;
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object object;
        return !failed(value.get_object().get(object)) && walk(object);
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        return !failed(value.get_array().get(array)) && walk(array);
      }
      case ondemand::json_type::string: {
        std::string_view text;
        if (failed(value.get_string().get(text))) return false;
        text_ = text;
        return events_.string(text_);
      }
      case ondemand::json_type::number:
        return number(value);
      case ondemand::json_type::boolean: {
        bool truth = false;
        return !failed(value.get_bool().get(truth)) && events_.boolean(truth);
      }
      case ondemand::json_type::null: {
        bool null = false;
        if (failed(value.is_null().get(null))) return false;
        sound_ = null;
        return null && events_.null();
      }
    }
    return false;
  }

  bool number(Value value) {
    std::string_view written = value.raw_json_token();
    ondemand::number read;
    if (failed(value.get_number().get(read))) return false;
    written = written.substr(0, written.find_last_not_of(" \t\r\n") + 1);
    return events_.number_float(0, std::string(written));
  }

  ArticleEvents& events_;
  std::string text_;
  bool sound_ = true;
};

std::string read_article(std::string& line, Article& article) {
  ArticleEvents events(article);
  if (JsonWalk(events).sound(line)) return events.verdict();
  article = {};
  ArticleEvents again(article);
  nlohmann::json::sax_parse(line.begin(), line.end(), &again);
  return again.verdict();
}

// Gives the number of U+FFFD that were put in.
std::size_t repair_utf8(std::string& bytes) {
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return 0;
  std::size_t count = 0;
  std::string repaired;
  repaired.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at);
    if (character.well_formed) {
      repaired.append(bytes, at, character.size);
    } else {
      repaired += "\uFFFD";
      ++count;
    }
    at += character.size;
  }
  bytes = std::move(repaired);
  return count;
}

// The code unit that "\uXXXX" at this place writes.
std::optional<unsigned> code_unit(std::string_view line, std::size_t at) {
  if (at + 6 > line.size() || line[at] != '\\' || line[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const char* end = line.data() + at + 6;
  if (std::from_chars(end - 4, end, unit, 16).ptr != end) return std::nullopt;
  return unit;
}

// Turns the escapes of lone surrogates, which many feeds hold where an emoji was cut in
// two, into that of U+FFFD. Gives their number.
std::size_t repair_surrogates(std::string& line) {
  std::size_t count = 0;
  for (std::size_t at = line.find('\\'); at != std::string::npos; at = line.find('\\', at)) {
    const std::optional<unsigned> unit = code_unit(line, at);
    if (!unit) {
      at += 2;  // an escape of two characters, "\\\\" too
      continue;
    }
    const unsigned next = code_unit(line, at + 6).value_or(0);
    const bool pair = *unit >= 0xD800 && *unit < 0xDC00 && next >= 0xDC00 && next < 0xE000;
    if (!pair && *unit >= 0xD800 && *unit < 0xE000) {
      line.replace(at, 6, "\\ufffd");
      ++count;
    }
    at += pair ? 12 : 6;
  }
  return count;
}

void refuse(ParsedRecord& parsed, std::string reason) {
  parsed.trouble = Trouble::refused;
  parsed.reason = std::move(reason);
}

void tell_repairs(std::size_t count, std::vector<Diagnostic>& diagnostics) {
  if (count == 0) return;
  diagnostics.push_back(
      {.code = "ill-formed-utf8",
       .span = {},
       .message = std::to_string(count) + " ill-formed sequences of the line were read as U+FFFD"});
}

}  // namespace

std::unique_ptr<Source> read_jsonl(ByteReader reader, std::string file, const FieldMap& fields,
                                   BlankLines blank) {
  return std::make_unique<JsonlSource>(std::move(reader), std::move(file), fields, blank);
}

ParsedRecord parse_jsonl(RawRecord&& record) {
  if (record.head != nullptr && !record.head->fields.empty()) {
    return parse_mapped_json(std::move(record));
  }
  ParsedRecord parsed{.place = std::move(record.place)};
  std::string& line = record.bytes;
  if (const std::size_t nul = line.find('\0'); nul != std::string::npos) {
    refuse(parsed, "not JSON at byte " + std::to_string(nul + 1) + ": a NUL byte");
    return parsed;
  }
  std::size_t repairs = repair_utf8(line);
  Article& article = parsed.article;
  std::string reason = read_article(line, article);
  if (!reason.empty()) {
    if (const std::size_t surrogates = repair_surrogates(line); surrogates > 0) {
      repairs += surrogates;
      article = {};
      reason = read_article(line, article);
    }
  }
  if (reason == kNoText) {
    record.place = std::move(parsed.place);
    ParsedRecord other = parse_json(std::move(record));
    if (other.trouble != Trouble::none) other.article.id = std::move(article.id);
    return other;
  }
  if (!reason.empty()) {
    refuse(parsed, std::move(reason));
    return parsed;
  }
  tell_repairs(repairs, parsed.diagnostics);
  complete(parsed);
  return parsed;
}

}  // namespace glane
