// Reported clauses without marks: where they begin and end.
#pragma once

#include <optional>

#include "compile/rules.h"

namespace glane {

class ClauseBounds {
 public:
  ClauseBounds(const Chart& chart, const NormalisedText& text, const CompiledRules& rules)
      : chart_(chart), text_(text), rules_(rules) {}

  // From a token to the end of its sentence; at most a few hundred words, so that many cues
  // in one endless sentence cost no more than its length.
  TokenRange sentence_from(std::uint32_t token) const;

  // A clause that follows its cue: cut before the next verb that the reporter's sentence
  // coordinates with the cue, before a gerund of speech, and before an incise.
  TokenRange after_cue(TokenRange clause) const;

  // The clause behind "selon X, apposition,": nothing when no comma announces one.
  std::optional<TokenRange> after_source(TokenRange rest) const;

  // Whatever follows the first comma.
  std::optional<TokenRange> after_comma(TokenRange rest) const;

  // A clause that stands before its cue, without dateline, heading and connectives; nothing
  // when what is left holds no verb.
  std::optional<TokenRange> before_cue(TokenRange clause) const;

  // The same, verb or not.
  TokenRange without_opening(TokenRange clause) const;

  // Of "A car B" the reason alone, when it has a verb: what a source that follows has said.
  TokenRange after_reason(TokenRange clause) const;

  // Whether a finite verb stands there.
  bool has_verb(TokenRange range) const;

  // Whether a clause with its own subject stands there.
  bool whole(TokenRange range) const;

  // Whether a pronoun and its verb stand there, and nothing subordinate.
  bool speaks(TokenRange range) const;

  // Without spaces between it and its commas, its final full stop.
  TokenRange trimmed(TokenRange range) const;

 private:
  std::size_t unit_at(std::uint32_t token) const;
  bool is(const Unit& unit, KnownKind kind) const { return rules_.is(unit.kind, kind); }
  bool in(const Unit& unit, WordList list) const {
    return unit.kind == 0 && rules_.vocabulary.member(unit.word, list);
  }
  std::string_view word(const Unit& unit) const;
  std::string_view word(std::uint32_t token) const;
  bool coordinates(std::size_t unit) const;
  bool another_speaks(std::size_t unit, std::uint32_t last) const;
  std::string_view links(std::size_t unit) const;
  bool subject(const Unit& unit) const;
  bool told_by(std::size_t unit) const;
  bool verb(const Unit& unit) const;
  bool finite(std::uint32_t token, TokenRange range) const;
  bool between_noun_and_object(std::uint32_t token) const;
  bool reflexive(std::uint32_t token) const;
  static bool conjugated(std::string_view word);
  static bool unfinished(std::string_view word);
  static bool pronounlike(std::string_view word);
  bool connects(const Unit& unit) const;
  std::uint32_t end_of_apposition(std::uint32_t from, std::uint32_t last) const;
  std::uint32_t after_heading(TokenRange range) const;
  std::uint32_t after_bracket(TokenRange range) const;
  std::uint32_t after_connectives(TokenRange range) const;

  const Chart& chart_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
};

}  // namespace glane
