// glane explain: what was found in a text, why, and why nothing else was.
#include "workbench/explain.h"

#include <unistd.h>

#include <iostream>

#include "command/commands.h"
#include "run/each_article.h"

namespace glane {

namespace {

struct ExplainCommand {
  std::string input = "-";
  std::optional<std::size_t> at;
  std::string id;
  std::string date;
  bool json = false;
  std::string rules;
};

void explain_article(Article article, const ExplainCommand& command, const RuleSet& rules,
                     const RulePatterns& patterns) {
  std::optional<std::uint32_t> at;
  if (command.at) at = byte_of_character(article.text, *command.at);
  if (!article.date && !command.date.empty()) article.date = parse_date(command.date);
  const Explanation explanation = explain(std::move(article), rules, patterns, at);
  const Ink ink = isatty(STDOUT_FILENO) != 0 ? Ink::ansi : Ink::none;
  std::cout << (command.json ? explanation_json(explanation, rules) + "\n"
                             : explanation_text(explanation, rules, ink));
}

int explain_command(const ExplainCommand& command) {
  const RuleSet rules = load_rules_of(command.rules);
  const RulePatterns patterns = read_patterns(rules.compiled());
  bool explained = false;
  const Trouble trouble = each_article({command.input}, std::cerr, [&](Article article) {
    if (!command.id.empty() && article.id != command.id) return;
    explain_article(std::move(article), command, rules, patterns);
    explained = true;
  });
  if (trouble != Trouble::none) return kRefused;
  if (!explained) throw SetupError(command.input + ": no article with the id " + command.id);
  return kWell;
}

}  // namespace

Command add_explain(CLI::App& app) {
  const auto held = std::make_shared<ExplainCommand>();
  CLI::App* sub = app.add_subcommand(
      "explain", "Show what was found in a text, by which rules, and why nothing else was");
  sub->add_option("FILE", held->input, "A text or JSON Lines; - is standard input (the default)");
  sub->add_option("--at", held->at,
                  "A place, in characters as in the output: its sentence alone, and which rules "
                  "came closest there");
  sub->add_option("--id", held->id, "Of several articles the one with this id");
  sub->add_option("--date", held->date, "Publication day of articles that have none")
      ->type_name("YYYY-MM-DD");
  sub->add_flag("--json", held->json, "One JSON object an article");
  add_rules_folder(*sub, held->rules);
  return [held] { return explain_command(*held); };
}

}  // namespace glane
