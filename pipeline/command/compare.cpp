// glane compare: two outputs on the same gold.
#include "workbench/compare.h"

#include <iostream>

#include "command/commands.h"

namespace glane {

namespace {

struct CompareCommand {
  std::string gold, first, second;
  CompareOptions options;
  bool json = false;
};

int compare_command(const CompareCommand& command) {
  const AnnotatedCorpus gold = read_annotations(std::filesystem::path(command.gold));
  const AnnotatedCorpus first = read_annotations(std::filesystem::path(command.first));
  const AnnotatedCorpus second = read_annotations(std::filesystem::path(command.second));
  const Comparison comparison = compare(gold, Judge::gold, first, second, command.options);
  std::cout << (command.json ? comparison_json(comparison)
                             : comparison_text(comparison, command.options));
  return kWell;
}

}  // namespace

Command add_compare(CLI::App& app) {
  const auto held = std::make_shared<CompareCommand>();
  CLI::App* sub = app.add_subcommand(
      "compare", "What a second output fixes and breaks, by rule, and how sure that is");
  sub->add_option("A", held->first, "The first output, JSON Lines")->required();
  sub->add_option("B", held->second, "The second output")->required();
  sub->add_option("--gold", held->gold, "JSON Lines with annotations")->required();
  sub->add_option("--layers", held->options.layers, "entities,figures,quotes")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"entities", "figures", "quotes"}));
  sub->add_option("--shown", held->options.shown, "Changes written out for each rule")
      ->capture_default_str();
  sub->add_flag("--json", held->json, "One JSON object with every change");
  return [held] { return compare_command(*held); };
}

}  // namespace glane
