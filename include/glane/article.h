// What the pipeline reads: one article, as a feed published it.
#pragma once

#include <optional>
#include <string>

namespace glane {

// A calendar day of the proleptic Gregorian calendar.
struct Date {
  int year = 0;
  int month = 0;  // 1…12
  int day = 0;    // 1…31

  friend bool operator==(const Date&, const Date&) = default;
};

// Reads "YYYY-MM-DD", alone or as the start of a longer ISO 8601 time stamp.
// Nothing when the text has another form or names a day that does not exist.
std::optional<Date> parse_date(const std::string& iso);

struct Article {
  std::string id;
  std::string title;         // empty when the feed has none; offsets never refer to it
  std::string text;          // UTF-8, exactly as published; may hold ill-formed bytes
  std::optional<Date> date;  // publication day, the anchor of "hier" and "mardi"
  std::string date_text;     // the date as the feed wrote it, given back unchanged
  std::string language;      // BCP 47 tag, empty when unknown
  std::string source;        // where it was read: a path, or a path and line
  std::string meta;          // a JSON object of fields that glane passes through, or empty
};

}  // namespace glane
