// bytes → a folder of rules → what it finds in a text
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "glane/extract.h"
#include "target.h"

namespace glane::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "== ";
constexpr const char* kText =
    "Le chat de Luc Petit vaut 3,5 millions d'euros, dit-il le 5 mars. « Oui », a dit la BDIA.";

// One folder for the process, empty for every input.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("glane-fuzz-" + std::to_string(::getpid()))) {}
  ~Folder() { clear(); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

  void write(const fs::path& name, std::string_view content) const {
    std::ofstream out(path_ / name, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  }

  void clear() const {
    std::error_code error;
    fs::remove_all(path_, error);
  }

  void begin() const {
    clear();
    fs::create_directories(path_ / "lexicon");
    write("levels.toml", "[[level]]\nname = \"first\"\n\n[[level]]\nname = \"second\"\n");
    write("lexicon/animal.tsv", "surface\tgender\nchat\tm\nchien de garde\tm\n");
  }

 private:
  fs::path path_;
};

// A plain name with an ending that glane reads; else empty.
fs::path place_of(std::string_view name) {
  const bool plain =
      name.size() < 40 &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string_view::npos;
  if (plain && name.ends_with(".toml") && name.size() > 5) return fs::path(name);
  if (plain && name.ends_with(".tsv") && name.size() > 4) return fs::path("lexicon") / name;
  return {};
}

void unpack(std::string_view bytes, const Folder& folder) {
  fs::path place = "10-rules.toml";
  while (true) {
    std::size_t end = bytes.starts_with(kMark) ? 0 : bytes.find("\n== ");
    if (end != 0 && end != std::string_view::npos) ++end;
    if (!place.empty() && end != 0) folder.write(place, bytes.substr(0, end));
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + kMark.size());
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    place = place_of(bytes.substr(0, line));
    bytes.remove_prefix(std::min(line + 1, bytes.size()));
  }
}

void extract_with(const RuleSet& rules) {
  Article article;
  article.text = kText;
  const std::string json = to_json(extract(article, rules), rules);
  require(json == to_json(extract(article, rules), rules), "extracting is deterministic");
}

}  // namespace

void load_rules(const std::string& bytes) {
  static const Folder folder;
  folder.begin();
  unpack(bytes, folder);
  bool sound = true;
  try {
    for (const RuleMistake& mistake : check_rules(folder.path())) {
      require(!mistake.reason.empty(), "a mistake has a reason");
      sound = sound && mistake.severity != RuleMistake::Severity::error;
    }
  } catch (const SetupError&) {
    return;  // a file that cannot be read
  }
  try {
    extract_with(RuleSet::load(folder.path()));
  } catch (const SetupError& error) {
    require(!sound, "what check_rules finds sound loads");
  }
}

}  // namespace glane::fuzz
