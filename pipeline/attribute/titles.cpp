#include "attribute/titles.h"

#include <algorithm>
#include <tuple>

namespace glane {
namespace {

constexpr std::uint64_t kTools =
    Vocabulary::bit_of(WordList::determiner) | Vocabulary::bit_of(WordList::preposition) |
    Vocabulary::bit_of(WordList::adverb) | Vocabulary::bit_of(WordList::conjunction) |
    Vocabulary::bit_of(WordList::civility);

}  // namespace

void Titles::add(std::uint32_t id, std::uint32_t at, const std::vector<std::string>& words,
                 std::size_t own) {
  constexpr std::size_t kMost = 8;  // introductions kept of one person
  std::vector<Title>& titles = words_[id];
  if (!words.empty() && titles.size() < kMost) titles.push_back({at, words, own});
}

// "guingampais" and "Guingamp", "directeur" and "directrice" begin alike.
bool Titles::akin(const std::string& a, const std::string& b) {
  constexpr std::size_t kLike = 6;
  if (a == b) return true;
  return a.size() >= kLike && b.size() >= kLike && a.compare(0, kLike, b, 0, kLike) == 0;
}

bool Titles::holds(const Title& title, const std::string& word) {
  return std::ranges::any_of(title.words, [&](const std::string& w) { return akin(w, word); });
}

bool Titles::is_office(const Title& title, const std::string& word) {
  const auto end = title.words.begin() + static_cast<std::ptrdiff_t>(title.own);
  return std::any_of(title.words.begin(), end, [&](const auto& w) { return akin(w, word); });
}

bool Titles::titled_otherwise(std::uint32_t id, const std::vector<std::string>& words,
                              std::uint32_t after) const {
  const auto it = words_.find(id);
  if (it == words_.end() || words.empty()) return false;
  for (const Title& title : it->second) {
    if (title.at < after) continue;
    return !std::ranges::all_of(words, [&](const std::string& w) { return holds(title, w); });
  }
  return false;
}

std::optional<Titles::Holder> Titles::holder(const std::vector<std::string>& words,
                                             std::uint32_t before) const {
  if (words.empty()) return std::nullopt;
  std::optional<Holder> best;
  std::tuple<bool, bool, std::uint32_t> rank;
  for (const auto& [id, titles] : words_) {
    for (const Title& title : titles) {
      if (title.at >= before || !is_office(title, words.front())) continue;
      const auto others = words.begin() + 1;
      const bool shared =
          std::all_of(others, words.end(), [&](const std::string& w) { return holds(title, w); });
      const bool head = akin(title.words.front(), words.front());
      const std::tuple<bool, bool, std::uint32_t> here{shared, head, title.at};
      if (best && here <= rank) continue;
      best = Holder{id, shared};
      rank = here;
    }
  }
  return best;
}

std::vector<std::string> Titles::telling_words(std::string_view text, const Chart& chart,
                                               TokenRange range) const {
  std::vector<std::string> out;
  for (std::uint32_t t = range.first; t < range.last; ++t) {
    const Token& token = chart.segments.tokens[t];
    const bool tool = rules_->vocabulary.member_of_any(token.word, kTools);
    if (token.look.shape > Shape::mixed || tool) continue;
    out.push_back(fold(text.substr(token.span.begin, token.span.end - token.span.begin)));
  }
  return out;
}

}  // namespace glane
