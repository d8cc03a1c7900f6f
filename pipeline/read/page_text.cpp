#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "read/html_text.h"
#include "read/page.h"
#include "values/among.h"

namespace glane {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kShortParagraph = 40;  // bytes; shorter ones say nothing about a container

// ---- what is no article

// Words of class and id, and values of role.
constexpr std::string_view kAround[] = {
    "ad",           "ads",         "advert",     "advertisement", "author",
    "auteur",       "banner",      "bandeau",    "breadcrumb",    "breadcrumbs",
    "byline",       "comment",     "comments",   "commentaires",  "complementary",
    "consent",      "contentinfo", "cookie",     "cookies",       "dialog",
    "disclaimer",   "footer",      "gdpr",       "lightbox",      "menu",
    "modal",        "mostread",    "nav",        "navbar",        "navigation",
    "newsletter",   "newsletters", "partage",    "paywall",       "popup",
    "promo",        "pub",         "publicite",  "recommended",   "recommendations",
    "related",      "rgpd",        "search",     "share",         "sharing",
    "sidebar",      "social",      "sponsor",    "sponsored",     "subscribe",
    "subscription", "tags",        "teaser",     "toolbar",       "widget",
    "ariane",       "signup",      "abonnement", "inscription"};

// Pairs of words that say the same: "most-read", "lire-aussi".
constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
    {"lire", "aussi"}, {"plus", "lus"},         {"most", "read"}, {"read", "more"},
    {"meme", "sujet"}, {"date", "publication"}, {"fil", "actu"},  {"read", "also"}};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// "article-shareBar" → article, share, bar.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  bool before_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const char lower = upper ? static_cast<char>(c + ('a' - 'A')) : c;
    if (!is_word(lower) || (upper && before_lower)) words.emplace_back();
    if (is_word(lower)) words.back() += lower;
    before_lower = !upper && is_word(c);
  }
  std::erase(words, "");
  return words;
}

bool names_surroundings(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (among(words[i], kAround)) return true;
    if (i + 1 == words.size()) break;
    const std::pair<std::string_view, std::string_view> pair = {words[i], words[i + 1]};
    if (std::find(std::begin(kPairs), std::end(kPairs), pair) != std::end(kPairs)) return true;
  }
  return false;
}

bool is_hidden(const xmlNode* node) {
  if (attribute_of(node, "aria-hidden") == "true") return true;
  if (xmlHasProp(node, reinterpret_cast<const xmlChar*>("hidden")) != nullptr) return true;
  std::string style = attribute_of(node, "style");
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos;
}

// Elements that hold the whole, whatever they are called: <body class="has-sidebar">.
bool is_whole(const std::string& name, const xmlNode* node) {
  static constexpr std::string_view kWhole[] = {"html", "body", "main", "article"};
  return among(name, kWhole) || attribute_of(node, "itemprop") == "articleBody";
}

bool is_inside(const xmlNode* node, std::string_view element) {
  for (; node != nullptr && node->type == XML_ELEMENT_NODE; node = node->parent) {
    if (name_of(node) == element) return true;
  }
  return false;
}

bool is_around(const xmlNode* node) {
  const std::string name = name_of(node);
  if (is_whole(name, node)) return is_hidden(node);
  if (layout_of(name) == Layout::dropped) return true;
  if (name == "footer" || name == "h1" || name == "address" || is_hidden(node)) return true;
  if (name == "header" && !is_inside(node, "article")) return true;
  // Words of a sentence, whatever their class.
  if (layout_of(name) == Layout::inlined && is_inside(node, "p")) return false;
  return names_surroundings(attribute_of(node, "class")) ||
         names_surroundings(attribute_of(node, "id")) ||
         names_surroundings(attribute_of(node, "role"));
}

// ---- where the article is

// Bytes of text, and how many of them in links.
struct Amount {
  std::size_t text = 0;
  std::size_t linked = 0;
};

class Page {
 public:
  explicit Page(const xmlDoc& page) {
    for (const xmlNode* node = page.children; node != nullptr; node = node->next) measure(node);
  }

  // The best place for an article; null when there is no running text.
  const xmlNode* best() const {
    if (const xmlNode* marked = best_of(marked_)) return marked;
    if (const xmlNode* article = best_of(articles_)) return article;
    const xmlNode* best = nullptr;
    for (const xmlNode* node : scored_) {
      if (best == nullptr || score(node) > score(best)) best = node;
    }
    // Paragraphs in several <div>s: what holds nearly all of them.
    while (best != nullptr && best->parent != nullptr && best->parent->type == XML_ELEMENT_NODE &&
           3 * running(best) < 2 * running(best->parent)) {
      best = best->parent;
    }
    return best;
  }

  bool is_left_out(const xmlNode* node) const { return left_out_.contains(node); }
  Amount amount(const xmlNode* node) const {
    const auto found = amounts_.find(node);
    return found == amounts_.end() ? Amount{} : found->second;
  }

