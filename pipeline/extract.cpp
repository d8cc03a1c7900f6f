// The pipeline, from left to right.

#include "glane/extract.h"

#include "attribute/attribute.h"
#include "interpret/interpret.h"
#include "normalise/normalise.h"
#include "recognise/recognise.h"
#include "resolve/resolve.h"
#include "values/offsets.h"

namespace glane {
namespace {

// What was read in the normalised text is told as it was published.
void quote_as_published(std::string_view published, std::vector<Quote>& quotes) {
  for (Quote& quote : quotes) {
    if (quote.speaker_span) quote.speaker = slice_utf8(published, *quote.speaker_span);
    if (quote.cue_span) quote.cue = slice_utf8(published, *quote.cue_span);
    if (quote.medium_span) quote.medium = slice_utf8(published, *quote.medium_span);
  }
}

}  // namespace

Document extract(Article article, const RuleSet& set, const Layers& layers) {
  const CompiledRules& rules = set.compiled();
  Document document;
  document.article = std::move(article);

  const NormalisedText text = normalise(document.article.text);
  document.diagnostics = text.diagnostics;

  Chart chart;
  chart.segments = segment(text.text, rules.vocabulary);
  static thread_local CascadeWorkspace workspace;  // memory only, nothing of a text before
  recognise(text.text, rules, chart, workspace);

  if (layers.figures) interpret(chart, text, rules, document.article, document);
  if (layers.entities || layers.quotes) resolve(chart, text, rules, document.entities);
  if (layers.quotes) {
    attribute(chart, text, rules, document.entities, document.quotes, document.diagnostics);
  }
  quote_as_published(document.article.text, document.quotes);
  if (!layers.entities) document.entities.clear();
  return document;
}

}  // namespace glane
