// Turns of dialogues and interviews that stand without quotation marks.
#pragma once

#include <string_view>
#include <vector>

#include "compile/rules.h"

namespace glane {

// For each paragraph that is such a turn, the tokens from its dash or colon to its end:
//   – an answer behind a dash, below a question or below another turn's question;
//   – a dash with the reporter's words inside: "— Oui, répond le prévenu.";
//   – "Anne Dupuis : Oui.", "Anne Dupuis. – Oui.", "A. D. : Oui.", when the name labels two
//     turns or more and answers a question, or talks with another who does as much.
//     Labels that only ask, and media, are the outlet's own voice.
// In order. `text` is the normalised text. Linear in it.
std::vector<TokenRange> find_turns(const Chart& chart, std::string_view text,
                                   const CompiledRules& rules);

}  // namespace glane
