// Weights of evidence from decided examples: multinomial logistic regression.
//
// A candidate's total for each type is a sum over its pieces of evidence, and "no name" has the
// floor as its total; the weights are those under which what was wanted is most probable
// (probabilities are the soft maximum of the totals), less `hold` / 2 times the squared distance
// from where they started. The loss is convex and is minimised by steps against a separable
// quadratic bound (Böhning & Lindsay 1988; De Pierro 1995) with Nesterov's momentum: no step
// size, no chance, the same result on every run.
#pragma once

#include <vector>

#include "recognise/decide_names.h"

namespace glane {

// What a candidate should become: an EntityType, or no name.
inline constexpr std::size_t kNoName = kNameTypes;

struct WeightExample {
  std::vector<NameEvidence> evidence;  // of the rules to be weighed
  NameScores given{};                  // what is not to be changed
  std::size_t wanted = kNoName;
};

// Weights by RuleIndex, as `start` has them. Rules that no example mentions keep their start.
std::vector<NameScores> fit_weights(const std::vector<WeightExample>& examples,
                                    const std::vector<NameScores>& start, float floor, double hold);

}  // namespace glane
