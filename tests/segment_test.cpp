// Normalised text → tokens, sentences, paragraphs: the nuisances of French, one by one.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "compile/rules.h"
#include "normalise/normalise.h"
#include "rule_folder.h"

namespace glane {
namespace {

// Lexicons that the segmenter asks, and some entries of several words.
const Vocabulary& vocabulary() {
  static const RuleSet rules =
      RuleFolder()
          .file("levels.toml", "[[level]]\nname = 'only'\n")
          .words("unit", "km\nkm/h\nm²\nm2\nkg\nm")
          .words("currency", "€\n$\neuro\neuros\nEUR")
          .words("scale", "k\nm\nmd\nmillions")
          .words("determiner", "le\nla\nles\nl'\nun\nune\ndes")
          .words("preposition", "de\ndu\nd'\nà\nen\nau\naux\npour")
          .words("common_capital", "chute\ngouvernement\nguerre\npoules\nélu\ncrise")
          .words("place",
                 "New York\nla Haye\nL'Équipe\nÉtats-Unis\nÉtats-Unis d'Amérique\ncanton de "
                 "Vaud\nMont-de-Marsan")
          .words("number_word", "cent\nquarante\nvingt\nvingt-deux")
          .words("measure", "point de pourcentage\npoints de base\npoint")
          .words("party", "Les Verts\nPS\nLFI")
          .load();
  return rules.compiled().vocabulary;
}

struct Cut {
  std::string text;
  Segments segments;

