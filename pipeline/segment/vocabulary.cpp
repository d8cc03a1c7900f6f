#include "segment/vocabulary.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "values/offsets.h"

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
  static constexpr std::string_view kExtendedA =  // from Ā on, capitals too
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrr"
      "ssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  static_assert(kExtendedA.size() == 128);
  if (c >= 0x100 && c <= 0x17F) return kExtendedA[static_cast<std::size_t>(c - 0x100)];
  if (c >= 0x218 && c <= 0x21B) return c <= 0x219 ? 's' : 't';  // Romanian ș, ț
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

}  // namespace

// ASCII and the letters of Latin-1 keep their size: nearly every word is done where it lies, eight
// bytes at a time.
void append_folded(std::string_view text, std::string& out) {
  const std::size_t begin = out.size();
  out += text;
  std::uint64_t carry = 0;  // of a letter that the eight bytes cut
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = std::min<std::size_t>(text.size() - at, 8);
    std::uint64_t word = word_key::load_first(text.data() + at, size);
    const bool cut = carry != 0;
    if (!word_key::fold(word, carry) || (carry != 0 && at + size == text.size())) {
      const std::size_t done = at - (cut ? 1 : 0);
      out.resize(begin + done);
      return fold_slowly(text.substr(done), out);
    }
    word_key::store_first(word, out.data() + begin + at, size);
    at += size;
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

std::string_view Lexicon::cell(std::uint32_t row, std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i] == field) return cell(row, i);
  }
  return {};
}

Vocabulary::Vocabulary() {
  constexpr std::size_t kSlots = 1024;
  facts_.assign(2, {});
  table_.assign(kSlots, {});
  long_words_.assign(kSlots, {});
  steps_.assign(kSlots, {});
  node_word_.push_back(kUnknownWord);
}

namespace {

constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;

// Of words beyond WordKey::kMost: eight bytes at a time.
std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
    hash = (hash ^ word) * kMix;
    hash ^= hash >> 32;
  }
  return static_cast<std::uint32_t>(hash);
}

std::uint32_t hash_of(std::uint32_t node, WordId word) {
  return static_cast<std::uint32_t>(((std::uint64_t{node} << 32 | word) * kMix) >> 32);
}

}  // namespace

std::size_t Vocabulary::slot_of(const WordKey& key, std::uint32_t hash) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const WordId word = table_[at].word;
    if (word == kUnknownWord || facts_[word].key == key) return at;
  }
}

std::size_t Vocabulary::long_slot(std::string_view folded, std::uint32_t hash) const {
  const std::size_t mask = long_words_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const LongSlot& slot = long_words_[at];
    if (slot.word == kUnknownWord) return at;
    if (slot.hash == hash && spelling(slot.word) == folded) return at;
  }
}

namespace {

// Twice the slots, each filled one where its hash puts it.
template <typename Slot, typename Hash>
void grow(Flat<Slot>& slots, Hash hash_of_slot) {
  Flat<Slot> old = std::move(slots);
  slots.assign(old.size() * 2, {});
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : old) {
    if (slot.word == kUnknownWord) continue;
    std::size_t at = hash_of_slot(slot) & mask;
    while (slots[at].word != kUnknownWord) at = (at + 1) & mask;
    slots.at(at) = slot;
  }
}

}  // namespace

WordId Vocabulary::find(const WordKey& key, std::uint32_t hash) const {
  return table_[slot_of(key, hash)].word;
}

WordId Vocabulary::find(std::string_view folded) const {
  if (folded.empty()) return kUnknownWord;
  if (folded.size() > WordKey::kMost) return long_words_[long_slot(folded, hash_of(folded))].word;
  const WordKey key = key_of(folded);
  return find(key, key.hash());
}

WordId Vocabulary::find_stripped(std::string_view folded) const {
  return stripped_.empty() ? kUnknownWord : stripped_[stripped_slot(folded, hash_of(folded))].word;
}

