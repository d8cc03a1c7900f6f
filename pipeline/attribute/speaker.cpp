#include "attribute/speaker.h"

#include <algorithm>
#include <unordered_map>

namespace glane {
namespace {

// How many mentions back an antecedent is looked for: work stays linear in the text.
constexpr int kReach = 200;

Referent referent(const Entity* entity) {
  return entity ? Referent{entity->name, entity->id} : Referent{};
}

}  // namespace

// --- kinds of mentions ---

std::optional<Gender> Referents::pronoun(TokenRange mention) const {
  if (mention.size() != 1) return std::nullopt;
  const WordId id = names_.token(mention.first).word;
  const auto gender = rules_.vocabulary.field(id, WordList::pronoun_subject, "gender");
  const auto number = rules_.vocabulary.field(id, WordList::pronoun_subject, "number");
  if (!gender || !number || *number != "s") return std::nullopt;
  if (*gender == "m") return Gender::masculine;
  if (*gender == "f") return Gender::feminine;
  return std::nullopt;
}

bool Referents::plural_pronoun(TokenRange mention) const {
  const WordId id = names_.token(mention.first).word;
  return mention.size() == 1 &&
         rules_.vocabulary.field(id, WordList::pronoun_subject, "number") == "p";
}

// "ils": two who just spoke, or a house in the plural that acts nearby: "Les CFF".
Referent Referents::several(TokenRange mention) const {
  if (!memory_.empty() && memory_.back().who.name.find(" et ") != std::string::npos) {
    return memory_.back().who;
  }
  const std::size_t here = names_.sentence_of(mention.first);
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (names_.sentence_of(it->range.first) + 1 < here) break;
    const bool house = it->acts && !it->quoted && it->entity->type == EntityType::organization;
    if (house && it->range.first > 0 && fold(names_.word(it->range.first - 1)) == "les") {
      return referent(it->entity);
    }
  }
  return {};
}

// A title whose holder the document names.
const Entity* Referents::holder(TokenRange mention) const {
  for (auto it = names_.from(mention.first);
       it != names_.all().end() && it->range.first < mention.last; ++it) {
    if (it->entity->type == EntityType::role) {
      return it->entity->person ? names_.entity(*it->entity->person) : nullptr;
    }
  }
  return nullptr;
}

// "le chef du gouvernement" → chef-du-gouvernement, "le chef de l'État" → chef-de-l-état
std::string Referents::joined(TokenRange mention) const {
  std::string out;
  std::uint32_t last = mention.last;
  if (mention.size() > 2 && names_.member(last - 1, WordList::demonym))
    --last;  // de la diplomatie belge
  for (std::uint32_t t = mention.first + 1; t < last; ++t) {
    out += (out.empty() ? "" : "-") + fold(names_.word(t));
    if (out.ends_with('\'')) out.pop_back();
  }
  return out;
}

// "le maire" is not the president of a club who was just named: by_title() would have told.
bool Referents::holds_another_office(TokenRange mention, const Referent& who) const {
  return who.id && names_.titles().titled(*who.id) &&
         rules_.vocabulary.member(rules_.vocabulary.find(joined(mention)), WordList::single_office);
}

// "le chef du gouvernement": whoever the article calls Premier ministre.
const Entity* Referents::by_synonym(TokenRange mention) const {
  const std::string whole = joined(mention);
  const bool minister = whole.starts_with("ministre-de") || whole.starts_with("ministre-d-");
  const auto titles = rules_.vocabulary.field(rules_.vocabulary.find(minister ? "ministre" : whole),
                                              WordList::title_synonym, "title");
  if (!titles) return nullptr;
  const std::string listed = "|" + std::string(*titles) + "|";
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->entity->type != EntityType::role || !it->entity->person) continue;
    const std::string role = fold(names_.words(it->range));
    if (listed.find("|" + role + "|") == std::string::npos) continue;
    const Entity* person = names_.entity(*it->entity->person);
    if (person && agrees(*person, mention)) return person;
  }
  const auto it = std::ranges::find_if(learned_, [&](const Learned& l) {
    return listed.find("|" + l.words.front() + "|") != std::string::npos;
  });
  return it == learned_.end() ? nullptr : names_.entity(it->id);
}