  std::string word(std::uint32_t i) const {
    const Span span = segments.tokens[i].span;
    return text.substr(span.begin, span.end - span.begin);
  }
  std::string words(TokenRange range, const char* between = "|") const {
    std::string out;
    for (std::uint32_t i = range.first; i < range.last; ++i)
      out += (out.empty() ? "" : between) + word(i);
    return out;
  }
  TokenRange all() const { return {0, static_cast<std::uint32_t>(segments.tokens.size())}; }
};

Cut cut(std::string_view published) {
  Cut made;
  made.text = normalise(published).text;
  made.segments = segment(made.text, vocabulary());
  return made;
}

std::string tokens(std::string_view text) {
  const Cut made = cut(text);
  return made.words(made.all());
}

std::string joined(const Cut& made, const std::vector<TokenRange>& ranges) {
  std::string out;
  for (const TokenRange& range : ranges) {
    const Span first = made.segments.tokens[range.first].span;
    const Span last = made.segments.tokens[range.last - 1].span;
    out += (out.empty() ? "" : " / ") + made.text.substr(first.begin, last.end - first.begin);
  }
  return out;
}
std::string sentences(std::string_view text) {
  const Cut made = cut(text);
  return joined(made, made.segments.sentences);
}
std::string paragraphs(std::string_view text) {
  const Cut made = cut(text);
  return joined(made, made.segments.paragraphs);
}
std::string compounds(std::string_view text) {
  const Cut made = cut(text);
  std::vector<TokenRange> ranges;
  for (const Segments::Compound& compound : made.segments.compounds)
    ranges.push_back(compound.range);
  return joined(made, ranges);
}

const char* name_of(Shape shape) {
  static constexpr const char* kNames[] = {"lower",  "cap",     "upper",  "initial", "mixed",
                                           "number", "ordinal", "date",   "time",    "code",
                                           "url",    "punct",   "symbol", "line"};
  return kNames[static_cast<int>(shape)];
}
std::string shapes(std::string_view text) {
  const Cut made = cut(text);
  std::string out;
  for (const Token& token : made.segments.tokens)
    out += (out.empty() ? "" : " ") + std::string(name_of(token.look.shape));
  return out;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

void check(std::string (*what)(std::string_view), const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(what(c.text), c.expected) << c.text;
}

// --- words ---

TEST(Segment, Elision) {
  check(tokens, {
                    {"l’histoire d’un homme qu’il aime", "l'|histoire|d'|un|homme|qu'|il|aime"},
                    {"j’ai, n’est, s’est, c’est, m’a, t’es",
                     "j'|ai|,|n'|est|,|s'|est|,|c'|est|,|m'|a|,|t'|es"},
                    {"jusqu’à, lorsqu’on, puisqu’elle, quoiqu’il",
                     "jusqu'|à|,|lorsqu'|on|,|puisqu'|elle|,|quoiqu'|il"},
                    {"L’ONU, D’Alembert, QU’IL", "L'|ONU|,|D'|Alembert|,|QU'|IL"},
                    {"qu’aujourd’hui, d’aujourd’hui", "qu'|aujourd'hui|,|d'|aujourd'hui"},
                    {"aujourd’hui Aujourd’hui AUJOURD’HUI", "aujourd'hui|Aujourd'hui|AUJOURD'HUI"},
                    {"prud’homme, prud’homal, grand’mère", "prud'homme|,|prud'homal|,|grand'mère"},
                    {"quelqu’un, quelqu’une, presqu’île, entr’ouvert",
                     "quelqu'un|,|quelqu'une|,|presqu'île|,|entr'ouvert"},
                    {"presqu’à", "presqu'|à"},
                    {"N’Djamena, M’Bappé, N’Golo", "N'Djamena|,|M'Bappé|,|N'Golo"},
                    {"N’est-ce pas", "N'|est|-ce|pas"},
                    {"O’Brien et rock’n’roll", "O'Brien|et|rock'n'roll"},
                    {"Côte d’Ivoire, Val-d’Oise, Villeneuve-d’Ascq",
                     "Côte|d'|Ivoire|,|Val-d'Oise|,|Villeneuve-d'Ascq"},
                    {"Google's", "Google|'s"},
                    {"l 'histoire, d ’euros", "l '|histoire|,|d '|euros"},
                    {"l’ Arabie", "l'|Arabie"},
                    {"l’«histoire»", "l'|«|histoire|»"},
                    {"'l’un'", "'|l'|un|'"},
                });
}

TEST(Segment, Clitics) {
  check(
      tokens,
      {
          {"a-t-il dit", "a|-t-il|dit"},
          {"dit-elle, ai-je, sont-ils, est-ce, peut-on",
           "dit|-elle|,|ai|-je|,|sont|-ils|,|est|-ce|,|peut|-on"},
          {"A-T-ELLE", "A-T-ELLE"},
          {"pourra-t-on, va-t-elle", "pourra|-t-on|,|va|-t-elle"},
          {"un rendez-vous, des rendez-vous", "un|rendez-vous|,|des|rendez-vous"},
          {"Villiers-le-Bel, Jean-Luc, vingt-quatre", "Villiers-le-Bel|,|Jean-Luc|,|vingt-quatre"},
          {"celui-ci, là-bas, c’est-à-dire", "celui-ci|,|là-bas|,|c'|est-à-dire"},
          {"ex-ministre, Ex-PDG", "ex-|ministre|,|Ex-|PDG"},
          {"franco-allemand, anti-Macron, post-2020", "franco-allemand|,|anti-Macron|,|post-2020"},
          {"« Oui », répond-il.", "«|Oui|»|,|répond|-il|."},
          {"« Non »-t-il", "«|Non|»|-t-il"},
      });
}

TEST(Segment, AbbreviationsAndInitials) {
  check(
      tokens,
      {
          {"M. et Mme Petit vont au bloc C. et rient", "M.|et|Mme|Petit|vont|au|bloc|C|.|et|rient"},
          {"Il l'a écrit sur X. Dupuis et X. Petit", "Il|l'|a|écrit|sur|X|.|Dupuis|et|X.|Petit"},
          {"M. Petit, Mme. Petit, MM. Dupuis et Petit",
           "M.|Petit|,|Mme.|Petit|,|MM.|Dupuis|et|Petit"},
          {"Dr. House, Me. Dupuis, St. Louis", "Dr.|House|,|Me.|Dupuis|,|St.|Louis"},
          {"des pommes, etc.", "des|pommes|,|etc."},
          {"etc., puis", "etc.|,|puis"},
          {"J. Petit, J.-L. Petit, J. K. Rowling, J.K. Rowling",
           "J.|Petit|,|J.-L.|Petit|,|J.|K.|Rowling|,|J.K.|Rowling"},
          {"l’O.N.U. et les U.S.A.", "l'|O.N.U.|et|les|U.S.A."},
          {"art. 3, no. 5, p. 12", "art.|3|,|no.|5|,|p.|12"},
          {"Il est à nous. Petit", "Il|est|à|nous|.|Petit"},
          {"plan A. Puis", "plan|A.|Puis"},
          {"Apple Inc. Une", "Apple|Inc.|Une"},
          {"3 janv. 2020, janv. dernier", "3|janv.|2020|,|janv|.|dernier"},
          {"le 3 sept. dernier, le 3 sept., en sept. Il",
           "le|3|sept.|dernier|,|le|3|sept.|,|en|sept|.|Il"},
          {"tél. : 12, env. (3)", "tél.|:|12|,|env.|(|3|)"},
          {"R&D, AT&T, H&M", "R&D|,|AT&T|,|H&M"},
          {"M6, F-16, COVID-19, A380, iOS17", "M6|,|F-16|,|COVID-19|,|A380|,|iOS17"},
      });
}

TEST(Segment, UrlsAndAddresses) {
  check(tokens,
        {
            {"sur https://www.lemonde.fr/a?b=1, puis", "sur|https://www.lemonde.fr/a?b=1|,|puis"},
            {"(www.rtl.lu).", "(|www.rtl.lu|)|."},
            {"info@rtl.lu, luc.petit@example.com.", "info@rtl.lu|,|luc.petit@example.com|."},
            {"@LucPetit et #climat", "@LucPetit|et|#climat"},
            {"Amazon.com et LeMonde.fr.", "Amazon.com|et|LeMonde.fr|."},
            {"fin.Le début", "fin|.|Le|début"},
        });
}

TEST(Segment, Shapes) {
  check(shapes,
        {
            {"maison Maison L'Oréal", "lower cap cap cap"},
            {"ONU ÉTAT COVID-19", "upper upper upper"},
            {"J. J J.-L. J.R.R. U.R.S.S.", "initial initial initial initial upper"},
            {"iPhone LuxConnect M365 anti-Macron McDonald", "mixed mixed mixed mixed mixed"},
            {"Jean-Luc États-Unis Villiers-le-Bel", "cap cap cap"},
            {"A À Y Ô", "cap cap cap cap"},
            {"12 1er IIIe XXe 13.03.23 22:35 5G", "number ordinal ordinal ordinal date time code"},
            {"Le de Ve Ce", "cap lower ordinal cap"},
            {"https://a.fr a@b.fr #x @y", "url url url url"},
            {". , ( « ... … – -", "punct punct punct punct punct punct punct punct"},
            {"% € + & ° 😀 $", "symbol symbol symbol symbol symbol symbol symbol"},
            {"m² km", "lower lower"},
            {"日本 Москва", "lower cap"},
        });
}

// --- digits ---

TEST(Segment, Numbers) {
  check(tokens, {
                    {"85 000, 85 000, 1 234 567", "85 000|,|85 000|,|1 234 567"},
                    {"1.200.000 et 1'234'567 et 1’234", "1.200.000|et|1'234'567|et|1'234"},
                    {"2,5 et 2.5 et 10.000 et 0,001", "2,5|et|2.5|et|10.000|et|0,001"},
                    {"1 234,56 puis 1.234.567,8", "1 234,56|puis|1.234.567,8"},
                    {"EUR29,99 et EUR22 et CO2", "EUR|29,99|et|EUR22|et|CO2"},
                    {"16.000,00 et 125.000, 50", "16.000,00|et|125.000|,|50"},
                    {"12 34 567", "12|34 567"},
                    {"1234 567", "1234|567"},
                    {"2016 000 et 007 000", "2016|000|et|007|000"},
                    {"1, 2", "1|,|2"},
                    {"5½ et ½", "5½|et|½"},
                    {"en 2016, 300 emplois", "en|2016|,|300|emplois"},
                    {"de 2016. Puis", "de|2016|.|Puis"},
                    {"le 5, 6 et 7", "le|5|,|6|et|7"},
                    {"1,2,3 et 1,2 et 12,5,7,8", "1|,|2|,|3|et|1,2|et|12|,|5|,|7|,|8"},
                    {"de ,5 g (,25) oui,5 et ,125", "de|,5|g|(|,25|)|oui|,|5|et|,|125"},
                    {"10⁻⁵, 10²⁴, 1,5x10³ et 12⁻⁵", "10|⁻⁵|,|10|²⁴|,|1,5|x|10|³|et|12|⁻⁵"},
                    {"3  000 et 3  100", "3  000|et|3|100"},
                    {"6m03, 1m80 et 12m2, 6m035", "6|m|03|,|1|m|80|et|12|m2|,|6m035"},
                    {"au 100m. Il, à 5 m. Elle", "au|100|m|.|Il|,|à|5|m.|Elle"},
                });
}

TEST(Segment, Signs) {
  check(tokens, {
                    {"de −3,2 % à +4", "de|-3,2|%|à|+4"},
                    {"(-4,2 %)", "(|-4,2|%|)"},
                    {"2016-2018, 3-1, 10-12", "2016|-|2018|,|3|-|1|,|10|-|12"},
                    {"de 3 - 5", "de|3|-|5"},
                    {"- 5 pommes", "-|5|pommes"},
                    {"-5 pommes", "-5|pommes"},
                    {"x\n-5 pommes", "x|-|5|pommes"},
                    {"x\n- 5 pommes", "x|-|5|pommes"},
                    {"3–5 et 3—5", "3|–|5|et|3|—|5"},
                });
}

TEST(Segment, DatesAndTimes) {
  check(tokens, {
                    {"13.03.23, 12/03/2025, 12-03-2025, 2016-11-07",
                     "13.03.23|,|12/03/2025|,|12-03-2025|,|2016-11-07"},
                    {"le 1.2.2016.", "le|1.2.2016|."},
                    {"32/13/2025", "32|/|13|/|2025"},
                    {"22:35, 22:35:10, 14h30, 8h, 18H30", "22:35|,|22:35:10|,|14h30|,|8h|,|18H30"},
                    {"à 14 h 30, 18 h-19 h", "à|14|h|30|,|18|h|-|19|h"},
                    {"25:10 et 12:75", "25|:|10|et|12|:|75"},
                    {"1/4h, 3/4h et 8/4h", "1|/|4|h|,|3|/|4|h|et|8|/|4h"},
                    {"9/11", "9|/|11"},
                    {"24h/24 et 7j/7", "24h|/|24|et|7j|/|7"},
                });
  check(shapes, {{"13.03.23 2016-11-07 22:35 14h30 8h", "date date time time time"}});
}

TEST(Segment, OrdinalsCodesAndMeasures) {
  check(tokens,
        {
            {"1er, 2e, 3ème, 1re, 2nd, 1ᵉʳ, 21ᵉ", "1er|,|2e|,|3ème|,|1re|,|2nd|,|1er|,|21e"},
            {"IIIe, XXe, XIXème, Ier", "IIIe|,|XXe|,|XIXème|,|Ier"},
            {"5G, 4x4, 3D", "5G|,|4x4|,|3D"},
            {"192.168.1.2 et 2.0.1", "192.168.1.2|et|2.0.1"},
            {"20k€, 20 k€, 30km, 5%, 3M€, 12€, 5$",
             "20|k€|,|20|k€|,|30|km|,|5|%|,|3|M€|,|12|€|,|5|$"},
            {"80 km/h, 20 m², 20m2, 20m²", "80|km|/|h|,|20|m²|,|20|m2|,|20|m²"},
            {"12 °C, 12°C, 5°", "12|°C|,|12|°C|,|5|°"},
            {"n° 4, N°4", "n|°|4|,|N|°|4"},
            {"€50 et 50€", "€|50|et|50|€"},
            {"2x2 ans", "2x2|ans"},
        });
  check(shapes, {{"5G 2.0.1 192.168.1.2 1er 20k€", "code code code ordinal number lower"}});
}

// --- sentences ---

TEST(Segment, Sentences) {
  check(sentences,
        {
            {"Il part. Elle reste ! Où ? Ici.", "Il part. / Elle reste ! / Où ? / Ici."},
            {"Il dit « Non. » Puis il part.", "Il dit « Non. » / Puis il part."},
            {"« Non. » dit-il. Puis", "« Non. » dit-il. / Puis"},
            {"« Oui ! Non ! » Fin.", "« Oui ! / Non ! » / Fin."},
            {"Il part (loin.) Elle reste.", "Il part (loin.) / Elle reste."},
            {"Il part. « Non », dit-il.", "Il part. / « Non », dit-il."},
            {"Il part. (Elle reste.) Fin.", "Il part. / (Elle reste.) / Fin."},
            {"Hein ? demande-t-il. Oui.", "Hein ? demande-t-il. / Oui."},
            {"M. Petit et J. Dupuis de l’O.N.U. restent.",
             "M. Petit et J. Dupuis de l'O.N.U. restent."},
            {"Il hésite… Puis part... puis revient.", "Il hésite… / Puis part... puis revient."},
            {"Il hésite... Puis", "Il hésite... / Puis"},
            {"Yahoo! annonce", "Yahoo! annonce"},
            {"Il part.Elle reste", "Il part.Elle reste"},
            {"En 2016. 300 emplois", "En 2016. / 300 emplois"},
            {"Il part. – Elle reste.", "Il part. / – Elle reste."},
            {"Des pommes, etc. Puis", "Des pommes, etc. Puis"},
            {"Il dit \"Non.\" Puis", "Il dit \"Non.\" / Puis"},
            {"", ""},
            {"...", "..."},
        });
}

TEST(Segment, Paragraphs) {
  check(paragraphs, {
                        {"Un titre\n\nDu texte.", "Un titre / Du texte."},
                        {"Un texte.\nUn autre.", "Un texte. / Un autre."},
                        {"Un texte coupé\nen deux lignes.", "Un texte coupé\nen deux lignes."},
                        {"Un titre\nLe texte", "Un titre / Le texte"},
                        {"LA CHUTE\nDU GOUVERNEMENT", "LA CHUTE\nDU GOUVERNEMENT"},
                        {"LA CHUTE\nLE GOUVERNEMENT", "LA CHUTE / LE GOUVERNEMENT"},
                        {"Liste :\n- un\n- deux", "Liste : / - un / - deux"},
                        {"\n\n a \n\n\n b \n", "a / b"},
                        {"a\r\n\r\nB", "a / B"},
                    });
  EXPECT_EQ(sentences("Un titre\n\nDu texte. Fin"), "Un titre / Du texte. / Fin");
}

TEST(Segment, TheFirstWordOfASentenceStartsIt) {
  const auto starts = [](std::string_view text) {
    const Cut made = cut(text);
    std::string out;
    for (std::uint32_t i = 0; i < made.segments.tokens.size(); ++i) {
      if (made.segments.tokens[i].look.start) out += (out.empty() ? "" : "|") + made.word(i);
    }
    return out;
  };
  EXPECT_EQ(starts("Il part. « Elle reste ! » – Oui. 300 emplois"), "Il|Elle|Oui|300");
  EXPECT_EQ(starts("... !"), "");
}

TEST(Segment, GluedTokensHaveNoSpaceBefore) {
  const auto glued = [](std::string_view text) {
    const Cut made = cut(text);
    std::string out;
    for (std::uint32_t i = 0; i < made.segments.tokens.size(); ++i) {
      if (made.segments.tokens[i].look.glued) out += (out.empty() ? "" : "|") + made.word(i);
    }
    return out;
  };
  EXPECT_EQ(glued("l’eau, 5% et 5 % (2016-2018)"), "eau|,|%|2016|-|2018|)");
  EXPECT_EQ(glued("a\nb"), "");
}

// --- the vocabulary ---

TEST(Segment, Compounds) {
  check(compounds, {
                       {"à New York et à new york", "New York"},
                       {"NEW YORK", "NEW YORK"},
                       {"la Haye, La Haye, la haye", "la Haye / La Haye / la haye"},
                       {"les États-Unis d’Amérique", "États-Unis d'Amérique"},
                       {"un point de pourcentage, deux points de base",
                        "point de pourcentage / points de base"},
                       {"point de", ""},
                       {"le canton de Vaud", "canton de Vaud"},
                       {"Les Verts, les verts", "Les Verts"},
                       {"L’équipe et L’Équipe", "L'Équipe"},
                       {"un point\nde pourcentage", "point\nde pourcentage"},
                       {"New\n\nYork", ""},
                   });
}

TEST(Segment, HeadlinesInCapitalsAreCalmed) {
  EXPECT_EQ(shapes("LA CHUTE DU GOUVERNEMENT MERKEL"), "lower lower lower lower cap");
  EXPECT_EQ(shapes("LA CHUTE DU PS DE PARIS"), "lower lower lower upper lower cap");
  EXPECT_EQ(shapes("UN ELU EN CRISE"), "lower lower lower lower") << "without accents";
  EXPECT_EQ(shapes("LA CHUTE"), "upper upper") << "too short to tell";
  EXPECT_EQ(shapes("LA chute du gouvernement MERKEL"), "upper lower lower lower upper");
}

TEST(Segment, WordsInCapitalsAreFoundWithoutTheirAccents) {
  const Cut made = cut("ELU Élu élu Elu");
  const WordId word = vocabulary().find("élu");
  ASSERT_NE(word, kUnknownWord);
  EXPECT_EQ(made.segments.tokens[0].word, word);
  EXPECT_EQ(made.segments.tokens[1].word, word);
  EXPECT_EQ(made.segments.tokens[2].word, word);
  EXPECT_EQ(made.segments.tokens[3].word, kUnknownWord);
}

TEST(Segment, EntriesAreCutAsTextsAre) {
  struct {
    std::string_view surface;
    std::vector<std::string> words;
    CaseNeed need;
  } cases[] = {
      {"maison", {"maison"}, CaseNeed::any},
      {"Orange", {"orange"}, CaseNeed::capital},
      {"ONU", {"onu"}, CaseNeed::capitals},
      {"New York", {"new", "york"}, CaseNeed::capital},
      {"États-Unis d'Amérique", {"états-unis", "d'", "amérique"}, CaseNeed::capital},
      {"canton de Vaud", {"canton", "de", "vaud"}, CaseNeed::any},
      {"M.", {"m."}, CaseNeed::capitals},
      {"etc.", {"etc."}, CaseNeed::any},
      {"déc.", {"déc."}, CaseNeed::any},
      {"km/h", {"km", "/", "h"}, CaseNeed::any},
  };
  for (const auto& c : cases) {
    const EntryWords entry = words_of_entry(c.surface);
    EXPECT_EQ(entry.words, c.words) << c.surface;
    EXPECT_EQ(entry.need, c.need) << c.surface;
  }
}

TEST(Segment, WordsOfNumbersJoinedByHyphensAreLikeListedOnes) {
  const auto known = [](std::string_view text) {
    return vocabulary().member(cut(text).segments.tokens[0].word, "number_word");
  };
  EXPECT_TRUE(known("vingt-deux"));
  EXPECT_TRUE(known("cent-quarante"));
  EXPECT_TRUE(known("Cent-vingt-et-cent"));
  EXPECT_FALSE(known("cent-gardes"));
}

// --- properties ---

void expect_cover(const std::vector<TokenRange>& ranges, std::size_t tokens,
                  std::string_view what) {
  std::uint32_t at = 0;
  for (const TokenRange& range : ranges) {
    ASSERT_EQ(range.first, at) << what;
    ASSERT_LT(range.first, range.last) << what;
    at = range.last;
  }
  ASSERT_EQ(at, tokens) << what;
}

// Tokens are in order and disjoint, only blanks lie between them, and they hold no line end.
void expect_sound(std::string_view published) {
  const Cut made = cut(published);
  std::uint32_t at = 0;
  for (const Token& token : made.segments.tokens) {
    ASSERT_LE(at, token.span.begin) << made.text;
    ASSERT_LT(token.span.begin, token.span.end) << made.text;
    ASSERT_LE(token.span.end, made.text.size()) << made.text;
    const std::string gap = made.text.substr(at, token.span.begin - at);
    for (const char c : gap)
      ASSERT_TRUE(static_cast<unsigned char>(c) <= ' ' || c == 0x7F) << gap << " in " << made.text;
    ASSERT_EQ(token.look.glued, gap.empty() && at > 0) << made.text;
    const std::string word = made.text.substr(token.span.begin, token.span.end - token.span.begin);
    ASSERT_EQ(word.find('\n'), std::string::npos) << word;
    ASSERT_NE(static_cast<unsigned char>(word[0]) >> 6, 2)
        << "begins inside a character: " << made.text;
    at = token.span.end;
  }
  const std::size_t count = made.segments.tokens.size();
  expect_cover(made.segments.sentences, count, made.text);
  expect_cover(made.segments.paragraphs, count, made.text);
}

TEST(Segment, TokensCoverTheArticlesOfTheCorpus) {
  std::ifstream in(GLANE_SOURCE_DIR "/corpus/gold.jsonl");
  int articles = 0;
  for (std::string line; std::getline(in, line); ++articles) {
    expect_sound(nlohmann::json::parse(line)["text"].get<std::string>());
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(articles, 10);
}

TEST(Segment, TokensCoverRandomTexts) {
  static constexpr std::string_view kPieces[] = {
      " ",    " ",        "\n",     "\u00A0",  "a",      "É",   "L'",  "qu'", "'",  "’",
      "-",    "-t-il",    ".",      "..",      "…",      ",",   "«",   "»",   "\"", "(",
      ")",    "1",        "12",     "000",     ":",      "/",   "h",   "er",  "€",  "k€",
      "%",    "@",        "#",      "http://", "www.",   ".fr", "&",   "M.",  "J",  "°",
      "C",    "½",        "²",      "–",       "+",      "<",   ">",   "😀",   "日", "\u0301",
      "\xFF", "\xE2\x80", "\u200B", "\u0085",  "\u0001", "_",   "IIIe"};
  std::mt19937 random(1789);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t n = random() % 14; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    expect_sound(text);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace glane
