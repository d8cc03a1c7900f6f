// What is wrong with a folder of rules is told with its file, its line and the reason.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule_folder.h"

namespace glane {
namespace {

constexpr const char* kLevels = "[[level]]\nname = \"first\"\n\n[[level]]\nname = \"second\"\n";

RuleFolder sound_folder() {
  RuleFolder folder;
  folder.file("levels.toml", kLevels).words("animal", "chat\nchien");
  return folder;
}

// The message of the error that loading gives, without the folder's path; "" when it loads.
std::string refusal(const RuleFolder& folder) {
  try {
    folder.load();
  } catch (const SetupError& error) {
    std::string message = error.what();
    const std::string path = folder.path().string();
    const std::size_t at = message.find(path);
    return at == std::string::npos ? message : message.erase(at, path.size());
  }
  return "";
}

// A mistake, and what its message must begin with and hold.
struct Mistake {
  const char* name;
  std::string content;
  std::string where;
  std::string reason;
};

void expect_told(const std::string& message, const Mistake& mistake) {
  EXPECT_TRUE(message.starts_with(mistake.where)) << mistake.name << ": " << message;
  EXPECT_NE(message.find(mistake.reason), std::string::npos) << mistake.name << ": " << message;
}

std::string rule(const std::string& match, const std::string& more = {}) {
  return "level = \"first\"\n\n[[rule]]\nid = \"t.one\"\nemit = \"a\"\nmatch = '''" + match +
         "'''\n" + more;
}

TEST(LoadRules, ASoundFolderLoads) {
  RuleFolder folder = sound_folder();
  folder.file("01-a.toml", rule("@x:((<animal> | 'le')+) <!(glued | 'b') & word>{2,3} ^ $"));
  EXPECT_EQ(refusal(folder), "");
}

TEST(LoadRules, MistakesOfFilesAreTold) {
  const Mistake mistakes[] = {
      {"TOML", "level = \"first\"\n\n[[rule]]\nid = = 3\n", "01-a.toml:4: ", "value"},
      {"unknown key of a file", "level = \"first\"\nlevels = 3\n",
       "01-a.toml:2: ", "unknown key \"levels\""},
      {"unknown key of a rule", rule("'a'", "befor = 'b'\n"),
       "01-a.toml:7: ", "unknown key \"befor\""},
      {"unknown level",
       "level = \"third\"\n[[rule]]\nid = \"t.one\"\nemit = \"a\"\nmatch = \"'a'\"\n",
       "01-a.toml:1: ", "\"third\" is not in levels.toml"},
      {"no level", "[[rule]]\nid = \"t.one\"\nemit = \"a\"\nmatch = \"'a'\"\n",
       "01-a.toml:1: ", "\"level\" is missing"},
      {"no id", "level = \"first\"\n\n[[rule]]\nmatch = \"'a'\"\nemit = \"a\"\n",
       "01-a.toml:3: ", "\"id\" is missing"},
      {"no match", "level = \"first\"\n[[rule]]\nid = \"t.one\"\nemit = \"a\"\n",
       "01-a.toml:2: ", "\"match\" is missing"},
      {"no emit", "level = \"first\"\n[[rule]]\nid = \"t.one\"\nmatch = \"'a'\"\n",
       "01-a.toml:2: ", "\"emit\" is missing"},
      {"match is no string",
       "level = \"first\"\n[[rule]]\nid = \"t.one\"\nemit = \"a\"\nmatch = 3\n",
       "01-a.toml:5: ", "match is not a string"},
      {"rule is no array", "level = \"first\"\n[rule]\nid = \"t.one\"\n",
       "01-a.toml:2: ", "rule is not [[…]]"},
      {"duplicate id", rule("'a'") + "[[rule]]\nid = \"t.one\"\nemit = \"a\"\nmatch = \"'b'\"\n",
       "01-a.toml:8: ", "t.one is used twice"},
      {"pattern twice", "[patterns]\np = \"'a'\"\n", "01-a.toml:2: ", "$p exists already"},
  };
  for (const Mistake& mistake : mistakes) {
    RuleFolder folder = sound_folder();
    folder.file("00-shared.toml", "[patterns]\np = \"'b'\"\n").file("01-a.toml", mistake.content);
    expect_told(refusal(folder), mistake);
  }
}

TEST(LoadRules, ADuplicateInAnotherFileIsTold) {
  RuleFolder folder = sound_folder();
  folder.file("01-a.toml", rule("'a'")).file("02-b.toml", rule("'b'"));
  expect_told(refusal(folder), {"duplicate id", "", "02-b.toml:4: ", "t.one is used twice"});
}

TEST(LoadRules, MistakesOfPatternsAreTold) {
  const Mistake mistakes[] = {
      {"unknown name", "<animals>", "", "<animals> is neither a lexicon, a shape, nor a kind"},
      {"unknown part of a lexicon", "<animal:wild>", "", "<animal:wild> is neither"},
      {"unclosed quote", "'chat", "", "missing '"},
      {"unclosed double quote", "\"d'", "", "missing \""},
      {"unclosed predicate", "<animal", "", "missing >"},
      {"unclosed quote in a predicate", "<'chat>", "", "missing >"},
      {"unclosed bracket", "('a' | 'b'", "", "missing )"},
      {"unclosed bracket in a predicate", "<(animal | 'b'>", "", "missing )"},
      {"bracket too many", "'a')", "", "unexpected \")\""},
      {"unclosed brace", "'a'{2,3 'b'", "", "missing }"},
      {"brace without numbers", "'a'{x}", "", "{x}"},
      {"brace without a first number", "'a'{,3}", "", "{,3}"},
      {"brace the wrong way round", "'a'{3,2}", "", "repetition"},
      {"brace too large", "'a'{1,5000}", "", "repetition"},
      {"repetition of nothing", "* 'a'", "", "unexpected '*'"},
      {"unknown $pattern", "$none", "", "$none is not in any [patterns]"},
      {"$pattern of itself", "$loop", "", "refers to itself"},
      {"$patterns of each other", "$ping", "", "refers to itself"},
      {"capture without a name", "@:'a'", "", "@ needs a name and a colon"},
      {"capture without a colon", "@x 'a'", "", "@ needs a name and a colon"},
      {"capture of nothing", "'a' @x:", "", "nothing follows @x:"},
      {"capture repeated", "@x:'a'+", "", "@x:( …+ )"},
      {"capture repeated in braces", "@x:('a' 'b'){2}", "", "@x:( …{2} )"},
      {"empty literal", "''", "", "empty literal"},
      {"empty predicate", "<>", "", "a name is missing"},
      {"a predicate of two units", "<'selon' | \"d'après\">", "",
       "\"d' après\" is more than one unit"},
      {"two names", "<animal word>", "", "unexpected \"word\""},
      {"a bare word", "chat", "", "unexpected 'c'"},
      {"a bare class", "[a-z]", "", "unexpected '['"},
  };
  for (const Mistake& mistake : mistakes) {
    RuleFolder folder = sound_folder();
    // A shared pattern is told where it is written.
    const bool shared = mistake.content == "$loop" || mistake.content == "$ping";
    if (shared)
      folder.file("00-shared.toml",
                  "[patterns]\nloop = \"'a' $loop\"\nping = '$pong'\npong = '$ping'\n");
    folder.file("01-a.toml", rule(mistake.content));
    const std::string message = refusal(folder);
    const std::string where = shared ? "00-shared.toml:" : "01-a.toml:6: rule t.one: ";
    EXPECT_TRUE(message.starts_with(where)) << mistake.name << ": " << message;
    expect_told(message, mistake);
  }
}

TEST(LoadRules, MistakesOfContextsAreTold) {
  for (const char* key : {"before", "after", "not_before", "not_after"}) {
    RuleFolder folder = sound_folder();
    folder.file("01-a.toml", rule("'a'", std::string(key) + " = '<nothing>'\n"));
    expect_told(refusal(folder), {key, "", "01-a.toml:7: rule t.one: ", "<nothing>"});
  }
}

TEST(LoadRules, AContextAndItsContraryAreTold) {
  for (const char* side : {"before", "after"}) {
    RuleFolder folder = sound_folder();
    const std::string key = side;
    folder.file("01-a.toml", rule("'a'", key + " = '<animal>'\nnot_" + key + " = '<Cap>'\n"));
    expect_told(refusal(folder), {side, "", "01-a.toml:8: rule t.one: ", "<this & !that>"});
  }
}

TEST(LoadRules, CharacterClassesAreRefused) {
  for (const char* pattern :
       {R"(\bchat)", R"('a' \w+)", R"(\d{4})", R"(<animal>\s)", R"(\p{Lu})"}) {
    RuleFolder folder = sound_folder();
    folder.file("01-a.toml", rule(pattern));
    const std::string message = refusal(folder);
    EXPECT_TRUE(message.starts_with("01-a.toml:6: rule t.one: ")) << message;
    EXPECT_NE(message.find("ASCII"), std::string::npos) << message;
  }
}

TEST(LoadRules, MistakesOfExamplesAreTold) {
  const Mistake mistakes[] = {
      {"unclosed", "[[rule.example]]\ntext = \"un [chat\"\n",
       "01-a.toml:7: ", "brackets do not pair"},
      {"unopened", "[[rule.example]]\ntext = \"un chat]\"\n",
       "01-a.toml:7: ", "brackets do not pair"},
      {"nested", "[[rule.example]]\ntext = \"un [[chat]]\"\n",
       "01-a.toml:7: ", "brackets do not pair"},
      {"none", "[[rule.example]]\ntext = \"un chat\"\n", "01-a.toml:7: ", "needs [brackets]"},
      {"no text", "[[rule.example]]\ntodo = true\n", "01-a.toml:7: ", "\"text\" is missing"},
      {"no text to reject", "[[rule.reject]]\ntodo = true\n",
       "01-a.toml:7: ", "\"text\" is missing"},
  };
  for (const Mistake& mistake : mistakes) {
    RuleFolder folder = sound_folder();
    folder.file("01-a.toml", rule("'a'", mistake.content));
    expect_told(refusal(folder), mistake);
  }
}

TEST(LoadRules, MistakesOfLexiconsAreTold) {
  const Mistake mistakes[] = {
      {"empty", "", "lexicon/x.tsv:1: ", "header"},
      {"comments only", "# source\n", "lexicon/x.tsv:1: ", "header"},
      {"no header", "# source\nchat\nchien\n", "lexicon/x.tsv:2: ", "\"surface\""},
      {"too many cells", "surface\tlemma\nchat\tchat\nchiens\tchien\tx\n",
       "lexicon/x.tsv:3: ", "more cells than fields"},
      {"no word", "surface\tlemma\nchat\tx\n\tchien\n", "lexicon/x.tsv:3: ", "without a word"},
  };
  for (const Mistake& mistake : mistakes) {
    RuleFolder folder = sound_folder();
    folder.file("lexicon/x.tsv", mistake.content);
    expect_told(refusal(folder), mistake);
  }
}

TEST(LoadRules, MistakesOfLevelsAreTold) {
  const Mistake mistakes[] = {
      {"none", "# nothing\n", "levels.toml:1: ", "no [[level]]"},
      {"TOML", "[[level]\n", "levels.toml:1: ", ""},
      {"no name", "[[level]]\nscope = \"sentence\"\n", "levels.toml:1: ", "\"name\" is missing"},
      {"unknown key", "[[level]]\nname = \"a\"\nscop = \"x\"\n",
       "levels.toml:3: ", "unknown key \"scop\""},
      {"policy", "[[level]]\nname = \"a\"\n\n[[level]]\nname = \"b\"\npolicy = \"first\"\n",
       "levels.toml:6: ", "policy is neither best nor all"},
      {"builtin", "[[level]]\nname = \"a\"\nbuiltin = \"magic\"\n",
       "levels.toml:3: ", "unknown builtin magic"},
      {"consuming every match", "[[level]]\nname = \"a\"\npolicy = \"all\"\nconsume = true\n",
       "levels.toml:1: ", "can be consumed"},
      {"two of one name", "[[level]]\nname = \"a\"\n[[level]]\nname = \"a\"\n",
       "levels.toml:3: ", "level a exists already"},
      {"scope of no kind", "[[level]]\nname = \"a\"\nscope = \"sentense\"\n",
       "levels.toml:1: ", "sentense"},
  };
  for (const Mistake& mistake : mistakes) {
    RuleFolder folder;
    folder.file("levels.toml", mistake.content);
    expect_told(refusal(folder), mistake);
  }
}

TEST(LoadRules, MissingFoldersAreTold) {
  RuleFolder folder;
  EXPECT_NE(refusal(folder).find("levels.toml: cannot be read"), std::string::npos)
      << refusal(folder);
  EXPECT_THROW(RuleSet::load(folder.path("none")), SetupError);
  EXPECT_THROW(RuleSet::load(folder.file("a", "").path("a")), SetupError);
}

TEST(LoadRules, TheHashTellsRuleSetsApart) {
  RuleFolder folder = sound_folder();
  folder.file("01-a.toml", rule("'a'"));
  const std::string hash = folder.load().hash();
  EXPECT_EQ(folder.load().hash(), hash);
  RuleFolder elsewhere = sound_folder();
  elsewhere.file("01-a.toml", rule("'a'"));
  EXPECT_EQ(elsewhere.load().hash(), hash) << "the place does not count";
  folder.words("animal", "chat\nchien\nâne");
  EXPECT_NE(folder.load().hash(), hash);
}

TEST(LoadRules, GlanesOwnRulesLoad) {
  const RuleSet rules = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  EXPECT_GT(rules.rule_count(), 100U);
  EXPECT_EQ(rules.hash().size(), 16U);
}

}  // namespace
}  // namespace glane
