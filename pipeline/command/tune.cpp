// glane tune: the weights of evidence, fitted to annotated articles.
#include "workbench/tune.h"

#include <iostream>

#include "command/commands.h"
#include "workbench/write_weights.h"

namespace glane {

namespace {

struct TuneCommand {
  TuneOptions options;
  std::string start = "written";
  std::string rules;
  bool write = false;
};

int tune_command(TuneCommand& command) {
  const std::filesystem::path folder =
      command.rules.empty() ? find_rules() : std::filesystem::path(command.rules);
  const RuleSet rules = RuleSet::load(folder);
  if (command.start == "nothing") command.options.start = TuneStart::nothing;
  const Tuning tuning = tune(command.options, rules, std::cout);
  if (!command.write) return kWell;
  const std::size_t files = write_weights(folder, rules.compiled(), tuning);
  std::cout << files << " files written in " << folder.string() << '\n';
  return kWell;
}

}  // namespace

Command add_tune(CLI::App& app) {
  const auto held = std::make_shared<TuneCommand>();
  TuneOptions& options = held->options;
  CLI::App* sub = app.add_subcommand(
      "tune", "Fit the weights of evidence for names to annotated articles, by cross-validation");
  sub->add_option("--gold", options.gold, "JSON Lines with entities; may be given several times")
      ->required()
      ->allow_extra_args(false);
  sub->add_option("--folds", options.folds, "How many parts the articles are dealt to (5)")
      ->check(CLI::Range(2, 1000));
  sub->add_option("--hold", options.hold, "How strongly weights are held to their start (2)")
      ->check(CLI::NonNegativeNumber);
  sub->add_option("--start", held->start, "Where a fit starts: at the weights written, or nothing")
      ->check(CLI::IsMember({"written", "nothing"}));
  sub->add_option("--types", options.types, "Entity types that the report counts")
      ->delimiter(',')
      ->allow_extra_args(false);
  sub->add_flag("--write", held->write, "Write the weights fitted on all articles to the rules");
  add_rules_folder(*sub, held->rules);
  return [held] { return tune_command(*held); };
}

}  // namespace glane
