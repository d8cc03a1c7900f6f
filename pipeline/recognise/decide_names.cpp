// Every candidate is weighed three times. First by the rules: what the name holds and what
// stands around it, here and at its other mentions. Then with what it inherits from names that
// the first pass has decided ("Frieden" from "Luc Frieden", "BDIA" from the long form, the rest
// of a list from its known members). Then once more, since what was inherited may be handed on.

#include "recognise/decide_names.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>

#include "recognise/cascade.h"
#include "recognise/short_forms.h"
#include "values/string_table.h"

namespace glane {
namespace {

constexpr auto kPerson = static_cast<std::size_t>(EntityType::person);
constexpr auto kOrganization = static_cast<std::size_t>(EntityType::organization);
constexpr float kTeam = 1.5F;  // what speaks for a house in brackets behind a person
constexpr auto kLocation = static_cast<std::size_t>(EntityType::location);

std::size_t best_of(const NameScores& total) {
  return static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
}

}  // namespace

// Everything is kept in tables of the whole text, a row a piece: most articles have dozens of
// names. The tables keep their memory from one text to the next.
class Weighing {
 public:
  struct Name {
    TokenRange range;
    std::uint32_t key;  // in keys()
    bool commune;
    NameScores by_rules{};  // what its pieces say
    NameScores total{};     // with what it inherits
    bool inherits = false;
    // Its short forms, in bequests_, as those of a person or not; none before it is decided.
    struct {
      std::uint32_t first = 0, last = 0;
      bool told = false, person = false;
    } bequests;
  };
  // What a rule says of a name.
  struct Piece {
    RuleIndex rule;
    float amount;
  };
  struct Heirloom {
    std::uint32_t name;
    NameHeirloom piece;
  };

  void weigh(std::string_view text, const CompiledRules& rules, const Chart& chart,
             const NameWeights& weights) {
    text_ = text;
    rules_ = &rules;
    chart_ = &chart;
    weights_ = &weights;
    clear();
    collect();
    if (names_.empty()) return;
    gather();
    settle();
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
      add_pieces(n, names_[n].by_rules);
      names_[n].total = names_[n].by_rules;
    }
    for (int pass = 0; pass < 2; ++pass) {
      inherit();
      sum();
    }
  }

  const std::vector<Name>& names() const { return names_; }
  std::string_view key(const Name& name) const { return keys_[name.key]; }
  const std::vector<Heirloom>& heirlooms() const { return heirlooms_; }
  // Sorted by rule.
  std::span<const Piece> pieces(std::size_t name) const {
    return std::span(pieces_).subspan(first_piece_[name],
                                      first_piece_[name + 1] - first_piece_[name]);
  }

 private:
  struct Kin {
    std::uint32_t one, other;
    float share;
    bool same;  // the second, in brackets, is the first again
  };
  struct Bequest {
    std::uint32_t key;  // in estate_keys_
    NameBequest how;
    float worth;
  };
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  void clear() {
    names_.clear();
    keys_.clear();
    said_.clear();
    around_.clear();
    kin_.clear();
    heirlooms_.clear();
    estate_keys_.clear();
    bequests_.clear();
  }

  void collect() {
    const auto kind = rules_->kind(KnownKind::candidate);
    if (!kind) return;
    for (const Match& match : chart_->matches) {
      if (match.kind != *kind) continue;
      if (names_.empty()) at_token_.assign(chart_->segments.tokens.size(), kNobody);
      const auto name = static_cast<std::uint32_t>(names_.size());
      for (std::uint32_t t = match.range.first; t < match.range.last; ++t) at_token_[t] = name;
      write_key(match.range, written_);
      names_.push_back({match.range, keys_.add(written_), is_commune(written_), {}, {}, false, {}});
      said_.push_back(heard(name, match.rule));
    }
  }

