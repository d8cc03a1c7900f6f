// The database: what is in it, and that writing twice is writing once.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "temporary_folder.h"
#include "write/sink.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

// Rule sets that differ in their hash only.
RuleSet rules_with(const std::string& comment) {
  const TemporaryFolder temporary;
  const fs::path& folder = temporary.path();
  fs::create_directories(folder / "lexicon");
  std::ofstream(folder / "levels.toml") << "[[level]]\nname = \"only\"\nscope = \"sentence\"\n";
  std::ofstream(folder / "01-one.toml") << "# " << comment << R"(
level = "only"
[[rule]]
id = "stub.rule"
match = '<number>'
emit = "number"
)";
  return RuleSet::load(folder);
}

class Sqlite : public testing::Test {
 protected:
  void write(const std::vector<Document>& documents, const JsonOptions& options = {}) {
    write(documents, rules_, options);
  }
  void write(const std::vector<Document>& documents, const RuleSet& rules,
             const JsonOptions& options = {}) {
    const auto sink = write_sqlite(path_, rules, options);
    for (const Document& document : documents) sink->write(document, sink->render(document));
    sink->finish();
  }

  // Rows of a query, columns parted by |, NULL as -.
  std::vector<std::string> query(const std::string& sql) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    std::vector<std::string> rows;
    const auto add = [](void* to, int columns, char** values, char**) {
      std::string row;
      for (int i = 0; i < columns; ++i) {
        row += (i > 0 ? "|" : "") + std::string(values[i] == nullptr ? "-" : values[i]);
      }
      static_cast<std::vector<std::string>*>(to)->push_back(row);
      return 0;
    };
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), add, &rows, &error), SQLITE_OK) << error;
    sqlite3_close(database);
    return rows;
  }

  const TemporaryFolder folder_;
  const fs::path path_ = folder_.path() / "glane.db";
  RuleSet rules_ = rules_with("one");
};

using Rows = std::vector<std::string>;

Document sample(const std::string& id = "a-1") {
  Document document;
  document.article = {.id = id,
                      .title = "Été",
                      .text = "é Luc, PDG d'X : « 59 Md€ »",
                      .date = Date{2018, 3, 1},
                      .date_text = "2018-03-01",
                      .language = "",
                      .source = "f:1",
                      .meta = R"({"k":1})"};
  const auto entity = [](SourceSpan span, EntityType type, std::uint32_t number, const char* name) {
    Entity made;
    made.span = span;
    made.type = type;
    made.id = number;
    made.name = name;
    return made;
  };
  document.entities = {entity({3, 6}, EntityType::person, 1, "Luc Petit"),
                       entity({8, 11}, EntityType::role, 2, "PDG"),
                       entity({14, 15}, EntityType::organization, 3, "X")};
  document.entities[1].person = 1;
  document.entities[1].organization = 3;
  Figure figure;
  figure.span = {21, 29};
  figure.kind = FigureKind::money;
  figure.value = *Decimal::parse("59000000000.25");
  figure.unit = "EUR";
  document.figures.push_back(figure);
  figure.kind = FigureKind::date;
  figure.value.reset();
  figure.unit.clear();
  figure.min = "2018-03-01";
  figure.max = "2018-03-02";
  figure.ambiguous = true;
  figure.modifier = Modifier::approx;
  figure.direction = Trend::down;
  document.figures.push_back(figure);
  Quote quote;
  quote.span = {21, 29};
  quote.speaker = "Luc";
  quote.speaker_name = "Luc Petit";
  quote.speaker_span = SourceSpan{3, 6};
  quote.speaker_id = 1;
  quote.medium = "AFP";
  quote.inferred = true;
  document.quotes.push_back(quote);
  document.diagnostics.push_back({"some-code", {0, 2}, "why"});
  return document;
}

TEST_F(Sqlite, HoldsEveryLayer) {
  write({sample()});
  EXPECT_EQ(query("PRAGMA user_version"), Rows{"3"});
  EXPECT_EQ(
      query("SELECT id, title, date, language, source, text, meta, offset_unit FROM documents"),
      Rows{R"(a-1|Été|2018-03-01|-|f:1|-|{"k":1}|codepoint)"});
  EXPECT_EQ(query("SELECT id, type, name FROM entities"),
            (Rows{"1|person|Luc Petit", "2|role|PDG", "3|organization|X"}));
  EXPECT_EQ(query("SELECT n, start_at, end_at, text, entity, rule FROM mentions"),
            (Rows{"0|2|5|Luc|1|stub.rule", "1|7|10|PDG|2|stub.rule", "2|13|14|X|3|stub.rule"}));
  EXPECT_EQ(query("SELECT n, mention, role, person, organization FROM roles"), Rows{"0|1|PDG|1|3"});
  EXPECT_EQ(query("SELECT text, kind, value, value_number, min, min_number, max, unit, modifier, "
                  "relation, direction, ambiguous FROM figures"),
            (Rows{"59 Md€|money|59000000000.25|59000000000.25|-|-|-|EUR|-|-|-|0",
                  "59 Md€|date|-|-|2018-03-01|-|2018-03-02|-|approx|-|down|1"}));
  EXPECT_EQ(query("SELECT text, kind, speaker, speaker_name, speaker_entity, speaker_start_at, "
                  "speaker_end_at, cue, cue_start_at, medium, quote_group, modality, inferred, "
                  "rule FROM quotes"),
            Rows{"59 Md€|direct|Luc|Luc Petit|1|2|5|-|-|AFP|-|-|1|stub.rule"});
  EXPECT_EQ(query("SELECT code, start_at, end_at, message FROM diagnostics"),
            Rows{"some-code|0|1|why"});
  EXPECT_EQ(query("PRAGMA integrity_check"), Rows{"ok"});
  EXPECT_EQ(query("PRAGMA foreign_key_check"), Rows{});
}

