#include "read/story_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "read/decode.h"
#include "read/formats.h"
#include "read/html_text.h"
#include "values/offsets.h"

namespace glane {

namespace {

using Json = nlohmann::json;

// The first of these keys that holds a string or a number; empty when none does.
std::string text_at(const Json& object, std::initializer_list<const char*> keys) {
  if (!object.is_object()) return {};
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found == object.end()) continue;
    if (found->is_string() && !found->get_ref<const std::string&>().empty()) return *found;
    if (found->is_number()) return found->dump();
  }
  return {};
}

bool has(const Json& object, std::initializer_list<const char*> keys) {
  return std::any_of(keys.begin(), keys.end(), [&](const char* key) {
    const auto found = object.find(key);
    return found != object.end() && !found->is_null();
  });
}

const Json& list_at(const Json& object, const char* key) {
  static const Json kEmpty = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kEmpty;
}

// Strings of a list, and the `name` of its objects.
void append_names(const Json& list, std::vector<std::string>& names) {
  for (const Json& entry : list) {
    if (entry.is_string()) names.push_back(entry);
    if (entry.is_object()) names.push_back(text_at(entry, {"name"}));
  }
}

std::string plain_to_text(const std::string& plain) {
  TextBuilder text;
  text.lines(plain);
  return text.take();
}

// ---- JSON Feed

Story read_json_feed_item(const Json& item, const FileHead& head) {
  Story story;
  story.id = text_at(item, {"id"});
  story.url = text_at(item, {"url", "external_url"});
  if (story.id.empty()) story.id = story.url;
  story.title = plain_to_text(text_at(item, {"title"}));
  story.body = html_to_text(text_at(item, {"content_html"}));
  if (story.body.empty()) story.body = plain_to_text(text_at(item, {"content_text", "summary"}));
  story.date = text_at(item, {"date_published", "date_modified"});
  story.language = text_at(item, {"language"});
  if (story.language.empty()) story.language = head.language;
  story.source = head.title;
  append_names(list_at(item, "authors"), story.authors);
  if (const auto author = item.find("author"); author != item.end()) {
    story.authors.push_back(text_at(*author, {"name"}));
  }
  append_names(list_at(item, "tags"), story.keywords);
  return story;
}

// ---- AFP

// "news" is a list of paragraphs, or one text.
std::vector<std::string> paragraphs_of(const Json& news) {
  std::vector<std::string> paragraphs;
  if (news.is_string()) paragraphs.push_back(html_to_text(news.get_ref<const std::string&>()));
  if (!news.is_array()) return paragraphs;
  for (const Json& paragraph : news) {
    if (paragraph.is_string()) {
      paragraphs.push_back(html_to_text(paragraph.get_ref<const std::string&>()));
    }
  }
  return paragraphs;
}

Story read_afp(const Json& item) {
  Story story;
  story.id = text_at(item, {"uno", "afpshortid", "guid"});
  story.title = html_to_text(text_at(item, {"headline", "title"}));
  for (const std::string& paragraph : paragraphs_of(item.value("news", Json()))) {
    // Flashes and urgent dispatches have no headline: their first line is one.
    if (story.title.empty()) {
      story.title = paragraph;
    } else if (!paragraph.empty()) {
      if (!story.body.empty()) story.body += "\n\n";
      story.body += paragraph;
    }
  }
  story.date = text_at(item, {"published", "created"});
  story.language = text_at(item, {"lang", "language"});
  story.source = text_at(item, {"provider", "source"});
  if (story.source.empty()) story.source = "AFP";
  story.authors.push_back(text_at(item, {"creator"}));
  append_names(list_at(item, "slug"), story.keywords);
  return story;
}

// ---- ninjs

// Of a list of {"role", "value", "contentType"}: the main one, else the first.
const Json* main_of(const Json& list) {
  const Json* first = nullptr;
  for (const Json& entry : list) {
    if (!entry.is_object()) continue;
    if (text_at(entry, {"role"}) == "main") return &entry;
    if (first == nullptr) first = &entry;
  }
  return first;
}

std::string value_to_text(const Json* entry) {
  if (entry == nullptr) return {};
  const std::string type = text_at(*entry, {"contentType", "contenttype"});
  const std::string value = text_at(*entry, {"value"});
  return type == "text/plain" ? plain_to_text(value) : html_to_text(value);
}

std::string ninjs_body(const Json& item) {
  std::string body = value_to_text(main_of(list_at(item, "bodies")));
  if (body.empty()) body = html_to_text(text_at(item, {"body_xhtml", "body_html"}));
  if (body.empty()) body = plain_to_text(text_at(item, {"body_text"}));
  if (body.empty()) body = html_to_text(text_at(item, {"body_nitf", "description_html"}));
  return body.empty() ? plain_to_text(text_at(item, {"description_text"})) : body;
}

