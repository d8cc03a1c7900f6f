#include "run/run.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <ostream>

#include "run/seen_ids.h"

namespace glane {

namespace {

// A run over more input than this is cut into several: TBB bounds the number of records in
// flight, not their size. Each cut costs the time of one document.
constexpr std::size_t kBytesInFlight = std::size_t{16} << 20;
constexpr std::size_t kBatchesPerThread = 2;
// Records that are extracted together (extract_all): so many, or so many bytes of them.
constexpr std::size_t kBatchRecords = 36;
constexpr std::size_t kBatchBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestId = 2000;  // bytes: an index of PostgreSQL must hold it
constexpr std::size_t kMostOfId = 200;    // bytes that a message shows

// Where one thread of the pipeline goes on with what another has done. TBB orders the two; this
// tells it to race detectors, which do not see into TBB, at the cost of a plain store and load.
class HandOver {
 public:
  void give() { given_.store(true, std::memory_order_release); }
  void take() const { static_cast<void>(given_.load(std::memory_order_acquire)); }

 private:
  std::atomic<bool> given_ = false;
};

// One record on its way. A refused one goes the whole way too: messages keep their order.
struct Record {
  RawRecord raw;
  std::size_t input_bytes = 0;
  ParsedRecord parsed;                // its article moves into the document
  Document document;                  // when there is no trouble
  std::vector<std::string> rendered;  // one a sink
};

// Records that are extracted together.
struct Batch {
  std::vector<Record> records;
  std::size_t input_bytes = 0;
  HandOver hand_over;
};

class Run {
 public:
  Run(Source& source, const RuleSet& rules, const std::vector<std::unique_ptr<Sink>>& sinks,
      const RunOptions& options, Progress& progress, std::ostream& log)
      : source_(source),
        rules_(rules),
        sinks_(sinks),
        options_(options),
        default_date_(parse_date(options.date)),
        progress_(progress),
        log_(log) {}

  void serially() {
    Batch batch;
    while (read(batch)) {
      process(batch);
      for (Record& record : batch.records) write(record);
    }
  }

  void in_parallel() {
    const auto threads = static_cast<std::size_t>(options_.threads);
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(options_.threads);
    while (!ended_) {
      arena.execute([&] { run_pipeline(kBatchesPerThread * threads); });
      if (failure_) std::rethrow_exception(failure_);
    }
  }

  RunTotals finish() {
    for (const auto& sink : sinks_) sink->finish();
    progress_.clear();
    return totals_;
  }

