// Where the article names whom, and what it says of their gender and their titles.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "attribute/titles.h"
#include "compile/rules.h"

namespace glane {

enum class Gender : std::uint8_t { unknown, masculine, feminine };

struct Naming {
  TokenRange range;
  const Entity* entity;
  bool quoted;  // named by someone who is quoted
  bool acts;    // subject of a verb
};

// Refers to the chart, the text and the entities it was made from.
class NamedEntities {
 public:
  // `quoted` are the stretches between quotation marks, `actors` the subjects of verbs.
  NamedEntities(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
                const std::vector<Entity>& entities, const std::vector<TokenRange>& quoted,
                const std::vector<TokenRange>& actors);

  // By place; the first one that begins at or behind a token.
  const std::vector<Naming>& all() const { return names_; }
  std::vector<Naming>::const_iterator from(std::uint32_t token) const;

  // The entity, but no role, that is named by exactly these tokens.
  const Entity* named(TokenRange mention) const;
  const Entity* entity(std::uint32_t id) const;
  // By a person's folded name or the end of it.
  const Entity* with_surname(const std::string& folded) const;
  // The organization named last before a token whose name begins with this folded word.
  const Entity* house_with_head(const std::string& folded, std::uint32_t before) const;

  // From the titles of the person, else from the first name.
  Gender gender_of(const Entity& entity) const;
  // From the article, the civility or the title that a noun phrase begins with.
  Gender gender_of_phrase(TokenRange phrase) const;

  // From the article of a name: "la Commission", "le groupe Petit".
  Gender gender_of_article(std::uint32_t name) const;

  const Titles& titles() const;
  std::vector<std::string> telling_words(TokenRange phrase) const {
    return Titles(rules_).telling_words(text_.text, chart_, phrase);
  }

  const Token& token(std::uint32_t i) const { return chart_.segments.tokens[i]; }
  std::string_view word(std::uint32_t i) const;  // of the normalised text
  std::string words(TokenRange range) const;
  std::size_t sentence_of(std::uint32_t token) const;
  std::size_t paragraph_of(std::uint32_t token) const;
  bool member(std::uint32_t token, WordList lexicon) const;

 private:
  void place_entities(const std::vector<TokenRange>& quoted, const std::vector<TokenRange>& actors);
  bool acting(const TokenRange* actor, std::uint32_t name) const;
  // A person and the words before the name in its own phrase: "la procureure Anne-Lise Dupin".
  struct Introduction {
    std::uint32_t person;  // id
    TokenRange words;
  };
  std::vector<Introduction> introductions() const;
  using Genders = std::vector<std::pair<std::uint32_t, Gender>>;
  Genders genders_told() const;
  Titles titles_told() const;
  void add_title(Titles& titles, std::uint32_t person, TokenRange words) const;
  std::uint32_t inner_office(TokenRange title) const;
  // Persons and houses by what they are called.
  struct Index {
    std::unordered_map<std::string, const Entity*> by_surname;     // folded ends of names
    std::unordered_map<std::string, std::vector<Naming>> by_head;  // folded first words
  };
  Index index_of_names() const;
  const Index& index() const;
  Gender gender_of_name(const std::string& name) const;
  Gender gender_of_word(WordId word) const;

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  const std::vector<Entity>& entities_;
  std::vector<Naming> names_;
  std::vector<const Entity*> by_id_;  // the first of each
  // Learnt when they are first asked for: most quotes name their speaker.
  mutable std::optional<Genders> genders_;  // by entity id, from titles
  mutable std::optional<Titles> titles_;
  mutable std::optional<Index> index_;
};

}  // namespace glane
