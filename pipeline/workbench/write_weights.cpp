#include "workbench/write_weights.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

namespace glane {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

Lines read_lines(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw SetupError(path.string() + ": cannot be read");
  Lines lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const Lines& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

void replace_file(const fs::path& path, const std::string& content) {
  const fs::path part = path.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out << content;
  out.close();
  std::error_code error;
  if (out) fs::rename(part, path, error);
  if (!out || error) throw SetupError(path.string() + ": cannot be written");
}

std::string number(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", static_cast<double>(value));
  return buffer;
}

// Where a table's own keys end: at the next header, or the end of the file.
std::size_t end_of_table(const Lines& lines, std::size_t header) {
  for (std::size_t i = header + 1; i < lines.size(); ++i) {
    const std::size_t first = lines[i].find_first_not_of(' ');
    if (first != std::string::npos && lines[i][first] == '[') return i;
  }
  return lines.size();
}

// The line of a table that begins with `start`; the end of the table when there is none.
std::size_t find_line(const Lines& lines, std::size_t header, const std::string& start) {
  const std::size_t end = end_of_table(lines, header);
  for (std::size_t i = header; i < end; ++i) {
    if (lines[i].starts_with(start)) return i;
  }
  return end;
}

bool has_line(const Lines& lines, std::size_t header, const std::string& start) {
  return find_line(lines, header, start) < end_of_table(lines, header);
}

// Replaces the line of a table that begins with `start`, adds it behind the line that begins
// with `behind`, or, with no text, removes it.
void put_line(Lines& lines, std::size_t header, const std::string& start, const std::string& behind,
              const std::string& text) {
  const std::size_t at = find_line(lines, header, start);
  const bool there = has_line(lines, header, start);
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
  if (there && text.empty()) {
    lines.erase(place);
  } else if (there) {
    *place = text;
  } else if (!text.empty()) {
    const std::size_t before = find_line(lines, header, behind);
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(before) + 1, text);
  }
}

bool is_type(const std::string& key) {
  const auto type = entity_type(key);
  return type && static_cast<std::size_t>(*type) < kNameTypes;
}

// "set = { person = 1.2, location = -0.3 }"; "" when there is nothing to set.
std::string set_of(const Rule& rule, const NameScores& scores) {
  std::string inner;
  const auto add = [&](const std::string& key, const std::string& value) {
    inner += (inner.empty() ? "" : ", ") + key + " = " + value;
  };
  for (std::size_t t = 0; t < kNameTypes; ++t) {
    if (scores[t] != 0) add(to_string(static_cast<EntityType>(t)), number(scores[t]));
  }
  for (const auto& [key, value] : rule.set) {
    if (!is_type(key)) add(key, value);
  }
  return inner.empty() ? "" : "set = { " + inner + " }";
}

std::string set_of(const NameWeights& weights) {
  std::string inner;
  for (const NameWeight& single : kNameWeights) {
    inner += (inner.empty() ? "" : ", ") + std::string(single.name) + " = " +
             number(weights.*single.value);
  }
  return "set = { " + inner + " }";
}

void put_weights(Lines& lines, const Rule& rule, const NameScores& scores) {
  const auto header = static_cast<std::size_t>(rule.line) - 1;
  const std::size_t at = find_line(lines, header, "set = ");
  if (has_line(lines, header, "set = ") && lines[at].find('}') == std::string::npos) {
    throw SetupError(rule.file + ":" + std::to_string(at + 1) + ": a set on more than one line");
  }
  put_line(lines, header, "set = ", "emit = ", set_of(rule, scores));
}

void put_single_weights(Lines& lines, const Tuning& tuning) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] != "[[level]]" || !has_line(lines, i, "builtin = \"name_decision\"")) continue;
    put_line(lines, i, "set = ", "builtin = ", set_of(tuning.weights));
    put_line(lines, i, "fitted = ", "set = ", "fitted = \"" + tuning.fitted + '"');
  }
}

}  // namespace

std::size_t write_weights(const fs::path& folder, const CompiledRules& rules,
                          const Tuning& tuning) {
  std::map<fs::path, Lines> files;
  // From the last rule of a file to its first, so that added lines move none that is to come.
  std::vector<RuleIndex> order(rules.rules.size());
  for (RuleIndex r = 0; r < order.size(); ++r) order[r] = r;
  std::ranges::stable_sort(order, std::greater(), [&](RuleIndex r) { return rules.rules[r].line; });
  for (const RuleIndex r : order) {
    const Rule& rule = rules.rules[r];
    if (tuning.weights.rules[r] == rules.name_weights.rules[r]) continue;
    const auto [it, fresh] = files.try_emplace(rule.file);
    if (fresh) it->second = read_lines(rule.file);
    put_weights(it->second, rule, tuning.weights.rules[r]);
  }
  Lines& levels = files[folder / "levels.toml"];
  levels = read_lines(folder / "levels.toml");
  put_single_weights(levels, tuning);
  for (const auto& [path, lines] : files) replace_file(path, joined(lines));
  return files.size();
}

}  // namespace glane
