// What the formats of feeds have in common, and the article that is made of it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "read/source.h"

namespace glane {

// How a file of many items is written.
enum class Vocabulary : std::uint8_t { rss, atom, newsml, newsml_g2, nitf, json };

// What stands before the items of a file and holds for all of them.
struct FileHead {
  Vocabulary vocabulary = Vocabulary::rss;
  std::string charset = {};                                          // as declared, or empty
  std::vector<std::pair<std::string, std::string>> namespaces = {};  // prefix → URI
  std::string title = {};                                            // of the feed
  std::string language = {};
  std::string link = {};
  std::vector<Diagnostic> diagnostics = {};  // told of each item

  FieldMap fields = {};                             // JSON Lines: where fields stand
  char delimiter = ',';                             // CSV
  std::vector<std::string> names = {};              // its columns
  std::map<std::string, std::size_t> columns = {};  // field of an article → column
};

// One item of a feed, its fields as text.
struct Story {
  std::string id = {};
  std::string title = {};
  std::string lead = {};
  std::string body = {};
  std::string date = {};  // as written
  std::string language = {};
  std::string source = {};
  std::string url = {};
  std::vector<std::string> authors = {};
  std::vector<std::string> keywords = {};
};

// text: title, blank line, lead, blank line, body. A title or a lead that the body begins with
// is not written twice. Without an id it is the place; without a source too. url, authors and
// keywords go to Article::meta. Refused when there is no text.
ParsedRecord make_article(Story story, Place place);

// Without an id or a source these are the place. The day is read from date_text; when it is no
// date, a diagnostic tells.
void complete(ParsedRecord& parsed);

ParsedRecord refuse(Place place, std::string reason);

}  // namespace glane
