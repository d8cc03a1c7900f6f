// Tokens with tags, a line each: CoNLL-2002 and its heirs (annotation_formats.h).
#include <algorithm>
#include <optional>
#include <string_view>

#include "evaluate/annotation_formats.h"
#include "evaluate/mentions.h"
#include "glane/ruleset.h"
#include "values/offsets.h"

namespace glane {
namespace {

std::vector<std::string> columns(const std::string& line) {
  const std::string separators = line.find('\t') == std::string::npos ? " " : "\t";
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find_first_of(separators, begin), line.size());
    if (end > begin) parts.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool ends_with_any(const std::string& token, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return token.ends_with(end); });
}

// French as it is printed: no space behind "l'" and "(", none before ")" and ",".
bool is_glued(const std::string& before, const std::string& token) {
  if (ends_with_any(before, {"'", "’", "(", "["})) return true;
  return token == "," || token == "." || token == ")" || token == "]" || token == "…";
}

// The value of "# NAME = VALUE" or "# NAME VALUE" when the comment is of that name.
std::optional<std::string> comment(const std::string& line, std::string_view name) {
  std::size_t at = line.find_first_not_of("# ");
  if (at == std::string::npos || line.compare(at, name.size(), name) != 0) return std::nullopt;
  at += name.size();
  if (at < line.size() && line[at] != ' ' && line[at] != '=') return std::nullopt;
  at = line.find_first_not_of(" =", at);
  return at == std::string::npos ? "" : line.substr(at);
}

// "# O" is a token, "# text" and "# newdoc id = B-12" are comments.
bool is_tagged(const std::string& line) {
  if (line.find(" = ") != std::string::npos) return false;
  const std::vector<std::string> parts = columns(line);
  const std::string& tag = parts.back();
  return parts.size() > 1 && (tag == "O" || (tag.size() > 2 && tag[1] == '-'));
}

class ConllFile {
 public:
  explicit ConllFile(const std::filesystem::path& file) : file_(file) {}

  ReadDocuments read() {
    for (const std::string& line : lines_of(read_utf8(file_))) {
      ++line_;
      read_line(line);
    }
    end_document();
    complete_layers(read_.documents);
    return std::move(read_);
  }

 private:
  struct Span {
    std::string label;
    std::size_t start = 0;
    std::size_t end = 0;
  };
  struct TagColumn {
    std::size_t place = 0;
    std::optional<Span> open;
  };

  void read_line(const std::string& line) {
    if (line.find_first_not_of(" \t") == std::string::npos) return end_sentence();
    if (line.starts_with("-DOCSTART-")) return begin_document({});
    if (line.starts_with('#') && !is_tagged(line)) return read_comment(line);
    if (line.starts_with("TOKEN\t")) return read_header(line);
    if (is_wikiner(line)) return read_wikiner(line);
    read_token(line);
  }

  void read_comment(const std::string& line) {
    for (const char* name : {"document_id", "newdoc id", "hipe2022:document_id", "id"}) {
      if (const auto id = comment(line, name)) return begin_document(*id);
    }
    for (const char* name : {"newdoc date", "date", "hipe2022:date"}) {
      if (const auto date = comment(line, name)) document_["date"] = *date;
    }
    if (const auto names = comment(line, "global.columns")) read_columns(*names);
    if (const auto text = comment(line, "newdoc text")) read_whole_text(*text);
  }

  // The text of the document as a JSON string: tokens are then found in it, one behind another.
  void read_whole_text(const std::string& json) {
    const Json text = Json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (text.is_string()) whole_ = code_points(text.get<std::string>());
  }

