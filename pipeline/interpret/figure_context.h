// What stands around a figure: words that modify it or relate it, and the tense of its clause. One
// mechanism for all kinds of figures, fed by word lists: figure_cue (its entries are joined by
// hyphens, so that they never become units of the text: "plus-de", "jusqu-à"), preposed_adjective,
// and the lists of function words.
#pragma once

#include <string>
#include <string_view>

#include "compile/figure_tables.h"
#include "compile/rules.h"
#include "glane/document.h"
#include "segment/chart.h"
#include "segment/vocabulary.h"
#include "values/text.h"

namespace glane {

class FigureContext {
 public:
  FigureContext(const Segments& segments, std::string_view text, const CompiledRules& rules);

  struct Cues {
    Modifier modifier = Modifier::none;
    Relation relation = Relation::none;
    Trend direction = Trend::none;
    bool past = false;  // "depuis": the date lies behind
  };

  // The cues around a figure of that kind.
  Cues cues(TokenRange figure, FigureKind kind) const;
  // Adds those that end right before token `at`, not looking past token `limit`.
  void add_cues_before(std::uint32_t at, std::uint32_t limit, FigureKind kind, Cues& cues) const;

  // The tense of the nearest verb, or of a word that announces (prévu, attendu).
  Tense tense_around(TokenRange figure) const;

  // Of a verb, or a word that announces.
  Tense tense(std::uint32_t token) const;

  // Whether a verb of the past says that something happened on that day: "s'est tenu le".
  bool happened_on(TokenRange figure) const;

  // Whether a participle says right before that it lies behind: "annoncé en janvier"; not where it
  // is to come: "sera ouvert en janvier".
  bool completed(TokenRange figure) const;

  // Whether a participle stands right before: "conclu mardi"; not of what may be to come:
  // "organisé mardi".
  bool follows_participle(TokenRange figure) const;

  // Whether a verb of the present stands before in the clause, with nothing told of the past
  // between: "le club reçoit Genk jeudi".
  bool acts_now(TokenRange figure) const;

  // "appelle à manifester dimanche"
  bool is_called_for(TokenRange figure) const;

  // "reporté à jeudi", "repoussé à l'automne"
  bool is_put_off(TokenRange figure) const;

  // "Condamné le 6 décembre, il fait appel."
  bool opens_with_participle(TokenRange figure) const;

  // Whether the figure is set against another: "contre", "au lieu de", "plutôt que", "limité à".
  bool contrasts(TokenRange figure) const;

  // Whether the figure says of another place what `last` says of its own: "28 degrés à Huy et 31 à
  // Namur".
  bool parallels(TokenRange figure, TokenRange last) const;

  // Whether "dont" stands before, over cues: "dont plus de 40 %".
  bool is_part(TokenRange figure) const;

  // Whether that word stands right behind.
  bool is_before(TokenRange figure, std::string_view word) const;

  // Whether none of these words is a verb.
  bool has_no_verb(TokenRange range) const;

  // Whether "et de", "puis de" or ", de" joins the figure to what was said of one before.
  bool joins(TokenRange figure) const;

  // Whether "de" stands right before `token` and a verb of change (passer, porter) before it.
  bool changes(std::uint32_t token) const;

  // Whether a comma stands right before.
  bool behind_comma(TokenRange figure) const;

  // Whether "ce" stands right before: "ce jeudi".
  bool is_pointed_at(TokenRange figure) const;

  // Whether "le" stands right before: "perdu le 9 septembre", but "fixé au 9 septembre".
  bool stands_on(TokenRange figure) const;

  // Whether "le" stands right before, wherever the figure hangs.
  bool is_behind_article(TokenRange figure) const;

  // Whether a capitalised word stands right behind.
  bool before_name(TokenRange figure) const;

  // The currency of that name in the places that the text speaks of: "franc" → CHF; "" when
  // it names none (a dollar must be told twice).
  std::string local_currency(std::string_view name) const;

  // Whether thousands are written as in Switzerland: 12'500, 3 mia.
  bool groups_as_swiss() const;

  std::size_t sentence_of(std::uint32_t token) const;
  std::string_view surface(std::uint32_t token) const;
  Span span(TokenRange range) const;
  std::string written(TokenRange range) const;
  std::string folded(TokenRange range) const;  // with single spaces between words
  WordId word(TokenRange range) const;         // of one token, or of a multi-word entry

 private:
  bool has(std::uint32_t token, FigureTables::Trait trait) const;
  // A cue of `words` words.
  struct Found {
    const FigureCue* cue = nullptr;
    std::uint32_t words = 0;
  };
  Found cue_before(std::uint32_t at, std::uint32_t limit) const;
  bool ends_something(std::uint32_t fin) const;
  Found split_cue_before(std::uint32_t at, std::uint32_t limit) const;
  Found cue_after(std::uint32_t at, std::uint32_t limit) const;
  bool leads_towards(std::uint32_t at, std::uint32_t words, std::uint32_t figure) const;
  void apply(const FigureCue& cue, FigureKind kind, Cues& cues) const;
  bool belongs_behind(std::uint32_t cue, std::uint32_t next, std::uint32_t limit) const;
  void add_cues_after(std::uint32_t at, FigureKind kind, Cues& cues) const;
  Tense nearest_tense(TokenRange figure, bool across) const;
  bool tells_of_now(std::uint32_t token) const;
  bool follows_auxiliary(std::uint32_t token) const;
  bool completes_noun(TokenRange figure) const;
  bool names_what_changes(std::uint32_t noun, std::uint32_t limit) const;
  bool is_comma(std::uint32_t token) const;
  bool is_clock(std::uint32_t token) const;
  std::uint32_t before_cues(std::uint32_t at, std::uint32_t first) const;

  const Segments& segments_;
  std::string_view text_;
  const Vocabulary& vocabulary_;
  const FigureTables& tables_;
  mutable std::size_t sentence_ = 0;  // asked for last: the next is the same or near
};

}  // namespace glane
