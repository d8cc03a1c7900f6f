// Normalised text → tokens, sentences, paragraphs.
//
// One scan from left to right. Each scan_* function is given the place where its kind of
// token may begin and returns where it ends, or that same place when there is none; no
// character is looked at more than a bounded number of times.

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "segment/token.h"

namespace glane {
namespace {

enum class Char : std::uint8_t { other, upper, lower, digit, space, newline, mark };

Char classify(UChar32 c) {
  if (c == '\n') return Char::newline;
  if (c == ' ') return Char::space;
  if (c == 0xB2 || c == 0xB3) return Char::lower;  // m², m³ are words
  switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return Char::upper;
    case U_LOWERCASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return Char::lower;
    case U_DECIMAL_DIGIT_NUMBER:
      return c < 0x80 ? Char::digit : Char::other;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return Char::mark;
    case U_SPACE_SEPARATOR:
    case U_CONTROL_CHAR:
      return Char::space;
    default:
      return Char::other;
  }
}

constexpr UChar32 kTableSize = 0x250;

std::array<Char, kTableSize> make_table() {
  std::array<Char, kTableSize> table{};
  for (UChar32 c = 0; c < kTableSize; ++c) table[static_cast<std::size_t>(c)] = classify(c);
  return table;
}

const std::array<Char, kTableSize> kTable = make_table();

constexpr std::array<std::string_view, 19> kElisions = {
    "l'",      "d'",      "qu'",    "j'",        "n'",      "s'",      "c'",
    "m'",      "t'",      "jusqu'", "lorsqu'",   "puisqu'", "quoiqu'", "ç'",
    "quelqu'", "presqu'", "entr'",  "parce qu'", "hors d'"};
constexpr std::array<std::string_view, 11> kClitics = {"je",   "tu",  "il",    "elle", "on", "nous",
                                                       "vous", "ils", "elles", "ce",   "t"};
constexpr std::array<std::string_view, 26> kAbbreviations = {
    "m",   "mm",  "dr",  "pr",  "st",  "ste",  "me", "mgr", "av", "bd",  "no",   "art", "cf",
    "env", "fig", "vol", "inc", "ltd", "corp", "co", "jr",  "sr", "mme", "mlle", "p",   "vs"};
constexpr std::array<std::string_view, 11> kMonthAbbreviations = {
    "jan", "janv", "fév", "févr", "avr", "juil", "juill", "sept", "oct", "nov", "déc"};
// Abbreviations that something always follows.
constexpr std::array<std::string_view, 3> kNeverLast = {"tél", "tel", "env"};
constexpr std::array<std::string_view, 3> kBeforeNetwork = {"sur", "via", "réseau"};
constexpr std::array<std::string_view, 16> kDomains = {"fr",   "com", "be",  "lu",   "ch", "ca",
                                                       "org",  "net", "eu",  "info", "io", "tv",
                                                       "gouv", "int", "gov", "edu"};

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

class Segmenter {
 public:
  Segmenter(std::string_view text, const Vocabulary* vocabulary)
      : text_(text), size_(static_cast<std::uint32_t>(text.size())), vocabulary_(vocabulary) {}

  // The tokens alone, without what they are in a text or a vocabulary.
  std::vector<Token> cut() {
    out_.tokens.reserve(8);
    while (at_ < size_) scan();
    return std::move(out_.tokens);
  }

  Segments run() {
    out_.tokens.reserve(text_.size() / 5 + 1);
    while (at_ < size_) scan();
    split();
    if (vocabulary_) {
      find_words();
      calm_headlines();
      find_compounds();
    }
    return std::move(out_);
  }

 private:
  // --- characters ---
  UChar32 code_point(std::uint32_t at) const {
    if (at >= size_) return -1;
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return byte;
    if (byte >= 0xC2 && byte < 0xE0) {
      return (byte & 0x1F) << 6 | (static_cast<unsigned char>(text_[at + 1]) & 0x3F);
    }
    UChar32 c;
    U8_GET_UNSAFE(text_.data(), at, c);
    return c;
  }
  std::uint32_t after(std::uint32_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    return at + (byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4);
  }
  Char kind(std::uint32_t at) const {
    if (at >= size_) return Char::newline;
    const UChar32 c = code_point(at);
    return c < kTableSize ? kTable[static_cast<std::size_t>(c)] : classify(c);
  }
  bool letter(std::uint32_t at) const {
    const Char k = kind(at);
    return k == Char::upper || k == Char::lower;
  }
  bool digit(std::uint32_t at) const { return at < size_ && text_[at] >= '0' && text_[at] <= '9'; }
  bool is(std::uint32_t at, char c) const { return at < size_ && text_[at] == c; }
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }
  std::uint32_t digits_end(std::uint32_t at) const {
    while (digit(at)) ++at;
    return at;
  }
  std::uint32_t letters_end(std::uint32_t at) const {
    bool capitals = false;
    return letters_end(at, capitals);
  }
  // Tells whether there are capitals on the way.
  std::uint32_t letters_end(std::uint32_t at, bool& capitals) const {
    while (at < size_) {
      const Char k = kind(at);
      if (k != Char::lower && k != Char::upper && k != Char::mark) break;
      capitals |= k == Char::upper;
      at = after(at);
    }
    return at;
  }
  // ⁵, ¹, ⁻
  bool superscript(std::uint32_t at) const {
    const UChar32 c = code_point(at);
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 || (c >= 0x2074 && c <= 0x207B);
  }
  std::uint32_t exponent_end(std::uint32_t at) const {
    while (at < size_ && superscript(at)) at = after(at);
    return at;
  }
  int value_of(std::uint32_t begin, std::uint32_t end) const {
    int value = 0;
    for (std::uint32_t i = begin; i < end && value < 100000; ++i)
      value = value * 10 + text_[i] - '0';
    return value;
  }

