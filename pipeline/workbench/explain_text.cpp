// An explanation as a page: the sentence with the spans of each level under it, its tokens,
// what gave way to what, the accounts of names, the results, and the rules that came close.

#include <algorithm>
#include <cstdio>
#include <set>

#include "values/offsets.h"
#include "workbench/explain.h"
#include "workbench/list_rules.h"

namespace glane {
namespace {

constexpr std::size_t kMargin = 13;
constexpr std::size_t kColumns = 87;  // for text, behind the margin

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t own = width_of(text);
  if (own < width) text.append(width - own, ' ');
  return text;
}

std::string signed_number(float number) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%+.1f", static_cast<double>(number));
  return buffer;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

bool overlap(TokenRange a, TokenRange b) { return a.first < b.last && b.first < a.last; }

class Page {
 public:
  Page(const Explanation& explanation, const RuleSet& set, Ink ink)
      : explanation_(explanation), rules_(set.compiled()), ink_(ink) {}

  std::string write() {
    for (const TokenRange& sentence : explanation_.sentences) write_sentence(sentence);
    if (explanation_.sentences.empty()) out_ += "no sentence: the text is empty\n";
    return std::move(out_);
  }

 private:
  enum class Colour { heading = 1, level = 36, result = 32, policy = 33, no = 31 };

  std::string painted(const std::string& text, Colour colour) const {
    if (ink_ == Ink::none) return text;
    return "\x1b[" + std::to_string(static_cast<int>(colour)) + "m" + text + "\x1b[0m";
  }
  void heading(const std::string& text) { out_ += "\n" + painted(text, Colour::heading) + "\n"; }
  // A line with a head in its margin, broken where it is too long.
  void line(const std::string& head, const std::string& text, Colour colour = Colour::level) {
    const std::string margin = padded(head, kMargin);
    const std::string broken = wrapped(margin + text, kMargin + 2);
    out_ += painted(margin, colour) + broken.substr(std::min(margin.size(), broken.size())) + "\n";
  }

  std::string text_of(TokenRange range) const {
    const std::vector<Token>& tokens = explanation_.chart.segments.tokens;
    const std::uint32_t begin = tokens[range.first].span.begin;
    std::string text =
        explanation_.text.text.substr(begin, tokens[range.last - 1].span.end - begin);
    std::ranges::replace(text, '\n', ' ');
    return text;
  }
  std::string quoted(TokenRange range) const {
    return range.size() == 0 ? "" : "\"" + text_of(range) + "\"";
  }

  const Rule& rule(RuleIndex index) const { return rules_.rules[index]; }
  std::string place_of(RuleIndex index) const {
    const std::string& file = rule(index).file;
    return file.substr(file.rfind('/') + 1) + ":" + std::to_string(rule(index).line);
  }
  // "money.symbol" for a money, "source source.bare" would say it twice.
  std::string label(const ExplainedLevel& level, KindId kind, RuleIndex index) const {
    const std::string& id = rule(index).id;
    const std::string& name = rules_.kinds[kind];
    if (level.level->builtin == Builtin::quotation_marks) return name;  // found by no rule
    return id.starts_with(name + ".") || name.empty() ? id : name + " " + id;
  }

  void write_sentence(TokenRange sentence) {
    const std::vector<Token>& tokens = explanation_.chart.segments.tokens;
    const std::string_view published = explanation_.document.article.text;
    const OffsetConverter characters(published, OffsetUnit::codepoint);
    const SourceSpan span = explanation_.text.map.to_source(
        {tokens[sentence.first].span.begin, tokens[sentence.last - 1].span.end});
    if (!out_.empty()) out_ += "\n" + std::string(100, '-') + "\n";
    out_ += painted("characters " + std::to_string(characters(span.begin)) + " to " +
                        std::to_string(characters(span.end)),
                    Colour::heading) +
            "\n\n";
    draw(sentence);
    write_tokens(sentence);
    write_symbols(sentence);
    write_decisions(sentence);
    write_names(sentence);
    write_results(span);
    if (explanation_.token && sentence.first <= *explanation_.token &&
        *explanation_.token < sentence.last)
      write_why_not();
  }

  // --- the drawing ---

  // A part of the sentence that fits one line.
  struct Row {
    TokenRange tokens;
    std::uint32_t begin = 0;  // bytes of the normalised text
    std::string text;
  };

