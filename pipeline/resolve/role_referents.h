// Which mentions of roles mean one office. "La ministre" takes up "la ministre de la Santé, Anne
// Dupuis", "le directeur" takes up "le directeur général", "présidente" and "président" of one
// house are one office; ministers who are two persons, or of two houses, hold two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "segment/vocabulary.h"

namespace glane {

enum class Gender : std::uint8_t { unknown, masculine, feminine };
Gender gender_of(std::string_view cell);  // a cell "m" or "f" of a word list
bool agree(Gender a, Gender b);           // nothing is known, or the same

// The words of a role, as the list `role` knows them.
struct Title {
  std::string key;  // in the masculine: "directeur général" for "directrice générale"
  Gender gender = Gender::unknown;
};
// `words`: folded, joined by single spaces.
Title title_of(std::string_view words, const Vocabulary& vocabulary);

struct RoleMention {
  Title title;           // with the gender of its holder, where that is known
  bool definite = true;  // not "un ministre"
  std::optional<std::uint32_t> person;
  std::optional<std::uint32_t> organization;
};

// An office per mention, counted from 0 in the order of the text. Fills the holders: of a mention
// that names none and takes up an office whose holder is known, be it named later only.
std::vector<std::uint32_t> role_referents(std::span<RoleMention> mentions);

}  // namespace glane
