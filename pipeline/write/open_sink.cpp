#include "write/open_sink.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace glane {

namespace {

struct Form {
  std::string_view name;
  std::string_view target;    // what stands behind the colon, for messages
  bool needs_target = false;  // else it may go to the file of -o
  std::unique_ptr<Sink> (*open)(const std::string& target, const RuleSet&, const JsonOptions&);
};

std::unique_ptr<Sink> open_sqlite(const std::string& target, const RuleSet& rules,
                                  const JsonOptions& options) {
  return write_sqlite(target, rules, options);
}

std::unique_ptr<Sink> open_csv(const std::string& target, const RuleSet& rules,
                               const JsonOptions& options) {
  return write_csv(target, rules, options);
}

constexpr Form kForms[] = {
    {"jsonl", "FILE", false, write_jsonl},
    {"json", "FILE", false, write_json_array},
    {"sqlite", "FILE", true, open_sqlite},
    {"postgres", "CONNINFO", true, write_postgres},
    {"csv", "DIR", true, open_csv},
    {"elasticsearch", "FILE", false, write_elasticsearch},
    {"html", "FILE", false, write_html},
    {"brat", "DIR", true, write_brat},
    {"conll", "FILE", false, write_conll},
    {"doccano", "FILE", false, write_doccano},
    {"labelstudio", "FILE", false, write_label_studio},
    {"displacy", "FILE", false, write_displacy},
};

std::string_view name_of(std::string_view to) { return to.substr(0, to.find(':')); }

const Form* find_form(std::string_view to) {
  const auto form = std::find_if(std::begin(kForms), std::end(kForms),
                                 [&](const Form& one) { return one.name == name_of(to); });
  return form == std::end(kForms) ? nullptr : form;
}

std::string usage(const Form& form) {
  const std::string target = ':' + std::string(form.target);
  return std::string(form.name) + (form.needs_target ? target : '[' + target + ']');
}

}  // namespace

std::string list_forms() {
  std::string list;
  for (const Form& form : kForms) {
    if (&form != std::begin(kForms)) list += &form == std::end(kForms) - 1 ? " or " : ", ";
    list += usage(form);
  }
  return list;
}

std::string check_form(const std::string& to) {
  const Form* form = find_form(to);
  if (form == nullptr) return "\"" + to + "\" is none of " + list_forms();
  const bool colon = to.size() > form->name.size();
  if (target_of(to).empty() && (form->needs_target || colon)) {
    return "\"" + to + "\" lacks its target: " + usage(*form);
  }
  return {};
}

std::string target_of(const std::string& to) {
  const std::size_t colon = to.find(':');
  return colon == std::string::npos ? std::string() : to.substr(colon + 1);
}

bool goes_to_output(const std::string& to) { return target_of(to).empty(); }

std::unique_ptr<Sink> open_sink(const std::string& to, const std::string& output,
                                const RuleSet& rules, const JsonOptions& options) {
  return find_form(to)->open(goes_to_output(to) ? output : target_of(to), rules, options);
}

}  // namespace glane
