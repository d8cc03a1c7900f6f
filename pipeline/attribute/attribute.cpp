// Claims → quotes: collect_claims() says which words are said, continue_turns() whose turn
// the rest is, medium.h through what they came, speaker.h who the speakers are.

#include "attribute/attribute.h"

#include <algorithm>
#include <map>

#include "attribute/claims.h"
#include "attribute/medium.h"
#include "attribute/quoted_region.h"
#include "attribute/speaker.h"
#include "attribute/spoken_matches.h"
#include "attribute/turns.h"

namespace glane {
namespace {

std::vector<TokenRange> ranges_of(const std::vector<const Match*>& matches) {
  std::vector<TokenRange> out;
  out.reserve(matches.size());
  for (const Match* match : matches) out.push_back(match->range);
  return out;
}

class Attribution {
 public:
  Attribution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
              const std::vector<Entity>& entities)
      : chart_(chart),
        text_(chart, text),
        rules_(rules),
        matches_(chart, rules),
        quoted_(ranges_of(matches_.quoted)),
        cues_(chart, rules, matches_.speech, quoted_),
        bounds_(chart, text, rules),
        media_(chart, text_, rules, matches_.media),
        entities_(entities),
        normalised_(text) {}

  std::vector<Quote> run() {
    Claims claims = collect_claims(chart_, text_, rules_, matches_, cues_, bounds_);
    continue_turns(chart_, text_, rules_, cues_, bounds_, claims);
    for (const QuotedRegion& region : claims.regions) groups_ = std::max(groups_, region.chain);
    drafts_.reserve(claims.regions.size() + claims.clauses.size());
    for (const QuotedRegion& region : claims.regions) write_region(region);
    for (const ReportedClause& clause : claims.clauses) write_clause(clause);
    keep_disjoint();
    name_speakers();
    std::vector<Quote> out;
    out.reserve(drafts_.size());
    for (Draft& draft : drafts_) out.push_back(std::move(draft.quote));
    return out;
  }

  // One mark a paragraph: where several stay open, the first one tells.
  void report_unclosed(std::vector<Diagnostic>& diagnostics) const {
    for (const Match* match : matches_.unclosed) {
      diagnostics.push_back({"unclosed-quote", text_.source(match->range),
                             "a quotation mark is not closed in its paragraph"});
    }
  }

 private:
  // A quote with the mention that is still to be resolved.
  struct Draft {
    Quote quote;
    TokenRange range;
    std::optional<TokenRange> mention;
  };

  void write_region(const QuotedRegion& region) {
    if (!region.claim || region.inside.first >= region.inside.last) return;
    const std::vector<TokenRange> pieces = pieces_of(region, text_);
    const QuoteKind kind = kind_of(region, text_, rules_, bounds_);
    std::uint32_t group = region.chain;
    if (group == 0 && pieces.size() > 1) group = ++groups_;
    const bool spoken = kind == QuoteKind::direct;
    for (const TokenRange& piece : pieces) {
      Quote& quote = write(piece, kind, *region.claim, group);
      // « C'est faux », dément-il: what he says is vouched for, what it denies is not told.
      if (spoken && quote.modality == Modality::denied) quote.modality = Modality::asserted;
    }
  }

  void write_clause(const ReportedClause& clause) {
    const std::uint32_t group = clause.pieces.size() > 1 ? ++groups_ : 0;
    for (const TokenRange& piece : clause.pieces) {
      write(piece, QuoteKind::indirect, clause.claim, group);
    }
  }

  Quote& write(TokenRange range, QuoteKind kind, const Claim& claim, std::uint32_t group) {
    Draft draft;
    draft.range = range;
    Quote& quote = draft.quote;
    quote.span = text_.source(range);
    quote.kind = kind;
    quote.rule = claim.rule;
    quote.inferred = claim.inferred;
    if (group != 0) quote.group = group;
    if (claim.cue) {
      quote.cue_span = text_.source(*claim.cue);
      quote.modality = modality_of(*claim.cue);
    }
    if (claim.speaker) draft.mention = cues_.mention(*claim.speaker);
    if (const auto medium = media_.of(claim, range, cues_);
        medium && !overlap(medium, draft.mention)) {
      quote.medium_span = text_.source(*medium);
    }
    drafts_.push_back(std::move(draft));
    return drafts_.back().quote;
  }

  static bool overlap(const std::optional<TokenRange>& a, const std::optional<TokenRange>& b) {
    return a && b && a->first < b->last && b->first < a->last;
  }

  // Conditional of the verb of speech: rumour. A verb of denial: the words are not owned.
  Modality modality_of(TokenRange cue) const {
    const Vocabulary& words = rules_.vocabulary;
    for (std::uint32_t t = cue.first; t < cue.last; ++t) {
      const WordId word = text_.token(t).word;
      if (words.field(word, WordList::auxiliary, "mood") == "cond") return Modality::unconfirmed;
      if (words.field(word, WordList::say_verb, "tense") == "cond") return Modality::unconfirmed;
      for (const WordList lexicon :
           {WordList::say_verb, WordList::say_participle, WordList::say_gerund}) {
        if (words.field(word, lexicon, "implication") == "deny" &&
            words.field(word, lexicon, "strength") == "strong") {
          return Modality::denied;
        }
      }
    }
    return Modality::asserted;
  }

  // Marked words come first, then the best clauses; what overlaps is dropped.
  void keep_disjoint() {
    std::map<std::uint32_t, std::uint32_t> taken;  // last token → first token
    std::vector<Draft> kept;
    kept.reserve(drafts_.size());
    for (Draft& draft : drafts_) {
      const auto it = taken.lower_bound(draft.range.first);
      if (it != taken.end() && it->second < draft.range.last) continue;
      taken.emplace(draft.range.last - 1, draft.range.first);
      kept.push_back(std::move(draft));
    }
    std::ranges::sort(kept, {}, [](const Draft& draft) { return draft.range.first; });
    drafts_.swap(kept);
  }

  void name_speakers() {
    const auto anonymous = [](const Draft& draft) { return !draft.mention; };
    if (std::ranges::all_of(drafts_, anonymous)) return;
    const NamedEntities names(chart_, normalised_, rules_, entities_, quoted_, cues_.acting());
    Referents referents(names, rules_);
    for (Draft& draft : drafts_) {
      if (!draft.mention) continue;
      Quote& quote = draft.quote;
      quote.speaker_span = text_.source_without_hyphens(*draft.mention);
      const Referent who = referents.resolve(*draft.mention);
      quote.speaker_name = who.name;
      quote.speaker_id = who.id;
      referents.remember(*draft.mention, who);
    }
  }

  const Chart& chart_;
  TokenText text_;
  const CompiledRules& rules_;
  SpokenMatches matches_;
  std::vector<TokenRange> quoted_;
  SpeechCues cues_;
  ClauseBounds bounds_;
  Media media_;
  const std::vector<Entity>& entities_;
  const NormalisedText& normalised_;
  std::vector<Draft> drafts_;
  std::uint32_t groups_ = 0;
};

}  // namespace

void attribute(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const std::vector<Entity>& entities, std::vector<Quote>& quotes,
               std::vector<Diagnostic>& diagnostics) {
  Attribution attribution(chart, text, rules, entities);
  quotes = attribution.run();
  attribution.report_unclosed(diagnostics);
}

}  // namespace glane
