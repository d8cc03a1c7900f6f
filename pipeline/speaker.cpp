#include "speaker.h"

#include <algorithm>

namespace glane {
namespace {

// How many mentions back an antecedent is looked for: work stays linear in the text.
constexpr int kReach = 200;

Referent referent(const Entity* entity) {
  return entity ? Referent{entity->name, entity->id} : Referent{};
}

bool covers(const std::vector<TokenRange>& ranges, std::uint32_t token) {
  const auto it = std::ranges::upper_bound(ranges, token, {}, &TokenRange::first);
  return it != ranges.begin() && token < (it - 1)->last;
}

}  // namespace

Referents::Referents(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
                     const std::vector<Entity>& entities, const std::vector<TokenRange>& quoted,
                     const std::vector<TokenRange>& actors)
    : chart_(chart), text_(text), rules_(rules), entities_(entities), titles_(rules) {
  place_entities(quoted, actors);
  index_names();
  learn_genders();
  learn_titles();
}

// Entities carry bytes of the published text; both lists are sorted, so one walk joins them.
void Referents::place_entities(const std::vector<TokenRange>& quoted,
                               const std::vector<TokenRange>& actors) {
  const std::vector<Token>& tokens = chart_.segments.tokens;
  std::uint32_t token = 0;
  for (const Entity& entity : entities_) {
    while (token < tokens.size() &&
           text_.map.to_source(tokens[token].span).begin < entity.span.begin) {
      ++token;
    }
    std::uint32_t last = token;
    while (last < tokens.size() && text_.map.to_source(tokens[last].span).end <= entity.span.end) {
      ++last;
    }
    mentions_.push_back({{token, std::max(last, token + 1)}, &entity, covers(quoted, token),
                         covers(actors, token)});
  }
}

void Referents::index_names() {
  for (const Mention& mention : mentions_) {
    const Entity& entity = *mention.entity;
    by_id_.try_emplace(entity.id, &entity);
    const std::string name = fold(entity.name);
    if (entity.type == EntityType::organization) {
      by_head_[name.substr(0, name.find(' '))].push_back(mention);
    }
    if (entity.type != EntityType::person) continue;
    by_surname_.try_emplace(name, &entity);
    for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
      by_surname_.try_emplace(name.substr(at + 1), &entity);
    }
  }
}

// "la procureure Anne-Lise Dupin": the article and the title know what the name does not.
void Referents::learn_genders() {
  const auto source = rules_.kind("source");
  const auto titled = rules_.kind("named");
  for (const Match& match : chart_.matches) {
    if (match.kind != source && match.kind != titled) continue;
    const auto name = rules_.capture(chart_, match, "speaker");
    if (!name || name->first == match.range.first) continue;
    const Entity* entity = named(*name);
    if (!entity || entity->type != EntityType::person) continue;
    const Gender gender = gender_of_phrase({match.range.first, name->first});
    if (gender != Gender::unknown) genders_.emplace_back(entity->id, gender);
  }
  std::ranges::stable_sort(genders_, {}, &std::pair<std::uint32_t, Gender>::first);
}

// Words before a name in its own phrase, and roles that the article joins to it elsewhere
// ("Luc Petit, entraîneur de Guingamp").
void Referents::learn_titles() {
  const auto source = rules_.kind("source");
  const auto titled = rules_.kind("named");
  for (const Match& match : chart_.matches) {
    if (match.kind != source && match.kind != titled) continue;
    const auto name = rules_.capture(chart_, match, "speaker");
    if (!name || name->first == match.range.first) continue;
    const Entity* entity = named(*name);
    if (!entity || entity->type != EntityType::person) continue;
    const auto words = titles_.telling_words(text_.text, chart_, {match.range.first, name->first});
    if (!words.empty()) titles_.add(entity->id, match.range.first, words);
  }
  constexpr std::uint32_t kBehind = 8;  // tokens behind a role that may be its complement
  for (const Mention& mention : mentions_) {
    if (mention.entity->type != EntityType::role || !mention.entity->person) continue;
    std::uint32_t last = mention.range.last;
    const auto tokens = static_cast<std::uint32_t>(chart_.segments.tokens.size());
    while (last < tokens && last < mention.range.last + kBehind && word(last) != "," && word(last) != ".") ++last;
    if (word(last - 1) != word(mention.range.last - 1) && member(mention.range.last, "preposition")) {
      titles_.add(*mention.entity->person, mention.range.first,
                  titles_.telling_words(text_.text, chart_, {mention.range.first, last}));
    } else {
      titles_.add(*mention.entity->person, mention.range.first,
                  titles_.telling_words(text_.text, chart_, mention.range));
    }
  }
}