  void write_key(TokenRange range, std::string& out) const {
    out.clear();
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      const Span span = chart_->segments.tokens[t].span;
      if (!out.empty() && !out.ends_with('\'')) out += ' ';
      append_folded(text_.substr(span.begin, span.end - span.begin), out);
    }
  }

  void gather() {
    for (const Match& match : chart_->matches) {
      const KnownKind kind = rules_->known.kind(match.kind);
      if (kind == KnownKind::evidence) gather_evidence(match);
      if (kind == KnownKind::kin) gather_kin(match);
    }
  }

  void gather_evidence(const Match& match) {
    const Level& level = *rules_->levels[rules_->rules[match.rule].level];
    if (level.scope == Scope::kind) {
      const std::uint32_t n = at_token_[match.range.first];
      if (n != kNobody) said_.push_back(heard(n, match.rule));
      return;
    }
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const std::uint32_t n = at_token_[chart_->captures[match.first_capture + c].range.first];
      if (n != kNobody) around_.push_back(heard(n, match.rule));
    }
  }

  void gather_kin(const Match& match) {
    std::array<std::uint32_t, 2> members{};
    std::size_t count = 0;
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const std::uint32_t n = at_token_[chart_->captures[match.first_capture + c].range.first];
      if (n == kNobody) continue;
      if (count == members.size()) return;
      members[count++] = n;
    }
    if (count != members.size()) return;
    const std::string_view share = rules_->rules[match.rule].setting("share");
    const float worth = share.empty() ? 1.0F : std::strtof(std::string(share).c_str(), nullptr);
    const bool same = !rules_->rules[match.rule].setting("same").empty();
    kin_.push_back({members[0], members[1], worth, same});
  }

  // A rule that was heard of a name, or around the names of one key: the name or key above the
  // rule in one number, which is sorted faster than the two.
  using Heard = std::uint64_t;
  static Heard heard(std::uint32_t whom, RuleIndex rule) { return Heard{whom} << 32 | rule; }
  static std::uint32_t whom(Heard what) { return static_cast<std::uint32_t>(what >> 32); }
  static RuleIndex rule_of(Heard what) { return static_cast<RuleIndex>(what); }
  struct HeardOften {
    RuleIndex rule;
    float times;
  };

  static void sort_out(std::vector<Heard>& all) {
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  // One piece of evidence a rule: what holds here comes first. What is said around one mention
  // counts for the others too, at a part of its weight.
  void settle() {
    sort_out(said_);
    sort_out(around_);
    count_by_key();
    pieces_.clear();
    first_piece_.clear();
    auto said = said_.begin();
    auto here = around_.begin();
    const auto take_said = [&](Heard bound) {
      for (; said != said_.end() && *said < bound; ++said) pieces_.push_back({rule_of(*said), 1});
    };
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
      first_piece_.push_back(pieces_.size());
      const std::uint32_t key = names_[n].key;
      for (std::size_t h = first_heard_[key]; h < first_heard_[key + 1]; ++h) {
        const Heard what = heard(n, heard_[h].rule);
        take_said(what);
        const bool is_here = here != around_.end() && *here == what;
        if (is_here) ++here;
        if (said != said_.end() && *said == what) continue;
        pieces_.push_back({heard_[h].rule, amount(heard_[h].times, is_here ? 1.0F : 0.0F)});
      }
      take_said(heard(n + 1, 0));
    }
    first_piece_.push_back(pieces_.size());
  }

  float amount(float times, float here) const {
    return here + weights_->elsewhere * std::min(times - here, weights_->most_elsewhere);
  }

  // Sorted by key and rule; a rule counts once for each name.
  void count_by_key() {
    around_keys_.clear();
    for (const Heard what : around_)
      around_keys_.push_back(heard(names_[whom(what)].key, rule_of(what)));
    std::ranges::sort(around_keys_);
    heard_.clear();
    first_heard_.clear();
    Heard last = 0;
    for (const Heard what : around_keys_) {
      if (heard_.empty() || what != last) {
        first_heard_.resize(whom(what) + 1, heard_.size());
        heard_.push_back({rule_of(what), 0});
      }
      heard_.back().times += 1.0F;
      last = what;
    }
    first_heard_.resize(keys_.size() + 1, heard_.size());
  }

  // Sums of floats depend on the order: what is inherited comes before what the rules say.
  void sum() {
    for (Name& name : names_) {
      name.total = name.by_rules;
      name.inherits = false;
    }
    for (const auto& [name, heirloom] : heirlooms_) {
      Name& heir = names_[name];
      if (!heir.inherits) heir.total = {};
      heir.inherits = true;
      heir.total[heirloom.type] += heirloom.worth;
    }
    for (std::uint32_t n = 0; n < names_.size(); ++n)
      if (names_[n].inherits) add_pieces(n, names_[n].total);
  }

  void add_pieces(std::uint32_t n, NameScores& total) const {
    for (const Piece& piece : pieces(n)) {
      const NameScores& says = weights_->rules[piece.rule];
      for (std::size_t t = 0; t < kNameTypes; ++t) total[t] += piece.amount * says[t];
    }
  }

  bool decided(const Name& name) const {
    return name.total[best_of(name.total)] >= weights_->floor;
  }

  void inherit() {
    estate_.assign(estate_keys_.size(), {});
    heirlooms_.clear();
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
      if (decided(names_[n])) bequeath(n);
    }
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
      claim(n);
      if (!names_[n].commune) continue;
      heirlooms_.push_back({n, {NameBequest::commune, n, kLocation, weights_->commune}});
    }
    for (const Kin& kin : kin_) join(kin);
  }

  // What a decided name may be called, to whoever is called so.
  void bequeath(std::uint32_t n) {
    Name& name = names_[n];
    const std::size_t type = best_of(name.total);
    const bool person = type == kPerson;
    auto& own = name.bequests;
    if (!own.told || own.person != person) {
      const auto first = static_cast<std::uint32_t>(bequests_.size());
      tell_short_forms(name, person);
      own = {first, static_cast<std::uint32_t>(bequests_.size()), true, person};
    }
    for (std::uint32_t b = own.first; b < own.last; ++b) {
      const Bequest& bequest = bequests_[b];
      NameHeirloom& best = estate_[bequest.key];
      if (bequest.worth > best.worth) best = {bequest.how, n, type, bequest.worth};
    }
  }

  void tell_short_forms(const Name& name, bool person) {
    const std::string_view key = keys_[name.key];
    const std::size_t blank = key.find(' ');
    if (blank == std::string_view::npos) {
      // A name of one word is the first word of longer ones: marked so that no name of one
      // word claims it.
      if (person) return;
      (written_ = key) += ' ';
      tell(written_, NameBequest::longer_form, weights_->longer_form);
      return;
    }
    if (person) {
      for_each_surname(key, [&](std::string_view surname) {
        tell(surname, NameBequest::surname, weights_->surname);
      });
      return;
    }
    tell(key.substr(0, blank), NameBequest::first_word, weights_->first_word);
    for (const std::string& acronym : acronyms(text_, chart_->segments, name.range))
      if (acronym.size() >= 2) tell(acronym, NameBequest::acronym, weights_->acronym);
  }
  void tell(std::string_view key, NameBequest how, float worth) {
    const std::uint32_t number = estate_keys_.add(key);
    if (number == estate_.size()) estate_.emplace_back();
    bequests_.push_back({number, how, worth});
  }

  void claim(std::uint32_t n) {
    const auto take = [&](std::string_view key) {
      const std::uint32_t number = estate_keys_.find(key);
      if (number != StringTable::kNone && estate_[number].worth > 0)
        heirlooms_.push_back({n, estate_[number]});
    };
    const std::string_view key = keys_[names_[n].key];
    take(key);
    const std::size_t blank = key.find(' ');
    if (blank != std::string_view::npos) take(key.substr(0, blank + 1));
  }

  void join(const Kin& kin) {
    // "Luc Petit (Morlan-Velt)": what stands in brackets behind a person is no person, but a house.
    const Name& one = names_[kin.one];
    if (kin.same && decided(one) && best_of(one.total) == kPerson) {
      heirlooms_.push_back({kin.other, {NameBequest::kin, kin.one, kOrganization, kTeam}});
      return;
    }
    give(kin.one, kin.other, kin.share);
    give(kin.other, kin.one, kin.share);
  }

  void give(std::uint32_t from, std::uint32_t to, float share) {
    const Name& giver = names_[from];
    if (!decided(giver)) return;
    const std::size_t type = best_of(giver.total);
    const float most = weights_->most_kin * share;
    const float worth = std::min(share * (giver.total[type] - weights_->floor), most);
    heirlooms_.push_back({to, {NameBequest::kin, from, type, worth}});
  }

  // "saint-…-…", "…-sur-…", "…-lès-…": how the French name their communes.
  static bool is_commune(std::string_view key) {
    if (key.find('-') == std::string_view::npos) return false;
    const bool saint = key.starts_with("saint-") || key.starts_with("sainte-");
    if (saint && key.find('-', 7) != std::string_view::npos) return true;
    if (key.starts_with("st-") || key.starts_with("ste-")) return true;
    static constexpr std::string_view kJoints[] = {"-sur-", "-sous-", "-les-", "-lès-",
                                                   "-lez-", "-en-",   "-du-",  "-aux-",
                                                   "-la-",  "-le-",   "-d'"};
    return key.find(' ') == std::string_view::npos && std::ranges::any_of(kJoints, [&](auto joint) {
             return key.find(joint) != std::string_view::npos;
           });
  }

  std::string_view text_;
  const CompiledRules* rules_ = nullptr;
  const Chart* chart_ = nullptr;
  const NameWeights* weights_ = nullptr;
  std::vector<Name> names_;
  StringTable keys_;                      // folded words, single spaces
  std::vector<Piece> pieces_;             // of each name in turn, sorted by rule
  std::vector<std::size_t> first_piece_;  // by name, and one behind the last
  std::vector<Heard> said_, around_;      // of names; around them
  std::vector<Heard> around_keys_;
  std::vector<HeardOften> heard_;         // around the names of each key in turn
  std::vector<std::size_t> first_heard_;  // by key, and one behind the last
  std::vector<Kin> kin_;
  std::vector<std::uint32_t> at_token_;  // token → name
  StringTable estate_keys_;              // what decided names may be called
  std::vector<NameHeirloom> estate_;     // by number of that; worth nothing when nobody left it
  std::vector<Bequest> bequests_;
  std::vector<Heirloom> heirlooms_;  // those of one name in the order in which it got them
  std::string written_;
};

