// The database that sink_sqlite_tables.h describes, written through prepared statements.
//
// A document is written whole or not at all. A thousand make a transaction: some fsyncs a
// second, in SQLite's own safe mode (a write-ahead log would write everything twice).
// Foreign keys are declared for those who read; to check them here would cost a third of
// the time.
#include <sqlite3.h>

#include <charconv>
#include <list>
#include <set>

#include "offsets.h"
#include "seen_ids.h"
#include "sink.h"
#include "sink_sqlite_tables.h"
#include "version.h"

namespace glane {

namespace {

constexpr int kDocumentsInTransaction = 1000;

class Database {
 public:
  explicit Database(const std::filesystem::path& path) : path_(path.string()) {
    // One thread at a time writes: no mutexes.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(path_.c_str(), &handle_, flags, nullptr);
    if (result != SQLITE_OK) {
      const std::string reason = sqlite3_errmsg(handle_);
      sqlite3_close(handle_);
      throw SetupError(path_ + ": " + reason);
    }
  }
  ~Database() { sqlite3_close_v2(handle_); }  // rolls an open transaction back
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql) {
    check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
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

// Exact text and nearest number of a value; both NULL when there is none.
struct ValueColumns {
  const std::optional<Value>& value;
};

// A prepared statement. bind() takes the parameters from left to right; empty strings and
// empty optionals become NULL.
class Statement {
 public:
  Statement(Database& database, const std::string& sql) : database_(database) {
    database_.check(sqlite3_prepare_v3(database_.handle(), sql.c_str(), -1,
                                       SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <typename... Values>
  void run(const Values&... values) {
    bind_all(values...);
    step();
    sqlite3_reset(statement_);
  }

  template <typename... Values>
  void bind_all(const Values&... values) {
    sqlite3_reset(statement_);
    place_ = 0;
    (bind(values), ...);
  }

  bool step() {
    const int result = sqlite3_step(statement_);
    database_.check(result);
    return result == SQLITE_ROW;
  }

  std::int64_t integer(int column) { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? std::string() : std::string(bytes);
  }

 private:
  // A string that may be empty but is never NULL.
  void bind(const std::string& text) {
    database_.check(sqlite3_bind_text64(statement_, ++place_, text.data(), text.size(),
                                        SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind(const std::optional<std::string>& text) {
    if (text && !text->empty()) return bind(*text);
    bind_null();
  }
  void bind(const char* word) { bind(std::optional<std::string>(word)); }
  void bind(std::int64_t number) {
    database_.check(sqlite3_bind_int64(statement_, ++place_, number));
  }
  void bind(std::uint32_t number) { bind(static_cast<std::int64_t>(number)); }
  void bind(const std::optional<std::uint32_t>& number) {
    if (number) return bind(*number);
    bind_null();
  }
  void bind(ValueColumns columns) {
    if (!columns.value) {
      bind_null();
      return bind_null();
    }
    if (const auto* text = std::get_if<std::string>(&*columns.value)) {
      bind(*text);
      return bind_null();
    }
    const std::string exact = std::get<Decimal>(*columns.value).to_string();
    double number = 0;
    std::from_chars(exact.data(), exact.data() + exact.size(), number);
    bind(exact);
    database_.check(sqlite3_bind_double(statement_, ++place_, number));
  }
  void bind_null() { database_.check(sqlite3_bind_null(statement_, ++place_)); }

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int place_ = 0;
};

std::string insert_into(const std::string& table, int columns) {
  std::string sql = "INSERT INTO " + table + " VALUES(?";
  for (int i = 1; i < columns; ++i) sql += ",?";
  return sql + ")";
}

std::string hexadecimal(std::uint64_t number) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(number));
  return digits;
}

std::optional<std::string> optional(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

class SqliteSink : public Sink {
 public:
  SqliteSink(const std::filesystem::path& path, const RuleSet& rules, const JsonOptions& options)
      : rules_(rules), options_(options), database_(path), statements_(open_tables(database_)) {}

  // The fingerprint: what must be the same for a document to stay as it is.
  std::string render(const Document& document) const override {
    const Article& article = document.article;
    const Layers& layers = options_.layers;
    std::uint64_t hash = hash_bytes(article.text);
    for (const std::string* field : {&article.title, &article.date_text, &article.language,
                                     &article.source, &article.meta, &rules_.hash()}) {
      hash = hash_bytes(*field, hash + field->size());
    }
    const char options[] = {static_cast<char>(options_.offsets), char(options_.with_text),
                            char(layers.entities), char(layers.figures), char(layers.quotes)};
    hash = hash_bytes({options, sizeof options}, hash);
    return hexadecimal(hash_bytes(kVersion, hash));
  }

  void write(const Document& document, std::string&& fingerprint) override {
    if (in_transaction_ == 0) database_.execute("BEGIN IMMEDIATE");
    ++in_transaction_;
    if (make_room(document.article.id, fingerprint)) insert(document, fingerprint);
    if (in_transaction_ == kDocumentsInTransaction) commit();
  }

  void finish() override {
    if (in_transaction_ > 0) commit();
    database_.execute(kIndexes);
  }

 private:
  struct Statements {
    explicit Statements(Database& database)
        : find(database, "SELECT key, fingerprint FROM documents WHERE id = ?"),
          document(database,
                   "INSERT INTO documents(id, title, date, language, source, text, meta, "
                   "offset_unit, ruleset, fingerprint) VALUES(?,?,?,?,?,?,?,?,?,?)"),
          entity(database, insert_into("entities", 4)),
          mention(database, insert_into("mentions", 7)),
          role(database, insert_into("roles", 6)),
          figure(database, insert_into("figures", 20)),
          quote(database, insert_into("quotes", 19)),
          diagnostic(database, insert_into("diagnostics", 6)) {
      for (const std::string table :
           {"entities", "mentions", "roles", "figures", "quotes", "diagnostics"}) {
        erase.emplace_back(database, "DELETE FROM " + table + " WHERE document = ?");
      }
      erase.emplace_back(database, "DELETE FROM documents WHERE key = ?");
    }

    Statement find, document, entity, mention, role, figure, quote, diagnostic;
    std::list<Statement> erase;
  };

  static Database& open_tables(Database& database) {
    // Waits for another writer rather than fail at once.
    sqlite3_busy_timeout(database.handle(), 10'000);
    database.execute("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536");
    const std::int64_t version = [&] {
      Statement statement(database, "PRAGMA user_version");
      statement.step();
      return statement.integer(0);
    }();
    if (version != 0 && version != kTablesVersion) {
      throw SetupError(database.path() + ": has tables of version " + std::to_string(version) +
                       ", this program writes version " + std::to_string(kTablesVersion));
    }
    database.execute("BEGIN IMMEDIATE");
    database.execute(kTables);
    database.execute("PRAGMA user_version = " + std::to_string(kTablesVersion));
    database.execute("COMMIT");
    return database;
  }

  void commit() {
    database_.execute("COMMIT");
    in_transaction_ = 0;
  }

  // Removes an older form of the document; false when it is there as it is.
  bool make_room(const std::string& id, const std::string& fingerprint) {
    Statement& find = statements_.find;
    find.bind_all(id);
    if (!find.step()) return true;
    const std::int64_t key = find.integer(0);
    if (find.text(1) == fingerprint) return false;
    find.bind_all(id);  // ends the reading
    for (Statement& erase : statements_.erase) erase.run(key);
    return true;
  }

  void insert(const Document& document, const std::string& fingerprint) {
    static constexpr const char* kUnits[] = {"codepoint", "byte", "utf16"};
    const Article& article = document.article;
    const std::string_view text = article.text;
    const auto length = static_cast<std::uint32_t>(text.size());
    statements_.document.run(
        article.id, article.title, optional(article.date_text), optional(article.language),
        article.source, options_.with_text ? optional(slice_utf8(text, {0, length})) : std::nullopt,
        optional(article.meta), kUnits[static_cast<int>(options_.offsets)], rules_.hash(),
        fingerprint);
    key_ = sqlite3_last_insert_rowid(database_.handle());
    const OffsetConverter offsets(text, options_.offsets);
    if (options_.layers.entities) insert_entities(document, offsets);
    if (options_.layers.figures) insert_figures(document, offsets);
    if (options_.layers.quotes) insert_quotes(document, offsets);
    std::uint32_t n = 0;
    for (const Diagnostic& diagnostic : document.diagnostics) {
      statements_.diagnostic.run(key_, n++, diagnostic.code, offsets(diagnostic.span.begin),
                                 offsets(diagnostic.span.end), diagnostic.message);
    }
  }

  void insert_entities(const Document& document, const OffsetConverter& offsets) {
    std::set<std::uint32_t> known;
    std::uint32_t n = 0;
    std::uint32_t roles = 0;
    for (const Entity& entity : document.entities) {
      if (known.insert(entity.id).second) {
        statements_.entity.run(key_, entity.id, to_string(entity.type), entity.name);
      }
      const std::string text = slice_utf8(document.article.text, entity.span);
      statements_.mention.run(key_, n, offsets(entity.span.begin), offsets(entity.span.end), text,
                              entity.id, rules_.rule_id(entity.rule));
      if (entity.person || entity.organization) {
        statements_.role.run(key_, roles++, n, text, entity.person, entity.organization);
      }
      ++n;
    }
  }

  void insert_figures(const Document& document, const OffsetConverter& offsets) {
    std::uint32_t n = 0;
    for (const Figure& figure : document.figures) {
      statements_.figure.run(
          key_, n++, offsets(figure.span.begin), offsets(figure.span.end),
          slice_utf8(document.article.text, figure.span), to_string(figure.kind),
          ValueColumns{figure.value}, ValueColumns{figure.min}, ValueColumns{figure.max},
          figure.scale ? optional(figure.scale->to_string()) : std::nullopt, optional(figure.unit),
          optional(figure.of), to_string(figure.modifier), to_string(figure.relation),
          to_string(figure.direction), std::int64_t{figure.ambiguous}, rules_.rule_id(figure.rule));
    }
  }

  void insert_quotes(const Document& document, const OffsetConverter& offsets) {
    const auto at = [&](const std::optional<SourceSpan>& span, auto end) {
      return span ? std::optional(offsets((*span).*end)) : std::nullopt;
    };
    std::uint32_t n = 0;
    for (const Quote& quote : document.quotes) {
      statements_.quote.run(key_, n++, offsets(quote.span.begin), offsets(quote.span.end),
                            slice_utf8(document.article.text, quote.span), to_string(quote.kind),
                            optional(quote.speaker), optional(quote.speaker_name), quote.speaker_id,
                            at(quote.speaker_span, &SourceSpan::begin),
                            at(quote.speaker_span, &SourceSpan::end), optional(quote.cue),
                            at(quote.cue_span, &SourceSpan::begin),
                            at(quote.cue_span, &SourceSpan::end), optional(quote.medium), quote.group,
                            to_string(quote.modality), std::int64_t{quote.inferred},
                            rules_.rule_id(quote.rule));
    }
  }

  RuleSet rules_;
  JsonOptions options_;
  Database database_;
  Statements statements_;
  int in_transaction_ = 0;
  std::int64_t key_ = 0;  // of the document that is being written
};

}  // namespace

std::unique_ptr<Sink> write_sqlite(const std::filesystem::path& path, const RuleSet& rules,
                                   const JsonOptions& options) {
  return std::make_unique<SqliteSink>(path, rules, options);
}

}  // namespace glane
