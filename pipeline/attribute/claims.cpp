// A rule of the level "quotes" ties a cue to quoted words or to a clause; speech_cues.h says
// who the subject of the cue is, clause.h where an unmarked clause begins and ends. Of two
// claims to the same marked words the better one is kept here; clauses are only put in order.

#include "attribute/claims.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "attribute/quoted_region.h"

namespace glane {
namespace {

// Nothing outside of the marks knows better than an incise inside them.
constexpr int kIncise = 100;

class Collector {
 public:
  Collector(const Chart& chart, const TokenText& text, const CompiledRules& rules,
            const SpeechCues& cues, const ClauseBounds& bounds)
      : chart_(chart), text_(text), rules_(rules), cues_(cues), bounds_(bounds) {}

  Claims run(const SpokenMatches& matches) {
    for (const Match* match : matches.quoted) add_region(*match);
    for (const Match* match : matches.incises) claim_incise(*match);
    std::vector<std::pair<std::uint32_t, const Match*>> claiming;  // by cue, as one reads
    for (const Match* match : matches.quotes) {
      const auto cue = rules_.capture(chart_, *match, KnownPart::cue);
      claiming.emplace_back(cue ? cue->first : match->range.first, match);
    }
    std::ranges::stable_sort(claiming, {}, &std::pair<std::uint32_t, const Match*>::first);
    for (const auto& [place, match] : claiming) claim(*match);
    std::ranges::stable_sort(
        claims_.clauses,
        [&](const ReportedClause& a, const ReportedClause& b) { return better(a.claim, b.claim); });
    return std::move(claims_);
  }

 private:
  void add_region(const Match& match) {
    QuotedRegion region;
    region.marked = match.range;
    region.inside = {match.range.first + 1, match.range.last};
    region.turn = opens_turn(match.range.first);
    region.closed = closes(match.range.last - 1);
    if (region.closed) --region.inside.last;
    at_token_[match.range.first] = claims_.regions.size();
    claims_.regions.push_back(region);
  }

  bool opens_turn(std::uint32_t token) const {
    const std::string_view t = text_.word(token);
    return t == "-" || t == "–" || t == "—" || t == ":";
  }
  bool closes(std::uint32_t token) const {
    const std::string_view t = text_.word(token);
    return t == "»" || t == "”" || t == "\"" || t == "“" || t == "›" || t == ">>";
  }

  void claim(const Match& match) {
    const Rule& rule = rules_.rules[match.rule];
    const std::string_view holds = rule.setting("holds");
    if (holds == "alone") {
      claims_.alone = match.rule;
      return;
    }
    if (holds == "label") {
      claims_.label = match.rule;
      return;
    }
    const auto group = rules_.capture(chart_, match, KnownPart::cue);
    const Cue* cue = group ? cues_.at(group->first) : nullptr;
    Claim claim{match.rule, rule.priority, rules_.capture(chart_, match, KnownPart::speaker),
                group};
    if (cue && (aside_of_clause(*cue) || measured(*cue))) return;
    const bool after = rule.setting("side") == "after";
    const bool agent =
        claim.speaker && cue && cues_.is(*cue, KnownKind::said_of);  // "décrit comme … par X"
    if (agent) claim.cue = cue->shown;
    if (cue && !agent && !attach(claim, *cue, after)) return;
    // Far from the words a noun behind the verb is its object: "« Oui » a dit tout, résume le mot".
    const bool far = after && rule.priority < 10;
    if (far && holds.empty() && claim.speaker && cues_.thing(*claim.speaker)) return;
    if (holds == "fragments") {
      claim_fragments(group->last, match.range.last, claim);
    } else if (holds.starts_with("clause")) {
      if (cue) claim_clause(match, holds, *cue, claim);
    } else if (const auto marked = rules_.capture(chart_, match, KnownPart::quote)) {
      // "Le groupe « Anatomie » a dit": the marked name is the subject.
      const bool beside = cue && cue->group.first == marked->last;
      // "Le rapport, intitulé « Anatomie », dénonce": so is what bears the name.
      if (after && named(marked->first)) return;
      if (!titled(marked->first) || !(beside || far)) claim_region(marked->first, claim);
    }
  }

