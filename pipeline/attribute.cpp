#include "attribute.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace glane {
namespace {

// What a rule of the level "quotes" says: this stretch was said by this speaker.
struct Claim {
  RuleIndex rule = 0;
  int priority = 0;
  std::optional<TokenRange> speaker;
  std::optional<TokenRange> cue;
};

// A stretch between quotation marks.
struct Region {
  TokenRange marked;  // marks included
  TokenRange inside;
  std::optional<Claim> claim;
  std::vector<TokenRange> incises;  // inside the marks, in order
  bool inherited = false;
};

struct Clause {
  TokenRange range;
  Claim claim;
};

enum class Gender : std::uint8_t { unknown, masculine, feminine };

class Attribution {
 public:
  Attribution(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
              const std::vector<Entity>& entities)
      : chart_(chart), tokens_(chart.segments.tokens), text_(text), rules_(rules),
        entities_(entities) {}

  std::vector<Quote> run() {
    collect_regions();
    collect_claims();
    claim_fragments();
    inherit();
    for (const Region& region : regions_) write_region(region);
    for (const Clause& clause : clauses_) write_clause(clause);
    return finished();
  }

 private:
  // --- what the chart holds ---
  void collect_regions() {
    const auto kind = rules_.kind("quoted");
    for (const Match& match : chart_.matches) {
      if (!kind || match.kind != *kind) continue;
      Region region;
      region.marked = match.range;
      region.inside = {match.range.first + 1, match.range.last};
      if (is_mark(match.range.last - 1)) --region.inside.last;
      at_token_[match.range.first] = regions_.size();
      regions_.push_back(region);
    }
  }

  bool is_mark(std::uint32_t token) const {
    const std::string_view t = word(token);
    return t == "»" || t == "”" || t == "\"" || t == "“" || t == "›" || t == ">>";
  }

  void collect_claims() {
    const auto quote = rules_.kind("quote");
    const auto incise = rules_.kind("incise");
    for (const Match& match : chart_.matches) {
      if (quote && match.kind == *quote) {
        claim_quote(match);
      } else if (incise && match.kind == *incise) {
        claim_incise(match);
      }
    }
  }

  Claim claim_of(const Match& match) const {
    Claim claim;
    claim.rule = match.rule;
    claim.priority = rules_.rules[match.rule].priority;
    claim.speaker = rules_.capture(chart_, match, "speaker");
    claim.cue = rules_.capture(chart_, match, "cue");
    return claim;
  }

  void claim_quote(const Match& match) {
    const Claim claim = claim_of(match);
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const Capture& capture = chart_.captures[match.first_capture + c];
      if (rules_.names[capture.name] == "quote") claim_region(capture.range.first, claim);
      if (rules_.names[capture.name] == "clause") clauses_.push_back({capture.range, claim});
    }
  }

  void claim_region(std::uint32_t token, const Claim& claim) {
    const auto it = at_token_.find(token);
    if (it == at_token_.end()) return;
    std::optional<Claim>& held = regions_[it->second].claim;
    if (!held || better(claim, *held)) held = claim;
  }

  bool better(const Claim& a, const Claim& b) const {
    if (a.priority != b.priority) return a.priority > b.priority;
    return rules_.rules[a.rule].place < rules_.rules[b.rule].place;
  }

  void claim_incise(const Match& match) {
    Region* region = region_around(match.range.first);
    if (!region) return;
    Claim claim = claim_of(match);
    claim.priority += 100;  // nothing outside knows better than the words inside
    if (!region->claim || better(claim, *region->claim)) region->claim = claim;
    region->incises.push_back(match.range);
  }

  Region* region_around(std::uint32_t token) {
    const auto it = std::ranges::upper_bound(regions_, token, {},
                                             [](const Region& r) { return r.marked.first; });
    if (it == regions_.begin()) return nullptr;
    Region& region = *(it - 1);
    return token < region.marked.last ? &region : nullptr;
  }

  // A reported clause with quoted fragments in it: the fragments are what was said.
  void claim_fragments() {
    std::ranges::stable_sort(clauses_, [&](const Clause& a, const Clause& b) {
      return better(a.claim, b.claim);
    });
    std::vector<Clause> kept;
    for (const Clause& clause : clauses_) {
      if (holds_regions(clause)) continue;
      const bool taken = std::ranges::any_of(kept, [&](const Clause& other) {
        return other.range.first < clause.range.last && clause.range.first < other.range.last;
      });
      if (!taken) kept.push_back(clause);
    }
    clauses_.swap(kept);
  }

  bool holds_regions(const Clause& clause) {
    bool found = false;
    auto it = std::ranges::lower_bound(regions_, clause.range.first, {},
                                       [](const Region& r) { return r.marked.last - 1; });
    for (; it != regions_.end() && it->marked.first < clause.range.last; ++it) {
      found = true;
      if (!it->claim) it->claim = clause.claim;
    }
    return found;
  }

