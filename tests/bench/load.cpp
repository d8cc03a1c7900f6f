// How fast rows get into a database: bench_load TARGET [DOCUMENTS], where TARGET is what --to
// takes. Documents are those of the corpus again and again under other ids, extracted and
// rendered beforehand: what is measured is the sink, from the first document to the last index.
// For PostgreSQL the same rows then go by bare COPY into tables without keys and indexes.
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "glane/extract.h"
#include "read/source.h"
#include "write/open_sink.h"
#include "write/rows.h"
#include "write/sink.h"

namespace {

using namespace glane;

constexpr std::string_view kPostgres = "postgres:";

double seconds_of(auto&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::vector<Document> extract_corpus(const RuleSet& rules) {
  std::vector<Document> documents;
  const auto source = read_inputs({GLANE_SOURCE_DIR "/corpus/articles"}, {});
  RawRecord record;
  while (source->next(record)) {
    ParsedRecord parsed = parse(std::move(record));
    if (parsed.trouble != Trouble::none) continue;
    parsed.article.date = Date{2025, 11, 21};
    documents.push_back(extract(std::move(parsed.article), rules));
  }
  return documents;
}

std::vector<std::string> render(std::vector<Document>& corpus, std::size_t count,
                                const RuleSet& rules) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    Document& document = corpus[i % corpus.size()];
    document.article.id = "document " + std::to_string(i);
    document.article.source = document.article.id;
    all.push_back(render_rows(document, rules, {}));
  }
  return all;
}

std::size_t count_rows(const std::vector<std::string>& all) {
  std::size_t rows = 0;
  for (const std::string& one : all) rows += std::count(one.begin(), one.end(), '\n');
  return rows;
}

double load(const std::string& target, const std::vector<std::string>& all, const RuleSet& rules) {
  const auto sink = open_sink(target, "-", rules, {});
  return seconds_of([&] {
    for (const std::string& rows : all) sink->write({}, std::string(rows));
    sink->finish();
  });
}

void execute(PGconn* connection, const std::string& sql) {
  PGresult* result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  PQclear(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) return;
  throw SetupError(PQerrorMessage(connection));
}

void copy(PGconn* connection, const std::string& table, const std::string& lines) {
  execute(connection, "COPY " + table + " FROM STDIN");
  PQputCopyData(connection, lines.data(), static_cast<int>(lines.size()));
  PQputCopyEnd(connection, nullptr);
  while (PGresult* result = PQgetResult(connection)) {
    if (PQresultStatus(result) != PGRES_COMMAND_OK) throw SetupError(PQerrorMessage(connection));
    PQclear(result);
  }
}

double copy_bare(const std::string& target, const std::vector<std::string>& all) {
  std::array<std::string, kTableCount> lines;
  for (std::size_t i = 0; i < all.size(); ++i) {
    RowReader reader(all[i]);
    Row row;
    while (reader.next(row)) {
      lines[static_cast<std::size_t>(row.table)].append(std::to_string(i)).append(row.line);
    }
  }
  PGconn* connection = PQconnectdb(target.substr(kPostgres.size()).c_str());
  for (const Table& table : tables()) {
    const std::string key = table.number.empty() ? "key" : "document";
    const std::string name(table.name);
    execute(connection, "CREATE TABLE bare_" + name + " AS SELECT " + key + ", " +
                            column_list(table) + " FROM " + name + " WHERE false");
  }
  const double seconds = seconds_of([&] {
    execute(connection, "BEGIN");
    for (std::size_t i = 0; i < kTableCount; ++i) {
      copy(connection, "bare_" + std::string(tables()[i].name), lines[i]);
    }
    execute(connection, "COMMIT");
  });
  PQfinish(connection);
  return seconds;
}

void measure(const std::string& target, std::size_t count) {
  const RuleSet rules = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  std::vector<Document> corpus = extract_corpus(rules);
  std::vector<std::string> all;
  const double rendering = seconds_of([&] { all = render(corpus, count, rules); });
  const auto rows = static_cast<double>(count_rows(all));
  const double loading = load(target, all, rules);
  const double again = load(target, all, rules);
  std::printf(
      "documents   %zu\nrows        %.0f\nrender      %.0f rows/s\nload        %.0f rows/s\n",
      count, rows, rows / rendering, rows / loading);
  std::printf("load again  %.0f documents/s\n", static_cast<double>(count) / again);
  if (!target.starts_with(kPostgres)) return;
  const double bare = copy_bare(target, all);
  std::printf("bare COPY   %.0f rows/s\nratio       %.2f\n", rows / bare, bare / loading);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "bench_load TARGET [DOCUMENTS]\n";
    return 2;
  }
  try {
    measure(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20000);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
  return 0;
}