Referents::Gender Referents::gender_of_word(WordId id) const {
  for (const char* lexicon : {"civility", "role", "source_noun", "determiner"}) {
    const auto gender = rules_.vocabulary.field(id, lexicon, "gender");
    if (gender && *gender == "m") return Gender::masculine;
    if (gender && *gender == "f") return Gender::feminine;
  }
  return Gender::unknown;
}

Referents::Gender Referents::gender_of_phrase(TokenRange phrase) const {
  const std::uint32_t end = std::min(phrase.last, phrase.first + 4);
  for (std::uint32_t t = phrase.first; t < end; ++t) {
    if (member(t, "determiner")) {
      const auto type = rules_.vocabulary.field(chart_.segments.tokens[t].word, "determiner", "type");
      if (type && *type == "possessive") continue;  // son avocate, sa mère: the noun decides
    }
    const Gender gender = gender_of_word(chart_.segments.tokens[t].word);
    if (gender != Gender::unknown) return gender;
  }
  return Gender::unknown;
}

Referents::Gender Referents::gender_of_name(const std::string& name) const {
  std::string first = fold(name.substr(0, name.find(' ')));
  for (;;) {
    const WordId id = rules_.vocabulary.find(first);
    const auto gender = rules_.vocabulary.field(id, "first_name", "gender");
    if (gender && *gender == "m") return Gender::masculine;
    if (gender && *gender == "f") return Gender::feminine;
    const std::size_t hyphen = first.find('-');
    if (hyphen == std::string::npos) return Gender::unknown;
    first.resize(hyphen);
  }
}

Referents::Gender Referents::gender_of(const Entity& entity) const {
  const auto it = std::ranges::lower_bound(genders_, entity.id, {},
                                           &std::pair<std::uint32_t, Gender>::first);
  if (it != genders_.end() && it->first == entity.id) return it->second;
  return gender_of_name(entity.name);
}

// --- kinds of mentions ---

std::optional<Referents::Gender> Referents::pronoun(TokenRange mention) const {
  if (mention.size() != 1) return std::nullopt;
  const WordId id = chart_.segments.tokens[mention.first].word;
  const auto gender = rules_.vocabulary.field(id, "pronoun_subject", "gender");
  const auto number = rules_.vocabulary.field(id, "pronoun_subject", "number");
  if (!gender || !number || *number != "s") return std::nullopt;
  if (*gender == "m") return Gender::masculine;
  if (*gender == "f") return Gender::feminine;
  return std::nullopt;
}

std::vector<Referents::Mention>::const_iterator Referents::mentions_from(std::uint32_t token) const {
  return std::ranges::lower_bound(mentions_, token, {},
                                  [](const Mention& m) { return m.range.first; });
}

const Entity* Referents::named(TokenRange mention) const {
  for (auto it = mentions_from(mention.first);
       it != mentions_.end() && it->range.first < mention.last; ++it) {
    if (it->entity->type != EntityType::role && it->range == mention) return it->entity;
  }
  return nullptr;
}

// A name that was left undecided here but is the end of a person's name elsewhere.
const Entity* Referents::by_surname(TokenRange mention) const {
  const auto it = by_surname_.find(fold(published(mention)));
  return it == by_surname_.end() ? nullptr : it->second;
}

const Entity* Referents::person_by_id(std::uint32_t id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : it->second;
}

// A title whose holder the document names.
const Entity* Referents::holder(TokenRange mention) const {
  for (auto it = mentions_from(mention.first);
       it != mentions_.end() && it->range.first < mention.last; ++it) {
    if (it->entity->type == EntityType::role) {
      return it->entity->person ? person_by_id(*it->entity->person) : nullptr;
    }
  }
  return nullptr;
}

// "le chef du gouvernement": whoever the article calls Premier ministre.
const Entity* Referents::by_synonym(TokenRange mention) const {
  std::string joined;
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    joined += (joined.empty() ? "" : "-") + fold(word(t));
  }
  const auto titles = rules_.vocabulary.field(rules_.vocabulary.find(joined), "title_synonym", "title");
  if (!titles) return nullptr;
  const std::string listed = "|" + std::string(*titles) + "|";
  int reach = kReach;
  for (auto it = mentions_from(mention.first); it != mentions_.begin() && reach-- > 0;) {
    --it;
    if (it->entity->type != EntityType::role || !it->entity->person) continue;
    const std::string role = fold(published(it->range));
    if (listed.find("|" + role + "|") == std::string::npos) continue;
    const Entity* person = person_by_id(*it->entity->person);
    if (person && agrees(*person, mention)) return person;
  }
  return nullptr;
}

