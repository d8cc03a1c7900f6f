// Claims (rules that tie a cue to quoted words or to a clause) → quotes.
//
// A claim says which cue goes with which words; speech_cues.h says who the subject of the
// cue is; clause.h where an unmarked clause begins and ends; speaker.h who the subject is.
// Quoted words that no cue claims may still go on for whoever spoke before them.

#include "attribute.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "clause.h"
#include "speaker.h"
#include "speech_cues.h"

namespace glane {
namespace {

// Nothing outside of the marks knows better than an incise inside them.
constexpr int kIncise = 100;

// What a rule says: these words were said by this speaker.
struct Claim {
  RuleIndex rule = 0;
  int priority = 0;
  std::optional<TokenRange> speaker;  // a noun phrase or a pronoun
  std::optional<TokenRange> cue;      // as shown
};

// A stretch between quotation marks, or an answer behind a dash.
struct Region {
  TokenRange marked;  // marks included
  TokenRange inside;
  bool dash = false;
  bool closed = true;
  std::optional<Claim> claim;
  std::vector<TokenRange> incises;  // inside the marks, in order
  std::uint32_t chain = 0;          // the same for paragraphs of one quote; 0 for none
};

struct Clause {
  std::vector<TokenRange> pieces;
  Claim claim;
};

std::vector<TokenRange> quoted_stretches(const Chart& chart, const CompiledRules& rules) {
  std::vector<TokenRange> out;
  const auto kind = rules.kind("quoted");
  for (const Match& match : chart.matches) {
    if (kind && match.kind == *kind) out.push_back(match.range);
  }
  return out;
}

class Attribution {
 public:
  Attribution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
              const std::vector<Entity>& entities)
      : chart_(chart), tokens_(chart.segments.tokens), text_(text), rules_(rules),
        quoted_(quoted_stretches(chart, rules)), cues_(chart, rules, quoted_),
        bounds_(chart, text, rules),
        referents_(chart, text, rules, entities, quoted_, cues_.acting()) {}

  std::vector<Quote> run() {
    collect_regions();
    collect_claims();
    chain_paragraphs();
    inherit();
    keep_best_clauses();
    for (const Region& region : regions_) write_region(region);
    for (const Clause& clause : clauses_) write_clause(clause);
    keep_disjoint();
    name_speakers();
    return quotes();
  }

 private:
  // A quote with the mention that is still to be resolved.
  struct Draft {
    Quote quote;
    TokenRange range;
    std::optional<TokenRange> mention;
  };

