// Quotes as a reader would mark them: what was said, by whom, with which words.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include "glane/extract.h"

namespace glane {
namespace {

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  return set;
}

std::vector<Quote> quotes_of(const std::string& text) {
  Article article;
  article.text = text;
  return extract(std::move(article), rules()).quotes;
}

// "direct|On part|Anne Dupuis|a déclaré", one a line.
std::string shown(const std::string& text) {
  std::string out;
  for (const Quote& q : quotes_of(text)) {
    if (!out.empty()) out += "\n";
    out += std::string(to_string(q.kind)) + "|" +
           text.substr(q.span.begin, q.span.end - q.span.begin) + "|" + q.speaker + "|" + q.cue;
  }
  return out;
}

struct Case {
  const char* text;
  const char* quotes;
};

void check(const Case& c) { EXPECT_EQ(shown(c.text), c.quotes) << c.text; }

TEST(Quotes, VerbAfterTheMarks) {
  const Case cases[] = {
      {"« On part », a déclaré Anne Dupuis.", "direct|On part|Anne Dupuis|a déclaré"},
      {"« On part », s'est félicité le ministre de l'Économie, Luc Petit.",
       "direct|On part|Luc Petit|s'est félicité"},
      {"« On part », se réjouit la chercheuse.", "direct|On part|la chercheuse|se réjouit"},
      {"« On part », a répliqué sur RTL le directeur.", "direct|On part|le directeur|a répliqué"},
      {"Luc Petit se tait. « On part », dit-il.", "direct|On part|il|dit"},
      {"« On part », selon une source gouvernementale.",
       "direct|On part|une source gouvernementale|selon"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, VerbBeforeTheMarks) {
  const Case cases[] = {
      {"Interrogé par l'AFP, Luc Petit répond : « On part. »", "direct|On part.|Luc Petit|répond"},
      {"Le maire, Luc Petit, a indiqué : « On part. »", "direct|On part.|Luc Petit|a indiqué"},
      {"Pour Anne Dupuis, « il faut partir ».", "direct|il faut partir|Anne Dupuis|Pour"},
      {"Anne Dupuis : « On part. »", "direct|On part.|Anne Dupuis|"},
      {"Luc Petit l'a défendu en tweetant : « Il a raison. »",
       "direct|Il a raison.|Luc Petit|en tweetant"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, AllSortsOfMarks) {
  for (const char* text :
       {"«On part», dit Luc Petit.", "« On part » , dit Luc Petit.", "“On part”, dit Luc Petit.",
        "\"On part\", dit Luc Petit.", "„On part“, dit Luc Petit.", "‹ On part ›, dit Luc Petit.",
        "<< On part >>, dit Luc Petit.", "«\u00A0On part\u202F», dit Luc Petit."}) {
    check({text, "direct|On part|Luc Petit|dit"});
  }
}

TEST(Quotes, InnerMarksBelongToTheOuterQuote) {
  const Case cases[] = {
      {"« Il m'a dit “non” hier », raconte Luc Petit.",
       "direct|Il m'a dit “non” hier|Luc Petit|raconte"},
      {"« Il a dit « non » hier », raconte Luc Petit.",
       "direct|Il a dit « non » hier|Luc Petit|raconte"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, InciseInsideTheMarksIsNotSaid) {
  const std::string text = "« On part, explique Luc Petit, parce qu'il le faut. »";
  check({text.c_str(),
         "direct|On part|Luc Petit|explique\ndirect|parce qu'il le faut.|Luc Petit|explique"});
  const std::vector<Quote> quotes = quotes_of(text);
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_TRUE(quotes[0].group.has_value());
  EXPECT_EQ(quotes[0].group, quotes[1].group);
}

TEST(Quotes, ParagraphsOfOneQuoteShareItsSpeaker) {
  const std::vector<Quote> quotes =
      quotes_of("Luc Petit explique : « On part demain.\n\n« On revient plus tard. »");
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_EQ(quotes[1].speaker, "Luc Petit");
  EXPECT_EQ(quotes[0].group, quotes[1].group);
}

TEST(Quotes, UnclosedMarkCostsItsParagraphAtMost) {
  const std::string found =
      shown("Luc Petit explique : « On part demain.\n\n« On reste », a dit Anne Dupuis.");
  EXPECT_NE(found.find("direct|On reste|Anne Dupuis|a dit"), std::string::npos) << found;
}

TEST(Quotes, SentenceInMarksGoesOnSpeaking) {
  const std::vector<Quote> quotes =
      quotes_of("« On part », a dit Luc Petit. « On revient demain. »");
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_EQ(quotes[1].speaker, "Luc Petit");
  EXPECT_EQ(quotes[1].cue, "");
  EXPECT_FALSE(quotes[1].group.has_value());
}

TEST(Quotes, DashOpensTheAnswerOfAnInterview) {
  check({"La directrice, Anne Dupuis, se confie.\n\nPourquoi continuer ?\n– Parce qu'il le faut.",
         "direct|Parce qu'il le faut.|Anne Dupuis|"});
  check({"Le projet prévoit :\n- une usine de recyclage ;\n- la création d'emplois.", ""});
}

TEST(Quotes, ReportedClauses) {
  const Case cases[] = {
      {"Luc Petit a déclaré que la loi passerait.",
       "indirect|la loi passerait|Luc Petit|a déclaré"},
      {"Luc Petit a demandé si la loi passerait.", "indirect|la loi passerait|Luc Petit|a demandé"},
      {"Selon Anne Dupuis, la loi passera.", "indirect|la loi passera|Anne Dupuis|Selon"},
      {"D'après Anne Dupuis, députée du Rhône, la loi passera.",
       "indirect|la loi passera|Anne Dupuis|D'après"},
      {"Le texte sera voté en mai, a annoncé Luc Petit.",
       "indirect|Le texte sera voté en mai|Luc Petit|a annoncé"},
      {"Lyon, 7 mai 2025 – Le texte sera voté en mai, a annoncé Luc Petit.",
       "indirect|Le texte sera voté en mai|Luc Petit|a annoncé"},
      {"Un fonds est débloqué depuis lundi, assure-t-on à la préfecture.",
       "indirect|Un fonds est débloqué depuis lundi|la préfecture|assure-t-on"},
      {"Luc Petit assure que la loi passera et rappelle que le temps presse.",
       "indirect|la loi passera|Luc Petit|assure\nindirect|le temps presse|Luc Petit|rappelle"},
      {"« Oui », a dit Anne Dupuis, en ajoutant que rien ne pressait.",
       "partial|Oui|Anne Dupuis|a dit\nindirect|rien ne pressait|Anne Dupuis|en ajoutant"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, NobodyAssertsThat) {
  for (const char* text :
       {"Luc Petit n'a pas dit que la loi passerait.", "Il faut que la loi passe.",
        "On dit que la loi passera.", "Luc Petit sait que la loi passera.",
        "Luc Petit avoue avoir tué.", "Il est dit que la loi passera.",
        "Le film « Anatomie » sort mercredi.", "Le quotidien « Le Monde » paraît le soir.",
        "Les « gilets jaunes » défilent.", "La victime d'un vol dit « à l'eau » se tait.",
        "Il mesure 5'10\" et son écran 12\"."}) {
    check({text, ""});
  }
}

TEST(Quotes, FragmentsArePartial) {
  const Case cases[] = {
      {"Luc Petit dénonce une « attaque sans précédent ».",
       "partial|attaque sans précédent|Luc Petit|dénonce"},
      {"Luc Petit a assuré vouloir « agir vite ».", "partial|agir vite|Luc Petit|a assuré"},
      {"La préfète, accusée par Luc Petit d'être « lâche », se tait.",
       "partial|lâche|Luc Petit|accusée"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, ModalityIsTold) {
  const std::vector<Quote> rumour = quotes_of("L'élu aurait déclaré : « On part. »");
  ASSERT_EQ(rumour.size(), 1U);
  EXPECT_EQ(rumour[0].modality, Modality::unconfirmed);
  const std::vector<Quote> denial = quotes_of("Luc Petit a démenti que la loi soit morte.");
  ASSERT_EQ(denial.size(), 1U);
  EXPECT_EQ(denial[0].modality, Modality::denied);
}

TEST(Quotes, PronounsAndDescriptionsAreResolved) {
  const struct {
    const char* text;
    const char* name;
  } cases[] = {
      {"La ministre Anne Dupuis a reçu Luc Petit. « On part », a-t-elle dit.", "Anne Dupuis"},
      {"La ministre Anne Dupuis a reçu Luc Petit. « On part », a-t-il dit.", "Luc Petit"},
      {"Le maire, Luc Petit, est venu avec Anne Dupuis. Le maire a dit : « On part. »",
       "Luc Petit"},
      {"Luc Petit est venu. L'élu a dit que la loi passerait.", "Luc Petit"},
      {"Luc Petit est venu. Une voisine a dit que la loi passerait.", ""},
      // a title finds whom it introduced, also after a change of topic
      {"L'entraîneur de Guingamp, Luc Petit, se tait. À Brest, Marc Dupuis a marqué. L'entraîneur "
       "guingampais a dit que rien n'allait.",
       "Luc Petit"},
      {"Le maire, Luc Petit, est venu. L'avocate Anne Dupuis aussi. Le maire a dit : « On part. »",
       "Luc Petit"},
      {"Le Premier ministre, Luc Petit, est venu. Le chef du gouvernement a dit : « On part. »",
       "Luc Petit"},
      {"En face, Marc Dupuis était partagé. « On part », regrettait l'entraîneur du Progrès.",
       "Marc Dupuis"},
      {"Luc Petit a été blessé. « Il ira mieux », a dit le porte-parole de la police.", ""},
      {"Luc Petit a reçu Marc Dupuis. Ce dernier a dit : « On part. »", "Marc Dupuis"},
      {"« On part », a indiqué la commune de Gryon.", "commune de Gryon"},
  };
  for (const auto& c : cases) {
    const std::vector<Quote> quotes = quotes_of(c.text);
    ASSERT_EQ(quotes.size(), 1U) << c.text;
    EXPECT_EQ(quotes[0].speaker_name, c.name) << c.text;
  }
}

TEST(Quotes, WhoeverSpeaksIsTheSubject) {
  const Case cases[] = {
      {"Luc Petit, le ministre des Finances, a dit que la loi passerait.",
       "indirect|la loi passerait|Luc Petit|a dit"},
      {"Le parquet confirme que les faits sont graves, et précise qu'une enquête est ouverte.",
       "indirect|les faits sont graves|Le parquet|confirme\n"
       "indirect|une enquête est ouverte|Le parquet|précise"},
      {"Le texte, qualifié de « honte nationale » par Luc Petit, est mort.",
       "partial|honte nationale|Luc Petit|qualifié"},
      {"Le délai indique que la matière manque, ce qui montre que rien n'est sûr.", ""},
      {"Pour la première fois, la loi passera.", ""},
      {"Les prix varient selon la saison.", ""},
      {"Le texte prévoit que chaque région décide.", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, TheMediumDoesNotSpeak) {
  for (const char* text : {"Luc Petit a confié au Monde que la loi passerait.",
                           "Luc Petit a dit à l'AFP que la loi passerait.",
                           "Luc Petit a expliqué sur BFMTV que la loi passerait."}) {
    const std::vector<Quote> quotes = quotes_of(text);
    ASSERT_EQ(quotes.size(), 1U) << text;
    EXPECT_EQ(quotes[0].speaker, "Luc Petit") << text;
  }
}

TEST(Quotes, TheMediumIsTold) {
  const struct {
    const char* text;
    const char* medium;
  } cases[] = {
      {"Luc Petit a confié au Monde que la loi passerait.", "Monde"},
      {"Luc Petit a dit à l'AFP que la loi passerait.", "AFP"},
      {"« On part », a estimé Luc Petit, ministre de l'Économie, sur BFMTV.", "BFMTV"},
      {"Interrogé par l'AFP, Luc Petit répond : « On part. »", "AFP"},
      {"Sur X, Luc Petit a dénoncé « une mascarade ».", "X"},
      {"Dans un communiqué, le parquet dément que la loi soit morte.", "un communiqué"},
      {"Luc Petit a dit à Anne Dupuis que la loi passerait.", ""},
      {"Luc Petit est venu à l'AFP. Il a dit que la loi passerait.", ""},
  };
  for (const auto& c : cases) {
    const std::vector<Quote> quotes = quotes_of(c.text);
    ASSERT_EQ(quotes.size(), 1U) << c.text;
    EXPECT_EQ(quotes[0].medium, c.medium) << c.text;
    EXPECT_NE(quotes[0].speaker, quotes[0].medium) << c.text;
  }
}

TEST(Quotes, WhoeverGoesOnIsInferred) {
  const std::vector<Quote> quotes =
      quotes_of("« On part », a dit Luc Petit. « On revient demain. »");
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_FALSE(quotes[0].inferred);
  EXPECT_TRUE(quotes[1].inferred);
  EXPECT_EQ(quotes[1].speaker_name, "Luc Petit");
}

TEST(Quotes, DashesOfADialogue) {
  check(
      {"L'audience s'ouvre.\n— Vous reconnaissez les faits ? demande la présidente.\n"
       "— Oui, mais je n'étais pas seul, répond le prévenu.",
       "direct|Vous reconnaissez les faits ?|la présidente|demande\n"
       "direct|Oui, mais je n'étais pas seul|le prévenu|répond"});
}

TEST(Quotes, LabelsOfAnInterview) {
  check(
      {"Le Temps : Pourquoi partir ?\nAnne Dupuis : J'ai fait mon temps.\n"
       "Le Temps : Et après ?\nAnne Dupuis : Je verrai bien.",
       "direct|J'ai fait mon temps.|Anne Dupuis|\ndirect|Je verrai bien.|Anne Dupuis|"});
  check({"Lieu : Mons.\nDate : lundi.\nLieu : Namur.", ""});
}

TEST(Quotes, TwoSourcesOfOneSentence) {
  check({"Ils étaient 900 selon la police, 1 200 d'après les organisateurs.",
         "indirect|Ils étaient 900|la police|selon\nindirect|1 200|les organisateurs|d'après"});
  check({"Luc Petit a promis que l'école ouvrirait, mais Anne Dupuis répète que rien n'est fixé.",
         "indirect|l'école ouvrirait|Luc Petit|a promis\n"
         "indirect|rien n'est fixé|Anne Dupuis|répète"});
}

TEST(Quotes, SourcesOfFiguresAndClauses) {
  const Case cases[] = {
      {"Les élèves, 900 selon la police, 2 000 selon les syndicats, ont marché.",
       "indirect|900|la police|selon\nindirect|2 000|les syndicats|selon"},
      {"Selon le parquet, l'homme a fui, mais selon son avocat, il dormait.",
       "indirect|l'homme a fui|le parquet|Selon\nindirect|il dormait|son avocat|selon"},
      {"Les prix baissent selon la saison.", ""},
      {"D'après les critères du jury, il faut nager vite.", ""},
      {"Impossible, pour Luc Petit, de repartir.", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, FragmentsWithoutAVerbOfSpeech) {
  const Case cases[] = {
      {"Luc Petit veut « limiter les dégâts du gel ».",
       "partial|limiter les dégâts du gel|Luc Petit|"},
      {"La maire Anne Dupuis est « effarée par cette décision ».",
       "partial|effarée par cette décision|Anne Dupuis|"},
      {"Luc Petit mesure la « conscience de soi » des singes.", ""},
      {"Luc Petit dirige le colloque intitulé « pour une école sans notes ».", ""},
      {"« Je reste ici ! » Le maire Luc Petit ne cède pas.", "direct|Je reste ici !|Luc Petit|"},
      {"Même refus chez les libraires : « On tient bon. »", "direct|On tient bon.|les libraires|"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Quotes, WhoStandsBehindAName) {
  const auto name_of = [](const std::string& text) {
    const std::vector<Quote> quotes = quotes_of(text);
    return quotes.empty() ? std::string("no quote") : quotes.back().speaker_name;
  };
  EXPECT_EQ(name_of("Luc Petit arrive. « Il pleut », dit un passant. « Il vente », ajoute-t-il."),
            "");
  EXPECT_EQ(name_of("Luc Petit arrive. « Il pleut », dit-il."), "Luc Petit");
  EXPECT_EQ(name_of("Le maire, Luc Petit, a été remplacé, la loi étant selon lui mauvaise."),
            "Luc Petit");
  EXPECT_EQ(name_of("Rencontre avec Anne Dupuis, élue.\n\nPourquoi ?\n\nAnne Dupuis : On verra."
                    "\n\nEt après ?\n\nA. D. : Nous partirons."),
            "Anne Dupuis");
}

TEST(Quotes, LabelsOfInterviews) {
  const Case cases[] = {
      {"Pourquoi ?\n\nAnne Dupuis. – On verra.\n\nEt après ?\n\nA. Dupuis. – Rien.",
       "direct|On verra.|Anne Dupuis|\ndirect|Rien.|A. Dupuis|"},
      {"Luc Petit : La loi est bonne.\n\nAnne Dupuis : Non.\n\nLuc Petit : Si.\n\n"
       "Anne Dupuis : Jamais.",
       "direct|La loi est bonne.|Luc Petit|\ndirect|Non.|Anne Dupuis|\n"
       "direct|Si.|Luc Petit|\ndirect|Jamais.|Anne Dupuis|"},
      {"Nantes : Salif.\n\nBrest : Le Gall.\n\nArbitre : M. Chabot.", ""},
  };
  for (const Case& c : cases) check(c);
}

std::vector<std::string> complaints_of(const std::string& text) {
  Article article;
  article.text = text;
  std::vector<std::string> out;
  for (const Diagnostic& d : extract(std::move(article), rules()).diagnostics) {
    out.push_back(d.code + "@" + std::to_string(d.span.begin));
  }
  return out;
}

TEST(Quotes, AnUnclosedMarkIsTold) {
  using Complaints = std::vector<std::string>;
  EXPECT_EQ(complaints_of("Il dit : « On part.\nOn reste."), Complaints{"unclosed-quote@9"});
  EXPECT_EQ(complaints_of("Il dit : « On part. »"), Complaints{});
  EXPECT_EQ(complaints_of("Il dit : « On part.\n« On reste. »"), Complaints{});
  EXPECT_EQ(complaints_of("Un écran de 55\" et rien d'autre."), Complaints{});
}

double seconds_for(const std::string& text) {
  double least = 1e9;  // of processor time, so that a busy machine does not count
  for (int turn = 0; turn < 2; ++turn) {
    const std::clock_t start = std::clock();
    quotes_of(text);
    least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return least;
}

// Twice the text takes about twice the time, whatever the marks. Memory that was given back is
// kept, as the program does (command/main.cpp): what the kernel takes for fresh pages is not ours.
TEST(Quotes, TimeIsLinear) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
  for (const char* piece :
       {"«", "\"", "« mot ", "« mot “ mot \" mot ‹ mot\n", "— Oui, dit Luc ?\n", "Luc : non\n",
        "selon le ministre, ", "selon la police, 12 000 d'après ",
        "Luc Petit a dit que la loi passerait, ", "le ministre ( "}) {
    std::string half;
    while (half.size() < 200'000) half += piece;
    const double once = seconds_for(half);
    const double twice = seconds_for(half + half);
    EXPECT_LT(twice, 3 * once + 0.02) << piece << ": " << once << " s, then " << twice << " s";
  }
}

TEST(Quotes, AMegabyteOfMarksIsRead) {
  std::string marks;
  while (marks.size() < 1'000'000) marks += "«";
  EXPECT_LT(seconds_for(marks), 20.0);
  std::string unbalanced;
  for (int i = 0; i < 5'000; ++i) unbalanced += "« mot » mot » ";
  EXPECT_LT(seconds_for(unbalanced), 5.0);
}

}  // namespace
}  // namespace glane
