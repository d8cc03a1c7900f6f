// Articles as people read them, in one page that needs nothing but itself. The page is written as
// the articles come; nothing is kept.
//
//   <article id="d9Kx…">            the id is made of the document's, so that render() stays pure
//     <h2>…</h2> <div class="text">…<mark id="d9Kx…7" data-k="money" data-v="3 EUR"
//     …>…</mark>…</div> <aside><noscript> tables that link to the marks </noscript></aside>
//
// Where marks overlap without one being inside the other, the inner one is written in pieces, of
// which the first has id and label.
#include <algorithm>
#include <map>
#include <string_view>

#include "values/hash_bytes.h"
#include "values/offsets.h"
#include "write/html.h"
#include "write/marks.h"
#include "write/sink.h"
#include "write/sink_html_page.h"
#include "write/stream_sink.h"

namespace glane {

namespace {

constexpr std::string_view kNarrowSpace = "\u202F";

// --- values in words ---

// "59000000000.5" with its thousands apart.
std::string grouped(const std::string& number) {
  const std::size_t first = number.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(number.find_first_not_of("0123456789", first), number.size());
  if (end - first < 5) return number;
  std::string out = number.substr(0, first);
  for (std::size_t at = first; at < end; ++at) {
    if (at > first && (end - at) % 3 == 0) out += kNarrowSpace;
    out += number[at];
  }
  return out + number.substr(end);
}

std::string value_text(const Value& value) {
  const Decimal* number = std::get_if<Decimal>(&value);
  return number != nullptr ? grouped(number->to_string()) : std::get<std::string>(value);
}

std::string amount_of(const Figure& figure) {
  if (figure.value) return value_text(*figure.value);
  const std::string from = figure.min ? value_text(*figure.min) : "";
  const std::string to = figure.max ? value_text(*figure.max) : "";
  if (!from.empty() || !to.empty()) return from + " – " + to;
  return figure.scale ? "× " + grouped(figure.scale->to_string()) : "";
}

std::string circumstances_of(const Figure& figure) {
  static constexpr const char* kModifiers[] = {"",         "about", "at least", "at most",
                                               "start of", "mid",   "end of"};
  std::string words = to_string(figure.relation);
  const std::string modifier = kModifiers[static_cast<int>(figure.modifier)];
  if (!words.empty() && !modifier.empty()) words += ' ';
  return words + modifier;
}

std::string joined(std::initializer_list<std::string> words) {
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty() && !word.empty()) line += ' ';
    line += word;
  }
  return line;
}

std::string text_of(const Figure& figure) {
  return joined({circumstances_of(figure), amount_of(figure), figure.unit, figure.of,
                 to_string(figure.direction), figure.ambiguous ? "(could be read otherwise)" : ""});
}

// What a speaker is called: by name where that is known.
std::string who(const Quote& quote) {
  return quote.speaker_name.empty() ? quote.speaker : quote.speaker_name;
}

std::string text_of(const Quote& quote) {
  std::string text = to_string(quote.kind);
  if (quote.modality != Modality::asserted) text += joined({",", to_string(quote.modality)});
  text += who(quote).empty() ? ", nobody is named" : ", said by " + who(quote);
  if (!quote.speaker.empty() && quote.speaker != who(quote)) text += " (“" + quote.speaker + "”)";
  return quote.cue.empty() ? text : text + ", cue “" + quote.cue + "”";
}

std::string short_id(std::string_view id) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string word = "d";
  for (std::uint64_t bits = hash_bytes(id), i = 0; i < 10; ++i, bits >>= 6)
    word += kDigits[bits & 63];
  return word;
}

// --- one article ---

class ArticleHtml {
 public:
  ArticleHtml(const Document& document, const RuleSet& rules, const Layers& layers)
      : document_(document),
        rules_(rules),
        layers_(layers),
        marks_(list_marks(document, rules, layers)),
        id_(short_id(document.article.id)),
        heights_(marks_.marks.size()),
        is_open_(marks_.marks.size()),
        quotes_of_(marks_.marks.size()) {
    for (const Entity& entity : document.entities) names_.emplace(entity.id, entity.name);
    number_quotes();
    sort_marks();
    measure();
  }

