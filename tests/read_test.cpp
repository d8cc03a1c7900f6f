// Records and articles from text, JSON Lines and folders: also from what is neither.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "read/source.h"
#include "run/seen_ids.h"

namespace glane {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// A folder that is empty at the beginning of a test and gone at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::path(testing::TempDir()) / "glane_read_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }

  std::string path(const std::string& name = {}) const {
    return name.empty() ? path_ : path_ + "/" + name;
  }
  std::string file(const std::string& name, const std::string& bytes) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::string path_;
};

std::vector<ParsedRecord> read_all(std::vector<std::string> paths,
                                   std::optional<Form> form = std::nullopt) {
  std::vector<ParsedRecord> all;
  const auto source = read_inputs(std::move(paths), {.form = form});
  RawRecord record;
  while (source->next(record)) all.push_back(parse(std::move(record)));
  return all;
}

ParsedRecord parse_line(std::string line) {
  return parse(
      {.place = {.file = "f.jsonl", .line = 7}, .form = Form::jsonl, .bytes = std::move(line)});
}

// --- plain text ---

TEST(ReadText, TakesTheFileAsItIs) {
  const Folder folder;
  const std::string path = folder.file("a.txt", "\n  Le titre \r\n\r\nLe corps.\n");
  const auto read = read_all({path});
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].article.id, path);
  EXPECT_EQ(read[0].article.source, path);
  EXPECT_EQ(read[0].article.title, "Le titre");
  EXPECT_EQ(read[0].article.text, "\n  Le titre \r\n\r\nLe corps.\n");
}

TEST(ReadText, Decodes) {
  const Folder folder;
  const auto read = read_all({folder.file("a.txt", "\xEF\xBB\xBFÉté"),
                              folder.file("b.txt", "L'\xE9t\xE9 \xE0 Li\xE8ge co\xFBte 5 \x80")});
  EXPECT_EQ(read[0].article.text, "Été");
  EXPECT_EQ(read[1].article.text, "L'été à Liège coûte 5 €");
}

TEST(ReadText, RefusesWhatIsNoText) {
  const Folder folder;
  const auto read =
      read_all({folder.file("empty.txt", ""), folder.file("nul.txt", "un\ndeux\0"s + "trois\n")});
  EXPECT_EQ(read[0].trouble, Trouble::refused);
  EXPECT_EQ(read[0].reason, "the file is empty");
  EXPECT_EQ(read[1].trouble, Trouble::refused);
  EXPECT_EQ(to_string(read[1].place), folder.path("nul.txt") + ":2");
}

TEST(ReadText, ATextOfSpacesHasNoTitle) {
  const Folder folder;
  EXPECT_EQ(read_all({folder.file("a.txt", " \n\t\n")})[0].article.title, "");
}

// --- one line of JSON ---

TEST(ReadJsonl, ReadsTheFieldsItKnows) {
  const ParsedRecord read = parse_line(
      R"({"id":"x","text":"L\u2019\u00e9t\u00e9","date":"2018-03-01T10:00:00Z","title":"T","language":"fr","source":"AFP"})");
  EXPECT_EQ(read.trouble, Trouble::none) << read.reason;
  EXPECT_EQ(read.article.id, "x");
  EXPECT_EQ(read.article.text, "L’été");
  EXPECT_EQ(read.article.date, (Date{2018, 3, 1}));
  EXPECT_EQ(read.article.date_text, "2018-03-01T10:00:00Z");
  EXPECT_EQ(read.article.title, "T");
  EXPECT_EQ(read.article.language, "fr");
  EXPECT_EQ(read.article.source, "AFP");
  EXPECT_EQ(read.article.meta, "");
}

TEST(ReadJsonl, NamesByPlaceWhatHasNoName) {
  const ParsedRecord read = parse_line(R"({"text":"a","date":null})");
  EXPECT_EQ(read.article.id, "f.jsonl:7");
  EXPECT_EQ(read.article.source, "f.jsonl:7");
  EXPECT_TRUE(read.diagnostics.empty());
}