  // Finds the subject of the cue; false when the words cannot be its own.
  bool attach(Claim& claim, const Cue& cue, bool incise) const {
    claim.cue = cue.shown;
    claim.speaker = incise ? cues_.speaker_of_incise(cue) : cues_.speaker_of_verb(cue);
    const bool far = claim.speaker == cue.far && !cue.before && !cue.clitic;
    if (!incise && far && coordinated(cue)) claim.speaker.reset();
    // "« A », a admis Luc Petit au vu de la « B »"
    const bool told = !claim.speaker && cue.after && !cues_.thing(*cue.after);
    if (told && quoted_before(cue)) claim.speaker = cue.after;
    if (claim.speaker && own_words(*claim.speaker)) claim.speaker = actor_around(cue);
    if (claim.speaker) return incise || may_say(*claim.speaker, cue);
    const TokenRange sentence = text_.sentence_around(cue.group.first);
    if (incise) return cues_.is(cue, KnownKind::said_on);  // "peut-on lire": nobody is named
    if (cues_.is(cue, KnownKind::said_of) || cues_.is(cue, KnownKind::according) ||
        cues_.is(cue, KnownKind::for_whom))
      return false;
    if (impersonal(cue)) return false;
    if (relative(cue)) {
      claim.speaker = antecedent(cue);
      if (shows(cue) && !(claim.speaker && capital(claim.speaker->first))) return false;
      if (claim.speaker) return true;
    }
    claim.speaker = actor_of(sentence, cue);
    const bool thing = claim.speaker && cues_.thing(*claim.speaker);
    if (cues_.is(cue, KnownKind::to_say)) return claim.speaker && !thing;
    if (cues_.is(cue, KnownKind::saying)) {
      if (const auto who = beside_participle(cue, thing)) claim.speaker = who;
      if (!claim.speaker) claim.speaker = cues_.next_actor(cue.group.last, sentence.last);
    }
    return true;
  }

  // "un film de Luc Petit, dénonçant", "montre Luc Petit se vantant": behind a comma only when the
  // subject of the sentence is a thing, which says nothing.
  std::optional<TokenRange> beside_participle(const Cue& cue, bool thing) const {
    if (cue.group.first == 0 || text_.word(cue.group.first) == "en") return std::nullopt;
    std::uint32_t at = cue.group.first;
    while (at > 1 && rules_.vocabulary.member(text_.token(at - 1).word, WordList::pronoun_object)) {
      if (text_.word(--at) == "en") return std::nullopt;
    }
    if (thing && text_.word(at - 1) == ",") --at;
    const auto phrase = cues_.ending_at(at);
    if (!phrase || cues_.thing(*phrase)) return std::nullopt;
    const std::string first = fold(text_.word(phrase->first));
    const bool aside =
        rules_.vocabulary.member(text_.token(phrase->first).word, WordList::preposition);
    if (aside && (!thing || !(first == "de" || first == "d'" || first == "du"))) {
      return std::nullopt;
    }
    return cues_.mention(*phrase);
  }

  // "selon ses mots", "selon ses propres termes"
  bool own_words(TokenRange phrase) const {
    static constexpr std::string_view kWords[] = {"mots", "termes", "dires", "propos",
                                                  "expression"};
    const auto type =
        rules_.vocabulary.field(text_.token(phrase.first).word, WordList::determiner, "type");
    return phrase.size() > 1 && type == "possessive" &&
           std::ranges::find(kWords, text_.word(phrase.last - 1)) != std::end(kWords);
  }

  // Whoever acts in the sentence of a cue, before it or else behind it.
  std::optional<TokenRange> actor_around(const Cue& cue) const {
    const TokenRange sentence = text_.sentence_around(cue.group.first);
    if (const auto actor = cues_.last_actor(sentence.first, cue.group.first)) return actor;
    return cues_.next_actor(cue.group.last, sentence.last);
  }

