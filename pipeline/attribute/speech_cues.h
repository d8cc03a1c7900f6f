// Cues: the words that attribute speech (a déclaré, selon, dit-il), each with the noun
// phrases that may be its subject. Attribution chooses between them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compile/rules.h"

namespace glane {

struct Cue {
  TokenRange group;  // as the rule of the level "speech" matched it
  TokenRange shown;  // what a reader would underline
  KindId kind = 0;
  std::optional<TokenRange> clitic;  // dit-il
  std::optional<TokenRange> before;  // the nearest subject before the verb
  std::optional<TokenRange> far;     // one that a title parts from its verb
  std::optional<TokenRange> after;   // the subject after it, or the agent (accusé par …)
};

// A subject and the verb it governs, whatever the verb says.
struct Actor {
  TokenRange speaker;
  std::uint32_t verb = 0;  // token
  bool embedded = false;   // behind que, dont, où: not the subject of the sentence
};

class SpeechCues {
 public:
  // `matches` are those of spoken_matches.h; `quoted` are the stretches between quotation marks, in
  // order: nobody acts in them.
  SpeechCues(const Chart& chart, const CompiledRules& rules,
             const std::vector<const Match*>& matches, const std::vector<TokenRange>& quoted);

  // The cue whose words begin, or whose shown part begins, at this token.
  const Cue* at(std::uint32_t token) const;
  bool is(const Cue& cue, KnownKind kind) const { return rules_.is(cue.kind, kind); }

  // Who speaks when the words said stand before the cue, and when they stand after it.
  std::optional<TokenRange> speaker_of_incise(const Cue& cue) const;
  std::optional<TokenRange> speaker_of_verb(const Cue& cue) const;

  // The noun phrase, of whatever kind, that ends before this token.
  std::optional<TokenRange> ending_at(std::uint32_t token) const;

  // Whether a phrase is one that names neither person nor body.
  bool thing(TokenRange phrase) const;

  // The last subject between two tokens; one of a subordinate clause only for want of others.
  std::optional<TokenRange> last_actor(std::uint32_t from, std::uint32_t before) const;

  // The first subject between two tokens.
  std::optional<TokenRange> next_actor(std::uint32_t from, std::uint32_t before) const;

  // Whether another cue parts this one from a token: one between them, unless both share a
  // subject that stands before the two.
  bool parted(const Cue& cue, std::uint32_t from) const;

  // The subject of the last verb of speech between two tokens, wherever it stands.
  std::optional<TokenRange> last_subject(std::uint32_t from, std::uint32_t before) const;

  // The last "selon" between two tokens.
  const Cue* last_according(std::uint32_t from, std::uint32_t before) const;

  // Every subject, in order and disjoint.
  std::vector<TokenRange> acting() const;

  // The bare name in a noun phrase, or the phrase whole, no civility before it.
  TokenRange mention(TokenRange phrase) const;

 private:
  // A noun phrase and the bare name in it.
  struct Phrase {
    TokenRange range;
    TokenRange name;
    bool thing = false;
    bool may_speak = false;
  };

  std::size_t index_of(std::uint32_t token) const;
  const Phrase* phrase_at(std::uint32_t token) const;
  bool office(TokenRange phrase) const;
  std::optional<TokenRange> apposed_name(TokenRange title) const;
  void read(const Match& match);
  void read_phrase(const Match& match, KnownKind kind);
  void read_cue(const Match& match);
  void read_subject(const Match& match);
  TokenRange before_agents(TokenRange speaker) const;
  void read_actor(const Match& match);
  bool subordinate(std::uint32_t token) const;
  std::optional<TokenRange> head_of_relative(TokenRange subject) const;
  bool dangling(TokenRange phrase) const;

  const Chart& chart_;
  const CompiledRules& rules_;
  std::vector<Cue> cues_;
  std::vector<Phrase> phrases_;  // by first token
  std::vector<Actor> actors_;    // by verb
};

}  // namespace glane