TEST_F(Sqlite, KeepsExactDecimals) {
  Document document = sample();
  document.figures[0].value = *Decimal::parse("0.12345678901234567890123");
  write({document});
  EXPECT_EQ(query("SELECT value, typeof(value), round(value_number, 5), typeof(value_number) "
                  "FROM figures WHERE n = 0"),
            Rows{"0.12345678901234567890123|text|0.12346|real"});
}

TEST_F(Sqlite, WritesTheTextWhenAsked) {
  Document document = sample();
  document.article.text += "\xE9";
  write({document}, {.with_text = true, .layers = {}});
  EXPECT_EQ(query("SELECT text FROM documents"), Rows{"é Luc, PDG d'X : « 59 Md€ »\uFFFD"});
}

TEST_F(Sqlite, WritingTwiceChangesNothing) {
  write({sample("a"), sample("b")});
  const Rows before = query("SELECT key, id FROM documents");
  write({sample("b"), sample("a")});
  EXPECT_EQ(query("SELECT key, id FROM documents"), before);
  EXPECT_EQ(query("SELECT count(*) FROM mentions"), Rows{"6"});
}

TEST_F(Sqlite, ReplacesADocumentWhoseContentChanged) {
  write({sample("a"), sample("b")});
  Document changed = sample("a");
  changed.article.text += " Fin.";
  changed.quotes.clear();
  write({changed});
  EXPECT_EQ(query("SELECT count(*) FROM documents"), Rows{"2"});
  EXPECT_EQ(query("SELECT id FROM documents JOIN quotes ON document = key"), Rows{"b"});
  EXPECT_EQ(query("SELECT count(*) FROM mentions"), Rows{"6"});
  EXPECT_EQ(query("PRAGMA foreign_key_check"), Rows{});
}

TEST_F(Sqlite, ReplacesADocumentWhenRulesOrOptionsChanged) {
  write({sample()});
  const auto fingerprint = [&] { return query("SELECT fingerprint FROM documents"); };
  const Rows first = fingerprint();
  write({sample()}, {.offsets = OffsetUnit::byte, .layers = {}});
  const Rows second = fingerprint();
  EXPECT_NE(first, second);
  EXPECT_EQ(query("SELECT start_at FROM mentions WHERE n = 0"), Rows{"3"});
  const RuleSet others = rules_with("two");
  if (others.hash() == rules_.hash()) GTEST_SKIP() << "the loader gives one hash to all";
  write({sample()}, others);
  EXPECT_EQ(query("SELECT ruleset FROM documents"), Rows{others.hash()});
}

TEST_F(Sqlite, LeavesOutLayersNotAskedFor) {
  write({sample()}, {.layers = {.entities = false, .figures = true, .quotes = false}});
  EXPECT_EQ(query("SELECT count(*) FROM mentions"), Rows{"0"});
  EXPECT_EQ(query("SELECT count(*) FROM figures"), Rows{"2"});
  EXPECT_EQ(query("SELECT count(*) FROM quotes"), Rows{"0"});
}

TEST_F(Sqlite, WhatWasCommittedStaysWhenARunBreaksOff) {
  {
    const auto sink = write_sqlite(path_, rules_, {});
    for (int i = 0; i < 2500; ++i) {
      const Document document = sample("d" + std::to_string(i));
      sink->write(document, sink->render(document));
    }
  }  // no finish()
  const int documents = std::stoi(query("SELECT count(*) FROM documents")[0]);
  EXPECT_GE(documents, 1000);  // a batch at least was full
  EXPECT_EQ(query("SELECT count(*) FROM mentions"), Rows{std::to_string(3 * documents)});
  EXPECT_EQ(query("PRAGMA integrity_check"), Rows{"ok"});
}

TEST_F(Sqlite, RefusesWhatItCannotWrite) {
  EXPECT_THROW(write_sqlite("/nowhere/x.db", rules_, {}), SetupError);
  std::ofstream(path_) << "This is a text, and long enough to be seen as none of SQLite's files. "
                       << std::string(500, 'x');
  EXPECT_THROW(write_sqlite(path_, rules_, {}), SetupError);
  fs::remove(path_);
  query("PRAGMA user_version = 99");
  EXPECT_THROW(write_sqlite(path_, rules_, {}), SetupError);
}

}  // namespace
}  // namespace glane