 private:
  // The batches in flight have places that they take in turn: they leave in their order, so the
  // place of the next one is free when it may come in.
  void run_pipeline(std::size_t batches_in_flight) {
    std::vector<Batch> places(batches_in_flight);
    std::size_t count = 0;
    std::size_t bytes = 0;
    const auto reader = [&](tbb::flow_control& control) {
      reading_.take();
      Batch* batch = read_into(places[count++ % batches_in_flight], bytes);
      reading_.give();
      if (batch == nullptr) control.stop();
      return batch;
    };
    const auto worker = [this](Batch* batch) {
      batch->hand_over.take();
      process(*batch);
      batch->hand_over.give();
      return batch;
    };
    tbb::parallel_pipeline(
        batches_in_flight,
        tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, reader) &
            tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, worker) &
            tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order,
                                           [this](Batch* batch) { write_in_turn(*batch); }));
    reading_.take();
    writing_.take();
  }

  // Nothing when the pipeline shall run dry: at the end, after a failure, and now and then.
  Batch* read_into(Batch& batch, std::size_t& bytes) {
    if (bytes > kBytesInFlight || failed_) return nullptr;
    batch.hand_over.take();
    ended_ = !read(batch);
    if (ended_) return nullptr;
    bytes += batch.input_bytes;
    batch.hand_over.give();
    return &batch;
  }

  void write_in_turn(Batch& batch) {
    writing_.take();
    batch.hand_over.take();
    for (Record& record : batch.records) try_to_write(record);
    batch.hand_over.give();
    writing_.give();
  }

  // What a sink throws must not go through the pipeline, which would drop the records in
  // flight without freeing them.
  void try_to_write(Record& record) {
    if (failure_) return;
    try {
      write(record);
    } catch (...) {
      failure_ = std::current_exception();
      failed_ = true;
    }
  }

  // The next records; false at the end of the input. A filter answers each before the next.
  bool read(Batch& batch) {
    batch.records.clear();
    batch.input_bytes = 0;
    const std::size_t most = options_.contract == Contract::filter ? 1 : kBatchRecords;
    while (!drained_ && batch.records.size() < most && batch.input_bytes < kBatchBytes) {
      if (!batch.records.empty() && !source_.ready()) break;
      Record record;
      drained_ = !source_.next(record.raw);
      if (drained_) break;
      record.input_bytes = record.raw.bytes.size();
      batch.input_bytes += record.input_bytes;
      batch.records.push_back(std::move(record));
    }
    return !batch.records.empty();
  }

  // Pure but for the records: runs in parallel.
  void process(Batch& batch) const {
    std::vector<Article> articles;
    for (Record& record : batch.records) {
      record.parsed = parse(std::move(record.raw));
      if (record.parsed.trouble != Trouble::none) continue;
      date(record.parsed.article);
      articles.push_back(std::move(record.parsed.article));
    }
    std::vector<Document> documents = extract_all(std::move(articles), rules_, options_.layers);
    auto document = documents.begin();
    for (Record& record : batch.records) {
      if (record.parsed.trouble == Trouble::none) render(record, std::move(*document++));
    }
  }

  // An article without a date has that of the run.
  void date(Article& article) const {
    if (article.date || !default_date_) return;
    article.date = default_date_;
    if (article.date_text.empty()) article.date_text = options_.date;
  }

  void render(Record& record, Document&& document) const {
    record.document = std::move(document);
    auto& diagnostics = record.document.diagnostics;
    diagnostics.insert(diagnostics.begin(), record.parsed.diagnostics.begin(),
                       record.parsed.diagnostics.end());
    for (const auto& sink : sinks_) record.rendered.push_back(sink->render(record.document));
  }

  void write(Record& record) {
    if (record.parsed.trouble == Trouble::none && options_.contract == Contract::corpus) {
      check_id(record.parsed, record.document.article.id);
    }
    totals_.input_bytes += record.input_bytes;
    if (record.parsed.trouble == Trouble::none) {
      count(record.document);
      for (std::size_t i = 0; i < sinks_.size(); ++i) {
        sinks_[i]->write(record.document, std::move(record.rendered[i]));
      }
    } else {
      tell(record.parsed);
      for (const auto& sink : sinks_) sink->refuse(record.parsed);
    }
    progress_.update(totals_.documents, totals_.input_bytes);
  }

  void check_id(ParsedRecord& parsed, const std::string& id) {
    if (id.size() > kLongestId) {
      return refuse(parsed, "an id of more than " + std::to_string(kLongestId) + " bytes");
    }
    const std::optional<Place> first = seen_.insert(id, parsed.place);
    if (!first) return;
    refuse(parsed,
           "the id \"" + id.substr(0, kMostOfId) + "\" came before, at " + to_string(*first));
  }

  static void refuse(ParsedRecord& parsed, std::string reason) {
    parsed.trouble = Trouble::refused;
    parsed.reason = std::move(reason);
  }

  void tell(const ParsedRecord& parsed) {
    ++(parsed.trouble == Trouble::unopened ? totals_.unopened : totals_.refused);
    if (options_.contract == Contract::filter) return;
    progress_.clear();
    log_ << "glane: " << to_string(parsed.place) << ": " << parsed.reason << '\n' << std::flush;
  }

  void count(const Document& document) {
    ++totals_.documents;
    totals_.entities += document.entities.size();
    totals_.figures += document.figures.size();
    totals_.quotes += document.quotes.size();
    totals_.text_bytes += document.article.text.size();
  }

  Source& source_;
  const RuleSet& rules_;
  const std::vector<std::unique_ptr<Sink>>& sinks_;
  const RunOptions& options_;
  std::optional<Date> default_date_;
  Progress& progress_;
  std::ostream& log_;
  SeenIds seen_;
  RunTotals totals_;
  bool drained_ = false;        // the source has no more
  HandOver reading_, writing_;  // what follows, and source and sinks
  bool ended_ = false;
  std::exception_ptr failure_;  // of a sink; seen by the writing stage and after the pipeline
  std::atomic<bool> failed_ = false;
};

}  // namespace

RunTotals run(Source& source, const RuleSet& rules, const std::vector<std::unique_ptr<Sink>>& sinks,
              const RunOptions& options, Progress& progress, std::ostream& log) {
  const auto begin = std::chrono::steady_clock::now();
  Run whole(source, rules, sinks, options, progress, log);
  if (options.threads > 1) {
    whole.in_parallel();
  } else {
    whole.serially();
  }
  RunTotals totals = whole.finish();
  totals.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return totals;
}

}  // namespace glane
