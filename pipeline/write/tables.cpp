#include "write/tables.h"

namespace glane {

namespace {

constexpr ColumnType kText = ColumnType::text;
constexpr ColumnType kInteger = ColumnType::integer;
constexpr ColumnType kNumber = ColumnType::number;
constexpr ColumnType kDay = ColumnType::day;
constexpr ColumnType kFlag = ColumnType::flag;
constexpr Presence kRequired = Presence::required;
constexpr Presence kOptional = Presence::optional;

constexpr Column kDocuments[] = {
    {"id", kText, kRequired},
    {"title", kText, kRequired},
    {"date", kText},
    {"day", kDay, kOptional, 2},
    {"language", kText},
    {"source", kText, kRequired},
    {"text", kText},
    {"meta", kText},
    {"offset_unit", kText, kRequired},
    {"ruleset", kText, kRequired},
    {"fingerprint", kText, kRequired},
};
constexpr Column kEntities[] = {
    {"id", kInteger, kRequired},
    {"type", kText, kRequired},
    {"name", kText, kRequired},
};
constexpr Column kMentions[] = {
    {"n", kInteger, kRequired},        {"start_at", kInteger, kRequired},
    {"end_at", kInteger, kRequired},   {"text", kText, kRequired},
    {"entity", kInteger, kRequired},   {"rule", kText, kRequired},
    {"metonymy", kFlag, kRequired, 3},
};
constexpr Column kRoles[] = {
    {"n", kInteger, kRequired}, {"mention", kInteger, kRequired}, {"role", kText, kRequired},
    {"person", kInteger},       {"organization", kInteger},
};
constexpr Column kFigures[] = {
    {"n", kInteger, kRequired},
    {"start_at", kInteger, kRequired},
    {"end_at", kInteger, kRequired},
    {"text", kText, kRequired},
    {"kind", kText, kRequired},
    {"value", kText},
    {"value_number", kNumber},
    {"min", kText},
    {"min_number", kNumber},
    {"max", kText},
    {"max_number", kNumber},
    {"scale", kText},
    {"unit", kText},
    {"counted", kText},
    {"modifier", kText},
    {"relation", kText},
    {"direction", kText, kOptional, 2},
    {"ambiguous", kFlag, kRequired},
    {"rule", kText, kRequired},
};
constexpr Column kQuotes[] = {
    {"n", kInteger, kRequired},
    {"start_at", kInteger, kRequired},
    {"end_at", kInteger, kRequired},
    {"text", kText, kRequired},
    {"kind", kText, kRequired},
    {"speaker", kText},
    {"speaker_name", kText},
    {"speaker_entity", kInteger},
    {"speaker_start_at", kInteger},
    {"speaker_end_at", kInteger},
    {"cue", kText},
    {"cue_start_at", kInteger},
    {"cue_end_at", kInteger},
    {"medium", kText, kOptional, 2},
    {"medium_start_at", kInteger, kOptional, 2},
    {"medium_end_at", kInteger, kOptional, 2},
    {"quote_group", kInteger},
    {"modality", kText},
    {"inferred", kFlag, kRequired, 2},
    {"rule", kText, kRequired},
};
constexpr Column kDiagnostics[] = {
    {"n", kInteger, kRequired},        {"code", kText, kRequired},
    {"start_at", kInteger, kRequired}, {"end_at", kInteger, kRequired},
    {"message", kText, kRequired},
};

constexpr Table kTables[kTableCount] = {
    {"documents", kDocuments, ""},     {"entities", kEntities, "id"},
    {"mentions", kMentions, "n"},      {"roles", kRoles, "n"},
    {"figures", kFigures, "n"},        {"quotes", kQuotes, "n"},
    {"diagnostics", kDiagnostics, "n"}};

// What people ask: all of a day, all of a person, all quotes of a speaker, all amounts over.
struct Index {
  std::string_view name;
  std::string_view on;
};
constexpr Index kIndexes[] = {
    {"documents_day", "documents(day)"},
    {"entities_name", "entities(name, type)"},
    {"figures_value", "figures(kind, unit, value_number) WHERE value_number IS NOT NULL"},
    {"quotes_speaker", "quotes(speaker_name)"},
    {"roles_role", "roles(role)"},
};

// `search_key` of quotes names the rows of quotes_search: an implicit rowid would not survive
// VACUUM.
constexpr std::string_view kSqliteSearch = R"sql(
CREATE VIRTUAL TABLE documents_search USING fts5(title, text, content='documents',
  content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quotes_search USING fts5(text, content='quotes', content_rowid='search_key',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER documents_found AFTER INSERT ON documents BEGIN
  INSERT INTO documents_search(rowid, title, text) VALUES(new.key, new.title, new.text); END;
CREATE TRIGGER documents_lost AFTER DELETE ON documents BEGIN
  INSERT INTO documents_search(documents_search, rowid, title, text)
  VALUES('delete', old.key, old.title, old.text); END;
CREATE TRIGGER documents_changed AFTER UPDATE OF key, title, text ON documents BEGIN
  INSERT INTO documents_search(documents_search, rowid, title, text)
  VALUES('delete', old.key, old.title, old.text);
  INSERT INTO documents_search(rowid, title, text) VALUES(new.key, new.title, new.text); END;
CREATE TRIGGER quotes_found AFTER INSERT ON quotes BEGIN
  INSERT INTO quotes_search(rowid, text) VALUES(new.search_key, new.text); END;
CREATE TRIGGER quotes_lost AFTER DELETE ON quotes BEGIN
  INSERT INTO quotes_search(quotes_search, rowid, text) VALUES('delete', old.search_key, old.text); END;
CREATE TRIGGER quotes_changed AFTER UPDATE OF search_key, text ON quotes BEGIN
  INSERT INTO quotes_search(quotes_search, rowid, text) VALUES('delete', old.search_key, old.text);
  INSERT INTO quotes_search(rowid, text) VALUES(new.search_key, new.text); END;
)sql";

// A tsvector holds 1 MB at most: texts are cut where the worst of them still fits.
constexpr std::string_view kPostgresSearch = R"sql(
ALTER TABLE documents ADD COLUMN search TSVECTOR GENERATED ALWAYS AS (
  setweight(to_tsvector('pg_catalog.french', left(title, 200000)), 'A') ||
  setweight(to_tsvector('pg_catalog.french', left(coalesce(text, ''), 200000)), 'D')) STORED;
ALTER TABLE quotes ADD COLUMN search TSVECTOR GENERATED ALWAYS AS (
  to_tsvector('pg_catalog.french', left(text, 200000))) STORED;
)sql";

constexpr std::string_view kPostgresSearchIndexes = R"sql(
CREATE INDEX IF NOT EXISTS documents_search ON documents USING gin(search);
CREATE INDEX IF NOT EXISTS quotes_search ON quotes USING gin(search);
)sql";

// Version 1 had no column `day`: the days that its dates name, and those alone that there are.
constexpr std::string_view kSqliteDays = R"sql(
UPDATE documents SET day = substr(date, 1, 10)
WHERE substr(date, 1, 10) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
  AND date(julianday(substr(date, 1, 10))) = substr(date, 1, 10);
)sql";
constexpr std::string_view kPostgresDays = R"sql(
UPDATE documents SET day = named.day FROM (
  SELECT key AS named_key, (substr(date, 1, 8) || '01')::date + substr(date, 9, 2)::int - 1 AS day
  FROM documents WHERE date ~ '^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}' AND date !~ '^0000') AS named
