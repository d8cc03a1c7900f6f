// TimeML and ISO-TimeML with TIMEX3 elements inside the text, as TimeBank and FR-TimeBank have.
#include <algorithm>
#include <pugixml.hpp>

#include "evaluate/annotation_formats.h"
#include "evaluate/mentions.h"
#include "glane/ruleset.h"
#include "values/lower_case.h"
#include "values/offsets.h"

namespace glane {
namespace {

bool is_named(const pugi::xml_node& node, const char* name) {
  return lower_case(node.name()) == name;
}

pugi::xml_node find_element(const pugi::xml_node& root, const char* name) {
  return root.find_node([&](const pugi::xml_node& node) { return is_named(node, name); });
}

// "timex3" elements that tell when the document was made.
bool is_creation_time(const pugi::xml_node& timex) {
  return std::string_view(timex.attribute("functionInDocument").value()) == "CREATION_TIME" ||
         std::string_view(timex.attribute("functionInDocument").value()) == "PUBLICATION_TIME";
}

// What TimeML's "mod" says in the words of corpus/ANNOTATION.md; "" where it has none.
std::string modifier_of(std::string_view mod) {
  if (mod == "APPROX") return "approx";
  if (mod == "START") return "start";
  if (mod == "MID") return "mid";
  if (mod == "END") return "end";
  if (mod == "MORE_THAN" || mod == "EQUAL_OR_MORE") return "min";
  if (mod == "LESS_THAN" || mod == "EQUAL_OR_LESS") return "max";
  return "";
}

Json fields_of(const pugi::xml_node& timex) {
  Json fields = Json::object();
  const std::string value = timex.attribute("value").value();
  if (!value.empty()) fields["value"] = value;
  const std::string modifier = modifier_of(timex.attribute("mod").value());
  if (!modifier.empty()) fields["modifier"] = modifier;
  return fields;
}

struct Timex {
  std::string label;
  long long start = 0;
  long long end = 0;
  Json fields;
};

// The characters of an element and of those inside it, and where the TIMEX3 among them stand.
class TextWalk {
 public:
  void walk(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      text_ += node.value();
      points_ += static_cast<long long>(code_points(node.value()).size());
      return;
    }
    if (is_named(node, "docid") || is_named(node, "dct") || is_named(node, "extrainfo")) return;
    const long long start = points_;
    for (const pugi::xml_node& child : node.children()) walk(child);
    if (is_named(node, "timex3") && points_ > start) {
      found_.push_back({type_of(node), start, points_, fields_of(node)});
    }
  }

  const std::string& text() const { return text_; }
  const std::vector<Timex>& found() const { return found_; }

 private:
  static std::string type_of(const pugi::xml_node& timex) {
    const std::string type = timex.attribute("type").value();
    return "figures." + (type.empty() ? "date" : lower_case(type));
  }

  std::string text_;
  long long points_ = 0;
  std::vector<Timex> found_;
};

std::string creation_date(const pugi::xml_node& root) {
  const pugi::xml_node timex = root.find_node([](const pugi::xml_node& node) {
    return is_named(node, "timex3") && is_creation_time(node);
  });
  const pugi::xml_node dct = find_element(find_element(root, "dct"), "timex3");
  const std::string value = (timex ? timex : dct).attribute("value").value();
  return value.substr(0, 10);  // without the time of day
}

Json read_document(const std::filesystem::path& file, const std::string& id) {
  pugi::xml_document xml;
  const std::string bytes = read_bytes(file);
  const auto result =
      xml.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!result) {
    const auto line = std::count(bytes.begin(), bytes.begin() + result.offset, '\n') + 1;
    throw SetupError(file.string() + ":" + std::to_string(line) + ": " + result.description());
  }
  const pugi::xml_node text = find_element(xml, "text");
  TextWalk walk;
  walk.walk(text ? text : xml.document_element());
  Json document = {{"id", id}, {"text", walk.text()}, {"figures", Json::array()}};
  if (const std::string date = creation_date(xml); !date.empty()) document["date"] = date;
  for (const Timex& timex : walk.found()) {
    add_annotation(document, timex.label, timex.start, timex.end, timex.fields);
  }
  return document;
}

}  // namespace

ReadDocuments read_timeml(const std::filesystem::path& path) {
  ReadDocuments read;
  if (!std::filesystem::is_directory(path)) {
    read.documents.push_back(read_document(path, path.stem().string()));
    return read;
  }
  for (const char* extension : {".tml", ".xml"}) {
    for (const std::filesystem::path& file : files_below(path, extension)) {
      std::filesystem::path id = file.lexically_relative(path);
      id.replace_extension();
      read.documents.push_back(read_document(file, id.generic_string()));
    }
  }
  if (read.documents.empty()) throw SetupError(path.string() + ": no .tml or .xml file in it");
  complete_layers(read.documents);
  return read;
}

}  // namespace glane
