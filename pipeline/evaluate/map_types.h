// What the names of another annotation scheme mean here, from a small TOML file:
//
//   layers = ["entities"]        # only these are scored; without, all that the gold carries
//   nested = "outermost"         # gold inside other gold of its layer is set aside
//
//   [gold]                       # a name as it is read → the name it is scored under
//   PER = "person"
//   MISC = "entities.misc"       # a name that only this report knows
//   "entities.Hour" = "ignore"
//
//   [predictions]                # the same for predictions
//   product = "entities.misc"
//   "entities.*" = "ignore"      # all that no other line of the table names
//
// Names are labels of annotation_formats.h: "person" means "entities.person". What neither table
// names stays. Ignored annotations neither help nor hurt: an ignored prediction is left out, and
// so is a prediction that shares half or more of its characters with ignored gold and none with
// other gold.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/read_annotations.h"

namespace glane {

// From "layer.type" ("layer.*") to the same; nothing means ignored.
using Renames = std::map<std::string, std::optional<std::string>>;

struct TypeMap {
  std::vector<std::string> layers;  // empty: all
  bool outermost = false;
  Renames gold;
  Renames predictions;
};

// Throws SetupError naming file and line.
TypeMap read_type_map(const std::filesystem::path& file);

struct MappedCorpora {
  AnnotatedCorpus gold;
  AnnotatedCorpus pred;
};

MappedCorpora map_types(const TypeMap& map, const AnnotatedCorpus& gold,
                        const AnnotatedCorpus& pred);

}  // namespace glane
