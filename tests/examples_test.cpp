// The examples beside glane's own rules, and the four ways in which one may fail.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule_folder.h"

namespace glane {
namespace {

TEST(Examples, BesideTheRulesHold) {
  const ExampleReport report = test_examples(RuleSet::load(GLANE_SOURCE_DIR "/rules"));
  EXPECT_GT(report.run, 300U);
  for (const std::string& failure : report.failures) ADD_FAILURE() << failure;
  for (const std::string& gap : report.passing_todos) ADD_FAILURE() << "no longer a gap: " << gap;
}

// The failures of one rule's examples, without what stands before the reason.
std::vector<std::string> failures_of(const std::string& examples) {
  RuleFolder folder;
  folder.file("levels.toml", "[[level]]\nname = \"figures\"\n");
  folder.file(
      "01-a.toml",
      "level = \"figures\"\n[[rule]]\nid = \"t.number\"\nmatch = '@value:<number> <number>?'\n"
      "emit = \"number\"\n" +
          examples);
  std::vector<std::string> reasons;
  for (const std::string& failure : test_examples(folder.load()).failures) {
    const std::string id = "t.number: ";
    reasons.push_back(failure.substr(failure.find(id) + id.size()));
  }
  return reasons;
}

std::string example(const std::string& text, const std::string& more = {}) {
  return "[[rule.example]]\ntext = '" + text + "'\n" + more;
}

using Reasons = std::vector<std::string>;

TEST(Examples, OnesThatHoldAreNoFailures) {
  EXPECT_EQ(failures_of(example("soit [12] ou [13]")), Reasons{});
  EXPECT_EQ(failures_of(example("soit [12]", "value = 12\n")), Reasons{});
  EXPECT_EQ(failures_of(example(R"(un \[ et [12] \])")), Reasons{});
  EXPECT_EQ(failures_of("[[rule.reject]]\ntext = 'douze'\n"), Reasons{});
}

TEST(Examples, FailuresTellWhichTheyAre) {
  EXPECT_EQ(failures_of(example("[douze]")), Reasons{"none: the rule does not match: douze"});
  EXPECT_EQ(failures_of(example("[soit 12]")), Reasons{"partial: found \"12\": soit 12"});
  EXPECT_EQ(failures_of(example("[12] ou 13")),
            Reasons{"several: it matches elsewhere too: 12 ou 13"});
  EXPECT_EQ(failures_of(example("soit [12]", "value = 13\n")),
            Reasons{"wrong value: value is \"12\", not \"13\": soit 12"});
  EXPECT_EQ(failures_of("[[rule.reject]]\ntext = 'soit 12'\n"),
            Reasons{"unexpected: found \"12\": soit 12"});
}

TEST(Examples, GapsAreCountedAndTellWhenTheyClose) {
  RuleFolder folder;
  folder.file("levels.toml", "[[level]]\nname = \"figures\"\n");
  folder.file(
      "01-a.toml",
      "level = \"figures\"\n[[rule]]\nid = \"t.number\"\nmatch = '<number>'\nemit = \"number\"\n" +
          example("[douze]", "todo = true\n") + example("[12]", "todo = true\n"));
  const ExampleReport report = test_examples(folder.load());
  EXPECT_EQ(report.run, 2U);
  EXPECT_EQ(report.todo, 1U);
  EXPECT_TRUE(report.failures.empty());
  ASSERT_EQ(report.passing_todos.size(), 1U);
  EXPECT_TRUE(report.passing_todos[0].ends_with("01-a.toml:9: t.number: 12"))
      << report.passing_todos[0];
  EXPECT_EQ(test_examples(folder.load(), "money").run, 0U) << "the filter is part of an id";
}

}  // namespace
}  // namespace glane
