// glane extract: inputs, outputs and how to run between them.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <thread>

#include "command/commands.h"
#include "read/formats.h"
#include "run/run.h"
#include "write/open_sink.h"

namespace glane {

namespace {

struct ExtractCommand {
  std::vector<std::string> inputs = {"-"};
  std::string from = "auto";
  std::vector<std::string> map;
  std::vector<std::string> to = {"jsonl"};
  std::string output = "-";
  int threads = 0;
  std::string date;
  std::string offsets = "codepoint";
  std::vector<std::string> layers;
  bool with_text = false;
  bool ascii = false;
  bool filter = false;
  bool summary = false;
  std::string rules;
  std::vector<std::string> without;
};

bool among(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Layers layers_of(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  return {.entities = among("entities", names),
          .figures = among("figures", names),
          .quotes = among("quotes", names)};
}

JsonOptions json_options(const ExtractCommand& command) {
  static const std::map<std::string, OffsetUnit> kUnits = {{"codepoint", OffsetUnit::codepoint},
                                                           {"byte", OffsetUnit::byte},
                                                           {"utf16", OffsetUnit::utf16}};
  return {.offsets = kUnits.at(command.offsets),
          .with_text = command.with_text,
          .layers = layers_of(command.layers),
          .ascii = command.ascii};
}

// Vocabularies of XML and JSON are told apart by what is in them, whatever name is given.
const std::map<std::string, std::optional<Form>>& forms() {
  static const std::map<std::string, std::optional<Form>> kForms = {
      {"auto", std::nullopt}, {"text", Form::text}, {"jsonl", Form::jsonl},
      {"rss", Form::xml},     {"atom", Form::xml},  {"newsml", Form::xml},
      {"nitf", Form::xml},    {"json", Form::json}, {"ninjs", Form::json}};
  return kForms;
}

std::string check_map(const std::string& written) {
  FieldMap ignored;
  return add_field(written, ignored);
}

ReadOptions read_options(const ExtractCommand& command) {
  ReadOptions options{.form = forms().at(command.from)};
  for (const std::string& written : command.map) add_field(written, options.fields);
  return options;
}

std::string check_date(const std::string& date) {
  return date.size() == 10 && parse_date(date) ? std::string()
                                               : "\"" + date + "\" is not YYYY-MM-DD";
}

void check(const ExtractCommand& command) {
  const auto streams = std::count_if(command.to.begin(), command.to.end(), goes_to_output);
  if (streams > 1) throw UsageError("--to: two forms without a file of their own (FORM:FILE)");
  if (streams == 0 && command.output != "-") {
    throw UsageError("-o: every form of --to has a file of its own");
  }
  for (const std::string& to : command.to) {
    const std::string target = target_of(to);
    const auto same = [&](const std::string& other) { return target_of(other) == target; };
    if (!target.empty() && std::count_if(command.to.begin(), command.to.end(), same) > 1) {
      throw UsageError("--to: " + target + " is named twice");
    }
  }
  if (std::count(command.inputs.begin(), command.inputs.end(), "-") > 1) {
    throw UsageError("standard input (-) can be read once only");
  }
}

void check_filter(const ExtractCommand& command) {
  const bool plain = command.inputs == std::vector<std::string>{"-"} && command.output == "-" &&
                     command.to == std::vector<std::string>{"jsonl"} && command.from != "text";
  if (!plain) throw UsageError("--filter reads JSON Lines on standard input and writes them");
}

void print_summary(const RunTotals& totals) {
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

RunOptions run_options(const ExtractCommand& command) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return {.threads = command.threads == 0 ? cores : command.threads,
          .layers = layers_of(command.layers),
          .date = command.date};
}

// `| head -1` ends a run in good order, unless another output stays behind unfinished.
RunTotals run_all(Source& source, const RuleSet& rules,
                  const std::vector<std::unique_ptr<Sink>>& sinks, const RunOptions& options,
                  Progress& progress) {
  try {
    return run(source, rules, sinks, options, progress, std::cerr);
  } catch (const ClosedPipe& closed) {
    if (sinks.size() == 1) throw;
    throw SetupError(std::string(closed.what()) +
                     ": closed by its reader; the other outputs are not complete");
  }
}

// Whatever the lines hold, the status is 0: what is wrong with one is said in its place.
int filter_command(const ExtractCommand& command) {
  check_filter(command);
  const RuleSet rules = load_rules_of(command.rules);
  std::vector<std::unique_ptr<Sink>> sinks;
  sinks.push_back(write_filter(rules, json_options(command)));
  const auto source =
      read_jsonl(ByteReader::open("-"), "-", read_options(command).fields, BlankLines::refused);
  Progress progress(std::nullopt);
  RunOptions options = run_options(command);
  options.contract = Contract::filter;
  const RunTotals totals = run(*source, rules, sinks, options, progress, std::cerr);
  if (command.summary) print_summary(totals);
  return kWell;
}

int extract_command(const ExtractCommand& command) {
  if (command.filter) return filter_command(command);
  check(command);
  const RuleSet rules = load_rules_of(command.rules, command.without);
  std::vector<std::unique_ptr<Sink>> sinks;
  for (const std::string& to : command.to) {
    sinks.push_back(open_sink(to, command.output, rules, json_options(command)));
  }
  const auto source = read_inputs(command.inputs, read_options(command));
  // Sizing a folder means to walk it: not for a line that nobody sees.
  Progress progress(Progress::is_wanted() ? input_size(command.inputs) : std::nullopt);
  const RunTotals totals = run_all(*source, rules, sinks, run_options(command), progress);
  if (command.summary) print_summary(totals);
  if (totals.unopened > 0) return kNotOpened;
  return totals.refused > 0 ? kRefused : kWell;
}

}  // namespace

Command add_extract(CLI::App& app) {
  const auto held = std::make_shared<ExtractCommand>();
  ExtractCommand& command = *held;
  CLI::App* sub = app.add_subcommand(
      "extract", "Find entities, figures and quotes in articles, and write them down");
  sub->add_option("FILE", command.inputs, "Files or folders; - is standard input (the default)");
  sub->add_option("--from", command.from,
                  "What the input is (auto: told by its content; archives are opened)")
      ->check(CLI::IsMember({"auto", "text", "jsonl", "csv", "rss", "atom", "newsml", "nitf",
                             "json", "ninjs", "html", "iptc7901", "warc"}))
      ->capture_default_str();
  sub->add_option(
         "--map", command.map,
         "FIELD=PATH: where id, text, title, date, language or source stands in JSON Lines "
         "(keys separated by dots) or CSV (name or number of a column); may be repeated")
      ->check(CLI::Validator(check_map, "FIELD=PATH"))
      ->allow_extra_args(false);
  sub->add_option("--to", command.to, list_forms() + "; may be given several times")
      ->check(CLI::Validator(check_form, "FORM"))
      ->allow_extra_args(false)
      ->capture_default_str();
  sub->add_option("-o,--output", command.output,
                  "File of the form that names none; appears only when it is whole")
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
  sub->add_flag("--ascii", command.ascii, "Write characters beyond ASCII as \\uXXXX (jsonl, json)");
  sub->add_flag("--filter", command.filter,
                "For pipes: each line of JSON on standard input becomes one line at once, "
                "in order; what cannot be read becomes {\"id\", \"error\"}");
  sub->add_flag("--summary", command.summary, "Tell on standard error what was found, how fast");
  add_rules_folder(*sub, command.rules);
  add_without(*sub, command.without);
  return [held] { return extract_command(*held); };
}

}  // namespace glane
