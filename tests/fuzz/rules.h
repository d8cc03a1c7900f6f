// The rules of the tree, loaded when a target first asks for them.
#pragma once

#include "glane/extract.h"

namespace glane::fuzz {

inline const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  return set;
}

}  // namespace glane::fuzz
