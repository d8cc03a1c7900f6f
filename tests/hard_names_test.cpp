// Names that are hard: elided, contracted, coordinated, nested, in capitals, in another language;
// and which mentions are one referent. A table: text, entities wanted, each with the number of its
// referent, and its whole name where that is another than what is written.
#include <gtest/gtest.h>

#include <string>

#include "glane/extract.h"

namespace glane {
namespace {

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(std::string(GLANE_SOURCE_DIR) + "/rules");
  return set;
}

// "location:1=Le Havre:Havre person:2:Anne Durieux"
std::string shown(const std::string& text) {
  Article article;
  article.text = text;
  std::string out;
  for (const Entity& e : extract(std::move(article), rules()).entities) {
    const std::string written = text.substr(e.span.begin, e.span.end - e.span.begin);
    out += (out.empty() ? "" : " ") + std::string(to_string(e.type)) + ':' + std::to_string(e.id);
    if (e.name != written) out += '=' + e.name;
    if (e.person) out += ">" + std::to_string(*e.person);
    if (e.organization) out += "@" + std::to_string(*e.organization);
    if (e.metonymy) out += "~";
    out += ':' + written;
  }
  return out;
}

struct Case {
  const char* name;
  const char* text;
  const char* wanted;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class HardNames : public testing::TestWithParam<Case> {};

TEST_P(HardNames, AreFoundAndJoined) { EXPECT_EQ(shown(GetParam().text), GetParam().wanted); }

INSTANTIATE_TEST_SUITE_P(
    Spans, HardNames,
    testing::Values(
        Case{"elided", "On dit qu'Umicore recrute près d'Arlon.",
             "organization:1:Umicore location:2:Arlon"},
        Case{"article_in_name", "Il écrit dans L'Équipe, elle travaille chez L'Oréal.",
             "organization:1:L'Équipe organization:2:L'Oréal"},
        Case{"inner_apostrophe", "Né en Côte d'Ivoire, il vit dans le Val-d'Oise.",
             "location:1:Côte d'Ivoire location:2:Val-d'Oise"},
        Case{"contracted_towns",
             "Le ferry du Havre et le train des Sables-d'Olonne sont en retard.",
             "location:1=Le Havre:Havre location:2=Les Sables-d'Olonne:Sables-d'Olonne"},
        Case{"contracted_papers", "Une chronique du Devoir répond au Soir et aux Échos.",
             "organization:1=Le Devoir:Devoir organization:2=Le Soir:Soir "
             "organization:3=Les Échos:Échos"},
        Case{"particles", "Hélène Le Goff a rencontré Charles de Brassart.",
             "person:1:Hélène Le Goff person:2:Charles de Brassart"},
        Case{"compound_commune", "Il est né à Saint-Lambert-en-Aubrac-les-Deux-Moulins.",
             "location:1:Saint-Lambert-en-Aubrac-les-Deux-Moulins"},
        Case{"regnal", "Charles III et Jean-Paul II furent reçus.",
             "person:1:Charles III person:2:Jean-Paul II"},
        Case{"university_number", "Elle étudie à l'Université Lyon 2 Lumière.",
             "organization:1:Université Lyon 2 Lumière"},
        Case{"university_town_number", "Les étudiants de Lille 3 manifestent.",
             "organization:1:Lille 3"},
        Case{"courts", "Le tribunal judiciaire de Lyon et la cour d'appel de Mons ont statué.",
             "organization:1:tribunal judiciaire de Lyon organization:2:cour d'appel de Mons"},
        Case{"arrondissement", "Un feu a pris à Lyon VIIe, puis dans le XVIIIe arrondissement.",
             "location:1:Lyon VIIe location:2:XVIIIe arrondissement"},
        Case{"prefixes", "Les anti-Brassart et les brassartistes du monde post-Brexit se parlent.",
             ""},
        Case{"former_minister", "L'ex-ministre Jean Durieux se retire.",
             "role:1>2:ex-ministre person:2:Jean Durieux"},
        Case{"legal_form", "Une jeune pousse, Velmora SA, lève des fonds.",
             "organization:1:Velmora SA"},
        Case{"model", "Apple présente l'iPhone 21 Pro, dit-on.",
             "organization:1:Apple product:2:iPhone 21 Pro"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Types, HardNames,
    testing::Values(
        Case{"sentence_start_nothing", "Les démocraties hésitent. Tours et détours d'une loi.", ""},
        Case{"company_or_town", "Orange a annoncé un plan.", "organization:1:Orange"},
        Case{"town_or_adjective", "Nice accueille le sommet.", "location:1:Nice"},
        Case{"river_department", "La Loire déborde. Elle vit dans la Creuse. Le centre est fermé.",
             "location:1:Loire location:2:Creuse"},
        Case{"palaces", "Matignon temporise, Bercy compte et le Quai d'Orsay se tait.",
             "organization:1~:Matignon organization:2~:Bercy organization:3~:Quai d'Orsay"},
        Case{"parties", "Le PS, LR, le RN et EELV s'opposent.",
             "organization:1:PS organization:2:LR organization:3:RN organization:4:EELV"},
        Case{"capital_for_government", "Washington a condamné l'attaque.",
             "location:1~:Washington"},
        Case{"car_or_woman", "Mercedes rappelle des voitures. Mercedes Ruiz chante.",
             "organization:1:Mercedes person:2:Mercedes Ruiz"},
        Case{"weekday_and_month", "Lundi, la pluie cessera. Février sera froid.", ""},
        Case{"government_of_somebody", "Le gouvernement Durieux recule.", "person:1:Durieux"},
        Case{"clubs_by_their_towns", "Dudelange renverse Rumelange.",
             "organization:1~:Dudelange organization:2~:Rumelange"},
        Case{"seat_and_place", "Matignon hésite. Les maires sont reçus à Matignon.",
             "organization:1~:Matignon role:2:maires organization:1:Matignon"},
        Case{"country_that_acts", "La France n'a pas signé. Il pleut sur la France.",
             "location:1~:France location:1:France"},
        Case{"according_to_a_capital", "La trêve annoncée par Moscou tient, selon Kiev.",
             "location:1~:Moscou location:2~:Kiev"},
        Case{"complement_does_not_act", "Le maire de Lyon a refusé.",
             "role:1@2:maire location:2:Lyon"},
        Case{"headline_in_capitals", "LE MINISTRE LUC DURIEUX A PARIS ET BERLIN",
             "role:1>2:MINISTRE person:2:LUC DURIEUX location:3:PARIS location:4:BERLIN"},
        Case{"english_island",
             "Il a dit : \"We will invest in Belgium with Umicore\", selon Mark Weber of Google.",
             "location:1:Belgium organization:2:Umicore person:3:Mark Weber organization:4:Google"},
        Case{"english_first_word", "Il a dit : \"Our partner Deloitte will stay\".",
             "organization:1:Deloitte"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Referents, HardNames,
    testing::Values(
        Case{"short_form", "Anne Durieux a parlé. Durieux est partie.",
             "person:1:Anne Durieux person:1=Anne Durieux:Durieux"},
        Case{"capitals", "DURIEUX ELUE A ARLON\n\nAnne Durieux est élue.",
             "person:1=Anne Durieux:DURIEUX location:2:ARLON person:1:Anne Durieux"},
        Case{"initials", "J.-L. Martin a signé. Jean-Luc Martin était là.",
             "person:1=Jean-Luc Martin:J.-L. Martin person:1:Jean-Luc Martin"},
        Case{"saint", "La ville de Saint-Denis a voté. St-Denis est en fête.",
             "location:1:Saint-Denis location:1=Saint-Denis:St-Denis"},
        Case{"dotted_acronym", "L'ONU condamne. L'O.N.U. insiste.",
             "organization:1:ONU organization:1=ONU:O.N.U."},
        Case{"acronym_of_two_words", "L'Union européenne (UE) hésite. L'UE attend.",
             "organization:1:Union européenne organization:1=Union européenne:UE "
             "organization:1=Union européenne:UE"},
        Case{"acronym_in_square_brackets",
             "La Direction générale de la sécurité extérieure [DGSE] enquête.",
             "organization:1:Direction générale de la sécurité extérieure "
             "organization:1=Direction générale de la sécurité extérieure:DGSE"},
        Case{"word_in_brackets", "L'Office national de l'emploi (Onem) publie ses chiffres.",
             "organization:1:Office national de l'emploi "
             "organization:1=Office national de l'emploi:Onem"},
        Case{"two_ministers", "Les ministres de l'Intérieur et de la Justice ont réagi.",
             "role:1@2:ministres organization:2:Intérieur organization:3:Justice"},
        Case{"one_minister", "Le ministre de l'Économie et des Finances a réagi.",
             "role:1@2:ministre organization:2:Économie et des Finances"},
        Case{"couple", "M. et Mme Durieux ont porté plainte. Mme Durieux pleure, M. Durieux aussi.",
             "person:1=Durieux:M. person:2:Durieux person:2:Durieux person:1:Durieux"},
        Case{"husband_and_wife", "Luc Durieux est venu. M. Durieux parle, Mme Durieux se tait.",
             "person:1:Luc Durieux person:1=Luc Durieux:Durieux person:2:Durieux"},
        Case{"plural_civility", "MM. Durand et Petit ont signé.", "person:1:Durand person:2:Petit"},
        Case{"shared_surname", "Jean et Marie Durieux ont ouvert une boulangerie.",
             "person:1=Jean Durieux:Jean person:2:Marie Durieux"},
        Case{"two_portfolios",
             "La ministre de la Santé, Anne Durieux, et le ministre de l'Intérieur, Luc Petit, se "
             "parlent. La ministre insiste. Le ministre de l'Intérieur cède.",
             "role:1>3@2:ministre organization:2:Santé person:3:Anne Durieux "
             "role:4>6@5:ministre organization:5:Intérieur person:6:Luc Petit "
             "role:1>3:ministre role:4>6@5:ministre organization:5:Intérieur"},
        Case{"two_holders", "Le député Luc Petit défie le député Paul Durieux.",
             "role:1>2:député person:2:Luc Petit role:3>4:député person:4:Paul Durieux"},
        Case{"feminine_and_masculine",
             "La présidente de la Fedil arrive. Avant elle, le président de la Fedil partait.",
             "role:1@2:présidente organization:2:Fedil role:1=présidente@2:président "
             "organization:2:Fedil"},
        Case{"shorter_title",
             "La directrice générale d'Umicore, Anne Durieux, recrute. La directrice insiste.",
             "role:1>3@2:directrice générale organization:2:Umicore person:3:Anne Durieux "
             "role:1=directrice générale>3:directrice"},
        Case{"another_gender", "La maire Anne Durieux insiste. Le maire de Lyon cède.",
             "role:1>2:maire person:2:Anne Durieux role:3@4:maire location:4:Lyon"},
        Case{"office_taken_up",
             "Le Premier ministre Luc Durieux arrive. Le Premier ministre repart.",
             "role:1>2:Premier ministre person:2:Luc Durieux role:1>2:Premier ministre"}),
    [](const auto& one) { return one.param.name; });

// role>person@organization
INSTANTIATE_TEST_SUITE_P(
    Roles, HardNames,
    testing::Values(
        Case{"title_of_house_name", "Le PDG d'Umicore, Luc Durieux, a parlé.",
             "role:1>3@2:PDG organization:2:Umicore person:3:Luc Durieux"},
        Case{"name_title_house", "Pour Anne Durieux, General Manager, Umicore, c'est non.",
             "person:1:Anne Durieux role:2>1@3:General Manager organization:3:Umicore"},
        Case{"one_of_them",
             "Plusieurs dirigeants de Microsoft, dont Paul Durieux, directeur, étaient là.",
             "organization:1:Microsoft person:2:Paul Durieux role:3>2@1:directeur"},
        Case{"two_offices", "affirme Anne Durieux, présidente de la Fedil et patronne d'Umicore.",
             "person:1:Anne Durieux role:2>1@3:présidente organization:3:Fedil "
             "role:4>1@5:patronne organization:5:Umicore"},
        Case{"party_in_brackets", "La députée Anne Durieux (PS) proteste.",
             "role:1>2@3:députée person:2:Anne Durieux organization:3:PS"},
        Case{"its_head", "Microsoft recrute, indique son directeur général, Luc Durieux.",
             "organization:1:Microsoft role:2>3@1:directeur général person:3:Luc Durieux"},
        Case{"named_to_office", "Le conseil a nommé Anne Durieux directrice d'Umicore.",
             "person:1:Anne Durieux role:2>1@3:directrice organization:3:Umicore"},
        Case{"same_meeting",
             "Elle a vu le projet avec Paul Durieux. Lors de cet entretien, le PDG d'Umicore a "
             "promis une aide.",
             "person:1:Paul Durieux role:2>1@3:PDG organization:3:Umicore"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace glane
