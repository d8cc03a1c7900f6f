#include "read/html_text.h"
#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

namespace {

// What a party or a concept is called: its name, else its literal, else its code.
std::string name_of(pugi::xml_node node) {
  std::string name = markup_to_text(child_named(node, "name"));
  if (name.empty()) name = node.attribute("literal").value();
  if (!name.empty()) return name;
  const std::string code = node.attribute("qcode").value();
  return code.substr(code.find(':') + 1);
}

std::string body_of(pugi::xml_node inline_xml, Story& story) {
  if (const auto nitf = child_named(inline_xml, "nitf")) {
    Story inner = read_nitf(nitf);
    if (story.title.empty()) story.title = inner.title;
    story.lead = inner.lead;
    return inner.body;
  }
  if (const auto body = find_named(inline_xml, "body")) return content_to_text(body);
  return content_to_text(inline_xml);
}

void read_content(pugi::xml_node set, Story& story) {
  for (const pugi::xml_node part : set.children()) {
    const std::string_view name = local_name(part);
    if (!story.body.empty()) return;
    if (name == "inlineXML") story.body = body_of(part, story);
    if (name == "inlineData") story.body = html_to_text(text_of(part));
    if (!story.body.empty()) story.language = language_of(part);
  }
}

void read_content_meta(pugi::xml_node meta, Story& story) {
  for (const pugi::xml_node child : meta.children()) {
    const std::string_view name = local_name(child);
    if (name == "headline" && story.title.empty()) story.title = content_to_text(child);
    if (name == "by") story.authors.push_back(markup_to_text(child));
    if (name == "keyword") story.keywords.push_back(markup_to_text(child));
    if (name == "language") story.language = child.attribute("tag").value();
  }
  if (!story.authors.empty()) return;
  if (const auto creator = child_named(meta, "creator")) story.authors.push_back(name_of(creator));
}

}  // namespace

Story read_g2_item(pugi::xml_node item) {
  const pugi::xml_node item_meta = child_named(item, "itemMeta");
  const pugi::xml_node content_meta = child_named(item, "contentMeta");
  Story story{.id = item.attribute("guid").value()};
  if (const auto version = item.attribute("version"); version && !story.id.empty()) {
    story.id += std::string(":") + version.value();
  }
  read_content(child_named(item, "contentSet"), story);
  const bool has_text = !story.body.empty();
  if (has_text) read_content_meta(content_meta, story);
  if (story.language.empty()) story.language = language_of(item);
  for (const char* name : {"versionCreated", "firstCreated"}) {
    if (story.date.empty()) story.date = text_of(child_named(item_meta, name));
  }
  if (story.date.empty()) story.date = text_of(child_named(content_meta, "contentCreated"));
  story.source = name_of(child_named(item_meta, "provider"));
  if (story.source.empty()) story.source = name_of(child_named(content_meta, "infoSource"));
  return story;
}

}  // namespace glane
