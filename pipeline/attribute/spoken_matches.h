// The matches that speak of quotes, by what is read from them: one look at all that the cascade has
// found. Each kind is in the order of the levels.
#pragma once

#include <vector>

#include "compile/rules.h"
#include "segment/chart.h"

namespace glane {

struct SpokenMatches {
  SpokenMatches(const Chart& chart, const CompiledRules& rules);

  std::vector<const Match*> speech;  // cues, subjects, actors and noun phrases: for SpeechCues
  std::vector<const Match*> quoted;
  std::vector<const Match*> unclosed;
  std::vector<const Match*> quotes;
  std::vector<const Match*> incises;
  std::vector<const Match*> media;  // noun phrases too
};

}  // namespace glane
