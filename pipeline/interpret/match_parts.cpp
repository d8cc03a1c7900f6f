#include "interpret/match_parts.h"

#include <charconv>

#include "interpret/number_words.h"

namespace glane {

std::optional<int> small_integer(const std::optional<Amount>& amount) {
  auto value = amount && amount->value ? amount->value->to_integer() : std::nullopt;
  return value && *value >= 0 && *value < 100000 ? std::optional(static_cast<int>(*value))
                                                 : std::nullopt;
}

// Digits alone, mostly: no amount is made of them.
std::optional<int> read_small_integer(std::string_view folded) {
  constexpr std::size_t kMostDigits = 5;
  int value = 0;
  const char* end = folded.data() + folded.size();
  const bool short_one = !folded.empty() && folded.size() <= kMostDigits && is_digit(folded[0]);
  if (short_one && std::from_chars(folded.data(), end, value).ptr == end) return value;
  return small_integer(read_amount(folded));
}

// Of two parts of one name the first holds.
void MatchParts::show(const Match& match) {
  match_ = &match;
  present_ = 0;
  for (std::uint32_t i = match.capture_count; i-- > 0;) {
    const Capture& capture = chart_.captures[match.first_capture + i];
    const auto part = static_cast<std::size_t>(rules_.figures->part(capture.name));
    parts_[part] = capture.range;
    present_ |= std::uint64_t{1} << part;
  }
}

std::optional<TokenRange> MatchParts::part(FigurePart part) const {
  return has(part) ? std::optional(parts_[static_cast<std::size_t>(part)]) : std::nullopt;
}

std::string MatchParts::text_of(FigurePart part) const {
  auto range = this->part(part);
  return range ? context_.folded(*range) : std::string();
}

std::string_view MatchParts::field(FigurePart part, WordList lexicon,
                                   std::string_view column) const {
  auto range = this->part(part);
  if (!range) return {};
  return rules_.vocabulary.field(context_.word(*range), lexicon, column).value_or("");
}

std::optional<int> MatchParts::field_number(FigurePart part, WordList lexicon,
                                            std::string_view column) const {
  std::string_view cell = field(part, lexicon, column);
  int value = 0;
  auto [stop, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc() && !cell.empty() ? std::optional(value) : std::nullopt;
}

std::optional<Amount> MatchParts::amount(FigurePart part) const {
  auto range = this->part(part);
  return range ? read_amount(context_.folded(*range)) : std::nullopt;
}

std::optional<int> MatchParts::number_of(FigurePart part) const {
  std::string text = text_of(part);
  if (text.empty()) return std::nullopt;
  if (auto number = read_small_integer(text)) return number;
  auto rank = read_ordinal(text);
  return rank && *rank < 100000 ? std::optional(static_cast<int>(*rank)) : std::nullopt;
}

}  // namespace glane
