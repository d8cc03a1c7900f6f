// The frame of the pages: nothing that a text holds becomes markup.
#include "write/html.h"

#include <gtest/gtest.h>

namespace glane {
namespace {

TEST(Html, EscapesWhatIsMarkupInTextAndInAttributes) {
  EXPECT_EQ(escape_html("<b>\"R&D\" d'été</b>"),
            "&lt;b&gt;&quot;R&amp;D&quot; d&#39;été&lt;/b&gt;");
  EXPECT_EQ(escape_html("a\tb\nc\r"), "a\tb\nc\r");
  EXPECT_EQ(escape_html(""), "");
}

TEST(Html, WritesWhatHtmlForbidsAsReplacementCharacters) {
  EXPECT_EQ(escape_html(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(escape_html("\x1B[31m"), "\uFFFD[31m");
  EXPECT_EQ(escape_html("\xFF<\xC3"), "\uFFFD&lt;\uFFFD");
  EXPECT_EQ(escape_html("\U0001F600 \uFEFF"), "\U0001F600 \uFEFF");
}

TEST(Html, KnowsTheClassesOfKinds) {
  EXPECT_EQ(html_kind_class("person"), "t-person");
  EXPECT_EQ(html_kind_class("money"), "t-figure");
  EXPECT_EQ(html_kind_class("indirect"), "t-quote");
  EXPECT_EQ(html_kind_class("\"><script>"), "t-other");
}

TEST(Html, FramesAPage) {
  const std::string begin = html_page_begin("</title><script>", ".x{}");
  EXPECT_NE(begin.find("<title>&lt;/title&gt;&lt;script&gt;</title>"), std::string::npos);
  EXPECT_NE(begin.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(begin.find("http://"), std::string::npos);
  EXPECT_LT(begin.find("<style>"), begin.find(".x{}</style>"));
  const std::string end = html_page_end("f();\n");
  EXPECT_NE(end.find("f();\n</script>"), std::string::npos);
}

}  // namespace
}  // namespace glane
