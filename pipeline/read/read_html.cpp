// Pages of HTML, by libxml2. They are read from memory alone: nothing is fetched.
#include <libxml/HTMLparser.h>

#include <algorithm>

#include "read/decode.h"
#include "read/formats.h"
#include "read/page.h"
#include "read/page_origin.h"

namespace glane {

namespace {

constexpr std::size_t kMaxPage = std::size_t{8} << 20;
constexpr std::ptrdiff_t kMaxTags = 300'000;
constexpr std::size_t kPreamble = 4096;  // where a page says its charset

struct FreeContext {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};
struct FreePage {
  void operator()(xmlDoc* page) const { xmlFreeDoc(page); }
};

// <meta charset="…"> and <meta http-equiv … content="text/html; charset=…">
std::string declared_charset(std::string_view page) {
  const std::string_view preamble = page.substr(0, kPreamble);
  std::size_t at = preamble.find("charset=");
  if (at == preamble.npos && preamble.starts_with("<?xml")) {
    at = preamble.find("encoding=");
    if (at != preamble.npos) ++at;
  }
  if (at == preamble.npos) return {};
  std::string_view label = preamble.substr(at + 8);
  label.remove_prefix(std::min(label.find_first_not_of("\"' "), label.size()));
  return std::string(label.substr(0, label.find_first_of("\"' />;?")));
}

}  // namespace

ParsedRecord parse_page(std::string_view bytes, const PageOrigin& origin, Place place) {
  if (bytes.size() > kMaxPage) return refuse(std::move(place), "a page above 8 MiB");
  if (std::count(bytes.begin(), bytes.end(), '<') > kMaxTags) {
    return refuse(std::move(place), "more than 300 000 tags");
  }
  const std::string charset = origin.charset.empty() ? declared_charset(bytes) : origin.charset;
  const std::string text = decode(bytes, charset).text;
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(htmlNewParserCtxt());
  const std::unique_ptr<xmlDoc, FreePage> page(htmlCtxtReadMemory(
      context.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_IGNORE_ENC));
  if (page == nullptr) return refuse(std::move(place), "not HTML");
  // libxml2 stops there: what follows would be lost in silence.
  if (context->disableSAX != 0) return refuse(std::move(place), "nested too deep");
  Story story = read_page_fields(*page);
  std::string body = read_page_text(*page);
  if (2 * body.size() >= story.body.size()) story.body = std::move(body);
  if (story.body.empty()) return refuse(std::move(place), "a page without an article");
  if (story.url.empty()) story.id = story.url = origin.url;
  if (story.date.empty()) story.date = origin.date;
  return make_article(std::move(story), std::move(place));
}

ParsedRecord parse_html(RawRecord&& record) {
  return parse_page(record.bytes, {}, std::move(record.place));
}

}  // namespace glane