// "l'entraîneur guingampais": the person introduced with these words.
const Entity* Referents::by_title(TokenRange mention) const {
  const std::vector<std::string> words = names_.telling_words(mention);
  const auto found = names_.titles().holder(words, mention.first);
  if (!found || !found->shared) {
    const auto it = std::ranges::find(learned_, words, &Learned::words);
    if (it != learned_.end()) return names_.entity(it->id);
  }
  if (!found || (!found->shared && has_complement(mention))) return nullptr;
  const Entity* person = names_.entity(found->id);
  return person && agrees(*person, mention) ? person : nullptr;
}

bool Referents::stands_apart(TokenRange mention) const {
  for (std::uint32_t t = mention.first; t < mention.last; ++t) {
    if (names_.member(t, WordList::preposition)) break;
    if (names_.member(t, WordList::stands_apart) && names_.word(t - (t > 0)) != "jeune")
      return true;
  }
  return false;
}

// A person without a title who acted in the sentence before, or is met there beside the house
// that the description names: "Marco Hengen était partagé. …, regrettait l'entraîneur du Progrès".
const Entity* Referents::untitled_subject(TokenRange mention) const {
  if (stands_apart(mention) || !describes_person(mention)) return nullptr;
  const std::size_t here = names_.sentence_of(mention.first);
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (names_.sentence_of(it->range.first) + 2 < here) return nullptr;
    if (it->quoted || it->entity->type != EntityType::person) continue;
    const bool near = it->acts || names_someone(mention);
    if (near && !names_.titles().titled(it->entity->id) && agrees(*it->entity, mention))
      return it->entity;
  }
  return nullptr;
}

// Whoever acts most often: the suspect of an article is the one it tells of.
const Entity* Referents::protagonist(std::uint32_t before, Gender gender) const {
  std::unordered_map<std::uint32_t, int> count;
  const Entity* best = nullptr;
  int reach = kReach;
  for (auto it = names_.from(before); it != names_.all().begin() && reach-- > 0;) {
    --it;
    const Entity& entity = *it->entity;
    if (it->quoted || !it->acts || entity.type != EntityType::person) continue;
    const Gender own = names_.gender_of(entity);
    if (own != Gender::unknown && gender != Gender::unknown && own != gender) continue;
    const int times = ++count[entity.id];
    if (!best || times > count[best->id]) best = &entity;
  }
  return best;
}

// "la commune de Gryon": a body and its place are a name.
std::string Referents::place_name(TokenRange mention) const {
  const auto it = names_.from(mention.first);
  if (it == names_.all().end() || it->range.last != mention.last ||
      it->entity->type != EntityType::location || it->range.first < mention.first + 3) {
    return {};
  }
  const auto type =
      rules_.vocabulary.field(names_.token(mention.first + 1).word, WordList::source_noun, "type");
  const std::string_view link = names_.word(mention.first + 2);
  const bool of = link == "de" || link == "d'" || link == "du" || link == "des";
  if (type != "body" || !of || !definite(mention) || company_noun(mention)) return {};
  return names_.words({mention.first + 1, mention.last});
}

// "une étude de l'institut": before the first preposition.
bool Referents::document(TokenRange mention) const {
  for (std::uint32_t t = mention.first;
       t < mention.last && !names_.member(t, WordList::preposition); ++t) {
    const auto type = rules_.vocabulary.field(names_.token(t).word, WordList::source_noun, "type");
    if (type && *type == "document") return true;
  }
  return false;
}

