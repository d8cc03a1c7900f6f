-- A database of version 1 of the tables, as glane 0.1.0 wrote it, for the test of what newer versions make of it.
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE diagnostics(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  code TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
  message TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
INSERT INTO "diagnostics" VALUES(2,0,'unknown-date',0,0,'not a date: "4 mars"');
CREATE TABLE documents(
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT,
  language TEXT, source TEXT NOT NULL, text TEXT, meta TEXT, offset_unit TEXT NOT NULL,
  ruleset TEXT NOT NULL, fingerprint TEXT NOT NULL) STRICT;
INSERT INTO "documents" VALUES(1,'usine','L’usine rouvre','2025-03-04T08:30:00+01:00','fr','articles.jsonl:1','Le groupe Valmart investira 12,5 millions d’euros à Colmar, a annoncé mardi sa directrice, Odile Kerven.

« Nous rouvrons l’usine », a déclaré Odile Kerven.','{"rubrique":"économie"}','codepoint','6f9fe0bc5b6d1f70','263b2d5f07abca6c');
INSERT INTO "documents" VALUES(2,'pont','','4 mars',NULL,'articles.jsonl:2','Environ 300 riverains ont manifesté contre le pont, selon la préfecture.',NULL,'codepoint','6f9fe0bc5b6d1f70','1476e583e56a66bb');
INSERT INTO "documents" VALUES(3,'vide','',NULL,NULL,'articles.jsonl:3','Rien.',NULL,'codepoint','6f9fe0bc5b6d1f70','30e60e22f74a1f4e');
CREATE TABLE entities(
  document INTEGER NOT NULL REFERENCES documents, id INTEGER NOT NULL,
  type TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(document, id)) STRICT, WITHOUT ROWID;
INSERT INTO "entities" VALUES(1,2,'location','Colmar');
INSERT INTO "entities" VALUES(1,4,'person','Odile Kerven');
INSERT INTO "entities" VALUES(1,1,'organization','Valmart');
INSERT INTO "entities" VALUES(1,3,'role','directrice');
CREATE TABLE figures(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  value TEXT, value_number REAL, min TEXT, min_number REAL, max TEXT, max_number REAL,
  scale TEXT, unit TEXT, counted TEXT, modifier TEXT, relation TEXT,
  ambiguous INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
INSERT INTO "figures" VALUES(1,0,28,49,'12,5 millions d’euros','money','12500000',12500000.0,NULL,NULL,NULL,NULL,NULL,'EUR',NULL,NULL,NULL,0,'money.amount-currency');
INSERT INTO "figures" VALUES(1,1,70,75,'mardi','date','2025-03-04',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'date.weekday');
INSERT INTO "figures" VALUES(2,0,8,11,'300','number','300',300.0,NULL,NULL,NULL,NULL,NULL,NULL,'riverains','approx',NULL,0,'number.plain');
CREATE TABLE mentions(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL,
  entity INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
INSERT INTO "mentions" VALUES(1,0,10,17,'Valmart',1,'around.organisation-noun');
INSERT INTO "mentions" VALUES(1,1,52,58,'Colmar',2,'inside.city');
INSERT INTO "mentions" VALUES(1,2,79,89,'directrice',3,'role.office');
INSERT INTO "mentions" VALUES(1,3,91,103,'Odile Kerven',4,'inside.first-name-and-name');
INSERT INTO "mentions" VALUES(1,4,143,155,'Odile Kerven',4,'inside.first-name-and-name');
CREATE TABLE quotes(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  speaker TEXT, speaker_name TEXT, speaker_entity INTEGER, speaker_start_at INTEGER,
  speaker_end_at INTEGER, cue TEXT, cue_start_at INTEGER, cue_end_at INTEGER,
  quote_group INTEGER, modality TEXT, rule TEXT NOT NULL,
  PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
INSERT INTO "quotes" VALUES(1,0,0,58,'Le groupe Valmart investira 12,5 millions d’euros à Colmar','indirect','Odile Kerven','Odile Kerven',4,91,103,'a annoncé',60,69,NULL,NULL,'reported.incise');
INSERT INTO "quotes" VALUES(1,1,108,129,'Nous rouvrons l’usine','direct','Odile Kerven','Odile Kerven',4,143,155,'a déclaré',133,142,NULL,NULL,'quote.said-after');
INSERT INTO "quotes" VALUES(2,0,0,50,'Environ 300 riverains ont manifesté contre le pont','indirect','la préfecture',NULL,NULL,58,71,'selon',52,57,NULL,NULL,'reported.according-after');
CREATE TABLE roles(
  document INTEGER NOT NULL REFERENCES documents, n INTEGER NOT NULL,
  mention INTEGER NOT NULL, role TEXT NOT NULL, person INTEGER, organization INTEGER,
  PRIMARY KEY(document, n)) STRICT, WITHOUT ROWID;
INSERT INTO "roles" VALUES(1,0,2,'directrice',4,NULL);
CREATE INDEX documents_date ON documents(date);
CREATE INDEX entities_name ON entities(name, type);
CREATE INDEX figures_value ON figures(kind, unit, value_number);
CREATE INDEX quotes_speaker ON quotes(speaker_name);
COMMIT;
