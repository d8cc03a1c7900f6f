#include "attribute/turns.h"

#include <algorithm>

#include "attribute/quoted_region.h"

namespace glane {
namespace {

class Turns {
 public:
  Turns(const Chart& chart, const TokenText& text, const CompiledRules& rules,
        const SpeechCues& cues, const ClauseBounds& bounds, Claims& claims)
      : chart_(chart), text_(text), rules_(rules), cues_(cues), bounds_(bounds), claims_(claims) {}

  void run() {
    chain_paragraphs();
    const QuotedRegion* last = nullptr;
    for (QuotedRegion& region : claims_.regions) {
      if (!region.claim) {
        if (region.turn)
          answer(region, last);
        else if (whole_sentence(region))
          go_on(region, last);
        else if (region.closed && sounds_spoken(region))
          take_up(region, last);
      }
      if (region.claim) last = &region;
    }
  }

 private:
  // Paragraphs that each open with a mark, of which the last alone closes, are one quote:
  // what one of them knows, all know.
  void chain_paragraphs() {
    std::vector<QuotedRegion>& regions = claims_.regions;
    std::uint32_t chains = 0;
    for (std::size_t i = 0; i + 1 < regions.size(); ++i) {
      QuotedRegion& here = regions[i];
      QuotedRegion& next = regions[i + 1];
      if (here.closed || here.turn || !opens_next_paragraph(here, next)) continue;
      if (here.chain == 0) here.chain = ++chains;
      next.chain = here.chain;
      if (here.claim && !next.claim) next.claim = here.claim;
    }
    for (std::size_t i = regions.size(); i-- > 1;) {
      QuotedRegion& before = regions[i - 1];
      if (before.chain != 0 && before.chain == regions[i].chain && !before.claim) {
        before.claim = regions[i].claim;
      }
    }
  }

  bool opens_next_paragraph(const QuotedRegion& here, const QuotedRegion& next) const {
    const std::size_t paragraph = text_.paragraph_of(here.marked.first) + 1;
    return text_.paragraph_of(next.marked.first) == paragraph &&
           chart_.segments.paragraphs[paragraph].first == next.marked.first;
  }

  // A quoted sentence that follows an attributed one goes on speaking; one that follows
  // nothing is spoken by whoever acted last.
  void go_on(QuotedRegion& region, const QuotedRegion* last) {
    const TokenRange paragraph = text_.paragraph_around(region.marked.first);
    const bool same = last && last->marked.first >= paragraph.first;
    const std::uint32_t from = same ? last->marked.last : paragraph.first;
    std::optional<TokenRange> actor = cues_.last_actor(from, region.marked.first);
    const bool colon = text_.word(before(region)) == ":";
    const TokenRange sentence = text_.sentence_around(before(region));
    if (colon && !cues_.last_actor(sentence.first, region.marked.first)) {
      if (const auto who = announced(region)) actor = who;
    }
    if (same && !actor) return inherit_from(region, *last);
    if (!actor && alone(region, paragraph)) actor = actor_before(paragraph);
    if (!actor && region.marked.first == paragraph.first) actor = actor_behind(region, paragraph);
    if (actor) infer(region, *actor);
  }

  bool capital(std::uint32_t token) const {
    const Shape shape = text_.token(token).look.shape;
    return shape > Shape::lower && shape <= Shape::mixed;
  }

  static std::uint32_t before(const QuotedRegion& region) {
    return region.marked.first > 0 ? region.marked.first - 1 : 0;
  }

  // "Même son de cloche chez les libraires : « On tient bon. »"
  std::optional<TokenRange> announced(const QuotedRegion& region) const {
    const auto phrase = cues_.ending_at(before(region));
    if (!phrase) return std::nullopt;
    const TokenRange who = whose(cues_.mention(*phrase));
    return cues_.thing(*phrase) && who == *phrase ? std::nullopt : std::optional(who);
  }

  // "le mot d'ordre de Carole Tixier" is hers.
  TokenRange whose(TokenRange phrase) const {
    if (!cues_.thing(phrase)) return phrase;
    std::uint32_t first = phrase.last;
    while (first > phrase.first && capital(first - 1)) --first;
    return first < phrase.last && first > phrase.first + 1 ? TokenRange{first, phrase.last}
                                                           : phrase;
  }

  // "« Je reste ! » Le bourgmestre Luc Petit ne cède pas."
  std::optional<TokenRange> actor_behind(const QuotedRegion& region, TokenRange paragraph) const {
    if (region.marked.last >= paragraph.last) return std::nullopt;
    const TokenRange next = text_.sentence_around(region.marked.last);
    const auto actor = cues_.next_actor(region.marked.last, next.last);
    const bool opens = actor && actor->first == region.marked.last;
    return opens && !cues_.thing(*actor) ? actor : std::nullopt;
  }

  void inherit_from(QuotedRegion& region, const QuotedRegion& last) {
    region.claim = last.claim;
    region.claim->cue.reset();
    region.claim->inferred = true;
  }

  void infer(QuotedRegion& region, TokenRange speaker) {
    region.claim = Claim{claims_.alone, 0, whose(speaker), std::nullopt, true};
  }

  std::optional<TokenRange> actor_before(TokenRange paragraph) const {
    if (paragraph.first == 0) return std::nullopt;
    const TokenRange previous = text_.paragraph_around(paragraph.first - 1);
    return cues_.last_actor(previous.first, paragraph.first);
  }

