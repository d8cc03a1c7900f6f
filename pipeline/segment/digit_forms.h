// What is written with digits: where a number, a date, a time … ends that begins at a place.
#pragma once

#include <cstdint>
#include <string_view>

#include "segment/characters.h"
#include "segment/vocabulary.h"

namespace glane {

// Places are bytes of a normalised text. What is said to end at the place where it may begin is not
// there.
class DigitForms {
 public:
  // The vocabulary, which may be null, tells what is a unit, a currency or a scale.
  DigitForms(std::string_view text, const Vocabulary* vocabulary)
      : text_(text), chars_(text), vocabulary_(vocabulary) {}

  // "85 000", "2,5", "5½"; there is a digit at `at`.
  std::uint32_t number_end(std::uint32_t at) const;
  // 13.03.23, 12/03/2025, 12-03-2025, 2016-11-07
  std::uint32_t date_end(std::uint32_t at) const;
  // 22:35, 22:35:10, 14h30, 14H30, 8h
  std::uint32_t time_end(std::uint32_t at) const;
  // 192.168.1.2, 2.0.1: three groups or more that are no thousands
  std::uint32_t dotted_digits_end(std::uint32_t at) const;

  // Behind digits: the letters of "1er", those and more of "5G" and "747-400F".
  std::uint32_t ordinal_end(std::uint32_t at) const;
  std::uint32_t code_end(std::uint32_t at) const;
  // Letters directly after digits that are a unit, a currency or a scale: "20k€", "30km".
  bool measure_at(std::uint32_t at) const;
  // "m" between digits: "6m03".
  bool metres_at(std::uint32_t at) const;
  // "x" between digits, that ends at `end`: "1,5x10⁻⁵", "3x10^8".
  bool times_ten(std::uint32_t at, std::uint32_t end) const;
  // "1/4h" is a quarter of an hour, not four o'clock: whether the denominator is at `at`.
  bool part_of_hour(std::uint32_t at) const;

 private:
  std::uint32_t groups_end(std::uint32_t begin, std::uint32_t end) const;

  std::string_view text_;
  Characters chars_;
  const Vocabulary* vocabulary_;
};

}  // namespace glane
