#include "values/offsets.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "values/eight_bytes.h"

namespace glane {
namespace {

constexpr std::uint32_t kStride = 64;
constexpr char32_t kReplacement = 0xFFFD;

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

// Bytes that a lead byte announces; 0 for a byte that cannot lead.
std::uint32_t announced_size(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

// Second bytes are narrower after four leads: no overlong forms, no surrogates, nothing
// above U+10FFFF.
bool may_follow(std::uint8_t lead, std::uint8_t second) {
  const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return low <= second && second <= high;
}

bool is_trail(std::uint8_t byte) { return (byte & 0xC0) == 0x80; }

std::uint32_t trails_in(std::uint64_t word) {
  const std::uint64_t trails = (word & (~word << 1) & eight_bytes::kHighs) >> 7;
  return static_cast<std::uint32_t>(trails * eight_bytes::kOnes >> 56);  // the sum of its bytes
}

std::size_t skip_well_formed(std::string_view text, std::size_t at) {
  while ((at = ascii_end(text, at)) < text.size()) {
    const std::uint8_t lead = byte_at(text, at);
    if (lead >= 0xC2 && lead < 0xE0 && at + 1 < text.size() && is_trail(byte_at(text, at + 1))) {
      at += 2;  // é and its like, without the general case
      continue;
    }
    const bool apostrophe = lead == 0xE2 && at + 2 < text.size() &&
                            is_trail(byte_at(text, at + 1)) && is_trail(byte_at(text, at + 2));
    if (apostrophe) {  // and dashes, the euro
      at += 3;
      continue;
    }
    const Character character = character_at(text, at);
    if (!character.well_formed) break;
    at += character.size;
  }
  return at;
}

}  // namespace

std::size_t ascii_end(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & eight_bytes::kHighs) != 0) break;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

Character character_at(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint32_t size = announced_size(lead);
  if (size == 0) return {kReplacement, 1, false};
  char32_t code = lead & (0x7F >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    if (at + i == text.size()) return {kReplacement, i, false};
    const std::uint8_t byte = byte_at(text, at + i);
    if (i == 1 ? !may_follow(lead, byte) : !is_trail(byte)) return {kReplacement, i, false};
    code = code << 6 | (byte & 0x3F);
  }
  return {code, size, true};
}

void append_utf8(char32_t code, std::string& out) {
  const auto trail = [&](int shift) {
    out.push_back(static_cast<char>(0x80 | ((code >> shift) & 0x3F)));
  };
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | code >> 6));
    trail(0);
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | code >> 12));
    trail(6);
    trail(0);
  } else {
    out.push_back(static_cast<char>(0xF0 | code >> 18));
    trail(12);
    trail(6);
    trail(0);
  }
}

OffsetConverter::OffsetConverter(std::string_view published, OffsetUnit unit)
    : text_(published), unit_(unit) {
  if (unit_ != OffsetUnit::byte) build();
}

std::uint32_t OffsetConverter::units_of(char32_t code) const {
  return unit_ == OffsetUnit::utf16 && code >= 0x10000 ? 2 : 1;
}

// Goes on to the last character boundary at or before byte `limit`.
void OffsetConverter::advance(Place& place, std::size_t limit) const {
  const std::string_view head = text_.substr(0, limit);
  for (;;) {
    const std::size_t at = ascii_end(head, place.byte);
    place.units += static_cast<std::uint32_t>(at) - place.byte;
    place.byte = static_cast<std::uint32_t>(at);
    if (at == limit) return;
    const Character character = character_at(text_, at);
    if (at + character.size > limit) return;
    place.byte += character.size;
    place.units += units_of(character.code);
  }
}

// Of well-formed text: bytes that are no trail (10xxxxxx), eight at a time; in UTF-16 those
// that lead four bytes count once more.
std::uint32_t OffsetConverter::units_in(std::size_t begin, std::size_t end) const {
  auto units = static_cast<std::uint32_t>(end - begin);
  std::size_t at = begin;
  for (; at + sizeof(std::uint64_t) <= end; at += sizeof(std::uint64_t))
    units -= trails_in(eight_bytes::load(text_.data() + at));
  if (at < end && at + sizeof(std::uint64_t) <= text_.size()) {
    const std::uint64_t beyond = ~std::uint64_t{0} << 8 * (end - at);
    units -= trails_in(eight_bytes::load(text_.data() + at) & ~beyond);
  } else {
    for (; at < end; ++at) units -= is_trail(byte_at(text_, at));
  }
  if (unit_ != OffsetUnit::utf16) return units;
  for (at = begin; at < end; ++at) units += byte_at(text_, at) >= 0xF0;
  return units;
}

void OffsetConverter::build() {
  well_formed_ = simdjson::validate_utf8(text_.data(), text_.size());
  checkpoints_.reserve(text_.size() / kStride + 1);
  Place place;
  for (std::size_t limit = 0; limit <= text_.size(); limit += kStride) {
    if (well_formed_) {
      checkpoints_.push_back(place);
      const std::size_t next = std::min<std::size_t>(limit + kStride, text_.size());
      place = {static_cast<std::uint32_t>(next), place.units + units_in(limit, next)};
      continue;
    }
    advance(place, limit);
    checkpoints_.push_back(place);
  }
}

std::uint32_t OffsetConverter::operator()(std::uint32_t byte) const {
  byte = static_cast<std::uint32_t>(std::min<std::size_t>(byte, text_.size()));
  if (unit_ == OffsetUnit::byte) return byte;
  if (well_formed_) {
    while (byte < text_.size() && is_trail(byte_at(text_, byte))) --byte;
  }
  Place place = checkpoints_[byte / kStride];
  if (well_formed_) return place.units + units_in(place.byte, byte);
  advance(place, byte);
  return place.units;
}

std::string slice_utf8(std::string_view published, SourceSpan span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, published.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, published.size());
  const std::string_view slice = published.substr(begin, end - begin);
  std::string out;
  out.reserve(slice.size());
  for (std::size_t at = 0; at < slice.size();) {
    const std::size_t stop = skip_well_formed(slice, at);
    out.append(slice, at, stop - at);
    if (stop == slice.size()) break;
    append_utf8(kReplacement, out);
    at = stop + character_at(slice, stop).size;
  }
  return out;
}

}  // namespace glane
