#include "evaluate/mentions.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "evaluate/python_text.h"
#include "glane/ruleset.h"
#include "values/lower_case.h"
#include "values/offsets.h"

namespace glane {
namespace {

// --- reading ---

long long offset(const Json& record, const char* name, const std::string& place) {
  auto found = record.find(name);
  if (found == record.end() || !found->is_number_integer()) {
    throw SetupError(place + ": an annotation without a whole number \"" + name + "\"");
  }
  return found->get<long long>();
}

Mention read_mention(const Json& record, const char* key, const std::string& place) {
  if (!record.is_object()) throw SetupError(place + ": an annotation that is no object");
  Mention mention{offset(record, "start", place), offset(record, "end", place), {}, &record};
  auto type = record.find(key);
  if (type != record.end() && type->is_string()) mention.type = type->get<std::string>();
  return mention;
}

std::vector<Mention> read_all(const Json* document, const std::string& layer) {
  std::vector<Mention> mentions;
  if (document == nullptr) return mentions;
  auto records = document->find(layer);
  if (records == document->end()) return mentions;
  const std::string place = document->at("id").dump() + ", " + layer;
  for (const Json& record : *records) {
    mentions.push_back(read_mention(record, type_key(layer), place));
  }
  return mentions;
}

bool is_trimmed_off(char32_t c) {
  return std::u32string_view(U" \t\r\n\u00A0\u202F«»“”\"'’.,;:").find(c) !=
         std::u32string_view::npos;
}

void trim(std::vector<Mention>& quotes, const Json& document) {
  const std::u32string text = code_points(document.value("text", ""));
  const auto size = static_cast<long long>(text.size());
  auto at = [&](long long i) { return text[static_cast<std::size_t>(i)]; };
  for (Mention& quote : quotes) {
    if (quote.start < 0 || quote.end > size) {
      throw SetupError(document.at("id").dump() + ": a quote that lies outside the text");
    }
    while (quote.start < quote.end && is_trimmed_off(at(quote.start))) ++quote.start;
    while (quote.end > quote.start && is_trimmed_off(at(quote.end - 1))) --quote.end;
  }
}

// --- comparing ---

std::string with_plain_apostrophes(std::string_view text) {
  constexpr std::string_view kCurly = "’";
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const bool is_curly = text.substr(at).starts_with(kCurly);
    plain += is_curly ? '\'' : text[at];
    at += is_curly ? kCurly.size() : 1;
  }
  return plain;
}

std::optional<double> number(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>() ? 1 : 0;
  if (value->is_number()) return value->get<double>();
  return value->is_string() ? read_float(value->get<std::string>()) : std::nullopt;
}

bool same(const Json* a, const Json* b) {
  const std::optional<double> x = number(a);
  const std::optional<double> y = number(b);
  if (x && y) return std::abs(*x - *y) <= 1e-4 * std::max({1.0, std::abs(*x), std::abs(*y)});
  if (x || y) return false;
  const bool a_is_null = a == nullptr || a->is_null();
  const bool b_is_null = b == nullptr || b->is_null();
  return a_is_null || b_is_null ? a_is_null && b_is_null : *a == *b;
}

}  // namespace

long long length(const Mention& mention) { return mention.end - mention.start; }

long long shared(const Mention& a, const Mention& b) {
  return std::max(0LL, std::min(a.end, b.end) - std::max(a.start, b.start));
}

const char* type_key(const std::string& layer) { return layer == "entities" ? "type" : "kind"; }

std::vector<Mention> read_mentions(const Json* document, const std::string& layer,
                                   const std::set<std::string>& types, const Json& gold) {
  std::vector<Mention> mentions = read_all(document, layer);
  if (!types.empty()) {
    std::erase_if(mentions, [&](const Mention& m) { return !m.type || !types.contains(*m.type); });
  }
  if (layer == "quotes") trim(mentions, gold);
  return mentions;
}

const Json* field(const Mention& mention, const char* name) {
  auto found = mention.record->find(name);
  return found == mention.record->end() ? nullptr : &*found;
}

std::string text_of(const Mention& mention, const char* name) {
  const Json* value = field(mention, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

bool same_type(const Mention& gold, const Mention& pred) { return gold.type == pred.type; }

bool same_number(const Mention& gold, const Mention& pred, const char* name) {
  return same(field(gold, name), field(pred, name));
}

bool same_value(const Mention& gold, const Mention& pred) {
  constexpr std::array kFields = {"value", "min", "max", "scale", "unit"};
  return same_type(gold, pred) && std::all_of(kFields.begin(), kFields.end(), [&](const char* f) {
           return same_number(gold, pred, f);
         });
}

bool same_field(const Mention& gold, const Mention& pred, const char* name) {
  return fold_name(python_str(field(gold, name))) == fold_name(python_str(field(pred, name)));
}

bool same_speaker(const Mention& gold, const Mention& pred) {
  for (const char* wanted : {"speaker", "speaker_name"}) {
    const std::string want = fold_name(text_of(gold, wanted));
    if (want.empty()) continue;
    for (const char* had : {"speaker", "speaker_name"}) {
      if (fold_name(text_of(pred, had)) == want) return true;
    }
  }
  return false;
}

bool same_speaker_name(const Mention& gold, const Mention& pred) {
  return fold_name(text_of(gold, "speaker_name")) == fold_name(text_of(pred, "speaker_name"));
}

// The articles are tried in this order, so that "les" loses "le" alone: the same on both sides.
std::string fold_name(std::string_view name) {
  const std::string folded = with_plain_apostrophes(lower_case(name));
  std::string_view rest = strip_spaces(folded);
  for (std::string_view article : {"le", "la", "les", "l'", "un", "une", "du", "de", "m.", "mme"}) {
    if (!rest.starts_with(article)) continue;
    rest.remove_prefix(article.size());
    // What is left ends with a letter or is empty: only its start can be spaces.
    return std::string(strip_spaces(rest));
  }
  return std::string(rest);
}

std::u32string code_points(std::string_view utf8) {
  std::u32string text;
  for (std::size_t at = 0; at < utf8.size();) {
    const Character character = character_at(utf8, at);
    text += character.code;
    at += character.size;
  }
  return text;
}

}  // namespace glane
