// One pass over the text. Ordinary stretches (ASCII, Latin letters, the punctuation of
// French) are skipped by a byte loop and copied whole; a replaced or deleted character is
// one step; only what NFC may change is handed to ICU, in the smallest piece that NFC
// treats on its own: a character and what composes with it or reorders after it. That
// piece, when it changes, is one indivisible stretch of the map, so an accent never parts
// from its letter.
//
// Choices beyond the list in the header:
// * ’ ʼ ʻ are ' everywhere, ` and ´ after a letter only. ‘ after a letter is ' (l‘an),
//   elsewhere it opens a quotation and stays; the first ’ of its line that no letter or
//   digit follows closes it and stays too. ′ ″ stay.
// * − U+2212 is -, en and em dashes stay. A word broken at a line end is not joined.
// * ﬁ ﬂ ﬀ … are letters again. Superscript letters become letters wherever they stand;
//   superscript digits, ª, º and ° stay.
// * Character references left in the text are decoded, once: &amp;nbsp; is "&nbsp;".
// * U+0080…U+009F are read as the Windows-1252 that they were.
// * Tab is a space; VT, FF, U+2028 and U+2029 are \n; NUL is U+FFFD with a diagnostic.
// * More than 64 characters that hang on one base are normalised 64 by 64: time stays
//   linear, and only such a text may come out other than NFC.

#include "normalise/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "normalise/character_references.h"
#include "values/eight_bytes.h"
#include "values/offsets.h"

