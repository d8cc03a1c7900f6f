// Kinds of matches and captures that stages ask for by name, looked up once when the rules are
// loaded: a stage compares numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "segment/chart.h"

namespace glane {

struct CompiledRules;

enum class KnownKind : std::uint8_t {
  none,
  according,
  actor,
  agent,
  aside,
  candidate,
  couple,
  date,
  event,
  evidence,
  for_whom,
  incise,
  kin,
  learnt,
  link,
  literal,
  location,
  medium,
  metonymy,
  named,
  organization,
  person,
  product,
  profession,
  quote,
  quoted,
  role,
  said,
  said_inverted,
  said_of,
  said_on,
  said_weakly,
  saying,
  source,
  subject,
  thing,
  time,
  to_say,
  unclosed,
  unsaid
};
// Their names, in the same order.
inline constexpr auto kKnownKinds = std::to_array<std::string_view>(
    {"",         "according",   "actor",        "agent",    "aside",         "candidate",
     "couple",   "date",        "event",        "evidence", "for",           "incise",
     "kin",      "learnt",      "link",         "literal",  "location",      "medium",
     "metonymy", "named",       "organization", "person",   "product",       "profession",
     "quote",    "quoted",      "role",         "said",     "said_inverted", "said_of",
     "said_on",  "said_weakly", "saying",       "source",   "subject",       "thing",
     "time",     "to_say",      "unclosed",     "unsaid"});
static_assert(kKnownKinds.size() == static_cast<std::size_t>(KnownKind::unsaid) + 1);

enum class KnownPart : std::uint8_t {
  none,
  clause,
  clitic,
  cue,
  inner,
  name,
  one,
  organization,
  other,
  person,
  quote,
  role,
  shown,
  speaker
};
inline constexpr auto kKnownParts = std::to_array<std::string_view>(
    {"", "clause", "clitic", "cue", "inner", "name", "one", "organization", "other", "person",
     "quote", "role", "shown", "speaker"});
static_assert(kKnownParts.size() == static_cast<std::size_t>(KnownPart::speaker) + 1);

class KnownNames {
 public:
  KnownNames() = default;
  explicit KnownNames(const CompiledRules& rules);

  KnownKind kind(KindId kind) const { return kinds_[kind]; }
  KnownPart part(std::uint16_t capture_name) const { return parts_[capture_name]; }
  // Nothing when no rule emits it.
  std::optional<KindId> id(KnownKind kind) const {
    const KindId id = ids_[static_cast<std::size_t>(kind)];
    return id != 0 ? std::optional(id) : std::nullopt;
  }

 private:
  std::vector<KnownKind> kinds_;
  std::vector<KnownPart> parts_;
  std::array<KindId, kKnownKinds.size()> ids_{};
};

}  // namespace glane
