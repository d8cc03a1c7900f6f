// A page of HTML: what it says about itself, and its article without all that stands around.
#pragma once

#include <libxml/HTMLparser.h>

#include <string>
#include <string_view>

#include "read/story.h"

namespace glane {

std::string attribute_of(const xmlNode* node, const char* name);
std::string name_of(const xmlNode* element);  // in lower case

// Title, day, language, authors, address and publisher: JSON-LD first (NewsArticle and its
// kin), then og: and article: of <meta>, then the elements of the page. story.body is
// articleBody of JSON-LD, plain text, mostly empty.
Story read_page_fields(const xmlDoc& page);

// The text of the article. Scripts, menus, headers and footers of the page, asides, forms,
// figures and what its class, id or role calls a banner, a newsletter, a consent, a list of
// related articles, … are left out; then the element with most running text (in paragraphs,
// not in links) is taken, [itemprop=articleBody] and <article> before others. Of its
// paragraphs, lists of links and calls to subscribe, to share, to accept cookies go too.
std::string read_page_text(const xmlDoc& page);

}  // namespace glane
