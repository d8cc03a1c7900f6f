// How often each rule fires, what becomes of its matches, what it costs, and how often gold
// contradicts it.
//
// Measured beside the cascade, so that it pays nothing: matches are those of the trace
// (trace.h), which finds the same as the cascade. The time of a level is that of the cascade;
// the time of a rule is its share of the slow reading of its level, a stand-in for its share of
// the cascade's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluate/read_annotations.h"
#include "workbench/explain.h"

namespace glane {

struct RuleProfile {
  std::size_t fired = 0;  // matches before overlaps are resolved
  std::size_t kept = 0;
  std::size_t beaten = 0;  // fired and gave way
  double share = 0;        // of the time of its level
  std::size_t right = 0;   // annotations of the output that gold confirms
  std::size_t wrong = 0;   // and that it contradicts
};

class Profile {
 public:
  explicit Profile(const RuleSet& rules);

  // Reads one article. `gold` is its annotated document, or null.
  void add(Article article, const Json* gold);

  // `shown` rules of each table; wrong and right only when gold was given.
  std::string text(std::size_t shown) const;
  const std::vector<RuleProfile>& rules() const { return profiles_; }

 private:
  void count(const LevelTrace& trace, const LevelPatterns& patterns);
  void judge(const Document& document, const Json& gold);

  const RuleSet& set_;
  RulePatterns patterns_;
  CascadeWorkspace workspace_;
  std::vector<RuleProfile> profiles_;      // by RuleIndex
  std::vector<double> level_seconds_;      // of the cascade
  std::vector<std::vector<double>> slow_;  // by level and place of the rule: of the trace
  std::size_t documents_ = 0;
  std::size_t judged_ = 0;
};

}  // namespace glane
