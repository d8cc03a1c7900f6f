// glane evaluate: predictions against gold.
#include "evaluate/evaluate.h"

#include <iostream>

#include "command/commands.h"

namespace glane {

namespace {

struct EvaluateCommand {
  EvaluateOptions options;
  bool json = false;
  bool markdown = false;
  bool full = false;
  std::string rules;
  std::vector<std::string> without;
};

void add_format(CLI::App& sub, const std::string& name, AnnotationFormat& format,
                const std::string& what) {
  sub.add_option_function<std::string>(
         name, [&format](const std::string& word) { format = annotation_format(word); },
         what + " (auto: tell by its content)")
      ->check(
          CLI::IsMember({"auto", "glane", "brat", "conll", "doccano", "label-studio", "timeml"}));
}

int evaluate_command(EvaluateCommand& command) {
  if (command.json) command.options.format = ReportFormat::json;
  if (command.markdown) command.options.format = ReportFormat::markdown;
  if (command.full) command.options.detail = Detail::full;
  if (command.options.pred) return evaluate(command.options, nullptr, std::cout, std::cerr);
  const RuleSet rules = load_rules_of(command.rules, command.without);
  return evaluate(command.options, &rules, std::cout, std::cerr);
}

}  // namespace

Command add_evaluate(CLI::App& app) {
  const auto held = std::make_shared<EvaluateCommand>();
  EvaluateOptions& options = held->options;
  CLI::App* sub = app.add_subcommand("evaluate", "Compare predictions with gold annotation");
  sub->add_option("--gold", options.gold,
                  "Annotations: glane's or doccano's JSON Lines, a BRAT or TimeML folder, CoNLL "
                  "with IOB2 tags, Label Studio's JSON")
      ->required();
  sub->add_option("--pred", options.pred,
                  "Predictions, - is standard input; without, the gold's texts are read anew");
  add_format(*sub, "--gold-format", options.gold_format, "What --gold is");
  add_format(*sub, "--pred-format", options.pred_format, "What --pred is");
  sub->add_option("--map", options.map,
                  "What the names of types in the gold mean, and which to ignore (corpus/maps)");
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
  CLI::Option* json = sub->add_flag("--json", held->json, "Report as JSON");
  sub->add_flag("--markdown", held->markdown, "Report as Markdown, all measures")->excludes(json);
  sub->add_flag("--full", held->full,
                "All measures: SemEval-2013's for each type, means, intervals of 95 %");
  sub->add_option("--html", options.html, "Write a page with scores, errors and rules there too");
  sub->add_option("--against", options.against,
                  "Predictions of an earlier run, or its report of --full --json: what changed "
                  "stands in the page");
  add_rules_folder(*sub, held->rules);
  add_without(*sub, held->without);
  return [held] { return evaluate_command(*held); };
}

}  // namespace glane