  // --- one token ---
  void scan() {
    const Char k = kind(at_);
    if (k == Char::space || k == Char::newline) {
      at_ = after(at_);
    } else if (k == Char::upper || k == Char::lower) {
      if (text_[at_] == '\xC2' && superscript(at_)) return emit(exponent_end(at_), Shape::symbol);
      scan_word();
    } else if (k == Char::digit) {
      scan_digits(at_);
    } else {
      scan_mark();
    }
  }

  void emit(std::uint32_t end, Shape shape) {
    Token token;
    token.span = {at_, end};
    token.look.shape = shape;
    token.look.glued = at_ > 0 && !out_.tokens.empty() && out_.tokens.back().span.end == at_;
    out_.tokens.push_back(token);
    at_ = end;
  }

  // --- words ---
  void scan_word() {
    if (const std::uint32_t end = url_end(at_); end != at_) return emit(end, Shape::url);
    bool capitals = false;
    std::uint32_t end = letters_end(at_, capitals);
    if (end == at_ + 1 && stands_apart(end)) return emit(end, Shape::lower);
    if (plain_end(end)) return emit(end, capitals ? shape_of(at_, end) : Shape::lower);
    if (const std::uint32_t dotted = dotted_end(end); dotted != end) {
      const bool single = dotted - at_ <= 6;
      return emit(dotted, single ? Shape::initial : Shape::upper);
    }
    if (const std::uint32_t elided = elision_end(end); elided != end) {
      return emit(elided, kind(at_) == Char::upper ? Shape::cap : Shape::lower);
    }
    if (currency_code(end)) return emit(end, Shape::upper);
    end = word_end(end);
    if (is(end, '.') && abbreviation(end)) ++end;
    emit(end, shape_of(at_, end));
  }

  // Whether the letters of a word are followed by what no word contains: nearly always.
  bool plain_end(std::uint32_t end) const {
    if (end >= size_) return true;
    const char c = text_[end];
    if (c == ' ') return !is(end + 1, '\'');
    return c == ',' || c == '\n' || c == ')' || c == ';' || c == ':' || c == '"';
  }

  // Behind digits "m" and "x" are words of their own before more of them: "6m03", "1,5x10⁻⁵".
  bool stands_apart(std::uint32_t end) const {
    return at_ > 0 && digit(at_ - 1) && (metres_at(at_) || times_ten(at_, end));
  }
  bool metres_at(std::uint32_t at) const {
    return is(at, 'm') && digits_end(at + 1) == at + 3 && !letter(at + 3);
  }

  // Extends a word over hyphens, inner apostrophes, digits, & and currency signs.
  std::uint32_t word_end(std::uint32_t end) {
    bool hyphenated = false;
    for (;;) {
      const std::uint32_t next = end + 1;
      if (is(end, '-') && digit(next) && slice(at_, end) == "h") return end;  // "18 h-19 h"
      if (is(end, '-') && (letter(next) || digit(next))) {
        if (clitic_at(end) || prefix(end)) return prefix(end) ? next : end;
        hyphenated = true;
        end = letters_end(next);
      } else if (is(end, '\'') && letter(next) && (hyphenated || inner_apostrophe(end))) {
        end = letters_end(next);
      } else if (digit(end)) {
        end = digits_end(end);
      } else if (letter(end)) {
        end = letters_end(end);
      } else if (is(end, '&') && kind(next) == Char::upper && kind(end - 1) == Char::upper) {
        end = letters_end(next);
      } else if (is(end, '.') && domain_at(next)) {
        end = letters_end(next);
      } else {
        return currency_end(end);
      }
    }
  }

  // "EUR29,99": the code of a currency right before an amount is a word of its own; "COP22"
  // is no amount.
  bool currency_code(std::uint32_t end) const {
    if (end - at_ != 3 || !digit(end) || !vocabulary_) return false;
    if (kind(at_) != Char::upper || kind(at_ + 1) != Char::upper || kind(at_ + 2) != Char::upper) {
      return false;
    }
    const std::uint32_t amount = number_end(end);
    return amount != digits_end(end) && !letter(amount) &&
           vocabulary_->member(vocabulary_->find(fold(slice(at_, end))), "currency");
  }

