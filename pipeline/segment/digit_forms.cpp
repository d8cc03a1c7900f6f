#include "segment/digit_forms.h"

#include <array>

#include "values/among.h"

namespace glane {
namespace {

bool plausible(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }

}  // namespace

bool DigitForms::part_of_hour(std::uint32_t at) const {
  if (at < 2 || text_[at - 1] != '/' || (text_[at] != '2' && text_[at] != '4')) return false;
  const bool numerator = text_[at - 2] == '1' || text_[at - 2] == '3';
  return numerator && chars_.is(at + 1, 'h') && !chars_.letter(at + 2) && !chars_.digit(at + 2) &&
         (at == 2 || !chars_.digit(at - 3));
}

std::uint32_t DigitForms::date_end(std::uint32_t at) const {
  const std::uint32_t a = chars_.digits_end(at);
  if (a >= chars_.size() || std::string_view("./-").find(text_[a]) == std::string_view::npos)
    return at;
  const std::uint32_t b = chars_.digits_end(a + 1);
  if (!chars_.is(b, text_[a]) || b == a + 1) return at;
  const std::uint32_t c = chars_.digits_end(b + 1);
  const std::uint32_t la = a - at, lb = b - a - 1, lc = c - b - 1;
  if (lb > 2 || chars_.letter(c) ||
      (chars_.is(c, text_[a]) && chars_.digit(c + 1) && text_[a] == '.'))
    return at;
  if (la == 4 && lc <= 2 && lc > 0 && text_[a] != '.') {
    return plausible(chars_.value_of(b + 1, c), chars_.value_of(a + 1, b)) ? c : at;
  }
  const bool day_first = la <= 2 && (lc == 2 || lc == 4);
  return day_first && plausible(chars_.value_of(at, a), chars_.value_of(a + 1, b)) ? c : at;
}

std::uint32_t DigitForms::time_end(std::uint32_t at) const {
  std::uint32_t end = chars_.digits_end(at);
  if (end - at > 2 || chars_.value_of(at, end) > 24 || end >= chars_.size()) return at;
  const bool colon = text_[end] == ':';
  if (!colon && text_[end] != 'h' && text_[end] != 'H') return at;
  const std::uint32_t minutes = chars_.digits_end(end + 1);
  if (minutes == end + 3 && chars_.value_of(end + 1, minutes) < 60) {
    end = minutes;
    if (chars_.is(end, ':') && chars_.digits_end(end + 1) == end + 3) end += 3;
    return chars_.letter(end) && !chars_.is(end, 'm') ? at : end;
  }
  return !colon && minutes == end + 1 && !chars_.letter(end + 1) ? end + 1 : at;
}

std::uint32_t DigitForms::dotted_digits_end(std::uint32_t at) const {
  std::uint32_t end = chars_.digits_end(at);
  int dots = 0;
  bool thousands = end - at <= 3;
  while (chars_.is(end, '.') && chars_.digit(end + 1)) {
    const std::uint32_t next = chars_.digits_end(end + 1);
    thousands &= next - end == 4;
    end = next;
    ++dots;
  }
  return dots >= 2 && !thousands ? end : at;
}

std::uint32_t DigitForms::number_end(std::uint32_t at) const {
  std::uint32_t end = chars_.digits_end(at);
  if (end - at <= 3) end = groups_end(at, end);
  if ((chars_.is(end, ',') || chars_.is(end, '.')) && chars_.digit(end + 1)) {
    const std::uint32_t fraction = chars_.digits_end(end + 1);
    const bool next = chars_.is(fraction, ',') && chars_.digit(fraction + 1);
    const bool last = at > 1 && text_[at - 1] == ',' && chars_.digit(at - 2);
    const bool listed = chars_.is(end, ',') && (next || last);  // 1,2,3
    if (!listed) end = fraction;
  }
  const char32_t c = chars_.code_point(end);
  return c >= 0xBC && c <= 0xBE ? chars_.after(end) : end;  // 5½
}

// 85 000, 1.200.000, 1'234'567: the same separator between groups of three
std::uint32_t DigitForms::groups_end(std::uint32_t begin, std::uint32_t end) const {
  if (end >= chars_.size() || text_[begin] == '0') return end;
  const char separator = text_[end];
  if (separator != ' ' && separator != '.' && separator != '\'') return end;
  std::uint32_t last = end;
  while (chars_.is(last, separator) && chars_.digits_end(last + 1) == last + 4) last += 4;
  if (last == end && chars_.slice(end, end + 5) == "  000" && !chars_.digit(end + 5))
    return end + 5;
  // "12.345" with one dot is left to the decimal part: the interpreter decides. In
  // "12.345,00" the comma is the decimal mark.
  const bool decimals = chars_.is(last, ',') && chars_.digit(last + 1);
  return separator == '.' && last == end + 4 && !decimals ? end : last;
}

std::uint32_t DigitForms::ordinal_end(std::uint32_t at) const {
  const std::uint32_t end = chars_.letters_end(at);
  static constexpr std::array<std::string_view, 15> kEndings = {
      "er",  "ers",  "re",  "res", "ère", "ères", "e",   "es",
      "ème", "èmes", "eme", "nd",  "nde", "nds",  "ndes"};
  return end > at && among(chars_.slice(at, end), kEndings) && !chars_.digit(end) ? end : at;
}

bool DigitForms::measure_at(std::uint32_t at) const {
  if (!vocabulary_) return false;
  std::uint32_t end = chars_.letters_end(at);
  if (metres_at(at) || times_ten(at, end)) return true;
  if (chars_.digit(end) && !chars_.letter(chars_.digits_end(end)))
    end = chars_.digits_end(end);  // m2
  std::string word = fold(chars_.slice(at, end));
  const char32_t c = chars_.code_point(end);
  if (c == 0x20AC || c == '$' || c == 0xA3) return true;
  const WordId id = vocabulary_->find(word);
  return vocabulary_->member(id, WordList::unit) || vocabulary_->member(id, WordList::currency) ||
         vocabulary_->member(id, WordList::scale);
}

bool DigitForms::times_ten(std::uint32_t at, std::uint32_t end) const {
  return chars_.slice(at, end) == "x" && chars_.slice(end, end + 2) == "10" &&
         (chars_.is(end + 2, '^') || chars_.superscript(end + 2));
}

std::uint32_t DigitForms::code_end(std::uint32_t at) const {
  while (chars_.letter(at) || chars_.digit(at) ||
         (chars_.is(at, '-') && (chars_.letter(at + 1) || chars_.digit(at + 1)))) {
    at = chars_.after(at);
  }
  return at;
}

bool DigitForms::metres_at(std::uint32_t at) const {
  return chars_.is(at, 'm') && chars_.digits_end(at + 1) == at + 3 && !chars_.letter(at + 3);
}

}  // namespace glane
