// What the cascade has found in one text: the chart that its levels fill.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "glane/document.h"
#include "segment/token.h"

namespace glane {

using KindId = std::uint16_t;  // what a rule emits: "money", "person", "quoted", …

// A part of a match that the rule names: @value:( … ).
struct Capture {
  std::uint16_t name;  // index into CompiledRules::names
  TokenRange range;
};

struct Match {
  RuleIndex rule = 0;
  KindId kind = 0;
  TokenRange range;
  std::uint32_t first_capture = 0;  // into Chart::captures
  std::uint32_t capture_count = 0;
  std::uint32_t first_inner = 0;  // into Chart::inner: the units it took the place of
  std::uint32_t inner_count = 0;
};

// One symbol of a level: a token, a multi-word entry, or a match of an earlier level.
struct Unit {
  TokenRange range;
  WordId word = kUnknownWord;  // of the token or the entry
  std::uint32_t group = 0;     // words that no rule tells apart share it (cascade.h)
  Look look;                   // of its first token
  KindId kind = 0;             // 0 for tokens and entries
};

struct Chart {
  Segments segments;
  std::vector<Match> matches;  // all that were kept, in the order of the levels
  std::vector<Match> kills;    // what kill rules claimed: no unit, only for examples
  std::vector<Capture> captures;
  std::vector<Unit> units;  // what the next level sees
  std::vector<Unit> inner;  // what consumed matches cover

  void clear() {
    segments.clear();
    matches.clear();
    kills.clear();
    captures.clear();
    units.clear();
    inner.clear();
  }
};

}  // namespace glane