  // "k€", "Md$": a scale letter and its sign are one word.
  std::uint32_t currency_end(std::uint32_t end) const {
    const UChar32 c = code_point(end);
    if (c != 0x20AC && c != '$' && c != 0xA3) return end;
    const std::string_view word = slice(at_, end);
    const bool scale = word == "k" || word == "K" || word == "M" || word == "Md" || word == "Mds" ||
                       word == "G" || word == "Mrd" || word == "US";
    return scale ? after(end) : end;
  }

  bool domain_at(std::uint32_t at) const {
    const std::uint32_t end = letters_end(at);
    return end > at && kind(end) != Char::digit && one_of(fold(slice(at, end)), kDomains) &&
           !(is(end, '-'));
  }

  // Apostrophes that do not elide: "prud'homme", "O'Brien", "rock'n'roll"; not "Google's".
  bool inner_apostrophe(std::uint32_t at) const { return !(is(at + 1, 's') && !letter(at + 2)); }

  // A word of many hyphens is not folded at each.
  bool prefix(std::uint32_t hyphen) const {
    return hyphen - at_ == 2 && fold(slice(at_, hyphen)) == "ex";
  }

  bool clitic_at(std::uint32_t hyphen) const {
    std::uint32_t begin = hyphen + 1;
    std::uint32_t end = letters_end(begin);
    if (slice(begin, end) == "t" && is(end, '-')) {
      begin = end + 1;
      end = letters_end(begin);
    }
    const std::string_view word = slice(begin, end);
    if (is(end, '-') || !one_of(word, kClitics) || word == "t") return false;
    if (word != "vous" || hyphen - at_ > 6) return true;
    const std::string base = fold(slice(at_, hyphen));
    return base != "rendez" && base != "est";
  }

  std::uint32_t elision_end(std::uint32_t end) const {
    // "l 'histoire": a stray space before the apostrophe still elides.
    const std::uint32_t mark =
        end - at_ == 1 && is(end, ' ') && is(end + 1, '\'') && letter(end + 2) ? end + 1 : end;
    if (!is(mark, '\'')) return end;
    std::string word = fold(slice(at_, end)) + "'";
    if (!one_of(word, kElisions)) return end;
    if (whole_word_apostrophe(word, mark + 1)) return end;
    return mark + 1;
  }

  // "quelqu'un", "presqu'île", "N'Djamena", "M'Bappé" are words of their own.
  bool whole_word_apostrophe(std::string_view word, std::uint32_t next) const {
    if (word.size() > 4 && (word == "quelqu'" || word == "presqu'" || word == "entr'")) {
      return fold(slice(next, letters_end(next))) != "à";
    }
    if (kind(at_) != Char::upper || kind(next) != Char::upper) return false;
    if (word == "l'" || word == "d'" || word == "qu'") return false;
    const UChar32 c = u_tolower(code_point(next));
    return c < 0x80 &&
           std::string_view("aeiouyh").find(static_cast<char>(c)) == std::string_view::npos;
  }

  // "J.", "J.-L.", "O.N.U.": capitals each followed by a dot. Returns `end` when none.
  std::uint32_t dotted_end(std::uint32_t end) const {
    std::uint32_t at = at_;
    std::uint32_t last = end;
    bool found = false;
    while (kind(at) == Char::upper && !letter(after(at)) && is(after(at), '.')) {
      at = last = after(at) + 1;
      found = true;
      if (is(at, '-') && kind(at + 1) == Char::upper && is(after(at + 1), '.')) ++at;
    }
    if (!found || (letter(last) && kind(last) == Char::lower)) return end;
    const bool several = last - at_ > 3;
    if (!several && network_before()) return end;
    return several || kind(last) == Char::upper || name_follows(last) ? last : end;
  }

  // "a réagi sur X. Le ministre": the sentence ends there.
  bool network_before() const {
    if (out_.tokens.empty() || !is(at_, 'X')) return false;
    const Span before = out_.tokens.back().span;
    return one_of(fold(slice(before.begin, before.end)), kBeforeNetwork);
  }

  // "M. Petit", "M. et Mme Petit".
  bool name_follows(std::uint32_t end) const {
    if (!is(end, ' ')) return false;
    const bool joined = slice(end, end + 4) == " et ";
    return kind(joined ? end + 4 : end + 1) == Char::upper;
  }

  bool abbreviation(std::uint32_t dot) const {
    const std::string word = fold(slice(at_, dot));
    if (word == "etc") return true;
    if (one_of(word, kMonthAbbreviations)) return dotted_month(dot + 1);
    if (one_of(word, kNeverLast)) return is(dot + 1, ' ') || is(dot + 1, ':');
    if (!is(dot + 1, ' ')) return false;
    if (!one_of(word, kAbbreviations)) return false;
    if (word == "m" && at_ > 0 && digit(at_ - 1)) return false;  // "le 100m. Lui"
    return kind(dot + 2) == Char::upper || digit(dot + 2);
  }

