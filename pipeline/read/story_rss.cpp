#include "read/html_text.h"
#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

namespace {

constexpr std::string_view kContent = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";

// "redaction@example.fr (Anne Roux)": the name is what is in parentheses.
std::string author_of(const std::string& written) {
  const std::size_t open = written.find('(');
  const std::size_t close = written.find(')', open);
  if (open == std::string::npos || close == std::string::npos) return written;
  return written.substr(open + 1, close - open - 1);
}

class RssItem {
 public:
  explicit RssItem(const FileHead& head) : head_(head) {}

  void read(pugi::xml_node child) {
    const std::string_view name = local_name(child);
    // RSS itself has no namespace in most feeds, and one of several in others.
    const bool prefixed = std::string_view(child.name()).find(':') != std::string_view::npos;
    const std::string_view space = namespace_of(child, head_.namespaces);
    if (!prefixed) return read_core(name, child);
    if (space == kContent && name == "encoded") content_ = content_to_text(child);
    if (space == kDublinCore) read_dublin_core(name, child);
    if (space == kAtom && name == "updated" && date_.empty()) date_ = text_of(child);
  }

  Story story() {
    story_.body = content_.empty() ? description_ : content_;
    if (story_.date.empty()) story_.date = date_;
    if (story_.url.empty() && guid_.starts_with("http")) story_.url = guid_;
    const bool is_uri = guid_.find(':') != std::string::npos;
    story_.id = guid_.empty()                  ? story_.url
                : is_uri || head_.link.empty() ? guid_
                                               : head_.link + '#' + guid_;
    if (story_.language.empty()) story_.language = head_.language;
    if (story_.source.empty()) story_.source = head_.title;
    return std::move(story_);
  }

 private:
  void read_core(std::string_view name, pugi::xml_node child) {
    if (name == "title") story_.title = html_to_text(text_of(child));
    if (name == "description") description_ = content_to_text(child);
    if (name == "pubDate") story_.date = text_of(child);
    if (name == "guid") guid_ = text_of(child);
    if (name == "link") story_.url = text_of(child);
    if (name == "author") story_.authors.push_back(author_of(text_of(child)));
    if (name == "category") story_.keywords.push_back(html_to_text(text_of(child)));
    if (name == "source") story_.source = text_of(child);
  }

  void read_dublin_core(std::string_view name, pugi::xml_node child) {
    if (name == "creator") story_.authors.push_back(html_to_text(text_of(child)));
    if (name == "date") date_ = text_of(child);
    if (name == "language") story_.language = text_of(child);
    if (name == "subject") story_.keywords.push_back(text_of(child));
    if (name == "identifier" && guid_.empty()) guid_ = text_of(child);
  }

  const FileHead& head_;
  Story story_;
  std::string content_;
  std::string description_;
  std::string date_;  // where there is no pubDate
  std::string guid_;
};

}  // namespace

Story read_rss_item(pugi::xml_node item, const FileHead& head) {
  RssItem reader(head);
  for (const pugi::xml_node child : item.children()) {
    if (child.type() == pugi::node_element) reader.read(child);
  }
  Story story = reader.story();
  if (std::string language = language_of(item); !language.empty()) story.language = language;
  return story;
}

}  // namespace glane
