#include "evaluate/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace glane {
namespace {

// SplitMix64 (Steele, Lea and Flood 2014). The distributions of <random> differ between
// libraries, and a report must not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  // 0…sides-1; the bias of the remainder is below 2^-40 for any corpus.
  std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

// How often each document is drawn.
std::vector<double> draw(std::size_t documents, Dice& dice) {
  std::vector<double> times(documents);
  for (std::size_t i = 0; i < documents; ++i) times[dice.roll(documents)] += 1;
  return times;
}

Counts sum_drawn(const std::vector<Counts>& documents, const std::vector<double>& times) {
  Counts sums(documents.empty() ? 0 : documents.front().size());
  for (std::size_t d = 0; d < documents.size(); ++d) {
    if (times[d] == 0) continue;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += times[d] * documents[d][i];
  }
  return sums;
}

// The percentile of sorted values, between neighbours in proportion.
double percentile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Interval interval_of(std::vector<double> values, double level) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    return {kNone, kNone};
  }
  std::sort(values.begin(), values.end());
  const double tail = (1 - level) / 2;
  return {percentile(values, tail), percentile(values, 1 - tail)};
}

// draws[m][round] of measure m, for every sample with the same documents drawn.
using Draws = std::vector<std::vector<double>>;

void add_round(Draws& draws, const std::vector<double>& measures) {
  for (std::size_t m = 0; m < draws.size(); ++m) draws[m].push_back(measures[m]);
}

double p_value(const std::vector<double>& differences, double observed) {
  std::size_t defined = 0;
  std::size_t reached = 0;
  for (const double difference : differences) {
    if (std::isnan(difference)) continue;
    ++defined;
    reached += std::abs(difference - observed) >= std::abs(observed) ? 1 : 0;
  }
  return static_cast<double>(reached + 1) / static_cast<double>(defined + 1);
}

}  // namespace

Counts sum(const std::vector<Counts>& documents) {
  return sum_drawn(documents, std::vector<double>(documents.size(), 1.0));
}

std::vector<Estimate> bootstrap(const std::vector<Counts>& documents, const Measure& measure,
                                const BootstrapOptions& options) {
  const std::vector<double> values = measure(sum(documents));
  Draws draws(values.size());
  Dice dice(options.seed);
  for (std::size_t round = 0; round < options.rounds; ++round) {
    add_round(draws, measure(sum_drawn(documents, draw(documents.size(), dice))));
  }
  std::vector<Estimate> estimates;
  for (std::size_t m = 0; m < values.size(); ++m) {
    estimates.push_back({values[m], interval_of(draws[m], options.level)});
  }
  return estimates;
}

std::vector<PairedEstimate> paired_bootstrap(const std::vector<Counts>& first,
                                             const std::vector<Counts>& second,
                                             const Measure& measure,
                                             const BootstrapOptions& options) {
  if (first.size() != second.size()) {
    throw std::invalid_argument("paired_bootstrap: not the same documents");
  }
  const std::vector<double> a = measure(sum(first));
  const std::vector<double> b = measure(sum(second));
  Draws draws(a.size());
  Dice dice(options.seed);
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const std::vector<double> times = draw(first.size(), dice);
    std::vector<double> differences = measure(sum_drawn(second, times));
    const std::vector<double> before = measure(sum_drawn(first, times));
    for (std::size_t m = 0; m < differences.size(); ++m) differences[m] -= before[m];
    add_round(draws, differences);
  }
  std::vector<PairedEstimate> estimates;
  for (std::size_t m = 0; m < a.size(); ++m) {
    estimates.push_back(
        {a[m], b[m], interval_of(draws[m], options.level), p_value(draws[m], b[m] - a[m])});
  }
  return estimates;
}

}  // namespace glane
