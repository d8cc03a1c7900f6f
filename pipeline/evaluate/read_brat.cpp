// BRAT's stand-off: https://brat.nlplab.org/standoff.html says what the lines mean.
#include <charconv>
#include <map>
#include <optional>

#include "evaluate/annotation_formats.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

// T1 \t Person 0 4 \t Anne
struct TextBound {
  std::string label;
  long long start = 0;
  long long end = 0;
  std::string text;
  int line = 0;
  Json fields = Json::object();
};

std::vector<std::string> split(const std::string& text, char separator, std::size_t most) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (parts.size() + 1 < most) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string::npos) break;
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// "Person 0 4" or "Person 0 4;9 13": the first start and the last end.
std::optional<TextBound> read_text_bound(const std::string& middle) {
  const std::size_t space = middle.find(' ');
  if (space == std::string::npos) return std::nullopt;
  const std::string places = middle.substr(space + 1);
  const std::size_t last = places.find_last_of(' ');
  TextBound bound;
  bound.label = middle.substr(0, space);
  const auto reads = [](const std::string& digits, long long& number) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc();
  };
  if (last == std::string::npos || !reads(places, bound.start)) return std::nullopt;
  if (!reads(places.substr(last + 1), bound.end)) return std::nullopt;
  return bound;
}

// glane's export writes as %XX what a file name cannot hold.
std::string unescaped(const std::string& name) {
  std::string id;
  for (std::size_t i = 0; i < name.size(); ++i) {
    int code = 0;
    const char* digits = name.data() + i + 1;
    if (name[i] == '%' && i + 2 < name.size() &&
        std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
      id += static_cast<char>(code);
      i += 2;
    } else {
      id += name[i];
    }
  }
  return id;
}

class BratFile {
 public:
  BratFile(const std::filesystem::path& file, std::vector<std::string>& notes)
      : file_(file), notes_(notes) {}

  void read_into(Json& document) {
    int number = 0;
    for (const std::string& line : lines_of(read_utf8(file_))) read_line(line, ++number);
    for (const std::string& id : order_) {
      const TextBound& bound = bounds_.at(id);
      add_annotation(document, bound.label, bound.start, bound.end, bound.fields);
      check_text(document, bound);
    }
  }

 private:
  void read_line(const std::string& line, int number) {
    const std::vector<std::string> parts = split(line, '\t', 3);
    if (line.starts_with('T')) add_bound(parts, number);
    if (line.starts_with('A') || line.starts_with('M')) add_attribute(parts);
    if (line.starts_with('#')) add_note(parts, number);
  }

  void add_bound(const std::vector<std::string>& parts, int number) {
    std::optional<TextBound> bound = parts.size() > 1 ? read_text_bound(parts[1]) : std::nullopt;
    if (!bound) {
      note(number, "not of the form T1 <tab> TYPE START END <tab> TEXT; left out");
      return;
    }
    if (parts.size() > 2) bound->text = parts[2];
    bound->line = number;
    if (bounds_.emplace(parts[0], *bound).second) order_.push_back(parts[0]);
  }

  // A1 \t modifier T3 approx
  void add_attribute(const std::vector<std::string>& parts) {
    if (parts.size() < 2) return;
    const std::vector<std::string> words = split(parts[1], ' ', 3);
    if (words.size() < 2 || !bounds_.contains(words[1])) return;
    bounds_.at(words[1]).fields[words[0]] = words.size() > 2 ? Json(words[2]) : Json(true);
  }

  // #1 \t glane T3 \t {"value": 12}: fields that a space or a number would spoil in an attribute.
  void add_note(const std::vector<std::string>& parts, int number) {
    if (parts.size() < 3) return;
    const std::vector<std::string> words = split(parts[1], ' ', 2);
    if (words.size() < 2 || words[0] != "glane" || !bounds_.contains(words[1])) return;
    const Json fields = Json::parse(parts[2], nullptr, /*allow_exceptions=*/false);
    if (!fields.is_object()) {
      note(number, "a note of kind glane that is no JSON object; left out");
      return;
    }
    for (const auto& [name, value] : fields.items()) {
      bounds_.at(words[1]).fields[name] = value;
    }
  }

  // Pieces that were one are joined by a space there; only one piece can be compared.
  void check_text(const Json& document, const TextBound& bound) {
    const Json records = document.value(layered_type(bound.label).layer, Json::array());
    if (records.empty() || bound.text.empty()) return;
    const std::string there = records.back().at("text");
    if (there == bound.text || records.back().at("start") != bound.start) return;
    const bool is_cut = there.starts_with(bound.text.substr(0, bound.text.find(' ')));
    if (!is_cut) note(bound.line, "\"" + bound.text + "\" does not stand at its offsets");
  }

  void note(int number, const std::string& reason) {
    notes_.push_back(file_.string() + ":" + std::to_string(number) + ": " + reason);
  }

  std::filesystem::path file_;
  std::vector<std::string>& notes_;
  std::map<std::string, TextBound> bounds_;
  std::vector<std::string> order_;
};

}  // namespace

ReadDocuments read_brat(const std::filesystem::path& folder) {
  ReadDocuments read;
  for (const std::filesystem::path& file : files_below(folder, ".ann")) {
    std::filesystem::path text = file;
    text.replace_extension(".txt");
    std::filesystem::path name = file.lexically_relative(folder);
    name.replace_extension();
    Json document = {{"id", unescaped(name.generic_string())}, {"text", read_utf8(text)}};
    BratFile(file, read.notes).read_into(document);
    read.documents.push_back(std::move(document));
  }
  if (read.documents.empty()) throw SetupError(folder.string() + ": no .ann file in this folder");
  complete_layers(read.documents);
  return read;
}

}  // namespace glane