  // A quoted sentence that follows an attributed one in its paragraph goes on speaking.
  void inherit() {
    for (std::size_t i = 1; i < regions_.size(); ++i) {
      Region& region = regions_[i];
      const Region& before = regions_[i - 1];
      if (region.claim || !before.claim || !whole_sentence(region)) continue;
      if (paragraph_of(region.marked.first) != paragraph_of(before.marked.first)) continue;
      region.claim = before.claim;
      region.claim->cue.reset();
      region.inherited = true;
    }
  }

  bool whole_sentence(const Region& region) const {
    const std::uint32_t first = region.inside.first;
    return first < region.inside.last && tokens_[first].look.start && has_verb(region.inside);
  }

  std::size_t paragraph_of(std::uint32_t token) const {
    const std::vector<TokenRange>& all = chart_.segments.paragraphs;
    return static_cast<std::size_t>(
        std::ranges::upper_bound(all, token, {}, &TokenRange::first) - all.begin());
  }

  // --- quotes ---
  void write_region(const Region& region) {
    if (!region.claim || region.inside.first >= region.inside.last) return;
    std::vector<TokenRange> pieces = pieces_of(region);
    const QuoteKind kind = kind_of(region);
    const bool several = pieces.size() > 1;
    if (several) ++groups_;
    for (const TokenRange& piece : pieces) {
      Quote quote = quote_of(piece, kind, *region.claim);
      if (several) quote.group = groups_;
      quotes_.push_back(std::move(quote));
    }
  }

  std::vector<TokenRange> pieces_of(const Region& region) const {
    std::vector<TokenRange> pieces;
    std::uint32_t first = region.inside.first;
    for (const TokenRange& incise : region.incises) {
      if (incise.first > first) pieces.push_back(trimmed({first, incise.first}));
      first = std::max(first, incise.last);
    }
    if (first < region.inside.last) pieces.push_back(trimmed({first, region.inside.last}));
    std::erase_if(pieces, [](const TokenRange& piece) { return piece.size() == 0; });
    return pieces;
  }

  TokenRange trimmed(TokenRange range) const {
    while (range.last > range.first && word(range.last - 1) == ",") --range.last;
    while (range.last > range.first && word(range.first) == ",") ++range.first;
    return range;
  }

  // Direct: a clause of its own, not built into the reporter's sentence by a determiner.
  QuoteKind kind_of(const Region& region) const {
    if (!has_verb(region.inside)) return QuoteKind::partial;
    if (region.marked.first > 0) {
      const WordId before = tokens_[region.marked.first - 1].word;
      if (rules_.vocabulary.member(before, "determiner")) return QuoteKind::partial;
    }
    const Token& first = tokens_[region.inside.first];
    const bool opens = first.look.start || first.look.shape != Shape::lower;
    return opens || has_subject(region.inside) ? QuoteKind::direct : QuoteKind::partial;
  }

  bool has_verb(TokenRange range) const { return any_in(range, {"finite_verb", "auxiliary", "say_verb"}); }
  bool has_subject(TokenRange range) const {
    const std::uint32_t end = std::min(range.last, range.first + 3);
    return any_in({range.first, end}, {"pronoun_subject", "determiner"});
  }

  bool any_in(TokenRange range, std::initializer_list<std::string_view> lexicons) const {
    for (std::uint32_t t = range.first; t < range.last; ++t) {
      for (const std::string_view lexicon : lexicons) {
        if (rules_.vocabulary.member(tokens_[t].word, lexicon)) return true;
      }
    }
    return false;
  }

  void write_clause(const Clause& clause) {
    const TokenRange range = without_end(clause.range);
    if (range.size() < 2) return;
    quotes_.push_back(quote_of(range, QuoteKind::indirect, clause.claim));
  }

  TokenRange without_end(TokenRange range) const {
    static constexpr std::string_view kEnds = ".,;:";
    while (range.last > range.first && word(range.last - 1).size() == 1 &&
           kEnds.find(word(range.last - 1)[0]) != std::string_view::npos) {
      --range.last;
    }
    return trimmed(range);
  }

  Quote quote_of(TokenRange range, QuoteKind kind, const Claim& claim) {
    Quote quote;
    quote.span = source(range);
    quote.kind = kind;
    quote.rule = claim.rule;
    if (claim.cue) {
      quote.cue_span = source(*claim.cue);
      quote.cue = published(*claim.cue);
      quote.modality = modality_of(*claim.cue);
    }
    if (claim.speaker) set_speaker(quote, *claim.speaker);
    return quote;
  }

  Modality modality_of(TokenRange cue) const {
    const Vocabulary& words = rules_.vocabulary;
    for (std::uint32_t t = cue.first; t < cue.last; ++t) {
      const auto mood = words.field(tokens_[t].word, "auxiliary", "mood");
      if (mood && *mood == "cond") return Modality::unconfirmed;
      for (const char* lexicon : {"say_verb", "say_participle", "say_gerund"}) {
        const auto implied = words.field(tokens_[t].word, lexicon, "implication");
        if (implied && *implied == "deny") return Modality::denied;
      }
    }
    return Modality::asserted;
  }

