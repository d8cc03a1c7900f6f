// glane rules: for whoever writes them.
#include <algorithm>
#include <iostream>

#include "command/commands.h"
#include "compile/image.h"
#include "compile/load_rules.h"
#include "evaluate/python_text.h"
#include "run/each_article.h"
#include "workbench/compare.h"
#include "workbench/list_rules.h"
#include "workbench/profile_rules.h"
#include "write/output_file.h"

namespace glane {

namespace {

struct RulesCommand {
  std::string filter;
  std::string name;
  std::string rules;
  std::vector<std::string> inputs;
  std::string gold;
  std::size_t shown = 10;
  std::string before, after;  // folders
  std::string output;
  CompareOptions compare;
  bool json = false;
};

// Errors keep rules from being opened; what is only warned of is a check that does not hold.
int check_command(const RulesCommand& command) {
  const std::filesystem::path folder =
      command.rules.empty() ? find_rules() : std::filesystem::path(command.rules);
  const std::vector<RuleMistake> mistakes = check_rules(folder);
  std::size_t errors = 0;
  for (const RuleMistake& mistake : mistakes) {
    std::cout << to_string(mistake) << '\n';
    errors += mistake.severity == RuleMistake::Severity::error;
  }
  if (!mistakes.empty()) {
    std::cout << errors << (errors == 1 ? " error, " : " errors, ") << mistakes.size() - errors
              << " warnings\n";
    return errors > 0 ? kNotOpened : kRefused;
  }
  const RuleSet rules = RuleSet::load(folder);
  std::cout << rules.rule_count() << " rules, " << rules.hash() << '\n';
  return kWell;
}

// Reads the folder itself, never an image of it.
int compile_command(const RulesCommand& command) {
  const std::filesystem::path folder =
      command.rules.empty() ? find_rules() : std::filesystem::path(command.rules);
  const RuleFolderReading reading = read_rule_folder(folder);
  for (const RuleMistake& mistake : reading.mistakes) std::cerr << to_string(mistake) << '\n';
  if (!reading.mistakes.empty()) return kNotOpened;
  OutputFile output(command.output);
  output.write(write_image(*reading.rules));
  output.finish();
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

// The id of an article as the gold writes it: a number there is text here.
Json id_among(const AnnotatedCorpus& gold, const std::string& id) {
  if (gold.find(id)) return id;
  for (const Json& document : gold.documents()) {
    if (python_str(&document.at("id")) == id) return document.at("id");
  }
  return id;
}

int profile_command(const RulesCommand& command) {
  const RuleSet rules = load_rules_of(command.rules);
  AnnotatedCorpus gold;
  if (!command.gold.empty()) gold = read_annotations(std::filesystem::path(command.gold));
  Profile profile(rules);
  const Trouble trouble = each_article(command.inputs, std::cerr, [&](Article article) {
    const Json id = id_among(gold, article.id);
    profile.add(std::move(article), gold.find(id));
  });
  std::cout << profile.text(command.shown);
  return trouble == Trouble::none ? kWell : kRefused;
}

// What both rule sets find in the same articles.
struct Outputs {
  AnnotatedCorpus texts, before, after;
  Judge judge = Judge::none;
};

Json output_of(const Article& article, const Json& id, const RuleSet& rules) {
  Json output = Json::parse(to_json(extract(article, rules), rules));
  output["id"] = id;
  return output;
}

Json text_of(const Article& article) { return {{"id", article.id}, {"text", article.text}}; }

// Articles that come annotated are gold.
std::optional<AnnotatedCorpus> gold_among(const std::vector<std::string>& inputs) {
  if (inputs.size() != 1 || !inputs.front().ends_with(".jsonl")) return std::nullopt;
  AnnotatedCorpus found = read_annotations(std::filesystem::path(inputs.front()));
  const auto annotated = [](const Json& d) {
    return d.contains("entities") || d.contains("figures") || d.contains("quotes");
  };
  if (std::ranges::none_of(found.documents(), annotated)) return std::nullopt;
  return found;
}

int diff_command(const RulesCommand& command) {
  const RuleSet before = RuleSet::load(command.before);
  const RuleSet after = RuleSet::load(command.after);
  Outputs outputs;
  std::optional<AnnotatedCorpus> gold = gold_among(command.inputs);
  if (!command.gold.empty()) gold = read_annotations(std::filesystem::path(command.gold));
  if (gold) outputs.texts = std::move(*gold), outputs.judge = Judge::gold;
  const Trouble trouble = each_article(command.inputs, std::cerr, [&](const Article& article) {
    if (outputs.judge == Judge::none) outputs.texts.add(text_of(article));
    const Json id = id_among(outputs.texts, article.id);
    outputs.before.add(output_of(article, id, before));
    outputs.after.add(output_of(article, id, after));
  });
  const Comparison found =
      compare(outputs.texts, outputs.judge, outputs.before, outputs.after, command.compare);
  std::cout << (command.json ? comparison_json(found) : comparison_text(found, command.compare));
  return trouble == Trouble::none ? kWell : kRefused;
}

void add_inputs(CLI::App& sub, const char* name, RulesCommand& command) {
  sub.add_option(name, command.inputs, "Files or folders of articles; - is standard input")
      ->required();
}

CLI::App* add_profile(CLI::App& rules, RulesCommand& command) {
  CLI::App* sub = rules.add_subcommand(
      "profile", "How often each rule fires, what it costs, how often gold contradicts it");
  add_inputs(*sub, "INPUT", command);
  sub->add_option("--gold", command.gold, "JSON Lines with annotations of the same articles");
  sub->add_option("--shown", command.shown, "Rules shown in each table")->capture_default_str();
  add_rules_folder(*sub, command.rules);
  return sub;
}

CLI::App* add_diff(CLI::App& rules, RulesCommand& command) {
  CLI::App* sub =
      rules.add_subcommand("diff", "What other rules find in the same articles, by rule");
  sub->add_option("OLD", command.before, "A folder of rules")->required();
  sub->add_option("NEW", command.after, "Another")->required();
  add_inputs(*sub, "--on", command);
  sub->add_option("--gold", command.gold, "Annotations to judge by, when the articles hold none");
  sub->add_option("--layers", command.compare.layers, "entities,figures,quotes")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"entities", "figures", "quotes"}));
  sub->add_option("--shown", command.compare.shown, "Changes written out for each rule")
      ->capture_default_str();
  sub->add_flag("--json", command.json, "One JSON object with every change");
  return sub;
}

}  // namespace

