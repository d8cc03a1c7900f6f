// Where documents go.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "glane/extract.h"

namespace glane {

// The reader of our output has gone (`glane … | head -1`): no error, but the end.
class ClosedPipe : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The writing side of a run. write() and finish() throw SetupError when the output cannot
// be written, ClosedPipe when nobody reads it.
class Sink {
 public:
  virtual ~Sink() = default;

  // What is to be written of a document. Pure; called by many threads.
  virtual std::string render(const Document& document) const = 0;

  // Called by one thread, in the order of the input, with what render() gave.
  virtual void write(const Document& document, std::string&& rendered) = 0;

  // Called once, after the last document; never after an error.
  virtual void finish() = 0;
};

// One line a document. `path` "-" is standard output. A regular file is written as
// PATH.part and gets its name in finish(); without finish() PATH.part is removed.
std::unique_ptr<Sink> write_jsonl(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options);

// One array of all documents, indented.
std::unique_ptr<Sink> write_json_array(const std::string& path, const RuleSet& rules,
                                       const JsonOptions& options);

// Tables of documents, entities, mentions, roles, figures, quotes and diagnostics, for
// which sink_sqlite_tables.h is the manual. A document that is in the database with the same
// content, rules and options stays; one with the same id and anything else is replaced.
// What was committed before an error stays valid.
std::unique_ptr<Sink> write_sqlite(const std::filesystem::path& path, const RuleSet& rules,
                                   const JsonOptions& options);

}  // namespace glane