  // glane's own: a column for each layer.
  void read_columns(const std::string& names) {
    tags_.clear();
    const std::vector<std::string> all = columns(names);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].starts_with("GLANE:")) tags_.push_back({i, {}});
    }
  }

  void read_header(const std::string& line) {
    const std::vector<std::string> header = columns(line);
    const auto found = std::find(header.begin(), header.end(), "NE-COARSE-LIT");
    if (found == header.end()) fail("no column NE-COARSE-LIT");
    tags_ = {{static_cast<std::size_t>(found - header.begin()), {}}};
    is_hipe_ = true;
  }

  void read_token(const std::string& line) {
    const std::vector<std::string> parts = columns(line);
    if (parts.size() < 2) fail("not a token and its tag");
    if (tags_.empty()) tags_.resize(1);
    const std::size_t start = add_token(parts.front());
    for (TagColumn& column : tags_) {
      const std::size_t place = column.place == 0 ? parts.size() - 1 : column.place;
      if (place >= parts.size()) fail("not a token and its tag");
      tag_token(column, parts[place], start);
    }
    no_space_ = is_hipe_ && parts.back().find("NoSpaceAfter") != std::string::npos;
  }

  static bool is_wikiner(const std::string& line) {
    const std::string first = line.substr(0, line.find(' '));
    return first.size() < line.size() && std::count(first.begin(), first.end(), '|') == 2 &&
           line.find('\t') == std::string::npos;
  }

  // "Le|DET|O roi|NOM|O de|PRP|O Suède|NAM|I-LOC": a sentence a line.
  void read_wikiner(const std::string& line) {
    for (const std::string& word : columns(line)) {
      const std::size_t tag = word.rfind('|');
      const std::size_t pos = tag == std::string::npos || tag == 0 ? tag : word.rfind('|', tag - 1);
      if (pos == std::string::npos || pos == 0) fail("not of the form word|POS|tag");
      if (tags_.empty()) tags_.resize(1);
      const std::size_t start = add_token(word.substr(0, pos));
      tag_token(tags_.front(), word.substr(tag + 1), start);
    }
    end_sentence();
  }

  // Where the token begins.
  std::size_t add_token(const std::string& token) {
    const std::u32string points = code_points(token);
    const std::size_t start = whole_.empty() ? place_token(token, points) : find_token(points);
    end_ = start + points.size();
    before_ = token;
    is_empty_ = false;
    return start;
  }

  std::size_t place_token(const std::string& token, const std::u32string& points) {
    if (!before_.empty() && !no_space_ && !is_glued(before_, token)) text_ += U' ';
    text_ += points;
    return text_.size() - points.size();
  }

  std::size_t find_token(const std::u32string& points) {
    const std::size_t start = whole_.find(points, end_);
    if (start == std::u32string::npos) fail("a token that does not follow in the text");
    return start;
  }

  // IOB2, IOB1 and IO: an I- that continues nothing begins.
  void tag_token(TagColumn& column, const std::string& tag, std::size_t start) {
    const std::string label = tag.size() > 2 ? tag.substr(2) : "";
    const bool is_inside = tag.starts_with("I-") || tag.starts_with("E-");
    if (is_inside && column.open && column.open->label == label) {
      column.open->end = end_;
      return;
    }
    close_span(column);
    if (tag == "O" || tag == "_") return;
    if (label.empty() || tag[1] != '-') fail("\"" + tag + "\" is no tag of the kind B-TYPE");
    column.open = Span{label, start, end_};
  }

  void close_span(TagColumn& column) {
    if (column.open) spans_.push_back(*column.open);
    column.open.reset();
  }

  void close_spans() {
    for (TagColumn& column : tags_) close_span(column);
  }

  // Where the text is given, a quote may go on in the next sentence.
  void end_sentence() {
    if (whole_.empty()) close_spans();
    if (!before_.empty() && whole_.empty()) text_ += U'\n';
    before_.clear();
    no_space_ = false;
  }

  void begin_document(const std::string& id) {
    end_document();
    document_["id"] = id;
  }

  void end_document() {
    close_spans();
    if (!is_empty_ || !whole_.empty()) finish_document();
    document_ = Json::object();
    text_.clear();
    whole_.clear();
    spans_.clear();
    before_.clear();
    end_ = 0;
    no_space_ = false;
    is_empty_ = true;
  }

  void finish_document() {
    const std::string id = document_.value("id", "");
    if (id.empty()) {
      document_["id"] = std::to_string(read_.documents.size() + 1);
    }
    std::string text;
    for (const char32_t c : whole_.empty() ? text_ : whole_) append_utf8(c, text);
    document_["text"] = text;
    for (const Span& span : spans_) {
      add_annotation(document_, span.label, static_cast<long long>(span.start),
                     static_cast<long long>(span.end));
    }
    read_.documents.push_back(std::move(document_));
  }

  [[noreturn]] void fail(const std::string& reason) const {
    throw SetupError(file_.string() + ":" + std::to_string(line_) + ": " + reason);
  }

  std::filesystem::path file_;
  int line_ = 0;
  ReadDocuments read_;
  std::vector<TagColumn> tags_;  // of place 0: the last column, whichever that is
  bool is_hipe_ = false;

  Json document_ = Json::object();
  std::u32string text_;   // put together from tokens
  std::u32string whole_;  // or given by the file
  std::vector<Span> spans_;
  std::string before_;     // the token before, in this sentence
  std::size_t end_ = 0;    // of the token before
  bool no_space_ = false;  // behind the token before
  bool is_empty_ = true;   // no token yet
};

}  // namespace

ReadDocuments read_conll(const std::filesystem::path& file) {
  ReadDocuments read = ConllFile(file).read();
  if (read.documents.empty()) throw SetupError(file.string() + ": holds no token");
  return read;
}

}  // namespace glane
