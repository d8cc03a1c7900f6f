// The executor: source → parse, extract, render → sinks.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "glane/extract.h"
#include "read/source.h"
#include "run/progress.h"
#include "write/sink.h"

namespace glane {

// What a run promises of the records of its input.
enum class Contract {
  corpus,  // an id is once in the output; what is refused is told to `log`
  filter   // each record by itself: its output depends on nothing else, and the sinks get refusals
};

struct RunOptions {
  int threads = 1;  // 1: no other thread is started, but those of sinks that are databases
  Layers layers;
  std::string date;  // "YYYY-MM-DD", for articles that have none; or empty
  Contract contract = Contract::corpus;
};

struct RunTotals {
  std::uint64_t documents = 0;
  std::uint64_t refused = 0;   // documents that were lost
  std::uint64_t unopened = 0;  // inputs that could not be opened
  std::uint64_t entities = 0;
  std::uint64_t figures = 0;
  std::uint64_t quotes = 0;
  std::uint64_t input_bytes = 0;  // as read, refused records too
  std::uint64_t text_bytes = 0;   // of the articles' texts
  double seconds = 0;
};

// Reads `source` to its end and gives every document to every sink, in the order of the
// input; then finishes the sinks. The bytes written do not depend on the number of
// threads. Memory is bounded by the documents in flight: two batches of at most eight a thread,
// and no more than some 16 MB of input (or one record, when that is larger).
// A record that is refused, one whose id came before and one whose id is
// longer than 2000 bytes is given to Sink::refuse and told
// to `log` as "glane: FILE:LINE: reason"; a filter looks at no ids and tells nothing. What the
// sinks throw goes through; nothing is finished then.
RunTotals run(Source& source, const RuleSet& rules, const std::vector<std::unique_ptr<Sink>>& sinks,
              const RunOptions& options, Progress& progress, std::ostream& log);

}  // namespace glane
