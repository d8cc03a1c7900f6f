#include "workbench/list_rules.h"

#include <algorithm>
#include <set>

#include "compile/mistakes.h"
#include "compile/pattern.h"
#include "recognise/cascade.h"
#include "values/offsets.h"
#include "workbench/trace.h"

namespace glane {
namespace {

std::string pad(std::string text, std::size_t width) {
  const auto size = static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  if (size < width) text.append(width - size, ' ');
  return text;
}

std::string right(std::size_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string scope_of(const Level& level, const CompiledRules& rules) {
  switch (level.scope) {
    case Scope::sentence:
      return "sentence";
    case Scope::paragraph:
      return "paragraph";
    case Scope::document:
      return "document";
    case Scope::kind:
      return "in " + rules.kinds[level.inside];
  }
  return {};
}

std::string emitted(const Level& level, const CompiledRules& rules) {
  std::set<std::string> kinds(level.emits.begin(), level.emits.end());
  for (const Rule& rule : rules.rules) {
    if (rule.level == level.index && !rule.kill) kinds.insert(rules.kinds[rule.emit]);
  }
  std::string out;
  for (const std::string& kind : kinds) out += (out.empty() ? "" : " ") + kind;
  return out;
}

std::size_t examples_of(const Rule& rule, bool rejects) {
  return static_cast<std::size_t>(std::ranges::count_if(
      rule.examples, [&](const Example& example) { return example.reject == rejects; }));
}

// --- one rule ---

std::string written(const Pattern& pattern, const LevelPatterns& level);

std::string written_all(const Pattern& pattern, const LevelPatterns& level, const char* between) {
  std::string out;
  for (const Pattern& child : pattern.children) {
    const bool bracket =
        pattern.kind == Pattern::Kind::sequence && child.kind == Pattern::Kind::choice;
    const std::string text = written(child, level);
    out += (out.empty() ? "" : between) + (bracket ? "(" + text + ")" : text);
  }
  return out;
}

std::string written(const Pattern& pattern, const LevelPatterns& level) {
  switch (pattern.kind) {
    case Pattern::Kind::predicate:
      return level.predicates.written(pattern.predicate);
    case Pattern::Kind::begin:
      return "^";
    case Pattern::Kind::end:
      return "$";
    case Pattern::Kind::sequence:
      return written_all(pattern, level, " ");
    case Pattern::Kind::choice:
      return written_all(pattern, level, " | ");
    case Pattern::Kind::repeat: {
      const bool bare = pattern.children.front().kind == Pattern::Kind::predicate;
      const std::string inner = written(pattern.children.front(), level);
      return (bare ? inner : "(" + inner + ")") + pattern.repetition;
    }
    case Pattern::Kind::group:
      break;
  }
  const std::string inner = written(pattern.children.front(), level);
  return pattern.name == kSpanGroup ? "[ " + inner + " ]"
                                    : "@" + level.names[pattern.name] + ":(" + inner + ")";
}

std::string requirements(const Pattern& tree, const LevelPatterns& level) {
  std::string out;
  for (const std::vector<std::size_t>& clause : required_of(tree, [](std::size_t) { return std::size_t{1}; })) {
    std::string one;
    for (const std::size_t predicate : clause)
      one += (one.empty() ? "" : " or ") + level.predicates.written(predicate);
    if (out.find(one) == std::string::npos) out += (out.empty() ? "" : "; ") + one;
  }
  return out.empty() ? "nothing: it is tried on every stretch" : out;
}

std::string how_located(const LevelRule& rule) {
  return rule.span.empty() ? "RE2" : "sets of places; RE2 in lines that are too long for them";
}

void line(std::string& out, const std::string& head, const std::string& text) {
  if (!text.empty()) out += wrapped(pad(head, 11) + text, 11) + "\n";
}

std::string settings(const Rule& rule) {
  std::string out;
  for (const auto& [key, value] : rule.set) out += (out.empty() ? "" : ", ") + key + " = " + value;
  return out;
}

std::string describe(RuleIndex index, const CompiledRules& rules) {
  const Rule& rule = rules.rules[index];
  const Level& level = *rules.levels[rule.level];
  const LevelPatterns patterns(level, rules);
  const Pattern& tree = patterns.trees[rule.place];
  std::string out = rule.id + "  " + rule.file + ":" + std::to_string(rule.line) + "\n";
  line(out, "level",
       level.name + ", rule " + std::to_string(rule.place + 1) + " of " +
           std::to_string(level.rules.size()) + ", priority " + std::to_string(rule.priority));
  line(out, "emits", rule.kill ? "nothing: a kill rule" : rules.kinds[rule.emit]);
  line(out, "match", rule.match);
  line(out, "before", rule.before);
  line(out, "after", rule.after);
  line(out, "not before", rule.not_before);
  line(out, "not after", rule.not_after);
  line(out, "when", rule.when);
  line(out, "set", settings(rule));
  line(out, "examples",
       std::to_string(examples_of(rule, false)) + ", rejects " +
           std::to_string(examples_of(rule, true)));
  line(out, "expanded", written(tree, patterns));
  line(out, "requires", requirements(tree, patterns));
  line(out, "located by", how_located(level.rules[rule.place]));
  line(out, "RE2", level.rules[rule.place].text());
  return out;
}

std::string table_of(const std::vector<RuleIndex>& members, const CompiledRules& rules) {
  std::size_t width = 4;
  for (const RuleIndex r : members) width = std::max(width, rules.rules[r].id.size());
  std::string out =
      pad("rule", width + 2) + pad("emits", 14) + "priority  examples  rejects  file\n";
  for (const RuleIndex r : members) {
    const Rule& rule = rules.rules[r];
    const std::string priority = std::to_string(rule.priority);
    out += pad(rule.id, width + 2) + pad(rule.kill ? "none" : rules.kinds[rule.emit], 14) +
           std::string(8 - std::min<std::size_t>(8, priority.size()), ' ') + priority +
           right(examples_of(rule, false), 10) + right(examples_of(rule, true), 9) + "  " +
           rule.file.substr(rule.file.rfind('/') + 1) + ":" + std::to_string(rule.line) + "\n";
  }
  return out;
}

std::vector<RuleIndex> rules_where(const CompiledRules& rules, const auto& holds) {
  std::vector<RuleIndex> out;
  for (RuleIndex r = 0; r < rules.rules.size(); ++r) {
    if (holds(rules.rules[r])) out.push_back(r);
  }
  return out;
}

[[noreturn]] void unknown(const std::string& name, const CompiledRules& rules) {
  std::vector<std::string> known;
  for (const auto& level : rules.levels) known.push_back(level->name);
  for (const Rule& rule : rules.rules) known.push_back(rule.id);
  const std::string hint = did_you_mean(name, known);
  throw SetupError("no rule, no part of a rule's id and no level is called " + name +
                   (hint.empty() ? "" : "; " + hint));
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns) {
  std::string out;
  std::size_t column = 0, blank = std::string::npos;  // of the line; its last blank, in `out`
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = character_at(text, at).size;
    if (column == columns) {
      const bool cut = blank == std::string::npos || text[at] == ' ';
      const std::size_t from = cut ? out.size() : blank + 1;
      const std::string rest = out.substr(from);
      out.resize(cut ? from : blank);
      out.erase(out.find_last_not_of(' ') + 1);
      out += "\n" + std::string(indent, ' ') + rest;
      column = indent + static_cast<std::size_t>(
                            std::ranges::count_if(rest, [](char c) { return (c & 0xC0) != 0x80; }));
      blank = std::string::npos;
      if (text[at] == ' ') {
        ++at;
        continue;
      }
    }
    if (text[at] == ' ' && column > indent) blank = out.size();
    out.append(text, at, size);
    at += size;
    ++column;
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string list_levels(const RuleSet& set) {
  const CompiledRules& rules = set.compiled();
  std::size_t width = 10;
  for (const auto& level : rules.levels) width = std::max(width, level->name.size());
  std::string out = pad("level", width + 2) + pad("scope", 14) + pad("policy", 8) +
                    "rules  examples  symbols  emits\n";
  std::size_t examples = 0;
  for (const auto& level : rules.levels) {
    const auto members =
        rules_where(rules, [&](const Rule& rule) { return rule.level == level->index; });
    std::size_t of_level = 0;
    for (const RuleIndex r : members) of_level += rules.rules[r].examples.size();
    examples += of_level;
    const std::size_t symbols = level->group_classes * level->look_classes;
    const std::string policy = level->builtin != Builtin::none ? "C++"
                               : level->keep_all               ? "all"
                                                               : "best";
    out += wrapped(pad(level->name, width + 2) + pad(scope_of(*level, rules), 14) + pad(policy, 8) +
                       right(members.size(), 5) + right(of_level, 10) + right(symbols, 9) + "  " +
                       emitted(*level, rules),
                   width + 50) +
           "\n";
  }
  return out + std::to_string(rules.rules.size()) + " rules in " +
         std::to_string(rules.levels.size()) + " levels, " + std::to_string(examples) +
         " examples and rejects\n";
}

std::string list_rules(const RuleSet& set, const std::string& name) {
  const CompiledRules& rules = set.compiled();
  const auto exact = rules_where(rules, [&](const Rule& rule) { return rule.id == name; });
  if (!exact.empty()) return describe(exact.front(), rules);
  const auto level =
      std::ranges::find_if(rules.levels, [&](const auto& l) { return l->name == name; });
  if (level != rules.levels.end()) {
    const std::size_t index = (*level)->index;
    return table_of(rules_where(rules, [&](const Rule& rule) { return rule.level == index; }),
                    rules);
  }
  const auto some =
      rules_where(rules, [&](const Rule& rule) { return rule.id.find(name) != std::string::npos; });
  if (some.empty()) unknown(name, rules);
  return table_of(some, rules);
}

}  // namespace glane
