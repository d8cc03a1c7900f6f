// Every word that a lexicon or a rule names, and what the lexicons say of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "segment/word_key.h"
#include "segment/word_lists.h"
#include "values/flat.h"

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
  // A piece of the text.
  struct Cell {
    std::uint32_t begin, size;
  };
  std::string name;                 // file name without .tsv
  std::vector<std::string> fields;  // header after the first column
  Flat<Row> rows;
  Flat<Cell> cells;  // cells[row * fields.size() + field]
  Flat<char> text;   // of the file

  std::string_view content() const { return {text.data(), text.size()}; }
  std::string_view cell(std::uint32_t row, std::size_t field) const {
    const Cell cell = cells[row * fields.size() + field];
    return content().substr(cell.begin, cell.size);
  }
  std::string_view cell(std::uint32_t row, std::string_view field) const;  // "" when none
};

class Vocabulary {
 public:
  Vocabulary();

  // Id of a folded word, or of several folded words joined by single spaces.
  WordId find(std::string_view folded) const;
  // The same in three steps, for many words: with fetch() the word's slot is fetched from memory
  // while others are hashed, with fetch_facts() what is known of the word that it holds.
  void fetch(std::uint32_t hash) const { __builtin_prefetch(&slot(hash)); }
  void fetch_facts(std::uint32_t hash) const { __builtin_prefetch(&facts_[slot(hash).word]); }
  WordId find(const WordKey& key, std::uint32_t hash) const;
  // The same for a folded word in capitals that may have lost its accents.
  WordId find_stripped(std::string_view folded) const;

  // The value of `field` for `word` in the named lexicon ("" when the cell is empty);
  // nothing when the word is not in it. The view lives as long as the vocabulary.
  std::optional<std::string_view> field(WordId word, std::string_view lexicon,
                                        std::string_view field) const;
  bool member(WordId word, std::string_view lexicon) const;
  // The same of a list that is known beforehand, without comparing names.
  std::optional<std::string_view> field(WordId word, WordList lexicon,
                                        std::string_view field) const;
  bool member(WordId word, WordList lexicon) const {
    return (facts_[word].lists & bit_of(lexicon)) != 0;
  }
  bool member_of_any(WordId word, std::uint64_t lexicons) const {
    return (facts_[word].lists & lexicons) != 0;
  }

  // Valid until a word is added.
  std::string_view spelling(WordId word) const {
    return {letters_.data() + facts_[word].begin, facts_[word].size};
  }
  std::size_t size() const { return facts_.size() - 1; }

  // Steps through the entries of two words or more: a trie whose edges are words.
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  // kRoot when there is no such entry.
  Node step(Node node, WordId word) const {
    if (node == kRoot) return facts_[word].first;
    return (facts_[word].behind >> sign_of(node) & 1) != 0 ? edge(node, word) : kRoot;
  }
  WordId word_at(Node node) const { return node_word_[node]; }  // kUnknownWord: none ends here

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
    const std::uint32_t first = facts_[word].first_entry;
    return {entries_.data() + first, facts_[word + 1].first_entry - first};
  }

  // For image.cpp: what there is to write or read.
  template <typename Archive>
  void visit(Archive& archive) {
    archive(letters_, facts_, table_, long_words_, stripped_, steps_, node_word_, entries_,
            lexicons_, list_ids_);
  }

  static constexpr std::uint64_t bit_of(WordList list) {
    return std::uint64_t{1} << static_cast<int>(list);
  }

 private:
  // What is known of a word, in one place of memory.
  struct Facts {
    WordKey key;               // zeros for longer words
    std::uint64_t lists = 0;   // bit_of() the lists that have it
    std::uint64_t behind = 0;  // bit sign_of(n): it may be an edge of node n, else it is not
    Node first = kRoot;        // where entries go that begin with it
    std::uint32_t first_entry = 0;
    std::uint32_t begin = 0, size = 0;  // into letters_
  };
  // Open hash tables of words; without a word it is an empty slot. Words of no more than
  // WordKey::kMost bytes are in the first.
  struct Slot {
    WordId word = kUnknownWord;
  };
  struct LongSlot {
    std::uint32_t hash = 0;
    WordId word = kUnknownWord;
  };
  const Slot& slot(std::uint32_t hash) const { return table_[hash & (table_.size() - 1)]; }
  // The slot that holds the word, or the empty one where it would go.
  std::size_t slot_of(const WordKey& key, std::uint32_t hash) const;
  std::size_t long_slot(std::string_view folded, std::uint32_t hash) const;
  std::size_t stripped_slot(std::string_view stripped, std::uint32_t hash) const;
  // An edge of the trie behind its first word, in an open hash table; without a word it is an
  // empty slot.
  struct Step {
    Node from = kRoot;
    WordId word = kUnknownWord;
    Node to = kRoot;
  };
  static int sign_of(Node node) {
    return static_cast<int>(std::uint64_t{node} * 0x9E3779B97F4A7C15 >> 58);
  }
  Node edge(Node node, WordId word) const;
  std::size_t step_slot(Node node, WordId word) const;
  WordId new_word(std::string_view folded);
  Node new_node();
  Node add_step(Node node, WordId word);
  void index_lists();
  void index_stripped();

  Flat<char> letters_;
  Flat<Facts> facts_;  // by word, and one behind the last
  Flat<Slot> table_;
  Flat<LongSlot> long_words_;
  Flat<LongSlot> stripped_;  // words with accents, by the hash of what they are without
  Flat<Step> steps_;
  Flat<WordId> node_word_;
  Flat<Entry> entries_;
  std::uint32_t long_count_ = 0;  // words in long_words_, while it is filled
  std::vector<Lexicon> lexicons_;
  std::array<LexiconId, kWordLists.size()> list_ids_{};  // of the lists that there are
};

}  // namespace glane
