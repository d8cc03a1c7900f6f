// Pieces of feeds by themselves: fragments of HTML, dates, rows, forms told by content, cuts.
#include <gtest/gtest.h>

#include "read/csv_row.h"
#include "read/cut_xml.h"
#include "read/detect.h"
#include "read/feed_date.h"
#include "read/fields.h"
#include "read/html_text.h"

namespace glane {
namespace {

using namespace std::string_literals;

TEST(ReadHtmlText, LaysOutAndDecodes) {
  const struct {
    const char* html;
    const char* text;
  } cases[] = {
      {"", ""},
      {"deux mots", "deux mots"},
      {"une ligne\nune autre\n\nun paragraphe", "une ligne\nune autre\n\nun paragraphe"},
      {"<p>une ligne\nla même</p>", "une ligne la même"},
      {"<p>un</p><p>deux</p>", "un\n\ndeux"},
      {"un<br>deux<br/><br />trois", "un\ndeux\n\ntrois"},
      {"<ul><li>un</li><li>deux</li></ul>trois", "un\ndeux\n\ntrois"},
      {"<b>Luc</b> <i>Petit</i>", "Luc Petit"},
      {"m<sup>2</sup>", "m2"},
      {"<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a b\nc"},
      {"&laquo;&nbsp;L&#8217;&eacute;t&#xE9;&#x20;&raquo; &amp; R&D", "«\u00A0L’été » & R&D"},
      {"&#150;&bogus;&amp;lt;", "–&bogus;&lt;"},
      {"5 < 6 et <a href='x>y'>7</a> > 6", "5 < 6 et 7 > 6"},
      {"a<script>if (a</b) {}</script>b", "a\nb"},
      {"a<FIGURE><img><figure>x</figure>y</FIGURE>b", "a\nb"},
      {"a<figure>b", "a\nb"},
      {"a<!-- <p> -->b<?php x ?>c<![CDATA[d]]>e", "abce"},
      {"a<p class=\"x", "a"},
      {"<", "<"},
      {"</", "</"},
      {"<p", ""},
      {"<!", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(html_to_text(c.html), c.text) << c.html;
}

TEST(ReadHtmlText, IsLinear) {
  for (const char* piece : {"<figure>", "<a b='", "<!--", "<script>", "</", "<a \"", "&", "<p><"}) {
    std::string html;
    while (html.size() < 2'000'000) html += piece;
    html_to_text(html);  // a test that takes minutes where it is not
  }
}

TEST(ReadFeedDate, ReadsTheDayInItsOwnZone) {
  const struct {
    const char* written;
    Date day;
  } cases[] = {
      {"Wed, 05 Nov 2025 23:59:00 -0500", {2025, 11, 5}},
      {"5 Nov 25 00:10 GMT", {2025, 11, 5}},
      {"05-Nov-1999", {1999, 11, 5}},
      {"3 févr. 2024", {2024, 2, 3}},
      {"12 aoû 24", {2024, 8, 12}},
      {"2025-11-05T23:59:59.123Z", {2025, 11, 5}},
      {" 2025-11-05 ", {2025, 11, 5}},
      {"20251105T104233+0000", {2025, 11, 5}},
      {"20251105", {2025, 11, 5}},
      {"05/11/2025 08:30", {2025, 11, 5}},
  };
  for (const auto& c : cases) EXPECT_EQ(read_feed_date(c.written), c.day) << c.written;
  for (const char* none : {"", "hier", "31 Feb 2025", "2025-02-30", "20251305", "202511051",
                           "5 Nov", "Nov 5, 2025", "1762300800", "99/99/2025"}) {
    EXPECT_FALSE(read_feed_date(none)) << none;
  }
}

TEST(ReadCsvRow, SplitsAndFindsColumns) {
  EXPECT_EQ(split_row("a,\"b,\"\"c\"\"\",,d\"e\r\n", ','),
            (std::vector<std::string>{"a", "b,\"c\"", "", "d\"e"}));
  EXPECT_EQ(delimiter_of("id;titre;\"a,b,c\""), ';');
  EXPECT_EQ(delimiter_of("id\ttext"), '\t');
  EXPECT_EQ(column_of("TEXT", {"id", "Text"}), 1U);
  EXPECT_EQ(column_of("1", {"id", "Text"}), 0U);
  EXPECT_FALSE(column_of("3", {"id", "Text"}));
  EXPECT_FALSE(column_of("0", {"id", "Text"}));
}

TEST(ReadFields, RefusesWhatIsNoField) {
  FieldMap fields;
  EXPECT_EQ(add_field("text=a.b", fields), "");
  EXPECT_EQ(fields["text"], "a.b");
  EXPECT_NE(add_field("text=", fields), "");
  EXPECT_NE(add_field("body=a", fields), "");
  EXPECT_EQ(parts_of_path("a.0.b\\.c"), (std::vector<std::string>{"a", "0", "b.c"}));
}

TEST(ReadFile, IsToldByItsContent) {
  const struct {
    std::string bytes;
    Form form;
  } cases[] = {
      {"Un texte.", Form::text},
      {"", Form::text},
      {"<<Un texte>>, dit-il.", Form::text},
      {"[Reportage] Un texte.", Form::text},
      {"<?xml version='1.0'?><rss>", Form::xml},
      {"\xEF\xBB\xBF \n<rss version='2.0'>", Form::xml},
      {"<!-- x --><a:feed xmlns:a='x'>", Form::xml},
      {"<?xml version='1.0'?><!DOCTYPE html><html>", Form::html},
      {"<!doctype HTML><p>", Form::html},
      {"<div><p>Un texte.</p></div>", Form::html},
      {"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", Form::jsonl},
      {"{\"text\":\"a { \\\" [\"}", Form::jsonl},
      {"{\n\"uri\":\"a\"}", Form::json},
      {"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", Form::json},
      {" [ {\"uri\":\"a\"}]", Form::json},
      {"WARC/1.0\r\n", Form::warc},
      {"\x01"
       "abc001 4 pol 10\n",
       Form::iptc7901},
      {"abc001 4 pol 10\nTitre =\n", Form::iptc7901},
      {"id;Text\n1;a\n", Form::csv},
      {"Le texte, text\nà suivre", Form::text},
  };
  for (const auto& c : cases) {
    ByteReader reader = ByteReader::over(c.bytes);
    EXPECT_EQ(static_cast<int>(detect_form(reader, "a", {})), static_cast<int>(c.form)) << c.bytes;
  }
}

// Each piece of markup, as the cutter sees it, whatever the blocks it comes in.
std::string cut(const std::string& bytes, std::size_t block) {
  std::size_t at = 0;
  XmlCutter cutter(ByteReader::from([&](char* room, std::size_t size, std::string&) {
    const std::size_t count = std::min({size, block, bytes.size() - at});
    bytes.copy(room, count, at);
    at += count;
    return count;
  }));
  std::string seen;
  Markup markup;
  while (cutter.next(markup, 1 << 20)) {
    const std::string_view piece = cutter.kept(markup.end).substr(markup.begin);
    seen += "[" + std::to_string(static_cast<int>(markup.kind)) + std::string(piece) + "]";
  }
  return seen;
}

TEST(ReadXml, IsCutAtItsTags) {
  const std::string xml =
      "<?xml version='1.0'?><!DOCTYPE a [<!-- don't > --><!ENTITY b '>'>]><a b=\"<>\" c='/'>x < y"
      "<!-- <b> --><![CDATA[</a>]]><b/></a><1>";
  const std::string expected =
      "[4<?xml version='1.0'?>][3<!DOCTYPE a [<!-- don't > --><!ENTITY b '>'>]>]"
      "[0<a b=\"<>\" c='/'>][4<!-- <b> -->][4<![CDATA[</a>]]>][2<b/>][1</a>]";
  for (const std::size_t block : {1, 2, 3, 7, 1000}) EXPECT_EQ(cut(xml, block), expected) << block;
  EXPECT_EQ(cut("<a b='", 1000), "");
  EXPECT_EQ(cut("<a <b>", 1000), "[0<a ][0<b>]");
}

}  // namespace
}  // namespace glane
