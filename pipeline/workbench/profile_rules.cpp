#include "workbench/profile_rules.h"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "evaluate/python_text.h"
#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "workbench/compare.h"
#include "workbench/list_rules.h"

namespace glane {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string percent(double share) {
  const std::string text = fixed(100 * share, 1);
  return std::string(7 - std::min<std::size_t>(7, text.size()), ' ') + text + " %";
}

std::string right(std::size_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

bool confirmed(const std::string& layer, const Mention& mention, const std::vector<Mention>& gold) {
  return std::ranges::any_of(gold,
                             [&](const Mention& other) { return agree(layer, other, mention); });
}

double total_of(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

}  // namespace

Profile::Profile(const RuleSet& rules)
    : set_(rules),
      patterns_(read_patterns(rules.compiled())),
      profiles_(rules.rule_count()),
      level_seconds_(rules.compiled().levels.size()),
      slow_(rules.compiled().levels.size()) {
  for (std::size_t l = 0; l < slow_.size(); ++l)
    slow_[l].resize(rules.compiled().levels[l]->rules.size());
}

void Profile::add(Article article, const Json* gold) {
  const CompiledRules& rules = set_.compiled();
  const NormalisedText text = normalise(article.text);
  Chart chart;
  chart.segments = segment(text.text, rules.vocabulary);
  start_chart(chart, rules);
  const TokenRange all{0, static_cast<std::uint32_t>(chart.segments.tokens.size())};
  for (const auto& level : rules.levels) {
    if (patterns_[level->index])
      count(trace_level(*patterns_[level->index], chart, all), *patterns_[level->index]);
    const Clock::time_point begin = Clock::now();
    recognise_level(*level, text.text, rules, chart, workspace_);
    level_seconds_[level->index] += seconds_since(begin);
  }
  ++documents_;
  if (gold) judge(extract(std::move(article), set_), *gold);
}

void Profile::count(const LevelTrace& trace, const LevelPatterns& patterns) {
  for (const TracedMatch& match : trace.matches) {
    RuleProfile& profile = profiles_[match.rule];
    ++profile.fired;
    ++(match.kept ? profile.kept : profile.beaten);
  }
  std::vector<double>& seconds = slow_[patterns.level.index];
  for (std::size_t r = 0; r < seconds.size(); ++r) seconds[r] += trace.seconds[r];
  const double total = total_of(seconds);
  for (std::size_t r = 0; r < seconds.size(); ++r) {
    profiles_[patterns.members[r]].share = total > 0 ? seconds[r] / total : 0;
  }
}

void Profile::judge(const Document& document, const Json& gold) {
  ++judged_;
  const Json found = Json::parse(to_json(document, set_));
  for (const char* layer : {"entities", "figures", "quotes"}) {
    if (!gold.contains(layer)) continue;
    const std::vector<Mention> wanted = read_mentions(&gold, layer, {}, gold);
    for (const Mention& mention : read_mentions(&found, layer, {}, gold)) {
      const std::string id = text_of(mention, "rule");
      const auto& all = set_.compiled().rules;
      const auto rule = std::ranges::find(all, id, &Rule::id);
      if (rule == all.end()) continue;
      RuleProfile& profile = profiles_[static_cast<std::size_t>(rule - all.begin())];
      ++(confirmed(layer, mention, wanted) ? profile.right : profile.wrong);
    }
  }
}

namespace {

std::string levels_table(const CompiledRules& rules, const std::vector<RuleProfile>& profiles,
                         const std::vector<double>& seconds) {
  std::string out = padded("level", 12) + "  time of the cascade   rules   fired    kept  beaten\n";
  const double total = total_of(seconds);
  for (const auto& level : rules.levels) {
    RuleProfile all;
    for (RuleIndex r = 0; r < profiles.size(); ++r) {
      if (rules.rules[r].level != level->index) continue;
      all.fired += profiles[r].fired;
      all.kept += profiles[r].kept;
      all.beaten += profiles[r].beaten;
    }
    const double time = seconds[level->index];
    out += padded(level->name, 12) + percent(total > 0 ? time / total : 0) +
           right(static_cast<std::size_t>(1000 * time), 9) + " ms" + right(level->rules.size(), 8) +
           right(all.fired, 8) + right(all.kept, 8) + right(all.beaten, 8) + "\n";
  }
  return out;
}

std::string rule_line(const CompiledRules& rules, RuleIndex r, const RuleProfile& profile) {
  const Rule& rule = rules.rules[r];
  return padded(rule.id, 36) + padded(rules.levels[rule.level]->name, 12) +
         right(profile.fired, 7) + right(profile.kept, 8) + right(profile.beaten, 8) +
         percent(profile.share);
}

// The rules with the largest `measure`, those with none left out.
std::vector<RuleIndex> largest(const std::vector<RuleProfile>& profiles, std::size_t most,
                               const auto& measure) {
  std::vector<RuleIndex> order;
  for (RuleIndex r = 0; r < profiles.size(); ++r) {
    if (measure(r) > 0) order.push_back(r);
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, measure);
  if (order.size() > most) order.resize(most);
  return order;
}

std::string never_fired(const CompiledRules& rules, const std::vector<RuleProfile>& profiles) {
  std::string ids;
  std::size_t count = 0;
  for (RuleIndex r = 0; r < profiles.size(); ++r) {
    if (profiles[r].fired > 0) continue;
    ids += (ids.empty() ? "" : ", ") + rules.rules[r].id;
    ++count;
  }
  return "\nnever fired (" + std::to_string(count) + " rules)\n" +
         (ids.empty() ? "" : wrapped("  " + ids, 2) + "\n");
}

}  // namespace

std::string Profile::text(std::size_t shown) const {
  const CompiledRules& rules = set_.compiled();
  std::string out = std::to_string(documents_) + " documents\n\n" +
                    levels_table(rules, profiles_, level_seconds_);
  const double total = total_of(level_seconds_);
  const auto cost = [&](RuleIndex r) {
    return total > 0 ? profiles_[r].share * level_seconds_[rules.rules[r].level] / total : 0;
  };
  out += "\n" + padded("dearest rules", 36) + padded("level", 12) +
         "  fired    kept  beaten  of its level\n";
  for (const RuleIndex r : largest(profiles_, shown, cost))
    out += rule_line(rules, r, profiles_[r]) + "\n";
  out += "(a rule's share is that of a slow reading beside the cascade, which finds the same)\n";
  out += "\n" + padded("most often beaten", 36) + padded("level", 12) +
         "  fired    kept  beaten  of its level\n";
  for (const RuleIndex r :
       largest(profiles_, shown, [&](RuleIndex i) { return profiles_[i].beaten; })) {
    out += rule_line(rules, r, profiles_[r]) + "\n";
  }
  out += never_fired(rules, profiles_);
  if (judged_ == 0) return out;
  out += "\n" + padded("noisiest rules", 36) + padded("level", 12) +
         "  wrong   right  of its results wrong\n";
  for (const RuleIndex r :
       largest(profiles_, shown, [&](RuleIndex i) { return profiles_[i].wrong; })) {
    const RuleProfile& p = profiles_[r];
    out += padded(rules.rules[r].id, 36) + padded(rules.levels[rules.rules[r].level]->name, 12) +
           right(p.wrong, 7) + right(p.right, 8) +
           percent(static_cast<double>(p.wrong) / static_cast<double>(p.wrong + p.right)) + "\n";
  }
  return out;
}

}  // namespace glane