  std::vector<Row> rows_of(TokenRange sentence) const {
    const std::vector<Token>& tokens = explanation_.chart.segments.tokens;
    std::vector<Row> rows;
    for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
      const bool fits =
          !rows.empty() && width_of(text_of({rows.back().tokens.first, t + 1})) <= kColumns;
      if (!fits) rows.push_back({{t, t + 1}, tokens[t].span.begin, {}});
      rows.back().tokens.last = t + 1;
    }
    for (Row& row : rows) row.text = text_of(row.tokens);
    return rows;
  }

  std::size_t column(const Row& row, std::uint32_t byte) const {
    return width_of(std::string_view(explanation_.text.text).substr(row.begin, byte - row.begin));
  }

  void draw(TokenRange sentence) {
    for (const Row& row : rows_of(sentence)) {
      out_ += painted(padded("text", kMargin), Colour::level) + cut(row.text) + "\n";
      for (const ExplainedLevel& level : explanation_.levels) draw(level, row);
    }
  }
  // A word longer than a line.
  static std::string cut(const std::string& text) {
    return width_of(text) <= kColumns
               ? text
               : wrapped(text, 0, kColumns).substr(0, wrapped(text, 0, kColumns).find('\n'));
  }

  void draw(const ExplainedLevel& level, const Row& row) {
    std::vector<std::string> lines;
    std::vector<std::size_t> taken;  // columns of each line that are in use
    for (const Match& match : ordered(level, row)) {
      const auto [at, drawn] = bracket(level, match, row);
      const std::size_t need = at + width_of(drawn);
      std::size_t l = 0;
      while (l < lines.size() && taken[l] + 1 > at) ++l;
      if (l == lines.size()) lines.emplace_back(), taken.push_back(0);
      lines[l] = padded(lines[l], at) + drawn;
      taken[l] = need;
    }
    for (std::size_t l = 0; l < lines.size(); ++l) {
      out_ += painted(padded(l == 0 ? level.level->name : "", kMargin), Colour::level) + lines[l] +
              "\n";
    }
  }

  std::vector<Match> ordered(const ExplainedLevel& level, const Row& row) const {
    std::vector<Match> out;
    for (std::size_t m = level.first; m < level.last; ++m) {
      if (overlap(explanation_.chart.matches[m].range, row.tokens))
        out.push_back(explanation_.chart.matches[m]);
    }
    std::ranges::stable_sort(out, {}, [](const Match& m) { return m.range.first; });
    return out;
  }

  // The bracket under a match with its label beside it, and the column where it begins.
  std::pair<std::size_t, std::string> bracket(const ExplainedLevel& level, const Match& match,
                                              const Row& row) const {
    const std::vector<Token>& tokens = explanation_.chart.segments.tokens;
    const bool opens = match.range.first >= row.tokens.first,
               closes = match.range.last <= row.tokens.last;
    const std::size_t begin = opens ? column(row, tokens[match.range.first].span.begin) : 0;
    const std::size_t end =
        closes ? column(row, tokens[match.range.last - 1].span.end) : width_of(row.text);
    const std::size_t size =
        std::min(std::max<std::size_t>(end, begin + 1), kColumns) - std::min(begin, kColumns - 1);
    std::string drawn =
        size == 1 ? "╵" : (opens ? "└" : "─") + repeated("─", size - 2) + (closes ? "┘" : "─");
    const std::string name = label(level, match.kind, match.rule);
    const std::size_t room = width_of(name) + 1;
    if (begin + size + room <= kColumns) return {begin, drawn + " " + name};
    if (begin >= room) return {begin - room, name + " " + drawn};
    return {begin, drawn};  // the line is full: the tables below name the rule
  }

  // --- tokens ---

  static const char* shape_name(Shape shape) {
    static constexpr const char* kNames[] = {"lower",  "cap",     "upper",  "initial", "mixed",
                                             "number", "ordinal", "date",   "time",    "code",
                                             "url",    "punct",   "symbol", "line"};
    return kNames[static_cast<int>(shape)];
  }

  std::string lists_of(const Unit& unit) const {
    std::string out;
    std::set<std::string> seen;  // an entry in two spellings counts once
    for (const Entry& entry : rules_.vocabulary.entries(unit.word)) {
      const Lexicon& lexicon = rules_.vocabulary.lexicon(entry.lexicon);
      if (lexicon.name.find(':') != std::string::npos) continue;  // a part of a list
      std::string cells;
      for (const std::string& field : lexicon.fields) {
        const std::string_view cell = lexicon.cell(entry.row, field);
        if (!cell.empty()) cells += (cells.empty() ? "" : " ") + std::string(cell);
      }
      const std::string shown = lexicon.name + (cells.empty() ? "" : "(" + cells + ")");
      if (seen.insert(shown).second) out += (out.empty() ? "" : ", ") + shown;
    }
    return out;
  }

