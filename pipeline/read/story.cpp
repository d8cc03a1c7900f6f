#include "read/story.h"

#include <algorithm>
#include <cstdint>

#include "read/feed_date.h"
#include "values/json_text.h"

namespace glane {

namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin));
}

// Does `text` begin with `head`, as a line or a paragraph of its own?
bool begins_with(std::string_view text, std::string_view head) {
  return text.starts_with(head) && (text.size() == head.size() || text[head.size()] == '\n');
}

// Puts `head` before `text`, unless it stands there.
void prepend(std::string_view head, std::string& text) {
  if (head.empty() || begins_with(text, head)) return;
  if (text.empty()) {
    text = head;
  } else {
    text.insert(0, std::string(head) + "\n\n");
  }
}

void append_list(std::string_view name, const std::vector<std::string>& values,
                 std::string& object) {
  if (values.empty()) return;
  object += object.empty() ? '{' : ',';
  append_json_string(name, object);
  object += ":[";
  for (const std::string& value : values) {
    if (object.back() != '[') object += ',';
    append_json_string(value, object);
  }
  object += ']';
}

std::string meta_of(const Story& story) {
  std::string meta;
  if (!story.url.empty()) {
    meta = R"({"url":)";
    append_json_string(story.url, meta);
  }
  append_list("authors", story.authors, meta);
  append_list("keywords", story.keywords, meta);
  if (!meta.empty()) meta += '}';
  return meta;
}

// Without what is empty or comes twice.
std::vector<std::string> tidied(const std::vector<std::string>& values) {
  std::vector<std::string> kept;
  for (const std::string& value : values) {
    std::string text = trimmed(value);
    if (!text.empty() && std::find(kept.begin(), kept.end(), text) == kept.end()) {
      kept.push_back(std::move(text));
    }
  }
  return kept;
}

}  // namespace

ParsedRecord refuse(Place place, std::string reason) {
  return {.place = std::move(place), .trouble = Trouble::refused, .reason = std::move(reason)};
}

void complete(ParsedRecord& parsed) {
  Article& article = parsed.article;
  const std::string where = to_string(parsed.place);
  if (article.id.empty()) article.id = where;
  if (article.source.empty()) article.source = where;
  article.date = read_feed_date(article.date_text);
  if (article.date || article.date_text.empty()) return;
  parsed.diagnostics.push_back(
      {.code = "unknown-date", .span = {}, .message = "not a date: \"" + article.date_text + '"'});
}

ParsedRecord make_article(Story story, Place place) {
  ParsedRecord parsed{.place = std::move(place)};
  Article& article = parsed.article;
  article.title = trimmed(story.title);
  article.text = trimmed(story.body);
  prepend(trimmed(story.lead), article.text);
  if (article.text.empty() && article.title.empty()) {
    return refuse(std::move(parsed.place), "neither a title nor a text");
  }
  prepend(article.title, article.text);
  article.id = trimmed(story.id);
  article.source = trimmed(story.source);
  article.language = trimmed(story.language);
  article.date_text = trimmed(story.date);
  complete(parsed);
  story.url = trimmed(story.url);
  story.authors = tidied(story.authors);
  story.keywords = tidied(story.keywords);
  article.meta = meta_of(story);
  return parsed;
}

}  // namespace glane