// "une étude de Mutualia" speaks with the name of its author.
Referent Referents::author(TokenRange mention) const {
  if (!document(mention)) return {};
  for (auto it = names_.from(mention.first);
       it != names_.all().end() && it->range.first < mention.last; ++it) {
    if (it->entity->type == EntityType::organization && !published_in(mention, it->range.first)) {
      return referent(it->entity);
    }
  }
  const auto next = names_.from(mention.last);  // le communiqué, de la SNCB
  if (next != names_.all().end() && next->range.first <= mention.last + 2 &&
      next->entity->type == EntityType::organization && mention.last < next->range.first) {
    const std::string_view link = names_.word(mention.last);
    if (link == "de" || link == "du" || link == "d'") return referent(next->entity);
  }
  std::uint32_t first = mention.last;  // un sondage Kantis
  while (first > mention.first + 1 && names_.token(first - 1).look.shape != Shape::lower) --first;
  if (first == mention.last || names_.member(first - 1, WordList::preposition)) return {};
  return {names_.words({first, mention.last}), std::nullopt};
}

// "parue dans la Revue": the nearest preposition before the name tells.
bool Referents::published_in(TokenRange mention, std::uint32_t name) const {
  for (std::uint32_t t = name; t-- > mention.first;) {
    if (!names_.member(t, WordList::preposition)) continue;
    return names_.word(t) == "dans" || names_.word(t) == "auprès" || names_.word(t) == "pour";
  }
  return false;
}

// "ministère de la Défense de Russie": more than the name that opens it.
bool Referents::longer_house(TokenRange mention) const {
  const auto it = names_.from(mention.first);
  return it != names_.all().end() && it->range.first == mention.first &&
         it->entity->type == EntityType::organization && it->range.last < mention.last;
}

// "gouvernement Petit": a noun and the name it bears.
bool Referents::named_body(TokenRange mention) const {
  const Shape last = names_.token(mention.last - 1).look.shape;
  return mention.size() > 1 && names_.token(mention.first).look.shape == Shape::lower &&
         last > Shape::lower && last <= Shape::mixed &&
         !names_.member(mention.first, WordList::determiner) && !has_complement(mention);
}

// "la police" after "police grand-ducale": the noun that heads a name stands for it.
const Entity* Referents::same_head(TokenRange mention) const {
  if (mention.size() != 2 || !definite(mention)) return nullptr;
  return names_.house_with_head(fold(names_.word(mention.first + 1)), mention.first);
}

bool Referents::definite(TokenRange mention) const {
  const auto type =
      rules_.vocabulary.field(names_.token(mention.first).word, WordList::determiner, "type");
  const auto number =
      rules_.vocabulary.field(names_.token(mention.first).word, WordList::determiner, "number");
  return type && (*type == "definite" || *type == "demonstrative") && number && *number == "s";
}

bool Referents::has_complement(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    if (names_.member(t, WordList::preposition)) return true;
  }
  return false;
}

// "l'ancienne adjointe au logement" says what somebody named was before.
bool Referents::former(TokenRange mention) const {
  const std::string_view word = mention.size() > 1 ? names_.word(mention.first + 1) : "";
  return word == "ancien" || word == "ancienne" || word.starts_with("ex-");
}

bool Referents::company_noun(TokenRange mention) const {
  return mention.size() > 1 && rules_.vocabulary.field(names_.token(mention.first + 1).word,
                                                       WordList::house_noun, "type") == "company";
}

// "la firme de Mountain View", "la société d'État"
bool Referents::names_places_only(TokenRange mention) const {
  bool place = false;
  for (auto it = names_.from(mention.first);
       it != names_.all().end() && it->range.first < mention.last; ++it) {
    if (it->entity->type == EntityType::role) continue;
    const bool state = names_.words(it->range) == "État";
    if (it->entity->type != EntityType::location && !state) return false;
    place = true;
  }
  return place;
}

// "ce fils de vigneron": a demonstrative takes up somebody named.
bool Referents::demonstrative(TokenRange mention) const {
  return rules_.vocabulary.field(names_.token(mention.first).word, WordList::determiner, "type") ==
         "demonstrative";
}

// Whether a name stands in the phrase: "le CEO de Google Cloud".
bool Referents::names_someone(TokenRange mention) const {
  for (auto it = names_.from(mention.first);
       it != names_.all().end() && it->range.first < mention.last; ++it) {
    if (it->entity->type != EntityType::role) return true;
  }
  return false;
}

