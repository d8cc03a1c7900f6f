// XML cut at its tags without being parsed: all that is needed to find where an item of a feed
// begins and ends, in bytes of any charset that holds ASCII. Comments, CDATA sections and
// declarations are stepped over; what is not well-formed is taken for text.
#pragma once

#include <cstdint>
#include <string_view>

#include "read/byte_reader.h"

namespace glane {

struct Markup {
  enum class Kind : std::uint8_t { start, end, empty, declaration, other };
  Kind kind = Kind::other;
  std::size_t begin = 0;  // in the pending bytes of the reader
  std::size_t end = 0;
  std::string_view name = {};  // with its prefix; valid until the next call
};

class XmlCutter {
 public:
  explicit XmlCutter(ByteReader reader) : reader_(std::move(reader)) {}

  // The next tag, comment, … false at the end of the file, and when `limit` bytes are kept.
  bool next(Markup& markup, std::size_t limit);

  // Bytes before `markup` are kept from now on, or let go as soon as they are passed.
  void keep_from(std::size_t begin);
  void let_go() { keeping_ = false; }

  std::string_view kept(std::size_t end) const { return reader_.pending().substr(0, end); }
  std::size_t kept() const { return keeping_ ? reader_.pending().size() : 0; }
  const std::string& error() const { return reader_.error(); }

  // Where the reader stands behind the last markup.
  std::size_t position() const { return at_; }
  void go_back_to(std::size_t begin) { at_ = begin; }

 private:
  enum class Mode : std::uint8_t { text, comment, cdata, instruction, declaration, tag };

  bool find_open();
  bool find_close(std::string_view terminator);
  bool find_end_of_declaration();
  bool find_end_of_tag();
  bool more();
  void begin_markup();
  void describe(Markup& markup) const;
  char byte(std::size_t at) const { return reader_.pending()[at]; }

  ByteReader reader_;
  Mode mode_ = Mode::text;
  std::size_t begin_ = 0;  // of the markup that is being read
  std::size_t at_ = 0;
  int brackets_ = 0;  // of a declaration
  char quote_ = 0;
  bool keeping_ = true;
  bool full_ = false;
  std::size_t limit_ = 0;
};

}  // namespace glane
