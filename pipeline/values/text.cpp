#include "values/text.h"

#include <algorithm>

namespace glane {
namespace {

using Stretches = std::vector<OffsetMap::Stretch>;

// The stretch that holds the byte, never a deletion before it: of several that begin at the
// same place the last is the one with text.
Stretches::const_iterator holding(const Stretches& stretches,
                                  std::uint32_t OffsetMap::Stretch::*begin, std::uint32_t byte) {
  const auto after = std::upper_bound(
      stretches.begin(), stretches.end(), byte,
      [begin](std::uint32_t b, const OffsetMap::Stretch& stretch) { return b < stretch.*begin; });
  return after - 1;
}

}  // namespace

void OffsetMap::append(std::uint32_t normalised_size, std::uint32_t source_size, bool copied) {
  if (normalised_size == 0 && source_size == 0) return;
  const bool joins = copied && !stretches_.empty() && stretches_.back().copied;
  if (!joins) stretches_.push_back({normalised_size_, source_size_, copied});
  normalised_size_ += normalised_size;
  source_size_ += source_size;
}

std::uint32_t OffsetMap::start_of(std::uint32_t byte, std::size_t stretch) const {
  const Stretch& here = stretches_[stretch];
  return here.source_begin + (here.copied ? byte - here.normalised_begin : 0);
}

std::uint32_t OffsetMap::end_after(std::uint32_t byte, std::size_t stretch) const {
  const Stretch& here = stretches_[stretch];
  if (here.copied) return here.source_begin + (byte - here.normalised_begin) + 1;
  return stretch + 1 == stretches_.size() ? source_size_ : stretches_[stretch + 1].source_begin;
}

// Deletions beside a span (a soft hyphen before its first character, a zero-width space
// after its last) stay outside, so a word never takes in what only touches it. An empty
// span is where its next character begins, or where the last one ends.
SourceSpan OffsetMap::to_source(Span span) const {
  span.end = std::min(span.end, normalised_size_);
  if (normalised_size_ == 0) return {0, 0};
  const auto stretch_of = [this](std::uint32_t byte) {
    return static_cast<std::size_t>(holding(stretches_, &Stretch::normalised_begin, byte) -
                                    stretches_.begin());
  };
  if (span.begin >= normalised_size_) {
    const std::uint32_t last = normalised_size_ - 1;
    const std::uint32_t end = end_after(last, stretch_of(last));
    return {end, end};
  }
  const std::uint32_t begin = start_of(span.begin, stretch_of(span.begin));
  const std::uint32_t last = span.end - 1;
  return {begin, span.end > span.begin ? end_after(last, stretch_of(last)) : begin};
}

Span OffsetMap::to_normalised(SourceSpan span) const {
  span.end = std::min(span.end, source_size_);
  if (span.begin >= source_size_) return {normalised_size_, normalised_size_};
  const auto first = holding(stretches_, &Stretch::source_begin, span.begin);
  const std::uint32_t begin =
      first->normalised_begin + (first->copied ? span.begin - first->source_begin : 0);
  if (span.end <= span.begin) return {begin, begin};
  const auto last = holding(stretches_, &Stretch::source_begin, span.end - 1);
  if (last->copied) return {begin, last->normalised_begin + (span.end - last->source_begin)};
  return {begin, last + 1 == stretches_.end() ? normalised_size_ : (last + 1)->normalised_begin};
}

}  // namespace glane
