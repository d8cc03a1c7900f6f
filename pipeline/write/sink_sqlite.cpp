// SQLite, through prepared statements: the tables of tables.h.
//
// A document is written whole or not at all; a batch of them is a transaction. The write-ahead
// log lets others read meanwhile, and a second loader waits its turn. A process that dies
// leaves what it had committed. Indexes come at the end: to build them once costs less.
#include <sqlite3.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <list>
#include <thread>

#include "write/rows.h"
#include "write/sink.h"
#include "write/write_behind.h"

namespace glane {

namespace {

// How long another writer may hold the database: a batch takes seconds, an index minutes.
constexpr int kPatience = 600'000;  // ms

class Database {
 public:
  explicit Database(const std::filesystem::path& path) : path_(path.string()) {
    // One thread at a time uses it: no mutexes.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(path_.c_str(), &handle_, flags, nullptr);
    if (result != SQLITE_OK) {
      const std::string reason = sqlite3_errmsg(handle_);
      sqlite3_close(handle_);
      throw SetupError(path_ + ": " + reason);
    }
    sqlite3_busy_timeout(handle_, kPatience);
  }
  ~Database() { sqlite3_close_v2(handle_); }  // rolls an open transaction back
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql) {
    check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  // Of a statement that must be alone in the database: SQLite itself does not wait for that.
  void execute_alone(const std::string& sql) {
    constexpr std::chrono::milliseconds kPause{20};
    for (int i = 0; i < kPatience / kPause.count(); ++i) {
      const int result = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
      if (result != SQLITE_BUSY && result != SQLITE_LOCKED) return check(result);
      std::this_thread::sleep_for(kPause);
    }
    fail();
  }
  void check(int result) {
    if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE) fail();
  }
  [[noreturn]] void fail() { throw SetupError(path_ + ": " + sqlite3_errmsg(handle_)); }

