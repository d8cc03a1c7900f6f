// The direct JSON writer, held against nlohmann::json.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "glane/extract.h"
#include "temporary_folder.h"
#include "values/json_text.h"
#include "values/offsets.h"
#include "write/write_json.h"

namespace glane {
namespace {

using Json = nlohmann::ordered_json;

// Two rules to name: index 0 and 1.
RuleSet two_rules() {
  const TemporaryFolder temporary;
  const std::filesystem::path& folder = temporary.path();
  std::filesystem::create_directories(folder / "lexicon");
  std::ofstream(folder / "levels.toml") << "[[level]]\nname = \"only\"\nscope = \"sentence\"\n";
  std::ofstream(folder / "01-two.toml") << R"(level = "only"
[[rule]]
id = "stub.rule"
match = '<number>'
emit = "number"
[[rule]]
id = "stub.other"
match = '<number> <number>'
emit = "number"
)";
  return RuleSet::load(folder);
}

const RuleSet& rules() {
  static const RuleSet set = two_rules();
  return set;
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(text, out);
  return out;
}

TEST(JsonString, Escapes) {
  EXPECT_EQ(quoted(""), R"("")");
  EXPECT_EQ(quoted("l’Été"), "\"l’Été\"");
  EXPECT_EQ(quoted("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(quoted("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(quoted(std::string_view("\0\x01\x1f\x7f", 4)), "\"\\u0000\\u0001\\u001f\x7f\"");
}

TEST(JsonString, IllFormedBytesBecomeReplacementCharacters) {
  EXPECT_EQ(quoted("caf\xE9"), "\"caf\uFFFD\"");
  EXPECT_EQ(quoted("\xF0\x9F\x98"), "\"\uFFFD\"") << "one for the start of a character";
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"") << "a surrogate";
  EXPECT_EQ(quoted("\xC0\xAF\""), "\"\uFFFD\uFFFD\\\"\"") << "an overlong slash";
  EXPECT_EQ(quoted("\xF0\x9F\x98\x80"), "\"\U0001F600\"");
}

TEST(IndentJson, ChangesNothingButSpace) {
  const std::string compact = R"({"a":[],"b":{},"c":[1,{"d":"x, {\" y: ]\\"}],"e":null})";
  const std::string indented = indent_json(compact);
  EXPECT_EQ(Json::parse(indented), Json::parse(compact));
  EXPECT_EQ(indented, Json::parse(compact).dump(2));
}

TEST(IndentJson, BearsDeepNesting) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_LT(indent_json(deep).size(), deep.size() * 60);
}

// --- documents ---

Document sample() {
  Document document;
  document.article.id = "a-1";
  document.article.title = "« Titre »";
  document.article.text = "\U0001F600 Le PDG Luc : « 59 Md€ ».";
  document.article.source = "feed.jsonl:3";
  document.entities.push_back({.span = {8, 11},
                               .type = EntityType::role,
                               .id = 1,
                               .name = "PDG",
                               .rule = 1,
                               .person = 2,
                               .organization = {}});
  Figure figure;
  figure.span = {21, 29};
  figure.kind = FigureKind::money;
  figure.value = *Decimal::parse("59000000000.10");
  figure.unit = "EUR";
  figure.modifier = Modifier::approx;
  document.figures.push_back(figure);
  Quote quote;
  quote.span = {21, 29};
  quote.speaker = "Luc";
  quote.speaker_span = SourceSpan{12, 15};
  quote.group = 1;
  quote.modality = Modality::denied;
  document.quotes.push_back(quote);
  return document;
}

