// Where documents go.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "glane/extract.h"

namespace glane {

struct ParsedRecord;

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

  // A record that became no document, in its place. Outputs of documents take no note of it.
  virtual void refuse(const ParsedRecord&) {}

  // Called once, after the last document; never after an error.
  virtual void finish() = 0;
};

// One line a document. `path` "-" is standard output. A regular file is written as
// PATH.part and gets its name in finish(); without finish() PATH.part is removed.
std::unique_ptr<Sink> write_jsonl(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options);

// The filter: on standard output one line for each record of the input, in order, written at
// once: whoever waits for a line gets it before giving the next. A record that became no
// document is {"schema", "id", "error": {"file", "line", "reason"}}; `id` is null when the
// line does not tell it.
std::unique_ptr<Sink> write_filter(const RuleSet& rules, const JsonOptions& options);

// One array of all documents, indented.
std::unique_ptr<Sink> write_json_array(const std::string& path, const RuleSet& rules,
                                       const JsonOptions& options);

// --- tables of documents, entities, mentions, roles, figures, quotes and diagnostics, for which
// tables.h is the manual ---
//
// Of the databases: a document that is there with the same content, rules and options stays; one
// with the same id and anything else is replaced, under its key. A thread of its own writes
// batches of documents, each a transaction (write_behind.h). What was committed before an error
// or the death of the process stays, so that the same run again completes it. Several may load
// at once. JsonOptions::ascii does not touch tables.

std::unique_ptr<Sink> write_sqlite(const std::filesystem::path& path, const RuleSet& rules,
                                   const JsonOptions& options);

// `target` is a connection string of libpq, "host=… dbname=…" or a URI, whose scheme may be left
// out: "//user@host/name".
std::unique_ptr<Sink> write_postgres(const std::string& target, const RuleSet& rules,
                                     const JsonOptions& options);

// A file for each table in the folder, which is made: documents.csv, entities.csv and so on.
// They appear when they are whole.
std::unique_ptr<Sink> write_csv(const std::filesystem::path& folder, const RuleSet& rules,
                                const JsonOptions& options);

// For POST /INDEX/_bulk of Elasticsearch and OpenSearch: before each document, as in JSON Lines,
// a line with its id. The index is to be made with elasticsearch-mapping.json.
std::unique_ptr<Sink> write_elasticsearch(const std::string& path, const RuleSet& rules,
                                          const JsonOptions& options);

// The articles as people read them, in one page that fetches nothing: marks with label, value and
// rule, tables that lead to them. Of JsonOptions only the layers count.
std::unique_ptr<Sink> write_html(const std::string& path, const RuleSet& rules,
                                 const JsonOptions& options);

// --- formats of programs for annotation; they hold the text, and of JsonOptions only the layers
// ---

// A folder for brat (the manual is sink_brat.cpp): NAME.txt and NAME.ann, NAME made of the id as
// file_name_of() says. Written as DIR.part; what exists is not written over.
std::unique_ptr<Sink> write_brat(const std::string& folder, const RuleSet& rules,
                                 const JsonOptions& options);

// Words with a column of IOB2 tags a layer, as at CoNLL-2002 (the manual is sink_conll.cpp).
std::unique_ptr<Sink> write_conll(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options);

// JSON Lines for doccano's import "JSONL(Relation)": {"id", "text", "entities": [{"id", "label",
// "start_offset", "end_offset", "glane": {fields}}], "relations"}. Offsets are UTF-16 units, which
// is how doccano counts; those inside of "glane" code points.
std::unique_ptr<Sink> write_doccano(const std::string& path, const RuleSet& rules,
                                    const JsonOptions& options);

// An array of tasks for Label Studio, each with a prediction; the fields of a region are in its
// "meta". Offsets are code points. The labelling interface needs <Text name="text" value="$text"/>,
// <Labels name="label" toName="text"> with the types, "speaker" and "cue", and <Relations>.
std::unique_ptr<Sink> write_label_studio(const std::string& path, const RuleSet& rules,
                                         const JsonOptions& options);

// An array for displacy.render(…, manual=True): "ents" for style="ent" (entities and figures that
// do not overlap), "spans" and "tokens" for style="span" (everything). Offsets are code points.
std::unique_ptr<Sink> write_displacy(const std::string& path, const RuleSet& rules,
                                     const JsonOptions& options);

}  // namespace glane