  std::string write() {
    const Article& article = document_.article;
    const std::uint32_t title_end = end_of_title();
    out_ += "<article class=\"card\" id=\"" + id_ + "\" lang=\"";
    out_ += escape_html(article.language.empty() ? "fr" : article.language) + "\">\n<h2>";
    if (title_end == 0) {
      out_ += escape_html(article.title.empty() ? article.id : article.title);
    } else {
      write_text({0, title_end});
    }
    out_ += "</h2>\n";
    about();
    out_ += "<div class=\"both\">\n<div class=\"text\">";
    write_text({title_end, static_cast<std::uint32_t>(article.text.size())});
    out_ += "</div>\n<aside lang=\"en\"><noscript>";
    tables();
    out_ += "</noscript></aside>\n</div>\n";
    for (const Diagnostic& diagnostic : document_.diagnostics) {
      out_ += "<p class=\"note\" lang=\"en\">" + escape_html(diagnostic.message) + "</p>\n";
    }
    return std::move(out_) + "</article>\n";
  }

 private:
  // --- before writing ---

  // Pieces of one quote share a number.
  void number_quotes() {
    std::map<std::uint32_t, std::uint32_t> groups;
    std::uint32_t last = 0;
    for (const Quote& quote : document_.quotes) {
      const bool goes_on = quote.group && groups.contains(*quote.group);
      numbers_.push_back(goes_on ? groups.at(*quote.group) : ++last);
      if (quote.group) groups.emplace(*quote.group, numbers_.back());
    }
  }

  // By place, the longer first; of equals quotes hold sources, these entities, these figures.
  void sort_marks() {
    for (std::uint32_t i = 0; i < marks_.marks.size(); ++i) order_.push_back(i);
    const auto key = [&](std::uint32_t i) {
      const Mark& mark = marks_.marks[i];
      return std::tuple(mark.span.begin, ~mark.span.end, -static_cast<int>(mark.layer));
    };
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    for (const MarkLink& link : marks_.links) {
      if (marks_.marks[link.from].layer == MarkLayer::quote) quotes_of_[link.to].push_back(link);
    }
  }

  // How many marks lie inside of each, one in the other.
  void measure() {
    std::vector<std::uint32_t> open;
    for (const std::uint32_t i : order_) {
      const SourceSpan span = marks_.marks[i].span;
      std::erase_if(open, [&](std::uint32_t o) { return marks_.marks[o].span.end <= span.begin; });
      for (std::size_t up = 0; up < open.size(); ++up) {
        int& height = heights_[open[up]];
        height = std::max(height, static_cast<int>(open.size() - up));
      }
      open.push_back(i);
    }
  }

  // A text that begins with its title shows it once, as the heading.
  std::uint32_t end_of_title() const {
    const std::string& title = document_.article.title;
    if (title.empty() || !document_.article.text.starts_with(title)) return 0;
    const std::size_t line = document_.article.text.find_first_not_of(" \t\r", title.size());
    const bool is_line = line == std::string::npos || document_.article.text[line] == '\n';
    return is_line ? static_cast<std::uint32_t>(title.size()) : 0;
  }

  void about() {
    const Article& article = document_.article;
    out_ += "<p class=\"about muted small\">" + escape_html(article.id);
    if (!article.date_text.empty()) out_ += " · " + escape_html(article.date_text);
    if (article.source != article.id && !article.source.empty()) {
      out_ += " · " + escape_html(article.source);
    }
    out_ += "</p>\n";
  }

  // --- the text with its marks ---

  // Of the whole text, one part after the other.
  void write_text(SourceSpan part) {
    std::uint32_t at = part.begin;
    if (at > 0) at = skip_line_end(at);
    while (at < part.end) {
      open_all(at);
      const std::uint32_t next = next_border(at, part.end);
      plain_text({at, next});
      at = next;
      close_until(at, at == part.end);
    }
  }

