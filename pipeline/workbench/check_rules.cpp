// What is wrong with a folder of rules although it loads: entries that say two things, rules
// without examples, words that no text can hold.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "compile/list_rows.h"
#include "compile/load_rules.h"
#include "compile/pattern.h"
#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "segment/token.h"
#include "workbench/trace.h"

namespace glane {
namespace {

using Severity = RuleMistake::Severity;

// The lines of a list that hold an entry, in their order.
std::vector<std::pair<std::size_t, std::string_view>> rows_of(std::string_view content) {
  std::vector<std::pair<std::size_t, std::string_view>> rows;
  bool header = false;
  for_each_list_row(content, [&](std::string_view line, std::size_t number) {
    if (header) rows.emplace_back(number, line);
    header = true;
  });
  return rows;
}

class FolderCheck {
 public:
  explicit FolderCheck(const RuleFolderReading& reading)
      : reading_(reading), rules_(*reading.rules) {}

  std::vector<RuleMistake> run() {
    for (const Lexicon& lexicon : rules_.vocabulary.lexicons()) check_entries(lexicon);
    for (const Rule& rule : rules_.rules) check_examples(rule);
    check_literals();
    const bool loads = std::ranges::none_of(
        reading_.mistakes, [](const RuleMistake& m) { return m.severity == Severity::error; });
    for (RuleIndex r = 0; loads && r < rules_.rules.size(); ++r) check_shadowed(r);
    return std::move(mistakes_);
  }

 private:
  void warn(const std::string& file, FilePlace place, std::string reason, std::string hint) {
    mistakes_.push_back(
        {Severity::warning, file, place.line, place.column, std::move(reason), std::move(hint)});
  }

  // An entry that stands twice: once too often, or with two meanings of which the first counts.
  void check_entries(const Lexicon& lexicon) {
    const auto file = reading_.lexicon_files.find(lexicon.name);
    if (file == reading_.lexicon_files.end()) return;  // a part of a list
    const auto rows = rows_of(lexicon.content());
    if (rows.size() != lexicon.rows.size()) return;  // told as errors already
    std::map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string_view surface = rows[i].second.substr(0, rows[i].second.find('\t'));
      const auto [it, fresh] = first.try_emplace(surface, i);
      if (!fresh) tell_twice(file->second, rows[it->second], rows[i]);
    }
  }

  void tell_twice(const std::string& file, std::pair<std::size_t, std::string_view> one,
                  std::pair<std::size_t, std::string_view> other) {
    const auto cells = [](std::string_view row) {
      return row.substr(std::min(row.find('\t'), row.size()));
    };
    const std::string surface(other.second.substr(0, other.second.find('\t')));
    const std::string line = std::to_string(one.first);
    if (cells(one.second) == cells(other.second)) {
      warn(file, {other.first, 1}, "duplicate entry \"" + surface + "\", as in line " + line,
           "take one out");
    } else {
      warn(file, {other.first, 1},
           "entry \"" + surface + "\" conflicts with line " + line + ", whose cells differ",
           "the first counts; join alternatives of one cell with |");
    }
  }

  void check_examples(const Rule& rule) {
    const bool shown =
        std::ranges::any_of(rule.examples, [](const Example& e) { return !e.reject; });
    if (shown) return;
    warn(rule.file, {static_cast<std::size_t>(rule.line), 1}, "rule " + rule.id + " has no example",
         "add [[rule.example]] with a text in which [brackets] mark what it matches");
  }

  void check_literals() {
    for (const TomlText& pattern : reading_.patterns) {
      if (pattern.key == "when" || pattern.key.starts_with("not_")) continue;
      check_words(pattern);
    }
  }

