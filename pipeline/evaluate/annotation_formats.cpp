#include "evaluate/annotation_formats.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "evaluate/mentions.h"
#include "glane/document.h"
#include "glane/ruleset.h"
#include "values/lower_case.h"
#include "values/offsets.h"

namespace glane {
namespace {

constexpr std::array kLayers = {"entities", "figures", "quotes"};

bool is_quote_kind(const std::string& word) {
  return word == "direct" || word == "partial" || word == "indirect";
}

// Whom or what a quote hangs on: fields of the quote, no annotation of their own.
bool is_source(const std::string& label) { return label == "speaker" || label == "cue"; }

std::string slice(const std::string& text, long long start, long long end) {
  const std::u32string points = code_points(text);
  const auto size = static_cast<long long>(points.size());
  std::string piece;
  for (long long i = std::max(0LL, start); i < std::min(end, size); ++i) {
    append_utf8(points[static_cast<std::size_t>(i)], piece);
  }
  return piece;
}

}  // namespace

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file)) {
    throw SetupError(file.string() + ": cannot be read");
  }
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

std::string read_utf8(const std::filesystem::path& file) {
  const std::string bytes = read_bytes(file);
  return slice_utf8(bytes, {0, static_cast<std::uint32_t>(bytes.size())});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    if (lines.back().ends_with('\r')) lines.back().pop_back();
    begin = end + 1;
  }
  return lines;
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::string& extension) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) {
      files.push_back(entry.path());
    }
  }
  if (error) throw SetupError(folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

LayeredType layered_type(const std::string& label) {
  for (const std::string layer : kLayers) {
    if (label.starts_with(layer + ".")) return {layer, label.substr(layer.size() + 1)};
  }
  const std::string word = lower_case(label);
  if (entity_type(word)) return {"entities", word};
  if (figure_kind(word)) return {"figures", word};
  if (is_quote_kind(word)) return {"quotes", word};
  return {"entities", label};
}

void add_annotation(Json& document, const std::string& label, long long start, long long end,
                    const Json& fields) {
  if (is_source(label)) return;
  const LayeredType meant = layered_type(label);
  Json record = {{"start", start}, {"end", end}};
  record["text"] = slice(document.at("text").get<std::string>(), start, end);
  record[type_key(meant.layer)] = meant.type;
  for (const auto& [name, value] : fields.items()) record[name] = value;
  document[meant.layer].push_back(std::move(record));
}

void complete_layers(std::vector<Json>& documents) {
  for (const char* layer : kLayers) {
    const bool is_there = std::any_of(documents.begin(), documents.end(),
                                      [&](const Json& d) { return d.contains(layer); });
    if (!is_there) continue;
    for (Json& document : documents) {
      if (!document.contains(layer)) document[layer] = Json::array();
    }
  }
}

}  // namespace glane
