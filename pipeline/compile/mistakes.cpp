#include "compile/mistakes.h"

#include <algorithm>
#include <numeric>

namespace glane {
namespace {

std::string without_column(const RuleMistake& mistake) {
  std::string out;
  if (!mistake.file.empty()) out = mistake.file + ":" + std::to_string(mistake.line) + ": ";
  out += mistake.reason;
  return mistake.hint.empty() ? out : out + "; " + mistake.hint;
}

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The byte of the file where a line and column lie.
std::size_t byte_at(std::string_view content, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t l = 1; l < line && at < content.size(); ++l) at = content.find('\n', at) + 1;
  for (std::size_t c = 1; c < column && at < content.size(); ++c) {
    ++at;
    while (at < content.size() && continues_character(content[at])) ++at;
  }
  return at;
}

// How many bytes of the file say how many bytes of the string, at an escape or elsewhere.
struct Step {
  std::size_t written = 1;
  std::size_t said = 1;
};

Step step_at(std::string_view content, std::size_t at, bool basic) {
  if (!basic || content[at] != '\\' || at + 1 >= content.size()) return {};
  const char kind = content[at + 1];
  if (kind == 'u' || kind == 'U') return {kind == 'u' ? 6U : 10U, 2};
  if (kind != '\n') return {2, 1};
  const std::size_t next = content.find_first_not_of(" \t\r\n", at + 1);
  return {std::min(next, content.size()) - at, 0};  // a line that goes on
}

}  // namespace

RuleError::RuleError(RuleMistake mistake)
    : SetupError(without_column(mistake)), mistake_(std::move(mistake)) {}

std::string to_string(const RuleMistake& mistake) {
  std::string out;
  if (!mistake.file.empty()) {
    out = mistake.file + ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column) +
          ": ";
  }
  out += mistake.severity == RuleMistake::Severity::error ? "error: " : "warning: ";
  out += mistake.reason;
  return mistake.hint.empty() ? out : out + "; " + mistake.hint;
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t d = distance(name, candidate);
    if (d >= least || d >= candidate.size()) continue;
    least = d;
    best = candidate;
  }
  return std::string(best);
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known,
                         const std::string& before, const std::string& after) {
  const std::string nearest = nearest_name(name, known);
  return nearest.empty() ? std::string() : "did you mean " + before + nearest + after + "?";
}

FilePlace place_of(const TomlText& text, std::size_t at) {
  const std::string_view content = text.content;
  std::size_t byte = byte_at(content, text.line, text.column);
  if (byte >= content.size()) return {text.line, text.column};
  const char quote = content[byte];
  const bool multiline = content.substr(byte, 3) == std::string(3, quote);
  byte += multiline ? 3 : 1;
  if (multiline && content.substr(byte, 1) == "\n") ++byte;
  for (std::size_t said = 0; said < at && byte < content.size();) {
    const Step step = step_at(content, byte, quote == '"');
    byte += step.written;
    said += step.said;
  }
  byte = std::min(byte, content.size());
  const std::string_view before = content.substr(0, byte);
  const std::size_t line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  const std::string_view of_line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  const auto characters = of_line.size() - static_cast<std::size_t>(
                                               std::ranges::count_if(of_line, continues_character));
  return {line, characters + 1};
}

}  // namespace glane
