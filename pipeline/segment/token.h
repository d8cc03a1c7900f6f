// Tokens: what the rules see of a text.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "segment/vocabulary.h"
#include "values/text.h"

namespace glane {

// What a token looks like. Exactly one holds for each token; rules name them as atoms.
enum class Shape : std::uint8_t {
  lower,    // "maison", "-t-il"
  cap,      // "Maison", "Jean-Luc", "L'"
  upper,    // "ONU", "ÉTAT", "COVID-19"
  initial,  // "J.", "J", "J.-L."
  mixed,    // "iPhone", "LuxConnect", "M365", "anti-Macron"
  number,   // digits with their separators: "85 000", "2,5", "-3"
  ordinal,  // "1er", "3e", "XXe"
  date,     // digits of a whole date: "13.03.23", "2016-11-07"
  time,     // digits of a whole time: "22:35", "14h30", "8h"
  code,     // letters and digits that start with a digit: "5G", "747-400F", "2.0.1"
  url,      // URL, e-mail address, @name, #tag
  punct,    // one punctuation mark, or "..."
  symbol,   // anything else: "%", "€", "+", emoji
  line      // a paragraph break, in levels whose scope is the document
};
inline constexpr int kShapes = 14;

// What a token shows apart from its word: a shape and two circumstances. One byte, which is its
// index too: every level asks every unit for it.
struct Look {
  Look() = default;
  explicit Look(Shape s, bool is_start = false, bool is_glued = false)
      : glued(is_glued), start(is_start), shape(s) {}

  bool glued : 1 = false;  // nothing, not even a space, between it and the token before
  bool start : 1 = false;  // first word of its sentence (quotation marks and dashes skipped)
  Shape shape : 6 = Shape::lower;

  int index() const { return std::bit_cast<std::uint8_t>(*this); }
};
inline constexpr int kLooks = kShapes * 4;

struct Token {
  Span span;
  WordId word = kUnknownWord;
  Look look;
};

// Half-open range of tokens.
struct TokenRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  std::uint32_t size() const { return last - first; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

// A text cut into tokens; ranges of tokens for sentences and paragraphs, in order,
// disjoint, together covering every token.
struct Segments {
  std::vector<Token> tokens;
  // Multi-word entries of lexicons found in the text: sorted, disjoint.
  struct Compound {
    TokenRange range;
    WordId word;
  };
  std::vector<Compound> compounds;
  std::vector<TokenRange> sentences;
  std::vector<TokenRange> paragraphs;

  // Keeps its memory, as those below do.
  void clear() {
    tokens.clear();
    compounds.clear();
    sentences.clear();
    paragraphs.clear();
  }
};

// Cuts normalised text. Linear in the text. `segments` keeps its memory, nothing else.
void segment(std::string_view text, const Vocabulary& vocabulary, Segments& segments);
Segments segment(std::string_view text, const Vocabulary& vocabulary);

// One entry of a lexicon, cut as a text would be: its folded words, and what case it asks for.
struct EntryWords {
  std::vector<std::string> words;
  CaseNeed need = CaseNeed::any;
};
EntryWords words_of_entry(std::string_view surface);

}  // namespace glane
