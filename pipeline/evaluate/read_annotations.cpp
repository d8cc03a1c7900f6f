#include "evaluate/read_annotations.h"

#include <array>
#include <fstream>
#include <iostream>
#include <utility>

#include "evaluate/annotation_formats.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

Json parse_document(const std::string& line, const std::string& place) {
  Json document = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) throw SetupError(place + ": not JSON");
  if (!document.is_object()) throw SetupError(place + ": not a JSON object");
  if (!document.contains("id")) throw SetupError(place + ": a document without \"id\"");
  return document;
}

// --- telling formats apart ---

AnnotationFormat format_of_folder(const std::filesystem::path& folder) {
  if (!files_below(folder, ".ann").empty()) return AnnotationFormat::brat;
  for (const char* extension : {".tml", ".xml"}) {
    if (!files_below(folder, extension).empty()) return AnnotationFormat::timeml;
  }
  throw SetupError(folder.string() + ": holds neither .ann nor .tml or .xml files");
}

AnnotationFormat format_of_record(const Json& record) {
  if (record.contains("data") && record["data"].is_object()) return AnnotationFormat::label_studio;
  const Json entities = record.value("entities", Json());
  const bool has_objects = entities.is_array() && !entities.empty();
  if (has_objects && entities[0].contains("start_offset")) return AnnotationFormat::doccano;
  if (record.contains("relations") && !record.contains("figures")) return AnnotationFormat::doccano;
  const bool has_triples = record.contains("label") || record.contains("labels");
  return has_triples ? AnnotationFormat::doccano : AnnotationFormat::glane;
}

AnnotationFormat format_of_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw SetupError(file.string() + ": cannot be read");
  std::string line;
  while (std::getline(stream, line)) {
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.find_first_not_of(" \t\r") != std::string::npos) break;
  }
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string::npos) return AnnotationFormat::glane;
  if (line[first] == '<') return AnnotationFormat::timeml;
  if (line[first] == '[') return AnnotationFormat::label_studio;
  if (line[first] != '{') return AnnotationFormat::conll;
  const Json record = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  return record.is_object() ? format_of_record(record) : AnnotationFormat::glane;
}

AnnotationFormat told_format(const std::filesystem::path& path, AnnotationFormat format) {
  if (format != AnnotationFormat::automatic) return format;
  if (path == "-") return AnnotationFormat::glane;
  return std::filesystem::is_directory(path) ? format_of_folder(path) : format_of_file(path);
}

ReadDocuments read_as(const std::filesystem::path& path, AnnotationFormat format) {
  switch (format) {
    case AnnotationFormat::brat:
      return read_brat(path);
    case AnnotationFormat::conll:
      return read_conll(path);
    case AnnotationFormat::doccano:
      return read_doccano(path);
    case AnnotationFormat::label_studio:
      return read_label_studio(path);
    case AnnotationFormat::timeml:
      return read_timeml(path);
    default:
      return {};
  }
}

// JSON that is not built as its format wants, where no reader looked.
ReadDocuments read_documents(const std::filesystem::path& path, AnnotationFormat format) {
  try {
    return read_as(path, format);
  } catch (const Json::exception& error) {
    throw SetupError(path.string() + ": not as its format wants it: " + error.what());
  }
}

}  // namespace

AnnotationFormat annotation_format(const std::string& word) {
  constexpr std::array kNames = {"auto",    "glane",        "brat",  "conll",
                                 "doccano", "label-studio", "timeml"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (word == kNames[i]) return static_cast<AnnotationFormat>(i);
  }
  return AnnotationFormat::glane;
}

void AnnotatedCorpus::add(Json document) {
  auto [place, is_new] = places_.try_emplace(document.at("id").dump(), documents_.size());
  if (is_new) {
    documents_.push_back(std::move(document));
  } else {
    documents_[place->second] = std::move(document);
  }
}

const Json* AnnotatedCorpus::find(const Json& id) const {
  auto place = places_.find(id.dump());
  return place == places_.end() ? nullptr : &documents_[place->second];
}

AnnotatedCorpus read_annotations(std::istream& lines, const std::string& name) {
  AnnotatedCorpus corpus;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r\v\f") == std::string::npos) continue;
    corpus.add(parse_document(line, name + ":" + std::to_string(number)));
  }
  return corpus;
}

AnnotatedCorpus read_annotations(const std::filesystem::path& file) {
  if (file == "-") return read_annotations(std::cin, "stdin");
  std::ifstream lines(file, std::ios::binary);
  if (!lines || std::filesystem::is_directory(file)) {
    throw SetupError(file.string() + ": cannot be read");
  }
  return read_annotations(lines, file.string());
}

AnnotatedCorpus read_annotations(const std::filesystem::path& path, AnnotationFormat format,
                                 std::vector<std::string>& notes) {
  const AnnotationFormat told = told_format(path, format);
  if (told == AnnotationFormat::glane) return read_annotations(path);
  AnnotatedCorpus corpus;
  ReadDocuments read = read_documents(path, told);
  for (Json& document : read.documents) corpus.add(std::move(document));
  notes.insert(notes.end(), read.notes.begin(), read.notes.end());
  return corpus;
}

}  // namespace glane