  sqlite3* handle() { return handle_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Database& database, const std::string& sql) : database_(database) {
    database_.check(sqlite3_prepare_v3(database_.handle(), sql.c_str(), -1,
                                       SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind_null(int place) { database_.check(sqlite3_bind_null(statement_, place)); }
  void bind(int place, std::int64_t number) {
    database_.check(sqlite3_bind_int64(statement_, place, number));
  }
  void bind(int place, double number) {
    database_.check(sqlite3_bind_double(statement_, place, number));
  }
  // The text must stay where it is until the next reset().
  void bind(int place, std::string_view text) {
    database_.check(sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_STATIC,
                                        SQLITE_UTF8));
  }

  void reset() { sqlite3_reset(statement_); }
  bool step() {
    const int result = sqlite3_step(statement_);
    database_.check(result);
    return result == SQLITE_ROW;
  }
  void run() {
    step();
    reset();
  }

  std::int64_t integer(int column) { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

// A number that no double can hold is infinite.
double nearest_number(std::string_view digits) {
  double number = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (result.ec != std::errc::result_out_of_range) return number;
  const bool small = digits.find("e-") != std::string_view::npos;
  return small ? 0 : digits.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
}

std::int64_t whole_number(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// Writes the rows of one table: the key first, then the cells.
class Inserter {
 public:
  Inserter(Database& database, const Table& table)
      : columns_(table.columns), room_(table.columns.size()), statement_(database, sql(table)) {}

  void insert(std::optional<std::int64_t> key, const Row& row) {
    if (key) {
      statement_.bind(1, *key);
    } else {
      statement_.bind_null(1);
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) bind(i, row.cells[i]);
    statement_.run();
  }

 private:
  static std::string sql(const Table& table) {
    const std::string key = table.number.empty() ? "key" : "document";
    std::string sql = "INSERT INTO " + std::string(table.name) + "(" + key + ", " +
                      column_list(table) + ") VALUES(?";
    for (std::size_t i = 0; i < table.columns.size(); ++i) sql += ",?";
    return sql + ")";
  }

  void bind(std::size_t i, std::string_view cell) {
    const int place = static_cast<int>(i) + 2;
    const std::optional<std::string_view> text = read_cell(cell, room_[i]);
    if (!text) return statement_.bind_null(place);
    switch (columns_[i].type) {
      case ColumnType::integer:
      case ColumnType::flag:
        return statement_.bind(place, whole_number(*text));
      case ColumnType::number:
        return statement_.bind(place, nearest_number(*text));
      case ColumnType::text:
      case ColumnType::day:
        return statement_.bind(place, *text);
    }
  }

  std::span<const Column> columns_;
  std::vector<std::string> room_;  // for cells with escapes, one a column
  Statement statement_;
};

int tables_version(Database& database) {
  Statement statement(database, "PRAGMA user_version");
  statement.step();
  return static_cast<int>(statement.integer(0));
}

void make_tables(Database& database) {
  database.execute("BEGIN IMMEDIATE");
  const int version = tables_version(database);
  if (version > kTablesVersion) {
    throw SetupError(database.path() + ": has tables of version " + std::to_string(version) +
                     ", this program writes version " + std::to_string(kTablesVersion));
  }
  if (version == 0) {
    database.execute(create_tables(Dialect::sqlite));
  } else if (version < kTablesVersion) {
    database.execute(upgrade_tables(Dialect::sqlite, version));
  }
  database.execute("PRAGMA user_version = " + std::to_string(kTablesVersion));
  database.execute("COMMIT");
}

Database& open_tables(Database& database) {
  database.execute("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536");
  database.execute_alone("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  make_tables(database);
  return database;
}

class SqliteSink : public Sink {
 public:
  SqliteSink(const std::filesystem::path& path, const RuleSet& rules, const JsonOptions& options)
      : rules_(rules),
        options_(options),
        database_(path),
        statements_(open_tables(database_)),
        writer_([this](const WriteBehind::Batch& batch) { write_batch(batch); }) {}

  std::string render(const Document& document) const override {
    return render_rows(document, rules_, options_);
  }
  void write(const Document&, std::string&& rows) override { writer_.push(std::move(rows)); }

  void finish() override {
    writer_.finish();
    database_.execute(create_indexes(Dialect::sqlite));
  }

 private:
  struct Statements {
    explicit Statements(Database& database)
        : find(database, "SELECT key, fingerprint FROM documents WHERE id = ?") {
      for (const Table& table : tables()) {
        const std::string key = table.number.empty() ? "key" : "document";
        insert.emplace_back(database, table);
        erase.emplace_back(database,
                           "DELETE FROM " + std::string(table.name) + " WHERE " + key + " = ?");
      }
    }

    Statement find;
    std::list<Inserter> insert;
    std::list<Statement> erase;
  };

  void write_batch(const WriteBehind::Batch& batch) {
    database_.execute("BEGIN IMMEDIATE");
    for (const std::string& rows : batch) write_document(rows);
    database_.execute("COMMIT");
  }

  void write_document(std::string_view rows) {
    const Row document = document_row(rows);
    const auto there = find(document);
    if (there && there->same) return;
    if (there) erase(there->key);
    write_rows(rows, there ? std::optional(there->key) : std::nullopt);
  }

  struct Found {
    std::int64_t key = 0;
    bool same = false;  // as it would be written
  };

  std::optional<Found> find(const Row& document) {
    Statement& find = statements_.find;
    std::string room;
    find.bind(1, *read_cell(document.cells.front(), room));
    std::optional<Found> found;
    if (find.step()) found = Found{find.integer(0), find.text(1) == document.cells.back()};
    find.reset();
    return found;
  }

  void erase(std::int64_t key) {
    for (Statement& statement : statements_.erase) {
      statement.bind(1, key);
      statement.run();
    }
  }

  // The first row is that of documents, whose key the others take.
  void write_rows(std::string_view rows, std::optional<std::int64_t> key) {
    std::array<Inserter*, kTableCount> inserters{};
    std::size_t i = 0;
    for (Inserter& inserter : statements_.insert) inserters[i++] = &inserter;
    RowReader reader(rows);
    Row row;
    while (reader.next(row)) {
      inserters[static_cast<std::size_t>(row.table)]->insert(key, row);
      if (!key) key = sqlite3_last_insert_rowid(database_.handle());
    }
  }

  RuleSet rules_;
  JsonOptions options_;
  Database database_;
  Statements statements_;
  WriteBehind writer_;  // the last member: it ends before what it uses
};

}  // namespace

std::unique_ptr<Sink> write_sqlite(const std::filesystem::path& path, const RuleSet& rules,
                                   const JsonOptions& options) {
  return std::make_unique<SqliteSink>(path, rules, options);
}

}  // namespace glane
