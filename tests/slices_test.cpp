// Offsets point at what they say, in every unit, whatever feeds do to a text.
#include <gtest/gtest.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"
#include "text_units.h"

namespace glane {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  return set;
}

std::vector<Json> records_of(const fs::path& path) {
  std::vector<Json> records;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) records.push_back(Json::parse(line));
  }
  return records;
}

const std::vector<Json>& corpus() {
  static const std::vector<Json> records = records_of(GLANE_SOURCE_DIR "/corpus/gold.jsonl");
  return records;
}

Document read(const Json& record, const std::string& text) {
  Article article;
  article.text = text;
  const auto date = record.find("date");
  if (date != record.end() && date->is_string()) article.date = parse_date(*date);
  return extract(std::move(article), rules());
}

constexpr OffsetUnit kUnits[] = {OffsetUnit::codepoint, OffsetUnit::byte, OffsetUnit::utf16};
constexpr const char* kLayers[] = {"entities", "figures", "quotes"};

struct Tally {
  std::size_t annotations = 0;
  std::size_t speakers = 0;
};

void expect_slice(const TextUnits& units, std::size_t start, std::size_t end, const Json& wanted,
                  const Json& annotation) {
  ASSERT_LT(start, end) << annotation;
  ASSERT_LE(end, units.size()) << annotation;
  ASSERT_EQ(units.slice(start, end), wanted.get<std::string>()) << annotation;
}

void expect_annotation(const TextUnits& units, const Json& annotation, Tally& tally) {
  ++tally.annotations;
  expect_slice(units, annotation["start"], annotation["end"], annotation["text"], annotation);
  for (const char* part : {"speaker", "cue"}) {
    const std::string span = std::string(part) + "_span";
    ASSERT_EQ(annotation.contains(span), annotation.contains(part)) << annotation;
    if (!annotation.contains(span)) continue;
    ++tally.speakers;
    expect_slice(units, annotation[span][0], annotation[span][1], annotation[part], annotation);
  }
}

// Annotations of a layer are sorted and disjoint.
void expect_order(const Json& layer) {
  std::size_t reached = 0;
  for (const Json& annotation : layer) {
    ASSERT_GE(annotation["start"].get<std::size_t>(), reached) << annotation;
    reached = annotation["end"];
  }
}