Command add_rules(CLI::App& app) {
  const auto held = std::make_shared<RulesCommand>();
  CLI::App* sub = app.add_subcommand("rules", "Look after a folder of rules");
  CLI::App* check =
      sub->add_subcommand("check", "Tell every mistake of the rules, with its place and a hint");
  add_rules_folder(*check, held->rules);
  CLI::App* test = sub->add_subcommand("test", "Run the examples that stand beside the rules");
  test->add_option("--filter", held->filter, "Only some rules, by their id");
  add_rules_folder(*test, held->rules);
  CLI::App* list =
      sub->add_subcommand("list", "Show the cascade, a level, or a rule down to its RE2 pattern");
  list->add_option("NAME", held->name, "A level, the id of a rule, or a part of ids");
  add_rules_folder(*list, held->rules);
  CLI::App* compile =
      sub->add_subcommand("compile", "Write an image of the rules, with which glane starts faster");
  compile->add_option("-o,--output", held->output, "DIR.image, or rules.image beside the program")
      ->required();
  add_rules_folder(*compile, held->rules);
  CLI::App* profile = add_profile(*sub, *held);
  CLI::App* diff = add_diff(*sub, *held);
  sub->require_subcommand(1);
  return [held, check, list, compile, profile, diff] {
    if (check->parsed()) return check_command(*held);
    if (compile->parsed()) return compile_command(*held);
    if (profile->parsed()) return profile_command(*held);
    if (diff->parsed()) return diff_command(*held);
    return list->parsed() ? list_command(*held) : test_rules(*held);
  };
}

}  // namespace glane