namespace glane {
namespace {

constexpr char32_t kDeleted = 0;  // no character reads as NUL
constexpr char32_t kNoCharacter = 0xFFFD;
constexpr char32_t kOpeningQuote = 0x2018;
constexpr char32_t kClosingQuote = 0x2019;
constexpr int kLongestPiece = 64;

// ---- what single characters become

char32_t without_superscript(char32_t code) {
  switch (code) {
    case 0x1D43:
      return 'a';
    case 0x1D47:
      return 'b';
    case 0x1D9C:
      return 'c';
    case 0x1D48:
      return 'd';
    case 0x1D49:
      return 'e';
    case 0x1DA0:
      return 'f';
    case 0x1D4D:
      return 'g';
    case 0x02B0:
      return 'h';
    case 0x2071:
      return 'i';
    case 0x02B2:
      return 'j';
    case 0x1D4F:
      return 'k';
    case 0x02E1:
      return 'l';
    case 0x1D50:
      return 'm';
    case 0x207F:
      return 'n';
    case 0x1D52:
      return 'o';
    case 0x1D56:
      return 'p';
    case 0x02B3:
      return 'r';
    case 0x02E2:
      return 's';
    case 0x1D57:
      return 't';
    case 0x1D58:
      return 'u';
    case 0x1D5B:
      return 'v';
    case 0x02B7:
      return 'w';
    case 0x02E3:
      return 'x';
    case 0x02B8:
      return 'y';
    case 0x1DBB:
      return 'z';
    default:
      return code;
  }
}

bool is_space(char32_t code) {
  return code == '\t' || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

// Soft hyphen, zero-width space and joiners, bidi marks, invisible operators, BOM.
bool is_invisible(char32_t code) {
  return code == 0xAD || code == 0x61C || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

bool is_line_end(char32_t code) {
  return code == '\v' || code == '\f' || code == '\r' || code == 0x2028 || code == 0x2029;
}

bool is_hyphen(char32_t code) {
  return code == 0x2010 || code == 0x2011 || code == 0x2212 || code == 0xFE63 || code == 0xFF0D;
}

// What `code` becomes wherever it stands: itself, another character, or kDeleted.
char32_t replacement(char32_t code) {
  if (code == 0) return kNoCharacter;
  if (is_space(code)) return ' ';
  if (is_invisible(code)) return kDeleted;
  if (is_line_end(code)) return '\n';
  if (is_hyphen(code)) return '-';
  if (code == 0x2BC || code == 0x2BB) return '\'';
  return without_superscript(code);
}

std::string_view ligature(char32_t code) {
  static constexpr std::array<std::string_view, 7> kLetters = {"ff",  "fi", "fl", "ffi",
                                                               "ffl", "st", "st"};
  return code >= 0xFB00 && code <= 0xFB06 ? kLetters[code - 0xFB00] : std::string_view();
}

// May be an apostrophe or half of a pair: the place decides.
bool depends_on_place(char32_t code) {
  return code == kClosingQuote || code == kOpeningQuote || code == '`' || code == 0xB4;
}

bool belongs_to_word(char32_t code) {
  const auto icu_code = static_cast<UChar32>(code);
  return u_isalpha(icu_code) || (U_GET_GC_MASK(icu_code) & U_GC_M_MASK) != 0;
}

// ---- NFC

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);  // built into ICU: cannot fail
}

bool starts_piece(char32_t code) {
  return code < 0x300 || nfc().hasBoundaryBefore(static_cast<UChar32>(code));
}

bool may_change(char32_t code) {
  if (code < 0x300) return false;
  return !starts_piece(code) ||
         u_getIntPropertyValue(static_cast<UChar32>(code), UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
}

std::string to_nfc(const std::string& piece) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  nfc().normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : piece;
}

// ---- the byte loop

// How the loop passes a byte; the rest of a character is looked at where it says so.
enum class Lead : std::uint8_t { plain, latin, latin1, punctuation, stop };

constexpr std::array<Lead, 256> kLeads = [] {
  std::array<Lead, 256> leads{};
  for (std::size_t i = 0x80; i < 256; ++i) leads[i] = Lead::stop;
  for (char c : {'\0', '\t', '\v', '\f', '\r', '`', '&'}) {
    leads[static_cast<std::uint8_t>(c)] = Lead::stop;
  }
  for (std::size_t i = 0xC3; i <= 0xC9; ++i) leads[i] = Lead::latin;  // U+00C0…U+027F
  leads[0xC2] = Lead::latin1;
  leads[0xE2] = Lead::punctuation;
  return leads;
}();

bool is_trail(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0) == 0x80; }

// After C2: all of U+00A1…U+00BF but soft hyphen and acute accent.
bool is_plain_latin1(char second) {
  const auto byte = static_cast<std::uint8_t>(second);
  return byte > 0xA0 && byte < 0xC0 && byte != 0xAD && byte != 0xB4;
}

// After E2: – — “ ” „ • … €
bool is_plain_punctuation(const char* rest) {
  const auto third = static_cast<std::uint8_t>(rest[1]);
  if (rest[0] == '\x82') return third == 0xAC;
  return rest[0] == '\x80' && (third == 0x93 || third == 0x94 || third == 0x9C || third == 0x9D ||
                               third == 0x9E || third == 0xA2 || third == 0xA6);
}

// Bytes of the ordinary character at `at`; 0 when it needs a closer look.
std::size_t ordinary_size(const char* at, const char* end) {
  switch (kLeads[static_cast<std::uint8_t>(*at)]) {
    case Lead::plain:
      return 1;
    case Lead::latin:
      return end - at > 1 && is_trail(at[1]) ? 2 : 0;
    case Lead::latin1:
      return end - at > 1 && is_plain_latin1(at[1]) ? 2 : 0;
    case Lead::punctuation:
      return end - at > 2 && is_plain_punctuation(at + 1) ? 3 : 0;
    case Lead::stop:
      break;
  }
  return 0;
}

// Eight bytes at a time to the first that may not be plain.
const char* skip_plain(const char* at, const char* end) {
  using namespace eight_bytes;
  std::uint64_t stops = 0;
  while (stops == 0 && end - at >= 8) {
    const std::uint64_t word = load(at);
    stops =
        (word & kHighs) | first_below(word, ' ') | first_equal(word, '`') | first_equal(word, '&');
    at += std::countr_zero(stops) / 8;  // of none all eight
  }
  while (at < end && kLeads[static_cast<std::uint8_t>(*at)] == Lead::plain) ++at;
  return at;
}

std::size_t skip_ordinary(std::string_view text, std::size_t from) {
  const char* at = text.data() + from;
  const char* const end = text.data() + text.size();
  while (at < end) {
    at = skip_plain(at, end);
    if (at == end) break;
    const std::size_t size = ordinary_size(at, end);
    if (size == 0) break;
    at += size;
  }
  return static_cast<std::size_t>(at - text.data());
}

// ---- the pass

// A published character, as it will be written.
struct Reading {
  char32_t code = 0;       // kDeleted: nothing is written
  std::uint32_t size = 0;  // published bytes
  bool well_formed = true;
  bool copied = false;  // the published bytes are the UTF-8 of `code`
};

Reading read(std::string_view text, std::size_t at) {
  if (text[at] == '&') {
    const auto reference = character_reference(text.substr(at));
    if (!reference) return {'&', 1, true, true};
    return {replacement(repair_c1(reference->code)), reference->size, true, false};
  }
  const Character character = character_at(text, at);
  const char32_t code = replacement(repair_c1(character.code));
  return {code, character.size, character.well_formed,
          code == character.code && character.well_formed && ligature(code).empty()};
}

void write(char32_t code, std::string& out) {
  const std::string_view letters = ligature(code);
  if (letters.empty()) {
    append_utf8(code, out);
  } else {
    out += letters;
  }
}

bool is_carriage_return(std::string_view written) {
  return written == "\r" || written == "&#13;" || written == "&#xD;";
}

// Begin of the last character of well-formed UTF-8.
std::size_t last_character(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && is_trail(text[--at])) {
  }
  return at;
}

