// Feeds in JSON: the file is cut at its objects, so that memory holds one of them.
#include <algorithm>
#include <utility>

#include "read/formats.h"
#include "read/story.h"
#include "read/story_json.h"

namespace glane {

namespace {

constexpr int kMaxDepth = 500;
constexpr std::size_t kMaxHead = std::size_t{1} << 20;

// Steps over a value of JSON, byte by byte, and knows how deep it is.
class JsonCutter {
 public:
  // Goes to the end of the object or array that begins at `from`; false when the bytes end.
  bool find_end(std::string_view bytes) {
    for (; at_ < bytes.size(); ++at_) {
      const char c = bytes[at_];
      if (in_string_) {
        if (!std::exchange(escaped_, !escaped_ && c == '\\') && c == '"') in_string_ = false;
      } else if (c == '"') {
        in_string_ = true;
      } else if (c == '{' || c == '[') {
        deepest_ = std::max(deepest_, ++depth_);
      } else if ((c == '}' || c == ']') && --depth_ <= 0) {
        ++at_;
        return true;
      }
    }
    return false;
  }

  void consumed(std::size_t bytes) { at_ -= bytes; }
  std::size_t at() const { return at_; }
  int deepest() const { return deepest_; }

 private:
  std::size_t at_ = 0;
  int depth_ = 0;
  int deepest_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

// Lists of stories: "items" of a JSON Feed, "docs" and "documents" of a search for dispatches.
bool is_list(std::string_view key) { return key == "items" || key == "docs" || key == "documents"; }

// Goes through the beginning of an object, as far as a list of stories.
class ListFinder {
 public:
  enum class Verdict : std::uint8_t { list, none, more };

  Verdict read(std::string_view bytes) {
    for (; at_ < bytes.size(); ++at_) {
      const char c = bytes[at_];
      if (in_string_) {
        if (!std::exchange(escaped_, !escaped_ && c == '\\') && c == '"') {
          in_string_ = false;
          last_ = bytes.substr(string_, at_ - string_);
        }
      } else if (c == '"') {
        in_string_ = true;
        string_ = at_ + 1;
      } else if (c == '[' && depth_ > 0 && depth_ <= 2 && is_list(last_)) {
        return Verdict::list;
      } else if (c == '{' || c == '[') {
        ++depth_;
        last_.clear();
      } else if ((c == '}' || c == ']') && --depth_ <= 0) {
        return Verdict::none;
      } else if (c == ',') {
        last_.clear();
      }
    }
    return Verdict::more;
  }

  std::size_t at() const { return at_; }
  int depth() const { return depth_; }

 private:
  std::size_t at_ = 0;
  std::size_t string_ = 0;
  std::string last_;  // the string that came last: before '[', the key
  int depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

class JsonSource : public Source {
 public:
  JsonSource(ByteReader reader, std::string file)
      : reader_(std::move(reader)), file_(std::move(file)) {}

  bool next(RawRecord& record) override {
    if (!head_) open();
    if (done_ || !find_object()) return end(record);
    record = RawRecord{.place = {.file = file_}, .form = Form::json, .head = head_};
    // A file that is one object is named without a number.
    if (++item_ > 1 || many_) record.place.item = item_;
    cut(record);
    return true;
  }

 private:
  // Enters the list of items, where there is one, and keeps what stands before it.
  void open() {
    auto head = std::make_shared<FileHead>(FileHead{.vocabulary = Vocabulary::json});
    while (reader_.pending().find_first_of("{[") == std::string_view::npos) {
      if (!reader_.read_more()) break;
    }
    reader_.consume(std::min(reader_.pending().find_first_of("{["), reader_.pending().size()));
    if (reader_.pending().starts_with('[')) {
      many_ = true;
      reader_.consume(1);
    } else {
      find_list(*head);
    }
    head_ = std::move(head);
  }

  void find_list(FileHead& head) {
    ListFinder finder;
    ListFinder::Verdict verdict = ListFinder::Verdict::more;
    while ((verdict = finder.read(reader_.pending())) == ListFinder::Verdict::more) {
      if (reader_.pending().size() > kMaxHead || !reader_.read_more()) return;
    }
    if (verdict == ListFinder::Verdict::none) return;
    many_ = true;
    std::string object(reader_.pending().substr(0, finder.at()));
    object += "[]" + std::string(static_cast<std::size_t>(finder.depth()), '}');
    read_json_head(object, head);
    reader_.consume(finder.at() + 1);
  }

  bool end(RawRecord& record) {
    if (std::exchange(done_, true)) return false;
    if (reader_.error().empty() && (many_ || item_ > 0)) return false;
    record = {.place = {.file = file_}, .trouble = Trouble::refused, .reason = reader_.error()};
    if (record.reason.empty()) record.reason = "no JSON object";
    return true;
  }

  // To the next object; what is no object between two of them is stepped over.
  bool find_object() {
    while (true) {
      const std::size_t open = reader_.pending().find_first_of(many_ ? "{]" : "{");
      if (open != std::string_view::npos) {
        reader_.consume(open);
        return reader_.pending().starts_with('{');  // what follows a list is not read
      }
      reader_.consume(reader_.pending().size());
      if (!reader_.read_more()) return false;
    }
  }

  void cut(RawRecord& record) {
    JsonCutter cutter;
    while (!cutter.find_end(reader_.pending())) {
      if (reader_.pending().size() > kMaxRecordBytes) return skip(record, cutter);
      if (!reader_.read_more()) return cut_short(record);
    }
    if (cutter.deepest() > kMaxDepth) {
      record.trouble = Trouble::refused;
      record.reason = "nested more than 500 deep";
    } else {
      record.bytes = reader_.pending().substr(0, cutter.at());
    }
    reader_.consume(cutter.at());
  }

  void cut_short(RawRecord& record) {
    done_ = true;
    record.trouble = Trouble::refused;
    record.reason = reader_.error().empty() ? "the file ends inside this object" : reader_.error();
  }

  void skip(RawRecord& record, JsonCutter& cutter) {
    record.trouble = Trouble::refused;
    record.reason = kTooLarge;
    do {
      const std::size_t passed = cutter.at();
      reader_.consume(passed);
      cutter.consumed(passed);
      done_ = !reader_.read_more();
    } while (!done_ && !cutter.find_end(reader_.pending()));
    if (!done_) reader_.consume(cutter.at());
  }

  ByteReader reader_;
  std::string file_;
  std::shared_ptr<const FileHead> head_;
  std::size_t item_ = 0;
  bool many_ = false;  // the objects are in a list
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Source> read_json(ByteReader reader, std::string file) {
  return std::make_unique<JsonSource>(std::move(reader), std::move(file));
}

}  // namespace glane
