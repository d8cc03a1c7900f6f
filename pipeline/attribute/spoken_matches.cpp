#include "attribute/spoken_matches.h"

namespace glane {

SpokenMatches::SpokenMatches(const Chart& chart, const CompiledRules& rules) {
  speech.reserve(chart.matches.size());
  for (const Match& match : chart.matches) {
    switch (rules.known.kind(match.kind)) {
      case KnownKind::medium:
        media.push_back(&match);
        speech.push_back(&match);
        break;
      case KnownKind::said:
      case KnownKind::said_weakly:
      case KnownKind::said_inverted:
      case KnownKind::said_on:
      case KnownKind::said_of:
      case KnownKind::saying:
      case KnownKind::to_say:
      case KnownKind::according:
      case KnownKind::learnt:
      case KnownKind::for_whom:
      case KnownKind::subject:
      case KnownKind::actor:
      case KnownKind::source:
      case KnownKind::named:
      case KnownKind::thing:
      case KnownKind::aside:
      case KnownKind::agent:
        speech.push_back(&match);
        break;
      case KnownKind::quoted:
        quoted.push_back(&match);
        break;
      case KnownKind::unclosed:
        unclosed.push_back(&match);
        break;
      case KnownKind::quote:
        quotes.push_back(&match);
        break;
      case KnownKind::incise:
        incises.push_back(&match);
        break;
      default:
        break;
    }
  }
}

}  // namespace glane
