#include "workbench/fit_weights.h"

#include <algorithm>
#include <cmath>

namespace glane {
namespace {

constexpr int kSteps = 250;

using Scores = std::array<double, kNameTypes>;

class Fit {
 public:
  Fit(const std::vector<WeightExample>& examples, const std::vector<NameScores>& start, float floor,
      double hold)
      : examples_(examples), floor_(floor), hold_(hold), bound_(start.size(), hold) {
    for (const NameScores& scores : start) {
      Scores& row = start_.emplace_back();
      std::ranges::copy(scores, row.begin());
    }
    for (const WeightExample& example : examples_) add_bound(example);
  }

  std::vector<NameScores> run() {
    std::vector<Scores> now = start_;
    std::vector<Scores> ahead = start_;
    double pace = 1;
    for (int step = 0; step < kSteps; ++step) {
      const std::vector<Scores> next = stepped(ahead);
      const double faster = (1 + std::sqrt(1 + 4 * pace * pace)) / 2;
      ahead = beyond(now, next, (pace - 1) / faster);
      now = next;
      pace = faster;
    }
    return narrowed(now);
  }

 private:
  // The curvature along one weight is at most half of Σ amount × (Σ amounts of the example).
  void add_bound(const WeightExample& example) {
    double sum = 0;
    for (const NameEvidence& piece : example.evidence) sum += piece.amount;
    for (const NameEvidence& piece : example.evidence) {
      bound_[piece.rule] += piece.amount * sum / 2;
    }
  }

  std::vector<Scores> stepped(const std::vector<Scores>& from) const {
    std::vector<Scores> slope(from.size(), Scores{});
    for (const WeightExample& example : examples_) {
      const Scores pull = pull_of(example, from);
      for (const NameEvidence& piece : example.evidence) {
        for (std::size_t t = 0; t < kNameTypes; ++t) slope[piece.rule][t] += piece.amount * pull[t];
      }
    }
    std::vector<Scores> out = from;
    for (std::size_t r = 0; r < out.size(); ++r) {
      if (bound_[r] <= 0) continue;
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        const double held = hold_ * (from[r][t] - start_[r][t]);
        out[r][t] -= (slope[r][t] + held) / bound_[r];
      }
    }
    return out;
  }

  // Probability of each type, less one for what was wanted.
  Scores pull_of(const WeightExample& example, const std::vector<Scores>& weights) const {
    Scores total{};
    std::ranges::copy(example.given, total.begin());
    for (const NameEvidence& piece : example.evidence) {
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        total[t] += piece.amount * weights[piece.rule][t];
      }
    }
    const double most = std::max(floor_, *std::ranges::max_element(total));
    double sum = std::exp(floor_ - most);
    for (double& t : total) sum += t = std::exp(t - most);
    for (double& t : total) t /= sum;
    if (example.wanted != kNoName) total[example.wanted] -= 1;
    return total;
  }

  static std::vector<Scores> beyond(const std::vector<Scores>& from, const std::vector<Scores>& to,
                                    double part) {
    std::vector<Scores> out = to;
    for (std::size_t r = 0; r < out.size(); ++r) {
      for (std::size_t t = 0; t < kNameTypes; ++t) out[r][t] += part * (to[r][t] - from[r][t]);
    }
    return out;
  }

  static std::vector<NameScores> narrowed(const std::vector<Scores>& wide) {
    std::vector<NameScores> out(wide.size());
    for (std::size_t r = 0; r < wide.size(); ++r) {
      for (std::size_t t = 0; t < kNameTypes; ++t) out[r][t] = static_cast<float>(wide[r][t]);
    }
    return out;
  }

  const std::vector<WeightExample>& examples_;
  double floor_;
  double hold_;
  std::vector<double> bound_;
  std::vector<Scores> start_;
};

}  // namespace

std::vector<NameScores> fit_weights(const std::vector<WeightExample>& examples,
                                    const std::vector<NameScores>& start, float floor,
                                    double hold) {
  return Fit(examples, start, floor, hold).run();
}

}  // namespace glane
