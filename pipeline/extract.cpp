// The pipeline, from left to right.

#include "glane/extract.h"

#include <span>

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

// What a thread keeps from call to call: memory only, nothing of a text before.
struct Workspace {
  CascadeWorkspace cascade;
  std::vector<Chart> charts;

  // That many empty ones; what a long text took is given back.
  std::span<Chart> charts_for(std::size_t count) {
    constexpr std::size_t kMostTokens = std::size_t{1} << 16;
    if (charts.size() < count) charts.resize(count);
    for (Chart& chart : std::span(charts).first(count)) {
      if (chart.segments.tokens.capacity() > kMostTokens) chart = Chart();
      chart.clear();
    }
    return std::span(charts).first(count);
  }
};

}  // namespace

Document extract(Article article, const RuleSet& rules, const Layers& layers) {
  std::vector<Article> one;
  one.push_back(std::move(article));
  return std::move(extract_all(std::move(one), rules, layers).front());
}

std::vector<Document> extract_all(std::vector<Article> articles, const RuleSet& set,
                                  const Layers& layers) {
  const CompiledRules& rules = set.compiled();
  static thread_local Workspace workspace;
  const std::size_t count = articles.size();
  std::vector<Document> documents(count);
  std::vector<NormalisedText> texts(count);
  const std::span<Chart> charts = workspace.charts_for(count);
  for (std::size_t i = 0; i < count; ++i) {
    documents[i].article = std::move(articles[i]);
    texts[i] = normalise(documents[i].article.text);
    documents[i].diagnostics = texts[i].diagnostics;
    segment(texts[i].text, rules.vocabulary, charts[i].segments);
  }
  recognise(texts, rules, charts, workspace.cascade);

  for (std::size_t i = 0; i < count && layers.figures; ++i)
    interpret(charts[i], texts[i], rules, documents[i].article, documents[i]);
  for (std::size_t i = 0; i < count && (layers.entities || layers.quotes); ++i)
    resolve(charts[i], texts[i], rules, documents[i].entities);
  for (std::size_t i = 0; i < count && layers.quotes; ++i) {
    Document& document = documents[i];
    attribute(charts[i], texts[i], rules, document.entities, document.quotes, document.diagnostics);
    quote_as_published(document.article.text, document.quotes);
    if (!layers.entities) document.entities.clear();
  }
  return documents;
}

}  // namespace glane
