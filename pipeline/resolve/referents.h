// Ways of writing one name: what two mentions of the same referent have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glane {

// What remains of a name when case, accents, hyphens and dots do not count, and "St" is "Saint":
// "MACRON" and "Macron", "St-Denis" and "Saint Denis", "O.N.U." and "ONU", "J.-L. Petit" and
// "J. L. Petit" have the same key. Words are separated by single spaces.
std::string referent_key(std::string_view name);

// The shorter ways to name a person, by key: surnames ("frieden"), and given names as initials
// ("l frieden").
std::vector<std::string> person_aliases(std::string_view key);

}  // namespace glane