  // Empty lines are a gap of their own, lower than a line.
  void plain_text(SourceSpan part) {
    std::string_view text(document_.article.text);
    text = text.substr(part.begin, part.end - part.begin);
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at)) {
      const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
      const std::size_t end = text.substr(0, next).rfind('\n') + 1;
      if (end == ++at) continue;  // one line end
      out_ += escape_html(text.substr(0, at - 1)) + "<i class=\"gap\">";
      out_.append(text.substr(at - 1, end - at + 1)) += "</i>";
      text.remove_prefix(end);
      at = 0;
    }
    out_ += escape_html(text);
  }

  std::uint32_t skip_line_end(std::uint32_t at) const {
    const std::size_t text = document_.article.text.find_first_not_of(" \t\r\n", at);
    const std::size_t end = std::min(text, document_.article.text.size());
    return static_cast<std::uint32_t>(end);
  }

  std::uint32_t next_border(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = end;
    if (next_ < order_.size()) next = std::min(next, marks_.marks[order_[next_]].span.begin);
    for (const std::uint32_t i : stack_) next = std::min(next, marks_.marks[i].span.end);
    return std::max(next, at + 1);
  }

  void open_all(std::uint32_t at) {
    for (const std::uint32_t i : reopened_) open(i);
    reopened_.clear();
    while (next_ < order_.size() && marks_.marks[order_[next_]].span.begin <= at) {
      if (marks_.marks[order_[next_]].span.end > at) open(order_[next_]);
      ++next_;
    }
  }

  // Closes what ends here. What stands inside of that and goes on is closed too, to be opened
  // again; at the end of a part everything is.
  void close_until(std::uint32_t at, bool is_end) {
    const auto ends = [&](std::uint32_t i) { return marks_.marks[i].span.end <= at; };
    const auto outermost =
        is_end ? stack_.begin() : std::find_if(stack_.begin(), stack_.end(), ends);
    for (auto i = stack_.end(); i != outermost;) {
      --i;
      close(*i, ends(*i));
    }
    std::copy_if(outermost, stack_.end(), std::back_inserter(reopened_),
                 [&](std::uint32_t i) { return !ends(i); });
    stack_.erase(outermost, stack_.end());
  }

  void open(std::uint32_t index) {
    static constexpr std::string_view kLetters[] = {"e", "f", "q", "s"};
    const Mark& mark = marks_.marks[index];
    stack_.push_back(index);
    const bool is_source = mark.layer == MarkLayer::source;
    out_ += "<mark class=\"mark ";
    out_ += kLetters[static_cast<int>(mark.layer)];
    out_ += ' ' + html_kind_class(is_source ? "quote" : mark.label);
    if (heights_[index] > 0) out_ += " h" + std::to_string(std::min(heights_[index], 3));
    if (is_open_[index]) {
      out_ += " more\">";
      return;
    }
    is_open_[index] = true;
    out_ += "\" id=\"" + mark_id(index) + '"';
    attributes(mark);
    out_ += '>';
    if (mark.layer == MarkLayer::quote) said_by(index);
  }

  void close(std::uint32_t index, bool is_end) {
    for (const MarkLink& link : quotes_of_[index]) {
      if (!is_end || std::string_view(link.label) != "spoken_by") continue;
      out_ += "<a class=\"says\" href=\"#" + mark_id(link.from) + '"';
      attribute("data-t", "❝" + number_of(link.from));
      out_ += "></a>";
    }
    out_ += "</mark>";
  }

  void attributes(const Mark& mark) {
    attribute("data-k", mark.label);
    if (mark.layer == MarkLayer::source) return;
    out_ += " tabindex=\"0\"";
    if (mark.layer == MarkLayer::entity) {
      const Entity& entity = document_.entities[mark.index];
      attribute("data-v", entity.name + house_of(entity));
      if (!house_of(entity).empty()) attribute("data-n", entity.name);
      attribute("data-r", rules_.rule_id(entity.rule));
    } else if (mark.layer == MarkLayer::figure) {
      const Figure& figure = document_.figures[mark.index];
      attribute("data-v", text_of(figure));
      if (!figure.unit.empty()) attribute("data-u", figure.unit);
      attribute("data-r", rules_.rule_id(figure.rule));
    } else {
      const Quote& quote = document_.quotes[mark.index];
      attribute("data-v", text_of(quote));
      if (!who(quote).empty()) attribute("data-s", who(quote));
      attribute("data-r", rules_.rule_id(quote.rule));
    }
  }

  void attribute(std::string_view name, std::string_view value) {
    out_.append(1, ' ').append(name).append("=\"");
    out_ += escape_html(value) + '"';
  }

  // ": Luc Petit, Novalia" behind a role.
  std::string house_of(const Entity& entity) const {
    std::string text;
    for (const auto& id : {entity.person, entity.organization}) {
      const auto name = id ? names_.find(*id) : names_.end();
      if (name != names_.end()) text += (text.empty() ? ": " : ", ") + name->second;
    }
    return text;
  }

  // What stands before a quote: its number and its speaker, with the way there.
  void said_by(std::uint32_t index) {
    const Quote& quote = document_.quotes[marks_.marks[index].index];
    const auto link = std::find_if(marks_.links.begin(), marks_.links.end(), [&](const auto& one) {
      return one.from == index && std::string_view(one.label) == "spoken_by";
    });
    out_ += "<a class=\"by\"";
    if (link != marks_.links.end()) out_ += " href=\"#" + mark_id(link->to) + '"';
    attribute("data-t", "❝" + number_of(index) + ' ' + who(quote));
    out_ += "></a>";
  }

  std::string number_of(std::uint32_t quote) const {
    return std::to_string(numbers_[marks_.marks[quote].index]);
  }
  std::string mark_id(std::uint32_t index) const { return id_ + std::to_string(index); }

  // --- the tables beside it ---

  void tables() {
    if (layers_.entities) entity_table();
    if (layers_.figures) figure_table();
    if (layers_.quotes) quote_table();
  }

  void head(std::string_view name, std::size_t count) {
    out_.append("<h3>").append(name).append(" · ") += std::to_string(count) + "</h3>";
    if (count > 0) out_ += "<table>";
  }

  std::string pill(const char* label) const {
    return "<span class=\"pill " + html_kind_class(label) + "\">" + label + "</span>";
  }
  std::string link(std::uint32_t mark, std::string_view text) const {
    return "<a href=\"#" + mark_id(mark) + "\">" + escape_html(text) + "</a>";
  }

  // A line for each referent and type, with a link to every mention.
  void entity_table() {
    std::map<std::pair<std::uint32_t, EntityType>, std::vector<std::uint32_t>> mentions;
    std::vector<std::pair<std::uint32_t, EntityType>> order;
    for (std::uint32_t i = 0; i < document_.entities.size(); ++i) {
      const Entity& entity = document_.entities[i];
      auto& places = mentions[{entity.id, entity.type}];
      if (places.empty()) order.emplace_back(entity.id, entity.type);
      places.push_back(i);
    }
    head("Entities", order.size());
    for (const auto& key : order) entity_row(mentions.at(key));
    if (!order.empty()) out_ += "</table>";
  }

  void entity_row(const std::vector<std::uint32_t>& places) {
    const Entity& entity = document_.entities[places.front()];
    out_ += "<tr><td>" + pill(to_string(entity.type)) + "</td><td>";
    out_ += link(places.front(), entity.name) + escape_html(house_of(entity));
    for (std::size_t i = 1; i < places.size(); ++i) {
      out_ += ' ' + link(places[i], std::to_string(i + 1));
    }
    out_ += "</td></tr>";
  }

  void figure_table() {
    std::uint32_t mark = first_of(MarkLayer::figure);
    head("Figures", document_.figures.size());
    for (const Figure& figure : document_.figures) {
      const std::string text = slice_utf8(document_.article.text, figure.span);
      out_ += "<tr><td>" + pill(to_string(figure.kind)) + "</td><td>" + link(mark++, text);
      out_ += "</td><td>" + escape_html(text_of(figure)) + "</td></tr>";
    }
    if (!document_.figures.empty()) out_ += "</table>";
  }

  void quote_table() {
    std::uint32_t mark = first_of(MarkLayer::quote);
    head("Quotes", document_.quotes.size());
    for (const Quote& quote : document_.quotes) {
      const std::string name = who(quote).empty() ? "nobody is named" : who(quote);
      out_ += "<tr><td>" + pill(to_string(quote.kind)) + "</td><td><b>";
      out_ += escape_html(name) + "</b> " + escape_html(quote.cue) + "<br>";
      out_ += link(mark++, slice_utf8(document_.article.text, quote.span)) + "</td></tr>";
    }
    if (!document_.quotes.empty()) out_ += "</table>";
  }

  std::uint32_t first_of(MarkLayer layer) const {
    const auto mark = std::find_if(marks_.marks.begin(), marks_.marks.end(),
                                   [&](const Mark& one) { return one.layer == layer; });
    return static_cast<std::uint32_t>(mark - marks_.marks.begin());
  }

  const Document& document_;
  const RuleSet& rules_;
  Layers layers_;
  Marks marks_;
  std::string id_;
  std::map<std::uint32_t, std::string> names_;    // of entities, by id
  std::vector<std::uint32_t> numbers_;            // of quotes, as shown
  std::vector<std::uint32_t> order_;              // marks as they are opened
  std::vector<int> heights_;                      // of marks: how many lie inside, one in the other
  std::vector<bool> is_open_;                     // marks that were opened once
  std::vector<std::vector<MarkLink>> quotes_of_;  // of speakers and cues
  std::size_t next_ = 0;                          // in order_
  std::vector<std::uint32_t> stack_;              // open marks, outermost first
  std::vector<std::uint32_t> reopened_;           // closed with another one, though they go on
  std::string out_;
};

