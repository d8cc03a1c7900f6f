// The reports for a terminal and for a page of Markdown.
#include "evaluate/python_text.h"
#include "evaluate/report.h"

namespace glane {
namespace {

// --- as the reference scorer prints ---

std::string measures_line(const std::string& head, const Json& m) {
  return head + " P " + fixed(m["p"], 3) + " R " + fixed(m["r"], 3) + " F1 " + fixed(m["f1"], 3) +
         "  (" + m["tp"].dump() + "/" + m["pred"].dump() + " pred, " + m["gold"].dump() +
         " gold)\n";
}

std::string type_lines(const std::string& layer, const Json& by_type) {
  std::string text;
  for (const auto& [type, m] : by_type.items()) {
    text += measures_line(layer + " strict " + padded(type == "null" ? "None" : type, 17), m);
  }
  return text;
}

std::string field_lines(const std::string& layer, const Json& fields) {
  std::string text;
  for (const auto& [name, a] : fields.items()) {
    text += layer + " " + padded(name, 24) + " accuracy " + fixed(a["accuracy"], 3) + " of " +
            a["of"].dump() + "\n";
  }
  return text;
}

// --- with intervals ---

std::string number(const Json& value) { return value.is_number() ? fixed(value, 3) : "  –  "; }

std::string interval(const Json& bounds) {
  if (!bounds.is_array()) return "[             ]";
  return "[" + number(bounds[0]) + ", " + number(bounds[1]) + "]";
}

std::string estimate_line(const std::string& head, const Json& m) {
  std::string line = head;
  for (const auto& [label, name] : {std::pair{" P ", "p"}, {"  R ", "r"}, {"  F1 ", "f1"}}) {
    line += label + number(m.at(name)) + " " + interval(m.at(std::string(name) + "_interval"));
  }
  return line;
}

std::string outcomes(const Json& m) {
  std::string text;
  for (const auto& [label, name] : {std::pair{"COR", "correct"},
                                    {"INC", "incorrect"},
                                    {"PAR", "partial"},
                                    {"MIS", "missed"},
                                    {"SPU", "spurious"}}) {
    text += std::string("  ") + label + " " + m.at(name).dump();
  }
  return text;
}

std::string scheme_lines(const std::string& head, const Json& schemes) {
  std::string text;
  for (const auto& [scheme, m] : schemes.items()) {
    text += estimate_line(head + " " + padded(scheme, 8), m);
    if (m.contains("correct")) text += outcomes(m);
    text += "\n";
  }
  return text;
}

std::string full_layer_text(const LayerEvaluation& layer) {
  const Json& semeval = layer.semeval;
  if (semeval.empty()) return "";
  const std::string head = padded(layer.layer, 9) + " ";
  std::string text;
  for (const char* part : {"micro", "macro", "per_document"}) {
    text += scheme_lines(head + padded(part, 13), semeval.at(part));
  }
  const Json by_type = semeval.value("by_type", Json::object());
  for (const auto& [type, schemes] : by_type.items()) {
    text += scheme_lines(head + padded(type, 13), schemes);
  }
  const Json fields = semeval.value("fields", Json::object());
  for (const auto& [name, a] : fields.items()) {
    text += head + padded(name, 22) + " accuracy " + number(a["accuracy"]) + " " +
            interval(a["interval"]) + " of " + a["of"].dump() + "\n";
  }
  return text;
}

// --- Markdown ---

std::string percent(const Json& value) {
  return value.is_number() ? fixed(100 * value.get<double>(), 1) : "–";
}

std::string percent_interval(const Json& bounds) {
  if (!bounds.is_array()) return "";
  return " [" + percent(bounds[0]) + "–" + percent(bounds[1]) + "]";
}

std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '<' || c == '`' || c == '*' || c == '_') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string markdown_row(const std::string& head, const Json& m) {
  return "| " + head + " | **" + percent(m.at("f1")) + "**" +
         percent_interval(m.at("f1_interval")) + " | " + percent(m.at("p")) +
         percent_interval(m.at("p_interval")) + " | " + percent(m.at("r")) +
         percent_interval(m.at("r_interval")) + " |";
}

std::string markdown_counts(const Json& m) {
  if (!m.contains("correct")) return " | | | | |";
  std::string text;
  for (const char* name : {"correct", "incorrect", "partial", "missed", "spurious"}) {
    text += " " + m.at(name).dump() + " |";
  }
  return text;
}

constexpr char kMarkdownHead[] =
    " | F1 | P | R | correct | incorrect | partial | missed | spurious |\n"
    "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |\n";

std::string markdown_schemes(const Json& semeval) {
  std::string text = std::string("| measure") + kMarkdownHead;
  for (const char* part : {"micro", "macro", "per_document"}) {
    for (const auto& [scheme, m] : semeval.at(part).items()) {
      const std::string head = part == std::string("micro")   ? scheme
                               : part == std::string("macro") ? scheme + ", mean of types"
                                                              : scheme + ", mean of documents";
      text += markdown_row(head, m) + markdown_counts(m) + "\n";
    }
  }
  return text;
}

std::string markdown_types(const Json& semeval) {
  std::string text = std::string("| type, strict") + kMarkdownHead;
  for (const auto& [type, schemes] : semeval.at("by_type").items()) {
    text += markdown_row(cell(type), schemes.at("strict")) + markdown_counts(schemes.at("strict")) +
            "\n";
  }
  return text;
}

std::string markdown_fields(const Json& fields) {
  std::string text = "| field | accuracy | of |\n| --- | --- | ---: |\n";
  for (const auto& [name, a] : fields.items()) {
    text += "| " + name + " | " + percent(a["accuracy"]) + percent_interval(a["interval"]) + " | " +
            a["of"].dump() + " |\n";
  }
  return text;
}

std::string markdown_layer(const LayerEvaluation& layer) {
  if (layer.semeval.empty()) return "";
  std::string text = "## " + layer.layer + "\n\n" + markdown_schemes(layer.semeval);
  if (layer.semeval.contains("by_type")) text += "\n" + markdown_types(layer.semeval);
  if (layer.semeval.contains("fields")) text += "\n" + markdown_fields(layer.semeval["fields"]);
  return text + "\n";
}

}  // namespace

std::string reference_text(const Json& report) {
  std::string text;
  for (const auto& [name, parts] : report.items()) {
    const std::string layer = padded(name, 9);
    for (const auto& [part, figures] : parts.items()) {
      if (part == "fields") {
        text += field_lines(layer, figures);
      } else if (part.starts_with("by_")) {
        text += type_lines(layer, figures);
      } else {
        text += measures_line(layer + " " + padded(part, 24), figures);
      }
    }
  }
  return text;
}

std::string full_text(const Evaluation& evaluation) {
  std::string text;
  for (const LayerEvaluation& layer : evaluation.layers) text += full_layer_text(layer);
  return text;
}

std::string markdown(const Evaluation& evaluation) {
  std::string text = "# Evaluation\n\nGold: " + cell(evaluation.gold_name) +
                     ", predictions: " + cell(evaluation.pred_name) + ", " +
                     std::to_string(evaluation.documents) +
                     " documents. Percent, with intervals of 95 % from a bootstrap over documents "
                     "(" +
                     std::to_string(evaluation.bootstrap.rounds) +
                     " rounds); strict, exact, partial and type as SemEval-2013 defines them.\n\n";
  for (const LayerEvaluation& layer : evaluation.layers) text += markdown_layer(layer);
  return text;
}

}  // namespace glane
