#include "resolve/resolve.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_set>

#include "recognise/short_forms.h"
#include "resolve/referents.h"
#include "resolve/role_referents.h"
#include "segment/folds_to.h"
#include "values/string_table.h"

namespace glane {
namespace {

std::optional<EntityType> entity_type_of(KnownKind kind) {
  switch (kind) {
    case KnownKind::person:
      return EntityType::person;
    case KnownKind::organization:
      return EntityType::organization;
    case KnownKind::location:
      return EntityType::location;
    case KnownKind::product:
      return EntityType::product;
    case KnownKind::event:
      return EntityType::event;
    case KnownKind::role:
      return EntityType::role;
    default:
      return std::nullopt;
  }
}

constexpr std::uint32_t kNobody = 0xFFFFFFFF;

constexpr std::array kAnd = {known_key("et")};
constexpr std::array kTheSingular = {known_key("le"), known_key("la"), known_key("l'")};
constexpr std::array kMelted = {known_key("du"), known_key("au"), known_key("des"),
                                known_key("aux")};
constexpr std::array kIndefinite = {
    known_key("un"),    known_key("une"),    known_key("des"),    known_key("plusieurs"),
    known_key("aucun"), known_key("aucune"), known_key("chaque"), known_key("quelques")};

class Resolution {
 public:
  Resolution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules)
      : chart_(chart), text_(text), rules_(rules) {}

