// Pages of HTML that need nothing but themselves: one file, no network, readable without script.
//
//   out << html_page_begin("Title", own_style) << body << html_page_end(own_script);
//
// The frame brings a character set, a viewport, a policy that forbids every request, the colours
// and the common pieces below; `own_style` and `own_script` come after them. Everything that
// comes from a text, a file or a rule passes through escape_html, in text and in quoted
// attribute values alike; nothing of it is ever written inside <style> or <script>.
//
// Common pieces, by class:
//   pill KIND      a small label: <span class="pill t-person">person</span>
//   mark KIND      marked text, tint and underline: <mark class="mark t-person">…</mark>
//   card           a framed block;  muted, small, num (figures in columns), nowrap
//   tools          a row of controls that stays at the top;  hidden: not shown
//   scroll         around a wide table: it scrolls, the page does not
//   only-js        shown only where scripts run (html_page_end switches them on)
// Colours are those of Okabe and Ito, told apart by colour-blind readers, and never stand alone:
// a label says the same. Light and dark follow the reader's system.
#pragma once

#include <string>
#include <string_view>

namespace glane {

// & < > " ' as character references, safe in text and in quoted attribute values. Ill-formed
// UTF-8 and control characters that HTML forbids become U+FFFD; tabs and line ends stay.
std::string escape_html(std::string_view text);

// The class of an entity type, a kind of figure or a kind of quote: "t-person", "t-figure",
// "t-quote"; "t-other" for a word that glane does not know. Always safe in an attribute.
std::string html_kind_class(std::string_view kind);

// From <!doctype> to the opening <main>. `title` is escaped here; `own_style` is CSS as is.
std::string html_page_begin(std::string_view title, std::string_view own_style);

// From the closing </main> on. `own_script` is JavaScript as is, run when the page is read.
std::string html_page_end(std::string_view own_script);

}  // namespace glane