  // "sept. 2024"; behind a day where no sentence ends: "le 3 sept. dernier", "le 3 sept., à".
  bool dotted_month(std::uint32_t after_dot) const {
    if (is(after_dot, ' ') && digit(after_dot + 1)) return true;
    const bool day = !out_.tokens.empty() && (out_.tokens.back().look.shape == Shape::number ||
                                              out_.tokens.back().look.shape == Shape::ordinal);
    return day &&
           (is(after_dot, ',') || (is(after_dot, ' ') && kind(after_dot + 1) == Char::lower));
  }

  Shape shape_of(std::uint32_t begin, std::uint32_t end) const {
    int uppers = 0;
    int lowers = 0;
    int digits = 0;
    bool inner_upper = false;
    bool part_start = true;
    for (std::uint32_t i = begin; i < end; i = after(i)) {
      const Char k = kind(i);
      uppers += k == Char::upper;
      lowers += k == Char::lower;
      digits += k == Char::digit;
      inner_upper |= k == Char::upper && !part_start;
      part_start = k == Char::other;
    }
    if (uppers > 0 && lowers > 0 && roman_ordinal(slice(begin, end))) return Shape::ordinal;
    if (uppers == 0) return digits == 0 ? Shape::lower : Shape::mixed;
    if (lowers == 0 && uppers > 1) return Shape::upper;
    if (digits > 0) return Shape::mixed;
    if (uppers == 1 && lowers == 0) return vowel_word(begin) ? Shape::cap : Shape::initial;
    return kind(begin) == Char::upper && !inner_upper ? Shape::cap : Shape::mixed;
  }

  // "À", "A", "Ô", "Y" alone are words before they are initials.
  bool vowel_word(std::uint32_t at) const {
    const UChar32 c = code_point(at);
    return c == 'A' || c == 0xC0 || c == 'Y' || c == 0xD4;
  }

  static bool roman_ordinal(std::string_view word) {
    const std::size_t numeral = word.find_first_not_of("IVXLCDM");
    if (numeral == std::string_view::npos || numeral == 0) return false;
    if (numeral == 1 && word[0] != 'I' && word[0] != 'V' && word[0] != 'X') return false;
    const std::string_view ending = word.substr(numeral);
    return ending == "e" || ending == "er" || ending == "ème" || ending == "ère" ||
           ending == "re" || ending == "es";
  }

  // The next @ of the text, which makes a mail address; its size when there is none.
  std::uint32_t next_at_sign(std::uint32_t at) {
    if (at_sign_ < at || !at_sign_known_) {
      at_sign_ = static_cast<std::uint32_t>(std::min(text_.find('@', at), text_.size()));
      at_sign_known_ = true;
    }
    return at_sign_;
  }

  std::uint32_t url_end(std::uint32_t at) {
    const std::string_view rest = text_.substr(at, 8);
    const bool scheme =
        rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
    if (!scheme && next_at_sign(at) == size_) return at;
    std::uint32_t end = at;
    bool mail = false;
    while (end < size_ && url_character(end)) {
      if (text_[end] == '@' && end > at && letter(end + 1)) mail = true;
      if (!scheme && !mail && text_[end] != '.' && text_[end] != '-' && text_[end] != '_' &&
          text_[end] != '@' && !std::isalnum(static_cast<unsigned char>(text_[end]))) {
        break;
      }
      ++end;
    }
    if (!scheme && !mail) return at;
    while (end > at && (is(end - 1, '.') || is(end - 1, ',') || is(end - 1, ')'))) --end;
    return end;
  }
  bool url_character(std::uint32_t at) const {
    const auto c = static_cast<unsigned char>(text_[at]);
    return c > ' ' && c < 0x80 && c != '"' && c != '<' && c != '>';
  }

  // --- digits ---
  void scan_digits(std::uint32_t from) {
    if (from == at_) {
      if (const std::uint32_t end = date_end(from); end != from) return emit(end, Shape::date);
      if (part_of_hour(from)) return emit(from + 1, Shape::number);
      if (const std::uint32_t end = time_end(from); end != from) return emit(end, Shape::time);
      if (const std::uint32_t end = dotted_digits_end(from); end != from) {
        return emit(end, Shape::code);
      }
    }
    const std::uint32_t end = number_end(from);
    if (const std::uint32_t ordinal = ordinal_end(end); ordinal != end) {
      return emit(ordinal, Shape::ordinal);
    }
    const bool power = slice(from, end) == "10" && superscript(end);
    if (letter(end) && !power && !measure_at(end)) return emit(code_end(end), Shape::code);
    emit(end, Shape::number);
    if (power) emit(exponent_end(end), Shape::symbol);
  }

  // "1/4h" is a quarter of an hour, not four o'clock.
  bool part_of_hour(std::uint32_t at) const {
    if (at < 2 || text_[at - 1] != '/' || (text_[at] != '2' && text_[at] != '4')) return false;
    const bool numerator = text_[at - 2] == '1' || text_[at - 2] == '3';
    return numerator && is(at + 1, 'h') && !letter(at + 2) && !digit(at + 2) &&
           (at == 2 || !digit(at - 3));
  }

