// The subcommands of `glane`. Each lives in a file of its own, NAME.cpp: its options, what
// it checks, what it prints.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "glane/extract.h"

namespace glane {

// Exit statuses of the program.
enum Status {
  kWell = 0,
  kRefused = 1,   // the run ended, but some documents were refused, or a check does not hold
  kUsage = 2,     // wrong usage
  kNotOpened = 3  // rules, input or output could not be opened or written
};

// A wrong option that CLI11 could not see.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Adds a subcommand to the command line. What is returned runs it, once its options are parsed,
// and gives the exit status.
using Command = std::function<int()>;
Command add_extract(CLI::App& app);
Command add_evaluate(CLI::App& app);
Command add_compare(CLI::App& app);
Command add_explain(CLI::App& app);
Command add_rules(CLI::App& app);
Command add_tune(CLI::App& app);

// The option --rules, and the rules it names: those that come with glane when it is empty.
void add_rules_folder(CLI::App& sub, std::string& folder);
RuleSet load_rules_of(const std::string& folder, const std::vector<std::string>& without = {});
// The option --without: word lists to be left out.
void add_without(CLI::App& sub, std::vector<std::string>& lists);

}  // namespace glane
