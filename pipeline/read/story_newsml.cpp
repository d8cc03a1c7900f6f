#include <algorithm>

#include "read/html_text.h"
#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

namespace {

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return text;
}

std::string formal_name(pugi::xml_node node) { return node.attribute("FormalName").value(); }

// A component that holds text itself.
struct Part {
  pugi::xml_node component;
  pugi::xml_node content;  // its DataContent
  std::string role;        // in lower case; of the nearest component that has one
  std::string language;
};

std::string role_of(pugi::xml_node component) {
  for (pugi::xml_node at = component; at; at = at.parent()) {
    if (local_name(at) != "NewsComponent") break;
    const std::string role = formal_name(child_named(at, "Role"));
    if (!role.empty()) return lower(role);
  }
  return {};
}

std::string language_of_component(pugi::xml_node component) {
  const pugi::xml_node described = child_named(component, "DescriptiveMetadata");
  const std::string language = formal_name(child_named(described, "Language"));
  return language.empty() ? language_of(component) : language;
}

// Pictures, their captions, sounds and lists of links are no text of the story.
bool is_text(const std::string& role, pugi::xml_node content_item) {
  static constexpr std::string_view kOther[] = {"caption", "picture",   "photo", "image",
                                                "graphic", "thumbnail", "video", "audio",
                                                "sound",   "quicklook", "link"};
  const std::string media = lower(formal_name(child_named(content_item, "MediaType")));
  if (!media.empty() && media != "text" && media != "complexdata") return false;
  return std::none_of(std::begin(kOther), std::end(kOther), [&](std::string_view other) {
    return role.find(other) != std::string::npos;
  });
}

void collect(pugi::xml_node component, std::vector<Part>& parts) {
  for (const pugi::xml_node child : component.children()) {
    if (local_name(child) == "NewsComponent") collect(child, parts);
    if (local_name(child) != "ContentItem") continue;
    const pugi::xml_node content = child_named(child, "DataContent");
    std::string role = role_of(component);
    if (!content || !is_text(role, child)) continue;
    parts.push_back({component, content, std::move(role), language_of_component(component)});
  }
}

// One story in French and in Dutch is one item: the French one is ours.
void keep_one_language(std::vector<Part>& parts) {
  const auto french = [](const Part& part) { return lower(part.language).starts_with("fr"); };
  if (std::none_of(parts.begin(), parts.end(), french)) return;
  std::erase_if(parts, [&](const Part& part) { return !part.language.empty() && !french(part); });
}

// The body alone of a whole NITF or HTML document in the content.
std::string text_of_content(pugi::xml_node content, std::string& title) {
  if (title.empty()) title = markup_to_text(find_named(content, "hl1"));
  if (const auto body = find_named(content, "body.content")) return content_to_text(body);
  return content_to_text(content);
}

void append_paragraph(const std::string& paragraph, std::string& text) {
  if (!text.empty() && !paragraph.empty()) text += "\n\n";
  text += paragraph;
}

void read_parts(const std::vector<Part>& parts, Story& story) {
  std::string title;
  for (const Part& part : parts) {
    std::string inner_title;
    const std::string text = text_of_content(part.content, inner_title);
    if (title.empty()) title = inner_title;
    if (part.role == "title" || part.role == "headline") {
      title = text;
    } else if (part.role == "lead" || part.role == "abstract" || part.role == "summary") {
      append_paragraph(text, story.lead);
    } else {
      append_paragraph(text, story.body);
    }
    if (story.language.empty()) story.language = part.language;
  }
  if (!title.empty()) story.title = title;
}

// The nearest of that name: in the part's own component, else in those around it.
pugi::xml_node nearest(pugi::xml_node component, std::string_view block, std::string_view name) {
  for (pugi::xml_node at = component; at; at = at.parent()) {
    const pugi::xml_node found = child_named(child_named(at, block), name);
    if (found) return found;
  }
  return {};
}

std::string party(pugi::xml_node component, std::string_view role) {
  for (pugi::xml_node at = component; at; at = at.parent()) {
    const pugi::xml_node metadata = child_named(at, "AdministrativeMetadata");
    const std::string name = formal_name(child_named(child_named(metadata, role), "Party"));
    if (!name.empty()) return name;
  }
  return {};
}

void read_component(pugi::xml_node component, Story& story) {
  if (story.title.empty()) {
    story.title = html_to_text(text_of(nearest(component, "NewsLines", "HeadLine")));
  }
  story.authors.push_back(html_to_text(text_of(nearest(component, "NewsLines", "ByLine"))));
  story.source = party(component, "Provider");
  if (story.source.empty()) story.source = party(component, "Source");
  for (pugi::xml_node at = component; at; at = at.parent()) {
    for (const pugi::xml_node line : child_named(at, "NewsLines").children()) {
      if (local_name(line) == "KeywordLine") story.keywords.push_back(text_of(line));
    }
    for (const pugi::xml_node property : child_named(at, "DescriptiveMetadata").children()) {
      if (formal_name(property) != "Keyword") continue;
      story.keywords.emplace_back(property.attribute("Value").value());
    }
  }
}

std::string identifier_of(pugi::xml_node item) {
  const pugi::xml_node identifier =
      find_named(child_named(item, "Identification"), "NewsIdentifier");
  const std::string number = text_of(child_named(identifier, "NewsItemId"));
  const std::string whole = text_of(child_named(identifier, "PublicIdentifier"));
  if (number.empty() || whole.find(number) != std::string::npos) return whole;
  std::string id = "urn:newsml";
  for (const char* name : {"ProviderId", "DateId", "NewsItemId", "RevisionId"}) {
    id += ':' + text_of(child_named(identifier, name));
  }
  return id;
}

std::string date_of(pugi::xml_node item) {
  const pugi::xml_node management = child_named(item, "NewsManagement");
  for (const char* name : {"ThisRevisionCreated", "FirstCreated"}) {
    std::string date = text_of(child_named(management, name));
    if (!date.empty()) return date;
  }
  return text_of(find_named(child_named(item, "Identification"), "DateId"));
}

}  // namespace

Story read_newsml_item(pugi::xml_node item) {
  Story story{.id = identifier_of(item), .date = date_of(item)};
  std::vector<Part> parts;
  collect(item, parts);
  keep_one_language(parts);
  read_parts(parts, story);
  const pugi::xml_node component =
      parts.empty() ? child_named(item, "NewsComponent") : parts.front().component;
  read_component(component, story);
  if (parts.empty()) story.title.clear();  // a picture with a headline is no story
  if (story.language.empty()) story.language = language_of_component(component);
  return story;
}

}  // namespace glane
