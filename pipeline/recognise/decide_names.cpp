// Every candidate is weighed three times. First by the rules: what the name holds and what
// stands around it, here and at its other mentions. Then with what it inherits from names that
// the first pass has decided ("Frieden" from "Luc Frieden", "BDIA" from the long form, the rest
// of a list from its known members). Then once more, since what was inherited may be handed on.

#include "recognise/decide_names.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "recognise/cascade.h"
#include "recognise/short_forms.h"

namespace glane {
namespace {

constexpr auto kPerson = static_cast<std::size_t>(EntityType::person);
constexpr auto kOrganization = static_cast<std::size_t>(EntityType::organization);
constexpr float kTeam = 1.5F;  // what speaks for a house in brackets behind a person
constexpr auto kLocation = static_cast<std::size_t>(EntityType::location);

class Weighing {
 public:
  Weighing(std::string_view text, const CompiledRules& rules, const Chart& chart,
           const NameWeights& weights)
      : text_(text), rules_(rules), chart_(chart), weights_(weights) {}

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
    bool same;  // the second, in brackets, is the first again
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
    const float worth = share.empty() ? 1.0F : std::strtof(std::string(share).c_str(), nullptr);
    const bool same = !rules_.rules[match.rule].setting("same").empty();
    kin_.push_back({members[0], members[1], worth, same});
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
        const float others = std::min(count - here, weights_.most_elsewhere);
        const float amount = here + weights_.elsewhere * others;
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
      name.total = {};
      for (const NameHeirloom& heirloom : name.heirlooms) {
        name.total[heirloom.type] += heirloom.worth;
      }
      for (const NameEvidence& piece : name.evidence) {
        const NameScores& says = weights_.rules[piece.rule];
        for (std::size_t t = 0; t < kNameTypes; ++t) name.total[t] += piece.amount * says[t];
      }
    }
  }

  bool decided(const WeighedName& name) const { return name.total[name.best()] >= weights_.floor; }

  void inherit() {
    Estate estate;
    for (std::size_t n = 0; n < names_.size(); ++n) {
      if (decided(names_[n])) bequeath(n, estate);
    }
    for (std::size_t n = 0; n < names_.size(); ++n) {
      WeighedName& name = names_[n];
      name.heirlooms.clear();
      claim(name, estate);
      if (!is_commune(name.key)) continue;
      name.heirlooms.push_back({NameBequest::commune, n, kLocation, weights_.commune});
    }
    for (const Kin& kin : kin_) join(kin);
  }

  using Estate = std::unordered_map<std::string, NameHeirloom>;

  static void leave(Estate& estate, std::string key, NameHeirloom heirloom) {
    NameHeirloom& held = estate[std::move(key)];
    if (heirloom.worth > held.worth) held = heirloom;
  }

  // The short forms of a decided name.
  void bequeath(std::size_t n, Estate& estate) const {
    const WeighedName& name = names_[n];
    const std::size_t type = name.best();
    const std::size_t blank = name.key.find(' ');
    if (blank == std::string::npos) {
      // A name of one word is the first word of longer ones: marked so that no name of one
      // word claims it.
      if (type == kPerson) return;
      leave(estate, name.key + ' ', {NameBequest::longer_form, n, type, weights_.longer_form});
      return;
    }
    if (type == kPerson) {
      for (std::string& surname : surnames(name.key)) {
        leave(estate, std::move(surname), {NameBequest::surname, n, type, weights_.surname});
      }
      return;
    }
    leave(estate, name.key.substr(0, blank),
          {NameBequest::first_word, n, type, weights_.first_word});
    for (std::string& acronym : acronyms(text_, chart_.segments, name.range)) {
      if (acronym.size() < 2) continue;
      leave(estate, std::move(acronym), {NameBequest::acronym, n, type, weights_.acronym});
    }
  }

  static void claim(WeighedName& name, const Estate& estate) {
    const auto take = [&](const std::string& key) {
      if (const auto it = estate.find(key); it != estate.end()) {
        name.heirlooms.push_back(it->second);
      }
    };
    take(name.key);
    const std::size_t blank = name.key.find(' ');
    if (blank != std::string::npos) take(name.key.substr(0, blank + 1));
  }

  void join(const Kin& kin) {
    // "Luc Petit (Morlan-Velt)": what stands in brackets behind a person is no person, but a house.
    const WeighedName& one = names_[kin.one];
    if (kin.same && decided(one) && one.best() == kPerson) {
      names_[kin.other].heirlooms.push_back({NameBequest::kin, kin.one, kOrganization, kTeam});
      return;
    }
    give(kin.one, kin.other, kin.share);
    give(kin.other, kin.one, kin.share);
  }

  void give(std::size_t from, std::size_t to, float share) {
    const WeighedName& giver = names_[from];
    if (!decided(giver)) return;
    const std::size_t type = giver.best();
    const float most = weights_.most_kin * share;
    const float worth = std::min(share * (giver.total[type] - weights_.floor), most);
    names_[to].heirlooms.push_back({NameBequest::kin, from, type, worth});
  }

  // "saint-…-…", "…-sur-…", "…-lès-…": how the French name their communes.
  static bool is_commune(const std::string& key) {
    const bool saint = key.starts_with("saint-") || key.starts_with("sainte-");
    if (saint && key.find('-', 7) != std::string::npos) return true;
    if (key.starts_with("st-") || key.starts_with("ste-")) return true;
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
  const NameWeights& weights_;
  std::vector<WeighedName> names_;
  std::vector<std::vector<RuleIndex>> around_;  // by name: rules that matched around it
  std::vector<Kin> kin_;
  std::vector<int> at_token_;  // token → name, -1 for none
};

// The rule that speaks most for the type: the provenance of the decision.
RuleIndex strongest(const WeighedName& name, std::size_t type, const NameWeights& weights) {
  RuleIndex out = name.evidence.front().rule;
  float most = 0;
  for (const NameEvidence& piece : name.evidence) {
    const float weight = piece.amount * weights.rules[piece.rule][type];
    if (weight <= most) continue;
    most = weight;
    out = piece.rule;
  }
  return out;
}

}  // namespace

const char* to_string(NameBequest how) {
  static constexpr const char* kNames[] = {"surname",     "acronym", "first_word",
                                           "longer_form", "kin",     "commune"};
  return kNames[static_cast<std::size_t>(how)];
}

std::size_t WeighedName::best() const {
  return static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
}

std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart) {
  return weigh_names(text, rules, chart, rules.name_weights);
}

std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart, const NameWeights& weights) {
  return Weighing(text, rules, chart, weights).run();
}

void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart) {
  const NameWeights& weights = rules.name_weights;
  const std::size_t first = chart.matches.size();
  for (const WeighedName& name : weigh_names(text, rules, chart)) {
    const std::size_t type = name.best();
    if (name.total[type] < weights.floor) continue;
    const auto kind = rules.kind(to_string(static_cast<EntityType>(type)));
    if (!kind) continue;  // levels.toml does not say that the level emits it
    Match match;
    match.rule = strongest(name, type, weights);
    match.kind = *kind;
    match.range = name.range;
    chart.matches.push_back(match);
  }
  consume_matches(chart, first, rules);
}

}  // namespace glane
