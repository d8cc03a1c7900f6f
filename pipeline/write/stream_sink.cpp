#include "write/stream_sink.h"

#include <utility>

#include "write/output_file.h"

namespace glane {

namespace {

class StreamSink : public Sink {
 public:
  StreamSink(const std::string& path, StreamForm form) : file_(path), form_(std::move(form)) {}

  std::string render(const Document& document) const override { return form_.render(document); }

  void write(const Document&, std::string&& rendered) override {
    file_.write(empty_ ? form_.opening : form_.separator);
    file_.write(rendered);
    empty_ = false;
  }

  void finish() override {
    file_.write(empty_ ? form_.empty : form_.end);
    file_.finish();
  }

 private:
  OutputFile file_;
  StreamForm form_;
  bool empty_ = true;
};

}  // namespace

std::unique_ptr<Sink> write_stream(const std::string& path, StreamForm form) {
  return std::make_unique<StreamSink>(path, std::move(form));
}

StreamForm json_array_of(std::function<std::string(const Document&)> render) {
  return {.render = std::move(render),
          .opening = "[\n",
          .separator = ",\n",
          .end = "\n]\n",
          .empty = "[]\n"};
}

}  // namespace glane
