// Normalised text → tokens, sentences, paragraphs, words.

#include "segment/cut_tokens.h"
#include "segment/find_words.h"
#include "segment/split_sentences.h"
#include "segment/token.h"

namespace glane {

void segment(std::string_view text, const Vocabulary& vocabulary, Segments& segments) {
  segments.clear();
  cut_tokens(text, &vocabulary, segments.tokens);
  split_sentences(text, segments);
  find_words(text, vocabulary, segments);
}

Segments segment(std::string_view text, const Vocabulary& vocabulary) {
  Segments segments;
  segment(text, vocabulary, segments);
  return segments;
}

EntryWords words_of_entry(std::string_view surface) {
  EntryWords entry;
  bool capital = false;
  bool lower = false;
  bool first_lower = false;  // "canton de Vaud": a unit shows the case of its first word alone
  // A dot belongs to an abbreviation ("M.", "Dr.") only before a name: one is put there.
  // Those of months stand before a year.
  const bool month =
      surface.ends_with('.') && is_month_abbreviation(fold(surface.substr(0, surface.size() - 1)));
  std::string before_name;
  if (surface.ends_with('.')) (before_name = surface) += month ? " 1" : " A";
  const std::string_view in_context = before_name.empty() ? surface : before_name;
  const std::vector<Token> tokens = cut_tokens(in_context, nullptr);
  entry.words.reserve(tokens.size());
  for (const Token& token : tokens) {
    if (token.span.begin >= surface.size()) break;
    const std::string_view word =
        surface.substr(token.span.begin, token.span.end - token.span.begin);
    entry.words.push_back(fold(word));
    const Shape shape = token.look.shape;
    capital |= shape == Shape::cap || shape == Shape::upper || shape == Shape::mixed ||
               shape == Shape::initial;
    lower |= shape == Shape::cap || shape == Shape::mixed ||
             (shape == Shape::lower && !word.ends_with('\''));
    first_lower |= entry.words.size() == 1 && shape == Shape::lower;
  }
  if (capital && !first_lower) entry.need = lower ? CaseNeed::capital : CaseNeed::capitals;
  return entry;
}

}  // namespace glane