  // --- what the chart holds ---
  void collect_regions() {
    const auto kind = rules_.kind("quoted");
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind) continue;
      Region region;
      region.marked = match.range;
      region.inside = {match.range.first + 1, match.range.last};
      region.dash = dash(match.range.first);
      region.closed = closes(match.range.last - 1);
      if (region.closed) --region.inside.last;
      at_token_[match.range.first] = regions_.size();
      regions_.push_back(region);
    }
  }

  bool dash(std::uint32_t token) const {
    const std::string_view t = word(token);
    return t == "-" || t == "–" || t == "—";
  }
  bool closes(std::uint32_t token) const {
    const std::string_view t = word(token);
    return t == "»" || t == "”" || t == "\"" || t == "“" || t == "›" || t == ">>";
  }

  void collect_claims() {
    const auto quote = rules_.kind("quote");
    const auto incise = rules_.kind("incise");
    for (const Match& match : chart_.matches) {
      if (quote && match.kind == *quote) claim(match);
      if (incise && match.kind == *incise) claim_incise(match);
    }
  }

  void claim(const Match& match) {
    const Rule& rule = rules_.rules[match.rule];
    const std::string_view holds = rule.setting("holds");
    if (holds == "alone") {
      alone_ = match.rule;
      return;
    }
    const auto group = rules_.capture(chart_, match, "cue");
    const Cue* cue = group ? cues_.at(group->first) : nullptr;
    Claim claim{match.rule, rule.priority, rules_.capture(chart_, match, "speaker"), group};
    if (cue && !attach(claim, *cue, rule.setting("side") == "after")) return;
    if (holds == "fragments") {
      claim_fragments(group->last, match.range.last, claim);
    } else if (holds.starts_with("clause")) {
      if (cue) claim_clause(match, holds, *cue, claim);
    } else if (const auto marked = rules_.capture(chart_, match, "quote")) {
      claim_region(marked->first, claim);
    }
  }

  // Finds the subject of the cue; false when the words cannot be its own.
  bool attach(Claim& claim, const Cue& cue, bool incise) const {
    claim.cue = cue.shown;
    claim.speaker = incise ? cues_.speaker_of_incise(cue) : cues_.speaker_of_verb(cue);
    if (claim.speaker) return !cues_.is(cue, "for") || !demonstrative(claim.speaker->first);
    const TokenRange sentence = sentence_of(cue.group.first);
    if (incise) return false;
    if (cues_.is(cue, "said_of") || cues_.is(cue, "according") || cues_.is(cue, "for")) return false;
    if (impersonal(cue)) return false;
    claim.speaker = actor_of(sentence, cue);
    if (!claim.speaker && cues_.is(cue, "saying")) {
      claim.speaker = cues_.next_actor(cue.group.last, sentence.last);
    }
    return true;
  }

  // "pour cette soirée": a purpose, not a speaker.
  bool demonstrative(std::uint32_t token) const {
    const auto type = rules_.vocabulary.field(tokens_[token].word, "determiner", "type");
    return type && *type == "demonstrative";
  }

  // "on dit que", "il est dit que": nobody in particular.
  bool impersonal(const Cue& cue) const {
    if (cue.group.first == 0) return false;
    std::uint32_t t = cue.group.first - 1;
    while (t > 0 && rules_.vocabulary.member(tokens_[t].word, "pronoun_object")) --t;
    const std::string w = fold(word(t));
    return w == "on" || w == "l'on" || w == "je" || w == "nous" || w == "vous" || w == "j'";
  }

  // A verb without a subject of its own shares that of the verb before it, or of whoever was
  // just quoted in the sentence.
  std::optional<TokenRange> actor_of(TokenRange sentence, const Cue& cue) const {
    const std::optional<TokenRange> found = cues_.last_actor(sentence.first, cue.group.first);
    const auto said = said_.lower_bound(cue.group.first);
    if (said == said_.begin()) return found;
    const auto& [token, speaker] = *std::prev(said);
    if (token < sentence.first) return found;
    return !found || token > found->first ? speaker : found;
  }

  // --- marked words ---
  void claim_region(std::uint32_t token, const Claim& claim) {
    const auto it = at_token_.find(token);
    if (it != at_token_.end()) offer(regions_[it->second], claim);
  }

  void offer(Region& region, const Claim& claim) {
    if (region.claim && !better(claim, *region.claim)) return;
    region.claim = claim;
    note(claim);
  }

  void note(const Claim& claim) {
    if (claim.cue && claim.speaker) said_[claim.cue->first] = *claim.speaker;
  }

  bool better(const Claim& a, const Claim& b) const {
    if (a.priority != b.priority) return a.priority > b.priority;
    return rules_.rules[a.rule].place < rules_.rules[b.rule].place;
  }

  void claim_fragments(std::uint32_t first, std::uint32_t last, const Claim& claim) {
    for (auto it = regions_after(first); it != regions_.end() && it->marked.first < last; ++it) {
      if (!names_a_thing(*it)) offer(*it, claim);
    }
  }

  std::vector<Region>::iterator regions_after(std::uint32_t token) {
    return std::ranges::lower_bound(regions_, token, {},
                                    [](const Region& r) { return r.marked.last - 1; });
  }

  // « Anatomie » in "le film « Anatomie »": a title, a term, not speech.
  bool names_a_thing(const Region& region) const {
    if (region.marked.first > 0 && region.inside.size() == 1) {
      const std::string w = fold(word(region.marked.first - 1));
      if (w == "le" || w == "la" || w == "les" || w == "l'" || w == "des") return true;
    }
    if (region.inside.size() > 8 || region.marked.first == 0) return false;
    const Look first = tokens_[region.inside.first].look;
    if (first.shape == Shape::lower || bounds_.has_verb(region.inside)) return false;
    const Token& before = tokens_[region.marked.first - 1];
    return before.look.shape == Shape::lower && !rules_.vocabulary.member(before.word, "preposition") &&
           !rules_.vocabulary.member(before.word, "determiner");
  }

  void claim_incise(const Match& match) {
    Region* region = region_around(match.range.first);
    const auto group = rules_.capture(chart_, match, "cue");
    const Cue* cue = group ? cues_.at(group->first) : nullptr;
    if (!region || !cue) return;
    Claim claim{match.rule, rules_.rules[match.rule].priority + kIncise,
                rules_.capture(chart_, match, "speaker"), cue->shown};
    if (!claim.speaker) claim.speaker = cues_.speaker_of_incise(*cue);
    offer(*region, claim);
    TokenRange words = match.range;
    if (word(words.first) != ",") ++words.first;
    region->incises.push_back(words);
  }

  Region* region_around(std::uint32_t token) {
    const auto it = std::ranges::upper_bound(regions_, token, {},
                                             [](const Region& r) { return r.marked.first; });
    if (it == regions_.begin()) return nullptr;
    Region& region = *(it - 1);
    return token < region.marked.last ? &region : nullptr;
  }

  // Paragraphs that each open with a mark, of which the last alone closes, are one quote:
  // what one of them knows, all know.
  void chain_paragraphs() {
    for (std::size_t i = 0; i + 1 < regions_.size(); ++i) {
      Region& here = regions_[i];
      Region& next = regions_[i + 1];
      if (here.closed || here.dash || !opens_next_paragraph(here, next)) continue;
      if (here.chain == 0) here.chain = ++groups_;
      next.chain = here.chain;
      if (here.claim && !next.claim) next.claim = here.claim;
    }
    for (std::size_t i = regions_.size(); i-- > 1;) {
      Region& before = regions_[i - 1];
      if (before.chain != 0 && before.chain == regions_[i].chain && !before.claim) {
        before.claim = regions_[i].claim;
      }
    }
  }

  bool opens_next_paragraph(const Region& here, const Region& next) const {
    const std::size_t paragraph = paragraph_of(here.marked.first);
    return paragraph_of(next.marked.first) == paragraph + 1 &&
           chart_.segments.paragraphs[paragraph].first == next.marked.first;
  }

  // --- quoted sentences without a cue ---

  // A quoted sentence that follows an attributed one goes on speaking; one that follows
  // nothing is spoken by whoever acted last.
  void inherit() {
    const Region* last = nullptr;
    for (Region& region : regions_) {
      if (!region.claim) {
        if (region.dash) answer(region, last);
        else if (whole_sentence(region)) go_on(region, last);
      }
      if (region.claim) last = &region;
    }
  }

  void go_on(Region& region, const Region* last) {
    const TokenRange paragraph = paragraph_around(region.marked.first);
    const bool same = last && last->marked.first >= paragraph.first;
    const std::uint32_t from = same ? last->marked.last : paragraph.first;
    std::optional<TokenRange> actor = cues_.last_actor(from, region.marked.first);
    if (same && !actor) return inherit_from(region, *last);
    if (!actor && alone(region, paragraph)) actor = actor_before(paragraph);
    if (!actor) return;
    region.claim = Claim{alone_, 0, actor, std::nullopt};
  }

  void inherit_from(Region& region, const Region& last) {
    region.claim = last.claim;
    region.claim->cue.reset();
  }

  std::optional<TokenRange> actor_before(TokenRange paragraph) const {
    if (paragraph.first == 0) return std::nullopt;
    const TokenRange previous = paragraph_around(paragraph.first - 1);
    return cues_.last_actor(previous.first, paragraph.first);
  }

  bool alone(const Region& region, TokenRange paragraph) const {
    const std::string_view end = word(region.inside.last - 1);
    const std::string_view after = word(paragraph.last - 1);
    const auto final_mark = [](std::string_view w) {
      return w == "." || w == "!" || w == "?" || w == "…" || w == "...";
    };
    if (!final_mark(end) && !final_mark(after)) return false;  // a heading
    return region.marked.first == paragraph.first && region.marked.last + 2 > paragraph.last;
  }

  // Whoever spoke last before the interview gives its answers.
  void answer(Region& region, const Region* last) {
    std::optional<TokenRange> actor;
    if (last) actor = last->claim->speaker;
    if (!actor) actor = cues_.last_actor(0, region.marked.first);
    if (actor) region.claim = Claim{alone_, 0, actor, std::nullopt};
  }

  bool whole_sentence(const Region& region) const {
    const std::uint32_t first = region.inside.first;
    return first < region.inside.last && tokens_[first].look.start && region.inside.size() > 3 &&
           (bounds_.has_verb(region.inside) || has_pronoun(region.inside));
  }

  // --- unmarked clauses ---
  void claim_clause(const Match& match, std::string_view holds, const Cue& cue, const Claim& claim) {
    const TokenRange words = rules_.capture(chart_, match, "clause").value_or(TokenRange{});
    Clause clause{{}, claim};
    if (holds == "clause-onward") {
      clause.pieces = {bounds_.after_cue(bounds_.sentence_from(words.first))};
    } else if (holds == "clause") {
      clause.pieces = {bounds_.after_cue(words)};
    } else if (holds == "clause-after-comma") {
      if (bounds_.before_cue({sentence_of(cue.group.first).first, cue.group.first})) return;
      const auto rest = bounds_.after_source({claim.speaker->last, words.last});
      if (rest && bounds_.has_verb(*rest)) clause.pieces = {*rest};
    } else {
      clause.pieces = pieces_before(words, cue, claim);
    }
    std::erase_if(clause.pieces, [](const TokenRange& piece) { return piece.size() < 2; });
    if (clause.pieces.empty()) return;
    const TokenRange all{clause.pieces.front().first, clause.pieces.back().last};
    if (claim_inside(all, claim)) return;
    note(claim);
    clauses_.push_back(std::move(clause));
  }

  // "A, selon X, B" is one clause in two pieces.
  std::vector<TokenRange> pieces_before(TokenRange words, const Cue& cue, const Claim& claim) const {
    std::vector<TokenRange> pieces;
    const bool according = cues_.is(cue, "according");
    // "Le projet, très attendu, prévoit une phase": the noun after the verb is its object.
    if (!according && !cue.clitic && (cue.before || cues_.thing(*claim.speaker))) return pieces;
    const auto first = bounds_.before_cue(words);
    if (!first || (according && !bounds_.has_verb(*first))) return pieces;
    const TokenRange sentence = sentence_of(cue.group.first);
    if (according && quoted_after(cue, sentence)) return pieces;
    pieces.push_back(*first);
    if (!according || !claim.speaker) return pieces;
    const TokenRange behind{claim.speaker->last, sentence.last};
    const bool broken = ends_with_auxiliary(*first);  // "aurait, selon X, découvert"
    const auto rest = broken ? bounds_.after_comma(behind) : bounds_.after_source(behind);
    if (rest && (broken || bounds_.has_verb(*rest))) pieces.push_back(*rest);
    return pieces;
  }

  // "c'est, selon X, « une erreur »": the words in marks are what was said.
  bool quoted_after(const Cue& cue, TokenRange sentence) const {
    const auto it = std::ranges::lower_bound(quoted_, cue.group.last, {}, &TokenRange::first);
    return it != quoted_.end() && it->first < sentence.last;
  }

  bool ends_with_auxiliary(TokenRange range) const {
    return rules_.vocabulary.member(tokens_[range.last - 1].word, "auxiliary");
  }

  // Quoted fragments inside a reported clause are what was said.
  bool claim_inside(TokenRange clause, const Claim& claim) {
    bool found = false;
    for (auto it = regions_after(clause.first); it != regions_.end() && it->marked.first < clause.last; ++it) {
      if (names_a_thing(*it)) continue;
      found = true;
      offer(*it, claim);
    }
    return found;
  }

  void keep_best_clauses() {
    std::ranges::stable_sort(clauses_, [&](const Clause& a, const Clause& b) {
      return better(a.claim, b.claim);
    });
  }

  // --- quotes ---
  void write_region(const Region& region) {
    if (!region.claim || region.inside.first >= region.inside.last) return;
    const std::vector<TokenRange> pieces = pieces_of(region);
    const QuoteKind kind = kind_of(region);
    std::uint32_t group = region.chain;
    if (group == 0 && pieces.size() > 1) group = ++groups_;
    for (const TokenRange& piece : pieces) write(piece, kind, *region.claim, group);
  }

  std::vector<TokenRange> pieces_of(const Region& region) const {
    std::vector<TokenRange> pieces;
    std::uint32_t first = region.inside.first;
    for (const TokenRange& incise : region.incises) {
      if (incise.first > first) pieces.push_back(without_commas({first, incise.first}));
      first = std::max(first, incise.last);
    }
    if (first < region.inside.last) pieces.push_back(without_commas({first, region.inside.last}));
    std::erase_if(pieces, [](const TokenRange& piece) { return piece.size() == 0; });
    return pieces;
  }

  TokenRange without_commas(TokenRange range) const {
    while (range.last > range.first && word(range.last - 1) == ",") --range.last;
    while (range.last > range.first && word(range.first) == ",") ++range.first;
    return range;
  }

  // Direct: a clause of its own, not built into the reporter's sentence by a determiner.
  QuoteKind kind_of(const Region& region) const {
    if (region.dash) return QuoteKind::direct;
    if (!bounds_.has_verb(region.inside) && !has_pronoun(region.inside)) {
      return capital(region) && after_colon(region) ? QuoteKind::direct : QuoteKind::partial;
    }
    if (region.marked.first > 0 && determiner(region.marked.first - 1)) return QuoteKind::partial;
    const bool whole = capital(region) || has_subject(region.inside) ||
                       (!fragment(region) && !opens_with_verb(region.inside));
    return whole ? QuoteKind::direct : QuoteKind::partial;
  }

  // Whether the quoted words are built into the reporter's sentence.
  bool fragment(const Region& region) const {
    const Rule& rule = rules_.rules[region.claim->rule];
    return rule.setting("holds") != "" || rule.priority == 0;
  }
  bool opens_with_verb(TokenRange range) const {
    const WordId first = tokens_[range.first].word;
    return rules_.vocabulary.member(first, "finite_verb") ||
           rules_.vocabulary.member(first, "auxiliary") || rules_.vocabulary.member(first, "say_verb");
  }
  bool capital(const Region& region) const {
    return tokens_[region.inside.first].look.shape != Shape::lower;
  }
  bool after_colon(const Region& region) const {
    return region.marked.first > 0 && word(region.marked.first - 1) == ":";
  }
  bool determiner(std::uint32_t token) const {
    return rules_.vocabulary.member(tokens_[token].word, "determiner");
  }
  bool has_subject(TokenRange range) const {
    const WordId first = tokens_[range.first].word;
    return determiner(range.first) || rules_.vocabulary.member(first, "pronoun_subject");
  }
  // Nous, je, on, ça: whoever says them makes a clause, whatever the verb.
  bool has_pronoun(TokenRange range) const {
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      const std::string w = fold(word(t));
      if (w == "je" || w == "j'" || w == "nous" || w == "on" || w == "ça" || w == "c'" || w == "vous") {
        return true;
      }
    }
    return false;
  }

  void write_clause(const Clause& clause) {
    const std::uint32_t group = clause.pieces.size() > 1 ? ++groups_ : 0;
    for (const TokenRange& piece : clause.pieces) write(piece, QuoteKind::indirect, clause.claim, group);
  }

  void write(TokenRange range, QuoteKind kind, const Claim& claim, std::uint32_t group) {
    Draft draft;
    draft.range = range;
    Quote& quote = draft.quote;
    quote.span = source(range);
    quote.kind = kind;
    quote.rule = claim.rule;
    if (group != 0) quote.group = group;
    if (claim.cue) {
      quote.cue_span = source(*claim.cue);
      quote.modality = modality_of(*claim.cue);
    }
    if (claim.speaker) draft.mention = cues_.mention(*claim.speaker);
    drafts_.push_back(std::move(draft));
  }

  Modality modality_of(TokenRange cue) const {
    const Vocabulary& words = rules_.vocabulary;
    for (std::uint32_t t = cue.first; t < cue.last; ++t) {
      const auto mood = words.field(tokens_[t].word, "auxiliary", "mood");
      if (mood && *mood == "cond") return Modality::unconfirmed;
      for (const char* lexicon : {"say_verb", "say_participle", "say_gerund"}) {
        const auto lemma = words.field(tokens_[t].word, lexicon, "lemma");
        if (lemma && (*lemma == "démentir" || *lemma == "nier")) return Modality::denied;
      }
    }
    return Modality::asserted;
  }

  // Marked words come first, then the best clauses; what overlaps is dropped.
  void keep_disjoint() {
    std::map<std::uint32_t, std::uint32_t> taken;  // last token → first token
    std::vector<Draft> kept;
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
    for (Draft& draft : drafts_) {
      if (!draft.mention) continue;
      Quote& quote = draft.quote;
      quote.speaker_span = speaker_words(*draft.mention);
      const Referent who = referents_.resolve(*draft.mention);
      quote.speaker_name = who.name;
      quote.speaker_id = who.id;
      referents_.remember(*draft.mention, who);
    }
  }

  std::vector<Quote> quotes() {
    std::vector<Quote> out;
    for (Draft& draft : drafts_) out.push_back(std::move(draft.quote));
    return out;
  }

  // --- text ---
  std::size_t paragraph_of(std::uint32_t token) const {
    const std::vector<TokenRange>& all = chart_.segments.paragraphs;
    return static_cast<std::size_t>(
        std::ranges::upper_bound(all, token, {}, &TokenRange::first) - all.begin());
  }
  TokenRange paragraph_around(std::uint32_t token) const {
    return chart_.segments.paragraphs[paragraph_of(token) - 1];
  }
  TokenRange sentence_of(std::uint32_t token) const {
    const std::vector<TokenRange>& all = chart_.segments.sentences;
    return *(std::ranges::upper_bound(all, token, {}, &TokenRange::first) - 1);
  }
  std::string_view word(std::uint32_t token) const {
    const Span span = tokens_[token].span;
    return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
  }
  SourceSpan source(TokenRange range) const {
    return text_.map.to_source({tokens_[range.first].span.begin, tokens_[range.last - 1].span.end});
  }
  // Of "-t-il" the pronoun alone.
  SourceSpan speaker_words(TokenRange range) const {
    const std::string_view first = word(range.first);
    const std::uint32_t hyphens = first.starts_with("-t-") ? 3 : first.starts_with('-') && first.size() > 1 ? 1 : 0;
    return text_.map.to_source({tokens_[range.first].span.begin + hyphens, tokens_[range.last - 1].span.end});
  }


  const Chart& chart_;
  const std::vector<Token>& tokens_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  std::vector<TokenRange> quoted_;
  SpeechCues cues_;
  ClauseBounds bounds_;
  Referents referents_;
  std::vector<Region> regions_;
  std::unordered_map<std::uint32_t, std::size_t> at_token_;  // opening mark → region
  std::vector<Clause> clauses_;
  std::map<std::uint32_t, TokenRange> said_;  // cue → who spoke
  std::vector<Draft> drafts_;
  std::uint32_t groups_ = 0;
  RuleIndex alone_ = 0;  // the rule of quotes without a cue
};

}  // namespace

void attribute(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const std::vector<Entity>& entities, std::vector<Quote>& quotes) {
  quotes = Attribution(chart, text, rules, entities).run();
}

}  // namespace glane
