// Numbers, values and JSON in the notation of Python. The reference implementation of the
// measures is written in Python; reports are compared with it byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evaluate/read_annotations.h"

namespace glane {

// What str.strip() takes away, from both ends.
std::string_view strip_spaces(std::string_view text);

// The number that float(text) gives; nothing where that fails.
std::optional<double> read_float(std::string_view text);

// round(x, digits): to the nearest decimal, decided on the exact binary value.
double round_to(double x, int digits);

std::string fixed(double x, int digits);          // f"{x:.3f}"
std::string python_repr(double x);                // repr(x): "0.5", "1e+16"
std::string python_json(const Json& value);       // json.dumps(value, ensure_ascii=False)
std::string python_str(const Json* value);        // str(value); null stands for None
std::string padded(std::string text, int width);  // f"{text:9}", in code points

}  // namespace glane