WHERE key = named_key AND to_char(named.day, 'YYYY-MM-DD') = substr(date, 1, 10);
)sql";

std::string_view type_name(ColumnType type, Dialect dialect) {
  const bool sqlite = dialect == Dialect::sqlite;
  switch (type) {
    case ColumnType::text:
      return sqlite ? "TEXT" : "TEXT COLLATE \"C\"";
    case ColumnType::integer:
      return "INTEGER";
    case ColumnType::number:
      return sqlite ? "REAL" : "NUMERIC";
    case ColumnType::day:
      return sqlite ? "TEXT" : "DATE";
    case ColumnType::flag:
      return sqlite ? "INTEGER" : "BOOLEAN";
  }
  return {};
}

std::string declare(const Column& column, Dialect dialect) {
  std::string sql = std::string(column.name) + ' ';
  sql += type_name(column.type, dialect);
  if (column.presence == Presence::required) sql += " NOT NULL";
  // Rows of older tables need one; tables made now have the same columns.
  const bool later = column.presence == Presence::required && column.since > 1;
  if (later) sql += dialect == Dialect::sqlite ? " DEFAULT 0" : " DEFAULT false";
  if (column.name == "id" && column.type == ColumnType::text) sql += " UNIQUE";
  return sql;
}

// The columns that every table of its kind begins with.
std::string first_columns(const Table& table, Dialect dialect) {
  const bool sqlite = dialect == Dialect::sqlite;
  if (table.number.empty()) {
    return sqlite ? "key INTEGER PRIMARY KEY"
                  : "key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
  }
  const std::string document =
      sqlite ? "document INTEGER NOT NULL REFERENCES documents" : "document BIGINT NOT NULL";
  return sqlite && table.name == "quotes" ? "search_key INTEGER PRIMARY KEY, " + document
                                          : document;
}