  std::vector<Entity> run() {
    sort_out();
    collect();
    add_husbands();
    share_surnames();
    unite();
    flag_metonymy();
    name_referents();
    join_roles();
    renumber();
    std::vector<Entity> out;
    out.reserve(mentions_.size());
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

  // The matches that speak of names, by what they say.
  void sort_out() {
    named_.reserve(chart_.matches.size() / 2);
    for (const Match& match : chart_.matches) {
      switch (rules_.known.kind(match.kind)) {
        case KnownKind::link:
          link(match);
          break;
        case KnownKind::kin:
          kin_.push_back(&match);
          break;
        case KnownKind::couple:
          couples_.push_back(&match);
          break;
        case KnownKind::metonymy:
          figurative_.push_back(&match);
          break;
        case KnownKind::literal:
          literal_.push_back(&match);
          break;
        case KnownKind::person:
        case KnownKind::organization:
        case KnownKind::location:
        case KnownKind::product:
        case KnownKind::event:
        case KnownKind::role:
        case KnownKind::profession:
          named_.push_back(&match);
          break;
        default:
          break;
      }
    }
    std::ranges::sort(nameless_);
    std::ranges::sort(offices_);
    std::ranges::sort(held_);
  }

  void link(const Match& match) {
    const auto role = rules_.capture(chart_, match, KnownPart::role);
    if (!role) return;
    Link link{role->first, {}, {}};
    if (const auto p = rules_.capture(chart_, match, KnownPart::person)) link.person = p->first;
    if (const auto o = rules_.capture(chart_, match, KnownPart::organization))
      link.organization = o->first;
    if (link.person) {
      offices_.push_back(link.role);
      held_.push_back(folded(*role));
    }
    if (const auto inner = rules_.capture(chart_, match, KnownPart::inner))
      nameless_.push_back(inner->first);
    links_.push_back(link);
  }

  // "Office national de l'emploi (Onem)": what stands in the brackets is the name before them,
  // where a rule says so.
  void unite() {
    for (const Match* match : kin_) {
      if (rules_.rules[match->rule].setting("same").empty()) continue;
      const auto one = rules_.capture(chart_, *match, KnownPart::one);
      const auto other = rules_.capture(chart_, *match, KnownPart::other);
      const Mention* name = one ? at(one->first) : nullptr;
      const Mention* acronym = other ? at(other->first) : nullptr;
      if (!name || !acronym || name->entity.type != acronym->entity.type) continue;
      if (name->entity.type == EntityType::person || name->entity.type == EntityType::location)
        continue;
      if (first_letter_of(*name) != first_letter_of(*acronym)) continue;
      also_.emplace(std::pair(name->entity.type, name->key), acronym->key);
    }
  }

  static char first_letter_of(const Mention& mention) {
    return mention.key.empty() ? '\0' : mention.key.front();
  }

  // Whether a token is one of a few words.
  bool is(std::uint32_t token, std::span<const WordKey> words) const {
    const Span span = chart_.segments.tokens[token].span;
    const auto text = std::string_view(text_.text).substr(span.begin, span.end - span.begin);
    return folds_to_any(text, words);
  }

  std::string folded(TokenRange range) const {
    const std::uint32_t begin = chart_.segments.tokens[range.first].span.begin;
    const std::uint32_t end = chart_.segments.tokens[range.last - 1].span.end;
    return fold(text_.text.substr(begin, end - begin));
  }

  // An office is a role always; a profession beside a name, and where the text means the same
  // person again: "L'avocat" after "Me Lemaire, avocat".
  std::optional<EntityType> type_of(const Match& match) const {
    const KnownKind kind = rules_.known.kind(match.kind);
    if (kind != KnownKind::profession) return entity_type_of(kind);
    const bool held = std::ranges::binary_search(offices_, match.range.first) ||
                      (!held_.empty() && after_the(match.range) &&
                       std::ranges::binary_search(held_, folded(match.range)));
    return held ? std::optional(EntityType::role) : std::nullopt;
  }

  bool after_the(TokenRange range) const {
    if (range.first == 0) return false;
    return is(range.first - 1, kTheSingular);
  }

  void collect() {
    std::vector<std::pair<const Match*, EntityType>> found;
    found.reserve(named_.size());
    for (const Match* match : named_) {
      if (const auto type = type_of(*match)) found.emplace_back(match, *type);
    }
    std::ranges::stable_sort(found, {}, [](const auto& f) { return f.first->range.first; });
    mentions_.reserve(found.size());
    for (const auto& [match, type] : found) {
      const bool overlaps = !mentions_.empty() && match->range.first < mentions_.back().range.last;
      if (!overlaps) mention(*match, type);
    }
  }

  void mention(const Match& match, EntityType type) {
    Mention& mention = mentions_.emplace_back();
    mention.range = match.range;
    mention.entity.type = type;
    mention.entity.rule = match.rule;
    mention.entity.span = text_.map.to_source(span_of(match.range));
    mention.entity.name = whole_name(match.range);
    // Roles are told apart by what the list knows of them.
    if (type != EntityType::role) mention.key = referent_key(mention.entity.name);
    if (type == EntityType::person) mention.gender = gender_of_person(match.range);
  }

  // "M. et Mme Durieux" are two persons of one surname: "M." stands for the first.
  void add_husbands() {
    std::vector<Mention> fresh;
    for (const Match* match : couples_) {
      const auto one = rules_.capture(chart_, *match, KnownPart::one);
      const auto other = rules_.capture(chart_, *match, KnownPart::other);
      const Mention* spouse = other ? at(other->first) : nullptr;
      if (!one || !spouse || at(one->first)) continue;
      Mention mention = *spouse;
      mention.range = *one;
      mention.entity.rule = match->rule;
      mention.entity.span = text_.map.to_source(span_of(*one));
      mention.gender = gender_in(WordList::civility, one->first);
      fresh.push_back(std::move(mention));
    }
    if (fresh.empty()) return;
    std::ranges::move(fresh, std::back_inserter(mentions_));
    std::ranges::stable_sort(mentions_, {}, [](const Mention& m) { return m.range.first; });
  }

  // By the civility before it, else by the first name of a longer name.
  Gender gender_of_person(TokenRange range) const {
    if (range.first > 0) {
      const Gender told = gender_in(WordList::civility, range.first - 1);
      if (told != Gender::unknown) return told;
    }
    return range.size() > 1 ? gender_in(WordList::first_name, range.first) : Gender::unknown;
  }

  Gender gender_in(WordList lexicon, std::uint32_t token) const {
    const WordId word = chart_.segments.tokens[token].word;
    return gender_of(rules_.vocabulary.field(word, lexicon, "gender").value_or(""));
  }

  // A name of a place that stands for the house that sits there: "Matignon", "Washington a
  // condamné". A rule speaks of mentions of one type.
  void flag_metonymy() {
    for (const Match* match : figurative_) {
      Mention* mention = named(*match);
      if (mention && to_string(mention->entity.type) == rules_.rules[match->rule].setting("type"))
        mention->entity.metonymy = true;
    }
    for (const Match* match : literal_) {
      if (Mention* mention = named(*match)) mention->entity.metonymy = false;
    }
  }

  Mention* named(const Match& match) {
    const auto name = rules_.capture(chart_, match, KnownPart::name);
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
    if (!is(range.first - 1, kMelted)) return name;
    const WordId word = rules_.vocabulary.find(fold(name));
    const auto whole = rules_.vocabulary.field(word, WordList::contracted_name, "full");
    if (whole) name = *whole;
    return name;
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
      const bool and_between = other.range.first == one.range.last + 1 && is(one.range.last, kAnd);
      if (!and_between || blank == std::string::npos || !is_first_name(one)) continue;
      if (!known) known = all_surnames();
      if (known->contains(one.key)) continue;
      one.entity.name += other.entity.name.substr(other.entity.name.find(' '));
      one.key = referent_key(one.entity.name);
    }
  }

