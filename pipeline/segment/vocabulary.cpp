#include "segment/vocabulary.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace glane {
namespace {

void append_utf8(UChar32 c, std::string& out) {
  char buffer[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

UChar32 next_utf8(std::string_view text, std::size_t& at) {
  UChar32 c;
  auto index = static_cast<int32_t>(at);
  U8_NEXT(text.data(), index, static_cast<int32_t>(text.size()), c);
  at = static_cast<std::size_t>(index);
  return c < 0 ? 0xFFFD : c;
}

// The letters of Latin-1 and Latin Extended-A without their marks, for what French meets.
UChar32 base_letter(UChar32 c) {
  static constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo/ouuuuyts";
  if (c >= 0xE0 && c <= 0xFF && c != 0xF7 && c != 0xFE) {
    return kLatin1[static_cast<std::size_t>(c - 0xE0)];
  }
  return c;
}

}  // namespace

namespace {

void fold_slowly(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = u_tolower(next_utf8(text, i));
    if (c == 0x153) {
      out += "oe";  // cœur is also written coeur
    } else {
      append_utf8(c, out);
    }
  }
}

bool is_trail(char byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

// ASCII and the letters of Latin-1 (lead byte C3) keep their size: nearly every word is done
// where it lies.
void append_folded(std::string_view text, std::string& out) {
  const std::size_t begin = out.size();
  out += text;
  char* letters = out.data() + begin;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(letters[i]);
    if (byte < 0x80) {
      if (byte >= 'A' && byte <= 'Z') letters[i] = static_cast<char>(byte + 32);
    } else if (byte == 0xC3 && i + 1 < text.size() && is_trail(letters[i + 1])) {
      const auto trail = static_cast<unsigned char>(letters[++i]);
      if (trail <= 0x9E && trail != 0x97) letters[i] = static_cast<char>(trail + 0x20);
    } else {
      out.resize(begin + i);
      return fold_slowly(text.substr(i), out);
    }
  }
}

void fold_into(std::string_view text, std::string& out) {
  out.clear();
  append_folded(text, out);
}

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

std::string strip_accents(std::string_view folded) {
  std::string out;
  out.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size();) {
    if (static_cast<unsigned char>(folded[i]) < 0x80) {
      out += folded[i++];
    } else {
      append_utf8(base_letter(next_utf8(folded, i)), out);
    }
  }
  return out;
}

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

}  // namespace

std::string_view Lexicon::cell(std::uint32_t row, std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i] == field) return cells[row * fields.size() + i];
  }
  return {};
}

Vocabulary::Vocabulary()
    : words_(1),
      table_(1024),
      steps_(1024),
      node_word_{kUnknownWord},
      starts_run_{false},
      continues_run_{false} {}

namespace {

constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;

template <typename Word>
std::uint64_t load(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// Up to seven bytes as one number; with their count, no two are alike.
std::uint64_t load_tail(const char* from, std::size_t size) {
  if (size >= 4) return load<std::uint32_t>(from) | load<std::uint32_t>(from + size - 4) << 32;
  if (size == 0) return 0;
  return load<std::uint8_t>(from) | load<std::uint8_t>(from + size / 2) << 8 |
         load<std::uint8_t>(from + size - 1) << 16;
}

// Words are short: eight bytes at a time, one multiplication each. The hash stays inside of
// the process, so the order of bytes in memory does not matter.
std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    hash = (hash ^ load<std::uint64_t>(at)) * kMix;
    hash ^= hash >> 32;
  }
  hash = (hash ^ load_tail(at, left)) * kMix;
  return static_cast<std::uint32_t>(hash >> 32);
}

std::uint32_t hash_of(std::uint32_t node, WordId word) {
  return static_cast<std::uint32_t>(((std::uint64_t{node} << 32 | word) * kMix) >> 32);
}

}  // namespace

std::size_t Vocabulary::slot_of(std::string_view folded, std::uint32_t hash) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = table_[at];
    if (slot.word == kUnknownWord) return at;
    if (slot.hash != hash || slot.letters.size != folded.size()) continue;
    if (std::string_view(letters_).substr(slot.letters.begin, slot.letters.size) == folded)
      return at;
  }
}

namespace {

// Twice the slots, each filled one where its hash puts it.
template <typename Slots, typename Hash>
void grow(Slots& slots, Hash hash_of_slot) {
  Slots old(slots.size() * 2);
  old.swap(slots);
  const std::size_t mask = slots.size() - 1;
  for (const auto& slot : old) {
    if (slot.word == kUnknownWord) continue;
    std::size_t at = hash_of_slot(slot) & mask;
    while (slots[at].word != kUnknownWord) at = (at + 1) & mask;
    slots[at] = slot;
  }
}

}  // namespace

WordId Vocabulary::find(std::string_view folded) const { return find(folded, hash_of(folded)); }

std::uint32_t Vocabulary::hash(std::string_view folded) const {
  const std::uint32_t hash = hash_of(folded);
  __builtin_prefetch(&table_[hash & (table_.size() - 1)]);
  return hash;
}

WordId Vocabulary::find(std::string_view folded, std::uint32_t hash) const {
  return table_[slot_of(folded, hash)].word;
}

WordId Vocabulary::find_stripped(std::string_view folded) const {
  return stripped_.empty() ? kUnknownWord : stripped_[stripped_slot(folded, hash_of(folded))].word;
}

