// Names and roles as the program gives them: rules, decision and resolution together.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "glane/extract.h"
#include "recognise/decide_names.h"
#include "recognise/short_forms.h"

namespace glane {
namespace {

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(std::string(GLANE_SOURCE_DIR) + "/rules");
  return set;
}

std::vector<Entity> entities(const std::string& text) {
  Article article;
  article.text = text;
  return extract(std::move(article), rules()).entities;
}

std::string written(const std::string& text, const Entity& entity) {
  return text.substr(entity.span.begin, entity.span.end - entity.span.begin);
}

// "person:Luc Frieden location:Redmond"
std::string shown(const std::string& text) {
  std::string out;
  for (const Entity& entity : entities(text)) {
    if (!out.empty()) out += ' ';
    out += std::string(to_string(entity.type)) + ':' + written(text, entity);
  }
  return out;
}

const Entity* find(const std::vector<Entity>& all, const std::string& text,
                   const std::string& name) {
  const auto it = std::ranges::find_if(
      all, [&](const Entity& entity) { return written(text, entity) == name; });
  return it == all.end() ? nullptr : &*it;
}

struct Case {
  const char* text;
  const char* wanted;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class Names : public testing::TestWithParam<Case> {};

TEST_P(Names, AreFoundWithTheirTypes) { EXPECT_EQ(shown(GetParam().text), GetParam().wanted); }

INSTANTIATE_TEST_SUITE_P(
    Nuisances, Names,
    testing::Values(
        Case{"L'équipe a gagné. Elle jubile.", ""},  // not L'Équipe, not Elle
        Case{"Les Belges votent, les PME aussi.", ""},
        Case{"Selon M. Tribolet, rien ne change.", "person:Tribolet"},
        Case{"La sortie de l'Union européenne approche.", "organization:Union européenne"},
        Case{"C'est le Slovaque Richard Varga qui gagne.", "person:Richard Varga"},
        Case{"Il vit à Sainte-Orse-des-Loups, dit-on.", "location:Sainte-Orse-des-Loups"},
        Case{"Le gouvernement flamand hésite.", "organization:gouvernement flamand"},
        Case{"La délégation luxembourgeoise arrive.", ""},
        Case{"Le ministère de l'Environnement, du Climat et de la Biodiversité publie un avis.",
             "organization:ministère de l'Environnement, du Climat et de la Biodiversité"}));

TEST(Entities, ShortFormsShareTheIdOfTheFullName) {
  const std::string text = "Luc Frieden a parlé. Puis Frieden est parti.";
  const std::vector<Entity> all = entities(text);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].id, all[1].id);
  EXPECT_EQ(all[1].name, "Luc Frieden");
}

TEST(Entities, AnAcronymIsTheNameBeforeIt) {
  const std::string text =
      "Le Comité technique des vaccinations (CTV) siège. Le CTV conseille un rappel.";
  const std::vector<Entity> all = entities(text);
  ASSERT_EQ(all.size(), 3u) << shown(text);
  for (const Entity& entity : all) {
    EXPECT_EQ(entity.type, EntityType::organization);
    EXPECT_EQ(entity.id, all[0].id);
  }
}

TEST(Entities, ARoleKnowsItsHolderAndItsHouse) {
  const std::string text = "Le PDG de Renault, Luca de Meo, a parlé. Le PDG est parti.";
  const std::vector<Entity> all = entities(text);
  const Entity* role = find(all, text, "PDG");
  const Entity* person = find(all, text, "Luca de Meo");
  const Entity* house = find(all, text, "Renault");
  ASSERT_TRUE(role && person && house) << shown(text);
  EXPECT_EQ(role->person, person->id);
  EXPECT_EQ(role->organization, house->id);
  EXPECT_EQ(all.back().person, person->id) << "the title alone is the same man's";
}

TEST(Entities, AnIndefiniteTitleIsNobodyInParticular) {
  const std::string text = "La ministre Anne Dupuis a parlé. Une ministre peut se tromper.";
  const std::vector<Entity> all = entities(text);
  ASSERT_EQ(all.size(), 3u) << shown(text);
  EXPECT_TRUE(all[0].person.has_value());
  EXPECT_FALSE(all[2].person.has_value());
}

TEST(Entities, AnOccupationIsARoleOnlyBesideAName) {
  EXPECT_EQ(shown("La juriste Anne Dupuis plaide."), "role:juriste person:Anne Dupuis");
  EXPECT_EQ(shown("Une juriste plaide."), "");
}

TEST(Entities, AnOccupationThatIsTakenUpAgainIsTheSamePersons) {
  const std::string text = "L'avocate Anne Dupuis plaide. Puis l'avocate sort. Une avocate attend.";
  const std::vector<Entity> all = entities(text);
  ASSERT_EQ(all.size(), 3u) << shown(text);
  EXPECT_EQ(all[2].type, EntityType::role);
  EXPECT_EQ(all[2].person, all[1].id);
}

TEST(Entities, AreSortedAndDisjoint) {
  const std::string text =
      "L'Université de Liège, le CHU de Nantes et la Coupe du monde 2018 de Russie ont été cités "
      "par Jean-Luc Van den Berg, PDG de Proximus Group à Bruxelles.";
  std::uint32_t reached = 0;
  for (const Entity& entity : entities(text)) {
    EXPECT_GE(entity.span.begin, reached);
    EXPECT_LT(entity.span.begin, entity.span.end);
    reached = entity.span.end;
  }
  EXPECT_GT(reached, 0u);
}

TEST(Entities, AnEmptyTextHasNone) { EXPECT_TRUE(entities("").empty()); }

TEST(ShortForms, SurnamesGrowShorterFromTheLeft) {
  EXPECT_EQ(surnames("luc van der heide"),
            (std::vector<std::string>{"van der heide", "der heide", "heide"}));
  EXPECT_TRUE(surnames("frieden").empty());
}

TEST(ShortForms, AcronymsWithAndWithoutOrdinaryWords) {
  const std::string text = "Comité technique des vaccinations";
  const Segments segments = segment(text, rules().compiled().vocabulary);
  const auto last = static_cast<std::uint32_t>(segments.tokens.size());
  EXPECT_EQ(acronyms(text, segments, {0, last}), (std::array<std::string, 2>{"c", "ctv"}));
}

TEST(WeighedName, TheBestTotalDecidesAndTiesGoToTheFirstType) {
  WeighedName name;
  name.total = {1, 2, 2, 0, 0};
  EXPECT_EQ(name.best(), static_cast<std::size_t>(EntityType::organization));
}

}  // namespace
}  // namespace glane