  // "selon le jour", "d'après les critères de l'OMS": a measure, not a speaker.
  bool measured(const Cue& cue) const {
    if (!cues_.is(cue, KnownKind::according) || !cue.after) return false;
    for (std::uint32_t t = cue.after->first; t < cue.after->last; ++t) {
      if (rules_.vocabulary.member(text_.token(t).word, WordList::preposition)) return false;
      if (rules_.vocabulary.member(text_.token(t).word, WordList::measure_noun)) return true;
      if (text_.word(t) == "article" && numbered(t + 1)) return true;  // of a law
    }
    return false;
  }

  bool numbered(std::uint32_t token) const {
    return token < text_.size() && text_.token(token).look.shape == Shape::number;
  }

  // "…, ce qui indique que": a fact, not a speaker.
  bool aside_of_clause(const Cue& cue) const {
    const std::uint32_t at = cue.group.first;
    return !cues_.is(cue, KnownKind::said_of) && at > 1 && text_.word(at - 1) == "qui" &&
           fold(text_.word(at - 2)) == "ce";
  }

  // "le délai indique que", "pour la première fois": nobody speaks.
  bool may_say(TokenRange speaker, const Cue& cue) const {
    if (cues_.is(cue, KnownKind::for_whom))
      return !demonstrative(speaker.first) && !cues_.thing(speaker);
    return !cues_.thing(speaker) || !shows(cue);
  }

  // Verbs that facts share with people: montrer, indiquer.
  bool shows(const Cue& cue) const {
    const Vocabulary& words = rules_.vocabulary;
    for (std::uint32_t t = cue.group.first; t < cue.group.last; ++t) {
      for (const WordList lexicon :
           {WordList::say_verb, WordList::say_participle, WordList::say_gerund}) {
        const auto lemma = words.field(text_.token(t).word, lexicon, "lemma");
        if (lemma && words.member(words.find(*lemma), WordList::fact_verb)) return true;
      }
    }
    return false;
  }

  // "pour cette soirée": a purpose, not a speaker.
  bool demonstrative(std::uint32_t token) const {
    const auto type =
        rules_.vocabulary.field(text_.token(token).word, WordList::determiner, "type");
    return type && *type == "demonstrative";
  }

  bool relative(const Cue& cue) const {
    return cue.group.first > 1 && text_.word(cue.group.first - 1) == "qui";
  }

  bool capital(std::uint32_t token) const {
    const Shape shape = text_.token(token).look.shape;
    return shape > Shape::lower && shape <= Shape::mixed;
  }

  // "l'avocat de Luc Petit, qui ajoute que": the phrase before the pronoun.
  std::optional<TokenRange> antecedent(const Cue& cue) const {
    const std::uint32_t who = cue.group.first - 1;
    std::uint32_t end = text_.word(who - 1) == "," ? who - 1 : who;
    if (text_.word(end - 1) == ")") {  // Luc Petit (PS), qui
      constexpr std::uint32_t kReach = 8;
      std::uint32_t open = end - 1;
      while (open > 0 && open + kReach > end && text_.word(open) != "(") --open;
      if (text_.word(open) == "(") end = open;
    }
    auto phrase = cues_.ending_at(end);
    // "un militant opposé à la loi qui a crié": the phrase before the complement
    const bool complement =
        phrase && end == who && text_.word(phrase->first) != "par" &&
        rules_.vocabulary.member(text_.token(phrase->first).word, WordList::preposition);
    if (complement) {
      const auto head = cues_.ending_at(phrase->first);
      const bool aside =
          head && text_.word(head->first) != "par" &&
          rules_.vocabulary.member(text_.token(head->first).word, WordList::preposition);
      if (aside) return std::nullopt;
      if (head) phrase = head;
    }
    if (!phrase || cues_.thing(*phrase)) return std::nullopt;
    return cues_.mention(*phrase);
  }

