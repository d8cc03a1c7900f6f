// Speed of each stage over the same texts, in bytes of published text a second, and of the
// yardstick: one ICU word-break pass.
//   bench_stages [--benchmark_filter=…] [FILE.jsonl]     default: corpus/gold.jsonl
#include <benchmark/benchmark.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attribute/attribute.h"
#include "glane/extract.h"
#include "interpret/interpret.h"
#include "normalise/normalise.h"
#include "read/source.h"
#include "recognise/recognise.h"
#include "resolve/resolve.h"
#include "segment/token.h"

namespace glane {
namespace {

// What every stage reads, made once.
struct Bench {
  explicit Bench(const std::string& file);

  RuleSet rules = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  std::vector<std::string> lines;
  std::vector<Article> articles;
  std::vector<NormalisedText> texts;
  std::vector<Chart> segmented;   // before the levels
  std::vector<Chart> recognised;  // after them
  std::vector<Document> documents;
  std::int64_t bytes = 0;  // of published text
};

RawRecord record_of(const std::string& line) {
  RawRecord record;
  record.form = Form::jsonl;
  record.bytes = line;
  return record;
}

Bench::Bench(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  CascadeWorkspace workspace;
  for (std::string line; std::getline(stream, line);) {
    articles.push_back(parse(record_of(line)).article);
    bytes += static_cast<std::int64_t>(articles.back().text.size());
    texts.push_back(normalise(articles.back().text));
    Chart chart;
    chart.segments = segment(texts.back().text, rules.compiled().vocabulary);
    segmented.push_back(chart);
    recognise(texts.back(), rules.compiled(), chart, workspace);
    recognised.push_back(std::move(chart));
    documents.push_back(extract(articles.back(), rules));
    lines.push_back(std::move(line));
  }
}

using Stage = void (*)(const Bench& bench);

void read_stage(const Bench& bench) {
  for (const std::string& line : bench.lines) benchmark::DoNotOptimize(parse(record_of(line)));
}

void normalise_stage(const Bench& bench) {
  for (const Article& article : bench.articles) {
    benchmark::DoNotOptimize(normalise(article.text));
  }
}

void segment_stage(const Bench& bench) {
  for (const NormalisedText& text : bench.texts) {
    benchmark::DoNotOptimize(segment(text.text, bench.rules.compiled().vocabulary));
  }
}

void recognise_stage(const Bench& bench) {
  CascadeWorkspace workspace;
  for (std::size_t i = 0; i < bench.texts.size(); ++i) {
    Chart chart = bench.segmented[i];
    recognise(bench.texts[i], bench.rules.compiled(), chart, workspace);
    benchmark::DoNotOptimize(chart.matches.data());
  }
}

void interpret_stage(const Bench& bench) {
  for (std::size_t i = 0; i < bench.texts.size(); ++i) {
    Document document;
    interpret(bench.recognised[i], bench.texts[i], bench.rules.compiled(), bench.articles[i],
              document);
    benchmark::DoNotOptimize(document.figures.data());
  }
}

void resolve_stage(const Bench& bench) {
  for (std::size_t i = 0; i < bench.texts.size(); ++i) {
    std::vector<Entity> entities;
    resolve(bench.recognised[i], bench.texts[i], bench.rules.compiled(), entities);
    benchmark::DoNotOptimize(entities.data());
  }
}

void attribute_stage(const Bench& bench) {
  for (std::size_t i = 0; i < bench.texts.size(); ++i) {
    std::vector<Quote> quotes;
    std::vector<Diagnostic> diagnostics;
    attribute(bench.recognised[i], bench.texts[i], bench.rules.compiled(),
              bench.documents[i].entities, quotes, diagnostics);
    benchmark::DoNotOptimize(quotes.data());
  }
}

void extract_stage(const Bench& bench) {
  for (const Article& article : bench.articles) {
    benchmark::DoNotOptimize(extract(article, bench.rules));
  }
}

void write_stage(const Bench& bench) {
  for (const Document& document : bench.documents) {
    benchmark::DoNotOptimize(to_json(document, bench.rules));
  }
}

void yardstick(const Bench& bench) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getFrench(), error));
  UText view = UTEXT_INITIALIZER;
  for (const Article& article : bench.articles) {
    utext_openUTF8(&view, article.text.data(), static_cast<std::int64_t>(article.text.size()),
                   &error);
    words->setText(&view, error);
    while (words->next() != icu::BreakIterator::DONE) {
    }
  }
  utext_close(&view);
}

void load_rules_stage(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(RuleSet::load(GLANE_SOURCE_DIR "/rules").rule_count());
}

void add(const char* name, Stage stage, const Bench& bench) {
  benchmark::RegisterBenchmark(name, [stage, &bench](benchmark::State& state) {
    for (auto _ : state) stage(bench);
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bench.bytes);
  })->Unit(benchmark::kMillisecond);
}

void add_all(const Bench& bench) {
  add("yardstick", yardstick, bench);
  add("read", read_stage, bench);
  add("normalise", normalise_stage, bench);
  add("segment", segment_stage, bench);
  add("recognise", recognise_stage, bench);
  add("interpret", interpret_stage, bench);
  add("resolve", resolve_stage, bench);
  add("attribute", attribute_stage, bench);
  add("extract", extract_stage, bench);
  add("write", write_stage, bench);
  benchmark::RegisterBenchmark("load_rules", load_rules_stage)->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace glane

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc > 2) {
    std::cerr << "usage: bench_stages [--benchmark_…] [FILE.jsonl]\n";
    return 2;
  }
  const glane::Bench bench(argc == 2 ? argv[1] : GLANE_SOURCE_DIR "/corpus/gold.jsonl");
  glane::add_all(bench);
  benchmark::RunSpecifiedBenchmarks();
}