// "l'entraîneur guingampais": the person introduced with these words.
const Entity* Referents::by_title(TokenRange mention) const {
  const auto found = titles_.holder(titles_.telling_words(text_.text, chart_, mention), mention.first);
  if (!found || (!found->shared && has_complement(mention))) return nullptr;
  const Entity* person = person_by_id(found->id);
  return person && agrees(*person, mention) ? person : nullptr;
}

bool Referents::stands_apart(TokenRange mention) const {
  for (std::uint32_t t = mention.first; t < mention.last; ++t) {
    if (member(t, "preposition")) break;
    if (member(t, "stands_apart")) return true;
  }
  return false;
}

// A person without a title who acted in the sentence before, or is met there beside the house
// that the description names: "Marco Hengen était partagé. …, regrettait l'entraîneur du Progrès".
const Entity* Referents::untitled_subject(TokenRange mention) const {
  if (stands_apart(mention) || !describes_person(mention)) return nullptr;
  const std::size_t here = sentence_of(mention.first);
  int reach = kReach;
  for (auto it = mentions_from(mention.first); it != mentions_.begin() && reach-- > 0;) {
    --it;
    if (sentence_of(it->range.first) + 2 < here) return nullptr;
    if (it->quoted || it->entity->type != EntityType::person) continue;
    const bool near = it->acts || names_someone(mention);
    if (near && !titles_.titled(it->entity->id) && agrees(*it->entity, mention)) return it->entity;
  }
  return nullptr;
}

// Whoever acts most often: the suspect of an article is the one it tells of.
const Entity* Referents::protagonist(std::uint32_t before, Gender gender) const {
  std::unordered_map<std::uint32_t, int> count;
  const Entity* best = nullptr;
  int reach = kReach;
  for (auto it = mentions_from(before); it != mentions_.begin() && reach-- > 0;) {
    --it;
    const Entity& entity = *it->entity;
    if (it->quoted || !it->acts || entity.type != EntityType::person) continue;
    const Gender own = gender_of(entity);
    if (own != Gender::unknown && gender != Gender::unknown && own != gender) continue;
    const int times = ++count[entity.id];
    if (!best || times > count[best->id]) best = &entity;
  }
  return best;
}

// "la commune de Gryon": a body and its place are a name.
std::string Referents::place_name(TokenRange mention) const {
  const auto it = mentions_from(mention.first);
  if (it == mentions_.end() || it->range.last != mention.last ||
      it->entity->type != EntityType::location || it->range.first < mention.first + 3) {
    return {};
  }
  const auto type = rules_.vocabulary.field(chart_.segments.tokens[mention.first + 1].word, "source_noun", "type");
  const std::string_view link = word(mention.first + 2);
  const bool of = link == "de" || link == "d'" || link == "du" || link == "des";
  if (type != "body" || !of || !definite(mention)) return {};
  return published({mention.first + 1, mention.last});
}

// "une étude de Mutualia" speaks with the name of its author.
Referent Referents::author(TokenRange mention) const {
  bool document = false;
  for (std::uint32_t t = mention.first; t < mention.last && !member(t, "preposition"); ++t) {
    const auto type = rules_.vocabulary.field(chart_.segments.tokens[t].word, "source_noun", "type");
    document |= type && *type == "document";
  }
  if (!document) return {};
  for (auto it = mentions_from(mention.first);
       it != mentions_.end() && it->range.first < mention.last; ++it) {
    if (it->entity->type == EntityType::organization && !published_in(mention, it->range.first)) {
      return referent(it->entity);
    }
  }
  std::uint32_t first = mention.last;  // un sondage Kantis
  while (first > mention.first + 1 && chart_.segments.tokens[first - 1].look.shape != Shape::lower) --first;
  if (first == mention.last) return {};
  return {published({first, mention.last}), std::nullopt};
}

