#include "glane/document.h"

#include <array>
#include <string_view>

namespace glane {
namespace {

// In the order of the enumerations.
constexpr std::array kEntityTypes = {"person",  "organization", "location",
                                     "product", "event",        "role"};
constexpr std::array kFigureKinds = {"number", "ordinal", "percent", "money",   "quantity",
                                     "date",   "time",    "score",   "duration"};
constexpr std::array kQuoteKinds = {"direct", "partial", "indirect"};
constexpr std::array kModifiers = {"", "approx", "min", "max", "start", "mid", "end"};
constexpr std::array kRelations = {"", "before", "after", "since", "until"};
constexpr std::array kModalities = {"", "denied", "unconfirmed"};

template <typename Enum, typename Words>
std::optional<Enum> find(const Words& words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (word == words[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* to_string(EntityType type) { return kEntityTypes[static_cast<std::size_t>(type)]; }
const char* to_string(FigureKind kind) { return kFigureKinds[static_cast<std::size_t>(kind)]; }
const char* to_string(QuoteKind kind) { return kQuoteKinds[static_cast<std::size_t>(kind)]; }
const char* to_string(Modifier modifier) { return kModifiers[static_cast<std::size_t>(modifier)]; }
const char* to_string(Relation relation) { return kRelations[static_cast<std::size_t>(relation)]; }
const char* to_string(Modality modality) { return kModalities[static_cast<std::size_t>(modality)]; }

std::optional<EntityType> entity_type(std::string_view word) {
  return find<EntityType>(kEntityTypes, word);
}

std::optional<FigureKind> figure_kind(std::string_view word) {
  return find<FigureKind>(kFigureKinds, word);
}

}  // namespace glane
