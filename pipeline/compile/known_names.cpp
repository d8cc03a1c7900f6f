#include "compile/known_names.h"

#include <algorithm>

#include "compile/rules.h"

namespace glane {
namespace {

// The place of a name in a list; 0, that of "", when it is not in it.
template <std::size_t kCount>
std::size_t place_of(std::string_view name, const std::array<std::string_view, kCount>& names) {
  const auto place = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  return place < kCount ? place : 0;
}

}  // namespace

KnownNames::KnownNames(const CompiledRules& rules) {
  for (const std::string& kind : rules.kinds) {
    const std::size_t place = place_of(kind, kKnownKinds);
    if (place != 0) ids_[place] = static_cast<KindId>(kinds_.size());
    kinds_.push_back(static_cast<KnownKind>(place));
  }
  for (const std::string& name : rules.names)
    parts_.push_back(static_cast<KnownPart>(place_of(name, kKnownParts)));
}

}  // namespace glane
