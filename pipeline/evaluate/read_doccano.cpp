// doccano's JSON Lines of sequence labelling. It counts as JavaScript does, in UTF-16 units.
#include "evaluate/annotation_formats.h"
#include "evaluate/mentions.h"
#include "evaluate/utf16_places.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

class DoccanoFile {
 public:
  explicit DoccanoFile(const std::filesystem::path& file) : file_(file) {}

  ReadDocuments read() {
    for (const std::string& line : lines_of(read_bytes(file_))) {
      ++line_;
      if (line.find_first_not_of(" \t") != std::string::npos) read_record(line);
    }
    complete_layers(read_.documents);
    return std::move(read_);
  }

 private:
  void read_record(const std::string& line) {
    const Json record = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!record.is_object() || !record.contains("text") || !record["text"].is_string()) {
      fail("no JSON object with a \"text\"");
    }
    Json document = {{"id", id_of(record)}, {"text", record["text"]}};
    if (record.contains("date")) document["date"] = record["date"];
    const Utf16Places places(document["text"].get<std::string>());
    for (const char* name : {"label", "labels"}) {
      for (const Json& item : record.value(name, Json::array())) add_triple(document, item, places);
    }
    for (const Json& item : record.value("entities", Json::array())) {
      add_object(document, item, places);
    }
    read_.documents.push_back(std::move(document));
  }

  // doccano numbers its own records; the id of an article that was imported is among its
  // columns, which come back beside the text, or under "meta" in old versions.
  Json id_of(const Json& record) const {
    const Json meta = record.value("meta", Json::object());
    if (meta.is_object() && meta.contains("id")) return meta["id"];
    if (record.contains("id")) return record["id"];
    return std::to_string(line_);
  }

  void add_triple(Json& document, const Json& item, const Utf16Places& places) {
    if (!item.is_array() || item.size() < 3 || !item[2].is_string()) {
      fail("a label that is not [start, end, \"NAME\"]");
    }
    add(document, item[0], item[1], item[2], Json::object(), places);
  }

  void add_object(Json& document, const Json& item, const Utf16Places& places) {
    if (!item.is_object() || !item.contains("label") || !item["label"].is_string()) {
      fail("an entity without \"label\"");
    }
    add(document, item.value("start_offset", Json()), item.value("end_offset", Json()),
        item["label"], item.value("glane", Json::object()), places);
  }

  void add(Json& document, const Json& start, const Json& end, const Json& label,
           const Json& fields, const Utf16Places& places) {
    if (!start.is_number_integer() || !end.is_number_integer()) fail("an offset that is no number");
    const auto first = places.code_point(start.get<long long>());
    const auto last = places.code_point(end.get<long long>());
    if (!first || !last) {
      read_.notes.push_back(place() + "a label outside of the text; left out");
      return;
    }
    add_annotation(document, label, *first, *last, fields);
  }

  std::string place() const { return file_.string() + ":" + std::to_string(line_) + ": "; }
  [[noreturn]] void fail(const std::string& reason) const { throw SetupError(place() + reason); }

  std::filesystem::path file_;
  int line_ = 0;
  ReadDocuments read_;
};

}  // namespace

ReadDocuments read_doccano(const std::filesystem::path& file) { return DoccanoFile(file).read(); }

}  // namespace glane
