#include "read/cut_xml.h"

#include <algorithm>

namespace glane {

namespace {

// No tag is longer: a quotation mark that nothing closes must not swallow the file.
constexpr std::size_t kMaxTag = 65536;

constexpr char kInComment = '-';  // instead of a quotation mark

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool XmlCutter::more() {
  if (!keeping_) {
    // The beginning of a tag is still needed for its name.
    const std::size_t passed = mode_ == Mode::tag ? std::min(begin_, at_) : at_;
    reader_.consume(passed);
    at_ -= passed;
    begin_ -= std::min(begin_, passed);
  } else if (reader_.pending().size() >= limit_) {
    full_ = true;
    return false;
  }
  return reader_.read_more();
}

void XmlCutter::keep_from(std::size_t begin) {
  reader_.consume(begin);
  at_ -= std::min(at_, begin);
  begin_ -= std::min(begin_, begin);
  keeping_ = true;
}

bool XmlCutter::find_open() {
  std::size_t open = reader_.pending().find('<', at_);
  while (open == std::string_view::npos) {
    at_ = reader_.pending().size();
    if (!more()) return false;
    open = reader_.pending().find('<', at_);
  }
  at_ = begin_ = open;
  constexpr std::size_t kLookAhead = 9;  // <![CDATA[
  while (reader_.pending().size() < at_ + kLookAhead && more()) {
  }
  begin_ = at_;
  return !full_;
}

void XmlCutter::begin_markup() {
  const std::string_view here = reader_.pending().substr(begin_);
  const auto enter = [&](Mode mode, std::size_t size) {
    mode_ = mode;
    at_ = begin_ + size;
  };
  if (here.starts_with("<!--")) return enter(Mode::comment, 4);
  if (here.starts_with("<![CDATA[")) return enter(Mode::cdata, 9);
  if (here.starts_with("<?")) return enter(Mode::instruction, 2);
  brackets_ = 0;
  quote_ = 0;
  if (here.starts_with("<!")) return enter(Mode::declaration, 2);
  const std::size_t name = here.starts_with("</") ? 2 : 1;
  if (here.size() > name && begins_name(here[name])) return enter(Mode::tag, name);
  enter(Mode::text, 1);
}

bool XmlCutter::find_close(std::string_view terminator) {
  while (true) {
    const std::size_t found = reader_.pending().find(terminator, at_);
    if (found != std::string_view::npos) {
      at_ = found + terminator.size();
      return true;
    }
    const std::size_t size = reader_.pending().size();
    at_ = std::max(at_, size - std::min(size, terminator.size() - 1));
    if (!more()) return false;
  }
}

bool XmlCutter::find_end_of_declaration() {
  while (true) {
    for (; at_ < reader_.pending().size(); ++at_) {
      const char c = byte(at_);
      const std::string_view before = reader_.pending().substr(begin_, at_ - begin_);
      if (quote_ == kInComment) {
        if (c == '>' && before.ends_with("--")) quote_ = 0;
      } else if (quote_ != 0) {
        if (c == quote_) quote_ = 0;
      } else if (c == '-' && before.ends_with("<!-")) {
        quote_ = kInComment;
      } else if (c == '"' || c == '\'') {
        quote_ = c;
      } else if (c == '[' || c == ']') {
        brackets_ += c == '[' ? 1 : -1;
      } else if (c == '>' && brackets_ <= 0) {
        ++at_;
        return true;
      }
    }
    if (!more()) return false;
  }
}

bool XmlCutter::find_end_of_tag() {
  while (true) {
    for (; at_ < reader_.pending().size() && at_ - begin_ < kMaxTag; ++at_) {
      const char c = byte(at_);
      if (quote_ != 0) {
        if (c == quote_) quote_ = 0;
      } else if (c == '"' || c == '\'') {
        quote_ = c;
      } else if (c == '>') {
        ++at_;
        return true;
      } else if (c == '<') {
        return true;
      }
    }
    if (at_ - begin_ >= kMaxTag) {
      at_ = begin_ + 1;
      mode_ = Mode::text;
      return false;
    }
    if (!more()) return false;
  }
}

void XmlCutter::describe(Markup& markup) const {
  const std::string_view bytes = reader_.pending().substr(begin_, at_ - begin_);
  markup = {.begin = begin_, .end = at_};
  if (mode_ == Mode::declaration) markup.kind = Markup::Kind::declaration;
  if (mode_ != Mode::tag) return;
  const bool closing = bytes.starts_with("</");
  const bool empty = bytes.ends_with("/>");
  markup.kind = closing ? Markup::Kind::end : empty ? Markup::Kind::empty : Markup::Kind::start;
  markup.name = bytes.substr(closing ? 2 : 1);
  markup.name = markup.name.substr(0, markup.name.find_first_of(" \t\r\n/><"));
}

bool XmlCutter::next(Markup& markup, std::size_t limit) {
  limit_ = limit;
  full_ = false;
  while (true) {
    if (mode_ == Mode::text) {
      if (!find_open()) return false;
      begin_markup();
      if (mode_ == Mode::text) continue;
    }
    bool found = false;
    switch (mode_) {
      case Mode::comment:
        found = find_close("-->");
        break;
      case Mode::cdata:
        found = find_close("]]>");
        break;
      case Mode::instruction:
        found = find_close("?>");
        break;
      case Mode::declaration:
        found = find_end_of_declaration();
        break;
      default:
        found = find_end_of_tag();
        if (!found && mode_ == Mode::text) continue;
    }
    if (!found) return false;
    describe(markup);
    mode_ = Mode::text;
    return true;
  }
}

}  // namespace glane
