#include "evaluate/map_types.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "evaluate/annotation_formats.h"
#include "evaluate/mentions.h"
#include "glane/ruleset.h"

namespace glane {
namespace {

constexpr std::array kLayers = {"entities", "figures", "quotes"};
constexpr char kIgnore[] = "ignore";

// --- the file ---

[[noreturn]] void fail(const std::filesystem::path& file, const toml::source_region& place,
                       const std::string& reason) {
  throw SetupError(file.string() + ":" + std::to_string(place.begin.line) + ": " + reason);
}

std::string full_name(const std::string& label) {
  const LayeredType meant = layered_type(label);
  return meant.layer + "." + meant.type;
}

Renames read_renames(const std::filesystem::path& file, const toml::node& node) {
  Renames renames;
  if (!node.is_table()) fail(file, node.source(), "not a table of names");
  for (const auto& [key, value] : *node.as_table()) {
    const auto name = value.value<std::string>();
    if (!name) fail(file, value.source(), "\"" + std::string(key.str()) + "\" is no text");
    renames[full_name(std::string(key.str()))] =
        *name == kIgnore ? std::nullopt : std::optional(full_name(*name));
  }
  return renames;
}

std::vector<std::string> read_layers(const std::filesystem::path& file, const toml::node& node) {
  std::vector<std::string> layers;
  if (!node.is_array()) fail(file, node.source(), "layers is no list");
  for (const toml::node& item : *node.as_array()) {
    const std::string name = item.value_or(std::string());
    if (std::find(kLayers.begin(), kLayers.end(), name) == kLayers.end()) {
      fail(file, item.source(), "layers: not one of entities, figures, quotes");
    }
    layers.push_back(name);
  }
  return layers;
}

void read_entry(const std::filesystem::path& file, const std::string& key, const toml::node& node,
                TypeMap& map) {
  if (key == "gold") {
    map.gold = read_renames(file, node);
  } else if (key == "predictions") {
    map.predictions = read_renames(file, node);
  } else if (key == "layers") {
    map.layers = read_layers(file, node);
  } else if (key == "nested" && node.value_or(std::string()) == "outermost") {
    map.outermost = true;
  } else if (key == "nested") {
    fail(file, node.source(), "nested: only \"outermost\" is known");
  } else {
    fail(file, node.source(), key + ": not one of layers, nested, gold, predictions");
  }
}

// --- applying it ---

struct Place {
  long long start = 0;
  long long end = 0;
};

long long shared(const Place& a, const Place& b) {
  return std::max(0LL, std::min(a.end, b.end) - std::max(a.start, b.start));
}

Place place_of(const Json& record) {
  return {record.value("start", 0LL), record.value("end", 0LL)};
}

std::string name_of(const std::string& layer, const Json& record) {
  const Json type = record.value(type_key(layer), Json());
  return layer + "." + (type.is_string() ? type.get<std::string>() : "");
}

// The name to score under; nothing when ignored.
std::optional<std::string> renamed(const Renames& renames, const std::string& layer,
                                   const std::string& name) {
  for (const std::string& key : {name, layer + ".*"}) {
    if (const auto found = renames.find(key); found != renames.end()) return found->second;
  }
  return name;
}

// A document with its annotations under their new names, and those set aside.
struct Mapped {
  Json document;
  std::map<std::string, std::vector<Json>> kept;    // by layer
  std::map<std::string, std::vector<Place>> aside;  // ignored, by the layer they were in
};

void sort_record(Mapped& mapped, const Renames& renames, const std::string& layer,
                 const Json& record) {
  const std::optional<std::string> name = renamed(renames, layer, name_of(layer, record));
  if (!name) {
    mapped.aside[layer].push_back(place_of(record));
    return;
  }
  const LayeredType type = layered_type(*name);
  Json moved = record;
  moved.erase(type_key(layer));
  moved[type_key(type.layer)] = type.type;
  mapped.kept[type.layer].push_back(std::move(moved));
}

Mapped map_document(const Json& document, const Renames& renames) {
  Mapped mapped{document, {}, {}};
  for (const char* layer : kLayers) {
    if (!document.contains(layer) || !document[layer].is_array()) continue;
    mapped.kept[layer];  // carried, even when nothing is left in it
    for (const Json& record : document[layer]) {
      if (record.is_object()) sort_record(mapped, renames, layer, record);
    }
  }
  return mapped;
}

bool lies_inside(const Place& inner, const Place& outer) {
  const bool is_longer = outer.end - outer.start > inner.end - inner.start;
  return is_longer && outer.start <= inner.start && inner.end <= outer.end;
}

// Of two annotations of one span the first is kept.
bool is_nested(const std::vector<Json>& records, std::size_t i) {
  const Place place = place_of(records[i]);
  for (std::size_t j = 0; j < records.size(); ++j) {
    const Place other = place_of(records[j]);
    if (lies_inside(place, other)) return true;
    if (j < i && place.start == other.start && place.end == other.end) return true;
  }
  return false;
}

void set_nested_aside(Mapped& mapped) {
  for (auto& [layer, records] : mapped.kept) {
    std::vector<Json> outer;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (is_nested(records, i)) {
        mapped.aside[layer].push_back(place_of(records[i]));
      } else {
        outer.push_back(records[i]);
      }
    }
    records = std::move(outer);
  }
}

bool is_excused(const Place& place, const std::vector<Place>& aside,
                const std::vector<Json>& gold) {
  const bool is_in_aside = std::any_of(aside.begin(), aside.end(), [&](const Place& other) {
    return shared(place, other) > 0 && 2 * shared(place, other) >= place.end - place.start;
  });
  return is_in_aside && std::none_of(gold.begin(), gold.end(), [&](const Json& record) {
           return shared(place, place_of(record)) > 0;
         });
}

void drop_excused(Mapped& pred, Mapped& gold) {
  for (auto& [layer, records] : pred.kept) {
    const std::vector<Place>& aside = gold.aside[layer];
    const std::vector<Json>& wanted = gold.kept[layer];
    std::erase_if(records, [&](const Json& r) { return is_excused(place_of(r), aside, wanted); });
  }
}

Json finished(const Mapped& mapped, const std::vector<std::string>& layers) {
  Json document = mapped.document;
  for (const char* layer : kLayers) document.erase(layer);
  for (const auto& [layer, records] : mapped.kept) {
    const bool is_wanted =
        layers.empty() || std::find(layers.begin(), layers.end(), layer) != layers.end();
    if (is_wanted) document[layer] = records;
  }
  return document;
}

}  // namespace

TypeMap read_type_map(const std::filesystem::path& file) {
  const std::string bytes = read_bytes(file);
  try {
    TypeMap map;
    for (const auto& [key, node] : toml::parse(bytes, file.string())) {
      read_entry(file, std::string(key.str()), node, map);
    }
    return map;
  } catch (const toml::parse_error& error) {
    fail(file, error.source(), std::string(error.description()));
  }
}

MappedCorpora map_types(const TypeMap& map, const AnnotatedCorpus& gold,
                        const AnnotatedCorpus& pred) {
  MappedCorpora mapped;
  for (const Json& document : gold.documents()) {
    Mapped wanted = map_document(document, map.gold);
    if (map.outermost) set_nested_aside(wanted);
    for (const std::string& layer : map.layers) wanted.kept[layer];
    mapped.gold.add(finished(wanted, map.layers));
    const Json* answer = pred.find(document.at("id"));
    if (answer == nullptr) continue;
    Mapped found = map_document(*answer, map.predictions);
    drop_excused(found, wanted);
    mapped.pred.add(finished(found, map.layers));
  }
  return mapped;
}

}  // namespace glane
