// The vocabularies of stories in JSON, told apart by their keys.
#pragma once

#include <string_view>

#include "read/story.h"

namespace glane {

// What stands before the items: title, language, home_page_url of a JSON Feed.
void read_json_head(std::string_view object, FileHead& head);

// An object in any of:
//   JSON Feed 1    content_html or content_text; id, title, date_published, language, authors
//   AFP's API      news, a list of paragraphs; uno, headline (else the first of news), published
//   ninjs 1 to 3   headline(s), body_xhtml, body_html, body_text, bodies; uri:version,
//                  versionCreated, language, by
// and as one of JSON Lines, when it has a "text".
// See parse_json in formats.h.

}  // namespace glane
