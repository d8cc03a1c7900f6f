// glane evaluate: predictions against gold.
#include <iostream>

#include "commands.h"
#include "evaluate.h"

namespace glane {

namespace {

struct EvaluateCommand {
  EvaluateOptions options;
  bool json = false;
  std::string rules;
};

int evaluate_command(EvaluateCommand& command) {
  if (command.json) command.options.format = ReportFormat::json;
  if (command.options.pred) return evaluate(command.options, nullptr, std::cout, std::cerr);
  const RuleSet rules = load_rules_of(command.rules);
  return evaluate(command.options, &rules, std::cout, std::cerr);
}

}  // namespace

Command add_evaluate(CLI::App& app) {
  const auto held = std::make_shared<EvaluateCommand>();
  EvaluateOptions& options = held->options;
  CLI::App* sub = app.add_subcommand("evaluate", "Compare predictions with gold annotation");
  sub->add_option("--gold", options.gold, "JSON Lines with annotations")->required();
  sub->add_option("--pred", options.pred,
                  "Predictions, - is standard input; without, the gold's texts are read anew");
  sub->add_option("--layers", options.layers, "entities,figures,quotes")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"entities", "figures", "quotes"}));
  sub->add_option("--types", options.types, "Entity types, kinds of figures or quotes")
      ->delimiter(',')
      ->allow_extra_args(false);
  sub->add_option("--errors", options.errors, "Print that many misses and extras of each layer");
  sub->add_option("--fail-under", options.fail_under,
                  "Exit with 1 when a measure is lower: quotes.overlap.f1=0.9")
      ->allow_extra_args(false);
  sub->add_flag("--json", held->json, "Report as JSON");
  add_rules_folder(*sub, held->rules);
  return [held] { return evaluate_command(*held); };
}

}  // namespace glane
