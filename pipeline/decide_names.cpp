#include "decide_names.h"

#include <algorithm>
#include <unordered_map>

#include "cascade.h"

namespace glane {
namespace {

using Scores = std::array<float, kNameTypes>;

// How much the evidence around other mentions of the same string counts here.
constexpr float kElsewhere = 0.5F;
// What an alias of a name that was decided is worth.
constexpr float kAlias = 3.0F;
// The least total that makes a name.
constexpr float kFloor = 1.0F;

struct Candidate {
  std::uint32_t match;
  TokenRange range;
  std::string key;  // folded words
  Scores inside{};
  Scores around{};
  // The strongest piece of evidence for each type: the provenance of the decision.
  Scores strongest{};
  std::array<RuleIndex, kNameTypes> rules{};
};

struct Verdict {
  std::size_t type = 0;
  float score = 0;
};

class Decision {
 public:
  Decision(std::string_view text, const CompiledRules& rules, Chart& chart)
      : text_(text), rules_(rules), chart_(chart) {}

  void run() {
    collect();
    if (candidates_.empty()) return;
    weigh();
    share();
    judge();
    recognise_aliases();
    judge();
    write();
  }

 private:
  void collect() {
    const auto kind = rules_.kind("candidate");
    at_token_.assign(chart_.segments.tokens.size(), -1);
    for (std::uint32_t m = 0; m < chart_.matches.size(); ++m) {
      const Match& match = chart_.matches[m];
      if (!kind || match.kind != *kind) continue;
      for (std::uint32_t t = match.range.first; t < match.range.last; ++t) {
        at_token_[t] = static_cast<int>(candidates_.size());
      }
      Candidate candidate{m, match.range, key(match.range)};
      candidate.rules.fill(match.rule);
      add(candidate, match.rule, candidate.inside);
      candidates_.push_back(std::move(candidate));
    }
  }

  std::string key(TokenRange range) const {
    std::string out;
    std::string word;
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      const Span span = chart_.segments.tokens[t].span;
      fold_into(text_.substr(span.begin, span.end - span.begin), word);
      if (!out.empty() && !out.ends_with('\'')) out += ' ';
      out += word;
    }
    return out;
  }

  void add(Candidate& candidate, RuleIndex rule, Scores& scores) const {
    const Scores& evidence = rules_.rules[rule].evidence;
    for (std::size_t type = 0; type < kNameTypes; ++type) {
      scores[type] += evidence[type];
      if (evidence[type] > candidate.strongest[type]) {
        candidate.strongest[type] = evidence[type];
        candidate.rules[type] = rule;
      }
    }
  }

  void weigh() {
    const auto kind = rules_.kind("evidence");
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind) continue;
      const Level& level = *rules_.levels[rules_.rules[match.rule].level];
      if (level.scope == Scope::kind) {
        if (Candidate* candidate = at(match.range.first)) {
          add(*candidate, match.rule, candidate->inside);
        }
        continue;
      }
      for (std::uint32_t c = 0; c < match.capture_count; ++c) {
        const Capture& capture = chart_.captures[match.first_capture + c];
        if (Candidate* candidate = at(capture.range.first)) {
          add(*candidate, match.rule, candidate->around);
        }
      }
    }
  }

  Candidate* at(std::uint32_t token) {
    return at_token_[token] < 0 ? nullptr : &candidates_[static_cast<std::size_t>(at_token_[token])];
  }

  // What is said around one mention counts for the others too, at half its weight.
  void share() {
    std::unordered_map<std::string_view, Scores> groups;
    for (const Candidate& candidate : candidates_) {
      Scores& group = groups[candidate.key];
      for (std::size_t t = 0; t < kNameTypes; ++t) group[t] += candidate.around[t];
    }
    for (Candidate& candidate : candidates_) {
      const Scores& group = groups[candidate.key];
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        candidate.around[t] += kElsewhere * std::clamp(group[t] - candidate.around[t], -4.0F, 4.0F);
      }
    }
  }

  void judge() {
    verdicts_.clear();
    for (const Candidate& candidate : candidates_) {
      Verdict best;
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        const float score = candidate.inside[t] + candidate.around[t];
        if (score > best.score) best = {t, score};
      }
      verdicts_.push_back(best);
    }
  }

  bool decided(std::size_t i) const { return verdicts_[i].score >= kFloor; }

  // "Frieden" after "Luc Frieden", "BDIA" beside "Belgian Digital Infrastructure Association":
  // the short form is the same thing.
  void recognise_aliases() {
    std::unordered_map<std::string, std::size_t> aliases;  // alias → candidate
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!decided(i)) continue;
      for (std::string& alias : aliases_of(i)) aliases.try_emplace(std::move(alias), i);
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const auto it = aliases.find(candidates_[i].key);
      if (it == aliases.end() || it->second == i) continue;
      const std::size_t type = verdicts_[it->second].type;
      candidates_[i].inside[type] += kAlias;
    }
  }

  std::vector<std::string> aliases_of(std::size_t i) const {
    const Candidate& candidate = candidates_[i];
    std::vector<std::string> out;
    const EntityType type = static_cast<EntityType>(verdicts_[i].type);
    if (type == EntityType::person) {
      for (std::size_t at = candidate.key.find(' '); at != std::string::npos;
           at = candidate.key.find(' ', at + 1)) {
        out.push_back(candidate.key.substr(at + 1));
      }
    } else if (candidate.range.size() > 2) {
      out.push_back(initials(candidate.range));
    }
    return out;
  }

  // First letters of the capitalised words, folded.
  std::string initials(TokenRange range) const {
    std::string out;
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      const Token& token = chart_.segments.tokens[t];
      const bool counts = token.look.shape == Shape::cap || token.look.shape == Shape::upper ||
                          (token.look.shape == Shape::lower && token.span.end - token.span.begin > 3);
      if (counts) out += fold(text_.substr(token.span.begin, 1));
    }
    return out;
  }

  void write() {
    const std::size_t first = chart_.matches.size();
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!decided(i)) continue;
      const std::size_t type = verdicts_[i].type;
      Match match;
      match.rule = candidates_[i].rules[type];
      match.kind = *rules_.kind(to_string(static_cast<EntityType>(type)));
      match.range = candidates_[i].range;
      chart_.matches.push_back(match);
    }
    consume_matches(chart_, first, rules_);
  }

  std::string_view text_;
  const CompiledRules& rules_;
  Chart& chart_;
  std::vector<Candidate> candidates_;
  std::vector<Verdict> verdicts_;
  std::vector<int> at_token_;  // token → candidate, -1 for none
};

}  // namespace

void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart) {
  Decision(text, rules, chart).run();
}

}  // namespace glane
