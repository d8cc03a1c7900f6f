#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

Story read_nitf(pugi::xml_node nitf) {
  const pugi::xml_node head = child_named(nitf, "head");
  const pugi::xml_node data = find_named(head, "docdata");
  const pugi::xml_node body = child_named(nitf, "body");
  const pugi::xml_node body_head = child_named(body, "body.head");
  Story story;
  story.id = child_named(data, "doc-id").attribute("id-string").value();
  story.source = child_named(data, "doc.copyright").attribute("holder").value();
  if (story.source.empty()) story.source = child_named(data, "doc-id").attribute("regsrc").value();
  story.date = child_named(data, "date.issue").attribute("norm").value();
  if (story.date.empty()) story.date = child_named(data, "date.release").attribute("norm").value();
  for (const pugi::xml_node keyword : child_named(data, "key-list").children()) {
    story.keywords.emplace_back(keyword.attribute("key").value());
  }
  story.title = markup_to_text(find_named(child_named(body_head, "hedline"), "hl1"));
  if (story.title.empty()) story.title = markup_to_text(child_named(head, "title"));
  if (const auto byline = child_named(body_head, "byline")) {
    const pugi::xml_node person = find_named(byline, "person");
    story.authors.push_back(markup_to_text(person ? person : byline));
  }
  story.lead = content_to_text(child_named(body_head, "abstract"));
  story.body = content_to_text(child_named(body, "body.content"));
  story.language = language_of(body);
  return story;
}

}  // namespace glane
