// Through what words came: à l'AFP, sur BFMTV, au Monde, dans un communiqué.
#pragma once

#include <optional>
#include <vector>

#include "attribute/claims.h"

namespace glane {

class Media {
 public:
  // Reads the matches of kind "medium", which are `matches`. Those of a rule that sets `known` hold
  // only when the name is in the word list of media, or of brands that are online.
  Media(const Chart& chart, const TokenText& text, const CompiledRules& rules,
        const std::vector<const Match*>& matches);

  // The medium of words that were said at `said` with this cue: the nearest one of the cue's
  // sentence (or of `said` when there is no cue) that belongs to no other cue.
  std::optional<TokenRange> of(const Claim& claim, TokenRange said, const SpeechCues& cues) const;

 private:
  bool known(TokenRange name) const;
  bool said(const Chart& chart, TokenRange name) const;
  std::optional<TokenRange> without_marks(std::optional<TokenRange> name) const;

  const TokenText& text_;
  const CompiledRules& rules_;
  std::vector<TokenRange> media_;  // in order
};

}  // namespace glane
