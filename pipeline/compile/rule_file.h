// A TOML file of a folder of rules: its tables, and where each of its values is written.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compile/mistakes.h"

namespace glane {

// Strings as they are; numbers and truth values as TOML writes them.
std::string text_of(const toml::node& node);

class RuleFile {
 public:
  // Throws RuleError when it is no TOML.
  RuleFile(const std::filesystem::path& path, std::shared_ptr<const std::string> content);

  const toml::table& table() const { return table_; }
  const std::string& shown() const { return shown_; }

  // Throw RuleError naming where the node is written.
  [[noreturn]] void fail(const toml::node& node, const std::string& reason,
                         const std::string& hint = {}) const;
  std::string required(const toml::table& table, std::string_view key) const;
  std::string optional(const toml::table& table, std::string_view key) const;  // "" when absent
  // The tables of [[key]]; none when there is no such key.
  std::vector<const toml::table*> tables(const toml::table& table, std::string_view key) const;

  // A mistake for every key that is not among these.
  std::vector<RuleMistake> unknown_keys(const toml::table& table,
                                        std::initializer_list<std::string_view> keys) const;
  RuleMistake mistake(const toml::node& node, const std::string& reason,
                      const std::string& hint = {}) const;

  // A string and its place. The content lives as long as the pointer given to the constructor.
  TomlText text(const std::string& owner, const std::string& key, const toml::node& node) const;

 private:
  std::string shown_;
  std::shared_ptr<const std::string> content_;
  toml::table table_;
};

}  // namespace glane
