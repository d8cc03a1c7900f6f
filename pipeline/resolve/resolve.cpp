#include "resolve/resolve.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "recognise/short_forms.h"
#include "resolve/referents.h"
#include "resolve/role_referents.h"

namespace glane {
namespace {

class Resolution {
 public:
  Resolution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules)
      : chart_(chart), text_(text), rules_(rules) {}

  std::vector<Entity> run() {
    link();
    collect();
    add_husbands();
    share_surnames();
    unite();
    flag_metonymy();
    name_referents();
    join_roles();
    renumber();
    std::vector<Entity> out;
    for (Mention& mention : mentions_) out.push_back(std::move(mention.entity));
    return out;
  }

 private:
  struct Mention {
    Entity entity;
    TokenRange range;
    std::string key;                  // of referents.h
    Gender gender = Gender::unknown;  // of a person
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
      if (const auto inner = rules_.capture(chart_, match, "inner")) nameless_.insert(inner->first);
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
      if (*type == EntityType::person) mention.gender = gender_of_person(match.range);
      mentions_.push_back(std::move(mention));
    }
    std::ranges::stable_sort(mentions_, {}, [](const Mention& m) { return m.range.first; });
    const auto overlaps = [](const Mention& a, const Mention& b) {
      return b.range.first < a.range.last;
    };
    mentions_.erase(std::unique(mentions_.begin(), mentions_.end(), overlaps), mentions_.end());
  }

