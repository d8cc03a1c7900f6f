// Which words the article uses to introduce its persons: "l'entraîneur de Guingamp, Luc Petit".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compile/rules.h"

namespace glane {

class Titles {
 public:
  explicit Titles(const CompiledRules& rules) : rules_(&rules) {}

  // The person `id` is introduced by these words, near token `at`: head and complements alike.
  // The first `own` words are the person's office, the others may name that of somebody else:
  // "le porte-parole du ministre".
  void add(std::uint32_t id, std::uint32_t at, const std::vector<std::string>& words,
           std::size_t own);

  // Whether the first title given to the person behind a token is not what this description says.
  bool titled_otherwise(std::uint32_t id, const std::vector<std::string>& words,
                        std::uint32_t after) const;

  // Whether any title was given to the person.
  bool titled(std::uint32_t id) const { return words_.contains(id); }

  // The person whose title has the head of this description; of several the one that shares a
  // complement too, then one whose title begins with that head, then the one introduced last
  // before token `before`. `shared` tells whether
  // all that the description says beside its head is in that title.
  struct Holder {
    std::uint32_t id;
    bool shared;
  };
  std::optional<Holder> holder(const std::vector<std::string>& words, std::uint32_t before) const;

  // Words that tell who is meant: no articles, prepositions, adverbs. Folded.
  std::vector<std::string> telling_words(std::string_view text, const Chart& chart,
                                         TokenRange range) const;

 private:
  struct Title {
    std::uint32_t at;
    std::vector<std::string> words;
    std::size_t own;
  };
  static bool akin(const std::string& a, const std::string& b);
  static bool holds(const Title& title, const std::string& word);
  static bool is_office(const Title& title, const std::string& word);

  const CompiledRules* rules_;
  std::map<std::uint32_t, std::vector<Title>> words_;
};

}  // namespace glane