namespace {

// In the order of EntityType.
constexpr std::array<KnownKind, kNameTypes> kKindOf = {KnownKind::person, KnownKind::organization,
                                                       KnownKind::location, KnownKind::product,
                                                       KnownKind::event};

// The rule that speaks most for the type: the provenance of the decision.
RuleIndex strongest(std::span<const Weighing::Piece> pieces, std::size_t type,
                    const NameWeights& weights) {
  RuleIndex out = pieces.front().rule;
  float most = 0;
  for (const Weighing::Piece& piece : pieces) {
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

std::size_t WeighedName::best() const { return best_of(total); }

std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart) {
  return weigh_names(text, rules, chart, rules.name_weights);
}

std::vector<WeighedName> weigh_names(std::string_view text, const CompiledRules& rules,
                                     const Chart& chart, const NameWeights& weights) {
  Weighing weighing;
  weighing.weigh(text, rules, chart, weights);
  std::vector<WeighedName> out;
  for (const Weighing::Name& name : weighing.names()) {
    WeighedName& weighed = out.emplace_back();
    weighed.range = name.range;
    weighed.key = weighing.key(name);
    weighed.total = name.total;
    for (const Weighing::Piece& piece : weighing.pieces(out.size() - 1))
      weighed.evidence.push_back({piece.rule, piece.amount});
  }
  for (const auto& [name, heirloom] : weighing.heirlooms()) out[name].heirlooms.push_back(heirloom);
  return out;
}

void decide_names(std::string_view text, const CompiledRules& rules, Chart& chart,
                  CascadeWorkspace& workspace) {
  const NameWeights& weights = rules.name_weights;
  const std::size_t first = chart.matches.size();
  if (!workspace.names) workspace.names = std::make_shared<Weighing>();
  Weighing& weighing = *workspace.names;
  weighing.weigh(text, rules, chart, weights);
  for (std::size_t n = 0; n < weighing.names().size(); ++n) {
    const Weighing::Name& name = weighing.names()[n];
    const std::size_t type = best_of(name.total);
    if (name.total[type] < weights.floor) continue;
    const auto kind = rules.kind(kKindOf[type]);
    if (!kind) continue;  // levels.toml does not say that the level emits it
    Match match;
    match.rule = strongest(weighing.pieces(n), type, weights);
    match.kind = *kind;
    match.range = name.range;
    chart.matches.push_back(match);
  }
  consume_matches(chart, first, rules);
}

}  // namespace glane