std::size_t Vocabulary::stripped_slot(std::string_view stripped, std::uint32_t hash) const {
  const std::size_t mask = stripped_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const LongSlot& slot = stripped_[at];
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

std::optional<std::string_view> Vocabulary::field(WordId word, WordList lexicon,
                                                  std::string_view field) const {
  if (!member(word, lexicon)) return std::nullopt;
  const LexiconId id = list_ids_[static_cast<std::size_t>(lexicon)];
  for (const Entry& entry : entries(word)) {
    if (entry.lexicon == id) return lexicons_[id].cell(entry.row, field);
  }
  return std::nullopt;
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
  if (const WordId known = find(folded); known != kUnknownWord) return known;
  const WordId word = new_word(folded);
  if (folded.size() > WordKey::kMost) {
    if (++long_count_ * 2 > long_words_.size())
      grow(long_words_, [](const LongSlot& slot) { return slot.hash; });
    const std::uint32_t hash = hash_of(folded);
    long_words_.at(long_slot(folded, hash)) = {hash, word};
  } else {
    if ((size() - long_count_) * 2 > table_.size())
      grow(table_, [&](const Slot& slot) { return facts_[slot.word].key.hash(); });
    const WordKey key = key_of(folded);
    table_.at(slot_of(key, key.hash())) = {word};
  }
  return word;
}

WordId Vocabulary::new_word(std::string_view folded) {
  const auto word = static_cast<WordId>(size());
  facts_.at(word).begin = static_cast<std::uint32_t>(letters_.size());
  facts_.at(word).size = static_cast<std::uint32_t>(folded.size());
  if (folded.size() <= WordKey::kMost) facts_.at(word).key = key_of(folded);
  facts_.push_back({});
  letters_.append(folded);
  return word;
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
    node = add_step(node, add(word));
  }
  node_word_.at(node) = id;
  return id;
}

Vocabulary::Node Vocabulary::new_node() {
  node_word_.push_back(kUnknownWord);
  return static_cast<Node>(node_word_.size() - 1);
}

Vocabulary::Node Vocabulary::add_step(Node node, WordId word) {
  if (node == kRoot) {
    Node& first = facts_.at(word).first;
    return first != kRoot ? first : first = new_node();
  }
  if (node_word_.size() * 2 > steps_.size()) {
    grow(steps_, [](const Step& step) { return hash_of(step.from, step.word); });
  }
  facts_.at(word).behind |= std::uint64_t{1} << sign_of(node);
  Step& step = steps_.at(step_slot(node, word));
  if (step.word == kUnknownWord) step = {node, word, new_node()};
  return step.to;
}

LexiconId Vocabulary::add_lexicon(Lexicon lexicon) {
  lexicons_.push_back(std::move(lexicon));
  return static_cast<LexiconId>(lexicons_.size() - 1);
}

void Vocabulary::finish() {
  std::vector<std::uint32_t> counts(size(), 0);
  for (const Lexicon& lexicon : lexicons_) {
    for (const Lexicon::Row& row : lexicon.rows) ++counts[row.word];
  }
  std::uint32_t first = 0;
  for (WordId word = 0; word < size(); ++word) {
    facts_.at(word).first_entry = first;
    first += counts[word];
  }
  facts_.at(size()).first_entry = first;
  entries_.assign(first, {});
  std::ranges::fill(counts, 0);
  for (LexiconId id = 0; id < lexicons_.size(); ++id) {
    const Flat<Lexicon::Row>& rows = lexicons_[id].rows;
    for (std::uint32_t r = 0; r < rows.size(); ++r) {
      const WordId word = rows[r].word;
      entries_.at(facts_[word].first_entry + counts[word]++) = {id, rows[r].need, r};
    }
  }
  index_lists();
  index_stripped();
}

void Vocabulary::index_lists() {
  for (std::size_t list = 0; list < kWordLists.size(); ++list) {
    const auto id = lexicon_id(kWordLists[list]);
    if (!id) continue;
    list_ids_[list] = *id;
    for (const Lexicon::Row& row : lexicons_[*id].rows)
      facts_.at(row.word).lists |= bit_of(static_cast<WordList>(list));
  }
}

// Of several words that differ by their accents alone, the first.
void Vocabulary::index_stripped() {
  std::vector<WordId> accented;
  for (WordId word = 1; word < size(); ++word) {
    if (ascii_end(spelling(word), 0) < spelling(word).size()) accented.push_back(word);
  }
  stripped_.assign(std::bit_ceil(accented.size() * 2 + 1), {});
  for (const WordId word : accented) {
    const std::string stripped = strip_accents(spelling(word));
    const std::uint32_t hash = hash_of(stripped);
    LongSlot& slot = stripped_.at(stripped_slot(stripped, hash));
    if (slot.word == kUnknownWord) slot = {hash, word};
  }
}

std::optional<LexiconId> Vocabulary::lexicon_id(std::string_view name) const {
  for (std::size_t i = 0; i < lexicons_.size(); ++i) {
    if (lexicons_[i].name == name) return static_cast<LexiconId>(i);
  }
  return std::nullopt;
}

}  // namespace glane
