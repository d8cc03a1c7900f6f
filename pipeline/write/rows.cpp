#include "write/rows.h"

#include <charconv>
#include <cstdio>
#include <set>

#include "values/hash_bytes.h"
#include "values/offsets.h"
#include "version.h"

namespace glane {

namespace {

constexpr std::size_t kMostOfName = 1000;                    // bytes: an index must hold it
constexpr std::size_t kMostOfText = std::size_t{256} << 20;  // bytes: a database must hold it
constexpr std::size_t kMostDigits = 400;

std::string_view cut_name(std::string_view name) {
  if (name.size() <= kMostOfName) return name;
  std::size_t end = kMostOfName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

char escape_letter(char byte) {
  switch (byte) {
    case '\\':
      return '\\';
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    default:
      return 0;
  }
}

// Writes one row after another. Cells are those of the table, in their order.
class RowWriter {
 public:
  RowWriter& row(TableId table) {
    if (!out_.empty()) out_ += '\n';
    out_ += static_cast<char>('A' + static_cast<int>(table));
    return *this;
  }
  std::string take() {
    out_ += '\n';
    return std::move(out_);
  }

  RowWriter& null() {
    out_ += "\t\\N";
    return *this;
  }
  RowWriter& text(std::string_view text) {
    out_ += '\t';
    for (std::size_t at = 0; at < text.size();) at = append(text, at);
    return *this;
  }
  // NULL when empty.
  RowWriter& word(std::string_view word) { return word.empty() ? null() : text(word); }
  RowWriter& integer(std::uint32_t number) {
    char digits[12];
    out_ += '\t';
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    return *this;
  }
  RowWriter& integer(const std::optional<std::uint32_t>& number) {
    return number ? integer(*number) : null();
  }
  RowWriter& flag(bool set) { return integer(std::uint32_t{set}); }

  // As text and as a number.
  RowWriter& value(const std::optional<Value>& value) {
    if (!value) return null().null();
    if (const auto* words = std::get_if<std::string>(&*value)) return text(*words).null();
    const std::string exact = std::get<Decimal>(*value).to_string();
    text(exact);
    return exact.size() > kMostDigits ? null() : text(exact);
  }

 private:
  // One character, or the run of those that stand for themselves; gives where it ends.
  std::size_t append(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    out_.append(text, at, end - at);
    if (end == text.size()) return end;
    if (const char letter = escape_letter(text[end]); letter != 0) {
      out_ += '\\';
      out_ += letter;
      return end + 1;
    }
    const Character character = character_at(text, end);
    if (character.well_formed && character.code != 0) {
      out_.append(text, end, character.size);
    } else {
      out_ += "\uFFFD";
    }
    return end + character.size;
  }

  static bool is_plain(char byte) {
    return static_cast<unsigned char>(byte) < 0x80 && byte != 0 && escape_letter(byte) == 0;
  }

  std::string out_;
};

std::string hexadecimal(std::uint64_t number) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(number));
  return digits;
}

// What must be the same for a document to stay as it is.
std::string fingerprint(const Article& article, const RuleSet& rules, const JsonOptions& options) {
  const Layers& layers = options.layers;
  std::uint64_t hash = hash_bytes(article.text);
  for (const std::string* field : {&article.title, &article.date_text, &article.language,
                                   &article.source, &article.meta, &rules.hash()}) {
    hash = hash_bytes(*field, hash + field->size());
  }
  const char chosen[] = {static_cast<char>(options.offsets), char(options.with_text),
                         char(layers.entities), char(layers.figures), char(layers.quotes)};
  hash = hash_bytes({chosen, sizeof chosen}, hash);
  return hexadecimal(hash_bytes(kVersion, hash));
}

// Years that PostgreSQL knows; the year 0 is none.
std::string day_of(const std::optional<Date>& date) {
  if (!date || date->year < 1) return {};
  char day[32];
  std::snprintf(day, sizeof day, "%04d-%02d-%02d", date->year, date->month, date->day);
  return day;
}

class DocumentRows {
 public:
  DocumentRows(const Document& document, const RuleSet& rules, const JsonOptions& options)
      : document_(document),
        rules_(rules),
        options_(options),
        offsets_(document.article.text, options.offsets) {}

  std::string render() {
    article();
    if (options_.layers.entities) entities();
    if (options_.layers.figures) figures();
    if (options_.layers.quotes) quotes();
    diagnostics();
    return out_.take();
  }

 private:
  void article() {
    static constexpr std::string_view kUnits[] = {"codepoint", "byte", "utf16"};
    const Article& article = document_.article;
    const auto stored = [](const std::string& text) {
      return text.size() > kMostOfText ? std::string_view() : std::string_view(text);
    };
    out_.row(TableId::documents).text(article.id).text(article.title).word(article.date_text);
    out_.word(day_of(article.date)).word(article.language).text(article.source);
    out_.word(options_.with_text ? stored(article.text) : "").word(stored(article.meta));
    out_.text(kUnits[static_cast<int>(options_.offsets)]).text(rules_.hash());
    out_.text(fingerprint(article, rules_, options_));
  }

