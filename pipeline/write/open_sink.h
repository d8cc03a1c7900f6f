// What --to may say, and the sink behind it.
//
// A form alone ("jsonl") goes to the file of -o; with a colon ("jsonl:FILE") it goes where that
// says. To add a form: its sink in sink.h, its line in the table of open_sink.cpp.
#pragma once

#include <memory>
#include <string>

#include "write/sink.h"

namespace glane {

// Every form with its target, for messages: "jsonl[:FILE], json[:FILE] or sqlite:FILE".
std::string list_forms();

// Empty when `to` names a form and gives it what it needs; else what is wrong.
std::string check_form(const std::string& to);

// What stands behind the colon; empty when there is none.
std::string target_of(const std::string& to);

// Whether it has no target of its own: it goes to the file of -o.
bool goes_to_output(const std::string& to);

// `to` has passed check_form(). `output` is the file of -o. Throws SetupError.
std::unique_ptr<Sink> open_sink(const std::string& to, const std::string& output,
                                const RuleSet& rules, const JsonOptions& options);

}  // namespace glane
