// The [brackets] that show in an example what must match.
#pragma once

#include <string>

#include "compile/rules.h"

namespace glane {

// Takes the brackets out of `marked` into example.spans; "\[" and "\]" stand for brackets of
// the text. False when they do not pair.
bool read_brackets(const std::string& marked, Example& example);

}  // namespace glane
