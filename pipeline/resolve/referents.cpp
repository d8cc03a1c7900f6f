#include "resolve/referents.h"

#include <algorithm>

#include "recognise/short_forms.h"
#include "segment/vocabulary.h"
#include "values/offsets.h"

namespace glane {
namespace {

// "o.n.u.": letters with a dot behind each, two or more.
bool is_dotted_acronym(std::string_view word) {
  if (word.size() < 4 || word.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool letter = word[i] >= 'a' && word[i] <= 'z';
    if (i % 2 == 0 ? !letter : word[i] != '.') return false;
  }
  return true;
}

// The end of the first letter of a word.
std::size_t letter_end(std::string_view word) {
  std::size_t end = 1;
  while (end < word.size() && (word[end] & 0xC0) == 0x80) ++end;
  return end;
}

// "st" and "ste" before another word.
std::string_view spelled_out(std::string_view word, bool last) {
  if (last) return word;
  return word == "st" ? "saint" : word == "ste" ? "sainte" : word;
}

// Whether folded text without accents is a key: nearly every name.
bool is_key(std::string_view text) {
  std::string_view word = text;  // from its begin on
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) > '.') continue;  // a letter, mostly
    if (text[i] == '-' || text[i] == '.') return false;
    if (text[i] != ' ') continue;
    if (word.data() == &text[i] || word.starts_with("st")) return false;
    word = text.substr(i + 1);
  }
  return !word.empty() && !word.starts_with("st");
}

// The words of folded text, spelled out, with single blanks between them.
std::string words_of(std::string_view text) {
  const auto parts = [](char c) { return c == ' ' || c == '-' || c == '.'; };
  std::string key;
  key.reserve(text.size());
  std::string_view rest = text;
  const auto skip = [&] {
    while (!rest.empty() && parts(rest.front())) rest.remove_prefix(1);
  };
  for (skip(); !rest.empty();) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, parts) - rest.begin());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    skip();
    if (!key.empty()) key += ' ';
    key += spelled_out(word, rest.empty());
  }
  return key;
}

}  // namespace

std::string referent_key(std::string_view name) {
  std::string text = fold(name);
  if (ascii_end(text, 0) < text.size()) text = strip_accents(text);
  if (is_key(text)) return text;
  if (is_dotted_acronym(text))
    std::erase(text, '.');
  else
    text = words_of(text);
  return text;
}

std::vector<std::string> person_aliases(std::string_view key) {
  std::vector<std::string> out;
  for_each_alias(key, [&](std::string_view alias) { out.emplace_back(alias); });
  return out;
}

// Each given name but the last word shrinks to its first letter, one after another.
bool shorten_next(std::string& name, std::size_t& at) {
  const std::size_t blank = name.find(' ', at);
  if (blank == std::string::npos) return false;
  const std::size_t letter = at + letter_end(std::string_view(name).substr(at, blank - at));
  name.erase(letter, blank - letter);
  at = letter + 1;
  return true;
}

}  // namespace glane
