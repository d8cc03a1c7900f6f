#include "read/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>

#include "values/offsets.h"

namespace glane {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// UTF-8 of bytes in any charset; ICU puts U+FFFD for what the charset does not define.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
  const Converter from = open_converter(charset);
  const Converter to = open_converter("utf-8");
  if (!from || !to) return std::nullopt;
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  UChar pivot[2048];
  UChar *pivot_source = pivot, *pivot_target = pivot;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  for (UBool first = true;; first = false) {
    char block[4096];
    char* target = block;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, block + sizeof block, &source, end, pivot,
                   &pivot_source, &pivot_target, pivot + std::size(pivot), first, true, &status);
    out.append(block, target);
    if (status != U_BUFFER_OVERFLOW_ERROR) {
      return U_SUCCESS(status) ? std::optional(std::move(out)) : std::nullopt;
    }
  }
}

Decoded converted(std::string_view bytes, const std::string& charset) {
  if (charset == "utf-8") return {std::string(bytes), charset};
  std::optional<std::string> text = convert(bytes, charset);
  if (!text) return {std::string(bytes), "utf-8"};
  return {std::move(*text), charset};
}

// ---- marks

struct Mark {
  std::string_view bytes;
  const char* charset;
};

// UTF-32LE before UTF-16LE, whose mark it begins with.
constexpr Mark kMarks[] = {{{"\xEF\xBB\xBF", 3}, "utf-8"},
                           {{"\xFF\xFE\0\0", 4}, "utf-32le"},
                           {{"\0\0\xFE\xFF", 4}, "utf-32be"},
                           {{"\xFF\xFE", 2}, "utf-16le"},
                           {{"\xFE\xFF", 2}, "utf-16be"}};

const Mark* find_mark(std::string_view bytes) {
  const auto* mark = std::find_if(std::begin(kMarks), std::end(kMarks),
                                  [&](const Mark& m) { return bytes.starts_with(m.bytes); });
  return mark == std::end(kMarks) ? nullptr : mark;
}

// ---- labels

std::string lower_trimmed(std::string_view label) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '"' || c == '\''; };
  while (!label.empty() && is_blank(label.front())) label.remove_prefix(1);
  while (!label.empty() && is_blank(label.back())) label.remove_suffix(1);
  std::string out(label);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

bool is_windows_1252(const std::string& label) {
  static constexpr std::string_view kLabels[] = {
      "windows-1252", "cp1252", "x-cp1252",   "iso-8859-1", "iso8859-1", "iso88591",
      "iso_8859-1",   "latin1", "latin-1",    "l1",         "us-ascii",  "ascii",
      "cp819",        "ibm819", "iso-ir-100", "csisolatin1"};
  return std::find(std::begin(kLabels), std::end(kLabels), label) != std::end(kLabels);
}

// ---- evidence

// How often `byte` stands at even and at odd places.
struct Parity {
  std::size_t even = 0;
  std::size_t odd = 0;
};

Parity nul_bytes(std::string_view bytes) {
  Parity parity;
  for (std::size_t at = bytes.find('\0'); at != bytes.npos; at = bytes.find('\0', at + 1)) {
    ++(at % 2 == 0 ? parity.even : parity.odd);
  }
  return parity;
}

// Empty when the bytes do not look like UTF-16.
std::string utf16_by_nuls(std::string_view bytes) {
  const Parity nuls = nul_bytes(bytes);
  const std::size_t mostly = bytes.size() / 2 * 6 / 10;
  if (bytes.size() < 4 || std::max(nuls.even, nuls.odd) < std::max<std::size_t>(mostly, 1)) {
    return {};
  }
  if (nuls.odd > 8 * nuls.even) return "utf-16le";
  return nuls.even > 8 * nuls.odd ? "utf-16be" : std::string();
}

bool looks_like_utf8(std::string_view bytes) {
  std::size_t well_formed = 0;
  std::size_t ill_formed = 0;
  for (std::size_t at = 0; (at = ascii_end(bytes, at)) < bytes.size();) {
    const Character character = character_at(bytes, at);
    if (!character.well_formed) {
      ++ill_formed;
    } else {
      ++well_formed;
    }
    at += character.size;
  }
  return ill_formed == 0 || well_formed > ill_formed;
}

