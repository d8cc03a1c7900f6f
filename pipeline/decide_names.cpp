// Every candidate is weighed three times. First by the rules: what the name holds and what
// stands around it, here and at its other mentions. Then with what it inherits from names that
// the first pass has decided ("Frieden" from "Luc Frieden", "BDIA" from the long form, the rest
// of a list from its known members). Then once more, since what was inherited may be handed on.

#include "decide_names.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "cascade.h"
#include "short_forms.h"

namespace glane {
namespace {

// How much the evidence around other mentions of the same string counts here, and how many of
// them count.
constexpr float kElsewhere = 0.5F;
constexpr float kMostElsewhere = 2.0F;
// What a short form of a decided name is worth: a person's surname, an acronym, the first
// word of a longer name, and the other way round.
constexpr float kSurname = 6.0F;
constexpr float kAcronym = 4.0F;
constexpr float kFirstWord = 1.5F;
constexpr float kLongerForm = 1.0F;
// Names joined by a rule ("A (B)", "A et B") share their types up to this much.
constexpr float kMostKin = 3.0F;
// A name spelled like a commune: "Sainte-Flaive-des-Loups".
constexpr float kCommune = 2.5F;

constexpr auto kPerson = static_cast<std::size_t>(EntityType::person);
constexpr auto kLocation = static_cast<std::size_t>(EntityType::location);

class Weighing {
 public:
  Weighing(std::string_view text, const CompiledRules& rules, const Chart& chart)
      : text_(text), rules_(rules), chart_(chart) {}

  std::vector<WeighedName> run() {
    collect();
    gather();
    share();
    for (WeighedName& name : names_) settle(name);
    sum();
    for (int pass = 0; pass < 2; ++pass) {
      inherit();
      sum();
    }
    return std::move(names_);
  }

 private:
  struct Kin {
    std::size_t one, other;
    float share;
  };

  void collect() {
    const auto kind = rules_.kind("candidate");
    at_token_.assign(chart_.segments.tokens.size(), -1);
    if (!kind) return;
    for (const Match& match : chart_.matches) {
      if (match.kind != *kind) continue;
      for (std::uint32_t t = match.range.first; t < match.range.last; ++t) {
        at_token_[t] = static_cast<int>(names_.size());
      }
      names_.push_back({match.range, key(match.range), {{match.rule, 1.0F}}, {}, {}});
    }
    around_.resize(names_.size());
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

  int at(std::uint32_t token) const { return at_token_[token]; }

  void gather() {
    const auto evidence = rules_.kind("evidence");
    const auto kin = rules_.kind("kin");
    for (const Match& match : chart_.matches) {
      if (evidence && match.kind == *evidence) gather_evidence(match);
      if (kin && match.kind == *kin) gather_kin(match);
    }
  }

  void gather_evidence(const Match& match) {
    const Level& level = *rules_.levels[rules_.rules[match.rule].level];
    if (level.scope == Scope::kind) {
      if (const int n = at(match.range.first); n >= 0) {
        names_[static_cast<std::size_t>(n)].evidence.push_back({match.rule, 1.0F});
      }
      return;
    }
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const int n = at(chart_.captures[match.first_capture + c].range.first);
      if (n >= 0) around_[static_cast<std::size_t>(n)].push_back(match.rule);
    }
  }

  void gather_kin(const Match& match) {
    std::vector<std::size_t> members;
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const int n = at(chart_.captures[match.first_capture + c].range.first);
      if (n >= 0) members.push_back(static_cast<std::size_t>(n));
    }
    if (members.size() != 2) return;
    const std::string_view share = rules_.rules[match.rule].setting("share");
    kin_.push_back({members[0], members[1], share.empty() ? 1.0F : std::strtof(std::string(share).c_str(), nullptr)});
  }

  // What is said around one mention counts for the others too, at a part of its weight.
  void share() {
    std::unordered_map<std::string_view, std::map<RuleIndex, float>> groups;
    for (std::size_t n = 0; n < names_.size(); ++n) {
      std::ranges::sort(around_[n]);
      around_[n].erase(std::unique(around_[n].begin(), around_[n].end()), around_[n].end());
      for (const RuleIndex rule : around_[n]) groups[names_[n].key][rule] += 1.0F;
    }
    for (std::size_t n = 0; n < names_.size(); ++n) {
      const auto group = groups.find(names_[n].key);
      if (group == groups.end()) continue;
      for (const auto& [rule, count] : group->second) {
        const float here = std::ranges::binary_search(around_[n], rule) ? 1.0F : 0.0F;
        const float amount = here + kElsewhere * std::min(count - here, kMostElsewhere);
        names_[n].evidence.push_back({rule, amount});
      }
    }
  }

  // One piece of evidence a rule; what the rules alone say.
  void settle(WeighedName& name) {
    auto& pieces = name.evidence;
    std::ranges::stable_sort(pieces, {}, &NameEvidence::rule);
    const auto same = [](const NameEvidence& a, const NameEvidence& b) { return a.rule == b.rule; };
    pieces.erase(std::unique(pieces.begin(), pieces.end(), same), pieces.end());
  }

