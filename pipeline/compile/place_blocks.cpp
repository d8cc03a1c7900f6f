#include "compile/place_blocks.h"

#include <cstring>

// Compiled for machines with AVX2 and for all others; which one runs is found out when the program
// starts. Sanitizers are not ready then.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define GLANE_ALSO_AVX2 __attribute__((target_clones("avx2", "default")))
#else
#define GLANE_ALSO_AVX2
#endif

namespace glane {
namespace {

using Block [[gnu::vector_size(8 * kPlaceBlock)]] = std::uint64_t;

// A block begins at any word: copied, so that no compiler takes it for aligned.
inline void get(const std::uint64_t* words, Block& block) {
  std::memcpy(&block, words, sizeof block);
}
inline void put(std::uint64_t* words, const Block& block) {
  std::memcpy(words, &block, sizeof block);
}
inline bool some(const Block& all) { return (all[0] | all[1] | all[2] | all[3]) != 0; }

}  // namespace

GLANE_ALSO_AVX2 bool step_up(const std::uint64_t* from, const std::uint64_t* column,
                             std::uint64_t* to, std::size_t words) {
  Block all{};
  for (std::size_t w = words; w > 0; w -= kPlaceBlock) {
    const std::size_t at = w - kPlaceBlock;
    Block here, units, below, units_below;
    get(from + at, here);
    get(column + at, units);
    get(from + at - 1, below);
    get(column + at - 1, units_below);
    const Block reached = (here & units) << 1 | (below & units_below) >> 63;
    put(to + at, reached);
    all |= reached;
  }
  return some(all);
}

GLANE_ALSO_AVX2 bool step_down(const std::uint64_t* from, const std::uint64_t* column,
                               std::uint64_t* to, std::size_t words) {
  Block all{};
  for (std::size_t w = 0; w < words; w += kPlaceBlock) {
    Block here, above, units;
    get(from + w, here);
    get(from + w + 1, above);
    get(column + w, units);
    const Block reached = (here >> 1 | above << 63) & units;
    put(to + w, reached);
    all |= reached;
  }
  return some(all);
}

GLANE_ALSO_AVX2 bool meet(std::uint64_t* row, const std::uint64_t* column, std::size_t words) {
  Block all{};
  for (std::size_t w = 0; w < words; w += kPlaceBlock) {
    Block here, units;
    get(row + w, here);
    get(column + w, units);
    here &= units;
    put(row + w, here);
    all |= here;
  }
  return some(all);
}

GLANE_ALSO_AVX2 bool absorb(std::uint64_t* row, std::uint64_t* fresh, std::size_t words) {
  Block all{};
  for (std::size_t w = 0; w < words; w += kPlaceBlock) {
    Block here, left;
    get(row + w, here);
    get(fresh + w, left);
    left &= ~here;
    put(fresh + w, left);
    put(row + w, here | left);
    all |= left;
  }
  return some(all);
}

GLANE_ALSO_AVX2 void add(std::uint64_t* row, const std::uint64_t* other, std::size_t words) {
  for (std::size_t w = 0; w < words; w += kPlaceBlock) {
    Block here, more;
    get(row + w, here);
    get(other + w, more);
    put(row + w, here | more);
  }
}

}  // namespace glane
