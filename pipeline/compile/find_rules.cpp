#include <array>
#include <system_error>

#include "glane/ruleset.h"

namespace glane {

// A build tree has rules/ in a folder above the program; an installed tree has
// share/glane/rules beside the folder of the program.
std::filesystem::path find_rules() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) throw SetupError("/proc/self/exe: " + error.message());
  fs::path folder = program.parent_path();
  for (int level = 0; level < 4; ++level, folder = folder.parent_path()) {
    for (const fs::path& rules : {folder / "share/glane/rules", folder / "rules"}) {
      if (fs::exists(rules / "levels.toml", error)) return rules;
    }
  }
  throw SetupError("no rules beside " + program.string() + ": name their folder with --rules");
}

}  // namespace glane
