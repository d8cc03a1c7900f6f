#include "evaluate/error_cards.h"

#include <algorithm>
#include <array>
#include <set>

#include "evaluate/python_text.h"
#include "values/offsets.h"
#include "write/html.h"

namespace glane {
namespace {

// --- the sentence ---

constexpr long long kMost = 220;  // characters shown on either side

bool ends_sentence(const std::u32string& text, std::size_t at) {
  const char32_t c = text[at];
  if (c == U'\n') return true;
  const bool is_stop = c == U'.' || c == U'!' || c == U'?' || c == U'…';
  return is_stop && at + 1 < text.size() && (text[at + 1] == U' ' || text[at + 1] == U'\n');
}

struct Window {
  long long start = 0;
  long long end = 0;
};

// The sentence around a stretch, roughly: what people need to judge, not what the rules saw.
Window window_around(const std::u32string& text, long long start, long long end) {
  const auto size = static_cast<long long>(text.size());
  Window window{std::clamp(start, 0LL, size), std::clamp(end, 0LL, size)};
  const long long first = std::max(0LL, window.start - kMost);
  const long long last = std::min(size, window.end + kMost);
  while (window.start > first && !ends_sentence(text, static_cast<std::size_t>(window.start - 1))) {
    --window.start;
  }
  while (window.end < last && !ends_sentence(text, static_cast<std::size_t>(window.end))) {
    ++window.end;
  }
  if (window.end < last && text[static_cast<std::size_t>(window.end)] != U'\n') ++window.end;
  return window;
}

std::string escaped(const std::u32string& text, long long start, long long end) {
  std::string piece;
  for (long long i = start; i < end; ++i) {
    append_utf8(text[static_cast<std::size_t>(i)], piece);
  }
  return escape_html(piece);
}

std::string marked(const std::u32string& text, const Window& window, const Mention& mention) {
  const long long start = std::clamp(mention.start, window.start, window.end);
  const long long end = std::clamp(mention.end, start, window.end);
  const std::string type = mention.type.value_or("null");
  std::string html = window.start > 0 &&
                             text[static_cast<std::size_t>(window.start - 1)] != U'\n' &&
                             !ends_sentence(text, static_cast<std::size_t>(window.start - 1))
                         ? "…"
                         : "";
  html += escaped(text, window.start, start) + "<mark class=\"mark " + html_kind_class(type) +
          "\">" + escaped(text, start, end) + "</mark> <span class=\"pill " +
          html_kind_class(type) + "\">" + escape_html(type) + "</span>";
  return html + escaped(text, end, window.end);
}

// --- what differs ---

std::string shown(const Json* value) {
  if (value == nullptr || value->is_null()) return "<span class=\"muted\">–</span>";
  return escape_html(python_str(value));
}

std::string differing_fields(const std::string& layer, const Pairing& pairing) {
  static const std::vector<const char*> kFigures = {"value", "min",      "max",      "scale",
                                                    "unit",  "modifier", "relation", "of"};
  static const std::vector<const char*> kQuotes = {"kind", "speaker", "speaker_name", "cue",
                                                   "modality"};
  static const std::vector<const char*> kNone;
  const auto& names = layer == "figures" ? kFigures : layer == "quotes" ? kQuotes : kNone;
  std::string rows;
  for (const char* name : names) {
    if (same_number(*pairing.gold, *pairing.pred, name)) continue;
    rows += std::string("<span>") + name + "</span><span>" + shown(field(*pairing.gold, name)) +
            "</span><span>" + shown(field(*pairing.pred, name)) + "</span>";
  }
  return rows.empty() ? "" : "<div class=\"differs\">" + rows + "</div>";
}

// --- the card ---

// The fault that an error is filed under: what a reader would repair first.
Fault main_fault(const Pairing& pairing) { return pairing.faults.front(); }

std::string side(const char* head, const std::optional<Mention>& mention,
                 const std::u32string& text, const Window& window, const char* none) {
  if (!mention) {
    return std::string("<div class=\"side none\"><small>") + head + "</small>" + none + "</div>";
  }
  return std::string("<div class=\"side\"><small>") + head + "</small>" +
         marked(text, window, *mention) + "</div>";
}

std::string card_header(const std::string& layer, const AlignedDocument& document,
                        const Pairing& pairing) {
  std::string html = "<header>";
  for (const Fault fault : pairing.faults) {
    html += std::string("<span class=\"fault\">") + to_string(fault) + "</span>";
  }
  html += "<span>" + layer + "</span>";
  const std::string rule = pairing.pred ? text_of(*pairing.pred, "rule") : "";
  if (!rule.empty()) html += "<span>rule <code>" + escape_html(rule) + "</code></span>";
  return html + "<span class=\"doc\">" + escape_html(python_str(&document.gold->at("id"))) + " @" +
         std::to_string((pairing.gold ? *pairing.gold : *pairing.pred).start) + "</span></header>";
}

std::string card_body(const std::string& layer, const std::u32string& text,
                      const Pairing& pairing) {
  const Mention& any = pairing.gold ? *pairing.gold : *pairing.pred;
  long long start = any.start, end = any.end;
  if (pairing.gold && pairing.pred) {
    start = std::min(start, pairing.pred->start);
    end = std::max(end, pairing.pred->end);
  }
  const Window window = window_around(text, start, std::max(start, end));
  std::string html = side("gold", pairing.gold, text, window, "not in the gold") +
                     side("found", pairing.pred, text, window, "nothing found");
  if (pairing.gold && pairing.pred) html += differing_fields(layer, pairing);
  return html;
}

// Values of data attributes are lists of words that the filters look for.
std::string word(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '_');
  return escape_html(text);
}

std::string data_attributes(const std::string& layer, const Pairing& pairing) {
  std::string faults, types;
  for (const Fault fault : pairing.faults) {
    faults += (faults.empty() ? "" : " ") + std::string(to_string(fault));
  }
  for (const auto& mention : {pairing.gold, pairing.pred}) {
    if (mention) types += (types.empty() ? "" : " ") + word(mention->type.value_or("null"));
  }
  const std::string rule = pairing.pred ? text_of(*pairing.pred, "rule") : "";
  return " data-layer=\"" + layer + "\" data-fault=\"" + faults + "\" data-type=\"" + types +
         "\" data-rule=\"" + word(rule) + "\"";
}

struct Group {
  std::size_t count = 0;
  std::string cards;
};

// --- the section ---

constexpr std::array kGroups = {Fault::missed,   Fault::spurious, Fault::type,
                                Fault::boundary, Fault::value,    Fault::speaker};

const char* meaning(Fault fault) {
  constexpr std::array kMeanings = {"in the gold, not found",       "found, not in the gold",
                                    "another type or kind",         "another beginning or end",
                                    "another value, bound or unit", "another speaker, or none"};
  return kMeanings[static_cast<std::size_t>(fault)];
}

std::string option(const std::string& value) {
  return "<option value=\"" + word(value) + "\">" + escape_html(value) + "</option>";
}

std::string select(const char* name, const char* label, const std::set<std::string>& values) {
  std::string html = std::string("<select data-filter=\"") + name + "\" aria-label=\"" + label +
                     "\"><option value=\"\">" + label + "</option>";
  for (const std::string& value : values) html += option(value);
  return html + "</select>";
}

// What the filters offer.
struct Choices {
  std::set<std::string> layers, faults, types, rules;

