// The compiled form of a folder of rules: what load_rules.cpp builds and cascade.cpp runs.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compile/known_names.h"
#include "compile/name_weights.h"
#include "glane/ruleset.h"
#include "segment/chart.h"
#include "segment/vocabulary.h"

namespace glane {

struct Level;  // cascade.h
class FigureTables;

// An example or rejection written beside a rule.
struct Example {
  std::string text;                           // without its brackets
  std::vector<SourceSpan> spans;              // what must match: bytes of `text`; none in a reject
  std::map<std::string, std::string> fields;  // value, unit, …: what the annotation must say
  std::string date;                           // publication date
  bool todo = false;
  bool reject = false;
  int line = 0;
};

struct Rule {
  std::string id;
  std::string file;
  int line = 0;
  std::uint16_t level = 0;
  std::uint16_t place = 0;  // in its level, which is in file order
  int priority = 0;
  KindId emit = 0;
  bool kill = false;                                        // emit = "none"
  std::string match, before, after, not_before, not_after;  // as written
  std::string when;  // an atom that must be present in the stretch; may be empty
  std::map<std::string, std::string> set;  // handed to the interpreter
  std::vector<Example> examples;

  // The value of a key of `set`, "" when absent.
  std::string_view setting(std::string_view key) const;
};

struct CompiledRules {
  Vocabulary vocabulary;
  std::vector<std::uint32_t> word_group;        // by WordId; cascade.h says what a group is
  std::uint32_t word_groups = 0;                // the group of kind k is word_groups + k
  std::vector<Rule> rules;                      // in the order of levels, then of files
  std::vector<std::string> kinds;               // kinds[0] is "" (a token); what rules emit
  std::vector<std::string> names;               // names of captures
  std::map<std::string, std::string> patterns;  // the shared $patterns by name, as written
  std::vector<std::unique_ptr<Level>> levels;
  std::unique_ptr<const FigureTables> figures;  // what interpret asks of all this
  NameWeights name_weights;                     // what decide_names weighs with
  KnownNames known;                             // of the kinds and captures above
  std::string hash;
  std::shared_ptr<const char[]>
      image;  // what the tables are pieces of when they were read from one

  CompiledRules();
  ~CompiledRules();

  std::optional<KindId> kind(std::string_view name) const;
  std::optional<KindId> kind(KnownKind kind) const { return known.id(kind); }
  bool is(KindId kind, KnownKind wanted) const { return known.kind(kind) == wanted; }
  std::optional<std::uint16_t> name(std::string_view name) const;
  // The tokens of a named part of a match; nothing when that part did not take part.
  std::optional<TokenRange> capture(const Chart& chart, const Match& match, KnownPart part) const {
    for (std::uint32_t i = 0; i < match.capture_count; ++i) {
      const Capture& capture = chart.captures[match.first_capture + i];
      if (known.part(capture.name) == part) return capture.range;
    }
    return std::nullopt;
  }
};

}  // namespace glane
