// Hard cases of numbers, sums, measures and dates, each with the answer the guide gives. An
// answer lists the figures of a text in order: "SURFACE=KIND:VALUE UNIT", a range as MIN..MAX,
// an indefinite amount as its scale, then of=NOUN, modifier, relation, direction, ambiguous;
// last the diagnostics, "!CODE". "" is no figure at all. Published on Wednesday 2025-03-12.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "glane/extract.h"

namespace glane {
namespace {

struct Case {
  const char* id;
  const char* text;
  const char* wanted;
};

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(std::string(GLANE_SOURCE_DIR) + "/rules");
  return set;
}

std::string shown(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  return number != nullptr ? number->to_string() : std::get<std::string>(value);
}

std::string shown(const Figure& figure, const std::string& text) {
  const SourceSpan span = figure.span;
  std::string out = text.substr(span.begin, span.end - span.begin);
  out += std::string("=") + to_string(figure.kind) + ':';
  if (figure.min) {
    out += shown(*figure.min) + ".." + shown(*figure.max);
  } else if (figure.value) {
    out += shown(*figure.value);
  } else {
    out += "scale" + figure.scale->to_string();
  }
  if (!figure.unit.empty()) out += ' ' + figure.unit;
  if (!figure.of.empty()) out += " of=" + figure.of;
  for (const char* word :
       {to_string(figure.modifier), to_string(figure.relation), to_string(figure.direction)}) {
    if (*word != 0) out += std::string(" ") + word;
  }
  if (figure.ambiguous) out += " ambiguous";
  return out;
}

std::string answer(const std::string& text) {
  Article article;
  article.text = text;
  article.date = Date{2025, 3, 12};
  const Document document = extract(std::move(article), rules());
  std::string out;
  for (const Figure& figure : document.figures)
    out += (out.empty() ? "" : "; ") + shown(figure, document.article.text);
  for (const Diagnostic& diagnostic : document.diagnostics)
    out += (out.empty() ? "!" : " !") + diagnostic.code;
  return out;
}

// T01 to T22: spaces, apostrophes, marks
const std::vector<Case> kText = {
    {"T01", "Le legs vaut 10\u202f000 €.", "10\u202f000 €=money:10000 EUR"},
    {"T01", "Le legs vaut 10\u00a0000 €.", "10\u00a0000 €=money:10000 EUR"},
    {"T01", "Le legs vaut 10 000 €.", "10 000 €=money:10000 EUR"},
    {"T01", "Le legs vaut 10\u2009000 €.", "10\u2009000 €=money:10000 EUR"},
    {"T02", "Le moulin a brûlé l’an dernier.", "l’an dernier=date:2024"},
    {"T02", "Le moulin a brûlé l'an dernier.", "l'an dernier=date:2024"},
    {"T02", "Le moulin a brûlé lʼan dernier.", "lʼan dernier=date:2024"},
    {"T02", "Le moulin a brûlé l`an dernier.", "l`an dernier=date:2024"},
    {"T04", "\U0001F1EB\U0001F1F7 Le bal attire 300 danseurs.", "300=number:300 of=danseurs"},
    {"T06", "La règle mesure 5½ pouces.", "5½ pouces=quantity:5.5 [in_i]"},
    {"T06", "Le score a grimpé de 5½ %.", "5½ %=percent:5.5 % up"},
    {"T07", "Le jardin fait 120 m².", "120 m²=quantity:120 m2"},
    {"T07", "L'usine rejette 40 tonnes de CO₂ par an.", "40 tonnes=quantity:40 t of=CO₂"},
    {"T07", "L'usine rejette du CO₂ et du CO2.", ""},
    {"T08", "La halle ouvre le 1ᵉʳ mars.", "1ᵉʳ mars=date:2025-03-01"},
    {"T09", "Le pont a coûté deux mil\u00adlions d'euros.",
     "deux mil\u00adlions d'euros=money:2000000 EUR"},
    {"T11", "Le pont a coûté 10&nbsp;000&nbsp;euros.", "10&nbsp;000&nbsp;euros=money:10000 EUR"},
    {"T12", "\ufeffTrois vaches broutent.", "Trois=number:3 of=vaches"},
    {"T16", "Onze œufs et onze oeufs.", "Onze=number:11 of=œufs; onze=number:11 of=oeufs"},
    {"T17", "La flotte croise sur cinq océans.", "cinq=number:5 of=océans"},
    {"T17", "Le club cite 3 récents succès.", "3=number:3 of=succès"},
    {"T18", "Il part aujourd’hui.", "aujourd’hui=date:2025-03-12"},
    {"T19", "Elle a reçu 30 millions d ’euros.", "30 millions d ’euros=money:30000000 EUR"},
    {"T20", "Il en veut 12\u202f!", "12=number:12"},
    {"T21", "Il pèse\r\n40 kg.", "40 kg=quantity:40 kg"},
    {"T22", "Il pèse 4\u200b0 kg.", "4\u200b0 kg=quantity:40 kg"},
};

// F01 to F40
const std::vector<Case> kNumbers = {
    {"F01", "La facture atteint 40 000 euros.", "40 000 euros=money:40000 EUR"},
    {"F02", "Le compteur affiche 1 234 567,89.", "1 234 567,89=number:1234567.89"},
    {"F03", "La caisse compte 1.200.000 membres.", "1.200.000=number:1200000 of=membres"},
    {"F03", "La caisse compte 1'234'567 membres.", "1'234'567=number:1234567 of=membres"},
    {"F03", "La caisse compte 1’234’567 membres.", "1’234’567=number:1234567 of=membres"},
    {"F04", "La ville compte 3.500 habitants.", "3.500=number:3500 of=habitants ambiguous"},
    {"F04", "La ville compte 3.5 millions d'habitants.",
     "3.5 millions=number:3500000 of=habitants"},
    {"F05", "Il a noté 423 0000 au tableau.", "423=number:423; 0000=number:0"},
    {"F06", "Le serveur 192.168.1.2 est tombé.", ""},
    {"F06", "La v2.0.1 est sortie.", ""},
    {"F07", "Voir https://ex.fr/a?q=30%25 ici.", ""},
    {"F08", "Il reste mille cent sacs.", "mille cent=number:1100 of=sacs"},
    {"F08", "Il reste onze cents sacs.", "onze cents=number:1100 of=sacs"},
    {"F08", "Elle est née en mil neuf cent vingt.", "mil neuf cent vingt=date:1920"},
    {"F08", "Il reste dix-neuf cent soixante-treize sacs.",
     "dix-neuf cent soixante-treize=number:1973 of=sacs"},
    {"F09", "Il a soixante et onze brebis.", "soixante et onze=number:71 of=brebis"},
    {"F09", "Il a soixante-et-onze brebis.", "soixante-et-onze=number:71 of=brebis"},
    {"F09", "Il a soixante-dix-huit brebis.", "soixante-dix-huit=number:78 of=brebis"},
    {"F09", "Il a quatre-vingts brebis.", "quatre-vingts=number:80 of=brebis"},
    {"F09", "Il a quatre-vingt-une brebis.", "quatre-vingt-une=number:81 of=brebis"},
    {"F09", "Il a quatre vingt dix neuf brebis.", "quatre vingt dix neuf=number:99 of=brebis"},
    {"F10", "Il a septante-huit brebis.", "septante-huit=number:78 of=brebis"},
    {"F10", "Il a huitante et un béliers.", "huitante et un=number:81 of=béliers"},
    {"F10", "Il a octante-deux brebis.", "octante-deux=number:82 of=brebis"},
    {"F10", "Il a nonante-cinq brebis.", "nonante-cinq=number:95 of=brebis"},
    {"F11", "Le jury a lu vingt et un ou vingt-deux dossiers.",
     "vingt et un ou vingt-deux=number:21..22 of=dossiers"},
    {"F12", "Le parc a reçu cent trois mille visiteurs.",
     "cent trois mille=number:103000 of=visiteurs"},
    {"F12", "Le parc a reçu deux cent mille visiteurs.",
     "deux cent mille=number:200000 of=visiteurs"},
    {"F12", "Le parc a reçu trois cent mille cinq visiteurs.",
     "trois cent mille cinq=number:300005 of=visiteurs"},
    {"F13", "Le parc a reçu un million deux cent mille visiteurs.",
     "un million deux cent mille=number:1200000 of=visiteurs"},
    {"F13", "Le fonds gère un milliard vingt-cinq millions.",
     "un milliard vingt-cinq millions=number:1025000000"},
    {"F14", "Le parc a reçu un million et demi de visiteurs.",
     "un million et demi=number:1500000 of=visiteurs"},
    {"F14", "Le fonds gère deux milliards et demi d'euros.",
     "deux milliards et demi d'euros=money:2500000000 EUR"},
    {"F14", "La messe a duré trois heures et demie.", "trois heures et demie=duration:PT3H30M"},
    {"F15", "La densité est de zéro virgule cinq.", "zéro virgule cinq=number:0.5"},
    {"F15", "La densité est de deux virgule zéro trois.", "deux virgule zéro trois=number:2.03"},
    {"F15", "La densité est de un virgule quatre.", "un virgule quatre=number:1.4"},
    {"F16", "La dette atteint un billion d'euros.",
     "un billion d'euros=money:1000000000000 EUR ambiguous"},
    {"F16", "L'amas compte un trillion de grains.",
     "un trillion=number:1000000000000000000 of=grains ambiguous"},
    {"F17", "La dose est de 0,5.", "0,5=number:0.5"},
    {"F17", "Les lots 1, 2, 3 sont vendus.", "1=number:1; 2=number:2; 3=number:3"},
    {"F18", "Il fait −3,2 °C à Arlon.", "−3,2 °C=quantity:-3.2 Cel"},
    {"F18", "Il fait -3,2 °C à Arlon.", "-3,2 °C=quantity:-3.2 Cel"},
    {"F18", "Il fait moins 3,2 degrés à Arlon.", "moins 3,2 degrés=quantity:-3.2 Cel"},
    {"F18", "Le sondage vise les 13-15 ans.", "13-15 ans=duration:P13Y..P15Y"},
    {"F19", "- 1 200 postes supprimés\n- 30 millions d'euros d'économies",
     "1 200=number:1200 of=postes; 30 millions d'euros=money:30000000 EUR of=économies"},
    {"F20", "Il habite un logement neuf.", ""},
    {"F20", "Le toit est neuf.", ""},
    {"F20", "Il habite le logement numéro neuf.", ""},
    {"F21", "Un objet a été volé, et l'un comme l'autre le nient.", ""},
    {"F21", "L'un des deux a menti.", "deux=number:2"},
    {"F22", "Le premier ministre est venu pour la première fois.", "première=ordinal:1 of=fois"},
    {"F22", "Le 1er ministre est venu.", ""},
    {"F22", "La gare date du XXe siècle.", "XXe siècle=date:19"},
    {"F23", "Il finit 1er, elle 1re, la rousse 1ère, Paul 2e, Luc 2nd.",
     "1er=ordinal:1; 1re=ordinal:1; 1ère=ordinal:1; 2e=ordinal:2; 2nd=ordinal:2"},
    {"F23", "La IIIe édition a primé son 100 000e lecteur.",
     "IIIe=ordinal:3 of=édition; 100 000e=ordinal:100000 of=lecteur"},
    {"F24", "Elle finit trente-deuxième, lui nonante-deuxième.",
     "trente-deuxième=ordinal:32; nonante-deuxième=ordinal:92"},
    {"F24", "Il a gagné pour un centième de seconde.", "un centième de seconde=duration:PT0.01S"},
    {"F25", "Un tiers des bancs, deux tiers des lits et les trois quarts des prés.",
     "Un tiers=number:0.333333333333333 of=bancs; deux tiers=number:0.666666666666667 of=lits; "
     "trois quarts=number:0.75 of=prés"},
    {"F25", "La moitié des bancs sont vides.", "moitié=number:0.5 of=bancs"},
    {"F25", "Un Français sur cinq épargne.", "Un Français sur cinq=number:0.2 of=Français"},
    {"F25", "Neuf sur dix épargnent.", "Neuf sur dix=number:0.9"},
    {"F25", "Le vin a reçu 16/20.", "16/20=score:16/20"},
    {"F26", "Ajoutez ½ litre de lait.", "½ litre=quantity:0.5 l of=lait"},
    {"F26", "Laissez lever 1/2 h au frais.", "1/2 h=duration:PT30M"},
    {"F27", "Une vingtaine de chèvres et une dizaine de milliers d'abeilles.",
     "Une vingtaine=number:20 of=chèvres approx; une dizaine de milliers=number:10000 of=abeilles "
     "approx"},
    {"F27", "Elle a cassé une demi-douzaine d'œufs, lui trois douzaines.",
     "une demi-douzaine=number:6 of=œufs approx; trois douzaines=number:36 of=œufs"},
    {"F27", "Il part une quinzaine de jours.", "une quinzaine de jours=duration:P15D approx"},
    {"F28", "Des dizaines de tracteurs et plusieurs centaines de camions.",
     "Des dizaines=number:scale10 of=tracteurs approx; plusieurs centaines=number:scale100 "
     "of=camions approx"},
    {"F29", "Quelque 500 personnes ont défilé, quelques 500 autres ont regardé.",
     "500=number:500 of=personnes approx; 500=number:500 of=personnes approx"},
    {"F29", "Quelques personnes ont défilé.", ""},
    {"F30", "La police parle de 10 000 à 15 000 manifestants.",
     "10 000 à 15 000=number:10000..15000 of=manifestants"},
    {"F30", "Il y avait entre 10 et 15 000 manifestants.",
     "10 et 15 000=number:10000..15000 of=manifestants ambiguous"},
    {"F30", "Elle vend de 2 à 3 millions de livres.",
     "2 à 3 millions=number:2000000..3000000 of=livres"},
    {"F31", "Plus de 300 élèves, au moins 300 parents, à partir de 300 sièges.",
     "300=number:300 of=élèves min; 300=number:300 of=parents min; 300=number:300 of=sièges min"},
    {"F31", "Moins de 300 élèves, jusqu'à 300 parents, pas plus de 300 sièges.",
     "300=number:300 of=élèves max; 300=number:300 of=parents max; 300=number:300 of=sièges max"},
    {"F32", "Près de 300 élèves, environ 300 parents, autour de 300 sièges, à peu près 300 lits.",
     "300=number:300 of=élèves approx; 300=number:300 of=parents approx; 300=number:300 of=sièges "
     "approx; 300=number:300 of=lits approx"},
    {"F32", "Presque 300 élèves, quasiment 300 parents.",
     "300=number:300 of=élèves approx; 300=number:300 of=parents approx"},
    {"F32", "Exactement 300 élèves, pile 300 parents.",
     "300=number:300 of=élèves; 300=number:300 of=parents"},
    {"F33", "La cote va de 12,8–13,0.", "12,8–13,0=number:12.8..13"},
    {"F33", "Le titre de la saison 2012–13 lui échappe.", "2012–13=date:2012..2013"},
    {"F34", "Appelez le 01 42 34 56 78 ou le +33 6 12 34 56 78.", ""},
    {"F34", "Il vit au 75011 Paris.", ""},
    {"F34", "La société (SIREN 123 456 789) ferme.", ""},
    {"F34", "Il suffit de composer le 112.", ""},
    {"F35", "Le 49.3, l'article 49-3 et la loi n° 2024-123 sont cités.", ""},
    {"F35", "La RN 20, l'A320, le F-16, le G7, le Covid-19, la 5G et la 3D.", ""},
    {"F36", "Le club gagne 2-1, elle gagne 6-4, 7-5.",
     "2-1=score:2-1; 6-4=score:6-4; 7-5=score:7-5"},
    {"F36", "Le set se termine sur 21/20.", "21/20=score:21/20"},
    {"F37", "On joue Les Trois Mousquetaires et les Mille et Une Nuits à Six-Fours.", ""},
    {"F17", "La dose est de ,5 g.", ",5 g=quantity:0.5 g"},
    {"F17", "Comptez jusqu'à trois : 1,2,3 partez.",
     "trois=number:3 max; 1=number:1; 2=number:2; 3=number:3"},
    {"F38", "Elle gagne 3 fois plus.", "3=number:3 of=fois"},
    {"F38", "Le loyer a doublé, le gaz a triplé.", "doublé=number:2; triplé=number:3"},
    {"F38", "Le budget a été divisé par trois.", "trois=number:3"},
    {"F38", "Le budget a été multiplié par 2,5.", "2,5=number:2.5"},
    {"F39", "La ville vise zéro émission et une tolérance zéro.", ""},
    {"F40", "La colonie compte 10^5 cellules.", "10^5=number:100000 of=cellules"},
    {"F40", "Le seuil est de 1,5 x 10⁻⁵.", "1,5 x 10⁻⁵=number:0.000015"},
    {"F40", "La dose vaut 1,5x10^-5 g.", "1,5x10^-5 g=quantity:0.000015 g"},
    {"F40", "Le cube fait 10² m³, pas 10¹² litres.",
     "10² m³=quantity:100 m3; 10¹² litres=quantity:1000000000000 l"},
};

// M01 to M18
const std::vector<Case> kMoney = {
    {"M01", "Le gain atteint 2,5 millions d'euros.", "2,5 millions d'euros=money:2500000 EUR"},
    {"M01", "Le gain atteint 2,5\u00a0millions d’euros.",
     "2,5\u00a0millions d’euros=money:2500000 EUR"},
    {"M02", "Le gain atteint 1,45 milliard $.", "1,45 milliard $=money:1450000000 USD"},
    {"M02", "Le gain atteint 1,45 Md$.", "1,45 Md$=money:1450000000 USD"},
    {"M02", "Le gain atteint 1,45 Md de dollars.", "1,45 Md de dollars=money:1450000000 USD"},
    {"M03", "Il gagne 20 k€, elle 3 M€.", "20 k€=money:20000 EUR; 3 M€=money:3000000 EUR"},
    {"M03", "Le plan passe à 1,2 Md€, puis 12 Mds€, soit 3 MEUR.",
     "1,2 Md€=money:1200000000 EUR; 12 Mds€=money:12000000000 EUR; 3 MEUR=money:3000000 EUR"},
    {"M04", "Le plat vaut entre 12 euros et 15 euros.", "12 euros et 15 euros=money:12..15 EUR"},
    {"M05", "Le plat vaut 12 euros 50.", "12 euros 50=money:12.5 EUR"},
    {"M05", "Le plat vaut 12€50.", "12€50=money:12.5 EUR"},
    {"M05", "Le plat vaut 12,50 €.", "12,50 €=money:12.5 EUR"},
    {"M05", "Le plat vaut 12 € et 50 centimes.", "12 € et 50 centimes=money:12.5 EUR"},
    {"M06", "Le ticket vaut deux euros et cinq centimes.",
     "deux euros et cinq centimes=money:2.05 EUR"},
    {"M06", "Le ticket vaut cinq roubles trente.", "cinq roubles trente=money:5.3 RUB"},
    {"M07", "Il reçoit EUR 1 000 sur 3 ans.", "EUR 1 000=money:1000 EUR; 3 ans=duration:P3Y"},
    {"M08", "L'euro s'échange à 1,08 dollar.", "1,08 dollar=money:1.08 USD"},
    {"M09", "La ville cède le terrain pour un euro symbolique.", "un euro=money:1 EUR"},
    {"M09", "Le musée coûte zéro euro.", "zéro euro=money:0 EUR"},
    {"M10", "Il doit 500 francs suisses et 500 francs CFA.",
     "500 francs suisses=money:500 CHF; 500 francs CFA=money:500 XOF ambiguous"},
    {"M10", "Il doit 500 FCFA.", "500 FCFA=money:500 XOF ambiguous"},
    {"M10", "En 1975, le pain coûtait 2 francs.", "1975=date:1975; 2 francs=money:2 FRF ambiguous"},
    {"M10", "La commune de Sion doit 500 francs au canton du Valais, en Suisse.",
     "500 francs=money:500 CHF"},
    {"M11", "Elle a lu 30 livres en prison.", "30=number:30 of=livres"},
    {"M11", "Il doit 30 livres sterling.", "30 livres sterling=money:30 GBP"},
    {"M11", "Il faut 3 livres de beurre.", "3 livres=quantity:3 [lb_av] of=beurre"},
    {"M12", "Le billet vaut 10 $ CA, soit 10 $ US.", "10 $ CA=money:10 CAD; 10 $ US=money:10 USD"},
    {"M12", "Le billet vaut US$10.", "US$10=money:10 USD"},
    {"M12", "Le billet vaut $10.", "$10=money:10 USD"},
    {"M12", "Le billet vaut 10 dollars hongkongais.", "10 dollars hongkongais=money:10 HKD"},
    {"M13", "Le billet vaut 10 000 roupies.", "10 000 roupies=money:10000 INR ambiguous"},
    {"M14", "Le rachat vaut 1 milliard de dollars (920 millions d'euros).",
     "1 milliard de dollars=money:1000000000 USD; 920 millions d'euros=money:920000000 EUR"},
    {"M15", "Le pont coûtera de 15 à 20 millions d'euros.",
     "15 à 20 millions d'euros=money:15000000..20000000 EUR"},
    {"M15", "Le pont coûtera 15 M€ à 20 M€.", "15 M€ à 20 M€=money:15000000..20000000 EUR"},
    {"M16", "Le pont coûtera 5 millions d'euros. La route en vaut 12 millions.",
     "5 millions d'euros=money:5000000 EUR; 12 millions=number:12000000"},
    {"M17", "Il a perdu 100 balles.", "100=number:100 of=balles"},
    {"M17", "Il a sorti un billet de 50.", "50=number:50"},
    {"M18", "Le timbre vaut 3 cents de plus.", "3 cents=money:0.03 EUR up"},
    {"M18", "Le timbre vaut 1,20 cent.", "1,20 cent=money:0.012 EUR"},
    {"M18", "Elle a couru trois cents mètres.", "trois cents mètres=quantity:300 m"},
};

// P01 to P09
const std::vector<Case> kPercentages = {
    {"P01", "Le taux atteint 12,5\u202f%.", "12,5\u202f%=percent:12.5 %"},
    {"P01", "Le taux atteint 12,5%.", "12,5%=percent:12.5 %"},
    {"P02", "Le taux est de 8 pour cent.", "8 pour cent=percent:8 %"},
    {"P02", "Le taux est de 8 pourcent.", "8 pourcent=percent:8 %"},
    {"P02", "Le taux est de 8 p. 100.", "8 p. 100=percent:8 %"},
    {"P02", "Le taux est de 8 p. cent.", "8 p. cent=percent:8 %"},
    {"P03", "Il est sûr à cent pour cent, même à mille pour cent.",
     "cent pour cent=percent:100 %; mille pour cent=percent:1000 %"},
    {"P04", "Le chômage gagne +0,3 point.", "+0,3 point=percent:0.3 pp up"},
    {"P04", "Le chômage varie de 0,3 point de pourcentage.",
     "0,3 point de pourcentage=percent:0.3 pp"},
    {"P04", "Le taux varie de 30 points de base.", "30 points de base=percent:0.3 pp"},
    {"P05", "Il vise entre 15 et 20 %.", "15 et 20 %=percent:15..20 %"},
    {"P05", "Il vise 15 % à 20 % des voix.", "15 % à 20 %=percent:15..20 % of=voix"},
    {"P05", "Il vise 15-20 % des voix.", "15-20 %=percent:15..20 % of=voix"},
    {"P06", "La vente accuse un recul de 3 %.", "3 %=percent:3 % down"},
    {"P06", "Le titre finit à -3 %.", "-3 %=percent:-3 %"},
    {"P06", "La vente est en hausse de 3 %.", "3 %=percent:3 % up"},
    {"P06", "Il dénonce la hausse de la taxe de 20 à 25 %.", "20=percent:20 %; 25 %=percent:25 %"},
    {"P06", "Il dénonce une hausse de 20 à 25 %.", "20 à 25 %=percent:20..25 % up"},
    {"P06", "La perte passe de 4,2 milliards à 3,6 en un an.",
     "4,2 milliards=number:4200000000; 3,6=number:3600000000; un an=duration:P1Y"},
    {"P07", "La taxe est de 3 ‰.", "3 ‰=percent:0.3 %"},
    {"P07", "Le vote séduit 30 % des 18-25 ans.",
     "30 %=percent:30 %; 18-25 ans=duration:P18Y..P25Y"},
    {"P08", "Le bus est à 100 % électrique, le vin 100 % français.",
     "100 %=percent:100 %; 100 %=percent:100 %"},
    {"P09", "Le titre rend 4 %, la dette a un taux de 3,25.", "4 %=percent:4 %; 3,25=number:3.25"},
};

// Q01 to Q13
const std::vector<Case> kQuantities = {
    {"Q01", "Il roule à 30 km/h, puis à 110 km/heure.",
     "30 km/h=quantity:30 km/h; 110 km/heure=quantity:110 km/h"},
    {"Q01", "L'air contient 120 µg/m³ de plomb, l'eau 5 g/l, l'usine 589,2 Mt/an.",
     "120 µg/m³=quantity:120 ug/m3 of=plomb; 5 g/l=quantity:5 g/l; 589,2 Mt/an=quantity:589.2 "
     "Mt/a"},
    {"Q02", "Le parc fait 12 ha, soit 12 hectares.",
     "12 ha=quantity:12 ha; 12 hectares=quantity:12 ha"},
    {"Q02", "La salle fait 660 mètres carrés, c'est-à-dire 660 m2, 660 m².",
     "660 mètres carrés=quantity:660 m2; 660 m2=quantity:660 m2; 660 m²=quantity:660 m2"},
    {"Q03", "Le site livre 20 GW et 1,5 TWh.", "20 GW=quantity:20 GW; 1,5 TWh=quantity:1.5 TWh"},
    {"Q03", "Le site émet 3,5 Mt de CO2.", "3,5 Mt=quantity:3.5 Mt of=CO2"},
    {"Q03", "Il fait 5 °C, puis 6 degrés ; il a 37,5° de fièvre.",
     "5 °C=quantity:5 Cel; 6 degrés=quantity:6 Cel; 37,5°=quantity:37.5 Cel of=fièvre"},
    {"Q04", "M. Dupuis porte plainte.", ""},
    {"Q04", "Il est tombé 3 m. de neige.", "3 m=quantity:3 m"},
    {"Q04", "Il est rentré à 3 h du matin.", "3 h du matin=time:T03:00"},
    {"Q05", "La montée finit à 1 800 mètres, soit 1 800 m.",
     "1 800 mètres=quantity:1800 m; 1 800 m=quantity:1800 m"},
    {"Q06", "Le puits donne 25 barils par jour.", "25 barils par jour=quantity:25 [bbl_us]/d"},
    {"Q06", "Le pays pompe 2 millions de barils/jour.",
     "2 millions de barils/jour=quantity:2000000 [bbl_us]/d"},
    {"Q07", "Âgé de 86 ans, Luc vit avec Zoé, 35 ans, et des enfants de 10-12 ans.",
     "86 ans=duration:P86Y; 35 ans=duration:P35Y; 10-12 ans=duration:P10Y..P12Y"},
    {"Q07", "Elle a quitté l'école à 16 ans.", "16 ans=duration:P16Y"},
    {"Q08", "Il purge une peine de dix ans dont cinq avec sursis.",
     "dix ans=duration:P10Y; cinq=duration:P5Y"},
    {"Q09", "Elle échoue pour quatre centièmes, il finit à 3 centièmes.",
     "quatre centièmes=duration:PT0.04S; 3 centièmes=duration:PT0.03S"},
    {"Q10", "Le sachet vaut 3 €, la bière fait 3 degrés d'alcool.",
     "3 €=money:3 EUR; 3 degrés=quantity:3 % of=alcool"},
    {"Q11", "2 000 soldats sont partis en 2000, à 2000 km.",
     "2 000=number:2000 of=soldats; 2000=date:2000; 2000 km=quantity:2000 km"},
    {"Q12", "Une trentaine de kilos et près de deux tonnes ont brûlé.",
     "Une trentaine de kilos=quantity:30 kg approx; deux tonnes=quantity:2 t approx"},
    {"Q13", "Le sentier fait 10 1/2 miles.", "10 1/2 miles=quantity:10.5 [mi_i]"},
};

// D01 to D45
const std::vector<Case> kDates = {
    {"D01", "Il pleuvait hier et avant-hier ; il neigera demain et après-demain.",
     "hier=date:2025-03-11; avant-hier=date:2025-03-10; demain=date:2025-03-13; "
     "après-demain=date:2025-03-14"},
    {"D02", "Le conseil a voté lundi.", "lundi=date:2025-03-10"},
    {"D02", "Le conseil votera lundi.", "lundi=date:2025-03-17"},
    {"D02", "Le conseil a voté lundi dernier et votera lundi prochain.",
     "lundi dernier=date:2025-03-10; lundi prochain=date:2025-03-17"},
    {"D03", "Le conseil a voté mercredi.", "mercredi=date:2025-03-12"},
    {"D04", "Le conseil votera lundi en huit, mardi en huit ou mercredi en huit.",
     "lundi en huit=date:2025-03-24; mardi en huit=date:2025-03-25; mercredi en "
     "huit=date:2025-03-19"},
    {"D05", "Le vote de la semaine dernière vaut pour cette semaine et la semaine prochaine.",
     "la semaine dernière=date:2025-W10; cette semaine=date:2025-W11; la semaine "
     "prochaine=date:2025-W12"},
    {"D06", "Le mois dernier, l'an dernier, l'année prochaine.",
     "Le mois dernier=date:2025-02; l'an dernier=date:2024; l'année prochaine=date:2026"},
    {"D07", "La halle a fermé il y a deux ans.", "il y a deux ans=date:2023"},
    {"D07", "La halle a fermé il y a 2 ans.", "il y a 2 ans=date:2023"},
    {"D07", "La halle a fermé il y a 1 ans.", "il y a 1 ans=date:2024"},
    {"D08", "Le bal a eu lieu le 3 février. La veille, il neigeait ; le lendemain, il gelait.",
     "3 février=date:2025-02-03; La veille=date:2025-02-02; le lendemain=date:2025-02-04"},
    {"D08", "Le bal a eu lieu le 3 février. Deux jours plus tard, il neigeait.",
     "3 février=date:2025-02-03; Deux jours=duration:P2D after"},
    {"D08", "L'usine a fermé en 2012. Elle a rouvert l'année suivante.",
     "2012=date:2012; l'année suivante=date:2013"},
    {"D09", "La halle a ouvert le 1er mars, soit 1 mars, ou premier mars.",
     "1er mars=date:2025-03-01; 1 mars=date:2025-03-01; premier mars=date:2025-03-01"},
    {"D10", "Le bal se tiendra le 5 avril.", "5 avril=date:2025-04-05"},
    {"D10", "Le bal s'est tenu le 5 avril.", "5 avril=date:2024-04-05"},
    {"D11", "Fait à Liège le 12/03/2025.", "12/03/2025=date:2025-03-12"},
    {"D11", "Fait à Liège le 12.03.2025.", "12.03.2025=date:2025-03-12"},
    {"D11", "Fait à Liège le 12-03-2025.", "12-03-2025=date:2025-03-12"},
    {"D11", "Fait à Liège le 12/03/25.", "12/03/25=date:2025-03-12"},
    {"D11", "Fait à Liège le 12.03.25.", "12.03.25=date:2025-03-12"},
    {"D11", "Fait à Liège le 2025-03-12.", "2025-03-12=date:2025-03-12"},
    {"D12", "Signé le 15.05.99, revu en juillet 98.",
     "15.05.99=date:1999-05-15; juillet 98=date:1998-07"},
    {"D13", "Le bal s'est tenu samedi 23/06/18.", "samedi 23/06/18=date:2018-06-23"},
    {"D14", "Le bal s'est tenu lundi 12 mars 2025.",
     "lundi 12 mars 2025=date:2025-03-12 !weekday-mismatch"},
    {"D15", "Le bal se tiendra le 31 avril ou le 29 février 2025.",
     "!impossible-date !impossible-date"},
    {"D16", "Le fichier porte la date 20250312.", "20250312=date:2025-03-12"},
    {"D16", "Le fichier porte le code 2882015.", ""},
    {"D17", "L'avis du T.A.S. le 10/01 le dit.", "10/01=date:2025-01-10"},
    {"D18", "La sonde vole vers Mars ; elle arrive en mars.", "mars=date:2025-03"},
    {"D18", "Le distillateur presse des marcs.", ""},
    {"D18", "Il a manifesté en mai 68.", ""},
    {"D19", "En sept. 2024, sept personnes sont parties à sept heures.",
     "sept. 2024=date:2024-09; sept=number:7 of=personnes; sept heures=time:T07:00"},
    {"D20", "Début mars, à la mi-septembre, fin 2024 et courant juin.",
     "mars=date:2025-03 start; septembre=date:2024-09 mid; 2024=date:2024 end; juin=date:2025-06 "
     "mid"},
    {"D21", "Le salon se tiendra du 4 au 6 juin.", "4 au 6 juin=date:2025-06-04..2025-06-06"},
    {"D21", "Le salon se tiendra les 15 et 16 mars.", "15 et 16 mars=date:2025-03-15..2025-03-16"},
    {"D21", "Le salon s'est tenu de lundi à mercredi.",
     "lundi à mercredi=date:2025-03-10..2025-03-12"},
    {"D21", "Le salon se tiendra en juin-juillet.", "juin-juillet=date:2025-06..2025-07"},
    {"D22", "Il a plu dans la nuit de samedi à dimanche.",
     "nuit de samedi à dimanche=date:2025-03-08TNI"},
    {"D23", "Il est parti hier soir vers 22 h.",
     "hier soir=date:2025-03-11TEV; 22 h=time:T22:00 approx"},
    {"D23", "La messe a lieu à 9 h le mardi.", "9 h=time:T09:00; mardi=date:2025-03-11"},
    {"D24", "Départ à 18 heures 30, 18h30, 18 h 30, 18:30, 18H30, 18\u00a0h\u00a030.",
     "18 heures 30=time:T18:30; 18h30=time:T18:30; 18 h 30=time:T18:30; 18:30=time:T18:30; "
     "18H30=time:T18:30; 18\u00a0h\u00a030=time:T18:30"},
    {"D25", "Il est parti à midi et demi et rentré à 0 h 30.",
     "midi et demi=time:T12:30; 0 h 30=time:T00:30"},
    {"D25", "Il était 15h passées.", "15h=time:T15:00 min"},
    {"D25", "Il est rentré à minuit.", "minuit=time:T00:00"},
    {"D26", "Le bal a débuté le 18 avril 2018 à 10 h.",
     "18 avril 2018=date:2018-04-18; 10 h=time:T10:00"},
    {"D27", "Ouvert 10h-12h, de 9 h à 11 h, entre midi et deux.",
     "10h-12h=time:T10:00..T12:00; 9 h à 11 h=time:T09:00..T11:00; midi et "
     "deux=time:T12:00..T14:00"},
    {"D28", "Il part à 8h du matin, rentre à 8h du soir.",
     "8h du matin=time:T08:00; 8h du soir=time:T20:00"},
    {"D28", "La secousse a eu lieu à 4h45 du matin.", "4h45 du matin=time:T04:45"},
    {"D29", "Le match débute à 20h00 (18h00 GMT), 20 h heure de Paris.",
     "20h00=time:T20:00; 18h00 GMT=time:T18:00Z; 20 h heure de Paris=time:T20:00"},
    {"D30", "Le 20h de TF1, 20 Minutes, France 24 et les 24 Heures du Mans.", ""},
    {"D31", "La rue du 11-Septembre et le bal du 14-Juillet.", ""},
    {"D32", "Dans les années 90, les années 1980 et le XXIe siècle.",
     "années 90=date:199; années 1980=date:198; XXIe siècle=date:20"},
    {"D32", "Le temple date du IIe siècle av. J.-C.", "IIe siècle av. J.-C.=date:BC01"},
    {"D33", "La saison 2024-2025 suit 2023/24 et l'exercice 2024/2025.",
     "2024-2025=date:2024..2025; 2023/24=date:2023..2024; 2024/2025=date:2024..2025"},
    {"D34", "Au premier trimestre, le taux a monté.", "premier trimestre=date:2025-Q1"},
    {"D34", "Au T3 2024 comme au S1 2025.", "T3 2024=date:2024-Q3; S1 2025=date:2025-H1"},
    {"D34", "Au deuxième trimestre, le bénéfice a reculé.", "deuxième trimestre=date:2024-Q2"},
    {"D35", "D'ici à 2030, avant 2030, à l'horizon 2035, depuis 2019.",
     "2030=date:2030 until; 2030=date:2030 before; 2035=date:2035; 2019=date:2019 since"},
    {"D36",
     "Le jeudi 25 septembre 2025, le rite changera ; tous les jeudis à 20 h 15, il reprendra.",
     "jeudi 25 septembre 2025=date:2025-09-25; 20 h 15=time:T20:15"},
    {"D37", "Il vient une fois par semaine, chaque été, tous les deux ans, quotidiennement.", ""},
    {"D38", "Le guichet ouvre 24 heures sur 24, 7 jours sur 7, pendant trois ans.",
     "trois ans=duration:P3Y"},
    {"D36", "Il venait boire un café le dimanche.", ""},
    {"D38", "Il est resté quelques jours, puis plusieurs semaines.",
     "quelques jours=duration:PXD approx; plusieurs semaines=duration:PXW approx"},
    {"D39", "À J-100 comme à J+2, rien ne bouge.", ""},
    {"D40", "Le vendredi 13, le club a perdu.", "vendredi 13=date:2024-12-13"},
    {"D40", "Le club a joué le 13.", "13=date:2025-02-13"},
    {"D10", "Le club a perdu à Linz, le 9 septembre.", "9 septembre=date:2024-09-09"},
    {"D10", "Le procès a été fixé au 3 juin.", "3 juin=date:2025-06-03"},
    {"D21", "Le 31 mars, ce sera le 5e lundi de mars, pas le 5e mardi de mars.",
     "31 mars=date:2025-03-31; 5e lundi de mars=date:2025-03-31"},
    {"D41", "PARIS, 12 mars (AFP) - Le club a perdu.", "12 mars=date:2025-03-12"},
    {"D42", "Après Noël 2024 viendra Pâques 2025, puis l'Ascension.",
     "Noël 2024=date:2024-12-25 after; Pâques 2025=date:2025-04-20; Ascension=date:2025-05-29"},
    {"D43", "Le décret de l'an II et celui du 1er brumaire.", ""},
    {"D44", "Le pont a rouvert un an jour pour jour après.", "un an=duration:P1Y after"},
    {"D45", "Ce matin et cette nuit, il a gelé ; ce week-end, il fera doux.",
     "Ce matin=date:2025-03-12TMO; cette nuit=date:2025-03-12TNI; ce week-end=date:2025-W11-WE"},
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(answer(c.text), c.wanted) << c.id << ": " << c.text;
}

TEST(HardFigures, Text) { check(kText); }
TEST(HardFigures, Numbers) { check(kNumbers); }
TEST(HardFigures, Money) { check(kMoney); }
TEST(HardFigures, Percentages) { check(kPercentages); }
TEST(HardFigures, Quantities) { check(kQuantities); }
TEST(HardFigures, Dates) { check(kDates); }

// T04: two flags of one letter each and a space are 9 bytes.
TEST(HardFigures, PlacesAreBytesOfTheTextAsPublished) {
  Article article;
  article.text = "\U0001F1EB\U0001F1F7 300 danseurs";
  const Document document = extract(std::move(article), rules());
  ASSERT_EQ(document.figures.size(), 1U);
  EXPECT_EQ(document.figures[0].span, (SourceSpan{9, 12}));
}

// T13: an ill-formed byte costs nothing else.
TEST(HardFigures, IllFormedBytesAreCounted) {
  Article article;
  article.text = "Le caf\xE9 vaut 3 euros.";
  const Document document = extract(std::move(article), rules());
  ASSERT_EQ(document.figures.size(), 1U);
  EXPECT_EQ(document.figures[0].span, (SourceSpan{13, 20}));
  ASSERT_EQ(document.diagnostics.size(), 1U);
  EXPECT_EQ(document.diagnostics[0].code, "ill-formed-utf8");
}

}  // namespace
}  // namespace glane
