// bytes → changes to an image of rules → what it finds in a text
#include "compile/image.h"

#include <algorithm>
#include <cstring>

#include "compile/load_rules.h"
#include "folder.h"
#include "glane/extract.h"
#include "target.h"

namespace glane::fuzz {
namespace {

constexpr std::string_view kLevels = R"toml(
level = [
  { name = "figures" },
  { name = "candidates" },
  { name = "inside", scope = "candidate", policy = "all" },
  { name = "around", policy = "all", when = "word" },
  { name = "names", builtin = "name_decision", emits = ["person", "location"], set = { floor = 1 } },
  { name = "marks", builtin = "quotation_marks", emits = ["quoted", "unclosed"] },
  { name = "said" },
  { name = "quotes", scope = "document", policy = "all" },
]
)toml";
constexpr std::string_view kFigures = R"toml(
level = "figures"
[patterns]
many = "<number> | 'des' 'milliers'"
[[rule]]
id = "money.amount"
match = "@value:($many) 'de'? @unit:<currency>"
not_before = "'article'"
emit = "money"
  [[rule.example]]
  text = "Il vaut [3,5 euros]."
  value = 3.5
  [[rule.reject]]
  text = "l'article 3 euros"
[[rule]]
id = "none.article"
match = "'article' <number>"
emit = "none"
priority = 1
)toml";
constexpr std::string_view kNames = R"toml(
level = "candidates"
[[rule]]
id = "name.caps"
match = "<Cap & !start>+ ('de' <Cap>){0,2}"
emit = "candidate"
)toml";
constexpr std::string_view kInside = R"toml(
level = "inside"
[[rule]]
id = "inside.first-name"
match = "^ <first_name:f | first_name> <Cap>+ $"
emit = "evidence"
set = { person = 2 }
)toml";
constexpr std::string_view kAround = R"toml(
level = "around"
[[rule]]
id = "around.in"
match = "<candidate>"
before = "('à' | 'de') <lower>*"
after = "<any>?"
emit = "evidence"
set = { location = 1.5, person = -1 }
)toml";
constexpr std::string_view kSaid = R"toml(
level = "said"
[[rule]]
id = "said.verb"
match = "('a' 'dit' | 'dit' '-il') @speaker:(<person | location> (',' <lower>{1,3})*)"
emit = "said"
when = "person"
)toml";
constexpr std::string_view kQuotes = R"toml(
level = "quotes"
[[rule]]
id = "quote.direct"
match = "@quote:<quoted> ','? @cue:<said>"
emit = "quote"
[[rule]]
id = "quote.line"
match = "@quote:(<!line>+) <line> <any>{2}"
before = "@cue:('Oui' | 'chat')"
emit = "quote"
)toml";
constexpr std::string_view kText =
    "Le chat de Luc Petit vaut 3,5 millions d'euros, article 5 euros, à Anne Lise de Paris.\n\n"
    "« Oui », a dit Anne Lise, maire. Des milliers de chiens de garde à Pau, dit-il.\n";
constexpr std::size_t kLong = 48 << 10;  // bytes: its one line is too long for a board

// The folder, its image, and a text for each way in which lines are read.
struct Setting {
  Setting() {
    folder.begin();
    folder.write("levels.toml", kLevels);
    folder.write("10-figures.toml", kFigures);
    folder.write("20-names.toml", kNames);
    folder.write("21-inside.toml", kInside);
    folder.write("22-around.toml", kAround);
    folder.write("30-said.toml", kSaid);
    folder.write("40-quotes.toml", kQuotes);
    folder.write("lexicon/animal.tsv", "surface\tgender\nchat\tm\nchien de garde\tm\n");
    folder.write("lexicon/first_name.tsv", "surface\tgender\nLuc\tm\nAnne Lise\tf\nÉve\tf\n");
    folder.write("lexicon/currency.tsv", "surface\tcode\neuros\tEUR\nd'euros\tEUR\n");
    const RuleFolderReading reading = read_rule_folder(folder.path());
    require(reading.mistakes.empty(), "the rules of the target are sound");
    image = write_image(*reading.rules);
    header = image.find('\n') + 1;
    articles.resize(2);
    articles[0].text = kText;
    while (articles[1].text.size() < kLong) articles[1].text += kText;
  }

  Folder folder;
  std::string image;
  std::size_t header = 0;  // bytes
  std::vector<Article> articles;
};

// Eight bytes are a change: where (three of them), how, and four of a value. Numbers of 1, 2, 4 or
// 8 bytes are replaced, or added to; or the image ends there.
void change(std::string_view eight, std::size_t header, std::string& image) {
  if (image.size() <= header + sizeof(std::uint64_t)) return;
  std::uint64_t place = 0;
  std::memcpy(&place, eight.data(), 3);
  place = header + place % (image.size() - header - sizeof(std::uint64_t));
  const auto how = static_cast<unsigned char>(eight[3]);
  std::int32_t number = 0;
  std::memcpy(&number, eight.data() + 4, sizeof number);
  if (how >= 0xF8) return image.resize(place);
  auto value = static_cast<std::uint64_t>(std::int64_t{number});
  const std::size_t size = std::size_t{1} << (how & 3);
  std::uint64_t old = 0;
  std::memcpy(&old, &image[place], size);
  if ((how & 4) != 0) value += old;
  std::memcpy(&image[place], &value, size);
}

}  // namespace

void read_image_of(const std::string& bytes) {
  static const Setting setting;
  std::string image = setting.image;
  const bool sealed = !bytes.empty() && (bytes[0] & 1) != 0;
  for (std::size_t at = 1; at + 8 <= bytes.size(); at += 8)
    change(std::string_view(bytes).substr(at, 8), setting.header, image);
  const bool changed = image != setting.image;
  if (sealed) image = seal_image(image);
  std::ofstream(setting.folder.image(), std::ios::binary) << image;
  const bool accepted = read_image(setting.folder.path()) != nullptr;
  require(changed || accepted, "an image is read as it was written");
  require(!changed || sealed || !accepted, "an image that was altered is refused");
  if (!accepted) return;
  const RuleSet rules = RuleSet::load(setting.folder.path());
  for (const Document& document : extract_all(setting.articles, rules)) to_json(document, rules);
  test_examples(rules);
}

}  // namespace glane::fuzz
