// bytes → normal form and the map back
#include "values/offsets.h"

#include <algorithm>

#include "normalise/normalise.h"
#include "target.h"

namespace glane::fuzz {
namespace {

constexpr std::size_t kMost = 4096;  // bytes of which all is asked

std::vector<std::uint32_t> boundaries(std::string_view text) {
  std::vector<std::uint32_t> places = {0};
  for (std::size_t at = 0; at < text.size();) {
    at += character_at(text, at).size;
    places.push_back(static_cast<std::uint32_t>(at));
  }
  return places;
}

void check_span(std::string_view published, const NormalisedText& text, Span span) {
  const SourceSpan source = text.map.to_source(span);
  require(source.begin <= source.end && source.end <= published.size(), "a source is in the text");
  const Span back = text.map.to_normalised(source);
  require(back.begin <= span.begin && back.end >= span.end, "the map rounds outward");
  require(text.map.to_source(back) == source, "the map is stable");
  require(back.end <= text.text.size(), "a span is in the normal form");
}

// Every character, and every span that begins with it and is a power of two long.
void check_spans(std::string_view published, const NormalisedText& text) {
  const std::vector<std::uint32_t> places = boundaries(text.text);
  SourceSpan last;
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    const SourceSpan one = text.map.to_source({places[i], places[i + 1]});
    require(last.begin <= one.begin && (last.end <= one.begin || last == one),
            "the map is monotone");
    last = one;
    for (std::size_t size = 1; i + size < places.size(); size *= 2) {
      check_span(published, text, {places[i], places[i + size]});
    }
  }
}

void check_units(std::string_view published, OffsetUnit unit) {
  const OffsetConverter convert(published, unit);
  std::uint32_t units = 0;
  for (std::size_t at = 0; at < published.size();) {
    const Character character = character_at(published, at);
    require(convert(static_cast<std::uint32_t>(at)) == units, "offsets count characters");
    at += character.size;
    units += unit == OffsetUnit::byte                               ? character.size
             : unit == OffsetUnit::utf16 && character.code > 0xFFFF ? 2
                                                                    : 1;
  }
  require(convert(static_cast<std::uint32_t>(published.size())) == units, "the end has its offset");
}

}  // namespace

void map_offsets(const std::string& bytes) {
  const std::string_view published = std::string_view(bytes).substr(0, kMost);
  const NormalisedText text = normalise(published);
  check_spans(published, text);
  const auto size = static_cast<std::uint32_t>(published.size());
  require(
      text.map.to_normalised({0, size}) == Span{0, static_cast<std::uint32_t>(text.text.size())},
      "the whole is the whole");
  require(normalise(text.text).diagnostics.empty() || !text.diagnostics.empty() ||
              published.find('\0') != std::string_view::npos,
          "the normal form is well-formed");
  for (const OffsetUnit unit : {OffsetUnit::codepoint, OffsetUnit::byte, OffsetUnit::utf16}) {
    check_units(published, unit);
  }
}

}  // namespace glane::fuzz
