// Every day from 1900 to 2100 in each form in which newspapers write a whole date, through the
// whole pipeline, must come back as itself: 73 414 days in nine forms. Two figures for the
// year are read for 1950 to 2049, the years they stand for.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "glane/extract.h"
#include "interpret/calendar.h"

namespace glane {
namespace {

const RuleSet& rules() {
  static const RuleSet set = RuleSet::load(std::string(GLANE_SOURCE_DIR) + "/rules");
  return set;
}

constexpr std::array kMonths = {"janvier",   "février", "mars",     "avril",
                                "mai",       "juin",    "juillet",  "août",
                                "septembre", "octobre", "novembre", "décembre"};
constexpr std::array kShortMonths = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                     "juil.", "août",  "sept.", "oct.", "nov.", "déc."};
constexpr std::array kWeekdays = {"lundi",    "mardi",  "mercredi", "jeudi",
                                  "vendredi", "samedi", "dimanche"};
constexpr std::array kDays = {
    "",           "premier",     "deux",       "trois",       "quatre",
    "cinq",       "six",         "sept",       "huit",        "neuf",
    "dix",        "onze",        "douze",      "treize",      "quatorze",
    "quinze",     "seize",       "dix-sept",   "dix-huit",    "dix-neuf",
    "vingt",      "vingt et un", "vingt-deux", "vingt-trois", "vingt-quatre",
    "vingt-cinq", "vingt-six",   "vingt-sept", "vingt-huit",  "vingt-neuf",
    "trente",     "trente et un"};

std::string number(int value) { return std::to_string(value); }
std::string two(int value) { return (value < 10 ? "0" : "") + number(value); }
std::string iso(const Date& d) { return number(d.year) + '-' + two(d.month) + '-' + two(d.day); }
std::string day(const Date& d) { return d.day == 1 ? "1er" : number(d.day); }
std::string month(const Date& d) { return kMonths[static_cast<std::size_t>(d.month - 1)]; }
std::string weekday(const Date& d) {
  return kWeekdays[static_cast<std::size_t>(weekday_of(day_number(d)) - 1)];
}

struct Form {
  const char* name;
  std::function<std::string(const Date&)> write;
  int first = 1900;
  int last = 2100;
};

std::string numeric(const Date& d, char mark) {
  return two(d.day) + mark + two(d.month) + mark + number(d.year);
}

const std::vector<Form>& forms() {
  static const std::vector<Form> all = {
      {"month", [](const Date& d) { return day(d) + ' ' + month(d) + ' ' + number(d.year); }},
      {"weekday",
       [](const Date& d) {
         return weekday(d) + ' ' + day(d) + ' ' + month(d) + ' ' + number(d.year);
       }},
      {"short month",
       [](const Date& d) {
         return day(d) + ' ' + kShortMonths[static_cast<std::size_t>(d.month - 1)] + ' ' +
                number(d.year);
       }},
      {"day in words",
       [](const Date& d) {
         return std::string(kDays[static_cast<std::size_t>(d.day)]) + ' ' + month(d) + ' ' +
                number(d.year);
       }},
      {"slashes", [](const Date& d) { return numeric(d, '/'); }},
      {"dots", [](const Date& d) { return numeric(d, '.'); }},
      {"hyphens", [](const Date& d) { return numeric(d, '-'); }},
      {"two figures",
       [](const Date& d) { return two(d.day) + '/' + two(d.month) + '/' + two(d.year % 100); },
       1950, 2049},
      {"ISO", iso},
  };
  return all;
}

// One article a year, a sentence a day.
void check_year(const Form& form, int year, int& failures) {
  Article article;
  std::vector<std::string> wanted;
  for (DayNumber d = day_number({year, 1, 1}); d < day_number({year + 1, 1, 1}); ++d) {
    wanted.push_back(form.write(date_of(d)) + " = " + iso(date_of(d)));
    article.text += "Le pont fut rouvert le " + form.write(date_of(d)) + ".\n";
  }
  const Document document =
      extract(std::move(article), rules(), {.entities = false, .quotes = false});
  std::vector<std::string> found;
  for (const Figure& figure : document.figures) {
    const SourceSpan span = figure.span;
    const auto* value = figure.value ? std::get_if<std::string>(&*figure.value) : nullptr;
    found.push_back(document.article.text.substr(span.begin, span.end - span.begin) + " = " +
                    (value != nullptr ? *value : "no date"));
  }
  if (found == wanted) return;
  for (std::size_t i = 0; i < std::max(found.size(), wanted.size()) && failures < 10; ++i) {
    const std::string one = i < found.size() ? found[i] : "nothing";
    const std::string other = i < wanted.size() ? wanted[i] : "nothing";
    if (one == other) continue;
    ADD_FAILURE() << form.name << ": " << other << ", found " << one;
    ++failures;
  }
}

class WrittenDates : public testing::TestWithParam<std::size_t> {};

TEST_P(WrittenDates, ReturnThemselves) {
  const Form& form = forms()[GetParam()];
  int failures = 0;
  for (int year = form.first; year <= form.last && failures == 0; ++year)
    check_year(form, year, failures);
}

INSTANTIATE_TEST_SUITE_P(Forms, WrittenDates, testing::Range<std::size_t>(0, 9));

}  // namespace
}  // namespace glane
