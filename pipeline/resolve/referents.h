// Ways of writing one name: what two mentions of the same referent have in common.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "recognise/short_forms.h"

namespace glane {

// What remains of a name when case, accents, hyphens and dots do not count, and "St" is "Saint":
// "MACRON" and "Macron", "St-Denis" and "Saint Denis", "O.N.U." and "ONU", "J.-L. Petit" and
// "J. L. Petit" have the same key. Words are separated by single spaces.
std::string referent_key(std::string_view name);

// The shorter ways to name a person, by key: surnames ("frieden"), and given names as initials
// ("l frieden").
std::vector<std::string> person_aliases(std::string_view key);

// Shrinks the word at `at` to its first letter and goes on to the next; false at the last word.
bool shorten_next(std::string& name, std::size_t& at);

template <typename Action>
void for_each_alias(std::string_view key, Action action) {
  for_each_surname(key, action);
  if (static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) >= kMostWords) return;
  std::string name(key);
  for (std::size_t at = 0; shorten_next(name, at);) action(std::string_view(name));
}

}  // namespace glane
