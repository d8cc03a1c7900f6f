// Label Studio's JSON: tasks with results. Its offsets are code points since it was made to agree
// with Python; files of older versions count UTF-16 units, which the text beside them tells.
#include "evaluate/annotation_formats.h"
#include "evaluate/mentions.h"
#include "evaluate/utf16_places.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

struct Place {
  long long start = 0;
  long long end = 0;
};

class LabelStudioFile {
 public:
  explicit LabelStudioFile(const std::filesystem::path& file) : file_(file) {}

  ReadDocuments read() {
    const std::string bytes = read_bytes(file_);
    const Json whole = Json::parse(bytes, nullptr, /*allow_exceptions=*/false);
    if (whole.is_array()) {
      for (const Json& task : whole) read_task(task);
    } else if (whole.is_object()) {
      read_task(whole);
    } else {
      read_lines(bytes);
    }
    complete_layers(read_.documents);
    return std::move(read_);
  }

 private:
  void read_lines(const std::string& bytes) {
    for (const std::string& line : lines_of(bytes)) {
      if (line.find_first_not_of(" \t") == std::string::npos) continue;
      read_task(Json::parse(line, nullptr, /*allow_exceptions=*/false));
    }
  }

  void read_task(const Json& task) {
    ++number_;
    const Json data = task.is_object() ? task.value("data", Json::object()) : Json();
    if (!data.is_object() || !data.contains("text") || !data["text"].is_string()) {
      fail("no task with a text under \"data\"");
    }
    Json document = {{"id", id_of(task, data)}, {"text", data["text"]}};
    for (const char* name : {"date", "title"}) {
      if (data.contains(name)) document[name] = data[name];
    }
    for (const Json& result : results_of(task)) add_result(document, result);
    read_.documents.push_back(std::move(document));
  }

  Json id_of(const Json& task, const Json& data) const {
    if (data.contains("id")) return data["id"];
    if (task.contains("id")) return task["id"];
    return std::to_string(number_);
  }

  // What people wrote last, else what a model proposed last.
  static Json results_of(const Json& task) {
    for (const char* name : {"annotations", "completions", "predictions"}) {
      const Json versions = task.value(name, Json::array());
      if (versions.is_array() && !versions.empty()) {
        return versions.back().value("result", Json::array());
      }
    }
    return Json::array();
  }

  void add_result(Json& document, const Json& result) {
    const Json value = result.is_object() ? result.value("value", Json::object()) : Json();
    if (!value.is_object() || !value.contains("labels")) return;  // relations, choices, ratings
    if (!value["labels"].is_array() || value["labels"].empty()) return;
    const Json start = value.value("start", Json()), end = value.value("end", Json());
    if (!start.is_number_integer() || !end.is_number_integer()) fail("an offset that is no number");
    const Json meta = result.value("meta", Json::object());
    const Json fields = meta.is_object() ? meta.value("glane", Json::object()) : Json::object();
    const Place place = place_of(document, value, {start.get<long long>(), end.get<long long>()});
    for (const Json& label : value["labels"]) {
      if (label.is_string()) add_annotation(document, label, place.start, place.end, fields);
    }
  }

  // Code points, unless the text says that they were UTF-16 units.
  Place place_of(const Json& document, const Json& value, Place place) {
    if (!value.contains("text") || !value["text"].is_string()) return place;
    const std::string text = document["text"];
    const std::u32string points = code_points(text);
    const std::u32string wanted = code_points(value["text"].get<std::string>());
    if (stands_at(points, wanted, place.start)) return place;
    const Utf16Places units(text);
    const auto start = units.code_point(place.start), end = units.code_point(place.end);
    if (start && end && stands_at(points, wanted, *start)) return {*start, *end};
    read_.notes.push_back(file_.string() + ", task " + std::to_string(number_) + ": \"" +
                          value["text"].get<std::string>() + "\" does not stand at its offsets");
    return place;
  }

  static bool stands_at(const std::u32string& text, const std::u32string& wanted, long long at) {
    if (at < 0 || at > static_cast<long long>(text.size())) return false;
    return text.compare(static_cast<std::size_t>(at), wanted.size(), wanted) == 0;
  }

  [[noreturn]] void fail(const std::string& reason) const {
    throw SetupError(file_.string() + ", task " + std::to_string(number_) + ": " + reason);
  }

  std::filesystem::path file_;
  int number_ = 0;
  ReadDocuments read_;
};

}  // namespace

ReadDocuments read_label_studio(const std::filesystem::path& file) {
  return LabelStudioFile(file).read();
}

}  // namespace glane