void expect_slices(const Document& document, Tally& tally) {
  for (const OffsetUnit unit : kUnits) {
    JsonOptions options;
    options.offsets = unit;
    const Json found = Json::parse(to_json(document, rules(), options));
    const TextUnits units(document.article.text, unit);
    for (const char* layer : kLayers) {
      expect_order(found[layer]);
      for (const Json& annotation : found[layer]) {
        expect_annotation(units, annotation, tally);
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

using Transform = std::function<std::string(const std::string&)>;
std::string unchanged(const std::string& text) { return text; }

void expect_slices(const std::vector<Json>& records, const Transform& transform) {
  Tally tally;
  for (const Json& record : records) {
    expect_slices(read(record, transform(record["text"])), tally);
    if (testing::Test::HasFatalFailure()) {
      ADD_FAILURE() << "in " << record.value("id", "?");
      return;
    }
  }
  EXPECT_GT(tally.annotations, records.size()) << "nearly nothing was found";
}

// --- what feeds do to a text ---

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = std::min(text.find(from, at), text.size());
    out += text.substr(at, found - at);
    if (found < text.size()) out += to;
    at = found + from.size();
  }
  return out;
}

std::string decomposed(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::Normalizer2::getNFDInstance(status)->normalizeUTF8(0, text, sink, nullptr, status);
  return out;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Puts `mark` between every third pair of ASCII letters.
std::string inside_words(const std::string& text, std::string_view mark) {
  std::string out;
  int pairs = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (i + 1 < text.size() && letter(text[i]) && letter(text[i + 1]) && ++pairs % 3 == 0)
      out += mark;
  }
  return out;
}

// Puts `mark` behind every seventh space.
std::string between_words(const std::string& text, std::string_view mark) {
  std::string out;
  int spaces = 0;
  for (const char c : text) {
    out += c;
    if (c == ' ' && ++spaces % 7 == 0) out += mark;
  }
  return out;
}

struct Change {
  const char* name;
  Transform transform;
  bool same_findings;  // names and values are those of the plain text
};

const std::vector<Change>& changes() {
  static const std::vector<Change> kChanges = {
      {"no-break spaces", [](const std::string& t) { return replaced(t, " ", "\u00A0"); }, true},
      {"narrow no-break spaces", [](const std::string& t) { return replaced(t, " ", "\u202F"); },
       true},
      {"NFD", decomposed, true},
      {"CRLF", [](const std::string& t) { return replaced(t, "\n", "\r\n"); }, true},
      {"plain apostrophes", [](const std::string& t) { return replaced(t, "’", "'"); }, true},
      {"typographic apostrophes", [](const std::string& t) { return replaced(t, "'", "’"); }, true},
      {"soft hyphens", [](const std::string& t) { return inside_words(t, "\u00AD"); }, true},
      {"zero-width spaces", [](const std::string& t) { return inside_words(t, "\u200B"); }, true},
      {"a byte order mark", [](const std::string& t) { return "\uFEFF" + t; }, true},
      {"ligatures",
       [](const std::string& t) { return replaced(replaced(t, "fi", "\uFB01"), "ff", "\uFB00"); },
       true},
      {"no-break hyphens", [](const std::string& t) { return replaced(t, "-", "\u2011"); }, true},
      {"character references",
       [](const std::string& t) { return replaced(replaced(t, "é", "&eacute;"), "’", "&#8217;"); },
       true},
      {"emoji before", [](const std::string& t) { return "😀🇫🇷 " + t; }, false},
      {"emoji between", [](const std::string& t) { return between_words(t, "👩‍🌾 "); },
       false},
      {"ill-formed bytes", [](const std::string& t) { return between_words(t, "\xE9t\xE2\x80 "); },
       false},
      {"ill-formed bytes in words", [](const std::string& t) { return inside_words(t, "\xFF"); },
       false},
  };
  return kChanges;
}

// --- tests ---

TEST(Slices, OfTheCorpusAreWhatTheyClaim) {
  ASSERT_FALSE(corpus().empty());
  expect_slices(corpus(), unchanged);
}

TEST(Slices, OfLargerCorporaAreWhatTheyClaim) {
  const fs::path folder = GLANE_SOURCE_DIR "/../shared/gold";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "no gold at " << folder;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".jsonl") expect_slices(records_of(entry.path()), unchanged);
  }
}

TEST(Slices, OfChangedTextsAreWhatTheyClaim) {
  for (const Change& change : changes()) {
    SCOPED_TRACE(change.name);
    expect_slices(corpus(), change.transform);
    if (HasFatalFailure()) return;
  }
}

// What was found, apart from its place and spelling.
Json findings(const Document& document) {
  Json out = Json::array();
  const Json found = Json::parse(to_json(document, rules()));
  for (const Json& entity : found["entities"])
    out.push_back({entity["type"], entity["id"], entity["rule"], entity["name"]});
  for (const Json& figure : found["figures"]) {
    Json kept = {figure["kind"], figure["rule"]};
    for (const char* key : {"value", "min", "max", "scale", "unit", "modifier", "relation",
                            "direction", "ambiguous"}) {
      kept.push_back(figure.value(key, Json()));
    }
    out.push_back(kept);
  }
  for (const Json& quote : found["quotes"]) {
    out.push_back({quote["kind"], quote["rule"], quote.value("speaker_name", ""),
                   quote.value("speaker_id", 0)});
  }
  return out;
}

TEST(Slices, ChangesThatMeanNothingChangeNoFinding) {
  for (const Change& change : changes()) {
    if (!change.same_findings) continue;
    for (const Json& record : corpus()) {
      const std::string text = record["text"];
      const Json plain = findings(read(record, text));
      const Json changed = findings(read(record, change.transform(text)));
      EXPECT_EQ(Json::diff(plain, changed), Json::array())
          << change.name << " in " << record.value("id", "?");
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace glane
