// Feeds in XML: the file is cut at its items, so that memory holds one item, not the feed.
#include <algorithm>
#include <pugixml.hpp>

#include "read/cut_xml.h"
#include "read/decode.h"
#include "read/formats.h"
#include "read/story_xml.h"
#include "read/xml_item.h"

namespace glane {

namespace {

constexpr std::size_t kMaxHead = std::size_t{1} << 20;
constexpr int kMaxDepth = 500;
constexpr std::size_t kMaxTags = 500'000;

struct Root {
  std::string_view name;  // local
  Vocabulary vocabulary;
  std::string_view item;  // local name of what is an article
};
constexpr Root kRoots[] = {{"rss", Vocabulary::rss, "item"},
                           {"RDF", Vocabulary::rss, "item"},
                           {"feed", Vocabulary::atom, "entry"},
                           {"entry", Vocabulary::atom, "entry"},
                           {"NewsML", Vocabulary::newsml, "NewsItem"},
                           {"newsMessage", Vocabulary::newsml_g2, "newsItem"},
                           {"newsItem", Vocabulary::newsml_g2, "newsItem"},
                           {"nitf", Vocabulary::nitf, "nitf"}};

std::string_view local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

const Root* find_root(std::string_view name) {
  const auto* found = std::find_if(std::begin(kRoots), std::end(kRoots),
                                   [&](const Root& root) { return root.name == local(name); });
  return found == std::end(kRoots) ? nullptr : found;
}

// The value of `encoding` in <?xml …?>.
std::string declared_charset(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return "utf-8";
  const std::string_view declaration = head.substr(0, head.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (!declaration.starts_with("<?xml") || at == declaration.npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == declaration.npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  return end == declaration.npos ? std::string()
                                 : std::string(declaration.substr(at + 1, end - at - 1));
}

pugi::xml_parse_result load(const std::string& text, pugi::xml_document& document) {
  return document.load_buffer(text.data(), text.size(),
                              pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_fragment,
                              pugi::encoding_utf8);
}

// The channel's own title, language and address.
void read_channel(pugi::xml_node channel, FileHead& head) {
  head.title = markup_to_text(child_named(channel, "title"));
  head.language = text_of(child_named(channel, "language"));
  if (head.language.empty()) head.language = language_of(channel);
  for (const pugi::xml_node child : channel.children()) {
    if (local_name(child) != "link" || !head.link.empty()) continue;
    const std::string_view rel = child.attribute("rel").value();
    if (rel.empty() || rel == "alternate") head.link = child.attribute("href").value();
    if (head.link.empty() && child.attribute("href").empty()) head.link = text_of(child);
  }
}

// What stands before the first item. It ends in the midst of its elements.
FileHead read_head(std::string_view bytes, Vocabulary vocabulary) {
  FileHead head{.vocabulary = vocabulary, .charset = declared_charset(bytes)};
  const std::string text = decode(bytes, head.charset).text;
  pugi::xml_document document;
  load(text, document);
  pugi::xml_node root;
  for (const pugi::xml_node node : document.children()) {
    if (node.type() == pugi::node_element) root = node;
  }
  add_namespaces(root, head.namespaces);
  pugi::xml_node channel = root;
  if (vocabulary == Vocabulary::rss) channel = child_named(root, "channel");
  add_namespaces(channel, head.namespaces);
  read_channel(channel, head);
  if (head.language.empty()) head.language = language_of(root);
  if (text.find("<!ENTITY") != text.npos) {
    head.diagnostics.push_back({.code = "declared-entities",
                                .span = {},
                                .message = "the file declares entities: none is expanded"});
  }
  return head;
}

class XmlSource : public Source {
 public:
  XmlSource(ByteReader reader, std::string file)
      : cutter_(std::move(reader)), file_(std::move(file)) {}

  bool next(RawRecord& record) override {
    if (done_) return false;
    record = RawRecord{.place = {.file = file_}, .form = Form::xml};
    if (!head_) {
      if (!find_root(record) || !find_first_item(record)) return !record.reason.empty();
    } else if (!find_item()) {
      return end(record);
    }
    // A file that is one item, not a list of one, is named without a number.
    if (root_->name != root_->item) record.place.item = ++item_;
    record.head = head_;
    cut(record);
    return true;
  }

 private:
  bool refuse_all(RawRecord& record, std::string reason) {
    done_ = true;
    record.trouble = Trouble::refused;
    record.reason = cutter_.error().empty() ? std::move(reason) : cutter_.error();
    return false;
  }

  // The end of the file, which may be an error.
  bool end(RawRecord& record) {
    done_ = true;
    if (cutter_.error().empty()) return false;
    refuse_all(record, {});
    return true;
  }

  bool find_root(RawRecord& record) {
    while (cutter_.next(markup_, kMaxHead)) {
      if (markup_.kind != Markup::Kind::start && markup_.kind != Markup::Kind::empty) continue;
      root_ = glane::find_root(markup_.name);
      if (root_ != nullptr) return true;
      return refuse_all(
          record, "no feed of news: its root is <" + std::string(markup_.name.substr(0, 40)) + ">");
    }
    return refuse_all(record, "XML without a root");
  }

  bool is_item() const {
    const bool begins = markup_.kind == Markup::Kind::start || markup_.kind == Markup::Kind::empty;
    return begins && local(markup_.name) == root_->item;
  }

  bool find_first_item(RawRecord& record) {
    while (!is_item()) {
      if (cutter_.next(markup_, kMaxHead)) continue;
      if (cutter_.kept() >= kMaxHead) return refuse_all(record, "no item in the first MiB");
      done_ = true;
      if (!cutter_.error().empty()) refuse_all(record, {});
      return false;
    }
    head_ = std::make_shared<FileHead>(read_head(cutter_.kept(markup_.begin), root_->vocabulary));
    return true;
  }

  bool find_item() {
    cutter_.let_go();
    while (cutter_.next(markup_, kMaxRecordBytes)) {
      if (is_item()) return true;
    }
    return false;
  }

  // markup_ is the start tag of an item: the item is taken.
  void cut(RawRecord& record) {
    const std::string name(markup_.name);
    const std::size_t size = markup_.end - markup_.begin;
    cutter_.keep_from(markup_.begin);
    if (markup_.kind == Markup::Kind::empty) return take(record, size);
    int depth = 1;
    while (cutter_.next(markup_, kMaxRecordBytes)) {
      if (markup_.name != name) continue;
      if (markup_.kind == Markup::Kind::start && !nests()) return refuse_unclosed(record);
      if (markup_.kind == Markup::Kind::start) ++depth;
      if (markup_.kind == Markup::Kind::end && --depth == 0) return take(record, markup_.end);
    }
    record.trouble = Trouble::refused;
    if (cutter_.kept() >= kMaxRecordBytes) {
      record.reason = kTooLarge;
      return skip(name, depth);
    }
    record.reason = cutter_.error().empty() ? "the file ends inside this item" : cutter_.error();
    done_ = true;
  }

  bool nests() const {
    return root_->vocabulary == Vocabulary::newsml || root_->vocabulary == Vocabulary::newsml_g2;
  }

  // The next one begins before this one ended.
  void refuse_unclosed(RawRecord& record) {
    record.trouble = Trouble::refused;
    record.reason = "the item has no end tag";
    cutter_.go_back_to(markup_.begin);
  }

  void take(RawRecord& record, std::size_t end) {
    record.bytes = cutter_.kept(end);
    cutter_.let_go();
  }

  void skip(const std::string& name, int depth) {
    cutter_.let_go();
    while (depth > 0 && cutter_.next(markup_, kMaxRecordBytes)) {
      if (markup_.name != name) continue;
      if (markup_.kind == Markup::Kind::start) ++depth;
      if (markup_.kind == Markup::Kind::end) --depth;
    }
  }

  XmlCutter cutter_;
  std::string file_;
  Markup markup_;
  const Root* root_ = nullptr;
  std::shared_ptr<const FileHead> head_;
  std::size_t item_ = 0;
  bool done_ = false;
};

Story read_story(pugi::xml_node item, const FileHead& head) {
  switch (head.vocabulary) {
    case Vocabulary::atom:
      return read_atom_entry(item, head);
    case Vocabulary::newsml:
      return read_newsml_item(item);
    case Vocabulary::newsml_g2:
      return read_g2_item(item);
    case Vocabulary::nitf:
      return read_nitf(item);
    default:
      return read_rss_item(item, head);
  }
}

}  // namespace

std::unique_ptr<Source> read_xml(ByteReader reader, std::string file) {
  return std::make_unique<XmlSource>(std::move(reader), std::move(file));
}

ParsedRecord parse_xml(RawRecord&& record) {
  if (record.bytes.find('\0') != std::string::npos) {
    return refuse(std::move(record.place), "a NUL byte: this is not XML");
  }
  const auto tags = std::count(record.bytes.begin(), record.bytes.end(), '<');
  if (static_cast<std::size_t>(tags) > kMaxTags) {
    return refuse(std::move(record.place), "more than 500 000 tags");
  }
  const std::string text = decode(record.bytes, record.head->charset).text;
  pugi::xml_document document;
  const pugi::xml_parse_result result = load(text, document);
  if (depth_of(document) > kMaxDepth) {
    return refuse(std::move(record.place), "nested more than 500 deep");
  }
  ParsedRecord parsed =
      make_article(read_story(document.document_element(), *record.head), std::move(record.place));
  parsed.diagnostics.insert(parsed.diagnostics.begin(), record.head->diagnostics.begin(),
                            record.head->diagnostics.end());
  if (!result) {
    parsed.diagnostics.push_back({.code = "ill-formed-xml",
                                  .span = {},
                                  .message = std::string(result.description()) + " at byte " +
                                             std::to_string(result.offset + 1) +
                                             " of the item: what follows may be lost"});
  }
  return parsed;
}

}  // namespace glane