  // Whether the region is its paragraph, and no heading.
  bool alone(const QuotedRegion& region, TokenRange paragraph) const {
    const auto stops = [](std::string_view w) {
      return w == "." || w == "!" || w == "?" || w == "…" || w == "...";
    };
    if (!stops(text_.word(region.inside.last - 1)) && !stops(text_.word(paragraph.last - 1))) {
      return false;
    }
    return region.marked.first == paragraph.first && region.marked.last + 2 > paragraph.last;
  }

  // A label names who speaks; behind a dash it is whoever spoke last before the interview.
  void answer(QuotedRegion& region, const QuotedRegion* last) {
    TokenRange label{text_.paragraph_around(region.marked.first).first, region.marked.first};
    if (label.size() > 0) {
      const bool initial =
          label.size() > 1 && text_.token(label.last - 2).look.shape == Shape::initial;
      if (label.size() > 1 && text_.word(label.last - 1) == "." && !initial) --label.last;
      region.claim = Claim{claims_.label, 0, label, std::nullopt};
      return;
    }
    std::optional<TokenRange> actor;
    if (last) actor = last->claim->speaker;
    if (!actor) actor = cues_.last_actor(0, region.marked.first);
    if (actor) infer(region, *actor);
  }

  bool whole_sentence(const QuotedRegion& region) const {
    const std::uint32_t first = region.inside.first;
    const Look look = text_.token(first).look;
    const bool opens =
        look.start || (look.shape == Shape::cap && text_.word(before(region)) == ":");
    return first < region.inside.last && opens && region.inside.size() > 3 &&
           (bounds_.has_verb(region.inside) || has_speaking_pronoun(region.inside, text_));
  }

  // --- marked fragments without a verb of speech ---

  // "Le maire veut limiter « le risque pour les passants »": words in marks that no title and no
  // term begins with are those of whoever acts in the sentence, else of whoever was just quoted.
  void take_up(QuotedRegion& region, const QuotedRegion* last) {
    const TokenRange sentence = text_.sentence_around(region.marked.first);
    auto actor = cues_.ending_at(region.marked.first);
    if (!actor || cues_.thing(*actor) || member(actor->first, WordList::preposition)) {
      actor = cues_.last_actor(sentence.first, region.marked.first);
    }
    if (actor && !cues_.thing(*actor)) {
      infer(region, *actor);
    } else if (last && text_.paragraph_around(region.marked.first).first <= last->marked.first) {
      inherit_from(region, *last);
    }
  }

  bool sounds_spoken(const QuotedRegion& region) const {
    constexpr int kLeast = 3;  // words
    int words = 0;
    for (std::uint32_t t = region.inside.first; t < region.inside.last; ++t) {
      words += text_.token(t).look.shape <= Shape::mixed ? 1 : 0;
    }
    if (words < kLeast || text_.token(region.inside.first).look.shape != Shape::lower) return false;
    if (bounds_.whole(region.inside)) return false;  // a sentence of somebody else
    return !named_by(region) && (opens_phrase(region.inside.first) || predicate(region));
  }

  // "massive pour nos communes" after "est".
  bool predicate(const QuotedRegion& region) const {
    return region.marked.first > 0 && member(region.marked.first - 1, WordList::auxiliary);
  }

  // Articles, prepositions, pronouns, verbs: terms begin with a noun.
  bool opens_phrase(std::uint32_t token) const {
    using enum WordList;
    static constexpr WordList kLists[] = {determiner, preposition, pronoun_subject, pronoun_object,
                                          negation,   finite_verb, auxiliary,       verb_form,
                                          adverb,     conjunction, say_infinitive};
    const std::string_view word = text_.word(token);
    const bool those = word == "ceux" || word == "celles" || word == "celui" || word == "celle";
    return those || infinitive(token) ||
           std::ranges::any_of(kLists, [&](WordList list) { return member(token, list); });
  }

  // "veut « remettre »", "afin de « voir »", but not "le « premier de cordée »".
  bool infinitive(std::uint32_t token) const {
    static constexpr std::string_view kBefore[] = {"de", "d'", "à", "pour", "sans", "et", ","};
    const std::string_view word = text_.word(token);
    if (!word.ends_with("er") && !word.ends_with("ir") && !word.ends_with("re")) return false;
    if (token < 2) return false;
    const bool verb = member(token - 2, WordList::finite_verb) ||
                      member(token - 2, WordList::verb_form) ||
                      member(token - 2, WordList::third_person);
    return verb || std::ranges::find(kBefore, text_.word(token - 2)) != std::end(kBefore);
  }

  // "intitulé « pour une école libre »", "la chanson « à la claire fontaine »".
  bool named_by(const QuotedRegion& region) const {
    return named_so(region, text_, rules_) || region.marked.first == 0 ||
           text_.word(region.marked.first - 1) == "(";
  }

  bool member(std::uint32_t token, WordList lexicon) const {
    return rules_.vocabulary.member(text_.token(token).word, lexicon);
  }

  const Chart& chart_;
  const TokenText& text_;
  const CompiledRules& rules_;
  const SpeechCues& cues_;
  const ClauseBounds& bounds_;
  Claims& claims_;
};

}  // namespace

void continue_turns(const Chart& chart, const TokenText& text, const CompiledRules& rules,
                    const SpeechCues& cues, const ClauseBounds& bounds, Claims& claims) {
  Turns(chart, text, rules, cues, bounds, claims).run();
}

}  // namespace glane