// --- the page ---

std::string page_begin() {
  std::string page = html_page_begin("glane", kArticlesStyle);
  page +=
      "<header class=\"top\"><h1>glane</h1><p class=\"muted\">Entities, figures and quotes in the "
      "articles as they were published. Point at a mark, or reach it with Tab, to see its value "
      "and its rule.</p></header>\n<div class=\"tools\">";
  page +=
      "<input type=\"search\" id=\"find\" class=\"only-js\" placeholder=\"Find in the articles\" "
      "aria-label=\"Find in the articles\"><span id=\"count\" class=\"only-js muted small\" "
      "role=\"status\"></span><button id=\"picked\" class=\"only-js\" hidden></button>";
  for (const char* kind :
       {"person", "organization", "location", "product", "event", "role", "figure", "quote"}) {
    page += "<label><input type=\"checkbox\" id=\"k-" + std::string(kind) +
            "\" checked autocomplete=\"off\"><span class=\"pill " + html_kind_class(kind) + "\">" +
            kind + "</span></label>";
  }
  page +=
      "</div>\n<details class=\"all only-js card\"><summary>Names, figures and speakers of all "
      "articles</summary><div class=\"three\"></div></details>\n<div class=\"page\">\n"
      "<details class=\"list only-js\"><summary>Articles</summary><ol></ol></details>\n<div>\n";
  return page;
}

std::string page_end() { return "</div>\n</div>\n" + html_page_end(kArticlesScript); }

}  // namespace

std::unique_ptr<Sink> write_html(const std::string& path, const RuleSet& rules,
                                 const JsonOptions& options) {
  return write_stream(path,
                      {.render =
                           [=](const Document& document) {
                             return ArticleHtml(document, rules, options.layers).write();
                           },
                       .opening = page_begin(),
                       .end = page_end(),
                       .empty = page_begin() + "<p>There was no article.</p>\n" + page_end()});
}

}  // namespace glane
