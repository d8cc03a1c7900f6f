// What the pipeline returns: an article with everything found in it.
//
// A Document owns its bytes. Annotations hold spans and indices, never views, so a
// document may move between threads. In each layer annotations are sorted by place and
// disjoint. Names of fields and their meaning: corpus/ANNOTATION.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "glane/article.h"
#include "glane/decimal.h"
#include "glane/span.h"

namespace glane {

// Index of a rule in the RuleSet that found an annotation; RuleSet::rule_id names it.
using RuleIndex = std::uint32_t;

enum class EntityType : std::uint8_t { person, organization, location, product, event, role };
enum class FigureKind : std::uint8_t {
  number,
  ordinal,
  percent,
  money,
  quantity,
  date,
  time,
  score,
  duration
};
enum class QuoteKind : std::uint8_t { direct, partial, indirect };

enum class Modifier : std::uint8_t { none, approx, min, max, start, mid, end };
enum class Relation : std::uint8_t { none, before, after, since, until };
enum class Trend : std::uint8_t { none, up, down };
enum class Modality : std::uint8_t { asserted, denied, unconfirmed };

struct Entity {
  SourceSpan span;
  EntityType type = EntityType::person;
  std::uint32_t id = 0;  // same referent, same id, within the document; from 1
  std::string name;      // canonical: the fullest name of that referent, apostrophes plain
  RuleIndex rule = 0;
  bool metonymy = false;  // a place named for the house that sits there: "Matignon temporise"
  std::optional<std::uint32_t> person;        // roles only: id of the holder
  std::optional<std::uint32_t> organization;  // roles only: id of the house
};

// A decimal for numbers, an ISO 8601 / TIMEX3 text for dates, times, scores, durations.
using Value = std::variant<Decimal, std::string>;

struct Figure {
  SourceSpan span;
  FigureKind kind = FigureKind::number;
  std::optional<Value> value;
  std::optional<Value> min;
  std::optional<Value> max;
  std::optional<Decimal> scale;  // indefinite amounts: 1000000 for "des millions"
  std::string unit;              // "EUR", "km/h", "%"; empty when absent
  std::string of;                // the counted noun as written; empty when absent
  Modifier modifier = Modifier::none;
  Relation relation = Relation::none;
  Trend direction = Trend::none;  // of a change: "en hausse de 3 %"
  bool ambiguous = false;         // read one way where another was possible: "3.500"
  RuleIndex rule = 0;
};

struct Quote {
  SourceSpan span;
  QuoteKind kind = QuoteKind::direct;
  std::optional<SourceSpan> speaker_span;
  std::optional<SourceSpan> cue_span;
  std::optional<SourceSpan> medium_span;
  std::string speaker;       // as written
  std::string speaker_name;  // resolved inside the document; empty when unknown
  std::string cue;           // as written
  std::string medium;        // through what it was said, as written: "AFP", "un communiqué"
  std::optional<std::uint32_t> speaker_id;  // Entity::id
  std::optional<std::uint32_t> group;       // pieces of one quote share it; from 1
  Modality modality = Modality::asserted;
  bool inferred = false;  // no cue of its own: whoever was speaking goes on
  RuleIndex rule = 0;
};

// Something the reader of the output should know. Processing an article throws nothing.
struct Diagnostic {
  std::string code;  // stable: "ill-formed-utf8", "unclosed-quote", …
  SourceSpan span;
  std::string message;
};

struct Document {
  Article article;
  std::vector<Entity> entities;
  std::vector<Figure> figures;
  std::vector<Quote> quotes;
  std::vector<Diagnostic> diagnostics;
};

// The words of the output format.
const char* to_string(EntityType type);
const char* to_string(FigureKind kind);
const char* to_string(QuoteKind kind);
const char* to_string(Modifier modifier);  // "" for none
const char* to_string(Relation relation);  // "" for none
const char* to_string(Trend trend);        // "" for none
const char* to_string(Modality modality);  // "" for asserted

std::optional<EntityType> entity_type(std::string_view word);
std::optional<FigureKind> figure_kind(std::string_view word);

}  // namespace glane