  // 13.03.23, 12/03/2025, 12-03-2025, 2016-11-07
  std::uint32_t date_end(std::uint32_t at) const {
    const std::uint32_t a = digits_end(at);
    if (a >= size_ || std::string_view("./-").find(text_[a]) == std::string_view::npos) return at;
    const std::uint32_t b = digits_end(a + 1);
    if (!is(b, text_[a]) || b == a + 1) return at;
    const std::uint32_t c = digits_end(b + 1);
    const std::uint32_t la = a - at, lb = b - a - 1, lc = c - b - 1;
    if (lb > 2 || letter(c) || (is(c, text_[a]) && digit(c + 1) && text_[a] == '.')) return at;
    if (la == 4 && lc <= 2 && lc > 0 && text_[a] != '.') {
      return plausible(value_of(b + 1, c), value_of(a + 1, b)) ? c : at;
    }
    const bool day_first = la <= 2 && (lc == 2 || lc == 4);
    return day_first && plausible(value_of(at, a), value_of(a + 1, b)) ? c : at;
  }
  static bool plausible(int day, int month) {
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
  }

  // 22:35, 22:35:10, 14h30, 14H30, 8h
  std::uint32_t time_end(std::uint32_t at) const {
    std::uint32_t end = digits_end(at);
    if (end - at > 2 || value_of(at, end) > 24 || end >= size_) return at;
    const bool colon = text_[end] == ':';
    if (!colon && text_[end] != 'h' && text_[end] != 'H') return at;
    const std::uint32_t minutes = digits_end(end + 1);
    if (minutes == end + 3 && value_of(end + 1, minutes) < 60) {
      end = minutes;
      if (is(end, ':') && digits_end(end + 1) == end + 3) end += 3;
      return letter(end) && !is(end, 'm') ? at : end;
    }
    return !colon && minutes == end + 1 && !letter(end + 1) ? end + 1 : at;
  }

  // 192.168.1.2, 2.0.1: three groups or more that are no thousands
  std::uint32_t dotted_digits_end(std::uint32_t at) const {
    std::uint32_t end = digits_end(at);
    int dots = 0;
    bool thousands = end - at <= 3;
    while (is(end, '.') && digit(end + 1)) {
      const std::uint32_t next = digits_end(end + 1);
      thousands &= next - end == 4;
      end = next;
      ++dots;
    }
    return dots >= 2 && !thousands ? end : at;
  }

  std::uint32_t number_end(std::uint32_t at) const {
    std::uint32_t end = digits_end(at);
    if (end - at <= 3) end = groups_end(at, end);
    if ((is(end, ',') || is(end, '.')) && digit(end + 1)) {
      const std::uint32_t fraction = digits_end(end + 1);
      const bool next = is(fraction, ',') && digit(fraction + 1);
      const bool last = at > 1 && text_[at - 1] == ',' && digit(at - 2);
      const bool listed = is(end, ',') && (next || last);  // 1,2,3
      if (!listed) end = fraction;
    }
    const UChar32 c = code_point(end);
    return c >= 0xBC && c <= 0xBE ? after(end) : end;  // 5½
  }

  // 85 000, 1.200.000, 1'234'567: the same separator between groups of three
  std::uint32_t groups_end(std::uint32_t begin, std::uint32_t end) const {
    if (end >= size_ || text_[begin] == '0') return end;
    const char separator = text_[end];
    if (separator != ' ' && separator != '.' && separator != '\'') return end;
    std::uint32_t last = end;
    while (is(last, separator) && digits_end(last + 1) == last + 4) last += 4;
    if (last == end && slice(end, end + 5) == "  000" && !digit(end + 5)) return end + 5;
    // "12.345" with one dot is left to the decimal part: the interpreter decides. In
    // "12.345,00" the comma is the decimal mark.
    const bool decimals = is(last, ',') && digit(last + 1);
    return separator == '.' && last == end + 4 && !decimals ? end : last;
  }

  std::uint32_t ordinal_end(std::uint32_t at) const {
    const std::uint32_t end = letters_end(at);
    static constexpr std::array<std::string_view, 15> kEndings = {
        "er",  "ers",  "re",  "res", "ère", "ères", "e",   "es",
        "ème", "èmes", "eme", "nd",  "nde", "nds",  "ndes"};
    return end > at && one_of(slice(at, end), kEndings) && !digit(end) ? end : at;
  }

  // Letters directly after digits that are a unit, a currency or a scale: "20k€", "30km".
  bool measure_at(std::uint32_t at) const {
    if (!vocabulary_) return false;
    std::uint32_t end = letters_end(at);
    if (metres_at(at) || times_ten(at, end)) return true;
    if (digit(end) && !letter(digits_end(end))) end = digits_end(end);  // m2
    std::string word = fold(slice(at, end));
    const UChar32 c = code_point(end);
    if (c == 0x20AC || c == '$' || c == 0xA3) return true;
    const WordId id = vocabulary_->find(word);
    return vocabulary_->member(id, "unit") || vocabulary_->member(id, "currency") ||
           vocabulary_->member(id, "scale");
  }

