// Parts of a match that make a length of time → ISO 8601 durations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpret/interpret_date.h"
#include "interpret/interpret_number.h"
#include "interpret/match_parts.h"

namespace glane {

class LengthReader {
 public:
  explicit LengthReader(const MatchParts& parts) : parts_(parts) {}

  // A clock ("1h30"), a time of a race, or amounts with their periods; no amount writes X. A
  // missing period is that of the length before ("dix ans, dont cinq avec sursis").
  std::optional<std::string> read(const std::optional<Amount>& value);

  // One end of a range.
  std::string read_end(const Amount& amount, FigurePart period) const;

  // So much of the unit of the length before.
  std::string in_last_unit(const Decimal& amount) const;

 private:
  Length length(const std::optional<Amount>& amount, FigurePart period) const;
  std::vector<Length> lengths(const std::optional<Amount>& value);

  const MatchParts& parts_;
  std::string last_period_ = "Y";
};

}  // namespace glane
