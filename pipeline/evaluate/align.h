// Which prediction answers which gold annotation, and what is wrong with it.
//
// One to one, as the key and response of SemEval-2013 task 9.1 (and MUC before it): the same
// span and type first, then the same span, then shared characters with the same type, then
// shared characters; within each, the largest overlap, then the place in the text. The result
// does not depend on the order of annotations in the files. For quotes the kind plays no part in
// the choice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/mentions.h"

namespace glane {

enum class Fault : std::uint8_t {
  missed,    // gold alone
  spurious,  // prediction alone
  type,      // another type or kind
  boundary,  // another span
  value,     // figures: value, min, max, scale or unit differ
  speaker    // quotes: gold names a speaker, and the prediction another, or none
};

const char* to_string(Fault fault);

struct Pairing {
  std::optional<Mention> gold;  // absent: spurious
  std::optional<Mention> pred;  // absent: missed
  std::vector<Fault> faults;    // in the order of the enum; empty: right

  bool is_right() const { return faults.empty(); }
  bool has(Fault fault) const;
};

// All annotations of one layer of one document, each once, in the order of the text.
std::vector<Pairing> align(const std::string& layer, std::vector<Mention> gold,
                           std::vector<Mention> pred);

}  // namespace glane