  // "1,5x10⁻⁵", "3x10^8"
  bool times_ten(std::uint32_t at, std::uint32_t end) const {
    return slice(at, end) == "x" && slice(end, end + 2) == "10" &&
           (is(end + 2, '^') || superscript(end + 2));
  }

  std::uint32_t code_end(std::uint32_t at) const {
    while (letter(at) || digit(at) || (is(at, '-') && (letter(at + 1) || digit(at + 1)))) {
      at = after(at);
    }
    return at;
  }

  // --- everything else ---
  void scan_mark() {
    const UChar32 c = code_point(at_);
    if ((c == '-' || c == '+') && digit(at_ + 1) && signs(c)) return scan_signed();
    const bool hangs = at_ == 0 || (!out_.tokens.empty() && out_.tokens.back().span.end == at_);
    if (c == '-' && hangs && letter(at_ + 1) && clitic_at(at_) && scan_clitic()) {
      return;
    }
    if (c == '\'' && is(at_ + 1, 's') && !letter(at_ + 2)) return emit(at_ + 2, Shape::lower);
    if (c == '.' && is(at_ + 1, '.') && is(at_ + 2, '.')) return emit(dots_end(), Shape::punct);
    if ((c == '@' || c == '#') && letter(at_ + 1)) return emit(tag_end(), Shape::url);
    if (c == 0xB0 && (is(at_ + 2, 'C') || is(at_ + 2, 'F') || is(at_ + 2, 'c')) &&
        !letter(at_ + 3)) {
      return emit(at_ + 3, Shape::symbol);
    }
    if (c >= 0xBC && c <= 0xBE) return emit(after(at_), Shape::number);
    if (c == ',' && bare_fraction()) return emit(digits_end(at_ + 1), Shape::number);
    if (superscript(at_)) return emit(exponent_end(at_), Shape::symbol);
    if ((c == '<' || c == '>') && is(at_ + 1, static_cast<char>(c))) {
      return emit(at_ + 2, Shape::punct);
    }
    emit(after(at_), u_ispunct(c) && c != '%' && c != '&' ? Shape::punct : Shape::symbol);
  }

  // "de ,5 g": one or two digits behind a comma that follows a space and closes nothing.
  bool bare_fraction() const {
    const std::uint32_t end = digits_end(at_ + 1);
    const bool apart = at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '(';
    return apart && end > at_ + 1 && end < at_ + 4 && !is(end, ',') && !is(end, '.');
  }

  std::uint32_t dots_end() const {
    std::uint32_t end = at_;
    while (is(end, '.')) ++end;
    return end;
  }

  std::uint32_t tag_end() const {
    std::uint32_t end = at_ + 1;
    while (letter(end) || digit(end) || is(end, '_')) end = after(end);
    return end;
  }

  // A sign belongs to the number after a space or an opening bracket and at the start of the
  // text; "-" at the start of another line is a bullet.
  bool signs(UChar32 c) const {
    if (at_ == 0) return true;
    const char before = text_[at_ - 1];
    return before == '(' || before == ' ' || (c == '+' && before == '\n');
  }
  void scan_signed() { scan_digits(at_ + 1); }

  // "-t-il", "-elle" after a verb
  bool scan_clitic() {
    std::uint32_t end = letters_end(at_ + 1);
    if (slice(at_ + 1, end) == "t" && is(end, '-')) end = letters_end(end + 1);
    emit(end, Shape::lower);
    return true;
  }