bool Referents::describes_person(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    const WordId id = names_.token(t).word;
    const auto type = rules_.vocabulary.field(id, WordList::source_noun, "type");
    if (names_.member(t, WordList::role) || names_.member(t, WordList::person_noun) ||
        (type && *type == "person"))
      return true;
    if (mention.size() == 2 && inhabitant(t)) return true;
  }
  return false;
}

// "a martelé le Suisse": no country.
bool Referents::compatriot(TokenRange mention, const Entity& entity) const {
  if (entity.type != EntityType::location || mention.first == 0) return false;
  const std::string article = fold(names_.word(mention.first - 1));
  return mention.size() == 1 && article == "le" &&
         names_.member(mention.first, WordList::person_noun);
}

// "le Slovène", "la Saint-Galloise"
bool Referents::inhabitant(std::uint32_t token) const {
  static constexpr std::string_view kEndings[] = {"ois", "oise", "ais", "aise", "ien", "ienne"};
  const std::string_view word = names_.word(token);
  if (names_.token(token).look.shape != Shape::cap) return false;
  if (names_.member(token, WordList::demonym)) return true;
  const bool common = names_.member(token, WordList::common_capital);  // le Palais
  return !common && std::ranges::any_of(
                        kEndings, [&](std::string_view ending) { return word.ends_with(ending); });
}

bool Referents::describes_body(TokenRange mention) const {
  return mention.size() > 1 && definite(mention) &&
         rules_.vocabulary.field(names_.token(mention.first + 1).word, WordList::source_noun,
                                 "type") == "body";
}

bool Referents::describes_house(TokenRange mention) const {
  for (std::uint32_t t = mention.first + 1; t < mention.last; ++t) {
    if (names_.member(t, WordList::house_noun)) return true;
  }
  return false;
}

// "la ministre" is not a minister named Alain.
bool Referents::agrees(const Entity& entity, TokenRange mention) const {
  const Gender own = names_.gender_of(entity);
  const Gender said = names_.gender_of_phrase({mention.first, mention.first + 1});
  return own == Gender::unknown || said == Gender::unknown || own == said;
}

// --- who it is ---

// Whoever spoke last and agrees; else the first person named in the nearest sentence.
Referent Referents::last_person(std::uint32_t before, Gender gender) const {
  const auto agrees = [&](const Entity& entity) {
    const Gender own = names_.gender_of(entity);
    return own == Gender::unknown || gender == Gender::unknown || own == gender;
  };
  const Entity* named_last = nullptr;
  const Entity* passive = nullptr;  // named, but nothing that he did
  const Entity* topic = nullptr;    // the first one that the paragraph names
  std::uint32_t topic_at = 0;
  std::uint32_t acted = 0;
  std::size_t sentence = 0;
  int reach = kReach;
  for (auto it = names_.from(before); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->quoted || it->entity->type != EntityType::person || !agrees(*it->entity)) continue;
    if (!passive) passive = it->entity;
    const std::size_t here = names_.sentence_of(it->range.first);
    const bool same = names_.paragraph_of(it->range.first) == names_.paragraph_of(before);
    if (same && here < names_.sentence_of(before)) {
      topic = it->entity;
      topic_at = it->range.first;
    }
    if (!it->acts) continue;
    if (named_last && here != sentence) break;
    named_last = it->entity;
    sentence = here;
    acted = it->range.first;
  }
  const std::size_t paragraph = names_.paragraph_of(before);
  if (topic && (!named_last || names_.paragraph_of(acted) != paragraph)) {
    named_last = topic;
    sentence = names_.sentence_of(topic_at);
  }
  reach = kReach;
  for (auto it = memory_.rbegin(); it != memory_.rend() && reach-- > 0; ++it) {
    if (it->token >= before || it->who.name.empty()) continue;
    const Entity* entity = it->who.id ? names_.entity(*it->who.id) : nullptr;
    if (entity && (entity->type != EntityType::person || !agrees(*entity))) continue;
    const bool house =
        !entity && it->token > 0 && names_.member(it->token - 1, WordList::determiner);
    if (house) continue;  // la Ville
    if (!named_last || names_.sentence_of(it->token) >= sentence) return it->who;
    break;
  }
  return referent(named_last ? named_last : passive);
}

