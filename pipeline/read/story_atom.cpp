#include "read/html_text.h"
#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

namespace {

// A text construct: plain, escaped HTML, or XHTML in a <div>.
std::string construct_to_text(pugi::xml_node node) {
  const std::string_view type = node.attribute("type").value();
  if (type == "xhtml" || type.find("xml") != type.npos) return markup_to_text(node);
  if (type == "html" || type == "text/html") return html_to_text(text_of(node));
  TextBuilder text;
  text.lines(text_of(node));
  return text.take();
}

void read_link(pugi::xml_node link, Story& story) {
  const std::string_view rel = link.attribute("rel").value();
  if (rel.empty() || rel == "alternate") story.url = link.attribute("href").value();
}

void read_child(pugi::xml_node child, Story& story) {
  const std::string_view name = local_name(child);
  if (name == "id") story.id = text_of(child);
  if (name == "title") story.title = construct_to_text(child);
  if (name == "summary") story.lead = construct_to_text(child);
  if (name == "content" && child.attribute("src").empty()) story.body = construct_to_text(child);
  if (name == "published") story.date = text_of(child);
  if (name == "author") story.authors.push_back(text_of(child_named(child, "name")));
  if (name == "category") story.keywords.emplace_back(child.attribute("term").value());
  if (name == "source") story.source = construct_to_text(child_named(child, "title"));
  if (name == "link") read_link(child, story);
}

}  // namespace

Story read_atom_entry(pugi::xml_node entry, const FileHead& head) {
  Story story;
  for (const pugi::xml_node child : entry.children()) {
    const bool prefixed = std::string_view(child.name()).find(':') != std::string_view::npos;
    const bool atom =
        !prefixed || namespace_of(child, head.namespaces).find("Atom") != std::string_view::npos;
    if (child.type() == pugi::node_element && atom) read_child(child, story);
  }
  if (story.date.empty()) story.date = text_of(child_named(entry, "updated"));
  // The summary is a text of its own, not the first paragraph.
  if (story.body.empty()) story.body = std::move(story.lead);
  story.lead.clear();
  story.language = language_of(child_named(entry, "content"));
  if (story.language.empty()) story.language = language_of(entry);
  if (story.language.empty()) story.language = head.language;
  if (story.source.empty()) story.source = head.title;
  return story;
}

}  // namespace glane
