// The tables of the SQLite database.
//
// documents.key is the number by which the other tables name a document; `n` counts the
// rows of one document from 0. Places (start_at, end_at) are in documents.offset_unit.
// entities: one row a referent; mentions: where it is named; roles: who holds them, where.
// Exact values stand as text ("59000000000", "2018-03-01"), and beside them, in *_number,
// the nearest floating-point number for comparisons. documents.fingerprint tells whether a
// document is already there as it would be written.
#pragma once

namespace glane {

// PRAGMA user_version of the database.
inline constexpr int kTablesVersion = 1;

inline constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS documents(
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT,
  language TEXT, source TEXT NOT NULL, text TEXT, meta TEXT, offset_unit TEXT NOT NULL,
  ruleset TEXT NOT NULL, fingerprint TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS entities(
  document INTEGER NOT NULL REFERENCES documents, id INTEGER NOT NULL,
  type TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(document, id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mentions(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL,
  entity INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS roles(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  mention INTEGER NOT NULL, role TEXT NOT NULL, person INTEGER, organization INTEGER,
  PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS figures(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  value TEXT, value_number REAL, min TEXT, min_number REAL, max TEXT, max_number REAL,
  scale TEXT, unit TEXT, counted TEXT, modifier TEXT, relation TEXT,
  direction TEXT, ambiguous INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quotes(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  speaker TEXT, speaker_name TEXT, speaker_entity INTEGER, speaker_start_at INTEGER,
  speaker_end_at INTEGER, cue TEXT, cue_start_at INTEGER, cue_end_at INTEGER,
  medium TEXT, quote_group INTEGER, modality TEXT, inferred INTEGER NOT NULL, rule TEXT NOT NULL,
  PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS diagnostics(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  code TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
  message TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
)sql";

// Made at the end: to build an index once costs less than to keep it through a load.
inline constexpr const char* kIndexes = R"sql(
CREATE INDEX IF NOT EXISTS documents_date ON documents(date);
CREATE INDEX IF NOT EXISTS entities_name ON entities(name, type);
CREATE INDEX IF NOT EXISTS figures_value ON figures(kind, unit, value_number);
CREATE INDEX IF NOT EXISTS quotes_speaker ON quotes(speaker_name);
)sql";

}  // namespace glane
