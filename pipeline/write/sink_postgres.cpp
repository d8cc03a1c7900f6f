// PostgreSQL through libpq: the tables of tables.h.
//
// A batch is one transaction. Its documents go in by one INSERT … ON CONFLICT, which gives back
// those that are new or changed, and these alone: what the changed ones had is deleted, and
// everything that is theirs follows by COPY, a table at a time. Documents are taken in the
// order of their ids, so that two loaders never wait for each other in a ring; should others
// bring that about, the server ends one of them, and the batch is written again.
#include <dlfcn.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <unordered_map>

#include "write/rows.h"
#include "write/sink.h"
#include "write/write_behind.h"

namespace glane {

namespace {

constexpr int kMostAttempts = 10;
// "glane" in ASCII: whoever makes or upgrades tables holds this lock.
constexpr const char* kLockTables = "SELECT pg_advisory_xact_lock(444199956069)";

// A transaction that the server ended for the sake of another one.
class Conflict : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The functions of libpq. It brings twenty other libraries with it, which would double the time
// that the program takes to start: it is loaded when a database is first written to.
class Libpq {
  template <typename Function>
  Function find(const char* name) const {
    void* const function = ::dlsym(library_, name);
    if (function == nullptr) throw SetupError(std::string("libpq has no ") + name);
    return reinterpret_cast<Function>(function);
  }

  void* library_ = open();  // for as long as the program runs

  static void* open() {
    void* const library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw SetupError(std::string("PostgreSQL: ") + ::dlerror());
    return library;
  }

