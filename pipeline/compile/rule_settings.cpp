// Which keys of `set` some stage asks for, by the kind that the rule emits. rules/README.md says
// what each of them means.

#include <map>

#include "compile/load_rules.h"

namespace glane {
namespace {

using Settings = std::vector<Setting>;
using enum Setting::Value;

Settings joined(Settings one, const Settings& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

std::map<std::string_view, Settings> all_settings() {
  const Settings figure = {{"unit"},
                           {"modifier", word, {"approx", "min", "max", "start", "mid", "end"}},
                           {"relation", word, {"before", "after", "since", "until"}}};
  const Settings moment = {
      {"form",
       word,
       {"shift", "after", "decade", "century", "portion", "week", "fortnight", "nth", "first"}},
      {"by", number},
      {"part"},
      {"era", word, {"BC"}}};
  const Settings weights = {{"person", number},   {"organization", number},
                            {"location", number}, {"product", number},
                            {"event", number},    {"kept", word, {"true"}}};
  std::map<std::string_view, Settings> out;
  for (const char* kind : {"number", "ordinal", "percent", "money", "quantity", "duration"})
    out[kind] = figure;
  out["score"] = joined(figure, {{"sep"}});
  out["date"] = out["time"] = joined(figure, moment);
  out["candidate"] = out["evidence"] = weights;
  out["metonymy"] = {{"type", word, {"location", "organization"}}};
  out["kin"] = {{"share", number}, {"same", word, {"true"}}};
  out["subject"] = out["actor"] = {{"side", word, {"before", "after", "far"}}};
  out["quote"] = {{"side", word, {"before", "after"}},
                  {"holds",
                   word,
                   {"fragments", "clause", "clause-onward", "clause-before", "clause-after-comma",
                    "alone", "label"}}};
  out["medium"] = {{"known", word, {"list"}}};
  return out;
}

}  // namespace

const std::vector<Setting>& settings_of(std::string_view kind) {
  static const std::map<std::string_view, Settings> kSettings = all_settings();
  static const Settings kNone;
  const auto it = kSettings.find(kind);
  return it == kSettings.end() ? kNone : it->second;
}

}  // namespace glane
