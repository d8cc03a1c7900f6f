#include "read/html_text.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "normalise/character_references.h"

namespace glane {

namespace {

struct Element {
  std::string_view name;
  Layout layout;
};

// Sorted by name.
constexpr Element kElements[] = {
    {"address", Layout::paragraph},
    {"article", Layout::paragraph},
    {"aside", Layout::dropped},
    {"audio", Layout::dropped},
    {"blockquote", Layout::paragraph},
    {"body", Layout::paragraph},
    {"br", Layout::line_break},
    {"button", Layout::dropped},
    {"canvas", Layout::dropped},
    {"center", Layout::paragraph},
    {"dd", Layout::line},
    {"details", Layout::paragraph},
    {"div", Layout::paragraph},
    {"dl", Layout::paragraph},
    {"dt", Layout::line},
    {"embed", Layout::dropped},
    {"fieldset", Layout::paragraph},
    {"figcaption", Layout::dropped},
    {"figure", Layout::dropped},
    {"footer", Layout::paragraph},
    {"form", Layout::dropped},
    {"h1", Layout::paragraph},
    {"h2", Layout::paragraph},
    {"h3", Layout::paragraph},
    {"h4", Layout::paragraph},
    {"h5", Layout::paragraph},
    {"h6", Layout::paragraph},
    {"head", Layout::dropped},
    {"header", Layout::paragraph},
    {"hl2", Layout::paragraph},
    {"hr", Layout::paragraph},
    {"iframe", Layout::dropped},
    {"input", Layout::inlined},
    {"li", Layout::line},
    {"main", Layout::paragraph},
    {"math", Layout::dropped},
    {"media", Layout::dropped},
    {"nav", Layout::dropped},
    {"noscript", Layout::dropped},
    {"object", Layout::dropped},
    {"ol", Layout::paragraph},
    {"option", Layout::line},
    {"p", Layout::paragraph},
    {"pre", Layout::paragraph},
    {"script", Layout::dropped},
    {"section", Layout::paragraph},
    {"select", Layout::dropped},
    {"style", Layout::dropped},
    {"svg", Layout::dropped},
    {"table", Layout::paragraph},
    {"td", Layout::spaced},
    {"template", Layout::dropped},
    {"textarea", Layout::dropped},
    {"th", Layout::spaced},
    {"tr", Layout::line},
    {"ul", Layout::paragraph},
    {"video", Layout::dropped},
};
static_assert(std::is_sorted(std::begin(kElements), std::end(kElements),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

struct Tag {
  std::string name;      // in lower case
  bool closing = false;  // </name>
  bool alone = false;    // <name/>
  std::size_t size = 0;  // bytes from < to >
};

// Where a tag ends, its attributes may hold '>'; all of the text when it never does.
std::size_t end_of_tag(std::string_view html) {
  char quote = 0;
  for (std::size_t at = 1; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  // A quotation mark that nothing closes.
  return quote != 0 ? std::min(html.find('>'), html.size() - 1) + 1 : html.size();
}

// The tag at the start of `html`, which begins with '<'; size 0 when it is none.
Tag tag_at(std::string_view html) {
  Tag tag;
  std::size_t at = 1;
  tag.closing = html.substr(1).starts_with('/');
  if (tag.closing) ++at;
  if (at >= html.size() || !is_letter(html[at])) return tag;
  while (at < html.size() && html[at] != '>' && html[at] != '/' && html[at] != ' ' &&
         html[at] != '\n' && html[at] != '\t' && html[at] != '\r') {
    tag.name += lower(html[at++]);
  }
  tag.size = end_of_tag(html);
  tag.alone = tag.size >= 2 && html[tag.size - 2] == '/';
  return tag;
}

// Bytes of a comment, a CDATA section, a declaration at the start of `html`; 0 when none.
std::size_t size_of_aside(std::string_view html) {
  if (html.starts_with("<!--")) {
    const std::size_t end = html.find("-->");
    return end == html.npos ? html.size() : end + 3;
  }
  if (html.starts_with("<!") || html.starts_with("<?")) {
    return std::min(html.find('>'), html.size() - 1) + 1;
  }
  return 0;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

// Bytes of an element that holds no markup; 0 when its end tag is missing.
std::size_t size_of_raw_element(std::string_view html, const Tag& start) {
  for (std::size_t at = html.find("</", start.size); at != html.npos;
       at = html.find("</", at + 2)) {
    if (lower(html.substr(at + 2, start.name.size())) == start.name) {
      return at + end_of_tag(html.substr(at));
    }
  }
  return 0;
}

// Bytes from the start tag of an element to behind its end tag; 0 when that is missing.
std::size_t size_of_element(std::string_view html, const Tag& start) {
  if (start.name == "script" || start.name == "style") return size_of_raw_element(html, start);
  int depth = 0;
  for (std::size_t at = 0; at < html.size();) {
    const Tag tag = tag_at(html.substr(at));
    if (tag.name == start.name && !tag.alone) depth += tag.closing ? -1 : 1;
    at += std::max<std::size_t>(tag.size, 1);
    if (depth == 0) return at;
    at = std::min(html.find('<', at), html.size());
  }
  return 0;
}

// `unclosed` are elements of which one was never closed: none of them is looked for again.
std::size_t append_tag(std::string_view html, const Tag& tag, std::set<std::string>& unclosed,
                       TextBuilder& out) {
  const Layout layout = layout_of(tag.name);
  lay_out(layout, out);
  if (layout == Layout::dropped && !tag.closing && !tag.alone && !unclosed.contains(tag.name)) {
    if (const std::size_t size = size_of_element(html, tag); size > 0) return size;
    unclosed.insert(tag.name);
  }
  return tag.size;
}

bool has_tags(std::string_view html) {
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    if (size_of_aside(html.substr(at)) > 0 || tag_at(html.substr(at)).size > 0) return true;
  }
  return false;
}

// `put` receives the text between references, and the characters they stand for.
template <typename Put>
void decode_references(std::string_view text, TextBuilder& out, Put put) {
  while (!text.empty()) {
    const std::size_t ampersand = std::min(text.find('&'), text.size());
    put(text.substr(0, ampersand));
    text.remove_prefix(ampersand);
    if (text.empty()) return;
    if (const auto reference = character_reference(text)) {
      out.character(repair_c1(reference->code));
      text.remove_prefix(reference->size);
    } else {
      put(text.substr(0, 1));
      text.remove_prefix(1);
    }
  }
}

}  // namespace

Layout layout_of(std::string_view element) {
  const auto* found =
      std::lower_bound(std::begin(kElements), std::end(kElements), element,
                       [](const Element& e, std::string_view name) { return e.name < name; });
  return found != std::end(kElements) && found->name == element ? found->layout : Layout::inlined;
}

void lay_out(Layout layout, TextBuilder& text) {
  switch (layout) {
    case Layout::spaced:
      return text.words(" ");
    case Layout::line:
    case Layout::dropped:
      return text.end_line();
    case Layout::line_break:
      return text.break_line();
    case Layout::paragraph:
      return text.end_paragraph();
    case Layout::inlined:
      return;
  }
}

void append_words(std::string_view text, TextBuilder& out) {
  decode_references(text, out, [&](std::string_view words) { out.words(words); });
}

void append_html(std::string_view html, TextBuilder& out) {
  if (!has_tags(html)) {
    return decode_references(html, out, [&](std::string_view lines) { out.lines(lines); });
  }
  std::set<std::string> unclosed;
  while (!html.empty()) {
    const std::size_t open = std::min(html.find('<'), html.size());
    append_words(html.substr(0, open), out);
    html.remove_prefix(open);
    if (html.empty()) return;
    std::size_t size = size_of_aside(html);
    if (size == 0) {
      const Tag tag = tag_at(html);
      size = tag.size > 0 ? append_tag(html, tag, unclosed, out) : 1;
      if (tag.size == 0) out.words("<");
    }
    html.remove_prefix(size);
  }
}

std::string html_to_text(std::string_view html) {
  TextBuilder text;
  append_html(html, text);
  return text.take();
}

}  // namespace glane
