#include "attribute/named_entities.h"

#include <algorithm>

#include "recognise/short_forms.h"

namespace glane {
namespace {

// The range that holds a token, if any.
const TokenRange* covering(const std::vector<TokenRange>& ranges, std::uint32_t token) {
  const auto it = std::ranges::upper_bound(ranges, token, {}, &TokenRange::first);
  return it != ranges.begin() && token < (it - 1)->last ? &*(it - 1) : nullptr;
}

}  // namespace

NamedEntities::NamedEntities(const Chart& chart, const NormalisedText& text,
                             const CompiledRules& rules, const std::vector<Entity>& entities,
                             const std::vector<TokenRange>& quoted,
                             const std::vector<TokenRange>& actors)
    : chart_(chart), text_(text), rules_(rules), entities_(entities) {
  place_entities(quoted, actors);
}

// Entities carry bytes of the published text: they are looked for where those are in the tokens'.
// Both lists are sorted, so one walk joins them.
void NamedEntities::place_entities(const std::vector<TokenRange>& quoted,
                                   const std::vector<TokenRange>& actors) {
  const std::vector<Token>& tokens = chart_.segments.tokens;
  names_.reserve(entities_.size());
  by_id_.assign(entities_.size() + 1, nullptr);
  std::uint32_t token = 0;
  for (const Entity& entity : entities_) {
    const Span span = text_.map.to_normalised(entity.span);
    if (entity.id < by_id_.size() && !by_id_[entity.id]) by_id_[entity.id] = &entity;
    while (token < tokens.size() && tokens[token].span.begin < span.begin) ++token;
    std::uint32_t last = token;
    while (last < tokens.size() && tokens[last].span.end <= span.end) ++last;
    names_.push_back({{token, std::max(last, token + 1)},
                      &entity,
                      covering(quoted, token) != nullptr,
                      acting(covering(actors, token), token)});
  }
}

// "La fondatrice de Paul Petit compte": she does, not he; but of his film he is the topic.
bool NamedEntities::acting(const TokenRange* actor, std::uint32_t name) const {
  if (!actor) return false;
  bool person = false;
  for (std::uint32_t t = actor->first; t < name; ++t) {
    if (member(t, WordList::preposition)) return !person;
    const WordId id = chart_.segments.tokens[t].word;
    person = person || member(t, WordList::role) || member(t, WordList::occupation) ||
             rules_.vocabulary.field(id, WordList::source_noun, "type") == "person";
  }
  return true;
}

NamedEntities::Index NamedEntities::index_of_names() const {
  Index index;
  for (const Naming& mention : names_) {
    const Entity& entity = *mention.entity;
    const std::string name = fold(entity.name);
    if (entity.type == EntityType::organization) {
      index.by_head[name.substr(0, name.find(' '))].push_back(mention);
    }
    if (entity.type != EntityType::person) continue;
    index.by_surname.try_emplace(name, &entity);
    for (std::string& surname : surnames(name)) {
      index.by_surname.try_emplace(std::move(surname), &entity);
    }
  }
  return index;
}

const NamedEntities::Index& NamedEntities::index() const {
  if (!index_) index_ = index_of_names();
  return *index_;
}

std::vector<NamedEntities::Introduction> NamedEntities::introductions() const {
  const auto source = rules_.kind(KnownKind::source);
  const auto titled = rules_.kind(KnownKind::named);
  std::vector<Introduction> out;
  for (const Match& match : chart_.matches) {
    if (match.kind != source && match.kind != titled) continue;
    const auto name = rules_.capture(chart_, match, KnownPart::speaker);
    if (!name || name->first == match.range.first) continue;
    const Entity* entity = named(*name);
    if (!entity || entity->type != EntityType::person) continue;
    out.push_back({entity->id, {match.range.first, name->first}});
  }
  return out;
}

// The article and the title know what the name does not.
NamedEntities::Genders NamedEntities::genders_told() const {
  Genders genders;
  for (const auto& [person, words] : introductions()) {
    const Gender gender = gender_of_phrase(words);
    if (gender != Gender::unknown) genders.emplace_back(person, gender);
  }
  std::ranges::stable_sort(genders, {}, &std::pair<std::uint32_t, Gender>::first);
  return genders;
}

const Titles& NamedEntities::titles() const {
  if (!titles_) titles_ = titles_told();
  return *titles_;
}

// Where the office of somebody else begins: "le porte-parole du ministre".
std::uint32_t NamedEntities::inner_office(TokenRange title) const {
  bool complement = false;
  for (std::uint32_t t = title.first; t < title.last; ++t) {
    if (complement && member(t, WordList::role)) return t;
    complement =
        member(t, WordList::preposition) || (complement && member(t, WordList::determiner));
  }
  return title.last;
}

void NamedEntities::add_title(Titles& titles, std::uint32_t person, TokenRange words) const {
  const auto telling = titles.telling_words(text_.text, chart_, words);
  const TokenRange own{words.first, inner_office(words)};
  titles.add(person, words.first, telling, titles.telling_words(text_.text, chart_, own).size());
}

// Words before a name in its own phrase, and roles that the article joins to it elsewhere
// ("Luc Petit, entraîneur de Guingamp").
Titles NamedEntities::titles_told() const {
  Titles titles(rules_);
  for (const auto& [person, phrase] : introductions()) add_title(titles, person, phrase);
  constexpr std::uint32_t kBehind = 8;  // tokens behind a role that may be its complement
  for (const Naming& mention : names_) {
    if (mention.entity->type != EntityType::role || !mention.entity->person) continue;
    std::uint32_t last = mention.range.last;
    const auto tokens = static_cast<std::uint32_t>(chart_.segments.tokens.size());
    while (last < tokens && last < mention.range.last + kBehind && word(last) != "," &&
           word(last) != ".")
      ++last;
    const bool complement = word(last - 1) != word(mention.range.last - 1) &&
                            member(mention.range.last, WordList::preposition);
    add_title(titles, *mention.entity->person,
              complement ? TokenRange{mention.range.first, last} : mention.range);
  }
  return titles;
}

Gender NamedEntities::gender_of_word(WordId id) const {
  for (const WordList lexicon :
       {WordList::civility, WordList::role, WordList::source_noun, WordList::determiner}) {
    const auto gender = rules_.vocabulary.field(id, lexicon, "gender");
    if (gender && *gender == "m") return Gender::masculine;
    if (gender && *gender == "f") return Gender::feminine;
  }
  return Gender::unknown;
}

Gender NamedEntities::gender_of_phrase(TokenRange phrase) const {
  const std::uint32_t end = std::min(phrase.last, phrase.first + 4);
  for (std::uint32_t t = phrase.first; t < end; ++t) {
    if (member(t, WordList::determiner)) {
      const auto type =
          rules_.vocabulary.field(chart_.segments.tokens[t].word, WordList::determiner, "type");
      if (type && *type == "possessive") continue;  // son avocate, sa mère: the noun decides
    }
    const Gender gender = gender_of_word(chart_.segments.tokens[t].word);
    if (gender != Gender::unknown) return gender;
  }
  return Gender::unknown;
}

Gender NamedEntities::gender_of_article(std::uint32_t name) const {
  constexpr std::uint32_t kReach = 3;
  for (std::uint32_t t = name; t > 0 && t + kReach > name; --t) {
    const WordId id = chart_.segments.tokens[t - 1].word;
    const auto gender = rules_.vocabulary.field(id, WordList::determiner, "gender");
    if (gender == "m") return Gender::masculine;
    if (gender == "f") return Gender::feminine;
    if (gender) break;  // l'
    if (chart_.segments.tokens[t - 1].look.shape != Shape::lower) break;
  }
  const WordId head = chart_.segments.tokens[name].word;
  for (const WordList lexicon : {WordList::org_head, WordList::house_noun, WordList::source_noun}) {
    const auto gender = rules_.vocabulary.field(head, lexicon, "gender");
    if (gender == "m") return Gender::masculine;
    if (gender == "f") return Gender::feminine;
  }
  return Gender::unknown;
}

Gender NamedEntities::gender_of_name(const std::string& name) const {
  std::string first = fold(name.substr(0, name.find(' ')));
  for (;;) {
    const WordId id = rules_.vocabulary.find(first);
    const auto gender = rules_.vocabulary.field(id, WordList::first_name, "gender");
    if (gender && *gender == "m") return Gender::masculine;
    if (gender && *gender == "f") return Gender::feminine;
    const std::size_t hyphen = first.find('-');
    if (hyphen == std::string::npos) return Gender::unknown;
    first.resize(hyphen);
  }
}

Gender NamedEntities::gender_of(const Entity& entity) const {
  if (!genders_) genders_ = genders_told();
  const auto it =
      std::ranges::lower_bound(*genders_, entity.id, {}, &std::pair<std::uint32_t, Gender>::first);
  if (it != genders_->end() && it->first == entity.id) return it->second;
  return gender_of_name(entity.name);
}
std::vector<Naming>::const_iterator NamedEntities::from(std::uint32_t token) const {
  return std::ranges::lower_bound(names_, token, {}, [](const Naming& m) { return m.range.first; });
}

const Entity* NamedEntities::named(TokenRange mention) const {
  for (auto it = from(mention.first); it != names_.end() && it->range.first < mention.last; ++it) {
    if (it->entity->type != EntityType::role && it->range == mention) return it->entity;
  }
  return nullptr;
}

const Entity* NamedEntities::entity(std::uint32_t id) const {
  return id < by_id_.size() ? by_id_[id] : nullptr;
}

// --- text ---

std::size_t NamedEntities::sentence_of(std::uint32_t token) const {
  const std::vector<TokenRange>& all = chart_.segments.sentences;
  return static_cast<std::size_t>(std::ranges::upper_bound(all, token, {}, &TokenRange::first) -
                                  all.begin());
}

std::size_t NamedEntities::paragraph_of(std::uint32_t token) const {
  const std::vector<TokenRange>& all = chart_.segments.paragraphs;
  return static_cast<std::size_t>(std::ranges::upper_bound(all, token, {}, &TokenRange::first) -
                                  all.begin());
}

std::string_view NamedEntities::word(std::uint32_t token) const {
  const Span span = chart_.segments.tokens[token].span;
  return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
}

std::string NamedEntities::words(TokenRange range) const {
  const Span first = chart_.segments.tokens[range.first].span;
  const Span last = chart_.segments.tokens[range.last - 1].span;
  return text_.text.substr(first.begin, last.end - first.begin);
}

bool NamedEntities::member(std::uint32_t token, WordList lexicon) const {
  return rules_.vocabulary.member(chart_.segments.tokens[token].word, lexicon);
}

// A name that was left undecided here but is the end of a person's name elsewhere.
const Entity* NamedEntities::with_surname(const std::string& folded) const {
  const auto it = index().by_surname.find(folded);
  return it == index().by_surname.end() ? nullptr : it->second;
}

const Entity* NamedEntities::house_with_head(const std::string& folded,
                                             std::uint32_t before) const {
  const auto it = index().by_head.find(folded);
  if (it == index().by_head.end()) return nullptr;
  const auto after = std::ranges::lower_bound(it->second, before, {},
                                              [](const Naming& m) { return m.range.first; });
  return after == it->second.begin() ? nullptr : (after - 1)->entity;
}

}  // namespace glane