  void write_tokens(TokenRange sentence) {
    if (explanation_.levels.empty()) return;
    heading("units: look, word lists");
    for (const Unit& unit : explanation_.levels.front().units) {
      if (!overlap(unit.range, sentence)) continue;
      std::string look = shape_name(unit.look.shape);
      if (unit.look.start) look += " start";
      if (unit.look.glued) look += " glued";
      const std::string text = text_of(unit.range);
      const std::string head = padded(text, 20) + " " + padded(look, 14) + " ";
      out_ += wrapped(head + lists_of(unit), 36) + "\n";
    }
  }

  // What a level knows of its units: the class of their words or kinds, a dot, the class of their
  // looks. It takes units of one symbol for the same.
  void write_symbols(TokenRange sentence) {
    if (explanation_.levels.empty()) return;
    heading("symbols: the units of each level by its classes of words.looks");
    for (const ExplainedLevel& explained : explanation_.levels) {
      const Level& level = *explained.level;
      if (level.builtin != Builtin::none) continue;
      std::string symbols;
      for (const Unit& unit : explained.units) {
        if (!overlap(unit.range, sentence)) continue;
        const std::size_t cell = level.cell(unit.group, unit.look);
        symbols += (symbols.empty() ? "" : " ") + std::to_string(cell / level.look_classes) + "." +
                   std::to_string(cell % level.look_classes);
      }
      if (!symbols.empty()) line(level.name, symbols);
    }
  }

  // --- what gave way ---

  void write_decisions(TokenRange sentence) {
    bool any = false;
    for (const ExplainedLevel& level : explanation_.levels) {
      for (const TracedMatch& match : level.trace.matches) {
        if (match.kept || !overlap(match.range, sentence)) continue;
        if (!any) heading("gave way");
        any = true;
        write_beaten(level, match);
      }
    }
  }

  void write_beaten(const ExplainedLevel& level, const TracedMatch& match) {
    const TracedMatch& winner = level.trace.matches[match.beaten_by];
    line(level.level->name,
         rule(match.rule).id + " " + quoted(match.range) + " to " + rule(winner.rule).id + " " +
             quoted(winner.range) + ": " + to_string(match.policy) +
             (rule(winner.rule).kill ? " (a kill rule)" : ""),
         Colour::policy);
  }

  // --- names ---

  void write_names(TokenRange sentence) {
    bool any = false;
    for (const WeighedName& name : explanation_.names) {
      if (!overlap(name.range, sentence)) continue;
      if (!any) heading("names by evidence");
      any = true;
      write_name(name);
    }
  }

  std::string scores(const NameScores& scores, float factor) const {
    std::string out;
    for (std::size_t t = 0; t < kNameTypes; ++t) {
      if (scores[t] == 0) continue;
      out += (out.empty() ? "" : ", ") + std::string(to_string(static_cast<EntityType>(t))) + " " +
             signed_number(scores[t] * factor);
    }
    return out;
  }

