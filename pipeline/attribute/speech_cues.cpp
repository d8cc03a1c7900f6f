#include "attribute/speech_cues.h"

#include <algorithm>

namespace glane {
namespace {

// How many subjects back one is looked for: work stays linear in the text.
constexpr int kReach = 100;

bool covers(const std::vector<TokenRange>& ranges, std::uint32_t token) {
  const auto it = std::ranges::upper_bound(ranges, token, {}, &TokenRange::first);
  return it != ranges.begin() && token < (it - 1)->last;
}

}  // namespace

SpeechCues::SpeechCues(const Chart& chart, const CompiledRules& rules,
                       const std::vector<const Match*>& matches,
                       const std::vector<TokenRange>& quoted)
    : chart_(chart), rules_(rules) {
  phrases_.reserve(matches.size());
  for (const Match* match : matches) read(*match);
  std::erase_if(actors_, [&](const Actor& actor) { return covers(quoted, actor.speaker.first); });
  std::ranges::stable_sort(actors_, {}, &Actor::verb);
}

void SpeechCues::read(const Match& match) {
  const KnownKind kind = rules_.known.kind(match.kind);
  switch (kind) {
    case KnownKind::subject:
      return read_subject(match);
    case KnownKind::actor:
      return read_actor(match);
    case KnownKind::source:
    case KnownKind::named:
    case KnownKind::thing:
    case KnownKind::aside:
    case KnownKind::agent:
    case KnownKind::medium:
      return read_phrase(match, kind);
    default:
      return read_cue(match);
  }
}

void SpeechCues::read_phrase(const Match& match, KnownKind kind) {
  const auto name = rules_.capture(chart_, match, KnownPart::speaker);
  phrases_.push_back({match.range, name.value_or(match.range), kind == KnownKind::thing,
                      kind == KnownKind::source || kind == KnownKind::named});
}

void SpeechCues::read_cue(const Match& match) {
  Cue cue;
  cue.group = match.range;
  cue.shown = rules_.capture(chart_, match, KnownPart::shown).value_or(match.range);
  cue.kind = match.kind;
  cue.clitic = rules_.capture(chart_, match, KnownPart::clitic);
  cues_.push_back(cue);
}

void SpeechCues::read_subject(const Match& match) {
  const auto group = rules_.capture(chart_, match, KnownPart::cue);
  const auto speaker = rules_.capture(chart_, match, KnownPart::speaker);
  if (!group || !speaker) return;
  const std::size_t index = index_of(group->first);
  if (index == cues_.size()) return;
  Cue& cue = cues_[index];
  const std::string_view side = rules_.rules[match.rule].setting("side");
  if (side == "after") {
    if (!cue.after) cue.after = speaker;
  } else if (side == "far") {
    cue.far = speaker;
  } else if (!cue.before || cue.before->first < speaker->first) {
    cue.before = before_agents(*speaker);
  }
}

// "Des notes lues par la BBC et Buzzfeed révèlent": what was read speaks, not its readers.
TokenRange SpeechCues::before_agents(TokenRange speaker) const {
  const std::vector<Token>& tokens = chart_.segments.tokens;
  if (speaker.first == 0 || tokens[speaker.first - 1].word != rules_.vocabulary.find("et")) {
    return speaker;
  }
  const auto agent = ending_at(speaker.first - 1);
  if (!agent) return speaker;
  const WordId by = rules_.vocabulary.find("par");
  if (tokens[agent->first].word == by) {
    const std::size_t verb = agent->first > 0 ? index_of(agent->first - 1) : cues_.size();
    const bool said = verb < cues_.size() && is(cues_[verb], KnownKind::said_of);  // "analysés par"
    return ending_at(said ? cues_[verb].group.first : agent->first).value_or(speaker);
  }
  for (std::uint32_t t = agent->first + 1; t < agent->last; ++t) {
    if (tokens[t].word == by) return *agent;
  }
  return speaker;
}

bool SpeechCues::subordinate(std::uint32_t token) const {
  if (token == 0) return false;
  const std::vector<Token>& tokens = chart_.segments.tokens;
  return tokens[token].look.start == false &&
         rules_.vocabulary.member(tokens[token - 1].word, WordList::pronoun_relative);
}

void SpeechCues::read_actor(const Match& match) {
  const auto speaker = rules_.capture(chart_, match, KnownPart::speaker);
  if (speaker) actors_.push_back({*speaker, match.range.last - 1, subordinate(speaker->first)});
}

// The cues are of one level, and so in the order of the text. Their count when there is none.
std::size_t SpeechCues::index_of(std::uint32_t token) const {
  const auto it =
      std::ranges::upper_bound(cues_, token, {}, [](const Cue& c) { return c.group.first; });
  if (it == cues_.begin() || token >= (it - 1)->group.last) return cues_.size();
  return static_cast<std::size_t>(it - cues_.begin()) - 1;
}

const Cue* SpeechCues::at(std::uint32_t token) const {
  const std::size_t i = index_of(token);
  return i == cues_.size() ? nullptr : &cues_[i];
}

const SpeechCues::Phrase* SpeechCues::phrase_at(std::uint32_t token) const {
  const auto it =
      std::ranges::lower_bound(phrases_, token, {}, [](const Phrase& p) { return p.range.first; });
  return it == phrases_.end() || it->range.first != token ? nullptr : &*it;
}

std::optional<TokenRange> SpeechCues::ending_at(std::uint32_t token) const {
  const auto it =
      std::ranges::lower_bound(phrases_, token, {}, [](const Phrase& p) { return p.range.first; });
  if (it == phrases_.begin() || (it - 1)->range.last != token) return std::nullopt;
  return (it - 1)->range;
}

bool SpeechCues::thing(TokenRange phrase) const {
  const Phrase* found = phrase_at(phrase.first);
  return found && found->thing;
}

std::optional<TokenRange> SpeechCues::speaker_of_incise(const Cue& cue) const {
  if (cue.clitic) return cue.clitic;
  if (cue.after) return cue.after;
  return std::nullopt;
}

std::optional<TokenRange> SpeechCues::speaker_of_verb(const Cue& cue) const {
  if (cue.clitic) return cue.clitic;
  if (is(cue, KnownKind::said_of) || is(cue, KnownKind::according) ||
      is(cue, KnownKind::for_whom) || is(cue, KnownKind::said_on)) {
    return cue.after;
  }
  if (cue.before) return apposed_name(*cue.before).value_or(*cue.before);
  return cue.far;
}

// Whether the phrase says what one person does.
bool SpeechCues::office(TokenRange phrase) const {
  const Vocabulary& words = rules_.vocabulary;
  for (std::uint32_t t = phrase.first; t < phrase.last; ++t) {
    const WordId word = chart_.segments.tokens[t].word;
    if (words.field(word, WordList::determiner, "number") == "p") return false;
    if (words.member(word, WordList::role) || words.member(word, WordList::occupation)) return true;
    if (words.field(word, WordList::source_noun, "type") == "person") return true;
  }
  return false;
}

// "Luc Petit, le ministre des Finances, a dit": the name that the title stands beside.
std::optional<TokenRange> SpeechCues::apposed_name(TokenRange title) const {
  const std::vector<Token>& tokens = chart_.segments.tokens;
  const Phrase* phrase = phrase_at(title.first);
  if (!phrase || phrase->name != phrase->range || title.first < 2 || !office(title))
    return std::nullopt;
  const auto type = rules_.vocabulary.field(tokens[title.first].word, WordList::determiner, "type");
  if (type && *type == "demonstrative") return std::nullopt;  // "ce dernier" is a subject
  if (tokens[title.first - 1].look.shape != Shape::punct || tokens[title.first].look.start) {
    return std::nullopt;
  }
  const auto it = std::ranges::lower_bound(phrases_, title.first, {},
                                           [](const Phrase& p) { return p.range.first; });
  if (it == phrases_.begin()) return std::nullopt;
  const Phrase& before = *(it - 1);
  const bool beside = before.range.last + 1 == title.first && before.may_speak;
  const Shape shape = tokens[before.name.first].look.shape;
  const bool named =
      shape > Shape::lower && shape <= Shape::mixed && !tokens[before.name.first].look.start;
  const bool bare =
      before.name != before.range || (shape > Shape::lower && before.range.size() > 1);
  if (!beside || !(named || bare)) return std::nullopt;
  return before.range;
}

std::optional<TokenRange> SpeechCues::last_actor(std::uint32_t from, std::uint32_t before) const {
  auto it = std::ranges::lower_bound(actors_, before, {}, &Actor::verb);
  std::optional<TokenRange> embedded;
  for (int reach = kReach; it != actors_.begin() && reach > 0; --reach) {
    --it;
    if (it->verb < from) break;
    if (it->speaker.first < from) continue;
    if (!it->embedded) return it->speaker;
    if (!embedded) embedded = head_of_relative(it->speaker).value_or(it->speaker);
  }
  return embedded;
}

// "Une analyse dont les résultats sont publiés révèle": the analysis does.
std::optional<TokenRange> SpeechCues::head_of_relative(TokenRange subject) const {
  const WordId link = chart_.segments.tokens[subject.first - 1].word;
  if (link != rules_.vocabulary.find("dont") && link != rules_.vocabulary.find("que")) {
    return std::nullopt;
  }
  const auto head = ending_at(subject.first - 1);
  const bool aside = head && rules_.vocabulary.member(chart_.segments.tokens[head->first].word,
                                                      WordList::preposition);
  return aside ? std::nullopt : head;
}

std::optional<TokenRange> SpeechCues::next_actor(std::uint32_t from, std::uint32_t before) const {
  for (auto it = std::ranges::lower_bound(actors_, from, {}, &Actor::verb);
       it != actors_.end() && it->verb < before; ++it) {
    if (it->speaker.first >= from) return it->speaker;
  }
  return std::nullopt;
}

std::optional<TokenRange> SpeechCues::last_subject(std::uint32_t from, std::uint32_t before) const {
  auto it = std::ranges::lower_bound(cues_, before, {}, [](const Cue& c) { return c.group.first; });
  for (int reach = kReach; it != cues_.begin() && reach > 0; --reach) {
    --it;
    if (it->group.first < from) break;
    if (it->after && it->after->first < before) return it->after;
    if (it->before) return it->before;
  }
  return std::nullopt;
}

const Cue* SpeechCues::last_according(std::uint32_t from, std::uint32_t before) const {
  auto it = std::ranges::lower_bound(cues_, before, {}, [](const Cue& c) { return c.group.first; });
  for (int reach = kReach; it != cues_.begin() && reach > 0; --reach) {
    --it;
    if (it->group.first < from) break;
    if (is(*it, KnownKind::according)) return &*it;
  }
  return nullptr;
}

bool SpeechCues::parted(const Cue& cue, std::uint32_t from) const {
  const bool shares =
      from < cue.group.first && !cue.clitic && !cue.before && !cue.after && !cue.far;
  if (shares) return false;
  const auto [low, high] = std::minmax(cue.group.first, from);
  const auto between =
      std::ranges::upper_bound(cues_, low, {}, [](const Cue& c) { return c.group.first; });
  return between != cues_.end() && between->group.first < high;
}

std::vector<TokenRange> SpeechCues::acting() const {
  std::vector<TokenRange> out;
  out.reserve(actors_.size() + cues_.size());
  for (const Actor& actor : actors_) {
    out.push_back(mention(apposed_name(actor.speaker).value_or(actor.speaker)));
  }
  for (const Cue& cue : cues_) {
    if (cue.after) out.push_back(mention(*cue.after));
  }
  std::ranges::sort(out, {}, &TokenRange::first);
  std::vector<TokenRange> disjoint;
  disjoint.reserve(out.size());
  for (const TokenRange& range : out) {
    if (disjoint.empty() || range.first >= disjoint.back().last) disjoint.push_back(range);
  }
  return disjoint;
}

// "une étude menée par des chimistes": a participle without what belongs to it.
bool SpeechCues::dangling(TokenRange phrase) const {
  const std::vector<Token>& tokens = chart_.segments.tokens;
  if (phrase.size() < 3 || phrase.last >= tokens.size()) return false;
  const WordId next = tokens[phrase.last].word;
  if (!rules_.vocabulary.member(tokens[phrase.last - 1].word, WordList::dangling_participle))
    return false;
  if (rules_.vocabulary.member(next, WordList::weekday)) return true;  // "une étude publiée mardi"
  return rules_.vocabulary.member(next, WordList::preposition) &&
         next != rules_.vocabulary.find("de") && next != rules_.vocabulary.find("du") &&
         next != rules_.vocabulary.find("d'");
}

TokenRange SpeechCues::mention(TokenRange phrase) const {
  const Phrase* found = phrase_at(phrase.first);
  TokenRange name = found ? found->name : phrase;
  const std::vector<Token>& tokens = chart_.segments.tokens;
  if (found && found->name == found->range && dangling(name)) --name.last;
  while (name.size() > 1 && tokens[name.first].look.shape != Shape::lower &&
         rules_.vocabulary.member(tokens[name.first].word, WordList::civility)) {
    ++name.first;
  }
  return name;
}

}  // namespace glane