bool is_letter(std::uint8_t byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte >= 0xC0;
}

// In iso-8859-15, A4 is € (windows-1252: ¤, which nobody writes), BC and BD are Œ and œ
// (¼ and ½, which no letter touches); in windows-1252, 80…9F are characters.
bool looks_like_latin9(std::string_view bytes) {
  const auto byte_at = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  bool evidence = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const std::uint8_t byte = byte_at(at);
    if (byte >= 0x80 && byte <= 0x9F) return false;
    if (byte == 0xA4) evidence = true;
    if (byte == 0xBC || byte == 0xBD) {
      evidence = evidence || (at + 1 < bytes.size() && is_letter(byte_at(at + 1)));
    }
  }
  return evidence;
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// An alphabet other than the Latin one, of which ICU is sure; empty when there is none. ICU's
// guesses between Latin charsets are no better than ours and worse on short texts.
std::string other_alphabet(std::string_view bytes) {
  static constexpr std::string_view kCharsets[] = {
      "Shift_JIS",  "Big5",       "EUC-JP",     "EUC-KR",       "GB18030",      "KOI8-R",
      "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "windows-1251", "windows-1253", "windows-1256"};
  constexpr std::size_t kSample = 65536;
  constexpr std::int32_t kSure = 80;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  const auto size = static_cast<std::int32_t>(std::min(bytes.size(), kSample));
  ucsdet_setText(detector.get(), bytes.data(), size, &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  const std::string_view name = ucsdet_getName(match, &status);
  const bool sure = ucsdet_getConfidence(match, &status) >= kSure && U_SUCCESS(status);
  const bool known =
      std::find(std::begin(kCharsets), std::end(kCharsets), name) != std::end(kCharsets);
  return sure && known ? lower_trimmed(name) : std::string();
}

// One byte in twenty-five of French; most bytes of Greek, Russian, Arabic or Japanese.
bool is_mostly_ascii(std::string_view bytes) {
  const auto high = std::count_if(bytes.begin(), bytes.end(),
                                  [](char c) { return static_cast<std::uint8_t>(c) >= 0x80; });
  return static_cast<std::size_t>(high) < bytes.size() / 3;
}

std::string guess_eight_bit(std::string_view bytes) {
  if (!is_mostly_ascii(bytes)) {
    std::string other = other_alphabet(bytes);
    if (!other.empty()) return other;
  }
  return looks_like_latin9(bytes) ? "iso-8859-15" : "windows-1252";
}

std::string guess(std::string_view bytes) {
  std::string wide = utf16_by_nuls(bytes);
  if (!wide.empty()) return wide;
  return looks_like_utf8(bytes) ? "utf-8" : guess_eight_bit(bytes);
}

// "utf-16" alone does not say which; there is no mark, so the NULs do, else little-endian
// as in browsers.
std::string wide_charset(std::string_view bytes, const std::string& label) {
  if (bytes.find('\0') == bytes.npos) return guess(bytes);
  if (label != "utf-16") return label;
  const std::string order = utf16_by_nuls(bytes);
  return order.empty() ? "utf-16le" : order;
}

std::string choose(std::string_view bytes, const std::string& label) {
  if (label.empty()) return guess(bytes);
  if (is_windows_1252(label)) return "windows-1252";
  if (label == "utf-8" || label == "utf8") return looks_like_utf8(bytes) ? "utf-8" : "windows-1252";
  if (label.starts_with("utf-16") || label.starts_with("utf-32")) {
    return wide_charset(bytes, label);
  }
  return open_converter(label) ? label : guess(bytes);
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared) {
  if (const Mark* mark = find_mark(bytes)) {
    return converted(bytes.substr(mark->bytes.size()), mark->charset);
  }
  return converted(bytes, choose(bytes, lower_trimmed(declared)));
}

}  // namespace glane
