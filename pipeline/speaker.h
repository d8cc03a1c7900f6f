// Who a mention is: a name, a pronoun or a description → an entity of the document.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules.h"
#include "titles.h"

namespace glane {

// Who said something: the entity, or a name the document does not otherwise know.
struct Referent {
  std::string name;  // empty when the text does not tell
  std::optional<std::uint32_t> id;
};

class Referents {
 public:
  Referents(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
            const std::vector<Entity>& entities, const std::vector<TokenRange>& quoted,
            const std::vector<TokenRange>& actors);

  // Who `mention` is. It is the bare name of `phrase` when the phrase holds one, else the
  // phrase whole. `spoke` are the mentions that spoke before, with who they were: whoever
  // spoke last is the likeliest "il".
  Referent resolve(TokenRange mention) const;

  // To be told of each speaker in the order of the text.
  void remember(TokenRange mention, const Referent& who);

 private:
  enum class Gender : std::uint8_t { unknown, masculine, feminine };
  struct Mention {
    TokenRange range;
    const Entity* entity;
    bool quoted;  // named by someone who is quoted
    bool acts;    // subject of a verb
  };
  struct Memory {
    std::uint32_t token;
    Referent who;
  };

  void index_names();
  void place_entities(const std::vector<TokenRange>& quoted, const std::vector<TokenRange>& actors);
  void learn_genders();
  void learn_titles();
  Gender gender_of_name(const std::string& name) const;
  Gender gender_of_word(WordId word) const;
  Gender gender_of(const Entity& entity) const;
  Gender gender_of_phrase(TokenRange phrase) const;

  std::optional<Gender> pronoun(TokenRange mention) const;
  const Entity* named(TokenRange mention) const;
  const Entity* by_surname(TokenRange mention) const;
  const Entity* holder(TokenRange mention) const;
  const Entity* by_title(TokenRange mention) const;
  const Entity* by_synonym(TokenRange mention) const;
  const Entity* untitled_subject(TokenRange mention) const;
  const Entity* protagonist(std::uint32_t before, Gender gender) const;
  bool stands_apart(TokenRange mention) const;
  std::string place_name(TokenRange mention) const;
  Referent described(TokenRange mention) const;
  Referent author(TokenRange mention) const;
  bool longer_house(TokenRange mention) const;
  const Entity* same_head(TokenRange mention) const;
  const Entity* person_by_id(std::uint32_t id) const;
  Referent last_person(std::uint32_t before, Gender gender) const;
  Referent last_house(TokenRange mention) const;
  bool institution(const Entity& entity) const;
  bool agrees(const Entity& entity, TokenRange mention) const;
  bool describes_person(TokenRange mention) const;
  bool describes_house(TokenRange mention) const;
  bool definite(TokenRange mention) const;
  bool has_complement(TokenRange mention) const;
  bool names_someone(TokenRange mention) const;
  bool demonstrative(TokenRange mention) const;
  bool published_in(TokenRange mention, std::uint32_t name) const;

  std::vector<Mention>::const_iterator mentions_from(std::uint32_t token) const;
  std::size_t sentence_of(std::uint32_t token) const;
  std::string_view word(std::uint32_t token) const;
  std::string published(TokenRange range) const;
  bool member(std::uint32_t token, std::string_view lexicon) const;

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  const std::vector<Entity>& entities_;
  std::vector<Mention> mentions_;       // persons, organisations, …, by place
  std::vector<std::pair<std::uint32_t, Gender>> genders_;  // by entity id, from titles
  std::vector<Memory> memory_;
  Titles titles_;
  std::unordered_map<std::uint32_t, const Entity*> by_id_;
  std::unordered_map<std::string, const Entity*> by_surname_;        // folded ends of names
  std::unordered_map<std::string, std::vector<Mention>> by_head_;    // folded first words
};

}  // namespace glane