 public:
  decltype(&PQclear) clear = find<decltype(&PQclear)>("PQclear");
  decltype(&PQconnectdbParams) connectdbParams =
      find<decltype(&PQconnectdbParams)>("PQconnectdbParams");
  decltype(&PQdb) db = find<decltype(&PQdb)>("PQdb");
  decltype(&PQerrorMessage) errorMessage = find<decltype(&PQerrorMessage)>("PQerrorMessage");
  decltype(&PQexec) exec = find<decltype(&PQexec)>("PQexec");
  decltype(&PQexecParams) execParams = find<decltype(&PQexecParams)>("PQexecParams");
  decltype(&PQfinish) finish = find<decltype(&PQfinish)>("PQfinish");
  decltype(&PQgetResult) getResult = find<decltype(&PQgetResult)>("PQgetResult");
  decltype(&PQgetisnull) getisnull = find<decltype(&PQgetisnull)>("PQgetisnull");
  decltype(&PQgetvalue) getvalue = find<decltype(&PQgetvalue)>("PQgetvalue");
  decltype(&PQntuples) ntuples = find<decltype(&PQntuples)>("PQntuples");
  decltype(&PQputCopyData) putCopyData = find<decltype(&PQputCopyData)>("PQputCopyData");
  decltype(&PQputCopyEnd) putCopyEnd = find<decltype(&PQputCopyEnd)>("PQputCopyEnd");
  decltype(&PQresultErrorField) resultErrorField =
      find<decltype(&PQresultErrorField)>("PQresultErrorField");
  decltype(&PQresultStatus) resultStatus = find<decltype(&PQresultStatus)>("PQresultStatus");
  decltype(&PQsetNoticeProcessor) setNoticeProcessor =
      find<decltype(&PQsetNoticeProcessor)>("PQsetNoticeProcessor");
  decltype(&PQstatus) status = find<decltype(&PQstatus)>("PQstatus");
};

const Libpq& libpq() {
  static const Libpq library;
  return library;
}

struct FreeResult {
  void operator()(PGresult* result) const { libpq().clear(result); }
};
using Result = std::unique_ptr<PGresult, FreeResult>;

std::string one_line(std::string_view message) {
  std::string line;
  for (const char byte : message) {
    const bool blank = byte == '\n' || byte == '\t' || byte == ' ';
    if (!blank) line += byte;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

// "postgres://…" says the same as "postgresql://…", of which our own prefix took the head.
std::string connection_string(const std::string& target) {
  return target.starts_with("//") ? "postgresql:" + target : target;
}

class Connection {
 public:
  explicit Connection(const std::string& target) {
    const std::string connection = connection_string(target);
    // What stands behind `dbname` is ours, what stands before it is for want of better.
    const char* names[] = {"connect_timeout", "fallback_application_name", "dbname",
                           "client_encoding", nullptr};
    const char* values[] = {"20", "glane", connection.c_str(), "UTF8", nullptr};
    handle_ = libpq().connectdbParams(names, values, 1);
    if (libpq().status(handle_) != CONNECTION_OK) {
      const std::string reason = one_line(libpq().errorMessage(handle_));
      libpq().finish(handle_);
      throw SetupError("PostgreSQL: " + reason);
    }
    libpq().setNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
  }
  ~Connection() { libpq().finish(handle_); }  // the server then rolls an open transaction back
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Result execute(const std::string& sql) { return check(libpq().exec(handle_, sql.c_str())); }

  // Parameters and results as text.
  Result execute(const std::string& sql, const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
    return check(libpq().execParams(handle_, sql.c_str(), static_cast<int>(values.size()), nullptr,
                                    values.data(), nullptr, nullptr, 0));
  }

  void copy(const std::string& sql, std::string_view lines) {
    execute(sql);
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    for (; !lines.empty(); lines.remove_prefix(std::min(kPiece, lines.size()))) {
      const int size = static_cast<int>(std::min(kPiece, lines.size()));
      if (libpq().putCopyData(handle_, lines.data(), size) != 1) fail(nullptr);
    }
    if (libpq().putCopyEnd(handle_, nullptr) != 1) fail(nullptr);
    const Result done = check(libpq().getResult(handle_));
    while (Result(libpq().getResult(handle_))) {
    }
  }

  // After a failure: makes the connection fit for another transaction, if it lives.
  void roll_back() { Result(libpq().exec(handle_, "ROLLBACK")); }

  std::string name() const {
    return "PostgreSQL database \"" + std::string(libpq().db(handle_)) + '"';
  }

 private:
  Result check(PGresult* given) {
    Result result(given);
    const ExecStatusType status = libpq().resultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) {
      return result;
    }
    fail(result.get());
  }

  [[noreturn]] void fail(const PGresult* result) {
    const char* state =
        result == nullptr ? nullptr : libpq().resultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state == nullptr ? "" : state;
    const std::string message = name() + ": " + one_line(libpq().errorMessage(handle_));
    if (code == "40P01" || code == "40001") throw Conflict(message);
    throw SetupError(message);
  }

  PGconn* handle_ = nullptr;
};

std::string first_field(const Result& result) {
  if (libpq().ntuples(result.get()) == 0 || libpq().getisnull(result.get(), 0, 0)) return {};
  return libpq().getvalue(result.get(), 0, 0);
}

void require_utf8(Connection& connection) {
  const std::string encoding = first_field(connection.execute("SHOW server_encoding"));
  if (encoding == "UTF8") return;
  throw SetupError(connection.name() + ": its encoding is " + encoding + ", it must be UTF8");
}

int tables_version(Connection& connection) {
  const auto exists = [&](const std::string& table) {
    return !first_field(connection.execute("SELECT to_regclass('" + table + "')")).empty();
  };
  if (exists("glane_schema")) {
    return std::stoi(first_field(connection.execute("SELECT version FROM glane_schema")));
  }
  if (!exists("documents")) return 0;
  throw SetupError(connection.name() + ": has a table \"documents\" that is not of glane");
}

// One transaction under a lock: of two loaders that come at once, one makes the tables.
void make_tables(Connection& connection) {
  connection.execute("BEGIN");
  connection.execute(kLockTables);
  const int version = tables_version(connection);
  if (version > kTablesVersion) {
    throw SetupError(connection.name() + ": has tables of version " + std::to_string(version) +
                     ", this program writes version " + std::to_string(kTablesVersion));
  }
  if (version < kTablesVersion) {
    connection.execute(version == 0 ? create_tables(Dialect::postgres) +
                                          "CREATE TABLE glane_schema(version INTEGER NOT NULL);"
                                          "INSERT INTO glane_schema VALUES(0);"
                                    : upgrade_tables(Dialect::postgres, version));
    connection.execute(create_indexes(Dialect::postgres));
    connection.execute("UPDATE glane_schema SET version = " + std::to_string(kTablesVersion));
  }
  connection.execute("COMMIT");
}

Connection& open_tables(Connection& connection) {
  connection.execute("SET client_min_messages = warning");
  connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
  require_utf8(connection);
  make_tables(connection);
  return connection;
}

// INSERT … SELECT FROM unnest(one array a column) … RETURNING key, id, whether it was there.
std::string upsert_documents() {
  const Table& documents = table(TableId::documents);
  std::string arrays;
  std::string updates;
  int place = 0;
  for (const Column& column : documents.columns) {
    const std::string name(column.name);
    if (place > 0) arrays += ", ";
    arrays += '$' + std::to_string(++place);
    arrays += column.type == ColumnType::day ? "::date[]" : "::text[]";
    if (name == "id") continue;
    if (!updates.empty()) updates += ", ";
    updates += name + " = excluded." + name;
  }
  return "INSERT INTO documents(" + column_list(documents) + ") SELECT * FROM unnest(" + arrays +
         ") ON CONFLICT (id) DO UPDATE SET " + updates +
         " WHERE documents.fingerprint IS DISTINCT FROM excluded.fingerprint"
         " RETURNING key, id, xmax::text <> '0'";
}

// A literal of an array: {"…",NULL,…}.
class ArrayLiteral {
 public:
  void add(const std::optional<std::string_view>& text) {
    out_ += out_.size() == 1 ? "" : ",";
    if (!text) {
      out_ += "NULL";
      return;
    }
    out_ += '"';
    for (const char byte : *text) {
      if (byte == '"' || byte == '\\') out_ += '\\';
      out_ += byte;
    }
    out_ += '"';
  }
  std::string take() { return std::move(out_) + '}'; }

 private:
  std::string out_ = "{";
};

struct Upserted {
  std::unordered_map<std::string, std::string> keys;  // id → key, of the new and the changed
  std::string changed;                                // array of keys
};

class PostgresSink : public Sink {
 public:
  PostgresSink(const std::string& target, const RuleSet& rules, const JsonOptions& options)
      : rules_(rules),
        options_(options),
        connection_(target),
        upsert_(upsert_documents()),
        writer_([this](const WriteBehind::Batch& batch) { write_batch(batch); }) {
    open_tables(connection_);
  }

  std::string render(const Document& document) const override {
    return render_rows(document, rules_, options_);
  }
  void write(const Document&, std::string&& rows) override { writer_.push(std::move(rows)); }
  void finish() override { writer_.finish(); }

 private:
  // The documents of a batch by their ids, as bytes; of two with one id the later.
  using Documents = std::map<std::string, std::string_view>;

  void write_batch(const WriteBehind::Batch& batch) {
    Documents documents;
    std::string room;
    for (const std::string& rows : batch) {
      const auto id = read_cell(document_row(rows).cells.front(), room);
      documents.insert_or_assign(std::string(*id), rows);
    }
    for (int attempt = 1; !try_to_write(documents, attempt); ++attempt) {
    }
  }

  bool try_to_write(const Documents& documents, int attempt) {
    try {
      connection_.execute("BEGIN");
      const Upserted upserted = upsert(documents);
      erase_rows(upserted.changed);
      copy_rows(documents, upserted);
      connection_.execute("COMMIT");
      return true;
    } catch (const Conflict& conflict) {
      if (attempt == kMostAttempts) throw SetupError(conflict.what());
      connection_.roll_back();
      return false;
    }
  }

  Upserted upsert(const Documents& documents) {
    std::vector<ArrayLiteral> columns(table(TableId::documents).columns.size());
    std::string room;
    for (const auto& [id, rows] : documents) {
      const Row row = document_row(rows);
      for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i].add(read_cell(row.cells[i], room));
    }
    std::vector<std::string> arrays;
    for (ArrayLiteral& column : columns) arrays.push_back(column.take());
    const Result result = connection_.execute(upsert_, arrays);
    Upserted upserted;
    ArrayLiteral changed;
    for (int i = 0; i < libpq().ntuples(result.get()); ++i) {
      const char* key = libpq().getvalue(result.get(), i, 0);
      upserted.keys.emplace(libpq().getvalue(result.get(), i, 1), key);
      if (*libpq().getvalue(result.get(), i, 2) == 't') changed.add(key);
    }
    upserted.changed = changed.take();
    return upserted;
  }

  void erase_rows(const std::string& keys) {
    if (keys == "{}") return;
    for (const Table& table : tables().subspan(1)) {
      connection_.execute(
          "DELETE FROM " + std::string(table.name) + " WHERE document = ANY($1::bigint[])", {keys});
    }
  }

  // What a row has behind the letter of its table are the cells as COPY reads them.
  void copy_rows(const Documents& documents, const Upserted& upserted) {
    std::array<std::string, kTableCount> lines;
    Row row;
    for (const auto& [id, rows] : documents) {
      const auto key = upserted.keys.find(id);
      if (key == upserted.keys.end()) continue;
      RowReader reader(rows);
      while (reader.next(row)) {
        lines[static_cast<std::size_t>(row.table)].append(key->second).append(row.line);
      }
    }
    for (std::size_t i = 1; i < kTableCount; ++i) {
      if (lines[i].empty()) continue;
      const Table& table = tables()[i];
      connection_.copy(
          "COPY " + std::string(table.name) + "(document, " + column_list(table) + ") FROM STDIN",
          lines[i]);
    }
  }

  RuleSet rules_;
  JsonOptions options_;
  Connection connection_;
  std::string upsert_;
  WriteBehind writer_;  // the last member: it ends before what it uses
};

}  // namespace

std::unique_ptr<Sink> write_postgres(const std::string& target, const RuleSet& rules,
                                     const JsonOptions& options) {
  return std::make_unique<PostgresSink>(target, rules, options);
}

}  // namespace glane