TEST(ReadJsonl, PassesOtherFieldsThroughAsWritten) {
  const struct {
    const char* line;
    const char* meta;
  } cases[] = {
      {R"({"text":"a"})", ""},
      {R"({"z":1,"text":"a","b":"x"})", R"({"z":1,"b":"x"})"},
      {R"({"text":"a","n":[1.10,-0.5e-300,12345678901234567890123,true,null,{}]})",
       R"({"n":[1.10,-0.5e-300,12345678901234567890123,true,null,{}]})"},
      {R"({"text":"a", "o" : { "text" : "inner", "p" : [ [ ] , "\n" ] } })",
       R"({"o":{"text":"inner","p":[[],"\n"]}})"},
      {R"({"text":"a","meta":{"k":1,"l":{"m":2}},"n":3})", R"({"k":1,"l":{"m":2},"n":3})"},
      {R"({"text":"a","meta":{}})", ""},
      {R"({"text":"a","meta":null})", R"({"meta":null})"},
      {R"({"text":"a","meta":[1],"b":2})", R"({"meta":[1],"b":2})"},
      {R"({"text":"a","k":1,"k":{"x":2},"l":3})", R"({"k":1,"l":3})"},
      {R"({"text":"a","entities":[{"start":0}],"schema":"glane/1","ruleset":"f","x":0})",
       R"({"x":0})"},
      {R"({"text":"a","é\"":"\u00e9"})", R"({"é\"":"é"})"},
  };
  for (const auto& c : cases) {
    const ParsedRecord read = parse_line(c.line);
    EXPECT_EQ(read.trouble, Trouble::none) << c.line << read.reason;
    EXPECT_EQ(read.article.meta, c.meta) << c.line;
    EXPECT_EQ(read.article.text, "a") << c.line;
  }
}

TEST(ReadJsonl, RefusesWithAReason) {
  const struct {
    std::string line;
    const char* reason;  // its beginning
  } cases[] = {
      {"nonsense", "not JSON at byte 2"},
      {R"({"text":"a")", "not JSON at byte 12"},
      {R"({"text":"a","k":nu?l})", "not JSON at byte 19"},
      {R"({"text":"a","k":[tru]})", "not JSON at byte"},
      {R"({"text":"a","k":-})", "not JSON at byte"},
      {R"({"text":"a","k":1e})", "not JSON at byte"},
      {R"({"text":"a"} x)", "not JSON at byte 14"},
      {R"({"text":"a"}{"text":"b"})", "not JSON at byte 13"},
      {"{\"text\":\"a\tb\"}", "not JSON at byte"},
      {"{\"text\":\"a\0b\"}"s, "not JSON at byte 11: a NUL byte"},
      {R"({"text":"\x"})", "not JSON at byte"},
      {R"({"id":"a"})", "no \"text\""},
      {R"({"text":null})", "no \"text\""},
      {R"({"text":5})", "\"text\" is not a string"},
      {R"({"text":["a"]})", "\"text\" is not a string"},
      {R"({"text":{"a":"b"}})", "\"text\" is not a string"},
      {R"({"text":"a","id":5})", "\"id\" is not a string"},
      {R"({"text":"a","date":20180301})", "\"date\" is not a string"},
      {R"({"text":"a","title":false})", "\"title\" is not a string"},
      {R"(["a"])", "not an object"},
      {R"("a")", "not an object"},
      {"null", "not an object"},
      {"{}", "no \"text\""},
  };
  for (const auto& c : cases) {
    const ParsedRecord read = parse_line(c.line);
    EXPECT_EQ(read.trouble, Trouble::refused) << c.line;
    EXPECT_TRUE(read.reason.starts_with(c.reason)) << c.line << ": " << read.reason;
    EXPECT_LT(read.reason.size(), 250U) << c.line;
    EXPECT_EQ(to_string(read.place), "f.jsonl:7");
  }
}

TEST(ReadJsonl, KeepsAReasonShort) {
  EXPECT_LT(parse_line("{\"text\":\"" + std::string(1'000'000, 'x')).reason.size(), 250U);
}

