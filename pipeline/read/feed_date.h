// Dates as feeds write them.
#pragma once

#include <optional>
#include <string_view>

#include "glane/article.h"

namespace glane {

// The day that is written there, in whatever zone it was written: "Wed, 05 Nov 2025 08:30:00
// +0100", "5 Nov 25", "2025-11-05T08:30:00Z", "20251105T083000+0100", "05/11/2025 08:30" (day
// first). Nothing for any other form, and for days that do not exist.
std::optional<Date> read_feed_date(std::string_view written);

}  // namespace glane
