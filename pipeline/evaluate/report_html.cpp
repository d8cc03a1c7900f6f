// The report as a page: scores, errors in their sentences, rules, documents. Without script it
// reads from top to bottom; with script errors can be filtered and tables sorted.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "evaluate/error_cards.h"
#include "evaluate/python_text.h"
#include "evaluate/report.h"
#include "write/html.h"

namespace glane {
namespace {

constexpr char kStyle[] = R"css(
.lead{font-size:1.02rem;max-width:46rem}
.jump{display:flex;flex-wrap:wrap;gap:.3rem 1rem;margin:.8rem 0 0;font-size:.92rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.8rem;margin:1.1rem 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.9rem 1.1rem}
.tile b{display:block;font:600 2.1rem/1.1 var(--serif);letter-spacing:-.02em}
.tile .of{font-size:.82rem;color:var(--soft)}
.range{position:relative;display:inline-block;vertical-align:middle;width:7.5rem;height:.85rem;border-radius:4px;
 background:linear-gradient(var(--line),var(--line)) center/100% 1px no-repeat}
.range i{position:absolute;top:.16rem;bottom:.16rem;border-radius:3px;background:color-mix(in srgb,var(--accent) 32%,transparent)}
.range b{position:absolute!important;top:0;bottom:0;width:3px;margin-left:-1.5px;border-radius:2px;background:var(--accent)}
.tile .range{display:block;width:100%;margin:.5rem 0 .35rem}
.figure{display:inline-block;min-width:3.1em;text-align:right;font-variant-numeric:tabular-nums;margin-right:.3rem}
thead th.num{text-align:right}tbody th{font-weight:500}
.up{color:var(--good)}.down{color:var(--bad)}
.error{display:grid;grid-template-columns:1fr 1fr;gap:.2rem 1.4rem;background:var(--card);border:1px solid var(--line);
 border-radius:10px;padding:.65rem .9rem .75rem;margin:.55rem 0}
.error header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.3rem .5rem;align-items:center;font-size:.8rem;color:var(--soft)}
.error header .doc{margin-left:auto;font-family:var(--mono);font-size:.76rem}
.side{font:1rem/1.5 var(--serif);min-width:0}.side>small{display:block;font:600 .7rem/1.5 var(--sans);
 letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
.side.none{color:var(--soft);font-style:italic}
.differs{grid-column:1/-1;border-top:1px dashed var(--line);margin-top:.35rem;padding-top:.35rem;font-size:.86rem;
 display:grid;grid-template-columns:auto 1fr 1fr;gap:.05rem 1rem}
.differs span:nth-child(3n+1){color:var(--soft)}
.fault{border-radius:4px;padding:.02rem .4rem;font-weight:600;font-size:.74rem;border:1px solid var(--line);background:var(--shade)}
details.group>summary,details.more>summary{cursor:pointer;font:600 1.02rem/1.4 var(--sans);padding:.5rem 0}
details.group>summary small{font-weight:400;color:var(--soft)}
.count{display:inline-block;min-width:2.2em;text-align:center;border-radius:999px;background:var(--shade);
 border:1px solid var(--line);font-size:.82rem;margin-left:.35rem;padding:0 .4rem}
th.sort{cursor:pointer}th[aria-sort=ascending]:after{content:" ▲"}th[aria-sort=descending]:after{content:" ▼"}
td button{font-size:.8rem;padding:.05rem .45rem}
.matrix td.num.zero{color:color-mix(in srgb,var(--soft) 45%,transparent)}.matrix td.num.hot{font-weight:700;color:var(--bad)}
@media (max-width:44rem){.tools{position:static}.error{grid-template-columns:1fr}.error header .doc{margin-left:0;width:100%}
 .range{width:4.6rem}.wide{display:none}.tools select,.tools input{flex:1 1 8rem}}
)css";

constexpr char kScript[] = R"js(
const all = [...document.querySelectorAll('.group .error')];
const filter = {};
const shown = document.getElementById('shown');
function matches(card) {
  for (const [name, wanted] of Object.entries(filter)) {
    if (!wanted) continue;
    if (name === 'text') { if (!card.textContent.toLowerCase().includes(wanted)) return false; }
    else if (!(' ' + card.dataset[name] + ' ').includes(' ' + wanted + ' ')) return false;
  }
  return true;
}
function apply() {
  let count = 0;
  for (const card of all) { const on = matches(card); card.hidden = !on; count += on ? 1 : 0; }
  for (const group of document.querySelectorAll('details.group')) {
    const left = group.querySelectorAll('.error:not([hidden])').length;
    group.hidden = !left;
    if (left && Object.values(filter).some(Boolean)) group.open = true;
    group.querySelector('.count').textContent = left;
  }
  if (shown) shown.textContent = count === all.length ? count + ' errors' : count + ' of ' + all.length + ' errors';
}
function set(name, value) { filter[name] = value; apply(); }
for (const control of document.querySelectorAll('[data-filter]')) {
  control.addEventListener('input', () => set(control.dataset.filter, control.value.trim().toLowerCase()
    && (control.dataset.filter === 'text' ? control.value.trim().toLowerCase() : control.value)));
}
for (const button of document.querySelectorAll('[data-rule-of]')) {
  button.addEventListener('click', () => {
    const box = document.querySelector('[data-filter=rule]');
    box.value = button.dataset.ruleOf;
    set('rule', box.value);
    document.getElementById('errors').scrollIntoView();
  });
}
const reset = document.getElementById('reset');
if (reset) reset.addEventListener('click', () => {
  for (const control of document.querySelectorAll('[data-filter]')) control.value = '';
  for (const name of Object.keys(filter)) delete filter[name];
  apply();
});
for (const head of document.querySelectorAll('table.sortable th')) {
  head.classList.add('sort'); head.tabIndex = 0;
  const sort = () => {
    const table = head.closest('table'), body = table.tBodies[0], column = head.cellIndex;
    const down = head.getAttribute('aria-sort') !== 'descending';
    for (const other of table.querySelectorAll('th')) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const key = row => { const text = row.cells[column].textContent.trim(), number = parseFloat(text);
      return Number.isNaN(number) ? text : number; };
    const rows = [...body.rows].sort((a, b) => { const x = key(a), y = key(b);
      const order = typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === 'number' ? 1 : -1;
      return down ? -order : order; });
    body.append(...rows);
  };
  head.addEventListener('click', sort);
  head.addEventListener('keydown', event => { if (event.key === 'Enter') sort(); });
}
apply();
)js";

