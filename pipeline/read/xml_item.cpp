#include "read/xml_item.h"

#include <algorithm>

#include "read/html_text.h"

namespace glane {

namespace {

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

// The prefix that an attribute declares: "" of xmlns, "dc" of xmlns:dc; false when it is none.
bool declares(std::string_view attribute, std::string_view& prefix) {
  if (attribute == "xmlns") {
    prefix = {};
    return true;
  }
  if (!attribute.starts_with("xmlns:")) return false;
  prefix = attribute.substr(6);
  return true;
}

struct Usual {
  std::string_view prefix;
  std::string_view uri;
};
constexpr Usual kUsual[] = {{"content", "http://purl.org/rss/1.0/modules/content/"},
                            {"dc", "http://purl.org/dc/elements/1.1/"},
                            {"atom", "http://www.w3.org/2005/Atom"}};

// Goes through what is in an element without recursion, which deep nesting would exhaust.
// `enter` says whether to go inside.
template <typename Enter, typename Leave>
void walk(pugi::xml_node root, Enter enter, Leave leave) {
  pugi::xml_node node = root.first_child();
  while (node) {
    if (enter(node) && node.first_child()) {
      node = node.first_child();
      continue;
    }
    leave(node);
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (node == root) return;
      leave(node);
    }
    node = node.next_sibling();
  }
}

bool is_text(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

std::string lower_name(pugi::xml_node node) {
  std::string name(local_name(node));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return name;
}

}  // namespace

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

void add_namespaces(pugi::xml_node node, Namespaces& namespaces) {
  std::string_view prefix;
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (declares(attribute.name(), prefix)) namespaces.emplace_back(prefix, attribute.value());
  }
}

std::string_view namespace_of(pugi::xml_node node, const Namespaces& outer) {
  const std::string_view wanted = prefix_of(node.name());
  std::string_view prefix;
  for (pugi::xml_node at = node; at; at = at.parent()) {
    for (const pugi::xml_attribute attribute : at.attributes()) {
      if (declares(attribute.name(), prefix) && prefix == wanted) return attribute.value();
    }
  }
  for (auto it = outer.rbegin(); it != outer.rend(); ++it) {
    if (it->first == wanted) return it->second;
  }
  for (const Usual& usual : kUsual) {
    if (usual.prefix == wanted) return usual.uri;
  }
  return wanted;
}

pugi::xml_node child_named(pugi::xml_node node, std::string_view local) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element && local_name(child) == local) return child;
  }
  return {};
}

pugi::xml_node find_named(pugi::xml_node node, std::string_view local) {
  pugi::xml_node found;
  walk(
      node,
      [&](pugi::xml_node at) {
        if (!found && at.type() == pugi::node_element && local_name(at) == local) found = at;
        return !found;
      },
      [](pugi::xml_node) {});
  return found;
}

std::string text_of(pugi::xml_node node) {
  std::string text;
  walk(
      node,
      [&](pugi::xml_node at) {
        if (is_text(at)) text += at.value();
        return true;
      },
      [](pugi::xml_node) {});
  return text;
}

void append_markup(pugi::xml_node node, TextBuilder& out) {
  const auto enter = [&](pugi::xml_node at) {
    if (is_text(at)) append_words(at.value(), out);
    if (at.type() != pugi::node_element) return false;
    const Layout layout = layout_of(lower_name(at));
    lay_out(layout, out);
    return layout != Layout::dropped && layout != Layout::line_break;
  };
  const auto leave = [&](pugi::xml_node at) {
    if (at.type() != pugi::node_element) return;
    const Layout layout = layout_of(lower_name(at));
    if (layout != Layout::line_break) lay_out(layout, out);
  };
  walk(node, enter, leave);
}

std::string markup_to_text(pugi::xml_node node) {
  TextBuilder text;
  append_markup(node, text);
  return text.take();
}

std::string content_to_text(pugi::xml_node node) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) return markup_to_text(node);
  }
  return html_to_text(text_of(node));
}

std::string language_of(pugi::xml_node node) {
  for (pugi::xml_node at = node; at; at = at.parent()) {
    if (const auto language = at.attribute("xml:lang")) return language.value();
  }
  return {};
}

int depth_of(pugi::xml_node node) {
  int depth = 0;
  int deepest = 0;
  walk(
      node,
      [&](pugi::xml_node) {
        deepest = std::max(deepest, ++depth);
        return true;
      },
      [&](pugi::xml_node) { --depth; });
  return deepest;
}

}  // namespace glane
