#include "vocabulary.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

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

void fold_into(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : text[i]);
      ++i;
      continue;
    }
    const UChar32 c = u_tolower(next_utf8(text, i));
    if (c == 0x153) {
      out += "oe";  // cœur is also written coeur
    } else {
      append_utf8(c, out);
    }
  }
}

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

std::string strip_accents(std::string_view folded) {
  std::string out;
  for (std::size_t i = 0; i < folded.size();) append_utf8(base_letter(next_utf8(folded, i)), out);
  return out;
}

std::string_view Lexicon::cell(std::uint32_t row, std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i] == field) return cells[row * fields.size() + i];
  }
  return {};
}

Vocabulary::Vocabulary() : words_(1), table_(1024), node_word_{kUnknownWord}, starts_run_{false} {}

namespace {

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
}

}  // namespace

std::size_t Vocabulary::slot_of(std::string_view folded, std::uint32_t hash) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = table_[at];
    if (slot.word == kUnknownWord) return at;
    if (slot.hash == hash && spelling(slot.word) == folded) return at;
  }
}

void Vocabulary::grow() {
  std::vector<Slot> old(table_.size() * 2);
  old.swap(table_);
  const std::size_t mask = table_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.word == kUnknownWord) continue;
    std::size_t at = slot.hash & mask;
    while (table_[at].word != kUnknownWord) at = (at + 1) & mask;
    table_[at] = slot;
  }
}

WordId Vocabulary::find(std::string_view folded) const {
  return table_[slot_of(folded, hash_of(folded))].word;
}

WordId Vocabulary::find_stripped(std::string_view folded) const {
  const auto it = stripped_.find(std::string(folded));
  return it == stripped_.end() ? kUnknownWord : it->second;
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

bool Vocabulary::member(WordId word, std::string_view lexicon) const {
  const auto id = lexicon_id(lexicon);
  return id && member(word, *id);
}

Vocabulary::Node Vocabulary::step(Node node, WordId word) const {
  const auto it = steps_.find(std::uint64_t{node} << 32 | word);
  return it == steps_.end() ? kRoot : it->second;
}

WordId Vocabulary::add(std::string_view folded) {
  if (folded.empty()) return kUnknownWord;
  if (words_.size() * 2 > table_.size()) grow();
  const std::uint32_t hash = hash_of(folded);
  Slot& slot = table_[slot_of(folded, hash)];
  if (slot.word != kUnknownWord) return slot.word;
  slot = {hash, static_cast<WordId>(words_.size())};
  words_.push_back({static_cast<std::uint32_t>(letters_.size()),
                    static_cast<std::uint32_t>(folded.size())});
  letters_ += folded;
  starts_run_.push_back(false);
  return slot.word;
}

WordId Vocabulary::add_run(const std::vector<std::string>& folded_words) {
  std::string joined;
  for (const std::string& word : folded_words) joined += (joined.empty() ? "" : " ") + word;
  const WordId id = add(joined);
  if (folded_words.size() < 2) return id;
  Node node = kRoot;
  for (const std::string& word : folded_words) {
    const WordId edge = add(word);
    if (node == kRoot) starts_run_[edge] = true;
    const auto [it, fresh] = steps_.try_emplace(std::uint64_t{node} << 32 | edge,
                                                static_cast<Node>(node_word_.size()));
    if (fresh) node_word_.push_back(kUnknownWord);
    node = it->second;
  }
  node_word_[node] = id;
  return id;
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
  for (WordId word = 1; word < words_.size(); ++word) {
    const std::string_view folded = spelling(word);
    if (std::ranges::all_of(folded, [](char c) { return static_cast<signed char>(c) > 0; })) continue;
    stripped_.emplace(strip_accents(folded), word);
  }
}

std::optional<LexiconId> Vocabulary::lexicon_id(std::string_view name) const {
  for (std::size_t i = 0; i < lexicons_.size(); ++i) {
    if (lexicons_[i].name == name) return static_cast<LexiconId>(i);
  }
  return std::nullopt;
}

}  // namespace glane