// Something wrong that is reported once, with its count and first place.
struct Count {
  std::uint32_t count = 0;
  SourceSpan first;

  void add(std::size_t at, std::uint32_t size) {
    const auto begin = static_cast<std::uint32_t>(at);
    if (count++ == 0) first = {begin, begin + size};
  }
};

class Pass {
 public:
  explicit Pass(std::string_view published) : in_(published) { out_.reserve(in_.size()); }

  NormalisedText run();

 private:
  struct Stretch {
    std::uint32_t normalised_size;
    std::uint32_t source_size;
    bool copied;
  };

  void step();
  void erase(std::uint32_t size);
  void replace(const Reading& reading);
  void recompose(char32_t code);
  std::size_t gather(std::string& piece);
  std::size_t take_back(std::string& piece);
  std::size_t take_back_written(std::string& piece);
  void flush(std::size_t upto);
  char32_t settle(char32_t code, std::size_t after);
  char32_t settle_closing(std::size_t after);
  bool after_letter() const;
  void note(const Reading& reading);

  std::string_view in_;
  std::string out_;
  std::vector<Stretch> stretches_;
  std::size_t at_ = 0;                           // next byte to read
  std::size_t copied_ = 0;                       // [copied_, at_) is ordinary and not yet written
  std::size_t sealed_ = std::string_view::npos;  // a piece that is full ends here
  std::optional<std::size_t> quotation_;         // an opening ‘ that is not yet closed
  Count ill_formed_;
  Count nul_;
};

void Pass::flush(std::size_t upto) {
  if (upto <= copied_) return;
  const auto size = static_cast<std::uint32_t>(upto - copied_);
  out_.append(in_, copied_, size);
  stretches_.push_back({size, size, true});
  copied_ = upto;
}

void Pass::erase(std::uint32_t size) {
  flush(at_);
  if (!stretches_.empty() && stretches_.back().normalised_size == 0) {
    stretches_.back().source_size += size;
  } else {
    stretches_.push_back({0, size, false});
  }
  if (sealed_ == at_) sealed_ += size;
  copied_ = at_ += size;
}

void Pass::replace(const Reading& reading) {
  flush(at_);
  const std::size_t before = out_.size();
  write(reading.code, out_);
  const bool two_bytes = is_carriage_return(in_.substr(at_, reading.size)) &&
                         in_.substr(at_ + reading.size, 1) == "\n";
  const std::uint32_t size = reading.size + (two_bytes ? 1 : 0);
  stretches_.push_back({static_cast<std::uint32_t>(out_.size() - before), size, false});
  copied_ = at_ += size;
}

bool Pass::after_letter() const {
  const bool pending = copied_ < at_;
  const std::string_view text = pending ? in_.substr(copied_, at_ - copied_) : out_;
  if (text.empty()) return false;
  return belongs_to_word(character_at(text, last_character(text)).code);
}

char32_t Pass::settle_closing(std::size_t after) {
  if (!quotation_) return '\'';
  if (after < in_.size() && u_isalnum(static_cast<UChar32>(character_at(in_, after).code))) {
    return '\'';
  }
  const bool same_line = in_.substr(*quotation_, at_ - *quotation_).find('\n') == in_.npos;
  quotation_.reset();
  return same_line ? kClosingQuote : '\'';
}

