#include <algorithm>
#include <nlohmann/json.hpp>

#include "read/html_text.h"
#include "read/page.h"

namespace glane {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxLinkedData = std::size_t{4} << 20;
constexpr int kMaxDepth = 20;

template <typename Visit>
void for_each_element(const xmlNode* node, Visit visit) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    visit(node);
    for_each_element(node->children, visit);
  }
}

std::string content_of(const xmlNode* node) {
  xmlChar* content = xmlNodeGetContent(node);
  std::string text = content == nullptr ? "" : reinterpret_cast<const char*>(content);
  xmlFree(content);
  return text;
}

std::string squeezed(std::string_view words) {
  TextBuilder text;
  text.words(words);
  return text.take();
}

// ---- JSON-LD

bool is_article_type(const Json& type) {
  if (type.is_array()) return std::any_of(type.begin(), type.end(), is_article_type);
  if (!type.is_string()) return false;
  const auto& name = type.get_ref<const std::string&>();
  return name.ends_with("Article") || name.ends_with("BlogPosting");
}

// The first article in an object, a list or a graph; null when there is none.
const Json* find_article(const Json& data, int depth) {
  if (depth > kMaxDepth) return nullptr;
  if (data.is_object()) {
    if (data.contains("@type") && is_article_type(data["@type"])) return &data;
    return data.contains("@graph") ? find_article(data["@graph"], depth + 1) : nullptr;
  }
  if (!data.is_array()) return nullptr;
  for (const Json& entry : data) {
    if (const Json* found = find_article(entry, depth + 1)) return found;
  }
  return nullptr;
}

// A string, or the name of an object, or of the objects of a list.
void append_named(const Json& value, std::vector<std::string>& names) {
  if (value.is_string()) names.push_back(html_to_text(value.get_ref<const std::string&>()));
  if (value.is_object() && value.contains("name") && value["name"].is_string()) {
    names.push_back(html_to_text(value["name"].get_ref<const std::string&>()));
  }
  if (!value.is_array()) return;
  for (const Json& entry : value) {
    if (!entry.is_array()) append_named(entry, names);
  }
}

std::string string_at(const Json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void read_linked_article(const Json& article, Story& story) {
  story.title = html_to_text(string_at(article, "headline"));
  story.date = string_at(article, "datePublished");
  story.language = string_at(article, "inLanguage");
  story.body = html_to_text(string_at(article, "articleBody"));
  story.url = string_at(article, "url");
  if (const auto author = article.find("author"); author != article.end()) {
    append_named(*author, story.authors);
  }
  if (const auto keywords = article.find("keywords"); keywords != article.end()) {
    if (keywords->is_array()) append_named(*keywords, story.keywords);
  }
  std::vector<std::string> publishers;
  if (const auto publisher = article.find("publisher"); publisher != article.end()) {
    append_named(*publisher, publishers);
  }
  if (!publishers.empty()) story.source = publishers.front();
}

void read_script(const xmlNode* script, Story& story) {
  if (attribute_of(script, "type") != "application/ld+json" || !story.title.empty()) return;
  const std::string text = content_of(script);
  if (text.size() > kMaxLinkedData) return;
  const Json data = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (const Json* article = find_article(data, 0)) read_linked_article(*article, story);
}

// ---- <meta> and elements

// What several places of a page say of one thing, the best first.
struct Claims {
  std::string og_title, heading, title, site, og_url, canonical, published, time, author, language;
};

void read_meta(const xmlNode* meta, Claims& claims) {
  std::string name = attribute_of(meta, "property");
  if (name.empty()) name = attribute_of(meta, "name");
  const std::string content = attribute_of(meta, "content");
  if (name == "og:title") claims.og_title = content;
  if (name == "og:site_name") claims.site = content;
  if (name == "og:url") claims.og_url = content;
  if (name == "article:published_time") claims.published = content;
  if (name == "author") claims.author = content;
  if (claims.published.empty() && (name == "date" || name == "DC.date" || name == "dc.date")) {
    claims.published = content;
  }
}

void read_element(const xmlNode* node, Claims& claims) {
  const std::string name = name_of(node);
  if (name == "meta") read_meta(node, claims);
  if (name == "html") claims.language = attribute_of(node, "lang");
  if (name == "h1" && claims.heading.empty()) claims.heading = squeezed(content_of(node));
  if (name == "title" && claims.title.empty()) claims.title = squeezed(content_of(node));
  if (name == "time" && claims.time.empty()) claims.time = attribute_of(node, "datetime");
  if (name == "link" && attribute_of(node, "rel") == "canonical") {
    claims.canonical = attribute_of(node, "href");
  }
}

void fill(std::string& field, std::initializer_list<std::string_view> claims) {
  for (const std::string_view claim : claims) {
    if (field.empty()) field = claim;
  }
}

// "Le titre - Le Journal": the name of the site is no part of it.
std::string without_site(std::string title, const std::string& site) {
  if (site.empty() || !title.ends_with(site)) return title;
  title.resize(title.size() - site.size());
  const std::size_t end = title.find_last_not_of(" -|:\t");
  // The dashes – and —, the bullet ·: their last byte is none of the above.
  for (const std::string_view mark : {" \xE2\x80\x93", " \xE2\x80\x94", " \xC2\xB7"}) {
    const std::string_view kept = std::string_view(title).substr(0, end + 1);
    if (kept.ends_with(mark)) return std::string(kept.substr(0, kept.size() - mark.size()));
  }
  return title.substr(0, end + 1);
}

}  // namespace

std::string attribute_of(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string text = value == nullptr ? "" : reinterpret_cast<const char*>(value);
  xmlFree(value);
  return text;
}

std::string name_of(const xmlNode* element) {
  std::string name = reinterpret_cast<const char*>(element->name);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return name;
}

Story read_page_fields(const xmlDoc& page) {
  Story story;
  Claims claims;
  for_each_element(page.children, [&](const xmlNode* node) {
    read_element(node, claims);
    if (name_of(node) == "script") read_script(node, story);
  });
  fill(story.title, {without_site(claims.og_title, claims.site), claims.heading,
                     without_site(claims.title, claims.site)});
  fill(story.date, {claims.published, claims.time});
  fill(story.language, {claims.language});
  fill(story.source, {claims.site});
  std::string url = claims.canonical;
  fill(url, {claims.og_url, story.url});
  story.url = url;
  if (story.authors.empty()) story.authors.push_back(claims.author);
  story.id = story.url;
  return story;
}

}  // namespace glane