  // "on dit que", "il est dit que": nobody in particular.
  bool impersonal(const Cue& cue) const {
    if (cue.group.first == 0) return false;
    std::uint32_t t = cue.group.first - 1;
    while (t > 0 && rules_.vocabulary.member(text_.token(t).word, WordList::pronoun_object)) --t;
    const std::string w = fold(text_.word(t));
    return w == "on" || w == "l'on" || w == "je" || w == "nous" || w == "vous" || w == "j'";
  }

  // A verb without a subject of its own shares that of the verb before it, or of whoever was
  // just quoted in the sentence.
  std::optional<TokenRange> actor_of(TokenRange sentence, const Cue& cue) const {
    std::optional<TokenRange> found = cues_.last_actor(sentence.first, cue.group.first);
    if (!found) found = cues_.last_subject(sentence.first, cue.group.first);
    const auto said = said_.lower_bound(cue.group.first);
    if (said == said_.begin()) return found;
    const auto& [token, speaker] = *std::prev(said);
    if (!found && goes_on_telling(sentence, cue)) return speaker;
    if (token < sentence.first) return found;
    return !found || token > found->first || coordinated(cue) ? speaker : found;
  }

  // "…, et précise que": the verb before it has the same subject.
  bool coordinated(const Cue& cue) const {
    std::uint32_t t = cue.group.first;
    while (t > 0 && (rules_.vocabulary.member(text_.token(t - 1).word, WordList::pronoun_object) ||
                     rules_.vocabulary.member(text_.token(t - 1).word, WordList::adverb))) {
      --t;
    }
    if (t == 0) return false;
    const std::string_view link = text_.word(t - 1);
    return link == "et" || link == "mais" || link == "puis";
  }

  // "Et d'ajouter :": whoever was quoted last.
  bool goes_on_telling(TokenRange sentence, const Cue& cue) const {
    return cues_.is(cue, KnownKind::to_say) && cue.group.first == sentence.first + 2 &&
           fold(text_.word(sentence.first)) == "et";
  }

  // --- marked words ---
  void claim_region(std::uint32_t token, const Claim& claim) {
    const auto it = at_token_.find(token);
    if (it != at_token_.end()) offer(claims_.regions[it->second], claim);
  }

  bool titled(std::uint32_t token) const {
    const auto it = at_token_.find(token);
    return it != at_token_.end() &&
           names_a_thing(claims_.regions[it->second], text_, rules_, bounds_);
  }

  bool named(std::uint32_t token) const {
    const auto it = at_token_.find(token);
    return it != at_token_.end() && named_so(claims_.regions[it->second], text_, rules_);
  }

