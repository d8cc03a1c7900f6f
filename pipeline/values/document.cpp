#include "glane/document.h"

#include <array>
#include <string_view>

namespace glane {
namespace {

// In the order of the enumerations.
constexpr auto kEntityTypes = std::to_array<std::string_view>(
    {"person", "organization", "location", "product", "event", "role"});
constexpr auto kFigureKinds = std::to_array<std::string_view>(
    {"number", "ordinal", "percent", "money", "quantity", "date", "time", "score", "duration"});
constexpr auto kQuoteKinds = std::to_array<std::string_view>({"direct", "partial", "indirect"});
constexpr auto kModifiers =
    std::to_array<std::string_view>({"", "approx", "min", "max", "start", "mid", "end"});
constexpr auto kRelations =
    std::to_array<std::string_view>({"", "before", "after", "since", "until"});
constexpr auto kTrends = std::to_array<std::string_view>({"", "up", "down"});
constexpr auto kModalities = std::to_array<std::string_view>({"", "denied", "unconfirmed"});

template <typename Enum, typename Words>
std::optional<Enum> find(const Words& words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (word == words[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* to_string(EntityType type) {
  return kEntityTypes[static_cast<std::size_t>(type)].data();
}
const char* to_string(FigureKind kind) {
  return kFigureKinds[static_cast<std::size_t>(kind)].data();
}
const char* to_string(QuoteKind kind) { return kQuoteKinds[static_cast<std::size_t>(kind)].data(); }
const char* to_string(Modifier modifier) {
  return kModifiers[static_cast<std::size_t>(modifier)].data();
}
const char* to_string(Relation relation) {
  return kRelations[static_cast<std::size_t>(relation)].data();
}
const char* to_string(Trend trend) { return kTrends[static_cast<std::size_t>(trend)].data(); }
const char* to_string(Modality modality) {
  return kModalities[static_cast<std::size_t>(modality)].data();
}

std::optional<EntityType> entity_type(std::string_view word) {
  return find<EntityType>(kEntityTypes, word);
}

std::optional<FigureKind> figure_kind(std::string_view word) {
  return find<FigureKind>(kFigureKinds, word);
}

}  // namespace glane