std::size_t Vocabulary::stripped_slot(std::string_view stripped, std::uint32_t hash) const {
  const std::size_t mask = stripped_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = stripped_[at];
    if (slot.word == kUnknownWord) return at;
    if (slot.hash == hash && strip_accents(spelling(slot.word)) == stripped) return at;
  }
}

std::optional<std::string_view> Vocabulary::field(WordId word, std::string_view lexicon,
                                                  std::string_view field) const {
  for (const Entry& entry : entries(word)) {
    const Lexicon& list = lexicons_[entry.lexicon];
    if (list.name == lexicon) return list.cell(entry.row, field);
  }
  return std::nullopt;
}

bool Vocabulary::member(WordId word, LexiconId lexicon) const {
  return std::ranges::any_of(entries(word),
                             [&](const Entry& entry) { return entry.lexicon == lexicon; });
}

// A word is in few lexicons: their names are looked at, not those of all.
bool Vocabulary::member(WordId word, std::string_view lexicon) const {
  return std::ranges::any_of(
      entries(word), [&](const Entry& entry) { return lexicons_[entry.lexicon].name == lexicon; });
}

std::size_t Vocabulary::step_slot(Node node, WordId word) const {
  const std::size_t mask = steps_.size() - 1;
  for (std::size_t at = hash_of(node, word) & mask;; at = (at + 1) & mask) {
    const Step& step = steps_[at];
    if (step.word == kUnknownWord || (step.from == node && step.word == word)) return at;
  }
}

Vocabulary::Node Vocabulary::edge(Node node, WordId word) const {
  return steps_[step_slot(node, word)].to;
}

WordId Vocabulary::add(std::string_view folded) {
  if (folded.empty()) return kUnknownWord;
  if (words_.size() * 3 > table_.size() * 2) {
    grow(table_, [](const Slot& slot) { return slot.hash; });
  }
  const std::uint32_t hash = hash_of(folded);
  Slot& slot = table_[slot_of(folded, hash)];
  if (slot.word != kUnknownWord) return slot.word;
  slot = {hash,
          static_cast<WordId>(words_.size()),
          {static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(folded.size())}};
  words_.push_back(slot.letters);
  letters_ += folded;
  starts_run_.push_back(false);
  continues_run_.push_back(false);
  return slot.word;
}

WordId Vocabulary::add_run(const std::vector<std::string>& folded_words) {
  std::string joined;
  for (const std::string& word : folded_words) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  const WordId id = add(joined);
  if (folded_words.size() < 2) return id;
  Node node = kRoot;
  for (const std::string& word : folded_words) {
    const WordId word_id = add(word);
    (node == kRoot ? starts_run_ : continues_run_)[word_id] = true;
    node = add_step(node, word_id);
  }
  node_word_[node] = id;
  return id;
}

Vocabulary::Node Vocabulary::add_step(Node node, WordId word) {
  if (node_word_.size() * 2 > steps_.size()) {
    grow(steps_, [](const Step& step) { return hash_of(step.from, step.word); });
  }
  Step& step = steps_[step_slot(node, word)];
  if (step.word != kUnknownWord) return step.to;
  step = {node, word, static_cast<Node>(node_word_.size())};
  node_word_.push_back(kUnknownWord);
  return step.to;
}

LexiconId Vocabulary::add_lexicon(Lexicon lexicon) {
  lexicons_.push_back(std::move(lexicon));
  return static_cast<LexiconId>(lexicons_.size() - 1);
}

void Vocabulary::finish() {
  first_entry_.assign(words_.size() + 1, 0);
  for (const Lexicon& lexicon : lexicons_) {
    for (const Lexicon::Row& row : lexicon.rows) ++first_entry_[row.word + 1];
  }
  for (std::size_t w = 1; w < first_entry_.size(); ++w) first_entry_[w] += first_entry_[w - 1];
  entries_.resize(first_entry_.back());
  std::vector<std::uint32_t> next = first_entry_;
  for (LexiconId id = 0; id < lexicons_.size(); ++id) {
    const std::vector<Lexicon::Row>& rows = lexicons_[id].rows;
    for (std::uint32_t r = 0; r < rows.size(); ++r) {
      entries_[next[rows[r].word]++] = {id, rows[r].need, r};
    }
  }
  index_stripped();
}

// Of several words that differ by their accents alone, the first.
void Vocabulary::index_stripped() {
  std::vector<WordId> accented;
  for (WordId word = 1; word < words_.size(); ++word) {
    if (!is_ascii(spelling(word))) accented.push_back(word);
  }
  stripped_.assign(std::bit_ceil(accented.size() * 2 + 1), {});
  for (const WordId word : accented) {
    const std::string stripped = strip_accents(spelling(word));
    const std::uint32_t hash = hash_of(stripped);
    Slot& slot = stripped_[stripped_slot(stripped, hash)];
    if (slot.word == kUnknownWord) slot = {hash, word, {}};
  }
}

std::optional<LexiconId> Vocabulary::lexicon_id(std::string_view name) const {
  for (std::size_t i = 0; i < lexicons_.size(); ++i) {
    if (lexicons_[i].name == name) return static_cast<LexiconId>(i);
  }
  return std::nullopt;
}

}  // namespace glane