  void offer(QuotedRegion& region, const Claim& claim) {
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

  // Whether any was found.
  bool claim_fragments(std::uint32_t first, std::uint32_t last, const Claim& claim) {
    bool found = false;
    const Cue* cue = claim.cue ? cues_.at(claim.cue->first) : nullptr;
    const bool passive = cue && cues_.is(*cue, KnownKind::said_of);
    for (auto it = regions_after(first); it != claims_.regions.end() && it->marked.first < last;
         ++it) {
      const bool taken_up = it->marked.first <= first + 1;  // "déplore l'« immobilisme »"
      if (!taken_up && names_a_thing(*it, text_, rules_, bounds_)) continue;
      if (!claim.speaker && it->inside.size() <= 2) continue;
      if (passive && it->inside.size() == 1 && determined(*it)) continue;
      found = true;
      offer(*it, claim);
    }
    return found;
  }

  bool determined(const QuotedRegion& region) const {
    const std::uint32_t mark = region.marked.first;
    return mark > 0 && rules_.vocabulary.member(text_.token(mark - 1).word, WordList::determiner);
  }

  std::vector<QuotedRegion>::iterator regions_after(std::uint32_t token) {
    return std::ranges::lower_bound(claims_.regions, token, {},
                                    [](const QuotedRegion& r) { return r.marked.last - 1; });
  }

  void claim_incise(const Match& match) {
    QuotedRegion* region = region_around(match.range.first);
    const auto group = rules_.capture(chart_, match, KnownPart::cue);
    const Cue* cue = group ? cues_.at(group->first) : nullptr;
    if (!region || !cue) return;
    Claim claim{match.rule, rules_.rules[match.rule].priority + kIncise,
                rules_.capture(chart_, match, KnownPart::speaker), cue->shown};
    if (!claim.speaker) claim.speaker = cues_.speaker_of_incise(*cue);
    offer(*region, claim);
    TokenRange words = match.range;
    if (text_.word(words.first) != ",") ++words.first;
    region->incises.push_back(words);
  }

  QuotedRegion* region_around(std::uint32_t token) {
    const auto it = std::ranges::upper_bound(claims_.regions, token, {},
                                             [](const QuotedRegion& r) { return r.marked.first; });
    if (it == claims_.regions.begin()) return nullptr;
    QuotedRegion& region = *(it - 1);
    return token < region.marked.last ? &region : nullptr;
  }

  // --- unmarked clauses ---
  void claim_clause(const Match& match, std::string_view holds, const Cue& cue,
                    const Claim& claim) {
    const TokenRange words =
        rules_.capture(chart_, match, KnownPart::clause).value_or(TokenRange{});
    ReportedClause clause{{}, claim};
    if (holds == "clause-onward" && quoted_before(cue)) return;  // "« A », écrit-il, …, qu'il a"
    if (holds == "clause-onward" && compares(words.first - 1, cue)) return;
    if (holds == "clause-onward") {
      clause.pieces = {bounds_.after_cue(bounds_.sentence_from(words.first))};
    } else if (holds == "clause") {
      if (cues_.is(cue, KnownKind::according) && !opens(cue)) return;
      clause.pieces = {bounds_.after_cue(words)};
    } else if (holds == "clause-after-comma") {
      clause.pieces = piece_after(words, cue, claim);
    } else {
      clause.pieces = pieces_before(words, cue, claim);
    }
    const bool according = cues_.is(cue, KnownKind::according);  // "…, 650 selon la police"
    std::erase_if(clause.pieces,
                  [&](const TokenRange& piece) { return piece.size() < (according ? 1 : 2); });
    add_clause(std::move(clause));
  }

  // "il demande aux banques ainsi que …", "elle attaque plutôt que …": no clause follows.
  bool compares(std::uint32_t que, const Cue& cue) const {
    static constexpr std::string_view kLinks[] = {"plutôt", "autant", "moins", "mieux", "tandis",
                                                  "tel",    "telle",  "tels",  "telles"};
    const std::string_view before = text_.word(que - 1);
    if (std::ranges::find(kLinks, before) != std::end(kLinks)) return true;
    return before == "ainsi" && que - 1 > cue.group.last;
  }

  // "Selon la police il y avait foule": nothing of the sentence stands before.
  bool opens(const Cue& cue) const {
    const std::uint32_t first = text_.sentence_around(cue.group.first).first;
    return cue.group.first == first || opens_clause(cue) || text_.word(cue.group.first - 1) == "et";
  }

  void add_clause(ReportedClause clause) {
    if (clause.pieces.empty()) return;
    const Claim& claim = clause.claim;
    // Quoted fragments inside a reported clause are what was said.
    if (claim_fragments(clause.pieces.front().first, clause.pieces.back().last, claim)) return;
    note(claim);
    claims_.clauses.push_back(std::move(clause));
  }

  // Whether marked words end where the cue begins.
  bool quoted_before(const Cue& cue) const {
    std::uint32_t t = cue.group.first;
    while (t > 0 && t + 3 > cue.group.first) {
      --t;
      const auto it = std::ranges::lower_bound(
          claims_.regions, t, {}, [](const QuotedRegion& r) { return r.marked.last - 1; });
      if (it != claims_.regions.end() && it->marked.last == t + 1) return true;
      if (text_.token(t).look.shape != Shape::punct) return false;
    }
    return false;
  }

  // "Selon X, A": nothing when the clause stands before "selon".
  std::vector<TokenRange> piece_after(TokenRange words, const Cue& cue, const Claim& claim) const {
    const TokenRange before = near({text_.sentence_around(cue.group.first).first, cue.group.first});
    if (!opens_clause(cue)) {
      const TokenRange words_before = bounds_.without_opening(before);
      const bool subject = words_before.size() > 0 && comma_before(cue) && phrase(words_before);
      if (subject || bounds_.before_cue(before)) return {};
    }
    const TokenRange source = cue.after.value_or(*claim.speaker);
    const TokenRange behind{source.last, bounds_.sentence_from(words.first).last};
    const auto rest =
        new_subject(source, behind) ? bounds_.after_comma(behind) : bounds_.after_source(behind);
    if (!rest || !bounds_.has_verb(*rest)) return {};
    // "impossible, pour X, de partir"
    if (cues_.is(cue, KnownKind::for_whom) &&
        (infinitive(*rest) || concerns(*claim.speaker, *rest)))
      return {};
    return {*rest};
  }

  // The end of a stretch: many sources in one endless sentence cost no more than its length.
  static TokenRange near(TokenRange range) {
    constexpr std::uint32_t kMost = 300;
    return {range.size() > kMost ? range.last - kMost : range.first, range.last};
  }

  bool infinitive(TokenRange clause) const {
    const std::string_view opening = text_.word(clause.first);
    if ((opening != "de" && opening != "d'") || clause.size() < 2) return false;
    const std::string_view verb = text_.word(clause.first + 1);
    return verb.ends_with("er") || verb.ends_with("ir") || verb.ends_with("re");
  }

  // "Pour la Suisse, l'enjeu est de taille", "Pour Luc Petit, c'est une troisième victoire": whom
  // it is about.
  bool concerns(TokenRange whom, TokenRange clause) const {
    const Vocabulary& words = rules_.vocabulary;
    const bool country = words.member(text_.token(whom.last - 1).word, WordList::country);
    if (country && words.member(text_.token(whom.last - 2).word, WordList::determiner)) return true;
    constexpr std::uint32_t kReach = 7;
    const std::string opening = fold(text_.word(clause.first));
    if (opening != "c'" && opening != "il" && opening != "ce") return false;
    for (std::uint32_t t = clause.first; t < std::min(clause.last, clause.first + kReach); ++t) {
      const WordId word = text_.token(t).word;
      if (text_.token(t).look.shape == Shape::ordinal ||
          words.member(word, WordList::ordinal_word) ||
          words.member(word, WordList::ordinal_first)) {
        return true;
      }
    }
    return false;
  }

  // "Selon les médias, l'homme, …": one is no apposition of several.
  bool new_subject(TokenRange source, TokenRange behind) const {
    std::uint32_t at = behind.first;
    while (at < behind.last && text_.word(at) != ",") ++at;
    return at + 1 < behind.last && number(source.first) == "p" && number(at + 1) == "s";
  }
  std::string_view number(std::uint32_t token) const {
    return rules_.vocabulary.field(text_.token(token).word, WordList::determiner, "number")
        .value_or("");
  }

  // "A, mais selon X, B": what stands before is another clause.
  bool opens_clause(const Cue& cue) const {
    if (cue.group.first == 0 || !cues_.is(cue, KnownKind::according)) return false;
    const std::string_view word = text_.word(cue.group.first - 1);
    const WordId before = text_.token(cue.group.first - 1).word;
    return word == "que" || word == "qu'" ||
           rules_.vocabulary.member(before, WordList::conjunction);
  }

  std::vector<TokenRange> pieces_before(TokenRange words, const Cue& cue, const Claim& claim) {
    if (cues_.is(cue, KnownKind::according)) return pieces_around_source(words, cue, claim);
    if (!claim.speaker) return {};
    // "Le projet, très attendu, prévoit une phase": the noun after the verb is its object.
    if (!cue.clitic && (cue.before || cues_.thing(*claim.speaker))) return {};
    if (!cue.clitic && governs(cue, claim.speaker->last)) return {};
    const auto clause = bounds_.before_cue(words);
    if (!clause) return {};
    // "La ligue, qui réunit les clubs, a annoncé les joueurs": a subject that waits for its verb
    const bool waits = bounds_.has_verb(*clause) && !bounds_.whole(*clause);
    if (waits && !cue.clitic) return {};
    return {*clause};
  }

  // "Le roi, malade, a décidé de voir ses fils", "lâche ses rivales et part": what follows the
  // verb is its object, not who speaks.
  bool governs(const Cue& cue, std::uint32_t behind) const {
    const std::string_view next = text_.word(cue.group.last);
    if (next == "de" || next == "d'") return true;
    const bool goes_on = behind + 1 < text_.size() && text_.word(behind) == "et";
    return goes_on && bounds_.has_verb({behind + 1, std::min(behind + 3, text_.size())});
  }

  // "A, selon X, B" is one clause in two pieces; "A selon X, B selon Y" is two clauses, of
  // which the match is the last one.
  std::vector<TokenRange> pieces_around_source(TokenRange words, const Cue& cue,
                                               const Claim& claim) {
    const TokenRange sentence = text_.sentence_around(cue.group.first);
    if (opens_clause(cue) || quoted_after(cue, sentence) || varies(cue, claim)) return {};
    if (const auto list = after_other_source(words, cue, claim)) return {*list};
    if (const auto figure = own_figure(words, cue)) return {*figure};
    if (text_.word(cue.group.first - 1) == "(") return piece_before_bracket(words, cue);
    const TokenRange first = bounds_.after_reason(bounds_.without_opening(words));
    if (first.size() == 0) return {};
    // "A, rapporte le journal, selon X": the paper tells
    constexpr std::uint32_t kLongestIncise = 24;  // tokens
    const TokenRange end{std::max(first.first, first.last - std::min(first.size(), kLongestIncise)),
                         first.last};
    if (bounds_.after_cue(end).last < end.last) return {};
    const bool whole = bounds_.has_verb(first);
    const TokenRange behind{cue.after.value_or(*claim.speaker).last, sentence.last};
    // "aurait, selon X, découvert", "Il s'agit, selon X, d'une erreur"
    constexpr std::uint32_t kStump = 3;  // tokens
    const bool stump =
        first.size() <= kStump && comma_before(cue) &&
        rules_.vocabulary.member(text_.token(first.first).word, WordList::pronoun_subject);
    const bool broken = !whole || stump || ends_with_auxiliary(first);
    auto rest = whole && broken ? bounds_.after_comma(behind) : bounds_.after_source(behind);
    if (rest && !bounds_.has_verb(*rest) && (!whole || !broken)) rest.reset();
    // "A, selon X, qui précise": what is told of X
    if (rest && whole && !broken &&
        rules_.vocabulary.member(text_.token(rest->first).word, WordList::pronoun_relative)) {
      rest.reset();
    }
    // "La fermeture est selon X une erreur", "c'est dû selon eux au vent"
    const bool runs_on = whole && !comma_before(cue) && behind.size() > 1 &&
                         text_.token(behind.first).look.shape <= Shape::mixed &&
                         text_.word(behind.first) != "et" && !opens_other_clause(behind.first);
    if (runs_on && (broken || pronoun(*claim.speaker))) return {first, bounds_.after_cue(behind)};
    if (whole && !broken && !comma_before(cue))
      rest.reset();  // "A selon X, B": B is told by the reporter
    if (!whole && (!rest || !comma_before(cue) || !phrase(first))) return {};
    if (rest) return {first, *rest};
    return {first};
  }

  // "Ils étaient 900 (selon la police)"
  std::vector<TokenRange> piece_before_bracket(TokenRange words, const Cue& cue) const {
    const TokenRange clause = bounds_.without_opening({words.first, cue.group.first - 1});
    if (cues_.last_according(words.first, cue.group.first)) return {};
    if (!bounds_.has_verb(clause)) return {};
    return {clause};
  }

  bool pronoun(TokenRange speaker) const {
    const std::string_view word = text_.word(speaker.first);
    return speaker.size() == 1 &&
           (word == "lui" || word == "elle" || word == "eux" || word == "elles");
  }
  bool opens_other_clause(std::uint32_t token) const {
    return rules_.vocabulary.member(text_.token(token).word, WordList::conjunction) ||
           rules_.vocabulary.member(text_.token(token).word, WordList::pronoun_relative);
  }

  // "Les manifestants, 900 selon la police, 1 200 selon les syndicats, ont marché": the number
  // alone is the source's, unless the words before it make a clause with it.
  std::optional<TokenRange> own_figure(TokenRange words, const Cue& cue) const {
    words.first = near({words.first, cue.group.first}).first;
    const Cue* other = cues_.last_according(words.first + 1, cue.group.first);
    std::uint32_t first = cue.group.first;
    while (first > words.first && !parts(first - 1)) --first;
    const bool inserted = first > words.first && first < cue.group.first;
    if (!inserted || text_.token(first).look.shape != Shape::number) return std::nullopt;
    if (bounds_.has_verb({words.first, other ? other->group.first : first})) return std::nullopt;
    return bounds_.trimmed({first, cue.group.first});
  }
  bool parts(std::uint32_t token) const {
    const std::string_view word = text_.word(token);
    return word == "," || word == "(" || word == "et" || word == "contre";
  }

  // "Les prix varient selon la saison": what nobody could say stands behind no comma.
  bool varies(const Cue& cue, const Claim& claim) const {
    return !comma_before(cue) && cues_.thing(*claim.speaker);
  }
  bool comma_before(const Cue& cue) const {
    return cue.group.first > 0 && text_.word(cue.group.first - 1) == ",";
  }

  // "La toiture": a subject that waits for its verb.
  bool phrase(TokenRange words) const {
    return rules_.vocabulary.member(text_.token(words.first).word, WordList::determiner);
  }

  // "Ils étaient 900 selon la police, 1200 selon les organisateurs": claims the first clause too.
  std::optional<TokenRange> after_other_source(TokenRange words, const Cue& cue,
                                               const Claim& claim) {
    const Cue* other = cues_.last_according(words.first + 1, cue.group.first);
    const auto speaker = other ? cues_.speaker_of_verb(*other) : std::nullopt;
    if (!speaker || speaker->last >= cue.group.first || !parts(speaker->last)) return std::nullopt;
    const std::uint32_t link = text_.word(speaker->last) == "contre" ? 1 : 0;
    const TokenRange own = bounds_.trimmed({speaker->last + link, cue.group.first});
    const TokenRange told{words.first, other->group.first};
    auto first = bounds_.before_cue(told);
    if (!first || !bounds_.has_verb(*first)) first = own_figure(told, *other);
    if (!first || own.size() == 0 || bounds_.has_verb(own)) return std::nullopt;
    ReportedClause clause{{*first}, claim};
    clause.claim.speaker = speaker;
    clause.claim.cue = other->shown;
    add_clause(std::move(clause));
    return own;
  }

  // "c'est, selon X, « une erreur »": the words in marks are what was said.
  bool quoted_after(const Cue& cue, TokenRange sentence) const {
    const auto it = std::ranges::lower_bound(claims_.regions, cue.group.last, {},
                                             [](const QuotedRegion& r) { return r.marked.first; });
    return it != claims_.regions.end() && it->marked.first < sentence.last;
  }

  bool ends_with_auxiliary(TokenRange range) const {
    return rules_.vocabulary.member(text_.token(range.last - 1).word, WordList::auxiliary);
  }

  const Chart& chart_;
  const TokenText& text_;
  const CompiledRules& rules_;
  const SpeechCues& cues_;
  const ClauseBounds& bounds_;
  Claims claims_;
  std::unordered_map<std::uint32_t, std::size_t> at_token_;  // opening mark → region
  std::map<std::uint32_t, TokenRange> said_;                 // cue → who spoke
};

}  // namespace

Claims collect_claims(const Chart& chart, const TokenText& text, const CompiledRules& rules,
                      const SpokenMatches& matches, const SpeechCues& cues,
                      const ClauseBounds& bounds) {
  return Collector(chart, text, rules, cues, bounds).run(matches);
}

}  // namespace glane
