// glane rules: for whoever writes them.
#include <iostream>

#include "commands.h"
#include "list_rules.h"

namespace glane {

namespace {

struct RulesCommand {
  std::string filter;
  std::string name;
  std::string rules;
};

// Errors keep rules from being opened; what is only warned of is a check that does not hold.
int check_command(const RulesCommand& command) {
  const std::filesystem::path folder = command.rules.empty() ? find_rules() : std::filesystem::path(command.rules);
  const std::vector<RuleMistake> mistakes = check_rules(folder);
  std::size_t errors = 0;
  for (const RuleMistake& mistake : mistakes) {
    std::cout << to_string(mistake) << '\n';
    errors += mistake.severity == RuleMistake::Severity::error;
  }
  if (!mistakes.empty()) {
    std::cout << errors << (errors == 1 ? " error, " : " errors, ") << mistakes.size() - errors << " warnings\n";
    return errors > 0 ? kNotOpened : kRefused;
  }
  const RuleSet rules = RuleSet::load(folder);
  std::cout << rules.rule_count() << " rules, " << rules.hash() << '\n';
  return kWell;
}

int list_command(const RulesCommand& command) {
  const RuleSet rules = load_rules_of(command.rules);
  if (command.name.empty()) {
    std::cout << list_levels(rules);
    return kWell;
  }
  try {
    std::cout << list_rules(rules, command.name);
  } catch (const SetupError& error) {
    throw UsageError(error.what());
  }
  return kWell;
}

int test_rules(const RulesCommand& command) {
  const ExampleReport report = test_examples(load_rules_of(command.rules), command.filter);
  for (const std::string& failure : report.failures) std::cout << failure << '\n';
  for (const std::string& todo : report.passing_todos) {
    std::cout << todo << ": this todo holds now, make it an example\n";
  }
  std::cout << report.run << " examples, " << report.failures.size() << " do not hold, "
            << report.todo << " known gaps\n";
  return report.failures.empty() ? kWell : kRefused;
}

}  // namespace

Command add_rules(CLI::App& app) {
  const auto held = std::make_shared<RulesCommand>();
  CLI::App* sub = app.add_subcommand("rules", "Look after a folder of rules");
  CLI::App* check = sub->add_subcommand("check", "Tell every mistake of the rules, with its place and a hint");
  add_rules_folder(*check, held->rules);
  CLI::App* test = sub->add_subcommand("test", "Run the examples that stand beside the rules");
  test->add_option("--filter", held->filter, "Only some rules, by their id");
  add_rules_folder(*test, held->rules);
  CLI::App* list = sub->add_subcommand("list", "Show the cascade, a level, or a rule down to its RE2 pattern");
  list->add_option("NAME", held->name, "A level, the id of a rule, or a part of ids");
  add_rules_folder(*list, held->rules);
  sub->require_subcommand(1);
  return [held, check, list] {
    if (check->parsed()) return check_command(*held);
    return list->parsed() ? list_command(*held) : test_rules(*held);
  };
}

}  // namespace glane
