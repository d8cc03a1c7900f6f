// Every word that a lexicon or a rule names, and what the lexicons say of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace glane {

using WordId = std::uint32_t;
using LexiconId = std::uint16_t;
inline constexpr WordId kUnknownWord = 0;

// Lower-cases normalised text (full Unicode lower case, no accents removed, œ → oe).
void fold_into(std::string_view text, std::string& out);
std::string fold(std::string_view text);

// Folded text without its accents: how all-caps headlines write it.
std::string strip_accents(std::string_view folded);

// One line of a lexicon. Fields are named by the header of the file.
struct Entry {
  LexiconId lexicon;
  std::uint32_t row;
};

struct Lexicon {
  std::string name;                 // file name without .tsv
  std::vector<std::string> fields;  // header after the first column
  // cells[row * fields.size() + field]
  std::vector<std::string> cells;

  std::string_view cell(std::uint32_t row, std::string_view field) const;  // "" when none
};

class Vocabulary {
 public:
  // Id of a folded word or of several folded words joined by single spaces.
  WordId find(std::string_view folded) const;
  // The same for a word in capitals that may have lost its accents.
  WordId find_stripped(std::string_view stripped) const;

  // The value of `field` for `word` in the named lexicon; nothing when the word is not in
  // it. The view lives as long as the vocabulary.
  std::optional<std::string_view> field(WordId word, std::string_view lexicon,
                                        std::string_view field) const;
  bool member(WordId word, std::string_view lexicon) const;

  const std::string& spelling(WordId word) const { return spellings_[word]; }

  // Longest lexicon entry of two words or more that starts with these words.
  // Returns the number of words (0: none) and its id.
  struct Run {
    std::uint32_t words = 0;
    WordId word = kUnknownWord;
  };
  Run longest_run(const WordId* words, std::size_t count) const;
  bool starts_run(WordId word) const { return starts_run_[word]; }

  std::size_t size() const { return spellings_.size(); }

  // --- building ---
  WordId add(std::string_view folded);
  void add_entry(WordId word, Entry entry);
  LexiconId add_lexicon(Lexicon lexicon);
  std::optional<LexiconId> lexicon_id(std::string_view name) const;
  const Lexicon& lexicon(LexiconId id) const { return lexicons_[id]; }
  const std::vector<Lexicon>& lexicons() const { return lexicons_; }
  const std::vector<Entry>& entries(WordId word) const { return entries_[word]; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, WordId, Hash, std::equal_to<>> ids_;
  std::unordered_map<std::string, WordId, Hash, std::equal_to<>> stripped_;
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;  // (node, word) → node of the trie
  std::vector<WordId> node_word_;                           // node → entry that ends there
  std::vector<std::string> spellings_;
  std::vector<std::vector<Entry>> entries_;
  std::vector<bool> starts_run_;
  std::vector<Lexicon> lexicons_;
};

}  // namespace glane
