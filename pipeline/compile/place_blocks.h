// What is done with the words of a row of places (places.h), many at once.
//
// Rows are given by their first word and may begin at any; `words` is a multiple of kPlaceBlock.
// What tells whether a place is left returns that.
#pragma once

#include <cstddef>
#include <cstdint>

namespace glane {

// Words done at once: 32 bytes, which nearly every machine has registers for.
inline constexpr std::size_t kPlaceBlock = 4;

// Every place of `from` whose unit is in the column, one further. The word before both is read;
// `from` may be `to`.
bool step_up(const std::uint64_t* from, const std::uint64_t* column, std::uint64_t* to,
             std::size_t words);
// The place before every place of `from` where the unit between is in the column. The word behind
// `from` is read.
bool step_down(const std::uint64_t* from, const std::uint64_t* column, std::uint64_t* to,
               std::size_t words);
// Leaves in `row` what is in the column too.
bool meet(std::uint64_t* row, const std::uint64_t* column, std::size_t words);
// Leaves in `fresh` what is not in `row`, and adds it there.
bool absorb(std::uint64_t* row, std::uint64_t* fresh, std::size_t words);
void add(std::uint64_t* row, const std::uint64_t* other, std::size_t words);

}  // namespace glane