// "Un témoin raconte la scène. Il ajoute que": the witness, and none of those named before.
bool Referents::nameless_spoke(TokenRange pronoun, Gender gender) const {
  if (memory_.empty() || !memory_.back().who.name.empty() || memory_.back().gender != gender) {
    return false;
  }
  int reach = kReach;
  for (auto it = names_.from(pronoun.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->range.first <= memory_.back().token) return true;
    if (!it->quoted && it->acts && it->entity->type == EntityType::person) return false;
  }
  return true;
}

// "A. D." is whoever was introduced with these initials.
const Entity* Referents::by_initials(TokenRange mention) const {
  std::string letters;
  for (std::uint32_t t = mention.first; t < mention.last; ++t) {
    if (names_.word(t) == ".") continue;
    if (names_.token(t).look.shape != Shape::initial) return nullptr;
    letters += fold(names_.word(t)).substr(0, 1);
  }
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->entity->type != EntityType::person) continue;
    std::string own;
    const std::string folded = " " + fold(it->entity->name);
    for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
      if (folded[i] == ' ' || folded[i] == '-') own += folded[i + 1];
    }
    if (own == letters) return it->entity;
  }
  return nullptr;
}

// "selon lui": the person named last in the sentence.
const Entity* Referents::beside(TokenRange mention) const {
  if (mention.size() != 1 || names_.word(mention.first) != "lui") return nullptr;
  const std::size_t here = names_.sentence_of(mention.first);
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (names_.sentence_of(it->range.first) != here) return nullptr;
    const bool person = !it->quoted && it->entity->type == EntityType::person;
    if (person && names_.gender_of(*it->entity) != Gender::feminine) return it->entity;
  }
  return nullptr;
}

// Ministries and courts are no "groupe" and no "entreprise".
bool Referents::institution(const Entity& entity) const {
  const std::string folded = fold(entity.name);
  const WordId head = rules_.vocabulary.find(folded.substr(0, folded.find(' ')));
  return rules_.vocabulary.member(head, WordList::institution_head);
}

Referent Referents::last_house(TokenRange mention) const {
  const std::uint32_t before = mention.first;
  const std::string noun =
      mention.size() > 1 ? fold(names_.word(mention.first + 1)) : std::string();
  const bool paper = mention.size() == 1 || noun == "quotidien" || noun == "hebdomadaire" ||
                     noun == "journal" || noun == "média" || noun == "chaîne" || noun == "groupe";
  const bool company = company_noun(mention);
  const Entity* found = nullptr;
  std::size_t sentence = 0;
  int reach = kReach;
  for (auto it = names_.from(before); it != names_.all().begin() && reach-- > 0;) {
    --it;
    const bool brand = company && it->acts && it->entity->type == EntityType::product;
    if (it->quoted || (it->entity->type != EntityType::organization && !brand)) continue;
    if (company && institution(*it->entity)) continue;
    if (!paper &&
        rules_.vocabulary.member(rules_.vocabulary.find(fold(it->entity->name)), WordList::media))
      continue;
    const std::size_t here = names_.sentence_of(it->range.first);
    if (found && here != sentence) break;
    found = it->entity;
    sentence = here;
  }
  if (const auto spoke = house_that_spoke(before, sentence); spoke && !company) return *spoke;
  return referent(found);
}

// "Pour L'Opinion, c'est un scandale que le journal condamne": whoever just spoke, when it is
// no person and nothing was named since.
std::optional<Referent> Referents::house_that_spoke(std::uint32_t before,
                                                    std::size_t sentence) const {
  if (memory_.empty() || memory_.back().who.name.empty()) return std::nullopt;
  const Memory& last = memory_.back();
  const Entity* entity = last.who.id ? names_.entity(*last.who.id) : nullptr;
  if (entity && entity->type == EntityType::person) return std::nullopt;
  const std::size_t there = names_.sentence_of(last.token);
  const bool recent = there + 1 >= names_.sentence_of(before) && there >= sentence;
  return recent ? std::optional(last.who) : std::nullopt;
}

