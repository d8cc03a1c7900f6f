// One scan from left to right. Each scan_* function is given the place where its kind of
// token may begin and returns where it ends, or that same place when there is none; no
// character is looked at more than a bounded number of times.

#include "segment/cut_tokens.h"

#include <algorithm>
#include <array>
#include <bit>

#include "segment/characters.h"
#include "segment/digit_forms.h"
#include "segment/word_key.h"
#include "values/among.h"

namespace glane {
namespace {

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
constexpr std::uint32_t kNoPlace = 0xFFFFFFFF;

class Scanner {
 public:
  Scanner(std::string_view text, const Vocabulary* vocabulary, std::vector<Token>& tokens)
      : text_(text),
        chars_(text),
        digits_(text, vocabulary),
        vocabulary_(vocabulary),
        tokens_(tokens) {}

  void run() {
    tokens_.reserve(text_.size() / 5 + 1);
    while (at_ < chars_.size()) scan();
  }

 private:
  // --- one token ---
  void scan() {
    const Char k = chars_.kind(at_);
    if (k == Char::space || k == Char::newline) {
      at_ = chars_.after(at_);
    } else if (k == Char::upper || k == Char::lower) {
      if (text_[at_] == '\xC2' && chars_.superscript(at_))
        return emit(chars_.exponent_end(at_), Shape::symbol);
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
    token.look.glued = at_ == last_end_;
    tokens_.push_back(token);
    at_ = last_end_ = end;
  }

  // --- words ---
  void scan_word() {
    const bool capital = text_[at_] >= 'A' && text_[at_] <= 'Z' && !numeral(text_[at_]);
    if (const std::uint32_t end = small_letters_end(capital); end != at_)
      return emit(end, capital ? Shape::cap : Shape::lower);
    scan_other_word();
  }

  // On its own, so that most words do not pay for what it takes.
  __attribute__((noinline)) void scan_other_word() {
    if (const std::uint32_t end = url_end(at_); end != at_) return emit(end, Shape::url);
    int capitals = 0;
    std::uint32_t end = chars_.letters_end(at_, capitals);
    if (end == at_ + 1 && stands_apart(end)) return emit(end, Shape::lower);
    if (plain_end(end)) return emit(end, shape_of_letters(end, capitals));
    if (const std::uint32_t dotted = dotted_end(end); dotted != end) {
      const bool single = dotted - at_ <= 6;
      return emit(dotted, single ? Shape::initial : Shape::upper);
    }
    if (const std::uint32_t elided = elision_end(end); elided != end) {
      return emit(elided, chars_.kind(at_) == Char::upper ? Shape::cap : Shape::lower);
    }
    if (currency_code(end)) return emit(end, Shape::upper);
    end = word_end(end);
    if (chars_.is(end, '.') && abbreviation(end)) ++end;
    emit(end, shape_of(at_, end));
  }

  // Most words are letters from a to z, or é and its like, the first perhaps a capital, and
  // something that no word contains: they are measured eight letters at a time. The place itself
  // for others.
  std::uint32_t small_letters_end(bool capital) {
    const std::size_t first = at_ + std::size_t{capital};
    const std::size_t end = first + small_letters(text_.substr(first));
    const bool known =
        end > first && end > at_ + std::size_t{1} && end < text_.size() && text_[end] != ':';
    if (!known || next_at_sign(at_) != chars_.size()) return at_;
    return plain_end(static_cast<std::uint32_t>(end)) ? static_cast<std::uint32_t>(end) : at_;
  }
  static std::size_t small_letters(std::string_view text) {
    std::size_t size = 0;
    while (size + 8 <= text.size()) {
      const std::uint64_t word = word_key::load(text.data() + size);
      const std::uint64_t small =
          word_key::at_least(word, 'a') & ~word_key::at_least(word, 'z' + 1) & ~word;
      const std::uint64_t others = ~small & word_key::kHighs;
      size += static_cast<std::size_t>(std::countr_zero(others)) / 8;  // of none all eight
      if (others == 0) continue;
      if (!begins_with_accent(text.substr(size))) return size;
      size += 2;
    }
    return size;
  }
  // A small letter of Latin-1.
  static bool begins_with_accent(std::string_view text) {
    return text[0] == '\xC3' && text.size() > 1 && static_cast<unsigned char>(text[1]) >= 0xA0 &&
           text[1] != '\xB7';
  }

  // Whether the letters of a word are followed by what no word contains: nearly always.
  bool plain_end(std::uint32_t end) const {
    if (end >= chars_.size()) return true;
    const char c = text_[end];
    if (c == ' ') return !chars_.is(end + 1, '\'');
    return c == ',' || c == '\n' || c == ')' || c == ';' || c == ':' || c == '"';
  }

  // Behind digits "m" and "x" are words of their own before more of them: "6m03", "1,5x10⁻⁵".
  bool stands_apart(std::uint32_t end) const {
    return at_ > 0 && chars_.digit(at_ - 1) &&
           (digits_.metres_at(at_) || digits_.times_ten(at_, end));
  }

  // Extends a word over hyphens, inner apostrophes, digits, & and currency signs.
  std::uint32_t word_end(std::uint32_t end) {
    bool hyphenated = false;
    for (;;) {
      const std::uint32_t next = end + 1;
      if (chars_.is(end, '-') && chars_.digit(next) && chars_.slice(at_, end) == "h")
        return end;  // "18 h-19 h"
      if (chars_.is(end, '-') && (chars_.letter(next) || chars_.digit(next))) {
        if (clitic_at(end) || prefix(end)) return prefix(end) ? next : end;
        hyphenated = true;
        end = chars_.letters_end(next);
      } else if (chars_.is(end, '\'') && chars_.letter(next) &&
                 (hyphenated || inner_apostrophe(end))) {
        end = chars_.letters_end(next);
      } else if (chars_.digit(end)) {
        end = chars_.digits_end(end);
      } else if (chars_.letter(end)) {
        end = chars_.letters_end(end);
      } else if (chars_.is(end, '&') && chars_.kind(next) == Char::upper &&
                 chars_.kind(end - 1) == Char::upper) {
        end = chars_.letters_end(next);
      } else if (chars_.is(end, '.') && domain_at(next)) {
        end = chars_.letters_end(next);
      } else {
        return currency_end(end);
      }
    }
  }

  // "EUR29,99": the code of a currency right before an amount is a word of its own; "COP22"
  // is no amount.
  bool currency_code(std::uint32_t end) const {
    if (end - at_ != 3 || !chars_.digit(end) || !vocabulary_) return false;
    if (chars_.kind(at_) != Char::upper || chars_.kind(at_ + 1) != Char::upper ||
        chars_.kind(at_ + 2) != Char::upper) {
      return false;
    }
    const std::uint32_t amount = digits_.number_end(end);
    return amount != chars_.digits_end(end) && !chars_.letter(amount) &&
           vocabulary_->member(vocabulary_->find(fold(chars_.slice(at_, end))), WordList::currency);
  }

  // "k€", "Md$": a scale letter and its sign are one word.
  std::uint32_t currency_end(std::uint32_t end) const {
    const char32_t c = chars_.code_point(end);
    if (c != 0x20AC && c != '$' && c != 0xA3) return end;
    const std::string_view word = chars_.slice(at_, end);
    const bool scale = word == "k" || word == "K" || word == "M" || word == "Md" || word == "Mds" ||
                       word == "G" || word == "Mrd" || word == "US";
    return scale ? chars_.after(end) : end;
  }

  bool domain_at(std::uint32_t at) const {
    const std::uint32_t end = chars_.letters_end(at);
    return end > at && chars_.kind(end) != Char::digit &&
           among(fold(chars_.slice(at, end)), kDomains) && !(chars_.is(end, '-'));
  }

  // Apostrophes that do not elide: "prud'homme", "O'Brien", "rock'n'roll"; not "Google's".
  bool inner_apostrophe(std::uint32_t at) const {
    return !(chars_.is(at + 1, 's') && !chars_.letter(at + 2));
  }

  // A word of many hyphens is not folded at each.
  bool prefix(std::uint32_t hyphen) const {
    return hyphen - at_ == 2 && fold(chars_.slice(at_, hyphen)) == "ex";
  }

  bool clitic_at(std::uint32_t hyphen) const {
    std::uint32_t begin = hyphen + 1;
    std::uint32_t end = chars_.letters_end(begin);
    if (chars_.slice(begin, end) == "t" && chars_.is(end, '-')) {
      begin = end + 1;
      end = chars_.letters_end(begin);
    }
    const std::string_view word = chars_.slice(begin, end);
    if (chars_.is(end, '-') || !among(word, kClitics) || word == "t") return false;
    if (word != "vous" || hyphen - at_ > 6) return true;
    const std::string base = fold(chars_.slice(at_, hyphen));
    return base != "rendez" && base != "est";
  }

  std::uint32_t elision_end(std::uint32_t end) const {
    // "l 'histoire": a stray space before the apostrophe still elides.
    const std::uint32_t mark =
        end - at_ == 1 && chars_.is(end, ' ') && chars_.is(end + 1, '\'') && chars_.letter(end + 2)
            ? end + 1
            : end;
    if (!chars_.is(mark, '\'')) return end;
    if (elides_always(chars_.slice(at_, end))) return mark + 1;
    std::string word = fold(chars_.slice(at_, end)) + "'";
    if (!among(word, kElisions)) return end;
    if (whole_word_apostrophe(word, mark + 1)) return end;
    return mark + 1;
  }

  // In lower case: in a name the letter may be part of a word.
  static bool elides_always(std::string_view word) {
    if (word.size() == 1)
      return std::string_view("ldjnscmt").find(word[0]) != std::string_view::npos;
    return word == "qu";
  }

  // "quelqu'un", "presqu'île", "N'Djamena", "M'Bappé" are words of their own.
  bool whole_word_apostrophe(std::string_view word, std::uint32_t next) const {
    if (word.size() > 4 && (word == "quelqu'" || word == "presqu'" || word == "entr'")) {
      return fold(chars_.slice(next, chars_.letters_end(next))) != "à";
    }
    if (chars_.kind(at_) != Char::upper || chars_.kind(next) != Char::upper) return false;
    if (word == "l'" || word == "d'" || word == "qu'") return false;
    const char32_t c = lower_case_of(chars_.code_point(next));
    return c < 0x80 &&
           std::string_view("aeiouyh").find(static_cast<char>(c)) == std::string_view::npos;
  }

  // "J.", "J.-L.", "O.N.U.": capitals each followed by a dot. Returns `end` when none.
  std::uint32_t dotted_end(std::uint32_t end) const {
    std::uint32_t at = at_;
    std::uint32_t last = end;
    bool found = false;
    while (chars_.kind(at) == Char::upper && !chars_.letter(chars_.after(at)) &&
           chars_.is(chars_.after(at), '.')) {
      at = last = chars_.after(at) + 1;
      found = true;
      if (chars_.is(at, '-') && chars_.kind(at + 1) == Char::upper &&
          chars_.is(chars_.after(at + 1), '.'))
        ++at;
    }
    if (!found || (chars_.letter(last) && chars_.kind(last) == Char::lower)) return end;
    const bool several = last - at_ > 3;
    if (!several && network_before()) return end;
    return several || chars_.kind(last) == Char::upper || name_follows(last) ? last : end;
  }

  // "a réagi sur X. Le ministre": the sentence ends there.
  bool network_before() const {
    if (tokens_.empty() || !chars_.is(at_, 'X')) return false;
    const Span before = tokens_.back().span;
    return among(fold(chars_.slice(before.begin, before.end)), kBeforeNetwork);
  }

  // "M. Petit", "M. et Mme Petit".
  bool name_follows(std::uint32_t end) const {
    if (!chars_.is(end, ' ')) return false;
    const bool joined = chars_.slice(end, end + 4) == " et ";
    return chars_.kind(joined ? end + 4 : end + 1) == Char::upper;
  }

  bool abbreviation(std::uint32_t dot) const {
    constexpr std::uint32_t kLongest = 5;  // bytes: "juill", "févr"
    if (dot - at_ > kLongest) return false;
    const std::string word = fold(chars_.slice(at_, dot));
    if (word == "etc") return true;
    if (among(word, kMonthAbbreviations)) return dotted_month(dot + 1);
    if (among(word, kNeverLast)) return chars_.is(dot + 1, ' ') || chars_.is(dot + 1, ':');
    if (!chars_.is(dot + 1, ' ')) return false;
    if (!among(word, kAbbreviations)) return false;
    if (word == "m" && at_ > 0 && chars_.digit(at_ - 1)) return false;  // "le 100m. Lui"
    return chars_.kind(dot + 2) == Char::upper || chars_.digit(dot + 2);
  }

  // "sept. 2024"; behind a day where no sentence ends: "le 3 sept. dernier", "le 3 sept., à".
  bool dotted_month(std::uint32_t after_dot) const {
    if (chars_.is(after_dot, ' ') && chars_.digit(after_dot + 1)) return true;
    const bool day = !tokens_.empty() && (tokens_.back().look.shape == Shape::number ||
                                          tokens_.back().look.shape == Shape::ordinal);
    return day && (chars_.is(after_dot, ',') ||
                   (chars_.is(after_dot, ' ') && chars_.kind(after_dot + 1) == Char::lower));
  }

  // Of nothing but letters.
  Shape shape_of_letters(std::uint32_t end, int capitals) const {
    if (capitals == 0) return Shape::lower;
    const bool cap = capitals == 1 && chars_.kind(at_) == Char::upper &&
                     chars_.kind(chars_.after(at_)) == Char::lower && chars_.after(at_) < end &&
                     !numeral(text_[at_]);
    return cap ? Shape::cap : shape_of(at_, end);
  }
  // A letter that alone may be one: "Xe", but neither "Le" nor "Ce".
  static bool numeral(char c) { return c == 'I' || c == 'V' || c == 'X'; }

  Shape shape_of(std::uint32_t begin, std::uint32_t end) const {
    int uppers = 0;
    int lowers = 0;
    int digits = 0;
    bool inner_upper = false;
    bool part_start = true;
    for (std::uint32_t i = begin; i < end; i = chars_.after(i)) {
      const Char k = chars_.kind(i);
      uppers += k == Char::upper;
      lowers += k == Char::lower;
      digits += k == Char::digit;
      inner_upper |= k == Char::upper && !part_start;
      part_start = k == Char::other;
    }
    if (uppers > 0 && lowers > 0 && roman_ordinal(chars_.slice(begin, end))) return Shape::ordinal;
    if (uppers == 0) return digits == 0 ? Shape::lower : Shape::mixed;
    if (lowers == 0 && uppers > 1) return Shape::upper;
    if (digits > 0) return Shape::mixed;
    if (uppers == 1 && lowers == 0) return vowel_word(begin) ? Shape::cap : Shape::initial;
    return chars_.kind(begin) == Char::upper && !inner_upper ? Shape::cap : Shape::mixed;
  }

  // "À", "A", "Ô", "Y" alone are words before they are initials.
  bool vowel_word(std::uint32_t at) const {
    const char32_t c = chars_.code_point(at);
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
    const bool may_open = text_[at] == 'h' || text_[at] == 'w';
    if (!may_open && next_at_sign(at) == chars_.size()) return at;
    const std::string_view rest = text_.substr(at, 8);
    const bool scheme =
        rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
    if (!scheme && next_at_sign(at) == chars_.size()) return at;
    std::uint32_t end = at;
    bool mail = false;
    while (end < chars_.size() && url_character(end)) {
      if (text_[end] == '@' && end > at && chars_.letter(end + 1)) mail = true;
      if (!scheme && !mail && text_[end] != '.' && text_[end] != '-' && text_[end] != '_' &&
          text_[end] != '@' && !std::isalnum(static_cast<unsigned char>(text_[end]))) {
        break;
      }
      ++end;
    }
    if (!scheme && !mail) return at;
    while (end > at &&
           (chars_.is(end - 1, '.') || chars_.is(end - 1, ',') || chars_.is(end - 1, ')')))
      --end;
    return end;
  }
  bool url_character(std::uint32_t at) const {
    const auto c = static_cast<unsigned char>(text_[at]);
    return c > ' ' && c < 0x80 && c != '"' && c != '<' && c != '>';
  }

  // --- digits ---
  void scan_digits(std::uint32_t from) {
    if (from == at_) {
      if (const std::uint32_t end = digits_.date_end(from); end != from)
        return emit(end, Shape::date);
      if (digits_.part_of_hour(from)) return emit(from + 1, Shape::number);
      if (const std::uint32_t end = digits_.time_end(from); end != from)
        return emit(end, Shape::time);
      if (const std::uint32_t end = digits_.dotted_digits_end(from); end != from) {
        return emit(end, Shape::code);
      }
    }
    const std::uint32_t end = digits_.number_end(from);
    if (const std::uint32_t ordinal = digits_.ordinal_end(end); ordinal != end) {
      return emit(ordinal, Shape::ordinal);
    }
    const bool power = chars_.slice(from, end) == "10" && chars_.superscript(end);
    if (chars_.letter(end) && !power && !digits_.measure_at(end))
      return emit(digits_.code_end(end), Shape::code);
    emit(end, Shape::number);
    if (power) emit(chars_.exponent_end(end), Shape::symbol);
  }

  // --- everything else ---
  void scan_mark() {
    const char32_t c = chars_.code_point(at_);
    if ((c == '-' || c == '+') && chars_.digit(at_ + 1) && signs(c)) return scan_signed();
    const bool hangs = at_ == 0 || at_ == last_end_;
    if (c == '-' && hangs && chars_.letter(at_ + 1) && clitic_at(at_) && scan_clitic()) {
      return;
    }
    if (c == '\'' && chars_.is(at_ + 1, 's') && !chars_.letter(at_ + 2))
      return emit(at_ + 2, Shape::lower);
    if (c == '.' && chars_.is(at_ + 1, '.') && chars_.is(at_ + 2, '.'))
      return emit(dots_end(), Shape::punct);
    if ((c == '@' || c == '#') && chars_.letter(at_ + 1)) return emit(tag_end(), Shape::url);
    if (c == 0xB0 &&
        (chars_.is(at_ + 2, 'C') || chars_.is(at_ + 2, 'F') || chars_.is(at_ + 2, 'c')) &&
        !chars_.letter(at_ + 3)) {
      return emit(at_ + 3, Shape::symbol);
    }
    if (c >= 0xBC && c <= 0xBE) return emit(chars_.after(at_), Shape::number);
    if (c == ',' && bare_fraction()) return emit(chars_.digits_end(at_ + 1), Shape::number);
    if (chars_.superscript(at_)) return emit(chars_.exponent_end(at_), Shape::symbol);
    if ((c == '<' || c == '>') && chars_.is(at_ + 1, static_cast<char>(c))) {
      return emit(at_ + 2, Shape::punct);
    }
    emit(chars_.after(at_),
         is_punctuation(c) && c != '%' && c != '&' ? Shape::punct : Shape::symbol);
  }

  // "de ,5 g": one or two digits behind a comma that follows a space and closes nothing.
  bool bare_fraction() const {
    const std::uint32_t end = chars_.digits_end(at_ + 1);
    const bool apart = at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '(';
    return apart && end > at_ + 1 && end < at_ + 4 && !chars_.is(end, ',') && !chars_.is(end, '.');
  }

  std::uint32_t dots_end() const {
    std::uint32_t end = at_;
    while (chars_.is(end, '.')) ++end;
    return end;
  }

  std::uint32_t tag_end() const {
    std::uint32_t end = at_ + 1;
    while (chars_.letter(end) || chars_.digit(end) || chars_.is(end, '_')) end = chars_.after(end);
    return end;
  }

  // A sign belongs to the number after a space or an opening bracket and at the start of the
  // text; "-" at the start of another line is a bullet.
  bool signs(char32_t c) const {
    if (at_ == 0) return true;
    const char before = text_[at_ - 1];
    return before == '(' || before == ' ' || (c == '+' && before == '\n');
  }
  void scan_signed() { scan_digits(at_ + 1); }

  // "-t-il", "-elle" after a verb
  bool scan_clitic() {
    std::uint32_t end = chars_.letters_end(at_ + 1);
    if (chars_.slice(at_ + 1, end) == "t" && chars_.is(end, '-')) end = chars_.letters_end(end + 1);
    emit(end, Shape::lower);
    return true;
  }

  std::string_view text_;
  Characters chars_;
  DigitForms digits_;
  const Vocabulary* vocabulary_;  // may be null
  std::uint32_t at_ = 0;
  std::uint32_t last_end_ = kNoPlace;  // of the last token
  std::uint32_t at_sign_ = 0;
  bool at_sign_known_ = false;
  std::vector<Token>& tokens_;
};

}  // namespace

std::vector<Token> cut_tokens(std::string_view text, const Vocabulary* vocabulary) {
  std::vector<Token> tokens;
  cut_tokens(text, vocabulary, tokens);
  return tokens;
}

void cut_tokens(std::string_view text, const Vocabulary* vocabulary, std::vector<Token>& tokens) {
  Scanner(text, vocabulary, tokens).run();
}

bool is_month_abbreviation(std::string_view folded) { return among(folded, kMonthAbbreviations); }

}  // namespace glane
