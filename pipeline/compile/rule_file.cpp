#include "compile/rule_file.h"

#include <algorithm>
#include <sstream>

namespace glane {

std::string text_of(const toml::node& node) {
  if (const auto value = node.value<std::string>(); value && node.is_string()) return *value;
  if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
  if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
  std::ostringstream out;
  out.precision(15);
  if (node.is_floating_point()) out << *node.value<double>();
  return out.str();
}

RuleFile::RuleFile(const std::filesystem::path& path, std::shared_ptr<const std::string> content)
    : shown_(path.string()), content_(std::move(content)) {
  try {
    table_ = toml::parse(*content_, shown_);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    throw RuleError({RuleMistake::Severity::error,
                     shown_,
                     at.line,
                     at.column,
                     std::string(error.description()),
                     {}});
  }
}

RuleMistake RuleFile::mistake(const toml::node& node, const std::string& reason,
                              const std::string& hint) const {
  const toml::source_position at = node.source().begin;
  return {RuleMistake::Severity::error,        shown_, at.line,
          std::max<std::size_t>(at.column, 1), reason, hint};
}

void RuleFile::fail(const toml::node& node, const std::string& reason,
                    const std::string& hint) const {
  throw RuleError(mistake(node, reason, hint));
}

std::string RuleFile::required(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) fail(table, "\"" + std::string(key) + "\" is missing");
  if (!node->is_string())
    fail(*node, std::string(key) + " is not a string", "put it between quotation marks");
  return *node->value<std::string>();
}

std::string RuleFile::optional(const toml::table& table, std::string_view key) const {
  return table.contains(key) ? required(table, key) : std::string();
}

std::vector<const toml::table*> RuleFile::tables(const toml::table& table,
                                                 std::string_view key) const {
  std::vector<const toml::table*> out;
  const toml::node* node = table.get(key);
  if (!node) return out;
  if (!node->is_array())
    fail(*node, std::string(key) + " is not [[…]]", "write [[" + std::string(key) + "]]");
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_table()) fail(element, "a table is expected");
    out.push_back(element.as_table());
  }
  return out;
}

std::vector<RuleMistake> RuleFile::unknown_keys(
    const toml::table& table, std::initializer_list<std::string_view> keys) const {
  std::vector<RuleMistake> out;
  for (const auto& [key, node] : table) {
    if (std::ranges::find(keys, key.str()) != keys.end()) continue;
    const std::vector<std::string> known(keys.begin(), keys.end());
    RuleMistake unknown = mistake(node, "unknown key \"" + std::string(key.str()) + "\"",
                                  did_you_mean(key.str(), known));
    if (const toml::source_position at = key.source().begin; at.line > 0) {
      unknown.line = at.line;
      unknown.column = at.column;
    }
    out.push_back(std::move(unknown));
  }
  return out;
}

TomlText RuleFile::text(const std::string& owner, const std::string& key,
                        const toml::node& node) const {
  const toml::source_position at = node.source().begin;
  return {owner, key, text_of(node), shown_, *content_, at.line, at.column};
}

}  // namespace glane
