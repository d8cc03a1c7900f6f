// What a quoted stretch holds: its pieces around incises, and whether they are a clause.
#pragma once

#include "attribute/claims.h"

namespace glane {

// The words that were said: without incises and the commas that belong to them.
std::vector<TokenRange> pieces_of(const QuotedRegion& region, const TokenText& text);

// Direct: a clause of its own, not built into the reporter's sentence by a determiner.
QuoteKind kind_of(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules,
                  const ClauseBounds& bounds);

// Nous, je, on, ça: whoever says them makes a clause, whatever the verb.
bool has_speaking_pronoun(TokenRange range, const TokenText& text);

// « Anatomie » in "intitulé « Anatomie »": the word before says that a name follows.
bool named_so(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules);

// « Anatomie » in "le film « Anatomie »": a title or a term, not speech.
bool names_a_thing(const QuotedRegion& region, const TokenText& text, const CompiledRules& rules,
                   const ClauseBounds& bounds);

}  // namespace glane
