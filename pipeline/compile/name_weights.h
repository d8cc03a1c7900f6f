// What decides on names besides the text: numbers, all of them data in the folder of rules, so
// that `glane tune` can fit and write them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace glane {

// person, organization, location, product, event: the types that evidence decides.
inline constexpr std::size_t kNameTypes = 5;
using NameScores = std::array<float, kNameTypes>;  // by EntityType

// The defaults hold where the level of the decision (levels.toml) sets nothing.
struct NameWeights {
  std::vector<NameScores> rules;  // by RuleIndex: the numbers of `set` under a type's name

  float floor = 1;           // the least total that makes a name
  float elsewhere = 0.5F;    // how much the evidence around another mention counts here
  float most_elsewhere = 2;  // how many other mentions count
  float surname = 6;         // "Frieden" where a "Luc Frieden" is decided
  float acronym = 4;         // "CTV" where its long form is
  float first_word = 1.5F;   // "Proximus" where "Proximus Group" is
  float longer_form = 1;     // "Proximus Group" where "Proximus" is
  float most_kin = 3;        // names joined by a rule share their types up to this much
  float commune = 2.5F;      // spelled like a commune: "Sainte-Flaive-des-Loups"
};

// The single numbers by the names they have in levels.toml.
struct NameWeight {
  const char* name;
  float NameWeights::*value;
};
inline constexpr NameWeight kNameWeights[] = {{"floor", &NameWeights::floor},
                                              {"elsewhere", &NameWeights::elsewhere},
                                              {"most_elsewhere", &NameWeights::most_elsewhere},
                                              {"surname", &NameWeights::surname},
                                              {"acronym", &NameWeights::acronym},
                                              {"first_word", &NameWeights::first_word},
                                              {"longer_form", &NameWeights::longer_form},
                                              {"most_kin", &NameWeights::most_kin},
                                              {"commune", &NameWeights::commune}};

}  // namespace glane
