// Speed of each stage and of each level over the same texts, in bytes of published text a second,
// and of the yardstick: one ICU word-break pass. Texts are recognised and extracted in batches, as
// the program does it.
//   bench_stages [--benchmark_filter=…] [FILE.jsonl]     default: corpus/gold.jsonl
// long_lines: the levels over the same texts joined to one with lines too long for a board, which
// RE2 reads; on two threads with rules that they share, and with rules that each has for itself.
#include <benchmark/benchmark.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
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

constexpr std::size_t kBatch = 16;            // articles, as in run.cpp
constexpr std::size_t kLongText = 256 << 10;  // bytes

// What every stage reads, made once.
struct Bench {
  explicit Bench(const std::string& file);
  void join_long_text();

  RuleSet rules = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  std::vector<std::string> lines;
  std::vector<Article> articles;
  std::vector<NormalisedText> texts;
  std::vector<Chart> segmented;   // before the levels
  std::vector<Chart> recognised;  // after them
  std::vector<Document> documents;
  std::int64_t bytes = 0;  // of published text
  NormalisedText long_text;
  Chart long_segmented;
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
  join_long_text();
}

void Bench::join_long_text() {
  std::string joined;
  for (std::size_t i = 0; joined.size() < kLongText && !articles.empty(); ++i)
    joined += articles[i % articles.size()].text + "\n\n";
  long_text = normalise(joined);
  long_segmented.segments = segment(long_text.text, rules.compiled().vocabulary);
}

// Calls action(first, count) for the batches of the texts.
template <typename Action>
void each_batch(const Bench& bench, Action action) {
  for (std::size_t first = 0; first < bench.texts.size(); first += kBatch)
    action(first, std::min(kBatch, bench.texts.size() - first));
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
  each_batch(bench, [&](std::size_t first, std::size_t count) {
    const auto from = bench.segmented.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<Chart> charts(from, from + static_cast<std::ptrdiff_t>(count));
    recognise(std::span(bench.texts).subspan(first, count), bench.rules.compiled(), charts,
              workspace);
    benchmark::DoNotOptimize(charts.data());
  });
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
  each_batch(bench, [&](std::size_t first, std::size_t count) {
    const auto from = bench.articles.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<Article> batch(from, from + static_cast<std::ptrdiff_t>(count));
    benchmark::DoNotOptimize(extract_all(std::move(batch), bench.rules));
  });
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

// The seconds of the processor that each level takes over all texts, added to `seconds`.
void time_levels(const Bench& bench, CascadeWorkspace& workspace, std::vector<double>& seconds) {
  const CompiledRules& rules = bench.rules.compiled();
  each_batch(bench, [&](std::size_t first, std::size_t count) {
    const auto from = bench.segmented.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<Chart> charts(from, from + static_cast<std::ptrdiff_t>(count));
    for (Chart& chart : charts) start_chart(chart, rules);
    for (std::size_t l = 0; l < rules.levels.size(); ++l) {
      const std::clock_t start = std::clock();
      if (rules.levels[l]->builtin == Builtin::none) {
        run_level(*rules.levels[l], rules, charts, workspace);
      } else {
        for (std::size_t i = 0; i < count; ++i)
          recognise_level(*rules.levels[l], bench.texts[first + i].text, rules, charts[i],
                          workspace);
      }
      seconds[l] += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    }
  });
}

// One measurement, whose counters are the milliseconds of each level.
void levels_stage(benchmark::State& state, const Bench& bench) {
  CascadeWorkspace workspace;
  std::vector<double> seconds(bench.rules.compiled().levels.size(), 0);
  for (auto _ : state) time_levels(bench, workspace, seconds);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bench.bytes);
  for (std::size_t l = 0; l < seconds.size(); ++l) {
    state.counters["level:" + bench.rules.compiled().levels[l]->name] =
        benchmark::Counter(1000 * seconds[l], benchmark::Counter::kAvgIterations);
  }
}

void read_long_lines(benchmark::State& state, const Bench& bench, const CompiledRules& rules) {
  CascadeWorkspace workspace;
  const auto read = [&] {
    Chart chart = bench.long_segmented;
    recognise(bench.long_text, rules, chart, workspace);
    benchmark::DoNotOptimize(chart.matches.data());
  };
  read();  // makes the automata
  for (auto _ : state) read();
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(bench.long_text.text.size()));
}

void long_lines_shared(benchmark::State& state, const Bench& bench) {
  read_long_lines(state, bench, bench.rules.compiled());
}

void long_lines_own(benchmark::State& state, const Bench& bench) {
  const RuleSet own = RuleSet::load(GLANE_SOURCE_DIR "/rules");
  read_long_lines(state, bench, own.compiled());
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
  const auto with_state = [&bench](const char* name, auto measure) {
    return benchmark::RegisterBenchmark(
               name, [measure, &bench](benchmark::State& state) { measure(state, bench); })
        ->Unit(benchmark::kMillisecond);
  };
  with_state("levels", levels_stage);
  for (const int threads : {1, 2}) {
    with_state("long_lines_shared", long_lines_shared)->Threads(threads)->UseRealTime();
    with_state("long_lines_own", long_lines_own)->Threads(threads)->UseRealTime();
  }
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
