// The command line: options in, exit status out.
//   0 all well   1 some documents were refused, or an example does not hold
//   2 wrong usage   3 rules, input or output could not be opened or written
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <thread>

#include "evaluate.h"
#include "run.h"
#include "version.h"

namespace {

enum Status { kWell = 0, kRefused = 1, kUsage = 2, kNotOpened = 3 };

struct ExtractCommand {
  std::vector<std::string> inputs = {"-"};
  std::string from = "auto";
  std::vector<std::string> to = {"jsonl"};
  std::string output = "-";
  int threads = 0;
  std::string date;
  std::string offsets = "codepoint";
  std::vector<std::string> layers;
  bool with_text = false;
  bool summary = false;
};

struct RulesCommand {
  std::string filter;
};

// A wrong option that CLI11 could not see.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

glane::RuleSet load_rules(const std::string& directory) {
  return glane::RuleSet::load(directory.empty() ? glane::find_rules()
                                                : std::filesystem::path(directory));
}

bool among(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

glane::Layers layers_of(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  return {.entities = among("entities", names),
          .figures = among("figures", names),
          .quotes = among("quotes", names)};
}

glane::JsonOptions json_options(const ExtractCommand& command) {
  static const std::map<std::string, glane::OffsetUnit> kUnits = {
      {"codepoint", glane::OffsetUnit::codepoint},
      {"byte", glane::OffsetUnit::byte},
      {"utf16", glane::OffsetUnit::utf16}};
  return {.offsets = kUnits.at(command.offsets),
          .with_text = command.with_text,
          .layers = layers_of(command.layers)};
}

std::optional<glane::Form> form_of(const std::string& from) {
  if (from == "text") return glane::Form::text;
  if (from == "jsonl") return glane::Form::jsonl;
  return std::nullopt;
}

constexpr std::string_view kSqlite = "sqlite:";

std::unique_ptr<glane::Sink> open_sink(const std::string& to, const ExtractCommand& command,
                                       const glane::RuleSet& rules) {
  const glane::JsonOptions options = json_options(command);
  if (to.starts_with(kSqlite)) {
    return glane::write_sqlite(to.substr(kSqlite.size()), rules, options);
  }
  return to == "json" ? glane::write_json_array(command.output, rules, options)
                      : glane::write_jsonl(command.output, rules, options);
}

// What CLI11 calls for each --to: a message when it is wrong.
std::string check_to(const std::string& to) {
  if (to == "jsonl" || to == "json") return {};
  if (to.starts_with(kSqlite) && to.size() > kSqlite.size()) return {};
  return "\"" + to + "\" is none of jsonl, json, sqlite:FILE";
}

std::string check_date(const std::string& date) {
  return date.size() == 10 && glane::parse_date(date) ? std::string()
                                                      : "\"" + date + "\" is not YYYY-MM-DD";
}

void check(const ExtractCommand& command) {
  const auto is_stream = [](const std::string& to) { return !to.starts_with(kSqlite); };
  const auto streams = std::count_if(command.to.begin(), command.to.end(), is_stream);
  if (streams > 1) throw UsageError("--to: jsonl and json cannot share one output");
  if (streams == 0 && command.output != "-") {
    throw UsageError("-o names the output of jsonl or json, and --to asks for neither");
  }
  if (std::count(command.inputs.begin(), command.inputs.end(), "-") > 1) {
    throw UsageError("standard input (-) can be read once only");
  }
}

void print_summary(const glane::RunTotals& totals) {
  const double megabytes = static_cast<double>(totals.text_bytes) / 1e6;
  std::cerr << std::fixed << std::setprecision(2) << totals.documents << " documents, "
            << totals.entities << " entities, " << totals.figures << " figures, " << totals.quotes
            << " quotes; " << megabytes << " MB of text in " << totals.seconds << " s, "
            << std::setprecision(1) << (totals.seconds > 0 ? megabytes / totals.seconds : 0)
            << " MB/s";
  if (totals.refused + totals.unopened > 0) {
    std::cerr << "; " << totals.refused << " refused, " << totals.unopened << " not opened";
  }
  std::cerr << '\n';
}

// `| head -1` ends a run in good order, unless another output stays behind unfinished.
glane::RunTotals run(glane::Source& source, const glane::RuleSet& rules,
                     const std::vector<std::unique_ptr<glane::Sink>>& sinks,
                     const glane::RunOptions& options, glane::Progress& progress) {
  try {
    return glane::run(source, rules, sinks, options, progress, std::cerr);
  } catch (const glane::ClosedPipe& closed) {
    if (sinks.size() == 1) throw;
    throw glane::SetupError(std::string(closed.what()) +
                            ": closed by its reader; the other outputs are not complete");
  }
}

int extract(const ExtractCommand& command, const std::string& rules_directory) {
  check(command);
  const glane::RuleSet rules = load_rules(rules_directory);
  std::vector<std::unique_ptr<glane::Sink>> sinks;
  for (const std::string& to : command.to) sinks.push_back(open_sink(to, command, rules));
  const auto source = glane::read_inputs(command.inputs, form_of(command.from));
  // Sizing a folder means to walk it: not for a line that nobody sees.
  glane::Progress progress(glane::Progress::is_wanted() ? glane::input_size(command.inputs)
                                                        : std::nullopt);
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const glane::RunOptions options{.threads = command.threads == 0 ? cores : command.threads,
                                  .layers = layers_of(command.layers),
                                  .date = command.date};
  const glane::RunTotals totals = run(*source, rules, sinks, options, progress);
  if (command.summary) print_summary(totals);
  if (totals.unopened > 0) return kNotOpened;
  return totals.refused > 0 ? kRefused : kWell;
}

int check_rules(const std::string& directory) {
  const glane::RuleSet rules = load_rules(directory);
  std::cout << rules.rule_count() << " rules, " << rules.hash() << '\n';
  return kWell;
}

int test_rules(const RulesCommand& command, const std::string& directory) {
  const glane::ExampleReport report = glane::test_examples(load_rules(directory), command.filter);
  for (const std::string& failure : report.failures) std::cout << failure << '\n';
  for (const std::string& todo : report.passing_todos) {
    std::cout << todo << ": this todo holds now, make it an example\n";
  }
  std::cout << report.run << " examples, " << report.failures.size() << " do not hold, "
            << report.todo << " known gaps\n";
  return report.failures.empty() ? kWell : kRefused;
}

void add_directory(CLI::App* sub, std::string& directory) {
  sub->add_option("--rules", directory, "Folder of rules (default: those that come with glane)");
}

void add_extract(CLI::App& app, ExtractCommand& command, std::string& directory) {
  CLI::App* sub = app.add_subcommand(
      "extract", "Find entities, figures and quotes in articles, and write them as JSON or SQLite");
  sub->add_option("FILE", command.inputs, "Files or folders; - is standard input (the default)");
  sub->add_option("--from", command.from, "What the input is (auto: tell by name and first byte)")
      ->check(CLI::IsMember({"auto", "text", "jsonl"}))
      ->capture_default_str();
  sub->add_option("--to", command.to, "jsonl, json or sqlite:FILE; may be given several times")
      ->check(CLI::Validator(check_to, "FORMAT"))
      ->allow_extra_args(false)
      ->capture_default_str();
  sub->add_option("-o,--output", command.output,
                  "File for jsonl or json; appears only when it is whole")
      ->capture_default_str();
  sub->add_option("--threads", command.threads, "Threads (0: one a core)")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  sub->add_option("--date", command.date, "Publication day of articles that have none")
      ->check(CLI::Validator(check_date, "YYYY-MM-DD"));
  sub->add_option("--offsets", command.offsets, "Unit of start and end")
      ->check(CLI::IsMember({"codepoint", "byte", "utf16"}))
      ->capture_default_str();
  sub->add_option("--layers", command.layers, "What to look for: entities,figures,quotes")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"entities", "figures", "quotes"}));
  sub->add_flag("--with-text", command.with_text, "Give the text of the articles back");
  sub->add_flag("--summary", command.summary, "Tell on standard error what was found, how fast");
  add_directory(sub, directory);
}

