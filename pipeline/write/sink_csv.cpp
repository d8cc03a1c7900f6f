// CSV (RFC 4180), a file for each table of tables.h. Tables are joined by the id of the document,
// so that files of several runs may be put together. NULL is nothing at all, an empty text "".
#include <list>

#include "write/output_file.h"
#include "write/rows.h"
#include "write/sink.h"

namespace glane {

namespace {

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (const char byte : text) {
    if (byte == '"') out += '"';
    out += byte;
  }
  out += '"';
}

void append_field(std::optional<std::string_view> text, std::string& out) {
  if (!text) return;
  if (text->empty() || text->find_first_of(",\"\r\n") != text->npos) {
    append_quoted(*text, out);
  } else {
    out += *text;
  }
}

std::string header(const Table& table) {
  std::string line = table.number.empty() ? "" : "document";
  for (const Column& column : table.columns) {
    if (!line.empty()) line += ',';
    line += column.name;
  }
  return line + "\r\n";
}

class CsvSink : public Sink {
 public:
  CsvSink(const std::filesystem::path& folder, const RuleSet& rules, const JsonOptions& options)
      : rules_(rules), options_(options) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw SetupError(folder.string() + ": " + error.message());
    for (const Table& table : tables()) {
      files_.emplace_back((folder / table.name).string() + ".csv");
      files_.back().write(header(table));
    }
  }

  std::string render(const Document& document) const override {
    return render_rows(document, rules_, options_);
  }

  void write(const Document&, std::string&& rows) override {
    std::string room;
    std::string id;
    append_field(read_cell(document_row(rows).cells.front(), room), id);
    RowReader reader(rows);
    Row row;
    while (reader.next(row)) {
      std::string line = row.table == TableId::documents ? "" : id;
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0 || row.table != TableId::documents) line += ',';
        append_field(read_cell(row.cells[i], room), line);
      }
      file(row.table).write(line + "\r\n");
    }
  }

  void finish() override {
    for (OutputFile& file : files_) file.finish();
  }

 private:
  OutputFile& file(TableId table) {
    return *std::next(files_.begin(), static_cast<std::ptrdiff_t>(table));
  }

  RuleSet rules_;
  JsonOptions options_;
  std::list<OutputFile> files_;  // in the order of TableId
};

}  // namespace

std::unique_ptr<Sink> write_csv(const std::filesystem::path& folder, const RuleSet& rules,
                                const JsonOptions& options) {
  return std::make_unique<CsvSink>(folder, rules, options);
}

}  // namespace glane
