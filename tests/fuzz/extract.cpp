// bytes → annotations
#include "glane/extract.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "../text_units.h"
#include "rules.h"
#include "target.h"

namespace glane::fuzz {
namespace {

using Json = nlohmann::json;

constexpr const char* kAnother =
    "Selon Marie Lemaître, ministre des Sports, la moitié des 12 000 clubs a fermé en 2024.";

Article article_of(const std::string& text) {
  Article article;
  article.text = text;
  article.date = Date{2025, 11, 5};
  return article;
}

void check_slice(const TextUnits& units, std::size_t start, std::size_t end, const Json& wanted) {
  require(start < end && end <= units.size(), "a span is in the text");
  require(units.slice(start, end) == wanted.get<std::string>(), "a span holds what it says");
}

void check_annotation(const TextUnits& units, const Json& annotation) {
  check_slice(units, annotation["start"], annotation["end"], annotation["text"]);
  for (const char* part : {"speaker", "cue", "medium"}) {
    const std::string span = std::string(part) + "_span";
    require(annotation.contains(span) == annotation.contains(part), "a part has its span");
    if (!annotation.contains(span)) continue;
    check_slice(units, annotation[span][0], annotation[span][1], annotation[part]);
  }
}

void check_layer(const TextUnits& units, const Json& layer) {
  std::size_t reached = 0;
  for (const Json& annotation : layer) {
    require(annotation["start"].get<std::size_t>() >= reached, "a layer is in order and disjoint");
    reached = annotation["end"];
    check_annotation(units, annotation);
  }
}

void check_referents(const Json& found) {
  std::set<unsigned> ids;
  for (const Json& entity : found["entities"]) ids.insert(entity["id"].get<unsigned>());
  for (const char* layer : {"entities", "quotes"}) {
    for (const Json& annotation : found[layer]) {
      for (const char* field : {"person", "organization", "speaker_id"}) {
        require(!annotation.contains(field) || ids.count(annotation[field].get<unsigned>()) > 0,
                "an id is that of an entity");
      }
    }
  }
}

void check_unit(const Document& document, OffsetUnit unit) {
  JsonOptions options;
  options.offsets = unit;
  options.with_text = true;
  const Json found = Json::parse(to_json(document, rules(), options));
  const TextUnits units(document.article.text, unit);
  for (const char* layer : {"entities", "figures", "quotes"}) check_layer(units, found[layer]);
  check_referents(found);
}

// The text in three pieces between others: in a batch each gives what it gives by itself.
void check_neighbours(const std::string& bytes) {
  const std::size_t third = bytes.size() / 3;
  std::vector<Article> batch;
  for (const std::string& text : {bytes.substr(0, third), std::string(kAnother), std::string(),
                                  bytes.substr(third, third), bytes.substr(2 * third), bytes})
    batch.push_back(article_of(text));
  const std::vector<Document> together = extract_all(batch, rules());
  require(together.size() == batch.size(), "every article becomes a document");
  for (std::size_t i = 0; i < batch.size(); ++i) {
    require(to_json(together[i], rules()) == to_json(extract(batch[i], rules()), rules()),
            "a document does not depend on its neighbours");
  }
}

}  // namespace

void extract_text(const std::string& bytes) {
  const Document document = extract(article_of(bytes), rules());
  for (const OffsetUnit unit : {OffsetUnit::codepoint, OffsetUnit::byte, OffsetUnit::utf16}) {
    check_unit(document, unit);
  }
  extract(article_of(kAnother), rules());
  require(to_json(extract(article_of(bytes), rules()), rules()) == to_json(document, rules()),
          "extracting depends on the article alone");
  check_neighbours(bytes);
}

}  // namespace glane::fuzz