// --- numbers ---

std::string percent(const Json& value) {
  return value.is_number() ? fixed(100 * value.get<double>(), 1) : "–";
}

std::string percent_range(const Json& bounds) {
  return bounds.is_array() ? percent(bounds[0]) + "–" + percent(bounds[1]) : "";
}

std::string style_percent(const Json& value) {
  return fixed(100 * std::clamp(value.get<double>(), 0.0, 1.0), 2) + "%";
}

// A value between 0 and 1 on its line, with its interval; said in words for those who do not see.
std::string range(const Json& value, const Json& bounds) {
  if (!value.is_number()) return "";
  std::string html = "<span class=\"range\" role=\"img\" aria-label=\"" + percent(value);
  if (bounds.is_array()) html += ", between " + percent(bounds[0]) + " and " + percent(bounds[1]);
  html += "\">";
  if (bounds.is_array()) {
    const double width = bounds[1].get<double>() - bounds[0].get<double>();
    html += "<i style=\"left:" + style_percent(bounds[0]) + ";width:" + style_percent(width) +
            "\"></i>";
  }
  return html + "<b style=\"left:" + style_percent(value) + "\"></b></span>";
}

std::string num(const std::string& text) { return "<td class=\"num\">" + text + "</td>"; }
std::string num(const Json& value) { return num(value.dump()); }

std::string heading(const std::vector<const char*>& names, const char* css) {
  std::string html = std::string("<div class=\"scroll\"><table class=\"") + css + "\"><thead><tr>";
  for (const std::string name : names) {  // "#" before the name of a column of numbers
    const bool is_number = name.starts_with("#");
    html += std::string("<th scope=\"col\"") + (is_number ? " class=\"num\">" : ">") +
            name.substr(is_number ? 1 : 0) + "</th>";
  }
  return html + "</tr></thead><tbody>\n";
}