  void write_name(const WeighedName& name) {
    const std::size_t best = name.best();
    const bool found = name.total[best] >= rules_.name_weights.floor;
    const std::string verdict =
        found ? to_string(static_cast<EntityType>(best))
              : "no name: nothing reaches " + signed_number(rules_.name_weights.floor);
    line(found ? to_string(static_cast<EntityType>(best)) : "no name",
         quoted(name.range) + ": " + (found ? "" : verdict + "; ") + scores(name.total, 1),
         found ? Colour::result : Colour::no);
    for (const NameEvidence& piece : name.evidence) {
      const std::string said = scores(rules_.name_weights.rules[piece.rule], piece.amount);
      if (!said.empty())
        line("", "  " + said + "  " + rule(piece.rule).id + elsewhere(piece.amount));
    }
    for (const NameHeirloom& piece : name.heirlooms) {
      line("", "  " + std::string(to_string(static_cast<EntityType>(piece.type))) + " " +
                   signed_number(piece.worth) + "  " + to_string(piece.how));
    }
  }
  static std::string elsewhere(float amount) {
    if (amount == 1) return "";
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, " (times %.1f, with other mentions)",
                  static_cast<double>(amount));
    return buffer;
  }

  // --- results ---

  std::string published(SourceSpan span) const {
    std::string text = slice_utf8(explanation_.document.article.text, span);
    std::ranges::replace(text, '\n', ' ');
    return "\"" + text + "\"";
  }

  static std::string shown(const Value& value) {
    const auto* number = std::get_if<Decimal>(&value);
    return number ? number->to_string() : std::get<std::string>(value);
  }

  static std::string values(const Figure& figure) {
    std::string out;
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) out += std::string(out.empty() ? "" : ", ") + name + " " + value;
    };
    add("value", figure.value ? shown(*figure.value) : "");
    add("min", figure.min ? shown(*figure.min) : "");
    add("max", figure.max ? shown(*figure.max) : "");
    add("scale", figure.scale ? figure.scale->to_string() : "");
    add("unit", figure.unit);
    add("of", figure.of);
    add("modifier", to_string(figure.modifier));
    add("relation", to_string(figure.relation));
    if (figure.ambiguous) add("ambiguous", "true");
    return out;
  }

  void result(const char* kind, SourceSpan span, const std::string& said, RuleIndex index) {
    line(kind,
         published(span) + (said.empty() ? "" : ": " + said) + "  " + rule(index).id + " (" +
             place_of(index) + ")",
         Colour::result);
  }

  void write_results(SourceSpan sentence) {
    const auto inside = [&](SourceSpan span) {
      return span.begin < sentence.end && sentence.begin < span.end;
    };
    const Document& document = explanation_.document;
    heading("results");
    const std::size_t before = out_.size();
    for (const Entity& e : document.entities) {
      if (inside(e.span))
        result(to_string(e.type), e.span, e.name + ", id " + std::to_string(e.id), e.rule);
    }
    for (const Figure& f : document.figures) {
      if (inside(f.span)) result(to_string(f.kind), f.span, values(f), f.rule);
    }
    for (const Quote& q : document.quotes) {
      if (!inside(q.span)) continue;
      const std::string speaker = q.speaker_name.empty() ? q.speaker : q.speaker_name;
      result(
          to_string(q.kind), q.span,
          (speaker.empty() ? "nobody" : speaker) + (q.cue.empty() ? "" : ", cue \"" + q.cue + "\""),
          q.rule);
    }
    if (out_.size() == before) line("none", "", Colour::no);
  }

  // --- why not ---

  void write_why_not() {
    const std::uint32_t token = *explanation_.token;
    heading("at \"" + text_of({token, token + 1}) + "\"");
    for (const ExplainedLevel& level : explanation_.levels) write_place(level, token);
    for (const ExplainedLevel& level : explanation_.levels) {
      if (found_at(level, token)) continue;
      for (const NearMiss& miss : level.near) write_miss(level, miss);
    }
  }

  bool found_at(const ExplainedLevel& level, std::uint32_t token) const {
    for (std::size_t m = level.first; m < level.last; ++m) {
      const TokenRange range = explanation_.chart.matches[m].range;
      if (range.first <= token && token < range.last) return true;
    }
    return false;
  }

  void write_place(const ExplainedLevel& level, std::uint32_t token) {
    for (std::size_t m = level.first; m < level.last; ++m) {
      const Match& match = explanation_.chart.matches[m];
      if (match.range.first > token || token >= match.range.last) continue;
      line(level.level->name,
           label(level, match.kind, match.rule) + " found " + quoted(match.range), Colour::result);
    }
  }

  // Long alternatives are told in full by --json.
  static std::string shortened(const std::string& text) {
    constexpr std::size_t kMost = 150;
    if (width_of(text) <= kMost) return text;
    return wrapped(text, 0, kMost).substr(0, wrapped(text, 0, kMost).find('\n')) + " …";
  }

  void write_miss(const ExplainedLevel& level, const NearMiss& miss) {
    static constexpr const char* kParts[] = {"it then wants ", "before it wants ",
                                             "behind it wants ", "the stretch wants "};
    std::string said = rule(miss.rule).id + " (" + place_of(miss.rule) + ") had " +
                       quoted(miss.range) + ", " + kParts[static_cast<int>(miss.part)] +
                       shortened(miss.wanted);
    if (miss.part != NearMiss::Part::when) {
      said += miss.token ? "; there stands " + quoted({*miss.token, *miss.token + 1})
                         : "; there the stretch ends";
    }
    line(level.level->name, said, Colour::no);
  }

  const Explanation& explanation_;
  const CompiledRules& rules_;
  Ink ink_;
  std::string out_;
};

}  // namespace

std::string explanation_text(const Explanation& explanation, const RuleSet& rules, Ink ink) {
  return Page(explanation, rules, ink).write();
}

}  // namespace glane
