// Errors in their sentences, gold and prediction side by side, as pieces of a page (html.h).
#pragma once

#include <string>

#include "evaluate/report.h"

namespace glane {

// All errors of all layers in groups by what is wrong with them, under a row of filters.
std::string error_section(const Evaluation& evaluation);

// One error on its own, which the filters do not know.
std::string change_card(const std::string& layer, const AlignedDocument& document,
                        const Pairing& pairing);

}  // namespace glane