  // "M. et Mme Durieux" are two persons of one surname: "M." stands for the first.
  void add_husbands() {
    const auto kind = rules_.kind("couple");
    std::vector<Mention> fresh;
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind) continue;
      const auto one = rules_.capture(chart_, match, "one");
      const auto other = rules_.capture(chart_, match, "other");
      const Mention* spouse = other ? at(other->first) : nullptr;
      if (!one || !spouse || at(one->first)) continue;
      Mention mention = *spouse;
      mention.range = *one;
      mention.entity.rule = match.rule;
      mention.entity.span = text_.map.to_source(span_of(*one));
      mention.gender = gender_in("civility", one->first);
      fresh.push_back(std::move(mention));
    }
    std::ranges::move(fresh, std::back_inserter(mentions_));
    std::ranges::stable_sort(mentions_, {}, [](const Mention& m) { return m.range.first; });
  }

  // By the civility before it, else by the first name of a longer name.
  Gender gender_of_person(TokenRange range) const {
    if (range.first > 0) {
      const Gender told = gender_in("civility", range.first - 1);
      if (told != Gender::unknown) return told;
    }
    return range.size() > 1 ? gender_in("first_name", range.first) : Gender::unknown;
  }

  Gender gender_in(std::string_view lexicon, std::uint32_t token) const {
    const WordId word = chart_.segments.tokens[token].word;
    return gender_of(rules_.vocabulary.field(word, lexicon, "gender").value_or(""));
  }

  // A name of a place that stands for the house that sits there: "Matignon", "Washington a
  // condamné". A rule speaks of mentions of one type.
  void flag_metonymy() {
    const auto figurative = rules_.kind("metonymy");
    const auto literal = rules_.kind("literal");
    for (const Match& match : chart_.matches) {
      if (!figurative || match.kind != *figurative) continue;
      Mention* mention = named(match);
      if (mention && to_string(mention->entity.type) == rules_.rules[match.rule].setting("type"))
        mention->entity.metonymy = true;
    }
    for (const Match& match : chart_.matches) {
      if (!literal || match.kind != *literal) continue;
      if (Mention* mention = named(match)) mention->entity.metonymy = false;
    }
  }

  Mention* named(const Match& match) {
    const auto name = rules_.capture(chart_, match, "name");
    return name ? at(name->first) : nullptr;
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

  // One id for each name; short forms take the id of the name they shorten. The longest first.
  void name_referents() {
    std::unordered_map<std::string, std::uint32_t> ids;  // type, key and gender → id
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].entity.type != EntityType::role) order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return mentions_[a].key.size() > mentions_[b].key.size();
    });
    for (const std::size_t i : order) {
      Mention& mention = mentions_[i];
      mention.entity.id = id_of(mention, ids);
      improve_name(mention);
    }
  }

  // "Mme Durieux" is not "Luc Durieux": where the genders differ, the name is somebody else's.
  std::uint32_t id_of(const Mention& mention, std::unordered_map<std::string, std::uint32_t>& ids) {
    const std::string key = slot(mention, mention.key);
    auto known = ids.find(key);
    if (known != ids.end() && !agree(mention.gender, referents_[known->second].gender)) {
      known = ids.find(gendered(key, mention.gender));
    }
    if (known != ids.end()) return known->second;
    const auto id = static_cast<std::uint32_t>(referents_.size());
    referents_.push_back({mention.entity.name, mention.gender});
    std::vector<std::string> keys = aliases(mention);
    keys.push_back(mention.key);
    for (const std::string& alias : keys) {
      ids.try_emplace(slot(mention, alias), id);
      if (mention.gender != Gender::unknown)
        ids.try_emplace(gendered(slot(mention, alias), mention.gender), id);
    }
    return id;
  }

  static std::string gendered(const std::string& key, Gender gender) {
    return key + '/' + std::to_string(static_cast<int>(gender));
  }

  void improve_name(const Mention& mention) {
    std::string& name = referents_[mention.entity.id].name;
    if (name.size() == mention.entity.name.size() && all_capitals(name)) name = mention.entity.name;
  }

  // A headline's way of writing a name, of which another mention may show the usual one.
  static bool all_capitals(const std::string& name) {
    return std::ranges::none_of(name, [](unsigned char c) { return c >= 'a' && c <= 'z'; });
  }

  // Ids count from 1 in the order of the text.
  void renumber() {
    std::vector<std::uint32_t> fresh(referents_.size(), 0);
    std::uint32_t count = 0;
    for (const Mention& mention : mentions_) {
      std::uint32_t& id = fresh[mention.entity.id];
      if (id == 0) id = ++count;
    }
    for (Mention& mention : mentions_) {
      Entity& entity = mention.entity;
      entity.name = referents_[entity.id].name;
      entity.id = fresh[entity.id];
      if (entity.person) entity.person = fresh[*entity.person];
      if (entity.organization) entity.organization = fresh[*entity.organization];
    }
  }

  static std::string slot(const Mention& mention, const std::string& key) {
    return std::to_string(static_cast<int>(mention.entity.type)) + key;
  }

  std::vector<std::string> aliases(const Mention& mention) const {
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
      const bool takes = person && !role->entity.person && !nameless_.contains(link.role);
      if (takes) role->entity.person = person->entity.id;
      if (house && !role->entity.organization) role->entity.organization = house->entity.id;
    }
    name_offices();
  }

  void name_offices() {
    std::vector<RoleMention> roles;
    std::vector<Mention*> mentions;
    for (Mention& mention : mentions_) {
      if (mention.entity.type != EntityType::role) continue;
      mentions.push_back(&mention);
      roles.push_back(
          {title(mention), definite(mention), mention.entity.person, mention.entity.organization});
    }
    const std::vector<std::uint32_t> offices = role_referents(roles);
    const auto first = static_cast<std::uint32_t>(referents_.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
      Mention& mention = *mentions[i];
      mention.entity.person = roles[i].person;
      mention.entity.id = first + offices[i];
      if (mention.entity.id == referents_.size()) referents_.push_back({mention.entity.name, {}});
      std::string& name = referents_[mention.entity.id].name;
      if (mention.entity.name.size() > name.size()) name = mention.entity.name;
      improve_name(mention);
    }
  }

  // "Ministre" is a man's or a woman's: the holder tells, else the article.
  Title title(const Mention& role) const {
    Title title = title_of(folded_words(role.range), rules_.vocabulary);
    const Gender of_holder =
        role.entity.person ? referents_[*role.entity.person].gender : Gender::unknown;
    if (of_holder != Gender::unknown) title.gender = of_holder;
    if (title.gender == Gender::unknown && role.range.first > 0)
      title.gender = gender_in("determiner", role.range.first - 1);
    return title;
  }

  // As word lists write them: "juge d' instruction".
  std::string folded_words(TokenRange range) const {
    std::string out;
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      out += (out.empty() ? "" : " ") + folded({t, t + 1});
    }
    return out;
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
  std::unordered_set<std::uint32_t> nameless_;    // roles whose holder has another title
  std::unordered_set<std::uint32_t> offices_;     // roles with a holder, by first token
  std::unordered_set<std::string> held_;          // their folded words
  std::multimap<std::string, std::string> also_;  // type and key → key of its acronym
  std::vector<Mention> mentions_;
  struct Referent {
    std::string name;
    Gender gender = Gender::unknown;
  };
  std::vector<Referent> referents_;
};

}  // namespace

void resolve(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
             std::vector<Entity>& entities) {
  entities = Resolution(chart, text, rules).run();
}

}  // namespace glane
