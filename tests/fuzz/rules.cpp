// bytes → a folder of rules → what it finds in a text
#include <algorithm>
#include <vector>

#include "folder.h"
#include "glane/extract.h"
#include "target.h"

namespace glane::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "== ";
constexpr const char* kText =
    "Le chat de Luc Petit vaut 3,5 millions d'euros, dit-il le 5 mars. « Oui », a dit la BDIA.";

void begin(const Folder& folder) {
  folder.begin();
  folder.write("levels.toml", "[[level]]\nname = \"first\"\n\n[[level]]\nname = \"second\"\n");
  folder.write("lexicon/animal.tsv", "surface\tgender\nchat\tm\nchien de garde\tm\n");
}

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

// Texts of several lengths, together and each by itself.
void extract_with(const RuleSet& rules) {
  std::vector<Article> batch(4);
  batch[0].text = kText;
  batch[2].text = std::string(kText) + "\n\n" + kText;
  batch[3].text = kText + 8;
  const std::vector<Document> together = extract_all(batch, rules);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    require(to_json(together[i], rules) == to_json(extract(batch[i], rules), rules),
            "a document does not depend on its neighbours");
  }
}

}  // namespace

void load_rules(const std::string& bytes) {
  static const Folder folder;
  begin(folder);
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
