// The text of rows, there and back.
#include "write/rows.h"

#include <gtest/gtest.h>

#include "rule_folder.h"

namespace glane {
namespace {

RuleSet no_rules() {
  return RuleFolder()
      .file("levels.toml", "[[level]]\nname = \"only\"\nscope = \"sentence\"\n")
      .file("01-one.toml",
            "level = \"only\"\n[[rule]]\nid = \"stub.rule\"\nmatch = '<number>'\nemit = "
            "\"number\"\n")
      .load();
}

Document document_of(const std::string& id, const std::string& title, const std::string& text) {
  Document document;
  document.article.id = id;
  document.article.title = title;
  document.article.text = text;
  return document;
}

class Rows : public testing::Test {
 protected:
  // The cells of the row of documents, as they are read again; NULL as "(null)".
  std::vector<std::string> document_cells(const Document& document) {
    const std::string rows = render_rows(document, rules_, {.with_text = true, .layers = {}});
    std::vector<std::string> cells;
    std::string room;
    for (const std::string_view cell : document_row(rows).cells) {
      cells.emplace_back(read_cell(cell, room).value_or("(null)"));
    }
    return cells;
  }

  const RuleSet rules_ = no_rules();
};

TEST_F(Rows, GiveBackWhatWasWritten) {
  for (const std::string text :
       {"plain", "", "\\", "\\N", "\\\\N", "a\tb\nc\rd\\te", "\t", "\n", "é\\", "\x01\x7F😀"}) {
    const auto cells = document_cells(document_of(text + "x", text, text));
    ASSERT_EQ(cells.size(), table(TableId::documents).columns.size());
    EXPECT_EQ(cells[0], text + "x");
    EXPECT_EQ(cells[1], text);
    EXPECT_EQ(cells[6], text.empty() ? "(null)" : text);
  }
}

TEST_F(Rows, HoldNothingThatADatabaseRefuses) {
  const auto cells =
      document_cells(document_of("a", std::string("a\0b", 3), "\xE9\xE9z \xED\xA0\x80"));
  EXPECT_EQ(cells[1], "a\uFFFDb");
  EXPECT_EQ(cells[6], "\uFFFD\uFFFDz \uFFFD\uFFFD\uFFFD");
}

TEST_F(Rows, NameTheDay) {
  const auto day = [&](std::optional<Date> date) {
    Document document = document_of("a", "", "");
    document.article.date = date;
    return document_cells(document)[3];
  };
  EXPECT_EQ(day(Date{2025, 3, 4}), "2025-03-04");
  EXPECT_EQ(day(Date{987, 12, 31}), "0987-12-31");
  EXPECT_EQ(day(Date{0, 1, 1}), "(null)");
  EXPECT_EQ(day(std::nullopt), "(null)");
}

TEST_F(Rows, CutNamesBetweenCharacters) {
  Document document = document_of("a", "", "x");
  Entity entity;
  entity.span = {0, 1};
  entity.id = 1;
  entity.name = "n";
  for (int i = 0; i < 600; ++i) entity.name += "é";
  document.entities.push_back(entity);
  const std::string rows = render_rows(document, rules_, {});
  RowReader reader(rows);
  Row row;
  ASSERT_TRUE(reader.next(row));
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.table, TableId::entities);
  EXPECT_EQ(row.cells[2], entity.name.substr(0, 999));
}

TEST_F(Rows, LongNumbersAreTextOnly) {
  Document document = document_of("a", "", "x");
  Figure figure;
  figure.span = {0, 1};
  figure.value = *Decimal::parse("1.50");
  figure.min = *Decimal::parse(std::string(500, '7'));
  figure.max = "2025-03-04";
  document.figures.push_back(figure);
  const std::string rows = render_rows(document, rules_, {});
  RowReader reader(rows);
  Row row;
  while (reader.next(row)) {
  }
  EXPECT_EQ(row.table, TableId::figures);
  EXPECT_EQ(row.cells.size(), table(TableId::figures).columns.size());
  const std::vector<std::string_view> values(row.cells.begin() + 5, row.cells.begin() + 11);
  EXPECT_EQ(values[0], "1.5");
  EXPECT_EQ(values[1], "1.5");
  EXPECT_GE(values[2].size(), 500);
  EXPECT_EQ(values[3], "\\N");
  EXPECT_EQ(values[4], "2025-03-04");
  EXPECT_EQ(values[5], "\\N");
}

}  // namespace
}  // namespace glane
