#include "write/html.h"

#include "glane/document.h"
#include "values/offsets.h"

namespace glane {
namespace {

// --- the look ---

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d1f24;--soft:#5d636f;--line:#dedbd3;
 --accent:#0b5c8f;--good:#00724f;--bad:#a63c00;--shade:#f1efe9;--tint:17%;
 --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
 --serif:Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Noto Serif","DejaVu Serif",serif;
 --mono:ui-monospace,"SFMono-Regular",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#16181c;--card:#1e2127;--ink:#e7e6e2;--soft:#a2a8b4;
 --line:#353a43;--accent:#7cc4f0;--good:#4fcfa4;--bad:#ff9a5c;--shade:#262a31;--tint:26%}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:4.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 var(--sans);overflow-wrap:anywhere}
main{max-width:76rem;margin:0 auto;padding:1.25rem clamp(.75rem,3vw,2rem) 4rem}
h1{font:600 1.7rem/1.2 var(--serif);margin:.25rem 0 .5rem;letter-spacing:-.01em}
h2{font:600 1.2rem/1.3 var(--serif);margin:2.2rem 0 .7rem}
h3{font:600 1rem/1.35 var(--sans);margin:1.2rem 0 .4rem}
a{color:var(--accent)}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,
[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
code,.mono{font:.86em var(--mono)}
.muted{color:var(--soft)}.small{font-size:.86rem}.nowrap{white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}
.hidden,[hidden]{display:none!important}.no-js .only-js{display:none!important}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem;margin:.7rem 0}
.scroll{overflow-x:auto;max-width:100%;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;padding:.5rem .8rem;color:var(--soft);font-size:.86rem}
th,td{padding:.38rem .8rem;text-align:left;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:normal}
thead th{border-top:0;color:var(--soft);font-weight:600;white-space:nowrap;font-size:.8rem;background:var(--shade)}
tbody tr:hover{background:var(--shade)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.tools{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:center;
 background:color-mix(in srgb,var(--paper) 92%,transparent);backdrop-filter:blur(6px);
 padding:.6rem 0;border-bottom:1px solid var(--line)}
button,select,input[type=search],input[type=text]{font:inherit;font-size:.9rem;color:inherit;background:var(--card);
 border:1px solid var(--line);border-radius:7px;padding:.3rem .6rem;max-width:100%}
button{cursor:pointer}button[aria-pressed=true]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
.pill{--c:#777;--on:#555;display:inline-block;font:600 .69rem/1.35 var(--sans);letter-spacing:.02em;
 max-width:100%;overflow-wrap:anywhere; padding:.08rem .42rem;border-radius:999px;color:var(--on);border:1px solid color-mix(in srgb,var(--c) 60%,transparent);
 background:color-mix(in srgb,var(--c) var(--tint),transparent)}
.mark{--c:#777;--on:#555;color:inherit;border-radius:3px;padding:.06em .12em;
 background:color-mix(in srgb,var(--c) var(--tint),transparent);border-bottom:2px solid var(--c)}
.t-person{--c:#0072b2!important;--on:#00568a!important}
.t-organization{--c:#d55e00!important;--on:#9c4400!important}
.t-location{--c:#009e73!important;--on:#006e50!important}
.t-product{--c:#cc79a7!important;--on:#93406d!important}
.t-event{--c:#e69f00!important;--on:#825a00!important}
.t-role{--c:#56b4e9!important;--on:#1c6795!important}
.t-figure{--c:#d6c400!important;--on:#655c00!important}
.t-quote{--c:#6b6f78!important;--on:#4a4e57!important}
.t-other{--c:#777!important;--on:#555!important}
@media (prefers-color-scheme:dark){.t-person{--on:#7cc4f0!important}.t-organization{--on:#ffab73!important}
 .t-location{--on:#5fd9b3!important}.t-product{--on:#eeb0d2!important}.t-event{--on:#f3c35a!important}
 .t-role{--on:#9bd5f7!important}.t-figure{--on:#f0e442!important}.t-quote{--c:#9aa0ab!important;--on:#c4c8d0!important}
 .t-other{--on:#bbb!important}}
@media (max-width:40rem){h1{font-size:1.4rem}th,td{padding:.34rem .55rem}.card{padding:.7rem .75rem}}
@media print{.tools,.only-js{display:none!important}body{background:#fff}}
)css";

// Nothing is fetched, nothing is sent: what is in the file is all there is.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'";

constexpr std::string_view kEntityClasses[] = {"person",  "organization", "location",
                                               "product", "event",        "role"};
constexpr std::string_view kQuoteKinds[] = {"direct", "partial", "indirect", "quote"};

// What HTML does not admit even as a reference: C0 and C1 controls but tab and line ends.
bool is_forbidden(char32_t code) {
  if (code == U'\t' || code == U'\n' || code == U'\r') return false;
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code & 0xFFFE) == 0xFFFE;
}

std::string_view reference_of(char32_t code) {
  switch (code) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':
      return "&gt;";
    case U'"':
      return "&quot;";
    case U'\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 16);
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    if (const std::string_view reference = reference_of(character.code); !reference.empty()) {
      escaped += reference;
    } else {
      append_utf8(is_forbidden(character.code) ? U'\uFFFD' : character.code, escaped);
    }
    at += character.size;
  }
  return escaped;
}

std::string html_kind_class(std::string_view kind) {
  for (const std::string_view known : kEntityClasses) {
    if (kind == known) return "t-" + std::string(known);
  }
  for (const std::string_view known : kQuoteKinds) {
    if (kind == known) return "t-quote";
  }
  return figure_kind(kind) || kind == "figure" ? "t-figure" : "t-other";
}

std::string html_page_begin(std::string_view title, std::string_view own_style) {
  std::string page = "<!doctype html>\n<html lang=\"en\" class=\"no-js\">\n<head>\n";
  page += "<meta charset=\"utf-8\">\n";
  page += "<meta http-equiv=\"Content-Security-Policy\" content=\"";
  page += kPolicy;
  page += "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += "<meta name=\"referrer\" content=\"no-referrer\">\n<title>";
  page += escape_html(title);
  page += "</title>\n<style>";
  page += kStyle;
  page += own_style;
  page += "</style>\n</head>\n<body>\n<main>\n";
  return page;
}

std::string html_page_end(std::string_view own_script) {
  std::string page = "</main>\n<script>\n\"use strict\";\n";
  page += "document.documentElement.classList.remove('no-js');\n";
  page += own_script;
  page += "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace glane
