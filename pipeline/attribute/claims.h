// Claims: what the rules of the level "quotes" say of who said which words.
#pragma once

#include <optional>
#include <vector>

#include "attribute/clause.h"
#include "attribute/speech_cues.h"
#include "attribute/spoken_matches.h"
#include "attribute/token_text.h"

namespace glane {

// These words were said by this speaker.
struct Claim {
  RuleIndex rule = 0;
  int priority = 0;
  std::optional<TokenRange> speaker;  // a noun phrase or a pronoun
  std::optional<TokenRange> cue;      // as shown
  bool inferred = false;              // no cue: whoever was speaking goes on
};

// A stretch between quotation marks, an answer behind a dash, a turn behind "Name :".
struct QuotedRegion {
  TokenRange marked;  // marks included
  TokenRange inside;
  bool turn = false;  // no marks: behind a dash or a label
  bool closed = true;
  std::optional<Claim> claim;
  std::vector<TokenRange> incises;  // inside the marks, in order
  std::uint32_t chain = 0;          // the same for paragraphs of one quote; 0 for none
};

// A clause without marks, in one piece or broken by what attributes it.
struct ReportedClause {
  std::vector<TokenRange> pieces;
  Claim claim;
};

struct Claims {
  std::vector<QuotedRegion> regions;    // in the order of the text, disjoint
  std::vector<ReportedClause> clauses;  // the best claims first; they may overlap
  RuleIndex alone = 0;                  // the rule that names quotes without a cue
  RuleIndex label = 0;                  // the rule that names turns behind "Name :"
};

Claims collect_claims(const Chart& chart, const TokenText& text, const CompiledRules& rules,
                      const SpokenMatches& matches, const SpeechCues& cues,
                      const ClauseBounds& bounds);

}  // namespace glane