TEST(ReadJsonl, RefusesNestingThatOthersCannotBear) {
  const auto nested = [](std::size_t depth) {
    return R"({"text":"a","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(parse_line(nested(400)).trouble, Trouble::none);
  EXPECT_EQ(parse_line(nested(1'000'000)).trouble, Trouble::refused);
}

TEST(ReadJsonl, RepairsIllFormedBytes) {
  const ParsedRecord read = parse_line("{\"text\":\"caf\xE9 \xF0\x9F\x98 fin\",\"id\":\"x\"}");
  EXPECT_EQ(read.article.text, "caf\uFFFD \uFFFD fin");
  ASSERT_EQ(read.diagnostics.size(), 1U);
  EXPECT_EQ(read.diagnostics[0].code, "ill-formed-utf8");
  EXPECT_TRUE(read.diagnostics[0].message.starts_with("2 ")) << read.diagnostics[0].message;
}

TEST(ReadJsonl, RepairsLoneSurrogates) {
  const struct {
    const char* written;
    const char* text;
  } cases[] = {
      {R"(a\ud83d)", "a\uFFFD"},
      {R"(\uDE00b)", "\uFFFDb"},
      {R"(\ud83d\ud83d\ude00)", "\uFFFD\U0001F600"},
      {R"(\ud83d\u00e9)", "\uFFFDé"},
      {R"(\\ud83d\ud83d)", "\\ud83d\uFFFD"},
  };
  for (const auto& c : cases) {
    const ParsedRecord read = parse_line("{\"text\":\""s + c.written + "\"}");
    EXPECT_EQ(read.article.text, c.text) << c.written << read.reason;
    EXPECT_EQ(read.diagnostics.size(), 1U) << c.written;
  }
}

TEST(ReadJsonl, KeepsAnEscapedNul) {
  EXPECT_EQ(parse_line(R"({"text":"a\u0000b"})").article.text, "a\0b"s);
}

TEST(ReadJsonl, TellsOfADateThatIsNone) {
  const ParsedRecord read = parse_line(R"({"text":"a","date":"hier"})");
  EXPECT_EQ(read.trouble, Trouble::none);
  EXPECT_FALSE(read.article.date);
  EXPECT_EQ(read.article.date_text, "hier");
  ASSERT_EQ(read.diagnostics.size(), 1U);
  EXPECT_EQ(read.diagnostics[0].code, "unknown-date");
}

// --- lines of a file ---

TEST(ReadJsonl, CutsLines) {
  const Folder folder;
  const std::string file = folder.file(
      "a.jsonl", "\xEF\xBB\xBF{\"text\":\"1\"}\r\n\n  \t\r\n{\"text\":\"2\"}\n{\"text\":\"3\"}");
  const auto read = read_all({file});
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].article.id, file + ":1");
  EXPECT_EQ(read[1].article.id, file + ":4");
  EXPECT_EQ(read[2].article.id, file + ":5");
  EXPECT_EQ(read[2].article.text, "3");
}

TEST(ReadJsonl, ReadsALineLargerThanAnyBlock) {
  const Folder folder;
  const std::string large(2'000'000, 'x');
  const auto read =
      read_all({folder.file("a.jsonl", "{\"text\":\"" + large + "\"}\n{\"text\":\"small\"}\n")});
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].article.text, large);
  EXPECT_EQ(read[1].article.text, "small");
}

TEST(ReadJsonl, RefusesWhatIsTooLarge) {
  const Folder folder;
  const std::string text(3'000'000, 'x');
  const std::string line = "{\"text\":\"" + text + "\"}\n";
  const std::string longer = "{\"text\":\"" + text + text + text + "\"}\n";
  const auto read = read_all({folder.file("a.jsonl", line + longer + "{\"text\":\"small\"}")});
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].reason, "a text of more than 2 MiB");
  EXPECT_EQ(read[1].reason, "larger than 8 MiB");
  EXPECT_EQ(read[2].article.text, "small");
}

TEST(ReadJsonl, GoesOnAfterABadLine) {
  const Folder folder;
  const auto read =
      read_all({folder.file("a.jsonl", "{\"text\":\"1\"}\n{oops\n{\"text\":\"3\"}\n")});
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[1].trouble, Trouble::refused);
  EXPECT_EQ(read[2].article.text, "3");
}

TEST(ReadJsonl, AnEmptyFileHoldsNothing) {
  const Folder folder;
  EXPECT_TRUE(read_all({folder.file("a.jsonl", "")}).empty());
}

// --- what is it? ---

TEST(ReadInputs, TellsTheFormByNameAndFirstByte) {
  const Folder folder;
  const struct {
    const char* name;
    const char* bytes;
    const char* text;
  } cases[] = {
      {"a.txt", "{\"text\":\"x\"}", "{\"text\":\"x\"}"},
      {"a.jsonl", "{\"text\":\"x\"}", "x"},
      {"a.ndjson", "{\"text\":\"x\"}", "x"},
      {"a", " \n{\"text\":\"x\"}", "x"},
      {"b", "\xEF\xBB\xBF{\"text\":\"x\"}", "x"},
      {"c", "« {\"text\":\"x\"}", "« {\"text\":\"x\"}"},
  };
  for (const auto& c : cases) {
    const auto read = read_all({folder.file(c.name, c.bytes)});
    ASSERT_EQ(read.size(), 1U) << c.name;
    EXPECT_EQ(read[0].article.text, c.text) << c.name;
  }
  EXPECT_EQ(read_all({folder.path("a")}, Form::text)[0].article.text, " \n{\"text\":\"x\"}");
  EXPECT_EQ(read_all({folder.path("a.txt")}, Form::jsonl)[0].article.text, "x");
}

