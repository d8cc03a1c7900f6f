// JSON Lines, and the same documents as one JSON array.
#include "output_file.h"
#include "sink.h"

namespace glane {

namespace {

class JsonlSink : public Sink {
 public:
  JsonlSink(const std::string& path, const RuleSet& rules, const JsonOptions& options)
      : file_(path), rules_(rules), options_(options) {
    options_.pretty = false;
  }

  std::string render(const Document& document) const override {
    return to_json(document, rules_, options_) + '\n';
  }
  void write(const Document&, std::string&& rendered) override { file_.write(rendered); }
  void finish() override { file_.finish(); }

 private:
  OutputFile file_;
  RuleSet rules_;
  JsonOptions options_;
};

class JsonArraySink : public Sink {
 public:
  JsonArraySink(const std::string& path, const RuleSet& rules, const JsonOptions& options)
      : file_(path), rules_(rules), options_(options) {
    options_.pretty = true;
  }

  std::string render(const Document& document) const override {
    return to_json(document, rules_, options_);
  }

  void write(const Document&, std::string&& rendered) override {
    file_.write(empty_ ? "[\n" : ",\n");
    file_.write(rendered);
    empty_ = false;
  }

  void finish() override {
    file_.write(empty_ ? "[]\n" : "\n]\n");
    file_.finish();
  }

 private:
  OutputFile file_;
  RuleSet rules_;
  JsonOptions options_;
  bool empty_ = true;
};

}  // namespace

std::unique_ptr<Sink> write_jsonl(const std::string& path, const RuleSet& rules,
                                  const JsonOptions& options) {
  return std::make_unique<JsonlSink>(path, rules, options);
}

std::unique_ptr<Sink> write_json_array(const std::string& path, const RuleSet& rules,
                                       const JsonOptions& options) {
  return std::make_unique<JsonArraySink>(path, rules, options);
}

}  // namespace glane
