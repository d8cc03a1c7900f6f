// The library in one call:
//
//   glane::RuleSet rules = glane::RuleSet::load(glane::find_rules());
//   glane::Document document = glane::extract({.text = "Selon IDC, …"}, rules);
//   std::cout << glane::to_json(document, rules);
//
#pragma once

#include <string>
#include <vector>

#include "glane/document.h"
#include "glane/ruleset.h"

namespace glane {

struct Layers {
  bool entities = true;
  bool figures = true;
  bool quotes = true;
};

// Runs the whole pipeline on one article. Throws nothing but std::bad_alloc: what is
// wrong with an article is told in Document::diagnostics. Safe to call from many threads
// with one RuleSet; the result depends on the article and the rules alone.
Document extract(Article article, const RuleSet& rules, const Layers& layers = {});

// The same of several articles, in their order. Each document is what extract() makes of its
// article alone; a handful of short ones at a time takes a tenth less time, since every stage and
// every level of rules goes over all of them before the next one needs the caches.
std::vector<Document> extract_all(std::vector<Article> articles, const RuleSet& rules,
                                  const Layers& layers = {});

enum class OffsetUnit { codepoint, byte, utf16 };

struct JsonOptions {
  OffsetUnit offsets = OffsetUnit::codepoint;
  bool with_text = false;  // give the published text back
  Layers layers;           // a layer that was not asked for has no field
  bool pretty = false;     // one line without, indented with
  bool ascii = false;      // characters beyond ASCII as \uXXXX
};

// The document in the format glane/1 (pipeline/write/glane-1.schema.json), UTF-8, without a
// final newline. Ill-formed bytes of the text are written as U+FFFD.
std::string to_json(const Document& document, const RuleSet& rules,
                    const JsonOptions& options = {});

}  // namespace glane
