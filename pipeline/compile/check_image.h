// Whether rules that were read from an image can be run.
#pragma once

namespace glane {

struct CompiledRules;

// Whether every index, size and flag in the rules is what the stages that run them take it for:
// whoever wrote the image, nothing is then read or written where nothing is. What the rules find
// is another matter. Linear in their size.
bool is_sound(CompiledRules& rules);

}  // namespace glane