  // Literals one after another that a word list makes one unit.
  void check_words(const TomlText& pattern) {
    std::vector<std::string> run;
    std::size_t begin = 0;
    const std::string& text = pattern.text;
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c == ' ' || c == '\n' || c == '\t') {
        ++at;
        continue;
      }
      const bool quote = c == '\'' || c == '"';
      const std::size_t end = quote ? text.find(c, at + 1) : c == '<' ? text.find('>', at) : at;
      if (end == std::string::npos) return;
      if (!quote) run.clear();
      if (quote && run.empty()) begin = at;
      if (quote) {
        const std::vector<std::string> words = words_of_literal(text.substr(at + 1, end - at - 1));
        const bool repeated = end + 1 < text.size() && std::string_view("?*+{").find(
                                                           text[end + 1]) != std::string_view::npos;
        run.insert(run.end(), words.begin(), words.end());
        if (words.size() < run.size()) tell_joined(pattern, run, begin);
        if (repeated) run.clear();
      }
      at = end + 1;
    }
  }

  void tell_joined(const TomlText& pattern, const std::vector<std::string>& words, std::size_t at) {
    const std::string joined = joined_words(words);
    const WordId word = rules_.vocabulary.find(joined);
    if (word == kUnknownWord) return;
    for (const Entry& entry : rules_.vocabulary.entries(word)) {
      if (entry.need != CaseNeed::any) continue;
      const std::string list = rules_.vocabulary.lexicon(entry.lexicon).name;
      return warn(pattern.file, place_of(pattern, at),
                  pattern.owner + ": these words can never match: the list " + list +
                      " makes them one unit",
                  "write '" + joined + "' as one literal");
    }
  }

  // --- rules that never win ---

  // The chart of an example before the level of the rule, or, with that level, after it.
  Chart chart_of(const Example& example, std::size_t levels) {
    const NormalisedText text = normalise(example.text);
    Chart chart;
    chart.segments = segment(text.text, rules_.vocabulary);
    start_chart(chart, rules_);
    for (std::size_t l = 0; l < levels; ++l) {
      recognise_level(*rules_.levels[l], text.text, rules_, chart, workspace_);
    }
    return chart;
  }

  bool is_kept(RuleIndex index, const Example& example) {
    const Chart chart = chart_of(example, rules_.rules[index].level + 1U);
    const auto own = [&](const Match& match) { return match.rule == index; };
    return std::ranges::any_of(chart.matches, own) || std::ranges::any_of(chart.kills, own);
  }

  // The rule to which this one gives way in an example; nothing when it does not match there.
  std::optional<RuleIndex> winner(RuleIndex index, const Example& example,
                                  const LevelPatterns& patterns) {
    const Chart before = chart_of(example, rules_.rules[index].level);
    const TokenRange all{0, static_cast<std::uint32_t>(before.segments.tokens.size())};
    const LevelTrace trace = trace_level(patterns, before, all);
    for (const TracedMatch& match : trace.matches) {
      if (match.rule == index && !match.kept) return trace.matches[match.beaten_by].rule;
    }
    return std::nullopt;
  }

  void check_shadowed(RuleIndex index) {
    const Rule& rule = rules_.rules[index];
    std::vector<const Example*> examples;
    for (const Example& example : rule.examples) {
      if (!example.reject && !example.todo) examples.push_back(&example);
    }
    if (examples.empty() ||
        std::ranges::any_of(examples, [&](const Example* e) { return is_kept(index, *e); }))
      return;
    const LevelPatterns patterns(*rules_.levels[rule.level], rules_);
    std::optional<RuleIndex> by;
    for (const Example* example : examples) {
      by = winner(index, *example, patterns);
      if (!by) return;  // it does not match: rules test tells
    }
    const Rule& other = rules_.rules[*by];
    warn(rule.file, {static_cast<std::size_t>(rule.line), 1},
         "rule " + rule.id + " gives way in every one of its examples, to " + other.id + " (" +
             other.file + ":" + std::to_string(other.line) + ")",
         "give it a higher priority, or a narrower pattern to the other");
  }

  const RuleFolderReading& reading_;
  const CompiledRules& rules_;
  CascadeWorkspace workspace_;
  std::vector<RuleMistake> mistakes_;
};

}  // namespace

std::vector<RuleMistake> check_rules(const std::filesystem::path& directory) {
  RuleFolderReading reading = read_rule_folder(directory);
  if (reading.mistakes.empty()) {  // $patterns that no rule uses
    reading.mistakes = pattern_mistakes(reading.patterns, *reading.rules);
    for (RuleMistake& mistake : reading.mistakes) mistake.severity = Severity::warning;
  }
  std::vector<RuleMistake> found = FolderCheck(reading).run();
  found.insert(found.begin(), reading.mistakes.begin(), reading.mistakes.end());
  std::ranges::stable_sort(found, {},
                           [](const RuleMistake& m) { return std::tie(m.file, m.line, m.column); });
  return found;
}

}  // namespace glane
