// A small folder of rules, written by a test.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "glane/ruleset.h"
#include "temporary_folder.h"

namespace glane {

class RuleFolder {
 public:
  RuleFolder() { std::filesystem::create_directories(folder_->path() / "lexicon"); }

  // Writes or replaces a file: levels.toml, 01-rules.toml, lexicon/animal.tsv.
  RuleFolder& file(const std::string& name, const std::string& content) {
    std::ofstream(folder_->path() / name, std::ios::binary) << content;
    return *this;
  }

  // A lexicon of one column: one surface a line.
  RuleFolder& words(const std::string& name, const std::string& lines) {
    return file("lexicon/" + name + ".tsv", "surface\n" + lines + "\n");
  }

  std::filesystem::path path(const std::string& name = {}) const { return folder_->path() / name; }
  RuleSet load() const { return RuleSet::load(folder_->path()); }

 private:
  std::unique_ptr<TemporaryFolder> folder_ = std::make_unique<TemporaryFolder>();
};

}  // namespace glane
