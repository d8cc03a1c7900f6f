// The tables of the databases and of CSV, described once. This is their manual.
//
// A document has one row in `documents`; the other tables name it by `document`, which is
// documents.key (in CSV: documents.id), and number its rows from 0 in `n`. Places (start_at,
// end_at) are in documents.offset_unit. entities: one row a referent; mentions: where it is
// named; roles: who holds them, where. Exact values stand as text ("59000000000",
// "2018-03-01"), and beside them in *_number as numbers: NUMERIC in PostgreSQL, the nearest
// floating-point number in SQLite; numbers of more than 400 digits only as text.
//
// documents.date is what the feed wrote, documents.day the day it names. documents.fingerprint
// covers the article, the rules, the options and the version: a document whose fingerprint is
// there already stays as it is, another one with the same id takes its place under its key.
//
// Full text: SQLite has the FTS5 tables documents_search(title, text) and quotes_search(text),
// whose rowid is documents.key and quotes.search_key; accents do not count. PostgreSQL has columns
// `search` (French stems, GIN) in documents and quotes, the first 200 000 characters of each.
// The text of an article is there when --with-text stored it.
//
// Texts compare and sort by their bytes; ORDER BY name COLLATE "fr-x-icu" is how PostgreSQL
// sorts as a dictionary does. Names are cut after 1000 bytes, and a text or meta of more than 256
// MB is left out. Foreign keys are declared in SQLite and not checked while loading. In PostgreSQL
// they would cost half of the speed and more; to have them:
//   ALTER TABLE mentions ADD FOREIGN KEY (document) REFERENCES documents NOT VALID;
//   ALTER TABLE mentions VALIDATE CONSTRAINT mentions_document_fkey;
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace glane {

// Stands in the database: PRAGMA user_version in SQLite, the table glane_schema in PostgreSQL.
// A database of an older version is brought to this one when it is opened.
inline constexpr int kTablesVersion = 3;

enum class ColumnType : std::uint8_t { text, integer, number, day, flag };
enum class Presence : std::uint8_t { required, optional };

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
  Presence presence = Presence::optional;
  int since = 1;  // the version of the tables that brought it
};

enum class TableId : std::uint8_t {
  documents,
  entities,
  mentions,
  roles,
  figures,
  quotes,
  diagnostics
};
inline constexpr std::size_t kTableCount = 7;

// Neither `key` of documents nor `document` of the others is among the columns.
struct Table {
  std::string_view name;
  std::span<const Column> columns;
  std::string_view number;  // the column that with `document` makes the key; empty: documents
};

const Table& table(TableId id);
std::span<const Table> tables();  // in the order of TableId

// "start_at, end_at, …"
std::string column_list(const Table& table);

enum class Dialect : std::uint8_t { sqlite, postgres };

// Statements, each ended by a semicolon.
std::string create_tables(Dialect dialect);
std::string create_indexes(Dialect dialect);
std::string upgrade_tables(Dialect dialect, int from);  // 1…kTablesVersion - 1 to kTablesVersion

}  // namespace glane