  // --- speakers ---
  void set_speaker(Quote& quote, TokenRange speaker) {
    quote.speaker_span = source(speaker);
    quote.speaker = published(speaker);
    if (quote.speaker.starts_with("-t-")) quote.speaker.erase(0, 3);
    if (quote.speaker.starts_with("-")) quote.speaker.erase(0, 1);
    const Entity* who = referent(speaker);
    if (!who) return;
    quote.speaker_name = who->name;
    quote.speaker_id = who->id;
  }

  const Entity* referent(TokenRange speaker) const {
    const SourceSpan span = source(speaker);
    if (const auto pronoun = pronoun_gender(speaker)) return last_person(span.begin, *pronoun);
    const Entity* found = nullptr;
    for (auto it = entity_from(span.begin); it != entities_.end() && it->span.begin < span.end; ++it) {
      if (it->type == EntityType::role) {
        return it->person ? person(*it->person) : holder_nearby(*it, speaker);
      }
      if (it->span == span) found = &*it;
    }
    return found;
  }

  std::vector<Entity>::const_iterator entity_from(std::uint32_t byte) const {
    return std::ranges::lower_bound(entities_, byte, {}, [](const Entity& e) { return e.span.begin; });
  }

  const Entity* person(std::uint32_t id) const {
    const auto it = std::ranges::find_if(entities_, [&](const Entity& e) { return e.id == id; });
    return it == entities_.end() ? nullptr : &*it;
  }

  // A title without a name: the last person named before, when the title is in the singular.
  const Entity* holder_nearby(const Entity& role, TokenRange speaker) const {
    const std::string_view article = word(speaker.first);
    if (article != "le" && article != "la" && article != "l'" && article != "Le" &&
        article != "La" && article != "L'") {
      return nullptr;
    }
    const Gender gender = article == "le" || article == "Le"   ? Gender::masculine
                          : article == "la" || article == "La" ? Gender::feminine
                                                               : Gender::unknown;
    return last_person(role.span.begin, gender);
  }

  std::optional<Gender> pronoun_gender(TokenRange range) const {
    if (range.size() != 1) return std::nullopt;
    const std::string w = fold(word(range.first));
    if (w == "il" || w == "-il" || w == "-t-il" || w == "celui-ci" || w == "ce dernier") return Gender::masculine;
    if (w == "elle" || w == "-elle" || w == "-t-elle" || w == "celle-ci") return Gender::feminine;
    return std::nullopt;
  }

  const Entity* last_person(std::uint32_t before, Gender gender) const {
    for (auto it = entity_from(before); it != entities_.begin();) {
      --it;
      if (it->type != EntityType::person) continue;
      const Gender own = gender_of(it->name);
      if (own == Gender::unknown || gender == Gender::unknown || own == gender) return &*it;
    }
    return nullptr;
  }

  Gender gender_of(const std::string& name) const {
    const WordId first = rules_.vocabulary.find(fold(name.substr(0, name.find(' '))));
    const auto gender = rules_.vocabulary.field(first, "first_name", "gender");
    if (gender && *gender == "m") return Gender::masculine;
    if (gender && *gender == "f") return Gender::feminine;
    return Gender::unknown;
  }

  // --- text ---
  std::string_view word(std::uint32_t token) const {
    const Span span = tokens_[token].span;
    return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
  }
  SourceSpan source(TokenRange range) const {
    return text_.map.to_source({tokens_[range.first].span.begin, tokens_[range.last - 1].span.end});
  }
  std::string published(TokenRange range) const {
    const Span span{tokens_[range.first].span.begin, tokens_[range.last - 1].span.end};
    return text_.text.substr(span.begin, span.end - span.begin);
  }

  std::vector<Quote> finished() {
    std::ranges::stable_sort(quotes_, {}, [](const Quote& q) { return q.span.begin; });
    std::vector<Quote> out;
    for (Quote& quote : quotes_) {
      if (out.empty() || quote.span.begin >= out.back().span.end) out.push_back(std::move(quote));
    }
    return out;
  }

  const Chart& chart_;
  const std::vector<Token>& tokens_;
  const NormalisedText& text_;
  const CompiledRules& rules_;
  const std::vector<Entity>& entities_;
  std::vector<Region> regions_;
  std::unordered_map<std::uint32_t, std::size_t> at_token_;  // opening mark → region
  std::vector<Clause> clauses_;
  std::vector<Quote> quotes_;
  std::uint32_t groups_ = 0;
};

}  // namespace

void attribute(const Chart& chart, const NormalisedText& text, const CompiledRules& rules,
               const std::vector<Entity>& entities, std::vector<Quote>& quotes) {
  quotes = Attribution(chart, text, rules, entities).run();
}

}  // namespace glane
