// Who a mention is: a name, a pronoun or a description → an entity of the document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attribute/named_entities.h"

namespace glane {

// Who said something: the entity, or a name the document does not otherwise know.
struct Referent {
  std::string name;  // empty when the text does not tell
  std::optional<std::uint32_t> id;
};

class Referents {
 public:
  Referents(const NamedEntities& names, const CompiledRules& rules)
      : names_(names), rules_(rules) {}

  // Who `mention` is: a bare name, a pronoun, or a noun phrase whole. Of those who agree,
  // whoever spoke last, as far as remember() was told, is the likeliest "il".
  Referent resolve(TokenRange mention) const;

  // To be told of each speaker in the order of the text.
  void remember(TokenRange mention, const Referent& who);

 private:
  struct Memory {
    std::uint32_t token;
    Referent who;  // without a name: somebody whom the article does not name
    Gender gender = Gender::unknown;
  };

  std::optional<Gender> pronoun(TokenRange mention) const;
  bool plural_pronoun(TokenRange mention) const;
  Referent several(TokenRange mention) const;
  bool compatriot(TokenRange mention, const Entity& entity) const;
  bool inhabitant(std::uint32_t token) const;
  const Entity* holder(TokenRange mention) const;
  const Entity* by_title(TokenRange mention) const;
  struct Learned {
    std::vector<std::string> words;  // of a description, telling ones
    std::uint32_t id;                // of the person it was found to mean
  };
  void learn(TokenRange mention, const Referent& who);
  std::optional<Referent> house_that_spoke(std::uint32_t before, std::size_t sentence) const;
  std::optional<Referent> house_goes_on(TokenRange mention, Gender gender) const;
  const Entity* house_acting(TokenRange mention, Gender gender) const;
  bool former(TokenRange mention) const;
  bool company_noun(TokenRange mention) const;
  bool names_places_only(TokenRange mention) const;
  std::string joined(TokenRange mention) const;
  bool holds_another_office(TokenRange mention, const Referent& who) const;
  const Entity* by_synonym(TokenRange mention) const;
  const Entity* untitled_subject(TokenRange mention) const;
  bool points_back(TokenRange mention) const;
  Referent named_last(TokenRange mention) const;
  const Entity* named_next(TokenRange mention) const;
  const Entity* protagonist(std::uint32_t before, Gender gender) const;
  bool stands_apart(TokenRange mention) const;
  std::string place_name(TokenRange mention) const;
  Referent described(TokenRange mention) const;
  bool document(TokenRange mention) const;
  Referent author(TokenRange mention) const;
  bool longer_house(TokenRange mention) const;
  bool named_body(TokenRange mention) const;
  const Entity* same_head(TokenRange mention) const;
  const Entity* by_initials(TokenRange mention) const;
  const Entity* beside(TokenRange mention) const;
  bool nameless_spoke(TokenRange pronoun, Gender gender) const;
  Referent last_person(std::uint32_t before, Gender gender) const;
  Referent last_house(TokenRange mention) const;
  bool institution(const Entity& entity) const;
  bool agrees(const Entity& entity, TokenRange mention) const;
  bool describes_person(TokenRange mention) const;
  bool describes_house(TokenRange mention) const;
  bool describes_body(TokenRange mention) const;
  bool definite(TokenRange mention) const;
  bool has_complement(TokenRange mention) const;
  bool names_someone(TokenRange mention) const;
  bool demonstrative(TokenRange mention) const;
  bool published_in(TokenRange mention, std::uint32_t name) const;

  const NamedEntities& names_;
  const CompiledRules& rules_;
  std::vector<Memory> memory_;
  std::vector<Learned> learned_;
};

}  // namespace glane