constexpr char kTableEnd[] = "</tbody></table></div>\n";

// --- scores ---

const std::map<std::string, const char*>& scheme_names() {
  static const std::map<std::string, const char*> kNames = {
      {"strict", "strict <span class=\"muted small wide\">same span and type</span>"},
      {"exact", "exact <span class=\"muted small wide\">same span</span>"},
      {"partial", "partial <span class=\"muted small wide\">overlap counts a half</span>"},
      {"type", "type <span class=\"muted small wide\">overlap, same type</span>"},
      {"value", "value <span class=\"muted small wide\">overlap, kind, value and unit</span>"},
      {"speaker", "speaker <span class=\"muted small wide\">overlap, who speaks</span>"}};
  return kNames;
}

std::string estimate_cells(const Json& m) {
  return "<td class=\"nowrap\"><strong class=\"figure\">" + percent(m.at("f1")) + "</strong> " +
         range(m.at("f1"), m.at("f1_interval")) + " <span class=\"muted small\">" +
         percent_range(m.at("f1_interval")) + "</span></td>" + num(percent(m.at("p"))) +
         num(percent(m.at("r")));
}

std::string outcome_cells(const Json& m) {
  std::string html;
  for (const char* name : {"correct", "incorrect", "partial", "missed", "spurious"}) {
    html += m.contains(name) ? num(m.at(name)) : num(std::string());
  }
  return html;
}

const std::vector<const char*> kScoreHeads = {
    "measure",  "F1, interval of 95 %", "#P", "#R", "#correct", "#incorrect", "#partial", "#missed",
    "#spurious"};

std::string score_table(const Json& semeval) {
  std::string html = heading(kScoreHeads, "scores");
  for (const auto& [scheme, m] : semeval.at("micro").items()) {
    html += "<tr><th scope=\"row\">" + std::string(scheme_names().at(scheme)) + "</th>" +
            estimate_cells(m) + outcome_cells(m) + "</tr>\n";
  }
  for (const auto& [part, name] : {std::pair{"macro", "strict, mean of types"},
                                   {"per_document", "strict, mean of documents"}}) {
    const Json& m = semeval.at(part).at("strict");
    html += "<tr><th scope=\"row\">" + std::string(name) + "</th>" + estimate_cells(m) +
            outcome_cells(m) + "</tr>\n";
  }
  return html + kTableEnd;
}

std::string pill(const std::string& kind) {
  return "<span class=\"pill " + html_kind_class(kind) + "\">" + escape_html(kind) + "</span>";
}

std::string type_table(const Json& by_type) {
  std::string html = heading({"type, strict", "F1, interval of 95 %", "#P", "#R", "#correct",
                              "#incorrect", "#partial", "#missed", "#spurious"},
                             "sortable");
  for (const auto& [type, schemes] : by_type.items()) {
    const Json& m = schemes.at("strict");
    html += "<tr><th scope=\"row\">" + pill(type) + "</th>" + estimate_cells(m) + outcome_cells(m) +
            "</tr>\n";
  }
  return html + kTableEnd;
}

std::string field_table(const Json& fields) {
  std::string html = heading({"field", "right, interval of 95 %", "#of"}, "sortable");
  for (const auto& [name, a] : fields.items()) {
    html += "<tr><th scope=\"row\">" + escape_html(name) +
            "</th><td class=\"nowrap\"><strong class=\"figure\">" + percent(a["accuracy"]) +
            "</strong> " + range(a["accuracy"], a["interval"]) + " <span class=\"muted small\">" +
            percent_range(a["interval"]) + "</span></td>" + num(a["of"]) + "</tr>\n";
  }
  return html + kTableEnd;
}

// --- which type is taken for which ---

struct Matrix {
  std::vector<std::string> types;
  std::map<std::pair<std::string, std::string>, std::size_t> cells;  // "" is none
};

std::string name_in(const std::optional<Mention>& mention) {
  return mention ? mention->type.value_or("null") : "";
}

