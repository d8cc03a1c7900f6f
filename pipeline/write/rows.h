// The rows that a document has in the tables (tables.h), as text: made by many threads, read
// by the one that writes them to a database or a file.
//
// A row is a line: the letter of its table, "A" for the first, and before each cell a tab. A
// cell is what PostgreSQL's COPY reads: \N for NULL; \\, \t, \n and \r for these characters.
// The row of `documents` comes first. Cells are valid UTF-8 without NUL, both are U+FFFD.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "glane/extract.h"
#include "write/tables.h"

namespace glane {

// Pure.
std::string render_rows(const Document& document, const RuleSet& rules, const JsonOptions& options);

struct Row {
  TableId table = TableId::documents;
  std::string_view line;                // without its letter: begins with a tab, ends with \n
  std::vector<std::string_view> cells;  // as written
};

// Goes through what render_rows() gave, which must outlive it and the rows.
class RowReader {
 public:
  explicit RowReader(std::string_view rows) : rest_(rows) {}
  bool next(Row& row);

 private:
  std::string_view rest_;
};

// What a cell says; nothing for NULL. A cell without escapes is given as it lies, another one
// is written into `room`.
std::optional<std::string_view> read_cell(std::string_view cell, std::string& room);

// The row of documents in what render_rows() gave.
Row document_row(std::string_view rows);

}  // namespace glane
