#include "resolve/referents.h"

#include <algorithm>

#include "recognise/short_forms.h"
#include "segment/vocabulary.h"

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

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c != ' ') {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string first_letter(const std::string& word) {
  std::size_t end = 1;
  while (end < word.size() && (word[end] & 0xC0) == 0x80) ++end;
  return word.substr(0, end);
}

}  // namespace

std::string referent_key(std::string_view name) {
  std::string text = strip_accents(fold(name));
  if (is_dotted_acronym(text)) {
    std::erase(text, '.');
    return text;
  }
  std::ranges::replace(text, '-', ' ');
  std::ranges::replace(text, '.', ' ');
  std::vector<std::string> words = words_of(text);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "st") words[i] = "saint";
    if (words[i] == "ste") words[i] = "sainte";
  }
  return joined(words);
}

std::vector<std::string> person_aliases(std::string_view key) {
  std::vector<std::string> out = surnames(key);
  std::vector<std::string> words = words_of(key);
  if (words.size() > kMostWords) return out;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    words[i] = first_letter(words[i]);
    out.push_back(joined(words));
  }
  return out;
}

}  // namespace glane
