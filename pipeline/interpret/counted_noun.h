// What a figure counts: "emplois" in "85 000 nouveaux emplois", found behind the figure, or,
// where that says so ("trois d'entre eux", "tous deux"), before it.
#pragma once

#include <string>
#include <string_view>

#include "compile/figure_tables.h"
#include "glane/document.h"
#include "interpret/figure_context.h"
#include "segment/chart.h"

namespace glane {

class CountedNouns {
 public:
  CountedNouns(const FigureContext& context, const Segments& segments, const FigureTables& tables)
      : context_(context), segments_(segments), tables_(tables) {}

  // The head noun behind a figure, as written; "" when none is there. `unit` of quantities:
  // what stands behind a distance is a place.
  std::string behind(TokenRange figure, FigureKind kind, std::string_view unit) const;

  // The noun that a rank in apposition takes up: "cette victoire, sa quatrième"; "" for others.
  std::string before_apposition(TokenRange rank) const;

  // Whether the words around the figure point back: "deux d'entre eux", "toutes trois", "dont
  // les deux tiers".
  bool points_back(TokenRange figure) const;
  // Whether "de" stands behind a bare number, which alone counts nothing so: "40 de vélo".
  bool lacks_unit(TokenRange figure) const;

  // Whether "en" stands for what is counted: "il en reste douze".
  bool stands_for_noun(TokenRange figure) const;

  // "sous deux mètres de neige" is a place, not a bound.
  bool lies_under(TokenRange figure, std::string_view unit) const;

  // "j'en ai 52", of years told before.
  bool stands_for_years(TokenRange figure) const;

  // "le quatrième a été arrêté"
  bool acts_itself(TokenRange rank) const;

  // "c'est une première" and "il finit second" take up no noun told before.
  bool is_one_of_its_kind(TokenRange rank) const;

  // Whether the number is a factor: "multiplié par 25".
  bool multiplies(TokenRange figure) const;

  // What "le nombre de" counts before the figure, in its sentence: "le nombre de naissances est de
  // 63 500"; "" when another number stands between.
  std::string numbered_before(TokenRange figure) const;

  // "magnitude 6,4", "6,4 de magnitude" count nothing.
  bool is_magnitude(TokenRange figure) const;

  // The nearest noun before that a plural determiner introduces, in this sentence or the one
  // before; "" when there is none.
  std::string plural_before(TokenRange figure) const;

 private:
  bool has(std::uint32_t token, FigureTables::Trait trait) const;
  std::string_view surface(std::uint32_t token) const;
  std::string word(std::uint32_t token) const;
  // How a noun hangs on its figure: "85 emplois", "six heures de débat", "15 % des sommes".
  enum class Link { none, de, article };
  bool heads(std::uint32_t token, Link link) const;
  bool tells_more(std::uint32_t token) const;
  bool is_one_of_several(std::uint32_t link, std::uint32_t limit) const;
  bool is_noun_here(std::uint32_t token, std::uint32_t limit, bool rank) const;
  bool is_no_ranked(TokenRange rank, std::uint32_t head) const;
  bool acts(TokenRange figure, std::uint32_t head) const;
  bool completes_passive(TokenRange figure, std::uint32_t all) const;
  std::uint32_t behind_number_of(std::uint32_t head, std::uint32_t limit) const;
  bool elliptic(std::uint32_t at, std::uint32_t adjectives, Link link) const;
  std::string noun_at(std::uint32_t head, std::uint32_t limit) const;
  bool skipped(std::uint32_t token, FigureKind kind) const;
  std::uint32_t over_joined(std::uint32_t at, std::uint32_t limit) const;
  std::uint32_t over_links(std::uint32_t at, std::uint32_t limit, bool plain) const;
  std::uint32_t head_from(std::uint32_t at, std::uint32_t limit, Link link) const;

  const FigureContext& context_;
  const Segments& segments_;
  const FigureTables& tables_;
};

}  // namespace glane
