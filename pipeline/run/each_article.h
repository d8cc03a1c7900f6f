// Articles one after another, for commands that do something other than extracting.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "read/source.h"

namespace glane {

// Calls `action` with every article of the inputs, in order. A refused record is told on `err`
// and the rest goes on: then the result is Trouble::refused. Throws SetupError when an input
// cannot be opened, or when there is no article at all.
Trouble each_article(const std::vector<std::string>& inputs, std::ostream& err,
                     const std::function<void(Article)>& action);

}  // namespace glane