Matrix matrix_of(const LayerEvaluation& layer) {
  Matrix matrix;
  std::map<std::string, bool> types;
  for (const AlignedDocument& document : layer.documents) {
    for (const Pairing& pairing : document.pairings) {
      const std::string gold = name_in(pairing.gold), pred = name_in(pairing.pred);
      ++matrix.cells[{gold, pred}];
      for (const std::string& type : {gold, pred}) {
        if (!type.empty()) types[type] = true;
      }
    }
  }
  for (const auto& [type, is_there] : types) matrix.types.push_back(type);
  return matrix;
}

std::string matrix_cell(const Matrix& matrix, const std::string& gold, const std::string& pred) {
  const auto found = matrix.cells.find({gold, pred});
  const std::size_t count = found == matrix.cells.end() ? 0 : found->second;
  const char* css = count == 0 ? " zero" : gold != pred ? " hot" : "";
  return std::string("<td class=\"num") + css + "\">" + std::to_string(count) + "</td>";
}

std::string matrix_table(const LayerEvaluation& layer) {
  const Matrix matrix = matrix_of(layer);
  std::string html =
      "<details class=\"more\"><summary>Which type is taken for which</summary>"
      "<div class=\"scroll\"><table class=\"matrix\"><caption>gold in rows, found in "
      "columns</caption><thead><tr><th></th>";
  for (const std::string& type : matrix.types) html += "<th>" + pill(type) + "</th>";
  html += "<th>missed</th></tr></thead><tbody>\n";
  for (const std::string& gold : matrix.types) {
    html += "<tr><th scope=\"row\">" + pill(gold) + "</th>";
    for (const std::string& pred : matrix.types) html += matrix_cell(matrix, gold, pred);
    html += matrix_cell(matrix, gold, "") + "</tr>\n";
  }
  html += "<tr><th scope=\"row\">spurious</th>";
  for (const std::string& pred : matrix.types) html += matrix_cell(matrix, "", pred);
  return html + "<td></td></tr></tbody></table></div></details>\n";
}

std::string layer_section(const LayerEvaluation& layer) {
  if (layer.semeval.empty()) return "";
  std::string html = "<h2 id=\"scores-" + layer.layer + "\">" + layer.layer + "</h2>\n" +
                     score_table(layer.semeval);
  if (!layer.semeval.contains("by_type")) return html;
  html += "<h3>By type</h3>\n" + type_table(layer.semeval["by_type"]);
  if (layer.semeval.contains("fields")) {
    html += "<h3>Fields, over the pairs that overlap</h3>\n" + field_table(layer.semeval["fields"]);
  }
  return html + matrix_table(layer);
}

// --- the head ---

std::string tile(const LayerEvaluation& layer) {
  if (layer.semeval.empty()) return "";
  const Json& m = layer.semeval.at("micro").at("strict");
  return "<div class=\"tile\"><span class=\"muted\">" + layer.layer + ", strict F1</span><b>" +
         percent(m["f1"]) + "</b>" + range(m["f1"], m["f1_interval"]) + "<span class=\"of\">" +
         percent_range(m["f1_interval"]) + " is the interval of 95 %; " + m["possible"].dump() +
         " in gold, " + m["actual"].dump() + " found</span></div>\n";
}

std::string page_head(const Evaluation& evaluation) {
  std::string html = "<h1>How good is it?</h1>\n<p class=\"lead\"><strong>" +
                     escape_html(evaluation.pred_name) + "</strong> against <strong>" +
                     escape_html(evaluation.gold_name) + "</strong>, " +
                     std::to_string(evaluation.documents) +
                     " documents. <span class=\"muted\">Measures as SemEval-2013 defines them; "
                     "intervals by a bootstrap over documents, " +
                     std::to_string(evaluation.bootstrap.rounds) + " rounds.</span></p>\n";
  html += "<nav class=\"jump\">";
  for (const LayerEvaluation& layer : evaluation.layers) {
    if (layer.semeval.empty()) continue;
    html += "<a href=\"#scores-" + layer.layer + "\">" + layer.layer + "</a>";
  }
  html +=
      "<a href=\"#errors\">errors</a><a href=\"#rules\">rules</a>"
      "<a href=\"#documents\">documents</a></nav>\n<div class=\"tiles\">\n";
  for (const LayerEvaluation& layer : evaluation.layers) html += tile(layer);
  return html + "</div>\n";
}