// "parue dans la Revue": the nearest preposition before the name tells.
bool Referents::published_in(TokenRange mention, std::uint32_t name) const {
  for (std::uint32_t t = name; t-- > mention.first;) {
    if (!member(t, "preposition")) continue;
    return word(t) == "dans" || word(t) == "auprès" || word(t) == "pour";
  }
  return false;
}

// "ministère de la Défense de Russie": more than the name that opens it.
bool Referents::longer_house(TokenRange mention) const {
  const auto it = mentions_from(mention.first);
  return it != mentions_.end() && it->range.first == mention.first &&
         it->entity->type == EntityType::organization && it->range.last < mention.last;
}

// "la police" after "police grand-ducale": the noun that heads a name stands for it.
const Entity* Referents::same_head(TokenRange mention) const {
  if (mention.size() != 2 || !definite(mention)) return nullptr;
  const auto it = by_head_.find(fold(word(mention.first + 1)));
  if (it == by_head_.end()) return nullptr;
  const auto after = std::ranges::lower_bound(it->second, mention.first, {},
                                              [](const Mention& m) { return m.range.first; });
  return after == it->second.begin() ? nullptr : (after - 1)->entity;
}

bool Referents::definite(TokenRange mention) const {
  const auto type = rules_.vocabulary.field(chart_.segments.tokens[mention.first].word, "determiner", "type");
  const auto number =
      rules_.vocabulary.field(chart_.segments.tokens[mention.first].word, "determiner", "number");
  return type && (*type == "definite" || *type == "demonstrative") && number && *number == "s";
}

bool Referents::has_complement(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    if (member(t, "preposition")) return true;
  }
  return false;
}

// "ce fils de vigneron": a demonstrative takes up somebody named.
bool Referents::demonstrative(TokenRange mention) const {
  return rules_.vocabulary.field(chart_.segments.tokens[mention.first].word, "determiner", "type") ==
         "demonstrative";
}

// Whether a name stands in the phrase: "le CEO de Google Cloud".
bool Referents::names_someone(TokenRange mention) const {
  for (auto it = mentions_from(mention.first);
       it != mentions_.end() && it->range.first < mention.last; ++it) {
    if (it->entity->type != EntityType::role) return true;
  }
  return false;
}

bool Referents::describes_person(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    const WordId id = chart_.segments.tokens[t].word;
    const auto type = rules_.vocabulary.field(id, "source_noun", "type");
    if (member(t, "role") || member(t, "person_noun") || (type && *type == "person")) return true;
  }
  return false;
}

bool Referents::describes_house(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    if (member(t, "house_noun")) return true;
  }
  return false;
}

// "la ministre" is not a minister named Alain.
bool Referents::agrees(const Entity& entity, TokenRange mention) const {
  const Gender own = gender_of(entity);
  const Gender said = gender_of_phrase({mention.first, mention.first + 1});
  return own == Gender::unknown || said == Gender::unknown || own == said;
}

// --- who it is ---

// Whoever spoke last and agrees; else the first person named in the nearest sentence.
Referent Referents::last_person(std::uint32_t before, Gender gender) const {
  const auto agrees = [&](const Entity& entity) {
    const Gender own = gender_of(entity);
    return own == Gender::unknown || gender == Gender::unknown || own == gender;
  };
  const Entity* named_last = nullptr;
  const Entity* passive = nullptr;  // named, but nothing that he did
  std::size_t sentence = 0;
  int reach = kReach;
  for (auto it = mentions_from(before); it != mentions_.begin() && reach-- > 0;) {
    --it;
    if (it->quoted || it->entity->type != EntityType::person || !agrees(*it->entity)) continue;
    if (!passive) passive = it->entity;
    if (!it->acts) continue;
    const std::size_t here = sentence_of(it->range.first);
    if (named_last && here != sentence) break;
    named_last = it->entity;
    sentence = here;
  }
  reach = kReach;
  for (auto it = memory_.rbegin(); it != memory_.rend() && reach-- > 0; ++it) {
    if (it->token >= before) continue;
    const Entity* entity = it->who.id ? person_by_id(*it->who.id) : nullptr;
    if (entity && (entity->type != EntityType::person || !agrees(*entity))) continue;
    if (!named_last || sentence_of(it->token) >= sentence) return it->who;
    break;
  }
  return referent(named_last ? named_last : passive);
}

// Ministries and courts are no "groupe" and no "entreprise".
bool Referents::institution(const Entity& entity) const {
  const std::string folded = fold(entity.name);
  const WordId head = rules_.vocabulary.find(folded.substr(0, folded.find(' ')));
  return rules_.vocabulary.member(head, "institution_head");
}