TEST(ToJson, WritesFieldsInTheirOrderAndOmitsWhatDoesNotHold) {
  const std::string rest = "\"ruleset\":\"" + rules().hash() +
                           R"(","offset_unit":"codepoint","entities":[{"start":5,"end":8,)"
                           R"("text":"PDG","type":"role","id":1,"name":"PDG","rule":"stub.other",)"
                           R"("person":2}],"figures":[)";
  const std::string json = to_json(sample(), rules());
  EXPECT_TRUE(json.starts_with(R"({"schema":"glane/1","id":"a-1","title":"« Titre »",)"
                               R"("source":"feed.jsonl:3",)" +
                               rest))
      << json;
  EXPECT_TRUE(json.ends_with(R"("diagnostics":[]})")) << json;
  EXPECT_EQ(json.find('\n'), std::string::npos);
}

TEST(ToJson, WritesDecimalsExactly) {
  EXPECT_NE(to_json(sample(), rules()).find(R"("value":59000000000.1,)"), std::string::npos);
}

TEST(ToJson, CountsInTheUnitAskedFor) {
  const struct {
    OffsetUnit unit;
    int start;
    const char* name;
  } cases[] = {{OffsetUnit::codepoint, 5, "codepoint"},
               {OffsetUnit::utf16, 6, "utf16"},
               {OffsetUnit::byte, 8, "byte"}};
  for (const auto& c : cases) {
    const Json json = Json::parse(to_json(sample(), rules(), {.offsets = c.unit, .layers = {}}));
    EXPECT_EQ(json["entities"][0]["start"], c.start) << c.name;
    EXPECT_EQ(json["offset_unit"], c.name);
  }
}

TEST(ToJson, LeavesOutLayersNotAskedFor) {
  const JsonOptions options{.layers = {.entities = false, .figures = true, .quotes = false}};
  const Json json = Json::parse(to_json(sample(), rules(), options));
  EXPECT_FALSE(json.contains("entities"));
  EXPECT_TRUE(json.contains("figures"));
  EXPECT_FALSE(json.contains("quotes"));
}

TEST(ToJson, PassesMetaThrough) {
  Document document = sample();
  document.article.meta = R"({"n":1.10,"deep":[{"x":null}]})";
  const std::string json = to_json(document, rules());
  EXPECT_TRUE(json.ends_with(R"(,"meta":{"n":1.10,"deep":[{"x":null}]}})")) << json;
}

TEST(ToJson, IndentsWhenAsked) {
  const std::string pretty = to_json(sample(), rules(), {.layers = {}, .pretty = true});
  EXPECT_EQ(pretty, Json::parse(to_json(sample(), rules())).dump(2));
}

// --- random documents, against a writer that builds a tree ---

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(engine_);
  }
  bool coin() { return below(2) == 0; }

  std::string text(std::uint32_t pieces) {
    static const std::string_view kPieces[] = {"a",
                                               "Le ",
                                               "é",
                                               "€",
                                               "\U0001F600",
                                               "\"",
                                               "\\",
                                               "\n",
                                               "\x01",
                                               "«",
                                               "»",
                                               "\xE9",
                                               "\xF0\x9F",
                                               "\xED\xA0\x80",
                                               std::string_view("\0", 1),
                                               "e\u0301",
                                               "\u2028",
                                               "/",
                                               "\x7F",
                                               "\xFF"};
    std::string out;
    for (std::uint32_t i = below(pieces + 1); i > 0; --i) out += kPieces[below(std::size(kPieces))];
    return out;
  }

  // A span between two characters of the text.
  SourceSpan span(const std::string& text) {
    std::vector<std::uint32_t> places = {0};
    for (std::size_t at = 0; at < text.size();) {
      at += character_at(text, at).size;
      places.push_back(static_cast<std::uint32_t>(at));
    }
    const std::uint32_t a = places[below(static_cast<std::uint32_t>(places.size()))];
    const std::uint32_t b = places[below(static_cast<std::uint32_t>(places.size()))];
    return {std::min(a, b), std::max(a, b)};
  }

  std::optional<Value> value() {
    switch (below(3)) {
      case 0:
        return std::nullopt;
      case 1:
        return Value(text(4));
      default:
        return Value(Decimal(static_cast<long long>(below(1'000'000'000)) - 500'000'000)
                         .scaled(static_cast<int>(below(8)) - 4));
    }
  }
  std::optional<std::uint32_t> id() {
    return coin() ? std::optional(below(100) + 1) : std::nullopt;
  }

 private:
  std::mt19937 engine_;
};

Document random_document(Random& random) {
  Document document;
  Article& article = document.article;
  article.id = random.text(5);
  article.title = random.text(5);
  article.text = random.text(300);
  article.date_text = random.text(2);
  article.language = random.text(2);
  const std::string& text = article.text;
  for (std::uint32_t i = random.below(6); i > 0; --i) {
    document.entities.push_back({.span = random.span(text),
                                 .type = static_cast<EntityType>(random.below(6)),
                                 .id = random.below(9) + 1,
                                 .name = random.text(4),
                                 .rule = random.below(2),
                                 .person = random.id(),
                                 .organization = random.id()});
    Figure figure;
    figure.span = random.span(text);
    figure.kind = static_cast<FigureKind>(random.below(9));
    figure.value = random.value();
    figure.min = random.value();
    figure.max = random.value();
    if (random.coin()) figure.scale = Decimal(1000);
    figure.unit = random.text(1);
    figure.of = random.text(1);
    figure.modifier = static_cast<Modifier>(random.below(7));
    figure.relation = static_cast<Relation>(random.below(5));
    figure.direction = static_cast<Trend>(random.below(3));
    figure.ambiguous = random.coin();
    document.figures.push_back(figure);
    Quote quote;
    quote.span = random.span(text);
    quote.kind = static_cast<QuoteKind>(random.below(3));
    if (random.coin()) quote.speaker_span = random.span(text);
    if (random.coin()) quote.cue_span = random.span(text);
    if (random.coin()) quote.medium_span = random.span(text);
    quote.medium = random.text(2);
    quote.inferred = random.coin();
    quote.speaker = random.text(2);
    quote.speaker_name = random.text(2);
    quote.cue = random.text(2);
    quote.speaker_id = random.id();
    quote.group = random.id();
    quote.modality = static_cast<Modality>(random.below(3));
    document.quotes.push_back(quote);
    document.diagnostics.push_back({"some-code", random.span(text), random.text(5)});
  }
  return document;
}

// The same format, built the slow way.
class Tree {
 public:
  Tree(const Document& document, const JsonOptions& options)
      : text_(document.article.text), offsets_(text_, options.offsets) {}

  static Json clean(const std::string& text) {
    return slice_utf8(text, {0, static_cast<std::uint32_t>(text.size())});
  }

  Json place(SourceSpan span) const {
    return {{"start", offsets_(span.begin)},
            {"end", offsets_(span.end)},
            {"text", slice_utf8(text_, span)}};
  }
  static void put_word(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) json[name] = clean(text);
  }
  static void put_id(Json& json, const char* name, const std::optional<std::uint32_t>& id) {
    if (id) json[name] = *id;
  }
  static void put_value(Json& json, const char* name, const std::optional<Value>& value) {
    if (!value) return;
    if (const auto* decimal = std::get_if<Decimal>(&*value)) {
      json[name] = Json::parse(decimal->to_string());
    } else {
      json[name] = clean(std::get<std::string>(*value));
    }
  }
  void put_span(Json& json, const char* name, const std::optional<SourceSpan>& span) const {
    if (span) json[name] = {offsets_(span->begin), offsets_(span->end)};
  }

  Json item(const Entity& entity) const {
    Json json = place(entity.span);
    json["type"] = to_string(entity.type);
    json["id"] = entity.id;
    json["name"] = clean(entity.name);
    json["rule"] = rules().rule_id(entity.rule);
    put_id(json, "person", entity.person);
    put_id(json, "organization", entity.organization);
    return json;
  }
  Json item(const Figure& figure) const {
    Json json = place(figure.span);
    json["kind"] = to_string(figure.kind);
    put_value(json, "value", figure.value);
    put_value(json, "min", figure.min);
    put_value(json, "max", figure.max);
    if (figure.scale) put_value(json, "scale", *figure.scale);
    put_word(json, "unit", figure.unit);
    put_word(json, "of", figure.of);
    put_word(json, "modifier", to_string(figure.modifier));
    put_word(json, "relation", to_string(figure.relation));
    put_word(json, "direction", to_string(figure.direction));
    if (figure.ambiguous) json["ambiguous"] = true;
    json["rule"] = rules().rule_id(figure.rule);
    return json;
  }
  Json item(const Quote& quote) const {
    Json json = place(quote.span);
    json["kind"] = to_string(quote.kind);
    put_word(json, "speaker", quote.speaker);
    put_word(json, "speaker_name", quote.speaker_name);
    put_id(json, "speaker_id", quote.speaker_id);
    put_span(json, "speaker_span", quote.speaker_span);
    put_word(json, "cue", quote.cue);
    put_span(json, "cue_span", quote.cue_span);
    put_word(json, "medium", quote.medium);
    put_span(json, "medium_span", quote.medium_span);
    put_id(json, "group", quote.group);
    put_word(json, "modality", to_string(quote.modality));
    if (quote.inferred) json["inferred"] = true;
    json["rule"] = rules().rule_id(quote.rule);
    return json;
  }
  Json item(const Diagnostic& diagnostic) const {
    return {{"code", diagnostic.code},
            {"start", offsets_(diagnostic.span.begin)},
            {"end", offsets_(diagnostic.span.end)},
            {"message", clean(diagnostic.message)}};
  }

  template <typename Annotation>
  Json layer(const std::vector<Annotation>& annotations) const {
    Json json = Json::array();
    for (const Annotation& annotation : annotations) json.push_back(item(annotation));
    return json;
  }

 private:
  std::string text_;
  OffsetConverter offsets_;
};

Json tree(const Document& document, const JsonOptions& options) {
  static const char* const kUnits[] = {"codepoint", "byte", "utf16"};
  const Article& article = document.article;
  const Tree writer(document, options);
  Json json = {{"schema", "glane/1"},
               {"id", Tree::clean(article.id)},
               {"title", Tree::clean(article.title)}};
  Tree::put_word(json, "date", article.date_text);
  Tree::put_word(json, "language", article.language);
  json["source"] = Tree::clean(article.source);
  json["ruleset"] = rules().hash();
  json["offset_unit"] = kUnits[static_cast<int>(options.offsets)];
  if (options.with_text) json["text"] = Tree::clean(article.text);
  json["entities"] = writer.layer(document.entities);
  json["figures"] = writer.layer(document.figures);
  json["quotes"] = writer.layer(document.quotes);
  json["diagnostics"] = writer.layer(document.diagnostics);
  return json;
}

TEST(ToJson, SaysWhatNlohmannSaysOfRandomDocuments) {
  Random random(20180301);
  for (int i = 0; i < 2000; ++i) {
    const Document document = random_document(random);
    const JsonOptions options{.offsets = static_cast<OffsetUnit>(random.below(3)),
                              .with_text = random.coin(),
                              .layers = {},
                              .pretty = random.coin()};
    const std::string json = to_json(document, rules(), options);
    ASSERT_EQ(Json::parse(json), tree(document, options)) << "document " << i << '\n' << json;
  }
}

TEST(ToJson, OffsetsFitTheTextThatIsGivenBack) {
  Random random(7);
  for (int i = 0; i < 500; ++i) {
    const Document document = random_document(random);
    const Json json = Json::parse(
        to_json(document, rules(), {.offsets = OffsetUnit::byte, .with_text = true, .layers = {}}));
    if (document.article.text != json["text"]) continue;  // ill-formed: bytes are the input's
    for (const Json& entity : json["entities"]) {
      const std::size_t start = entity["start"];
      const std::size_t end = entity["end"];
      EXPECT_EQ(json["text"].get<std::string>().substr(start, end - start), entity["text"]);
    }
  }
}

}  // namespace
}  // namespace glane
