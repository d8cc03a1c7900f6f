// What a file is, and who reads it.
#include "formats.h"

namespace glane {

namespace {

std::string_view without_packing(std::string_view file) {
  for (const std::string_view suffix : {".gz", ".zst", ".xz", ".bz2"}) {
    if (file.ends_with(suffix)) file.remove_suffix(suffix.size());
  }
  return file;
}

Form guess_form(ByteReader& reader, std::string_view path) {
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson")) return Form::jsonl;
  if (path.ends_with(".txt")) return Form::text;
  const auto first = [&] {
    const std::string_view bytes = reader.pending();
    const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return bytes.find_first_not_of(" \t\r\n", mark);
  };
  while (first() == std::string_view::npos && reader.read_more()) {
  }
  const std::size_t at = first();
  return at != std::string_view::npos && reader.pending()[at] == '{' ? Form::jsonl : Form::text;
}

}  // namespace

std::string to_string(const Place& place) {
  if (place.item > 0) return place.file + ":item " + std::to_string(place.item);
  return place.line == 0 ? place.file : place.file + ':' + std::to_string(place.line);
}

std::unique_ptr<Source> read_file(ByteReader reader, std::string file, const ReadOptions& options,
                                  const Nesting& nesting) {
  if (is_archive(reader)) return read_archive(std::move(reader), std::move(file), options, nesting);
  const Form form = options.form.value_or(guess_form(reader, without_packing(file)));
  return form == Form::jsonl ? read_jsonl(std::move(reader), std::move(file))
                             : read_text(std::move(reader), std::move(file));
}

ParsedRecord parse(RawRecord&& record) {
  if (record.trouble != Trouble::none) {
    return {.place = std::move(record.place),
            .trouble = record.trouble,
            .reason = std::move(record.reason)};
  }
  return record.form == Form::jsonl ? parse_jsonl(std::move(record))
                                    : parse_text(std::move(record));
}

}  // namespace glane
