// Compiled rules as bytes, so that a program need not read and compile the folder again.
//
// An image is made when glane is built (`glane rules compile`) and lies beside the program or, as
// DIR.image, beside the folder it was made from. It holds for exactly the files it was made from:
// a folder whose files have another fingerprint is read as if there were no image, and so is one
// whose image was made by another version of glane, is cut short or has changed, which its
// checksum tells. One that was made to harm may have its checksum right: what could lead a stage
// to read or write where nothing is does not hold either (check_image.h). Nothing depends on an
// image but the time it takes to load.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "compile/rules.h"

namespace glane {

// The image of rules that were loaded without a mistake. For this version on machines of this
// kind: numbers are written as they lie in memory.
std::string write_image(CompiledRules& rules);

// The image with the checksum of the bytes that it now holds: for tests that change them.
std::string seal_image(std::string image);

// The rules of a folder from an image, if there is one that holds for them; else null.
std::shared_ptr<CompiledRules> read_image(const std::filesystem::path& directory);

}  // namespace glane