// --- folders ---

std::vector<std::string> places(const std::vector<ParsedRecord>& read, const Folder& folder) {
  std::vector<std::string> all;
  for (const ParsedRecord& record : read) {
    std::string place = to_string(record.place).substr(folder.path().size() + 1);
    all.push_back(record.trouble == Trouble::none ? place : "! " + place);
  }
  return all;
}

TEST(ReadInputs, ReadsFoldersInTheOrderOfNames) {
  const Folder folder;
  for (const char* name : {"b/2.txt", "b/10.txt", "a.txt", "c.txt", "b/x/1.txt", ".hidden.txt",
                           ".git/config", "out.jsonl.part"}) {
    folder.file(name, "texte");
  }
  EXPECT_EQ(places(read_all({folder.path()}), folder),
            (std::vector<std::string>{"a.txt", "b/10.txt", "b/2.txt", "b/x/1.txt", "c.txt"}));
  EXPECT_EQ(read_all({folder.path() + "/"}).size(), 5U);
}

TEST(ReadInputs, NamesFolderLoops) {
  const Folder folder;
  folder.file("a/1.txt", "texte");
  fs::create_directory_symlink(folder.path(), folder.path("a/up"));
  fs::create_directory_symlink(folder.path("a"), folder.path("b"));
  fs::create_symlink(folder.path("self"), folder.path("self"));
  const auto read = read_all({folder.path()});
  EXPECT_EQ(places(read, folder),
            (std::vector<std::string>{"a/1.txt", "! a/up", "b/1.txt", "! b/up", "! self"}));
  EXPECT_NE(read[1].reason.find("loop"), std::string::npos) << read[1].reason;
}

TEST(ReadInputs, DoesNotWaitForAPipeInAFolder) {
  const Folder folder;
  folder.file("a.txt", "texte");
  ASSERT_EQ(::mkfifo(folder.path("b").c_str(), 0600), 0);
  EXPECT_EQ(places(read_all({folder.path()}), folder), (std::vector<std::string>{"a.txt", "! b"}));
}

TEST(ReadInputs, TellsAMissingArgumentFromAMissingFile) {
  const Folder folder;
  fs::create_symlink("nowhere", folder.path("dangling"));
  const auto read = read_all({folder.path("none"), folder.path()});
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].trouble, Trouble::unopened);
  EXPECT_EQ(read[0].reason, "No such file or directory");
  EXPECT_EQ(read[1].trouble, Trouble::refused);
}

TEST(InputSize, AddsUpFilesAndFolders) {
  const Folder folder;
  folder.file("a.txt", "12345");
  folder.file("b/c.txt", "123");
  folder.file("b/.d", "1");
  EXPECT_EQ(input_size({folder.path(), folder.path("a.txt")}), 13U);
  EXPECT_EQ(input_size({"/dev/zero"}), std::nullopt);
}

// --- ids ---

TEST(SeenIds, NamesTheFirstPlace) {
  SeenIds seen;
  EXPECT_FALSE(seen.insert("a", {"f", 1}));
  EXPECT_FALSE(seen.insert("b", {"f", 2}));
  EXPECT_FALSE(seen.insert("g.txt", {"g.txt", 0}));
  EXPECT_EQ(to_string(seen.insert("b", {"h", 9}).value()), "f:2");
  EXPECT_EQ(to_string(seen.insert("g.txt", {"h", 10}).value()), "g.txt");
}

TEST(SeenIds, HoldsManyAndConfusesNone) {
  SeenIds seen;
  for (std::size_t i = 1; i <= 200'000; ++i) {
    ASSERT_FALSE(seen.insert("id-" + std::to_string(i), {"f", i}));
  }
  for (std::size_t i = 1; i <= 200'000; i += 999) {
    EXPECT_EQ(seen.insert("id-" + std::to_string(i), {"g", i}).value().line, i);
  }
}

}  // namespace
}  // namespace glane