  // --- sentences and paragraphs ---
  void split() {
    const auto count = static_cast<std::uint32_t>(out_.tokens.size());
    std::uint32_t sentence = 0;
    std::uint32_t paragraph = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool last = i + 1 == count;
      const bool line = !last && hard_break(i);
      if (last || line || ends_sentence(i)) {
        out_.sentences.push_back({sentence, i + 1});
        mark_start(sentence, i + 1);
        sentence = i + 1;
      }
      if (last || line) {
        out_.paragraphs.push_back({paragraph, i + 1});
        paragraph = i + 1;
      }
    }
  }

  void mark_start(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (out_.tokens[i].look.shape == Shape::punct || out_.tokens[i].look.shape == Shape::symbol) {
        continue;
      }
      out_.tokens[i].look.start = true;
      return;
    }
  }

  std::string_view token_text(std::uint32_t i) const {
    return slice(out_.tokens[i].span.begin, out_.tokens[i].span.end);
  }

  // A line break ends the paragraph unless the line was only wrapped: no final mark, and the
  // next line goes on in lower case (or, in capitals, with a preposition).
  bool hard_break(std::uint32_t i) const {
    const Token& here = out_.tokens[i];
    const Token& next = out_.tokens[i + 1];
    const std::string_view gap = slice(here.span.end, next.span.begin);
    if (gap.empty() || gap == " ") return false;
    const auto lines = std::ranges::count(gap, '\n');
    if (lines == 0) return false;
    if (lines > 1 || here.look.shape == Shape::punct) return true;
    if (next.look.shape == Shape::lower) return false;
    const std::string_view word = token_text(i + 1);
    const bool heading =
        here.look.shape == Shape::upper &&
        (word == "DU" || word == "DE" || word == "DES" || word == "D'" || word == "ET");
    return !heading;
  }

  bool ends_sentence(std::uint32_t i) const {
    if (out_.tokens[i].look.shape != Shape::punct) return false;
    if (closes(i + 1)) return false;  // first: a run of marks is walked back once, from its end
    std::uint32_t stop = i;
    while (stop > 0 && closes(stop)) --stop;
    if (!final_mark(stop)) return false;
    const Token& here = out_.tokens[i];
    const Token& next = out_.tokens[i + 1];
    if (here.span.end == next.span.begin && next.look.shape != Shape::punct) return false;
    if (next.look.shape == Shape::number && francs_before(i)) return false;
    switch (next.look.shape) {
      case Shape::lower:
      case Shape::symbol:
        return false;
      case Shape::punct:
        return opens(i + 1) && !lower_inside(i + 2);
      default:
        return true;
    }
  }
  // "98 fr. 50"
  bool francs_before(std::uint32_t dot) const {
    return dot > 1 && out_.tokens[dot].look.glued && token_text(dot - 1) == "fr" &&
           out_.tokens[dot - 2].look.shape == Shape::number;
  }
  bool final_mark(std::uint32_t i) const {
    const std::string_view t = token_text(i);
    return t == "." || t == "!" || t == "?" || t == "…" || t.starts_with("...");
  }
  bool closes(std::uint32_t i) const {
    if (out_.tokens[i].look.shape != Shape::punct) return false;
    const std::string_view t = token_text(i);
    return t == "»" || t == "”" || t == ")" || t == "]" || t == "›" || t == ">>" ||
           (t == "\"" && out_.tokens[i].look.glued);
  }
  bool opens(std::uint32_t i) const {
    const std::string_view t = token_text(i);
    return t == "«" || t == "“" || t == "„" || t == "(" || t == "[" || t == "\"" || t == "–" ||
           t == "—" || t == "-" || t == "‹" || t == "<<" || t == "•";
  }
  bool lower_inside(std::uint32_t i) const {
    return i < out_.tokens.size() && out_.tokens[i].look.shape == Shape::lower &&
           token_text(i - 1) == "(";
  }

  // --- words of the vocabulary ---
  struct Folded {
    std::uint32_t begin, size;
    std::uint32_t hash;
  };
  void find_words() {
    std::string letters;  // of all words, folded
    letters.reserve(text_.size());
    std::vector<Folded> words;
    words.reserve(out_.tokens.size());
    for (const Token& token : out_.tokens) {
      const std::size_t begin = letters.size();
      append_folded(slice(token.span.begin, token.span.end), letters);
      if (token.span.end - token.span.begin == 3 && letters[begin + 1] == ' ') {
        letters.erase(begin + 1, 1);
      }
      const auto size = static_cast<std::uint32_t>(letters.size() - begin);
      words.push_back({static_cast<std::uint32_t>(begin), size,
                       vocabulary_->hash(std::string_view(letters).substr(begin, size))});
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view folded =
          std::string_view(letters).substr(words[i].begin, words[i].size);
      Token& token = out_.tokens[i];
      token.word = vocabulary_->find(folded, words[i].hash);
      if (token.look.shape == Shape::upper) token.word = accented(token.word, folded);
      if (token.word == kUnknownWord && joins_numbers(folded)) token.word = any_number();
    }
  }

  // "LIEGE" is "Liège", also where another list has a "Liege Airport".
  WordId accented(WordId word, std::string_view folded) const {
    if (!vocabulary_->entries(word).empty()) return word;
    const WordId found = vocabulary_->find_stripped(folded);
    return found == kUnknownWord ? word : found;
  }

  // "deux-cent-quarante": the list holds what tradition joins by hyphens; the reform of 1990
  // joins all words of a number. Such a word is to the rules what a listed one is.
  bool joins_numbers(std::string_view folded) const {
    if (folded.find('-') == std::string_view::npos) return false;
    while (!folded.empty()) {
      const std::size_t end = std::min(folded.find('-'), folded.size());
      const std::string_view part = folded.substr(0, end);
      if (part != "et" && !vocabulary_->member(vocabulary_->find(part), "number_word"))
        return false;
      folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return true;
  }
  // A listed word of several: none that a rule names for itself.
  WordId any_number() const {
    const Lexicon& list = vocabulary_->lexicon(*vocabulary_->lexicon_id("number_word"));
    const auto row = std::ranges::find_if(list.rows, [&](const Lexicon::Row& r) {
      return vocabulary_->spelling(r.word).find('-') != std::string_view::npos;
    });
    return row == list.rows.end() ? kUnknownWord : row->word;
  }

  // In a sentence in capitals, ordinary words are given back their lower case, so that what
  // stays capitalised is a name.
  void calm_headlines() {
    std::optional<LexiconId> common;
    for (const TokenRange& sentence : out_.sentences) {
      int words = 0;
      int uppers = 0;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Shape shape = out_.tokens[i].look.shape;
        words += shape <= Shape::mixed;
        uppers += shape == Shape::upper;
      }
      if (words < 4 || uppers * 10 < words * 7) continue;
      if (!common && !(common = vocabulary_->lexicon_id("common_capital"))) return;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) calm(out_.tokens[i], *common);
    }
  }
  void calm(Token& token, LexiconId common) const {
    if (token.look.shape > Shape::initial) return;
    const bool ordinary = vocabulary_->member(token.word, common) ||
                          vocabulary_->member(token.word, "determiner") ||
                          vocabulary_->member(token.word, "preposition");
    if (ordinary)
      token.look.shape = Shape::lower;
    else if (token.look.shape == Shape::upper && token.span.end - token.span.begin > 4) {
      token.look.shape = Shape::cap;
    }
  }

  void find_compounds() {
    for (const TokenRange& paragraph : out_.paragraphs) {
      for (std::uint32_t i = paragraph.first; i < paragraph.last;) {
        const std::uint32_t length = compound_at(i, paragraph.last);
        i += length > 0 ? length : 1;
      }
    }
  }

  std::uint32_t compound_at(std::uint32_t first, std::uint32_t limit) {
    if (!vocabulary_->starts_run(out_.tokens[first].word)) return 0;
    std::uint32_t best = 0;
    WordId word = kUnknownWord;
    Vocabulary::Node node = Vocabulary::kRoot;
    for (std::uint32_t i = first; i < limit; ++i) {
      node = vocabulary_->step(node, out_.tokens[i].word);
      if (node == Vocabulary::kRoot) break;
      const WordId here = vocabulary_->word_at(node);
      if (here != kUnknownWord && case_allows(here, first, i + 1)) {
        best = i + 1 - first;
        word = here;
      }
    }
    if (best > 0) out_.compounds.push_back({{first, first + best}, word});
    return best;
  }

  // A unit shows the case of its first word, so that one needs the capital; a capital article
  // may be there because a sentence begins: "L'équipe" is not "L'Équipe".
  bool case_allows(WordId word, std::uint32_t first, std::uint32_t last) const {
    const auto capital = [](const Token& token) {
      return token.look.shape == Shape::cap || token.look.shape == Shape::upper ||
             token.look.shape == Shape::mixed || token.look.shape == Shape::initial;
    };
    const auto begin = out_.tokens.begin();
    const bool shown =
        capital(out_.tokens[first]) && (!article(out_.tokens[first]) || last == first + 1 ||
                                        std::any_of(begin + first + 1, begin + last, capital));
    return std::ranges::any_of(vocabulary_->entries(word), [&](const Entry& entry) {
      return entry.need == CaseNeed::any || shown;
    });
  }

  bool article(const Token& token) const {
    const std::string word = fold(slice(token.span.begin, token.span.end));
    return word == "le" || word == "la" || word == "les" || word == "l'";
  }

  std::string_view text_;
  std::uint32_t size_;
  std::uint32_t at_ = 0;
  std::uint32_t at_sign_ = 0;
  bool at_sign_known_ = false;
  const Vocabulary* vocabulary_;
  Segments out_;
};

}  // namespace

