#include "read/detect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "read/csv_row.h"
#include "values/among.h"

namespace glane {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMostLookedAt = 65536;
constexpr std::string_view kBlank = " \t\r\n";

std::string_view without_packing(std::string_view file) {
  for (const std::string_view suffix : {".gz"sv, ".zst"sv, ".xz"sv, ".bz2"sv}) {
    if (file.ends_with(suffix)) file.remove_suffix(suffix.size());
  }
  return file;
}

std::string_view behind_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

std::string_view first_content(std::string_view bytes) {
  bytes = behind_mark(bytes);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(kBlank), bytes.size()));
  return bytes;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

// ---- markup

bool is_html_element(std::string_view name) {
  static constexpr std::array kNames = {"html"sv,  "head"sv,    "body"sv,    "title"sv, "meta"sv,
                                        "link"sv,  "script"sv,  "div"sv,     "p"sv,     "h1"sv,
                                        "h2"sv,    "article"sv, "section"sv, "main"sv,  "span"sv,
                                        "table"sv, "a"sv,       "b"sv,       "header"sv};
  return among(name, kNames);
}

bool is_feed_root(std::string_view name) {
  static constexpr std::array kNames = {"rss"sv,    "rdf"sv,         "feed"sv,     "entry"sv,
                                        "newsml"sv, "newsmessage"sv, "newsitem"sv, "nitf"sv};
  return among(name.substr(name.find(':') + 1), kNames);
}

// `bytes` begin with '<'.
Form detect_markup(std::string_view bytes) {
  const bool declared = bytes.starts_with("<?xml");
  while (bytes.starts_with("<?") || bytes.starts_with("<!")) {
    if (lower(bytes.substr(0, 14)).starts_with("<!doctype html")) return Form::html;
    const std::string_view close = bytes.starts_with("<!--") ? "-->" : ">";
    const std::size_t end = bytes.find(close);
    if (end == bytes.npos) return declared ? Form::xml : Form::html;
    bytes = first_content(bytes.substr(end + close.size()));
  }
  const std::size_t end = std::min(bytes.find_first_of(" \t\r\n/>"), bytes.size());
  const std::string name = lower(bytes.substr(std::min<std::size_t>(1, bytes.size()), end - 1));
  if (is_html_element(name)) return Form::html;
  return declared || is_feed_root(name) ? Form::xml : Form::text;
}

// ---- JSON

// Goes through an object up to the end of its first line.
class FirstLine {
 public:
  // Gives what can be said, or nothing when the line goes on.
  std::optional<Form> read(std::string_view bytes) {
    for (; at_ < bytes.size(); ++at_) {
      const char c = bytes[at_];
      if (in_string_) {
        read_in_string(bytes, c);
      } else if (c == '"') {
        in_string_ = true;
        string_ = at_ + 1;
      } else if (c == '{' || c == '[') {
        ++depth_;
      } else if (c == '\n' && depth_ > 0) {
        return Form::json;
      } else if ((c == '}' || c == ']') && --depth_ == 0) {
        return feed_ ? Form::json : Form::jsonl;
      }
      if (feed_) return Form::json;
    }
    return std::nullopt;
  }

 private:
  void read_in_string(std::string_view bytes, char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      const std::string_view text = bytes.substr(string_, at_ - string_);
      // "https://jsonfeed.org/version/1.1", and the answers of a search for dispatches
      const bool version = text.find("jsonfeed.org/version") != text.npos;
      feed_ = feed_ || (depth_ == 1 && (version || text == "response"));
    }
  }

  std::size_t at_ = 0;
  std::size_t string_ = 0;
  int depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool feed_ = false;
};

Form detect_object(ByteReader& reader) {
  const std::size_t mark = reader.pending().size() - first_content(reader.pending()).size();
  FirstLine line;
  while (true) {
    const auto form = line.read(reader.pending().substr(mark));
    if (form) return *form;
    if (reader.pending().size() > kMostLookedAt || !reader.read_more()) return Form::jsonl;
  }
}

// "[" before an object; "[Reportage] …" is text.
Form detect_array(std::string_view bytes) {
  return first_content(bytes.substr(1)).starts_with('{') ? Form::json : Form::text;
}

// ---- the rest

// "abc123 4 pol 0123 …": service and number, urgency, category, words.
bool is_wire(std::string_view bytes) {
  if (bytes.starts_with('\x01') || bytes.starts_with("ZCZC")) return true;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto all = [](std::string_view word, auto is) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is);
  };
  const std::vector<std::string> words = split_row(bytes.substr(0, bytes.find('\n')), ' ');
  if (words.size() < 4 || words[0].size() < 5) return false;
  return all(words[0].substr(0, 3), letter) && all(words[0].substr(3), digit) &&
         words[1].size() == 1 && digit(words[1][0]) && all(words[2], letter) &&
         all(words[3], digit);
}

bool is_csv(std::string_view bytes, const FieldMap& fields) {
  const std::string_view header = bytes.substr(0, bytes.find('\n'));
  if (header.size() == bytes.size()) return false;
  const std::vector<std::string> names = split_row(header, delimiter_of(header));
  const auto text = fields.find("text");
  return names.size() > 1 && column_of(text == fields.end() ? "text" : text->second, names);
}

}  // namespace

bool is_wide(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  return bytes.starts_with("<\0"sv) || bytes.starts_with("\0<"sv) || bytes.starts_with("{\0"sv) ||
         bytes.starts_with("\0{"sv) || bytes.starts_with("[\0"sv) || bytes.starts_with("\0["sv) ||
         bytes.starts_with("\0\0\xFE\xFF"sv);
}

Form detect_form(ByteReader& reader, std::string_view file, const FieldMap& fields) {
  file = without_packing(file);
  if (file.ends_with(".jsonl") || file.ends_with(".ndjson")) return Form::jsonl;
  if (file.ends_with(".txt")) return Form::text;
  if (file.ends_with(".csv") || file.ends_with(".tsv")) return Form::csv;
  while (first_content(reader.pending()).empty() && reader.read_more()) {
  }
  const std::string_view content = first_content(reader.pending());
  if (content.starts_with('{')) return detect_object(reader);
  reader.read_ahead(kMostLookedAt);
  const std::string_view more = first_content(reader.pending());
  if (more.starts_with('<')) return detect_markup(more);
  if (more.starts_with('[')) return detect_array(more);
  if (more.starts_with("WARC/")) return Form::warc;
  if (is_wire(more)) return Form::iptc7901;
  return is_csv(more, fields) ? Form::csv : Form::text;
}

}  // namespace glane
