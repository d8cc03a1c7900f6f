#include "resolve/resolve.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "recognise/short_forms.h"
#include "resolve/referents.h"

namespace glane {
namespace {

class Resolution {
 public:
  Resolution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules)
      : chart_(chart), text_(text), rules_(rules) {}

  std::vector<Entity> run() {
    link();
    collect();
    unite();
    name_referents();
    join_roles();
    std::vector<Entity> out;
    for (Mention& mention : mentions_) out.push_back(std::move(mention.entity));
    return out;
  }

 private:
  struct Mention {
    Entity entity;
    TokenRange range;
    std::string key;  // of referents.h
  };

  // What "links" matches say: a role, its holder, its house, as first tokens.
  struct Link {
    std::uint32_t role;
    std::optional<std::uint32_t> person;
    std::optional<std::uint32_t> organization;
  };

  void link() {
    const auto kind = rules_.kind("link");
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind) continue;
      const auto role = rules_.capture(chart_, match, "role");
      if (!role) continue;
      Link link{role->first, {}, {}};
      if (const auto p = rules_.capture(chart_, match, "person")) link.person = p->first;
      if (const auto o = rules_.capture(chart_, match, "organization"))
        link.organization = o->first;
      if (link.person) {
        offices_.insert(link.role);
        held_.insert(folded(*role));
      }
      links_.push_back(link);
    }
  }

  // "Office national de l'emploi (Onem)": what stands in the brackets is the name before them,
  // where a rule says so.
  void unite() {
    const auto kind = rules_.kind("kin");
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind || rules_.rules[match.rule].setting("same").empty())
        continue;
      const auto one = rules_.capture(chart_, match, "one");
      const auto other = rules_.capture(chart_, match, "other");
      const Mention* name = one ? at(one->first) : nullptr;
      const Mention* acronym = other ? at(other->first) : nullptr;
      if (!name || !acronym || name->entity.type != acronym->entity.type) continue;
      if (name->entity.type == EntityType::person || name->entity.type == EntityType::location)
        continue;
      if (first_letter_of(*name) != first_letter_of(*acronym)) continue;
      also_.emplace(slot(*name, name->key), acronym->key);
    }
  }

  static char first_letter_of(const Mention& mention) {
    return mention.key.empty() ? '\0' : mention.key.front();
  }

  std::string folded(TokenRange range) const {
    const std::uint32_t begin = chart_.segments.tokens[range.first].span.begin;
    const std::uint32_t end = chart_.segments.tokens[range.last - 1].span.end;
    return fold(text_.text.substr(begin, end - begin));
  }

  // An office is a role always; a profession beside a name, and where the text means the same
  // person again: "L'avocat" after "Me Lemaire, avocat".
  std::optional<EntityType> type_of(const Match& match) const {
    const std::string& kind = rules_.kinds[match.kind];
    if (kind != "profession") return entity_type(kind);
    const bool held = offices_.contains(match.range.first) ||
                      (held_.contains(folded(match.range)) && after_the(match.range));
    return held ? std::optional(EntityType::role) : std::nullopt;
  }

  bool after_the(TokenRange range) const {
    if (range.first == 0) return false;
    const std::string word = folded({range.first - 1, range.first});
    return word == "le" || word == "la" || word == "l'";
  }

  void collect() {
    for (const Match& match : chart_.matches) {
      const auto type = type_of(match);
      if (!type) continue;
      Mention mention;
      mention.range = match.range;
      mention.entity.type = *type;
      mention.entity.rule = match.rule;
      mention.entity.span = text_.map.to_source(span_of(match.range));
      mention.entity.name = whole_name(match.range);
      mention.key = referent_key(mention.entity.name);
      mentions_.push_back(std::move(mention));
    }
    std::ranges::stable_sort(mentions_, {}, [](const Mention& m) { return m.range.first; });
    const auto overlaps = [](const Mention& a, const Mention& b) {
      return b.range.first < a.range.last;
    };
    mentions_.erase(std::unique(mentions_.begin(), mentions_.end(), overlaps), mentions_.end());
    share_surnames();
  }

  Span span_of(TokenRange range) const {
    return {chart_.segments.tokens[range.first].span.begin,
            chart_.segments.tokens[range.last - 1].span.end};
  }

  // As written, with the article that melted into "du" or "aux": "Le Havre" for "du Havre".
  std::string whole_name(TokenRange range) const {
    const Span span = span_of(range);
    std::string name = tidy(std::string_view(text_.text).substr(span.begin, span.end - span.begin));
    if (range.first == 0) return name;
    const std::string before = folded({range.first - 1, range.first});
    if (before != "du" && before != "au" && before != "des" && before != "aux") return name;
    const WordId word = rules_.vocabulary.find(fold(name));
    const auto whole = rules_.vocabulary.field(word, "contracted_name", "full");
    return whole ? std::string(*whole) : name;
  }

  // "Jean et Marie Dubois": the surname of the second is the first one's too.
  void share_surnames() {
    std::optional<std::unordered_set<std::string>> known;  // when a pair asks for them
    for (std::size_t i = 0; i + 1 < mentions_.size(); ++i) {
      Mention& one = mentions_[i];
      const Mention& other = mentions_[i + 1];
      if (one.entity.type != EntityType::person || other.entity.type != EntityType::person)
        continue;
      const std::size_t blank = other.key.find(' ');
      const bool and_between = other.range.first == one.range.last + 1 &&
                               folded({one.range.last, one.range.last + 1}) == "et";
      if (!and_between || blank == std::string::npos || !is_first_name(one)) continue;
      if (!known) known = all_surnames();
      if (known->contains(one.key)) continue;
      one.entity.name += other.entity.name.substr(other.entity.name.find(' '));
      one.key = referent_key(one.entity.name);
    }
  }

  bool is_first_name(const Mention& mention) const {
    const WordId word = chart_.segments.tokens[mention.range.first].word;
    return mention.range.size() == 1 && rules_.vocabulary.member(word, "first_name");
  }

  // What is somebody's surname in the text is nobody's first name.
  std::unordered_set<std::string> all_surnames() const {
    std::unordered_set<std::string> out;
    for (const Mention& mention : mentions_) {
      for (std::string& surname : surnames(mention.key)) out.insert(std::move(surname));
    }
    return out;
  }

  // A name on one line, single spaces.
  static std::string tidy(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n';
      if (!blank)
        out += c;
      else if (!out.empty() && out.back() != ' ')
        out += ' ';
    }
    return out;
  }

  // One id for each name; short forms take the id of the name they shorten.
  void name_referents() {
    std::unordered_map<std::string, std::uint32_t> ids;  // type and key → id
    std::vector<std::size_t> order(mentions_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return mentions_[a].key.size() > mentions_[b].key.size();
    });
    std::vector<std::string> names{""};
    for (const std::size_t i : order) {
      Mention& mention = mentions_[i];
      const auto [it, fresh] =
          ids.try_emplace(slot(mention, mention.key), static_cast<std::uint32_t>(names.size()));
      if (fresh) {
        names.push_back(mention.entity.name);
        for (const std::string& alias : aliases(mention))
          ids.try_emplace(slot(mention, alias), it->second);
      }
      mention.entity.id = it->second;
      std::string& name = names[it->second];
      if (name.size() == mention.entity.name.size() && all_capitals(name))
        name = mention.entity.name;
    }
    renumber(names);
  }

  // A headline's way of writing a name, of which another mention may show the usual one.
  static bool all_capitals(const std::string& name) {
    return std::ranges::none_of(name, [](unsigned char c) { return c >= 'a' && c <= 'z'; });
  }

  // Ids count from 1 in the order of the text.
  void renumber(const std::vector<std::string>& names) {
    std::vector<std::uint32_t> fresh(names.size(), 0);
    std::uint32_t count = 0;
    for (Mention& mention : mentions_) {
      mention.entity.name = names[mention.entity.id];
      std::uint32_t& id = fresh[mention.entity.id];
      if (id == 0) id = ++count;
      mention.entity.id = id;
    }
  }

  static std::string slot(const Mention& mention, const std::string& key) {
    return std::to_string(static_cast<int>(mention.entity.type)) + key;
  }

  std::vector<std::string> aliases(const Mention& mention) const {
    if (mention.entity.type == EntityType::role) return {};
    if (mention.entity.type == EntityType::person) return person_aliases(mention.key);
    std::vector<std::string> out;
    const auto [first, last] = also_.equal_range(slot(mention, mention.key));
    for (auto it = first; it != last; ++it) out.push_back(it->second);
    if (mention.range.size() < 2) return out;
    for (std::string& acronym : acronyms(text_.text, chart_.segments, mention.range)) {
      if (acronym.size() > 1) out.push_back(std::move(acronym));
    }
    return out;
  }

  Mention* at(std::uint32_t token) {
    const auto it = std::ranges::lower_bound(mentions_, token, {},
                                             [](const Mention& m) { return m.range.first; });
    return it == mentions_.end() || it->range.first != token ? nullptr : &*it;
  }

  // The holder and the house of a role.
  void join_roles() {
    for (const Link& link : links_) {
      Mention* role = at(link.role);
      if (!role || role->entity.type != EntityType::role) continue;
      const Mention* person = link.person ? at(*link.person) : nullptr;
      const Mention* house = link.organization ? at(*link.organization) : nullptr;
      if (person && !role->entity.person) role->entity.person = person->entity.id;
      if (house && !role->entity.organization) role->entity.organization = house->entity.id;
    }
    hand_on_offices();
  }

  // "Le ministre" without a name is the last minister named before, else the first after;
  // "un ministre" is nobody in particular.
  void hand_on_offices() {
    std::unordered_map<std::uint32_t, std::uint32_t> holders;
    for (const Mention& mention : mentions_) {
      if (mention.entity.person) holders.try_emplace(mention.entity.id, *mention.entity.person);
    }
    for (Mention& mention : mentions_) {
      if (mention.entity.type != EntityType::role) continue;
      if (mention.entity.person) {
        holders[mention.entity.id] = *mention.entity.person;
      } else if (const auto it = holders.find(mention.entity.id);
                 it != holders.end() && definite(mention)) {
        mention.entity.person = it->second;
      }
    }
  }

  bool definite(const Mention& mention) const {
    if (mention.range.first == 0) return true;
    const Span before = chart_.segments.tokens[mention.range.first - 1].span;
    const std::string word = fold(text_.text.substr(before.begin, before.end - before.begin));
    static constexpr std::string_view kIndefinite[] = {"un",    "une",    "des",    "plusieurs",
                                                       "aucun", "aucune", "chaque", "quelques"};
    return std::ranges::find(kIndefinite, word) == std::end(kIndefinite);
  }

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  std::vector<Link> links_;
  std::unordered_set<std::uint32_t> offices_;     // roles with a holder, by first token
  std::unordered_set<std::string> held_;          // their folded words
  std::multimap<std::string, std::string> also_;  // type and key → key of its acronym
  std::vector<Mention> mentions_;
};

}  // namespace

void resolve(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
             std::vector<Entity>& entities) {
  entities = Resolution(chart, text, rules).run();
}

}  // namespace glane
