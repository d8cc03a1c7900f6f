#include "compile/brackets.h"

namespace glane {

bool read_brackets(const std::string& marked, Example& example) {
  bool open = false;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    const char c = marked[i];
    const auto at = static_cast<std::uint32_t>(example.text.size());
    if (c == '\\' && i + 1 < marked.size() && (marked[i + 1] == '[' || marked[i + 1] == ']')) {
      example.text += marked[++i];
    } else if (c == '[' && !open) {
      example.spans.push_back({at, at});
      open = true;
    } else if (c == ']' && open) {
      example.spans.back().end = at;
      open = false;
    } else if (c == '[' || c == ']') {
      return false;
    } else {
      example.text += c;
    }
  }
  return !open;
}

}  // namespace glane
