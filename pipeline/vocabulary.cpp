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

Vocabulary::Vocabulary() : node_word_{kUnknownWord} { add(""); }

WordId Vocabulary::find(std::string_view folded) const {
  const auto it = ids_.find(folded);
  return it == ids_.end() ? kUnknownWord : it->second;
}

WordId Vocabulary::find_stripped(std::string_view folded) const {
  const auto it = stripped_.find(folded);
  return it == stripped_.end() ? kUnknownWord : it->second;
}

std::optional<std::string_view> Vocabulary::field(WordId word, std::string_view lexicon,
                                                  std::string_view field) const {
  for (const Entry& entry : entries_[word]) {
    const Lexicon& list = lexicons_[entry.lexicon];
    if (list.name == lexicon) return list.cell(entry.row, field);
  }
  return std::nullopt;
}

bool Vocabulary::member(WordId word, LexiconId lexicon) const {
  return std::ranges::any_of(entries_[word],
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
  if (const auto it = ids_.find(folded); it != ids_.end()) return it->second;
  const auto id = static_cast<WordId>(spellings_.size());
  spellings_.emplace_back(folded);
  ids_.emplace(spellings_.back(), id);
  entries_.emplace_back();
  starts_run_.push_back(false);
  return id;
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

void Vocabulary::add_entry(WordId word, Entry entry) { entries_[word].push_back(entry); }

LexiconId Vocabulary::add_lexicon(Lexicon lexicon) {
  lexicons_.push_back(std::move(lexicon));
  return static_cast<LexiconId>(lexicons_.size() - 1);
}

void Vocabulary::index_stripped() {
  for (WordId id = 1; id < spellings_.size(); ++id) {
    std::string stripped = strip_accents(spellings_[id]);
    if (stripped != spellings_[id]) stripped_.emplace(std::move(stripped), id);
  }
}

std::optional<LexiconId> Vocabulary::lexicon_id(std::string_view name) const {
  for (std::size_t i = 0; i < lexicons_.size(); ++i) {
    if (lexicons_[i].name == name) return static_cast<LexiconId>(i);
  }
  return std::nullopt;
}

}  // namespace glane
