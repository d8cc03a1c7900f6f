// The bulk format of Elasticsearch and OpenSearch: a line that says where, a line that says what.
// The index is named by the URL that the file is sent to.
// elasticsearch-mapping.json is the mapping that the index wants: a `value` is a number in one
// document and a date in the next, which an index that guesses would refuse.
#include "values/hash_bytes.h"
#include "values/json_text.h"
#include "write/sink.h"
#include "write/stream_sink.h"
#include "write/write_json.h"

namespace glane {

namespace {

constexpr std::size_t kMostOfId = 512;  // bytes, says Elasticsearch

// A longer id keeps its beginning, and a fingerprint of the whole.
std::string key_of(const std::string& id) {
  if (id.size() <= kMostOfId) return id;
  std::size_t end = kMostOfId - 32;
  while (end > 0 && (static_cast<unsigned char>(id[end]) & 0xC0) == 0x80) --end;
  return id.substr(0, end) + '#' + std::to_string(hash_bytes(id));
}

}  // namespace

std::unique_ptr<Sink> write_elasticsearch(const std::string& path, const RuleSet& rules,
                                          const JsonOptions& options) {
  JsonOptions one_line = options;
  one_line.pretty = false;
  return write_stream(path, {.render = [=](const Document& document) {
                        std::string lines = R"({"index":{"_id":)";
                        append_json_string(key_of(document.article.id), lines);
                        lines += "}}\n";
                        if (options.ascii) lines = to_ascii(lines);
                        return lines + to_json(document, rules, one_line) + '\n';
                      }});
}

}  // namespace glane