std::string create_table(const Table& table, Dialect dialect) {
  const bool keyed = table.number.empty();
  const bool searched = table.name == "quotes";
  std::string sql = "CREATE TABLE " + std::string(table.name) + "(";
  sql += first_columns(table, dialect);
  for (const Column& column : table.columns) sql += ", " + declare(column, dialect);
  if (!keyed) {
    sql += dialect == Dialect::sqlite && searched ? ", UNIQUE" : ", PRIMARY KEY";
    sql += "(document, " + std::string(table.number) + ")";
  }
  sql += ')';
  if (dialect == Dialect::sqlite) sql += keyed || searched ? " STRICT" : " STRICT, WITHOUT ROWID";
  return sql + ";\n";
}

std::string add_columns(Dialect dialect, int since) {
  std::string sql;
  for (const Table& table : kTables) {
    for (const Column& column : table.columns) {
      if (column.since != since) continue;
      sql += "ALTER TABLE " + std::string(table.name) + " ADD COLUMN " + declare(column, dialect);
      sql += ";\n";
    }
  }
  return sql;
}

// Version 1 had no full text.
std::string search_in_old_sqlite() {
  const Table& quotes = table(TableId::quotes);
  const std::string columns = "document, " + column_list(quotes);
  std::string sql = "ALTER TABLE quotes RENAME TO quotes_1;\n" +
                    create_table(quotes, Dialect::sqlite) + "INSERT INTO quotes(" + columns +
                    ") SELECT " + columns + " FROM quotes_1 ORDER BY document, n;\n" +
                    "DROP TABLE quotes_1;\nDROP INDEX IF EXISTS documents_date;\nDROP INDEX IF "
                    "EXISTS figures_value;\n";
  sql += kSqliteSearch;
  return sql +
         "INSERT INTO documents_search(documents_search) VALUES('rebuild');\n"
         "INSERT INTO quotes_search(quotes_search) VALUES('rebuild');\n";
}

std::string upgrade_to_2(Dialect dialect) {
  std::string sql = add_columns(dialect, 2);
  if (dialect == Dialect::sqlite) return sql.append(kSqliteDays) + search_in_old_sqlite();
  return sql.append(kPostgresDays).append(kPostgresSearch) +
         "DROP INDEX IF EXISTS documents_date;\nDROP INDEX IF EXISTS figures_value;\n";
}

}  // namespace

const Table& table(TableId id) { return kTables[static_cast<std::size_t>(id)]; }
std::span<const Table> tables() { return kTables; }

std::string column_list(const Table& table) {
  std::string list;
  for (const Column& column : table.columns) {
    list.append(list.empty() ? "" : ", ").append(column.name);
  }
  return list;
}

std::string create_tables(Dialect dialect) {
  std::string sql;
  for (const Table& table : kTables) sql += create_table(table, dialect);
  return sql.append(dialect == Dialect::sqlite ? kSqliteSearch : kPostgresSearch);
}

std::string create_indexes(Dialect dialect) {
  std::string sql;
  for (const Index& index : kIndexes) {
    sql += "CREATE INDEX IF NOT EXISTS " + std::string(index.name) + " ON ";
    sql.append(index.on).append(";\n");
  }
  return dialect == Dialect::postgres ? sql.append(kPostgresSearchIndexes) : sql;
}

std::string upgrade_tables(Dialect dialect, int from) {
  std::string sql;
  if (from < 2) sql += upgrade_to_2(dialect);
  if (from < 3) sql += add_columns(dialect, 3);
  return sql;
}

}  // namespace glane