Segments segment(std::string_view text, const Vocabulary& vocabulary) {
  return Segmenter(text, &vocabulary).run();
}

EntryWords words_of_entry(std::string_view surface) {
  EntryWords entry;
  bool capital = false;
  bool lower = false;
  bool first_lower = false;  // "canton de Vaud": a unit shows the case of its first word alone
  // A dot belongs to an abbreviation ("M.", "Dr.") only before a name: one is put there.
  // Those of months stand before a year.
  const bool month = surface.ends_with('.') &&
                     one_of(fold(surface.substr(0, surface.size() - 1)), kMonthAbbreviations);
  std::string before_name;
  if (surface.ends_with('.')) (before_name = surface) += month ? " 1" : " A";
  const std::string_view in_context = before_name.empty() ? surface : before_name;
  const std::vector<Token> tokens = Segmenter(in_context, nullptr).cut();
  entry.words.reserve(tokens.size());
  for (const Token& token : tokens) {
    if (token.span.begin >= surface.size()) break;
    const std::string_view word =
        surface.substr(token.span.begin, token.span.end - token.span.begin);
    entry.words.push_back(fold(word));
    const Shape shape = token.look.shape;
    capital |= shape == Shape::cap || shape == Shape::upper || shape == Shape::mixed ||
               shape == Shape::initial;
    lower |= shape == Shape::cap || shape == Shape::mixed ||
             (shape == Shape::lower && !word.ends_with('\''));
    first_lower |= entry.words.size() == 1 && shape == Shape::lower;
  }
  if (capital && !first_lower) entry.need = lower ? CaseNeed::capital : CaseNeed::capitals;
  return entry;
}

}  // namespace glane