Referent Referents::last_house(TokenRange mention) const {
  const std::uint32_t before = mention.first;
  const std::string noun = mention.size() > 1 ? fold(word(mention.first + 1)) : std::string();
  const bool paper = mention.size() == 1 || noun == "quotidien" || noun == "hebdomadaire" || noun == "journal" ||
                     noun == "média" || noun == "chaîne" || noun == "groupe";
  const bool company =
      mention.size() > 1 &&
      rules_.vocabulary.field(chart_.segments.tokens[mention.first + 1].word, "house_noun", "type") == "company";
  const Entity* found = nullptr;
  std::size_t sentence = 0;
  int reach = kReach;
  for (auto it = mentions_from(before); it != mentions_.begin() && reach-- > 0;) {
    --it;
    if (it->quoted || it->entity->type != EntityType::organization) continue;
    if (company && institution(*it->entity)) continue;
    if (!paper && rules_.vocabulary.member(rules_.vocabulary.find(fold(it->entity->name)), "media")) continue;
    const std::size_t here = sentence_of(it->range.first);
    if (found && here != sentence) break;
    found = it->entity;
    sentence = here;
  }
  return referent(found);
}

Referent Referents::resolve(TokenRange mention) const {
  if (const auto gender = pronoun(mention)) {
    Referent who = last_person(mention.first, *gender);
    return who.name.empty() ? last_house(mention) : who;
  }
  if (const Entity* entity = named(mention)) return referent(entity);
  const Shape shape = chart_.segments.tokens[mention.first].look.shape;
  const bool article = mention.size() == 2 && member(mention.first, "determiner") &&
                       chart_.segments.tokens[mention.first + 1].look.shape == Shape::cap;
  const bool name = shape != Shape::lower && shape <= Shape::mixed &&
                    (article || !member(mention.first, "determiner")) &&
                    !member(mention.first, "pronoun_subject");
  if (name) {
    if (const Entity* entity = by_surname(mention)) return referent(entity);
    return {published(mention), std::nullopt};
  }
  if (longer_house(mention)) return {published(mention), std::nullopt};
  if (std::string place = place_name(mention); !place.empty()) return {std::move(place), std::nullopt};
  return described(mention);
}

Referent Referents::described(TokenRange mention) const {
  const bool one = definite(mention);
  if (one) {
    if (const Entity* entity = by_synonym(mention)) return referent(entity);
    if (const Entity* entity = by_title(mention)) return referent(entity);
    if (has_complement(mention)) {
      if (const Entity* entity = untitled_subject(mention)) return referent(entity);
    }
  }
  if (const Entity* entity = holder(mention); entity && agrees(*entity, mention)) {
    return referent(entity);
  }
  if (Referent who = author(mention); !who.name.empty()) return who;
  if (!one || names_someone(mention)) return {};
  if (const Entity* entity = same_head(mention)) return referent(entity);
  if (describes_house(mention)) return last_house(mention);
  if (!demonstrative(mention) && (has_complement(mention) || stands_apart(mention))) return {};
  if (!describes_person(mention)) return {};
  const Gender gender = gender_of_phrase(mention);
  const WordId head = chart_.segments.tokens[mention.last - 1].word;
  if (rules_.vocabulary.field(head, "person_noun", "type") == "protagonist") {
    return referent(protagonist(mention.first, gender));
  }
  return last_person(mention.first, gender);
}

void Referents::remember(TokenRange mention, const Referent& who) {
  if (!who.name.empty()) memory_.push_back({mention.first, who});
}

// --- text ---

std::size_t Referents::sentence_of(std::uint32_t token) const {
  const std::vector<TokenRange>& all = chart_.segments.sentences;
  return static_cast<std::size_t>(
      std::ranges::upper_bound(all, token, {}, &TokenRange::first) - all.begin());
}

std::string_view Referents::word(std::uint32_t token) const {
  const Span span = chart_.segments.tokens[token].span;
  return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
}

std::string Referents::published(TokenRange range) const {
  const Span first = chart_.segments.tokens[range.first].span;
  const Span last = chart_.segments.tokens[range.last - 1].span;
  return text_.text.substr(first.begin, last.end - first.begin);
}

bool Referents::member(std::uint32_t token, std::string_view lexicon) const {
  return rules_.vocabulary.member(chart_.segments.tokens[token].word, lexicon);
}

}  // namespace glane
