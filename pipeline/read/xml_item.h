// One item of an XML feed: its elements, found by name, and their text.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/text_builder.h"

namespace glane {

using Namespaces = std::vector<std::pair<std::string, std::string>>;

// The name without its prefix.
std::string_view local_name(pugi::xml_node node);

// The URI that the prefix of an element means, by the declarations on it and around it, then
// those of `outer`; of an undeclared prefix the one it has in nearly all feeds. Empty when none.
std::string_view namespace_of(pugi::xml_node node, const Namespaces& outer);

// xmlns declarations of an element.
void add_namespaces(pugi::xml_node node, Namespaces& namespaces);

// The first child or descendant of that local name, whatever its namespace; null when none.
pugi::xml_node child_named(pugi::xml_node node, std::string_view local);
pugi::xml_node find_named(pugi::xml_node node, std::string_view local);

// All character data in an element, as it stands.
std::string text_of(pugi::xml_node node);

// The same as text of an article: the elements in it are laid out as on a page.
void append_markup(pugi::xml_node node, TextBuilder& out);
std::string markup_to_text(pugi::xml_node node);

// Markup when there are elements in it, else escaped HTML or plain text.
std::string content_to_text(pugi::xml_node node);

// The value of xml:lang on the element or nearest around it; empty when none.
std::string language_of(pugi::xml_node node);

// Elements in one another, the deepest.
int depth_of(pugi::xml_node node);

}  // namespace glane