// --- rules and documents ---

std::string rule_row(const std::string& layer, const Json& rule) {
  const std::string name = escape_html(rule["rule"].get<std::string>());
  std::string html = "<tr><th scope=\"row\" class=\"mono\">" + name + "</th><td>" + layer +
                     "</td>" + num(rule["pred"]) + num(rule["right"]) +
                     "<td class=\"nowrap\"><strong class=\"figure\">" + percent(rule["p"]) +
                     "</strong> " + range(rule["p"], nullptr) + "</td>";
  for (const char* fault : {"spurious", "type", "boundary", "value", "speaker"}) {
    html += num(rule[fault]);
  }
  return html + "<td class=\"only-js\"><button data-rule-of=\"" + name +
         "\">errors</button></td></tr>\n";
}

std::string rule_section(const Evaluation& evaluation) {
  std::string rows;
  for (const LayerEvaluation& layer : evaluation.layers) {
    for (const Json& rule : layer.rules) rows += rule_row(layer.layer, rule);
  }
  if (rows.empty()) return "<h2 id=\"rules\">Rules</h2>\n<p>The predictions name no rules.</p>\n";
  return "<h2 id=\"rules\">Rules, the noisiest first</h2>\n<p class=\"muted small\">Right: span, "
         "type, "
         "value and speaker agree with the gold.</p>\n" +
         heading({"rule", "layer", "#found", "#right", "precision", "#spurious", "#type",
                  "#boundary", "#value", "#speaker", "<span class=\"only-js\"></span>"},
                 "sortable") +
         rows + kTableEnd;
}

std::string document_section(const Evaluation& evaluation) {
  std::string html = "<h2 id=\"documents\">Documents</h2>\n";
  for (const LayerEvaluation& layer : evaluation.layers) {
    if (layer.semeval.empty()) continue;
    std::vector<Json> documents = layer.semeval["documents"].get<std::vector<Json>>();
    std::stable_sort(documents.begin(), documents.end(), [](const Json& a, const Json& b) {
      return a["strict"].is_number() && (!b["strict"].is_number() || a["strict"] < b["strict"]);
    });
    html += "<details class=\"more\"><summary>" + layer.layer + ", the weakest first</summary>\n" +
            heading({"document", "#strict F1", "#partial F1", "#gold", "#found"}, "sortable");
    for (const Json& d : documents) {
      html += "<tr><th scope=\"row\" class=\"mono\">" + escape_html(python_str(&d["id"])) +
              "</th>" + num(percent(d["strict"])) + num(percent(d["partial"])) + num(d["gold"]) +
              num(d["pred"]) + "</tr>\n";
    }
    html += std::string(kTableEnd) + "</details>\n";
  }
  return html;
}

// --- an earlier run ---

std::string signed_points(double difference) {
  const std::string points = fixed(100 * difference, 1);
  if (points == "0.0" || points == "-0.0") return "±0.0";
  return (points.starts_with('-') ? "−" + points.substr(1) : "+" + points);
}

std::string difference_class(double difference) {
  return difference > 0.00005 ? "up" : difference < -0.00005 ? "down" : "muted";
}

std::string difference_row(const std::string& head, const Json& before, const Json& after,
                           const std::string& rest) {
  if (!before.is_number() || !after.is_number()) return "";
  const double difference = after.get<double>() - before.get<double>();
  return "<tr><th scope=\"row\">" + head + "</th>" + num(percent(before)) + num(percent(after)) +
         "<td class=\"num " + difference_class(difference) + "\">" + signed_points(difference) +
         "</td>" + rest + "</tr>\n";
}

std::string tested(const Json& difference) {
  const std::string bounds = signed_points(difference["interval"][0].get<double>()) + " … " +
                             signed_points(difference["interval"][1].get<double>());
  const double p = difference["p"];
  return num(bounds) + num(p <= 0.001 ? "≤ 0.001" : fixed(p, 3));
}