  // The cells that every annotation has.
  RowWriter& place(TableId table, std::uint32_t n, SourceSpan span) {
    out_.row(table).integer(n).integer(offsets_(span.begin)).integer(offsets_(span.end));
    return out_.text(text_of(span));
  }

  std::string_view text_of(SourceSpan span) const {
    return std::string_view(document_.article.text).substr(span.begin, span.end - span.begin);
  }

  void entities() {
    std::set<std::uint32_t> known;
    std::uint32_t n = 0;
    std::uint32_t roles = 0;
    for (const Entity& entity : document_.entities) {
      if (known.insert(entity.id).second) {
        out_.row(TableId::entities).integer(entity.id).text(to_string(entity.type));
        out_.text(cut_name(entity.name));
      }
      place(TableId::mentions, n, entity.span)
          .integer(entity.id)
          .text(rules_.rule_id(entity.rule))
          .flag(entity.metonymy);
      if (entity.person || entity.organization) {
        out_.row(TableId::roles).integer(roles++).integer(n);
        out_.text(cut_name(text_of(entity.span)));
        out_.integer(entity.person).integer(entity.organization);
      }
      ++n;
    }
  }

  void figures() {
    std::uint32_t n = 0;
    for (const Figure& figure : document_.figures) {
      place(TableId::figures, n++, figure.span).text(to_string(figure.kind));
      out_.value(figure.value).value(figure.min).value(figure.max);
      out_.word(figure.scale ? figure.scale->to_string() : "").word(cut_name(figure.unit));
      out_.word(figure.of).word(to_string(figure.modifier)).word(to_string(figure.relation));
      out_.word(to_string(figure.direction));
      out_.flag(figure.ambiguous).text(rules_.rule_id(figure.rule));
    }
  }

  void quotes() {
    std::uint32_t n = 0;
    for (const Quote& quote : document_.quotes) {
      place(TableId::quotes, n++, quote.span).text(to_string(quote.kind));
      out_.word(quote.speaker).word(cut_name(quote.speaker_name)).integer(quote.speaker_id);
      ends(quote.speaker_span);
      out_.word(quote.cue);
      ends(quote.cue_span);
      out_.word(quote.medium);
      ends(quote.medium_span);
      out_.integer(quote.group).word(to_string(quote.modality)).flag(quote.inferred);
      out_.text(rules_.rule_id(quote.rule));
    }
  }

  void ends(const std::optional<SourceSpan>& span) {
    if (!span) {
      out_.null().null();
    } else {
      out_.integer(offsets_(span->begin)).integer(offsets_(span->end));
    }
  }

  void diagnostics() {
    std::uint32_t n = 0;
    for (const Diagnostic& diagnostic : document_.diagnostics) {
      out_.row(TableId::diagnostics).integer(n++).text(diagnostic.code);
      out_.integer(offsets_(diagnostic.span.begin)).integer(offsets_(diagnostic.span.end));
      out_.text(diagnostic.message);
    }
  }

  const Document& document_;
  const RuleSet& rules_;
  const JsonOptions& options_;
  OffsetConverter offsets_;
  RowWriter out_;
};

}  // namespace

std::string render_rows(const Document& document, const RuleSet& rules,
                        const JsonOptions& options) {
  return DocumentRows(document, rules, options).render();
}

bool RowReader::next(Row& row) {
  if (rest_.empty()) return false;
  const std::size_t end = rest_.find('\n');
  row.table = static_cast<TableId>(rest_[0] - 'A');
  row.line = rest_.substr(1, end);
  row.cells.clear();
  for (std::size_t at = 1; at < end;) {
    const std::size_t stop = std::min(rest_.find('\t', at + 1), end);
    row.cells.push_back(rest_.substr(at + 1, stop - at - 1));
    at = stop;
  }
  rest_.remove_prefix(end + 1);
  return true;
}

std::optional<std::string_view> read_cell(std::string_view cell, std::string& room) {
  std::size_t at = cell.find('\\');
  if (at == std::string_view::npos) return cell;
  if (cell == "\\N") return std::nullopt;
  room.clear();
  std::size_t begin = 0;
  for (; at != std::string_view::npos; at = cell.find('\\', begin)) {
    room.append(cell, begin, at - begin);
    const char letter = cell[at + 1];
    room += letter == 't' ? '\t' : letter == 'n' ? '\n' : letter == 'r' ? '\r' : letter;
    begin = at + 2;
  }
  room.append(cell, begin);
  return room;
}

Row document_row(std::string_view rows) {
  Row row;
  RowReader(rows).next(row);
  return row;
}

}  // namespace glane