  void sum() {
    for (WeighedName& name : names_) {
      name.total = name.inherited;
      for (const NameEvidence& piece : name.evidence) {
        for (std::size_t t = 0; t < kNameTypes; ++t) {
          name.total[t] += piece.amount * rules_.rules[piece.rule].evidence[t];
        }
      }
    }
  }

  static bool decided(const WeighedName& name) { return name.total[name.best()] >= kNameFloor; }

  void inherit() {
    std::unordered_map<std::string, Heritage> estate;
    for (const WeighedName& name : names_) {
      if (decided(name)) bequeath(name, estate);
    }
    for (WeighedName& name : names_) {
      name.inherited = {};
      claim(name, estate);
      if (is_commune(name.key)) name.inherited[kLocation] += kCommune;
    }
    for (const Kin& kin : kin_) join(kin);
  }

  struct Heritage {
    std::size_t type = 0;
    float worth = 0;
  };
  using Estate = std::unordered_map<std::string, Heritage>;

  static void leave(Estate& estate, std::string key, Heritage heritage) {
    Heritage& held = estate[std::move(key)];
    if (heritage.worth > held.worth) held = heritage;
  }

  // The short forms of a decided name.
  void bequeath(const WeighedName& name, Estate& estate) const {
    const std::size_t type = name.best();
    const std::size_t blank = name.key.find(' ');
    if (blank == std::string::npos) {
      // A name of one word is the first word of longer ones: marked so that no name of one
      // word claims it.
      if (type != kPerson) leave(estate, name.key + ' ', {type, kLongerForm});
      return;
    }
    if (type == kPerson) {
      for (std::string& surname : surnames(name.key)) {
        leave(estate, std::move(surname), {type, kSurname});
      }
      return;
    }
    leave(estate, name.key.substr(0, blank), {type, kFirstWord});
    for (std::string& acronym : acronyms(text_, chart_.segments, name.range)) {
      if (acronym.size() > 1) leave(estate, std::move(acronym), {type, kAcronym});
    }
  }

  void claim(WeighedName& name, const Estate& estate) const {
    if (const auto it = estate.find(name.key); it != estate.end()) {
      name.inherited[it->second.type] += it->second.worth;
    }
    const std::size_t blank = name.key.find(' ');
    if (blank == std::string::npos) return;
    if (const auto it = estate.find(name.key.substr(0, blank + 1)); it != estate.end()) {
      name.inherited[it->second.type] += it->second.worth;
    }
  }

  void join(const Kin& kin) {
    give(names_[kin.one], names_[kin.other], kin.share);
    give(names_[kin.other], names_[kin.one], kin.share);
  }

  static void give(const WeighedName& giver, WeighedName& taker, float share) {
    if (!decided(giver)) return;
    const std::size_t type = giver.best();
    taker.inherited[type] += std::min(share * (giver.total[type] - kNameFloor), kMostKin * share);
  }

  // "saint-…-…", "…-sur-…", "…-lès-…": how the French name their communes.
  static bool is_commune(const std::string& key) {
    const bool saint = key.starts_with("saint-") || key.starts_with("sainte-");
    if (saint && key.find('-', 7) != std::string::npos) return true;
    static constexpr std::string_view kJoints[] = {"-sur-", "-sous-", "-les-", "-lès-",
                                                   "-lez-", "-en-",   "-du-",  "-aux-",
                                                   "-la-",  "-le-",   "-d'"};
    return key.find(' ') == std::string::npos && std::ranges::any_of(kJoints, [&](auto joint) {
             return key.find(joint) != std::string::npos;
           });
  }

  std::string_view text_;
  const CompiledRules& rules_;
  const Chart& chart_;
  std::vector<WeighedName> names_;
  std::vector<std::vector<RuleIndex>> around_;  // by name: rules that matched around it
  std::vector<Kin> kin_;
  std::vector<int> at_token_;  // token → name, -1 for none
};

// The rule that speaks most for the type: the provenance of the decision.
RuleIndex strongest(const WeighedName& name, std::size_t type, const CompiledRules& rules) {
  RuleIndex out = name.evidence.front().rule;
  float most = 0;
  for (const NameEvidence& piece : name.evidence) {
    const float weight = piece.amount * rules.rules[piece.rule].evidence[type];
    if (weight <= most) continue;
    most = weight;
    out = piece.rule;
  }
  return out;
}

}  // namespace

std::size_t WeighedName::best() const {
  return static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
}

std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart) {
  return Weighing(text, rules, chart).run();
}

void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart) {
  const std::size_t first = chart.matches.size();
  for (const WeighedName& name : weigh_names(text, rules, chart)) {
    const std::size_t type = name.best();
    if (name.total[type] < kNameFloor) continue;
    Match match;
    match.rule = strongest(name, type, rules);
    match.kind = *rules.kind(to_string(static_cast<EntityType>(type)));
    match.range = name.range;
    chart.matches.push_back(match);
  }
  consume_matches(chart, first, rules);
}

}  // namespace glane