const LayerEvaluation* layer_of(const Evaluation& evaluation, const std::string& layer) {
  for (const LayerEvaluation& part : evaluation.layers) {
    if (part.layer == layer) return &part;
  }
  return nullptr;
}

// F1 of each scheme of the earlier report; those of the reference scorer when it has no others.
std::string report_rows(const LayerEvaluation& layer, const Json& report) {
  std::string rows;
  const Json before = report.value(layer.layer, Json::object());
  const Json schemes = before.value("semeval", Json::object()).value("micro", Json::object());
  for (const auto& [scheme, m] : schemes.items()) {
    if (!layer.semeval.at("micro").contains(scheme)) continue;
    rows += difference_row(layer.layer + ", " + escape_html(scheme), m.value("f1", Json()),
                           layer.semeval["micro"][scheme]["f1"], std::string("<td></td><td></td>"));
  }
  if (!rows.empty()) return rows;
  for (const char* name : {"strict", "overlap", "value"}) {
    if (!before.contains(name) || !layer.reference.contains(name)) continue;
    rows += difference_row(layer.layer + ", " + name, before[name].value("f1", Json()),
                           layer.reference[name]["f1"], std::string("<td></td><td></td>"));
  }
  return rows;
}

std::string tested_rows(const LayerEvaluation& before, const LayerEvaluation& after,
                        const BootstrapOptions& options) {
  std::string rows;
  const Json differences = compare_layers(before, after, options);
  for (const auto& [scheme, d] : differences.items()) {
    rows += difference_row(after.layer + ", " + scheme, d["before"], d["after"], tested(d));
  }
  return rows;
}

std::string change_lists(const Evaluation& before, const Evaluation& after) {
  std::string fixed_cards, broken_cards;
  std::size_t fixed_count = 0, broken_count = 0;
  for (const LayerEvaluation& layer : after.layers) {
    const LayerEvaluation* earlier = layer_of(before, layer.layer);
    if (earlier == nullptr) continue;
    for (const PlacedPairing& p : new_errors(*earlier, layer)) {
      broken_cards += change_card(layer.layer, *p.document, *p.pairing);
      ++broken_count;
    }
    for (const PlacedPairing& p : new_errors(layer, *earlier)) {
      fixed_cards += change_card(layer.layer, *p.document, *p.pairing);
      ++fixed_count;
    }
  }
  return "<details class=\"more\" id=\"broken\"><summary>New errors <span class=\"count\">" +
         std::to_string(broken_count) + "</span></summary>\n" + broken_cards +
         "</details>\n<details class=\"more\" id=\"fixed\"><summary>Errors of the earlier run that "
         "are gone <span class=\"count\">" +
         std::to_string(fixed_count) + "</span></summary>\n" + fixed_cards + "</details>\n";
}

std::string earlier_section(const Evaluation& evaluation, const Earlier& earlier) {
  std::string html =
      "<h2 id=\"earlier\">Since the earlier run</h2>\n<p class=\"muted\">before: " +
      escape_html(earlier.name) + "</p>\n" +
      heading({"F1", "#before", "#now", "#difference", "#interval of 95 %", "#p, paired bootstrap"},
              "changes");
  for (const LayerEvaluation& layer : evaluation.layers) {
    if (layer.semeval.empty()) continue;
    const LayerEvaluation* before =
        earlier.evaluation ? layer_of(*earlier.evaluation, layer.layer) : nullptr;
    html += before ? tested_rows(*before, layer, evaluation.bootstrap)
                   : report_rows(layer, earlier.report);
  }
  html += kTableEnd;
  return earlier.evaluation ? html + change_lists(*earlier.evaluation, evaluation) : html;
}

}  // namespace

std::string html_report(const Evaluation& evaluation, const std::optional<Earlier>& earlier) {
  std::string html =
      html_page_begin("Evaluation: " + evaluation.pred_name, kStyle) + page_head(evaluation);
  if (earlier) html += earlier_section(evaluation, *earlier);
  for (const LayerEvaluation& layer : evaluation.layers) html += layer_section(layer);
  html += error_section(evaluation) + rule_section(evaluation) + document_section(evaluation);
  return html + html_page_end(kScript);
}

}  // namespace glane