 private:
  Amount measure(const xmlNode* node) {
    if (node->type == XML_TEXT_NODE) return {words_in(node), 0};
    if (node->type != XML_ELEMENT_NODE) return {};
    if (is_around(node)) {
      left_out_.insert(node);
      return {};
    }
    const std::string name = name_of(node);
    Amount sum;
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
      const Amount amount = measure(child);
      sum.text += amount.text;
      sum.linked += amount.linked;
      running_[node] += running(child);
    }
    if (name == "a") sum.linked = sum.text;
    if (name == "p" || name == "blockquote") count_paragraph(node, sum);
    if (name == "article") articles_.push_back(node);
    if (attribute_of(node, "itemprop") == "articleBody") marked_.push_back(node);
    amounts_[node] = sum;
    return sum;
  }

  static std::size_t words_in(const xmlNode* text) {
    const std::string_view bytes = reinterpret_cast<const char*>(text->content);
    return static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return c != ' ' && c != '\n'; }));
  }

  void count_paragraph(const xmlNode* node, const Amount& amount) {
    if (amount.text < kShortParagraph) return;
    running_[node] = amount.text - amount.linked;
    if (direct_[node->parent] == 0) scored_.push_back(node->parent);
    direct_[node->parent] += running_[node];
  }

  std::size_t running(const xmlNode* node) const {
    const auto found = running_.find(node);
    return found == running_.end() ? 0 : found->second;
  }
  std::size_t score(const xmlNode* node) const { return direct_.at(node); }

  const xmlNode* best_of(const std::vector<const xmlNode*>& nodes) const {
    const xmlNode* best = nullptr;
    std::size_t all = 0;
    for (const xmlNode* node : nodes) {
      all += running(node);
      if (running(node) > 0 && (best == nullptr || running(node) > running(best))) best = node;
    }
    // Many of the same size are a list of teasers.
    return best != nullptr && 2 * running(best) >= all ? best : nullptr;
  }

  std::map<const xmlNode*, Amount> amounts_;
  std::map<const xmlNode*, std::size_t> running_;  // bytes in paragraphs, not in links
  std::map<const xmlNode*, std::size_t> direct_;   // of the paragraphs that are its children
  std::vector<const xmlNode*> scored_;
  std::vector<const xmlNode*> articles_;
  std::vector<const xmlNode*> marked_;
  std::set<const xmlNode*> left_out_;
};

// ---- the paragraphs of the article

struct Block {
  std::string text = {};
  bool heading = false;
  bool link_list = false;
};

class Blocks {
 public:
  explicit Blocks(const Page& page) : page_(page) {}

  void append(const xmlNode* node) {
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE) text_.words(reinterpret_cast<const char*>(child->content));
      if (child->type == XML_ELEMENT_NODE && !page_.is_left_out(child)) append_element(child);
    }
  }

  std::vector<Block> take() {
    close({});
    return std::move(blocks_);
  }

 private:
  void append_element(const xmlNode* node) {
    const std::string name = name_of(node);
    const Layout layout = layout_of(name);
    if (layout != Layout::paragraph) {
      lay_out(layout, text_);
      append(node);
      if (layout != Layout::line_break) lay_out(layout, text_);
      return;
    }
    close({});
    append(node);
    const Amount amount = page_.amount(node);
    const bool heading = name.size() == 2 && name[0] == 'h' && name[1] != 'r';
    close({.heading = heading, .link_list = 2 * amount.linked > amount.text});
  }

  void close(Block block) {
    block.text = text_.take();
    if (!block.text.empty()) blocks_.push_back(std::move(block));
  }

  const Page& page_;
  TextBuilder text_;
  std::vector<Block> blocks_;
};

// How paragraphs begin that are not the article's, in lower case.
constexpr std::string_view kCalls[] = {"à lire aussi",
                                       "à lire également",
                                       "lire aussi",
                                       "lire également",
                                       "lire la suite",
                                       "a lire aussi",
                                       "voir aussi",
                                       "à voir aussi",
                                       "sur le même sujet",
                                       "abonnez-vous",
                                       "inscrivez-vous à",
                                       "inscrivez-vous gratuitement",
                                       "je m'inscris",
                                       "je m'abonne",
                                       "en cliquant sur",
                                       "en vous inscrivant",
                                       "en poursuivant votre navigation",
                                       "nous utilisons des cookies",
                                       "ce site utilise des cookies",
                                       "suivez-nous",
                                       "partager sur",
                                       "partager cet article",
                                       "partagez",
                                       "newsletter",
                                       "recevez chaque",
                                       "recevez tous les",
                                       "recevez gratuitement",
                                       "cet article est réservé",
                                       "publié le",
                                       "mis à jour le",
                                       "temps de lecture",
                                       "déjà abonné",
                                       "publicité",
                                       "tous droits réservés",
                                       "accepter et",
                                       "gérer mes préférences",
                                       "accepter tous les cookies"};

std::string lower_french(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < 60; ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const unsigned char before = at > 0 ? static_cast<unsigned char>(text[at - 1]) : 0;
    if (text.substr(at).starts_with("\u2019")) {
      out += '\'';
      at += 2;
    } else if (byte >= 'A' && byte <= 'Z') {
      out += static_cast<char>(byte + 0x20);
    } else if (before == 0xC3 && byte >= 0x80 && byte <= 0x9E) {  // À to Þ
      out += static_cast<char>(byte + 0x20);
    } else {
      out += text[at];
    }
  }
  return out;
}

bool is_call(const std::string& paragraph) {
  const std::string lower = lower_french(paragraph);
  return std::any_of(std::begin(kCalls), std::end(kCalls),
                     [&](std::string_view call) { return lower.starts_with(call); });
}

// Without calls, lists of links, and headings that nothing follows any more.
std::vector<Block> tidied(std::vector<Block> blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return !block.heading && (block.link_list || is_call(block.text));
  });
  std::vector<Block> kept;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool followed = i + 1 < blocks.size() && !blocks[i + 1].heading;
    if (!blocks[i].heading || (followed && !is_call(blocks[i].text))) kept.push_back(blocks[i]);
  }
  return kept;
}

}  // namespace

std::string read_page_text(const xmlDoc& page) {
  const Page measured(page);
  const xmlNode* best = measured.best();
  if (best == nullptr) return {};
  Blocks blocks(measured);
  blocks.append(best);
  std::string text;
  for (const Block& block : tidied(blocks.take())) {
    if (!text.empty()) text += "\n\n";
    text += block.text;
  }
  return text;
}

}  // namespace glane