Story read_ninjs(const Json& item) {
  Story story;
  story.id = text_at(item, {"uri", "guid", "altId"});
  const std::string version = text_at(item, {"version"});
  if (!version.empty() && !story.id.empty()) story.id += ':' + version;
  story.title = value_to_text(main_of(list_at(item, "headlines")));
  if (story.title.empty()) story.title = html_to_text(text_at(item, {"headline", "title"}));
  story.body = ninjs_body(item);
  story.date = text_at(item, {"versionCreated", "versioncreated", "contentCreated",
                              "contentcreated", "firstCreated", "firstcreated"});
  story.language = text_at(item, {"language"});
  story.authors.push_back(text_at(item, {"by", "byline"}));
  for (const char* key : {"infoSources", "infosources"}) {
    for (const Json& source : list_at(item, key)) {
      if (story.source.empty()) story.source = text_at(source, {"name", "literal"});
    }
  }
  if (story.source.empty()) {
    story.source = text_at(item, {"copyrightHolder", "copyrightholder", "source"});
  }
  append_names(list_at(item, "keywords"), story.keywords);
  return story;
}

}  // namespace

void read_json_head(std::string_view object, FileHead& head) {
  const Json read = Json::parse(object, nullptr, /*allow_exceptions=*/false);
  head.title = text_at(read, {"title"});
  head.language = text_at(read, {"language"});
  head.link = text_at(read, {"home_page_url"});
}

namespace {

// Where the path of a field leads; null when it leads nowhere.
const Json* follow(const Json& object, const std::string& path) {
  const Json* at = &object;
  for (const std::string& part : parts_of_path(path)) {
    if (at->is_array()) {
      const bool number = !part.empty() && part.size() < 9 &&
                          part.find_first_not_of("0123456789") == std::string::npos;
      const std::size_t index = number ? std::stoul(part) : at->size();
      if (index >= at->size()) return nullptr;
      at = &(*at)[index];
    } else {
      const auto found = at->find(part);
      if (found == at->end()) return nullptr;
      at = &*found;
    }
  }
  return at;
}

std::string* field_of(Article& article, const std::string& name) {
  if (name == "id") return &article.id;
  if (name == "text") return &article.text;
  if (name == "title") return &article.title;
  if (name == "date") return &article.date_text;
  return name == "language" ? &article.language : &article.source;
}

// The reason when a field is of the wrong type; empty when all is well.
std::string read_mapped_field(const Json& object, const std::string& name, const std::string& path,
                              Article& article) {
  const Json* value = follow(object, path);
  if (value == nullptr || value->is_null()) {
    return name == "text" ? "no \"" + path + '"' : std::string();
  }
  if (!value->is_string() && !value->is_number()) return "\"" + path + "\" is not a string";
  *field_of(article, name) = value->is_string() ? value->get<std::string>() : value->dump();
  return {};
}

}  // namespace

ParsedRecord parse_mapped_json(RawRecord&& record) {
  std::string text = decode(record.bytes, "utf-8").text;
  text = slice_utf8(text, {0, static_cast<std::uint32_t>(text.size())});
  auto object = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return refuse(std::move(record.place), "not a JSON object");
  const Json read = object;
  ParsedRecord parsed{.place = std::move(record.place)};
  for (const char* name : {"id", "text", "title", "date", "language", "source"}) {
    const auto mapped = record.head->fields.find(name);
    const std::string path = mapped == record.head->fields.end() ? name : mapped->second;
    const std::string reason = read_mapped_field(read, name, path, parsed.article);
    if (!reason.empty()) return refuse(std::move(parsed.place), reason);
    object.erase(path);
  }
  if (!object.empty()) parsed.article.meta = object.dump();
  complete(parsed);
  return parsed;
}

ParsedRecord parse_json(RawRecord&& record) {
  static const FileHead kNoHead;
  const FileHead& head = record.head == nullptr ? kNoHead : *record.head;
  std::string text = decode(record.bytes, "utf-8").text;
  Json object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) {
    text = slice_utf8(text, {0, static_cast<std::uint32_t>(text.size())});
    object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  }
  // The reader of JSON Lines also says what is wrong with JSON that is none.
  if (object.is_discarded() || text_at(object, {"text"}) != "") {
    record.bytes = std::move(text);
    return parse_jsonl(std::move(record));
  }
  if (has(object, {"content_html", "content_text", "date_published"})) {
    return make_article(read_json_feed_item(object, head), std::move(record.place));
  }
  if (has(object, {"news", "afpshortid"})) {
    return make_article(read_afp(object), std::move(record.place));
  }
  if (has(object,
          {"bodies", "body_xhtml", "body_html", "body_text", "body_nitf", "description_text"})) {
    return make_article(read_ninjs(object), std::move(record.place));
  }
  return refuse(std::move(record.place),
                "no \"text\", and no key of JSON Feed, ninjs or AFP (see --map)");
}

}  // namespace glane
