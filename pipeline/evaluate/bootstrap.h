// How sure a measure is: the bootstrap over documents.
//
// A measure is a function of sums over documents (hits, predictions, gold …). Documents, not
// annotations, are what a newsroom draws from its feed, and errors of one article hang
// together, so whole documents are drawn again with replacement (Efron and Tibshirani 1993;
// for paired systems Berg-Kirkpatrick et al., EMNLP 2012). The draws depend on the seed and
// the number of documents alone: the same on every machine, in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace glane {

// What one document adds to each sum. All documents of a sample have as many numbers.
using Counts = std::vector<double>;

// The measures that sums lead to, in an order of the caller's; may be of any length, the same
// for every call. Undefined ones (nothing to divide by) are NaN: such draws are left out.
using Measure = std::function<std::vector<double>(const Counts& sums)>;

struct BootstrapOptions {
  std::size_t rounds = 1000;
  std::uint64_t seed = 20130614;  // any fixed number
  double level = 0.95;
};

// low ≤ high; both NaN when the measure is undefined in every draw.
struct Interval {
  double low = 0;
  double high = 0;
};

struct Estimate {
  double value = 0;   // over the documents as they are
  Interval interval;  // of the level asked for, percentiles of the draws
};

// One estimate for each number that `measure` gives. At least one document.
std::vector<Estimate> bootstrap(const std::vector<Counts>& documents, const Measure& measure,
                                const BootstrapOptions& options = {});

struct PairedEstimate {
  double first = 0;
  double second = 0;
  Interval difference;  // of second - first
  // How likely a difference this large is when both are equally good, two-sided: the share of
  // draws whose difference, shifted to be zero on average, reaches the one observed. At least
  // 1 / (rounds + 1).
  double p = 1;
};

// Both systems on the same documents, at least one, in the same order; each draw is applied to
// both. Throws std::invalid_argument when their numbers of documents differ.
std::vector<PairedEstimate> paired_bootstrap(const std::vector<Counts>& first,
                                             const std::vector<Counts>& second,
                                             const Measure& measure,
                                             const BootstrapOptions& options = {});

// The sums over all documents.
Counts sum(const std::vector<Counts>& documents);

}  // namespace glane