  void add(const std::string& layer, const Pairing& pairing) {
    layers.insert(layer);
    for (const Fault fault : pairing.faults) faults.insert(to_string(fault));
    for (const auto& mention : {pairing.gold, pairing.pred}) {
      if (mention) types.insert(mention->type.value_or("null"));
    }
    const std::string rule = pairing.pred ? text_of(*pairing.pred, "rule") : "";
    if (!rule.empty()) rules.insert(rule);
  }
};

std::string tools(const Choices& choices) {
  return "<div class=\"tools only-js\">" + select("layer", "all layers", choices.layers) +
         select("fault", "all faults", choices.faults) +
         select("type", "all types", choices.types) + select("rule", "all rules", choices.rules) +
         "<input type=\"search\" data-filter=\"text\" placeholder=\"words\" aria-label=\"words\">"
         "<button id=\"reset\" type=\"button\">all</button>"
         "<span id=\"shown\" class=\"muted small\" role=\"status\"></span></div>\n";
}

constexpr std::size_t kOpened = 12;  // a group of no more is open from the start

std::string group_html(Fault fault, const Group& group) {
  if (group.count == 0) return "";
  return std::string("<details class=\"group\" id=\"errors-") + to_string(fault) + "\"" +
         (group.count <= kOpened ? " open" : "") + "><summary>" + to_string(fault) +
         " <span class=\"count\">" + std::to_string(group.count) + "</span> <small>" +
         meaning(fault) + "</small></summary>\n" + group.cards + "</details>\n";
}

void add_document(const std::string& layer, const AlignedDocument& document,
                  std::array<Group, 6>& groups, Choices& choices) {
  std::u32string text;  // read for the first error only
  for (const Pairing& pairing : document.pairings) {
    if (pairing.is_right()) continue;
    if (text.empty()) text = code_points(document.gold->value("text", ""));
    choices.add(layer, pairing);
    Group& group = groups[static_cast<std::size_t>(main_fault(pairing))];
    ++group.count;
    group.cards += "<article class=\"error\"" + data_attributes(layer, pairing) + ">" +
                   card_header(layer, document, pairing) + card_body(layer, text, pairing) +
                   "</article>\n";
  }
}

}  // namespace

std::string change_card(const std::string& layer, const AlignedDocument& document,
                        const Pairing& pairing) {
  return "<article class=\"error change\">" + card_header(layer, document, pairing) +
         card_body(layer, code_points(document.gold->value("text", "")), pairing) + "</article>\n";
}

std::string error_section(const Evaluation& evaluation) {
  std::array<Group, 6> groups;
  Choices choices;
  for (const LayerEvaluation& layer : evaluation.layers) {
    for (const AlignedDocument& document : layer.documents) {
      add_document(layer.layer, document, groups, choices);
    }
  }
  std::string html = "<section><h2 id=\"errors\">Errors</h2>\n";
  if (choices.layers.empty()) return html + "<p>There is none.</p></section>\n";
  html += tools(choices);
  for (const Fault fault : kGroups) {
    html += group_html(fault, groups[static_cast<std::size_t>(fault)]);
  }
  return html + "</section>\n";
}

}  // namespace glane