void add_evaluate(CLI::App& app, glane::EvaluateOptions& options, bool& json,
                  std::string& directory) {
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
  sub->add_flag("--json", json, "Report as JSON");
  add_directory(sub, directory);
}

CLI::App* add_rules(CLI::App& app, RulesCommand& command, std::string& directory) {
  CLI::App* sub = app.add_subcommand("rules", "Look after a folder of rules");
  CLI::App* check = sub->add_subcommand("check", "Load and compile the rules");
  add_directory(check, directory);
  CLI::App* test = sub->add_subcommand("test", "Run the examples that stand beside the rules");
  test->add_option("--filter", command.filter, "Only some rules, by their id");
  add_directory(test, directory);
  sub->require_subcommand(1);
  return sub;
}

int dispatch(CLI::App& app, int argc, char** argv) {
  ExtractCommand extract_command;
  RulesCommand rules_command;
  glane::EvaluateOptions evaluation;
  bool as_json = false;
  std::string directory;
  app.set_version_flag("--version", std::string("glane ") + glane::kVersion);
  app.require_subcommand(1);
  add_extract(app, extract_command, directory);
  add_evaluate(app, evaluation, as_json, directory);
  const CLI::App* rules = add_rules(app, rules_command, directory);
  app.parse(argc, argv);
  if (app.got_subcommand("extract")) return extract(extract_command, directory);
  if (app.got_subcommand("evaluate")) {
    if (as_json) evaluation.format = glane::ReportFormat::json;
    if (evaluation.pred) return glane::evaluate(evaluation, nullptr, std::cout, std::cerr);
    const glane::RuleSet loaded = load_rules(directory);
    return glane::evaluate(evaluation, &loaded, std::cout, std::cerr);
  }
  return rules->got_subcommand("check") ? check_rules(directory)
                                        : test_rules(rules_command, directory);
}

// CLI11 has many codes of its own; ours has one for wrong usage.
int report(const CLI::App& app, const CLI::ParseError& error) {
  return app.exit(error) == 0 ? kWell : kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe is then an error of write(2), and ends the run in order.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"glane: who, how much and who said what, from French news", "glane"};
  try {
    return dispatch(app, argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  } catch (const UsageError& error) {
    std::cerr << "glane: " << error.what() << '\n';
    return kUsage;
  } catch (const glane::ClosedPipe&) {
    return kWell;
  } catch (const std::exception& error) {
    std::cerr << "glane: " << error.what() << '\n';
    return kNotOpened;
  }
}