// "…, a dit le parquet. « … », a-t-il ajouté": the body that spoke last, when nobody acts since.
std::optional<Referent> Referents::house_goes_on(TokenRange mention, Gender gender) const {
  if (memory_.empty() || memory_.back().gender != gender) return std::nullopt;
  const Memory& last = memory_.back();
  const Entity* entity = last.who.id ? names_.entity(*last.who.id) : nullptr;
  if (!entity || entity->type != EntityType::organization) return std::nullopt;
  if (names_.paragraph_of(last.token) != names_.paragraph_of(mention.first)) return std::nullopt;
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->range.first <= last.token) return last.who;
    if (!it->quoted && it->acts && it->entity->type == EntityType::person) return std::nullopt;
  }
  return last.who;
}

// "La Commission a rendu son avis. Elle estime": the body that acts in the sentence before, when
// its article agrees.
const Entity* Referents::house_acting(TokenRange mention, Gender gender) const {
  constexpr std::size_t kSentences = 1;
  if (!names_.token(mention.first).look.start) return nullptr;
  const std::size_t here = names_.sentence_of(mention.first);
  const Naming* first = nullptr;
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    const std::size_t there = names_.sentence_of(it->range.first);
    if (there + kSentences < here) break;
    if (it->entity->type == EntityType::role) continue;
    if (there < here && it->acts && !it->quoted) first = &*it;
  }
  const bool house = first && first->entity->type == EntityType::organization;
  return house && names_.gender_of_article(first->range.first) == gender ? first->entity : nullptr;
}

// "celui-ci", "cette dernière": the one named last, not the one who acts.
bool Referents::points_back(TokenRange mention) const {
  const std::string last = fold(names_.word(mention.last - 1));
  if (mention.size() == 1) return last == "celui-ci" || last == "celle-ci";
  return mention.size() == 2 && demonstrative(mention) && (last == "dernier" || last == "dernière");
}

Referent Referents::named_last(TokenRange mention) const {
  const Gender gender = pronoun(mention).value_or(names_.gender_of_phrase(mention));
  const std::size_t here = names_.sentence_of(mention.first);
  int reach = kReach;
  for (auto it = names_.from(mention.first); it != names_.all().begin() && reach-- > 0;) {
    --it;
    const Entity& entity = *it->entity;
    if (entity.type == EntityType::organization && mention.size() == 1 && !it->quoted &&
        names_.sentence_of(it->range.first) == here) {
      return referent(&entity);
    }
    if (names_.sentence_of(it->range.first) + 2 < here) return {};  // nothing so far back is "last"
    if (entity.type != EntityType::person || it->quoted) continue;
    const Gender own = names_.gender_of(entity);
    if (own == Gender::unknown || gender == Gender::unknown || own == gender)
      return referent(&entity);
  }
  return {};
}

// "La gardienne de l'équipe a accusé … Hope Solo en veut aux Suédoises": before anybody is
// named, a title may wait for its name.
const Entity* Referents::named_next(TokenRange mention) const {
  if (stands_apart(mention) || !describes_person(mention)) return nullptr;
  const auto start = names_.from(mention.first);
  int reach = kReach;
  for (auto it = start; it != names_.all().begin() && reach-- > 0;) {
    --it;
    if (it->entity->type == EntityType::person) return nullptr;
  }
  const std::size_t here = names_.sentence_of(mention.first);
  for (auto it = start; it != names_.all().end() && names_.sentence_of(it->range.first) < here + 3;
       ++it) {
    if (it->quoted || !it->acts || it->entity->type != EntityType::person) continue;
    // "Le président du tribunal … Le repreneur, Luc Petit": another title, another man.
    const bool another = names_.titles().titled_otherwise(
        it->entity->id, names_.telling_words(mention), mention.first);
    return !another && agrees(*it->entity, mention) ? it->entity : nullptr;
  }
  return nullptr;
}