  bool is_first_name(const Mention& mention) const {
    const WordId word = chart_.segments.tokens[mention.range.first].word;
    return mention.range.size() == 1 && rules_.vocabulary.member(word, WordList::first_name);
  }

  // What is somebody's surname in the text is nobody's first name.
  std::unordered_set<std::string> all_surnames() const {
    std::unordered_set<std::string> out;
    for (const Mention& mention : mentions_) {
      const bool role = mention.entity.type == EntityType::role;
      const std::string key = role ? referent_key(mention.entity.name) : mention.key;
      for (std::string& surname : surnames(key)) out.insert(std::move(surname));
    }
    return out;
  }

  // A name on one line, single spaces.
  static std::string tidy(std::string_view text) {
    const auto breaks = [](char a, char b) { return b == '\n' || (a == ' ' && b == ' '); };
    const bool tidy = !text.starts_with(' ') && !text.starts_with('\n') &&
                      std::ranges::adjacent_find(text, breaks) == text.end();
    if (tidy) return std::string(text);
    std::string out;
    out.reserve(text.size());
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
    std::vector<std::uint32_t> order;
    order.reserve(mentions_.size());
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].entity.type != EntityType::role) order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return mentions_[a].key.size() > mentions_[b].key.size();
    });
    for (const std::uint32_t i : order) {
      mentions_[i].entity.id = id_of(i);
      improve_name(i);
    }
  }

  // "Mme Durieux" is not "Luc Durieux": where the genders differ, the name is somebody else's.
  std::uint32_t id_of(std::uint32_t i) {
    const Mention& mention = mentions_[i];
    const Called called = known_as(mention, mention.key);
    std::uint32_t known = called[Gender::unknown];
    if (known != kNobody && !agree(mention.gender, referents_[known].gender))
      known = called[mention.gender];
    if (known != kNobody) return known;
    const auto id = static_cast<std::uint32_t>(referents_.size());
    referents_.push_back({i, i, mention.gender});
    for_each_alias_of(mention, [&](std::string_view alias) { call(mention, alias, id); });
    return id;
  }

  // Who is called so: whoever it is, and who is of a gender.
  struct Called {
    std::array<std::uint32_t, 3> ids = {kNobody, kNobody, kNobody};

    std::uint32_t& operator[](Gender gender) { return ids[static_cast<std::size_t>(gender)]; }
    std::uint32_t operator[](Gender gender) const { return ids[static_cast<std::size_t>(gender)]; }
  };

  // What a name is looked up by: the type and the key.
  std::string_view call_of(const Mention& mention, std::string_view key) {
    call_.clear();
    call_ += static_cast<char>('0' + static_cast<int>(mention.entity.type));
    return call_ += key;
  }
  Called known_as(const Mention& mention, std::string_view key) {
    const std::uint32_t number = calls_.find(call_of(mention, key));
    return number == StringTable::kNone ? Called() : called_[number];
  }
  // Of several who are called so, the one who is named first: the article is about them, and gives
  // the others more than a surname.
  void call(const Mention& mention, std::string_view key, std::uint32_t id) {
    const std::uint32_t number = calls_.add(call_of(mention, key));
    if (number == called_.size()) called_.emplace_back();
    for (const Gender gender : {Gender::unknown, mention.gender}) {
      std::uint32_t& known = called_[number][gender];
      if (known == kNobody || referents_[id].first < referents_[known].first) known = id;
    }
  }

  void improve_name(std::uint32_t i) {
    std::uint32_t& named = referents_[mentions_[i].entity.id].named;
    const std::string& name = mentions_[named].entity.name;
    if (name.size() == mentions_[i].entity.name.size() && all_capitals(name)) named = i;
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
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      Entity& entity = mentions_[i].entity;
      const std::uint32_t named = referents_[entity.id].named;
      if (named != i) entity.name = mentions_[named].entity.name;
      entity.id = fresh[entity.id];
      if (entity.person) entity.person = fresh[*entity.person];
      if (entity.organization) entity.organization = fresh[*entity.organization];
    }
  }

  template <typename Action>
  void for_each_alias_of(const Mention& mention, Action action) const {
    if (mention.entity.type == EntityType::person) {
      for_each_alias(mention.key, action);
    } else {
      const auto [first, last] = also_.equal_range(std::pair(mention.entity.type, mention.key));
      for (auto it = first; it != last; ++it) action(std::string_view(it->second));
      if (mention.range.size() > 1) {
        for (const std::string& acronym : acronyms(text_.text, chart_.segments, mention.range)) {
          if (acronym.size() > 1) action(std::string_view(acronym));
        }
      }
    }
    action(std::string_view(mention.key));
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
      const bool takes =
          person && !role->entity.person && !std::ranges::binary_search(nameless_, link.role);
      if (takes) role->entity.person = person->entity.id;
      if (house && !role->entity.organization) role->entity.organization = house->entity.id;
    }
    name_offices();
  }

  void name_offices() {
    std::vector<RoleMention> roles;
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      const Mention& mention = mentions_[i];
      if (mention.entity.type != EntityType::role) continue;
      places.push_back(i);
      roles.push_back(
          {title(mention), definite(mention), mention.entity.person, mention.entity.organization});
    }
    const std::vector<std::uint32_t> offices = role_referents(roles);
    const auto first = static_cast<std::uint32_t>(referents_.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
      Entity& entity = mentions_[places[i]].entity;
      entity.person = roles[i].person;
      entity.id = first + offices[i];
      if (entity.id == referents_.size()) referents_.push_back({places[i], {}});
      std::uint32_t& named = referents_[entity.id].named;
      if (entity.name.size() > mentions_[named].entity.name.size()) named = places[i];
      improve_name(places[i]);
    }
  }

  // "Ministre" is a man's or a woman's: the holder tells, else the article.
  Title title(const Mention& role) const {
    Title title = title_of(folded_words(role.range), rules_.vocabulary);
    const Gender of_holder =
        role.entity.person ? referents_[*role.entity.person].gender : Gender::unknown;
    if (of_holder != Gender::unknown) title.gender = of_holder;
    if (title.gender == Gender::unknown && role.range.first > 0)
      title.gender = gender_in(WordList::determiner, role.range.first - 1);
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
    return !is(mention.range.first - 1, kIndefinite);
  }

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  std::vector<const Match*> kin_, couples_, figurative_, literal_;
  std::vector<const Match*> named_;  // what may be entities
  std::vector<Link> links_;
  std::vector<std::uint32_t> nameless_;  // roles whose holder has another title; sorted
  std::vector<std::uint32_t> offices_;   // roles with a holder, by first token; sorted
  std::vector<std::string> held_;        // their folded words, sorted
  std::multimap<std::pair<EntityType, std::string>, std::string> also_;  // → key of its acronym
  std::vector<Mention> mentions_;
  struct Referent {
    std::uint32_t named;  // the mention that has its canonical name
    std::uint32_t first;  // of its mentions by the longest form
    Gender gender = Gender::unknown;
  };
  std::vector<Referent> referents_;
  StringTable calls_;           // what referents are called
  std::vector<Called> called_;  // by number of that
  std::string call_;
};

}  // namespace

void resolve(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
             std::vector<Entity>& entities) {
  entities = Resolution(chart, text, rules).run();
}

}  // namespace glane
