// JSON Lines, and the same documents as one JSON array.
#include "sink.h"
#include "stream_sink.h"

namespace glane {

std::unique_ptr<Sink> write_jsonl(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options) {
  JsonOptions one_line = options;
  one_line.pretty = false;
  return write_stream(path, {.render = [=](const Document& document) {
                        return to_json(document, rules, one_line) + '\n';
                      }});
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