Referent Referents::resolve(TokenRange mention) const {
  if (points_back(mention)) {
    Referent who = named_last(mention);
    if (!who.name.empty() || mention.size() > 1) return who;
  }
  if (plural_pronoun(mention)) return several(mention);
  if (const auto gender = pronoun(mention)) {
    if (const Entity* entity = beside(mention)) return referent(entity);
    if (nameless_spoke(mention, *gender)) return {};
    if (const auto house = house_goes_on(mention, *gender)) return *house;
    if (const Entity* entity = house_acting(mention, *gender)) return referent(entity);
    Referent who = last_person(mention.first, *gender);
    return who.name.empty() ? last_house(mention) : who;
  }
  const Entity* named = names_.named(mention);
  if (named && compatriot(mention, *named)) return last_person(mention.first, Gender::masculine);
  if (named) return referent(named);
  const Shape shape = names_.token(mention.first).look.shape;
  const bool article = mention.size() == 2 && names_.member(mention.first, WordList::determiner) &&
                       names_.token(mention.first + 1).look.shape == Shape::cap;
  const bool name = shape != Shape::lower && shape <= Shape::mixed &&
                    ((article && !inhabitant(mention.first + 1)) ||
                     !names_.member(mention.first, WordList::determiner)) &&
                    !names_.member(mention.first, WordList::pronoun_subject);
  if (name) {
    if (const Entity* entity = names_.with_surname(fold(names_.words(mention))))
      return referent(entity);
    if (const Entity* entity = by_initials(mention)) return referent(entity);
    const bool described_so = mention.size() == 1 && mention.first > 0 &&
                              inhabitant(mention.first) &&
                              names_.member(mention.first - 1, WordList::determiner);
    if (described_so) return described({mention.first - 1, mention.last});
    return {names_.words(mention), std::nullopt};
  }
  if (longer_house(mention) || named_body(mention)) return {names_.words(mention), std::nullopt};
  if (std::string place = place_name(mention); !place.empty())
    return {std::move(place), std::nullopt};
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
  if (!one) return {};
  if (const Entity* entity = named_next(mention)) return referent(entity);
  const bool company = names_.word(mention.first + 1) != "groupe" && company_noun(mention);
  if (company && names_places_only(mention)) return last_house(mention);
  if (names_someone(mention)) return {};
  if (const Entity* entity = same_head(mention)) return referent(entity);
  if (describes_house(mention)) return last_house(mention);
  const bool apart = has_complement(mention) || stands_apart(mention);
  if (!demonstrative(mention) && apart && !former(mention)) return {};
  if (!describes_person(mention)) return {};
  const Gender gender = names_.gender_of_phrase(mention);
  const WordId head = names_.token(mention.last - 1).word;
  if (rules_.vocabulary.field(head, WordList::person_noun, "type") == "protagonist") {
    return referent(protagonist(mention.first, gender));
  }
  const Referent who = last_person(mention.first, gender);
  return holds_another_office(mention, who) ? Referent{} : who;
}

// "Le président américain", once it is known who that is, stays the same.
void Referents::learn(TokenRange mention, const Referent& who) {
  if (!who.id || !definite(mention) || !describes_person(mention)) return;
  const Entity* entity = names_.entity(*who.id);
  std::vector<std::string> words = names_.telling_words(mention);
  if (!entity || entity->type != EntityType::person || words.size() < 2) return;
  if (std::ranges::find(learned_, words, &Learned::words) == learned_.end()) {
    learned_.push_back({std::move(words), *who.id});
  }
}

void Referents::remember(TokenRange mention, const Referent& who) {
  learn(mention, who);
  const bool article = names_.member(mention.first, WordList::determiner);
  if (!who.name.empty()) {
    memory_.push_back({mention.first, who,
                       article ? names_.gender_of_phrase({mention.first, mention.first + 2})
                               : names_.gender_of_article(mention.first)});
    return;
  }
  const auto own = pronoun(mention);
  const auto type =
      rules_.vocabulary.field(names_.token(mention.first).word, WordList::determiner, "type");
  const bool someone = type && *type == "indefinite" && !document(mention);
  if (!own && !someone && !describes_person(mention) && !describes_body(mention)) return;
  const auto number =
      rules_.vocabulary.field(names_.token(mention.first).word, WordList::determiner, "number");
  if (number && *number == "p") return;
  memory_.push_back({mention.first, who, own.value_or(names_.gender_of_phrase(mention))});
}

}  // namespace glane
