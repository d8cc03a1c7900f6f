// Quoted words without a cue of their own: whose turn it is.
#pragma once

#include "attribute/claims.h"

namespace glane {

// Gives a claim to quoted regions that have none: paragraphs of one quote share what one of
// them knows; a quoted sentence goes on for whoever spoke, or acted, last; a fragment that no
// term begins with belongs to whoever acts in its sentence; answers of an interview belong to
// whoever was quoted before it, or to their label. Such claims are `inferred`, but for shared ones
// and labels.
void continue_turns(const Chart& chart, const TokenText& text, const CompiledRules& rules,
                    const SpeechCues& cues, const ClauseBounds& bounds, Claims& claims);

}  // namespace glane
