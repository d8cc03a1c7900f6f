// A sink that is one file: an opening, documents with something between them, an end.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "write/sink.h"

namespace glane {

struct StreamForm {
  std::function<std::string(const Document&)> render;  // pure
  std::string opening = {};                            // before the first document
  std::string separator = {};                          // between two
  std::string end = {};                                // behind the last
  std::string empty = {};                              // the whole file when there is no document
};

// `path` and what becomes of the file: as for write_jsonl.
std::unique_ptr<Sink> write_stream(const std::string& path, StreamForm form);

// The form of a JSON array.
StreamForm json_array_of(std::function<std::string(const Document&)> render);

}  // namespace glane
