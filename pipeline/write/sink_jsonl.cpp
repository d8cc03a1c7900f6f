// JSON Lines, for files and for pipes, and the same documents as one JSON array.
#include "read/source.h"
#include "values/json_text.h"
#include "write/output_file.h"
#include "write/sink.h"
#include "write/stream_sink.h"
#include "write/write_json.h"

namespace glane {

namespace {

std::string error_record(const ParsedRecord& record, const JsonOptions& options) {
  std::string json = R"({"schema":"glane/1","id":)";
  if (record.article.id.empty()) {
    json += "null";
  } else {
    append_json_string(record.article.id, json);
  }
  json += R"(,"error":{"file":)";
  append_json_string(record.place.file, json);
  json += R"(,"line":)" + std::to_string(record.place.line) + R"(,"reason":)";
  append_json_string(record.reason, json);
  json += "}}";
  return options.ascii ? to_ascii(json) : json;
}

class FilterSink : public Sink {
 public:
  FilterSink(const RuleSet& rules, const JsonOptions& options)
      : file_("-"), rules_(rules), options_(options) {
    options_.pretty = false;
  }

  std::string render(const Document& document) const override {
    return to_json(document, rules_, options_) + '\n';
  }
  void write(const Document&, std::string&& rendered) override { send(rendered); }
  void refuse(const ParsedRecord& record) override { send(error_record(record, options_) + '\n'); }
  void finish() override { file_.finish(); }

 private:
  void send(const std::string& line) {
    file_.write(line);
    file_.flush();
  }

  OutputFile file_;
  RuleSet rules_;
  JsonOptions options_;
};

}  // namespace

std::unique_ptr<Sink> write_jsonl(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options) {
  JsonOptions one_line = options;
  one_line.pretty = false;
  return write_stream(path, {.render = [=](const Document& document) {
                        return to_json(document, rules, one_line) + '\n';
                      }});
}

std::unique_ptr<Sink> write_filter(const RuleSet& rules, const JsonOptions& options) {
  return std::make_unique<FilterSink>(rules, options);
}

std::unique_ptr<Sink> write_json_array(const std::string& path, const RuleSet& rules,
                                       const JsonOptions& options) {
  JsonOptions indented = options;
  indented.pretty = true;
  return write_stream(path, json_array_of([=](const Document& document) {
                        return to_json(document, rules, indented);
                      }));
}

}  // namespace glane
