#include "read_annotations.h"

#include <fstream>
#include <iostream>
#include <utility>

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

}  // namespace

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

}  // namespace glane
