// Every word that a lexicon or a rule names, and what the lexicons say of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glane {

using WordId = std::uint32_t;
using LexiconId = std::uint16_t;
inline constexpr WordId kUnknownWord = 0;

// Lower-cases normalised text (full Unicode lower case, no accents removed, œ → oe).
void fold_into(std::string_view text, std::string& out);
void append_folded(std::string_view text, std::string& out);
std::string fold(std::string_view text);

// Folded text without its accents: how all-caps headlines write it.
std::string strip_accents(std::string_view folded);

// What a text must show for an entry to hold: "maison" holds in any case, "Orange" needs a
// capital, "ONU" needs capitals throughout.
enum class CaseNeed : std::uint8_t { any, capital, capitals };

// One line of a lexicon. Its fields are named by the header of the file.
struct Entry {
  LexiconId lexicon;
  CaseNeed need;
  std::uint32_t row;
};

struct Lexicon {
  struct Row {
    WordId word;
    CaseNeed need;
  };
  std::string name;                 // file name without .tsv
  std::vector<std::string> fields;  // header after the first column
  std::vector<Row> rows;
  std::vector<std::string_view> cells;      // cells[row * fields.size() + field]
  std::shared_ptr<const std::string> text;  // of the file, which the cells are pieces of

  std::string_view cell(std::uint32_t row, std::string_view field) const;  // "" when none
};

class Vocabulary {
 public:
  Vocabulary();

  // Id of a folded word, or of several folded words joined by single spaces.
  WordId find(std::string_view folded) const;
  // The same in two steps, for many words: with hash() the word's place is fetched from memory
  // while others are hashed.
  std::uint32_t hash(std::string_view folded) const;
  WordId find(std::string_view folded, std::uint32_t hash) const;
  // The same for a folded word in capitals that may have lost its accents.
  WordId find_stripped(std::string_view folded) const;

  // The value of `field` for `word` in the named lexicon ("" when the cell is empty);
  // nothing when the word is not in it. The view lives as long as the vocabulary.
  std::optional<std::string_view> field(WordId word, std::string_view lexicon,
                                        std::string_view field) const;
  bool member(WordId word, std::string_view lexicon) const;
  bool member(WordId word, LexiconId lexicon) const;

  // Valid until a word is added.
  std::string_view spelling(WordId word) const {
    return std::string_view(letters_).substr(words_[word].begin, words_[word].size);
  }
  std::size_t size() const { return words_.size(); }

  // Steps through the entries of two words or more: a trie whose edges are words.
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  // kRoot when there is no such entry.
  Node step(Node node, WordId word) const {
    return word == kUnknownWord || (node != kRoot && !continues_run_[word]) ? kRoot
                                                                            : edge(node, word);
  }
  WordId word_at(Node node) const { return node_word_[node]; }  // kUnknownWord: none ends here
  bool starts_run(WordId word) const { return starts_run_[word]; }

  // --- building, by load_rules.cpp alone ---
  WordId add(std::string_view folded);
  WordId add_run(const std::vector<std::string>& folded_words);
  LexiconId add_lexicon(Lexicon lexicon);
  // Indexes the entries of all lexicons by word, and words without their accents. To be
  // called once, when everything has been added.
  void finish();

  std::optional<LexiconId> lexicon_id(std::string_view name) const;
  const Lexicon& lexicon(LexiconId id) const { return lexicons_[id]; }
  const std::vector<Lexicon>& lexicons() const { return lexicons_; }
  // In the order of the lexicons and their rows.
  std::span<const Entry> entries(WordId word) const {
    return std::span(entries_).subspan(first_entry_[word],
                                       first_entry_[word + 1] - first_entry_[word]);
  }

  // For image.cpp: what there is to write or read.
  template <typename Archive>
  void visit(Archive& archive) {
    archive(letters_, words_, table_, stripped_, steps_, node_word_, starts_run_, continues_run_,
            entries_, first_entry_, lexicons_);
  }

 private:
  struct Word {
    std::uint32_t begin = 0;  // into letters_
    std::uint32_t size = 0;
  };
  // An open hash table of words; 0 is an empty slot.
  struct Slot {
    std::uint32_t hash = 0;
    WordId word = kUnknownWord;
    Word letters;  // again: one place of memory to look at instead of two
  };
  // The slot that holds the word, or the empty one where it would go.
  std::size_t slot_of(std::string_view folded, std::uint32_t hash) const;
  std::size_t stripped_slot(std::string_view stripped, std::uint32_t hash) const;
  // An edge of the trie, in an open hash table; without a word it is an empty slot.
  struct Step {
    Node from = kRoot;
    WordId word = kUnknownWord;
    Node to = kRoot;
  };
  Node edge(Node node, WordId word) const;
  std::size_t step_slot(Node node, WordId word) const;
  Node add_step(Node node, WordId word);
  void index_stripped();

  std::string letters_;
  std::vector<Word> words_;
  std::vector<Slot> table_;
  std::vector<Slot> stripped_;  // words with accents, by the hash of what they are without
  std::vector<Step> steps_;
  std::vector<WordId> node_word_;
  std::vector<bool> starts_run_;
  std::vector<bool> continues_run_;  // words that some entry has behind its first
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> first_entry_;
  std::vector<Lexicon> lexicons_;
};

}  // namespace glane