char32_t Pass::settle(char32_t code, std::size_t after) {
  if (code == kClosingQuote) return settle_closing(after);
  if (after_letter()) return '\'';
  if (code == kOpeningQuote) quotation_ = at_;
  return code;
}

void Pass::note(const Reading& reading) {
  if (!reading.well_formed) ill_formed_.add(at_, reading.size);
  if (in_[at_] == '\0') nul_.add(at_, 1);
}

void Pass::step() {
  Reading reading = read(in_, at_);
  if (reading.code == kDeleted) return erase(reading.size);
  if (may_change(reading.code)) return recompose(reading.code);
  if (depends_on_place(reading.code)) {
    const char32_t code = settle(reading.code, at_ + reading.size);
    reading.copied = reading.copied && code == reading.code;
    reading.code = code;
  }
  if (reading.copied) {
    at_ += reading.size;
  } else {
    note(reading);
    replace(reading);
  }
}

// Takes the last character, with deletions after it, back out of what was written. Returns
// where its source begins; at_ when nothing was written.
std::size_t Pass::take_back_written(std::string& piece) {
  std::size_t begin = at_;
  std::size_t count = stretches_.size();
  if (count > 0 && stretches_[count - 1].normalised_size == 0) {
    begin -= stretches_[--count].source_size;
  }
  if (count == 0) return at_;
  stretches_.resize(count);
  Stretch& last = stretches_.back();
  const std::size_t size = last.copied ? out_.size() - last_character(out_) : last.normalised_size;
  piece.assign(out_, out_.size() - size);
  out_.resize(out_.size() - size);
  begin -= last.copied ? size : last.source_size;
  last.normalised_size -= static_cast<std::uint32_t>(size);
  last.source_size -= static_cast<std::uint32_t>(last.copied ? size : last.source_size);
  if (last.source_size == 0) stretches_.pop_back();
  return begin;
}

std::size_t Pass::take_back(std::string& piece) {
  if (copied_ == at_) return take_back_written(piece);
  const std::size_t begin = copied_ + last_character(in_.substr(copied_, at_ - copied_));
  piece.assign(in_, begin, at_ - begin);
  return begin;
}

// Reads on from at_ to the end of the piece of text that NFC treats on its own; returns
// where it ends. Deleted characters after its last one are left out.
std::size_t Pass::gather(std::string& piece) {
  std::size_t end = at_;
  int length = 0;
  for (std::size_t next = at_; next < in_.size() && length < kLongestPiece;) {
    const Reading reading = read(in_, next);
    if (reading.code != kDeleted) {
      if (next > at_ && starts_piece(reading.code)) break;
      write(reading.code, piece);
      end = next + reading.size;
      ++length;
    }
    next += reading.size;
  }
  if (length == kLongestPiece) sealed_ = end;
  return end;
}

void Pass::recompose(char32_t code) {
  std::string piece;
  const bool alone = starts_piece(code) || at_ == sealed_;
  const std::size_t begin = alone ? at_ : take_back(piece);
  flush(begin);
  const std::size_t end = gather(piece);
  const std::string composed = to_nfc(piece);
  copied_ = begin;
  at_ = end;
  if (composed == in_.substr(begin, end - begin)) return;
  out_ += composed;
  stretches_.push_back({static_cast<std::uint32_t>(composed.size()),
                        static_cast<std::uint32_t>(end - begin), false});
  copied_ = end;
}

NormalisedText Pass::run() {
  while ((at_ = skip_ordinary(in_, at_)) < in_.size()) step();
  flush(at_);
  NormalisedText result{std::move(out_), {}, {}};
  for (const Stretch& stretch : stretches_) {
    result.map.append(stretch.normalised_size, stretch.source_size, stretch.copied);
  }
  if (ill_formed_.count > 0) {
    result.diagnostics.push_back(
        {"ill-formed-utf8", ill_formed_.first,
         "ill-formed UTF-8 sequences read as U+FFFD: " + std::to_string(ill_formed_.count)});
  }
  if (nul_.count > 0) {
    result.diagnostics.push_back(
        {"nul-byte", nul_.first, "NUL bytes read as U+FFFD: " + std::to_string(nul_.count)});
  }
  return result;
}

}  // namespace

NormalisedText normalise(std::string_view published) { return Pass(published).run(); }

}  // namespace glane
