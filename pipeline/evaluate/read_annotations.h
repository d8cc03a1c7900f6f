// Files of annotated documents, gold and predictions alike: JSON Lines as in
// corpus/ANNOTATION.md. Offsets stay what they are in the file: code points of "text".
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

namespace glane {

// Keeps the fields of an object in the order of the file.
using Json = nlohmann::ordered_json;

// Documents in the order of the file. A repeated id replaces the document before it.
class AnnotatedCorpus {
 public:
  // The document is an object and has an "id".
  void add(Json document);

  const std::vector<Json>& documents() const { return documents_; }
  const Json* find(const Json& id) const;  // null when there is none

 private:
  std::vector<Json> documents_;
  std::unordered_map<std::string, std::size_t> places_;  // by the id as JSON
};

enum class AnnotationFormat { automatic, glane, brat, conll, doccano, label_studio, timeml };

// "auto", "glane", "brat", "conll", "doccano", "label-studio", "timeml"; glane for what is none.
AnnotationFormat annotation_format(const std::string& word);

// JSON Lines of glane; "-" is stdin. Throws SetupError naming file and line: no such file, no JSON
// object, no "id".
AnnotatedCorpus read_annotations(const std::filesystem::path& file);
AnnotatedCorpus read_annotations(std::istream& lines, const std::string& name);

// A file or folder in any of the formats of annotation_formats.h. `automatic` tells by what a
// folder holds or how a file begins; stdin is then glane's. What had to be left out is told in
// `notes`, a line each.
AnnotatedCorpus read_annotations(const std::filesystem::path& path, AnnotationFormat format,
                                 std::vector<std::string>& notes);

}  // namespace glane
