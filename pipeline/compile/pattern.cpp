#include "compile/pattern.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "compile/mistakes.h"
#include "normalise/normalise.h"
#include "segment/token.h"

namespace glane {
namespace {

constexpr int kMaxDepth = 20;
constexpr std::size_t kMostRepetitions = 1000;  // of RE2

constexpr std::uint32_t bit(Shape shape) { return 1u << static_cast<int>(shape); }

bool word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

namespace {

const std::map<std::string_view, std::uint32_t>& shape_sets() {
  static const std::map<std::string_view, std::uint32_t> kSets = {
      {"lower", bit(Shape::lower)},
      {"cap", bit(Shape::cap)},
      {"upper", bit(Shape::upper)},
      {"initial", bit(Shape::initial)},
      {"mixed", bit(Shape::mixed)},
      {"number", bit(Shape::number)},
      {"ordinal", bit(Shape::ordinal)},
      {"date", bit(Shape::date)},
      {"time", bit(Shape::time)},
      {"code", bit(Shape::code)},
      {"url", bit(Shape::url)},
      {"punct", bit(Shape::punct)},
      {"symbol", bit(Shape::symbol)},
      {"line", bit(Shape::line)},
      {"Cap", bit(Shape::cap) | bit(Shape::upper) | bit(Shape::initial) | bit(Shape::mixed)},
      {"word", bit(Shape::lower) | bit(Shape::cap) | bit(Shape::upper) | bit(Shape::initial) |
                   bit(Shape::mixed)}};
  return kSets;
}

}  // namespace

std::optional<std::uint32_t> shape_set(std::string_view name) {
  const auto it = shape_sets().find(name);
  if (it == shape_sets().end()) return std::nullopt;
  return it->second;
}

std::vector<std::string> words_of_literal(std::string_view literal) {
  return words_of_entry(normalise(literal).text).words;
}

std::string joined_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// --- predicates ---

// either := both ('|' both)*    both := single ('&' single)*
// single := '!' single | '(' either ')' | literal | name
class PredicateParser {
 public:
  PredicateParser(std::string_view source, Predicates& predicates)
      : source_(source), predicates_(predicates) {}

  Predicate parse() {
    either();
    if (at_ != source_.size()) {
      fail("unexpected \"" + std::string(source_.substr(at_)) + "\" in <" + std::string(source_) +
               ">",
           at_);
    }
    return std::move(out_);
  }

 private:
  using Op = PredicateStep::Op;

  void blanks() {
    while (at_ < source_.size() && source_[at_] == ' ') ++at_;
  }
  bool accept(char c) {
    blanks();
    if (at_ >= source_.size() || source_[at_] != c) return false;
    ++at_;
    return true;
  }
  void either() {
    both();
    while (accept('|')) {
      both();
      out_.push_back({Op::either});
    }
  }
  void both() {
    single();
    while (accept('&')) {
      single();
      out_.push_back({Op::both});
    }
  }
  void single() {
    if (accept('!')) {
      single();
      out_.push_back({Op::negate});
    } else if (accept('(')) {
      either();
      if (!accept(')')) fail("missing ) in <" + std::string(source_) + ">", at_);
    } else {
      blanks();
      const bool literal = at_ < source_.size() && (source_[at_] == '\'' || source_[at_] == '"');
      literal ? quoted() : named();
    }
    blanks();
  }
  void quoted() {
    const std::size_t begin = at_;
    const std::size_t end = source_.find(source_[at_], at_ + 1);
    if (end == std::string_view::npos)
      fail("unclosed literal in <" + std::string(source_) + ">", begin);
    const std::vector<std::string> words = words_of_literal(source_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    const WordId word = predicates_.rules_.vocabulary.find(joined_words(words));
    if (words.size() > 1 && word == kUnknownWord) {
      fail(
          "\"" + joined_words(words) + "\" is more than one unit in <" + std::string(source_) + ">",
          begin, "write the words one after another, outside of < >");
    }
    push({Atom::Kind::literal, word});
  }
  void named() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && (word_character(source_[at_]) || source_[at_] == ':')) ++at_;
    const std::string name(source_.substr(begin, at_ - begin));
    if (name.empty()) fail("a name is missing in <" + std::string(source_) + ">", begin);
    const std::vector<Atom> meanings = meanings_of(name);
    if (meanings.empty()) {
      fail("<" + name + "> is neither a lexicon, a shape, nor a kind that a rule emits", begin,
           did_you_mean(name, known_names(), "<", ">"));
    }
    for (std::size_t i = 0; i < meanings.size(); ++i) {
      push(meanings[i]);
      if (i > 0) out_.push_back({Op::either});
    }
  }
  // A name may be a lexicon and a kind at once ("role"), or a shape and a kind ("date"): it
  // then stands for either.
  std::vector<Atom> meanings_of(const std::string& name) const {
    if (name == "any") return {{Atom::Kind::any}};
    if (name == "start") return {{Atom::Kind::start}};
    if (name == "glued") return {{Atom::Kind::glued}};
    const CompiledRules& rules = predicates_.rules_;
    std::vector<Atom> meanings;
    if (const auto set = shape_set(name)) meanings.push_back({Atom::Kind::shape, 0, *set});
    if (const auto id = rules.vocabulary.lexicon_id(name)) {
      meanings.push_back({Atom::Kind::lexicon, *id});
    }
    if (const auto id = rules.kind(name)) meanings.push_back({Atom::Kind::kind, *id});
    return meanings;
  }
  std::vector<std::string> known_names() const {
    std::vector<std::string> names = {"any", "start", "glued"};
    for (const auto& [name, set] : shape_sets()) names.emplace_back(name);
    for (const Lexicon& lexicon : predicates_.rules_.vocabulary.lexicons())
      names.push_back(lexicon.name);
    names.insert(names.end(), predicates_.rules_.kinds.begin(), predicates_.rules_.kinds.end());
    return names;
  }
  [[noreturn]] static void fail(const std::string& reason, std::size_t at,
                                const std::string& hint = {}) {
    throw PatternError(reason, at, hint);
  }
  void push(const Atom& atom) { out_.push_back({Op::atom, predicates_.atom(atom)}); }

  std::string_view source_;
  Predicates& predicates_;
  std::size_t at_ = 0;
  Predicate out_;
};

std::size_t Predicates::literal(std::string_view folded_word) {
  const WordId word = rules_.vocabulary.find(folded_word);
  return keep({{PredicateStep::Op::atom, atom({Atom::Kind::literal, word})}});
}

std::size_t Predicates::expression(std::string_view text) {
  const auto it = by_text_.find(std::string(text));
  if (it != by_text_.end()) return it->second;
  const std::size_t id = keep(PredicateParser(text, *this).parse());
  by_text_.emplace(text, id);
  return id;
}

std::size_t Predicates::any_of(const std::vector<std::size_t>& predicates) {
  Predicate out;
  for (const std::size_t p : predicates) {
    const bool first = out.empty();
    out.insert(out.end(), predicates_[p].begin(), predicates_[p].end());
    if (!first) out.push_back({PredicateStep::Op::either});
  }
  return keep(std::move(out));
}

std::uint32_t Predicates::atom(const Atom& atom) {
  const auto it = std::ranges::find(atoms_, atom);
  if (it != atoms_.end()) return static_cast<std::uint32_t>(it - atoms_.begin());
  atoms_.push_back(atom);
  return static_cast<std::uint32_t>(atoms_.size() - 1);
}

std::size_t Predicates::keep(Predicate predicate) {
  const auto it = std::ranges::find(predicates_, predicate);
  if (it != predicates_.end()) return static_cast<std::size_t>(it - predicates_.begin());
  predicates_.push_back(std::move(predicate));
  return predicates_.size() - 1;
}

namespace {

std::string shapes_written(std::uint32_t shapes) {
  for (const auto& [name, set] : shape_sets()) {
    if (set == shapes) return std::string(name);
  }
  return "shape";
}

std::string atom_written(const Atom& atom, const CompiledRules& rules) {
  switch (atom.kind) {
    case Atom::Kind::lexicon:
      return rules.vocabulary.lexicon(static_cast<LexiconId>(atom.id)).name;
    case Atom::Kind::literal: {
      const std::string word(rules.vocabulary.spelling(atom.id));
      return word.find('\'') == std::string::npos ? "'" + word + "'" : '"' + word + '"';
    }
    case Atom::Kind::shape:
      return shapes_written(atom.shapes);
    case Atom::Kind::start:
      return "start";
    case Atom::Kind::glued:
      return "glued";
    case Atom::Kind::kind:
      return rules.kinds[atom.id];
    case Atom::Kind::any:
      return "any";
  }
  return {};
}

// A part of an expression, and the operator that holds it together.
struct Written {
  std::string text;
  PredicateStep::Op op = PredicateStep::Op::atom;
  bool holds = true;
  std::string failing = {};  // of a chain of & what does not hold
};

std::string both(const std::string& left, const std::string& right) {
  return left.empty() || right.empty() ? left + right : left + " & " + right;
}

std::string within(const Written& part, PredicateStep::Op outer) {
  const bool bracket = part.op != PredicateStep::Op::atom && part.op != PredicateStep::Op::negate &&
                       part.op != outer;
  return bracket ? "(" + part.text + ")" : part.text;
}

}  // namespace

std::string Predicates::written(std::size_t predicate) const {
  return failing(
      predicate, [](const Atom&) { return true; }, Whole::yes);
}

std::string Predicates::failing(std::size_t predicate,
                                const std::function<bool(const Atom&)>& holds) const {
  return failing(predicate, holds, Whole::no);
}

std::string Predicates::failing(std::size_t predicate,
                                const std::function<bool(const Atom&)>& holds, Whole whole) const {
  using Op = PredicateStep::Op;
  std::vector<Written> stack;
  for (const PredicateStep& step : predicates_[predicate]) {
    if (step.op == Op::atom) {
      stack.push_back(
          {atom_written(atoms_[step.atom], rules_), Op::atom, holds(atoms_[step.atom])});
    } else if (step.op == Op::negate) {
      stack.back() = {"!" + within(stack.back(), Op::negate), Op::negate, !stack.back().holds};
    } else {
      const Written right = std::move(stack.back());
      stack.pop_back();
      Written& left = stack.back();
      // A name with two meanings is one name.
      const bool twice = step.op == Op::either && left.text == right.text;
      const std::string text = twice
                                   ? left.text
                                   : within(left, step.op) + (step.op == Op::both ? " & " : " | ") +
                                         within(right, step.op);
      const bool all = step.op == Op::both;
      left = {text, twice ? left.op : step.op,
              all ? left.holds && right.holds : left.holds || right.holds,
              all ? both(left.failing, right.failing) : std::string()};
    }
    Written& last = stack.back();
    if (step.op != Op::both)
      last.failing = last.holds ? "" : last.op == Op::either ? "(" + last.text + ")" : last.text;
  }
  if (whole == Whole::yes || stack.back().op != Op::both) return "<" + stack.back().text + ">";
  return "<" + stack.back().failing + ">";
}

// --- patterns ---

// choice := sequence ('|' sequence)*    sequence := (item repetition?)*
// item := <…> | '…' | @name:item | $name | '(' choice ')' | '^' | '$'
class PatternParser {
 public:
  PatternParser(const std::map<std::string, std::string>& shared, Predicates& predicates,
                std::vector<std::string>& names)
      : shared_(shared), predicates_(predicates), names_(names) {}

  Pattern parse(std::string_view source, int depth = 0) {
    if (depth > kMaxDepth) fail("a $pattern refers to itself");
    const std::string_view outer = source_;
    const std::size_t outer_at = at_;
    source_ = source;
    at_ = 0;
    depth_ = depth;
    Pattern pattern = choice();
    if (at_ != source_.size()) fail("unexpected \"" + std::string(source_.substr(at_)) + '"');
    source_ = outer;
    at_ = outer_at;
    return pattern;
  }

 private:
  [[noreturn]] void fail(const std::string& reason, const std::string& hint = {}) const {
    throw PatternError(reason, at_, hint);
  }
  void blanks() {
    while (at_ < source_.size() &&
           (source_[at_] == ' ' || source_[at_] == '\n' || source_[at_] == '\t')) {
      ++at_;
    }
  }
  bool more() {
    blanks();
    return at_ < source_.size();
  }

  Pattern choice() {
    Pattern out{Pattern::Kind::choice};
    out.children.push_back(sequence());
    while (more() && source_[at_] == '|') {
      ++at_;
      out.children.push_back(sequence());
    }
    return merged(std::move(out));
  }

  // Alternatives that are one predicate each are one predicate together.
  Pattern merged(Pattern choice) {
    std::vector<std::size_t> single;
    std::vector<Pattern> others;
    for (Pattern& child : choice.children) {
      if (child.kind == Pattern::Kind::predicate)
        single.push_back(child.predicate);
      else
        others.push_back(std::move(child));
    }
    if (single.size() > 1) single = {predicates_.any_of(single)};
    if (!single.empty()) {
      others.insert(others.begin(), {Pattern::Kind::predicate, single.front(), {}, 0, {}});
    }
    if (others.size() == 1) return std::move(others.front());
    choice.children = std::move(others);
    return choice;
  }

  Pattern sequence() {
    Pattern out{Pattern::Kind::sequence};
    while (more() && source_[at_] != '|' && source_[at_] != ')') {
      out.children.push_back(repeated(item()));
    }
    return out.children.size() == 1 ? std::move(out.children.front()) : out;
  }

  Pattern repeated(Pattern child) {
    while (more()) {
      const char c = source_[at_];
      const std::size_t size = c == '{' ? braces() : c == '?' || c == '*' || c == '+' ? 1 : 0;
      if (size == 0) break;
      if (c != '?' && child.kind == Pattern::Kind::group) {
        fail("@" + names_[child.name] + ":… repeated names the last time alone; repeat inside: @" +
             names_[child.name] + ":( …" + std::string(source_.substr(at_, size)) + " )");
      }
      Pattern out{Pattern::Kind::repeat};
      out.repetition = source_.substr(at_, size);
      out.children.push_back(std::move(child));
      child = std::move(out);
      at_ += size;
    }
    return child;
  }

  // Size of {2}, {2,} or {2,4}. RE2 would read any other brace as a character.
  std::size_t braces() const {
    const std::size_t close = source_.find('}', at_);
    if (close == std::string_view::npos) fail("missing } in " + std::string(source_));
    const std::string_view inside = source_.substr(at_ + 1, close - at_ - 1);
    const std::size_t comma = inside.find_first_not_of("0123456789");
    const bool counts =
        comma == std::string_view::npos
            ? !inside.empty()
            : comma > 0 && inside[comma] == ',' &&
                  inside.find_first_not_of("0123456789", comma + 1) == std::string_view::npos;
    if (!counts) fail("{" + std::string(inside) + "} is none of {2}, {2,} and {2,4}");
    Pattern repeat{Pattern::Kind::repeat};
    repeat.repetition = source_.substr(at_, close + 1 - at_);
    const Repetition limits = repetition_of(repeat);
    const bool open = limits.most == kUnbounded;
    if (limits.least > kMostRepetitions ||
        (!open && (limits.most < limits.least || limits.most > kMostRepetitions))) {
      fail("bad repetition " + repeat.repetition,
           "{least,most}, " + std::to_string(kMostRepetitions) + " at most");
    }
    return close + 1 - at_;
  }

  Pattern item() {
    const char c = source_[at_];
    switch (c) {
      case '<':
        return {Pattern::Kind::predicate, predicate(), {}, 0, {}};
      case '\'':
      case '"':
        return literal(until(c));
      case '@':
        return capture();
      case '$':
        return reference();
      case '(':
        return bracket();
      case '^':
        ++at_;
        return {Pattern::Kind::begin, 0, {}, 0, {}};
      case '\\':
        fail(
            "\\b \\w \\d \\s are classes of characters, ASCII-only at that; a pattern is made of "
            "<atoms> "
            "and 'words': " +
            std::string(source_));
      default:
        fail(std::string("unexpected '") + c + "' in pattern " + std::string(source_));
    }
  }

  std::size_t predicate() {
    const std::size_t begin = at_ + 1;
    const std::string_view inside = until('>');
    try {
      return predicates_.expression(inside);
    } catch (const PatternError& error) {
      throw PatternError(error.what(), begin + error.at(), error.hint());
    }
  }

  Pattern bracket() {
    ++at_;
    Pattern inner = choice();
    if (!more() || source_[at_] != ')') fail("missing ) in " + std::string(source_));
    ++at_;
    return inner;
  }

  // Text up to the closing character; literals between < and > may hold '>'.
  std::string_view until(char close) {
    std::size_t end = at_ + 1;
    char quote = 0;
    for (; end < source_.size(); ++end) {
      const char c = source_[end];
      if (quote == 0 && c == close) break;
      if (close == '>' && quote == 0 && (c == '\'' || c == '"'))
        quote = c;
      else if (c == quote)
        quote = 0;
    }
    if (end >= source_.size())
      fail(std::string("missing ") + close + " in " + std::string(source_));
    const std::string_view inside = source_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return inside;
  }

  // A literal of several words: the words, or the multi-word entry that they make.
  Pattern literal(std::string_view text) {
    const std::vector<std::string> words = words_of_literal(text);
    if (words.empty()) fail("an empty literal");
    Pattern sequence{Pattern::Kind::sequence};
    for (const std::string& word : words) {
      sequence.children.push_back({Pattern::Kind::predicate, predicates_.literal(word), {}, 0, {}});
    }
    if (words.size() == 1) return std::move(sequence.children.front());
    const std::string joined = joined_words(words);
    if (predicates_.rules_.vocabulary.find(joined) == kUnknownWord) return sequence;
    Pattern out{Pattern::Kind::choice};
    out.children.push_back({Pattern::Kind::predicate, predicates_.literal(joined), {}, 0, {}});
    out.children.push_back(std::move(sequence));
    return out;
  }

  std::string_view word() {
    const std::size_t begin = ++at_;
    while (at_ < source_.size() && word_character(source_[at_])) ++at_;
    return source_.substr(begin, at_ - begin);
  }

  Pattern capture() {
    const std::string_view name = word();
    if (name.empty() || at_ >= source_.size() || source_[at_] != ':') {
      fail("@ needs a name and a colon in " + std::string(source_));
    }
    ++at_;
    if (!more()) fail("nothing follows @" + std::string(name) + ":");
    Pattern out{Pattern::Kind::group};
    out.name = name_id(name);
    out.children.push_back(item());
    return out;
  }

  std::uint16_t name_id(std::string_view name) {
    const auto place = static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin());
    if (place == names_.size()) names_.emplace_back(name);
    return static_cast<std::uint16_t>(place);
  }

  Pattern reference() {
    const std::size_t begin = at_;
    const std::string_view name = word();
    if (name.empty()) return {Pattern::Kind::end, 0, {}, 0, {}};
    const auto it = shared_.find(std::string(name));
    if (it == shared_.end()) {
      throw PatternError("$" + std::string(name) + " is not in any [patterns]", begin,
                         nearest_shared(name));
    }
    const int depth = depth_;
    try {
      Pattern inner = parse(it->second, depth + 1);
      depth_ = depth;
      return inner;
    } catch (const PatternError& error) {
      throw PatternError(error.what(), begin, error.hint());
    }
  }

  std::string nearest_shared(std::string_view name) const {
    std::vector<std::string> known;
    for (const auto& [pattern, text] : shared_) known.push_back(pattern);
    return did_you_mean(name, known, "$");
  }

  const std::map<std::string, std::string>& shared_;
  Predicates& predicates_;
  std::vector<std::string>& names_;
  std::string_view source_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

namespace {

// not_before and not_after hold one atom; its own < > are optional.
std::string_view bare(std::string_view context) {
  const bool wrapped = context.size() > 2 && context.front() == '<' && context.back() == '>';
  return wrapped ? context.substr(1, context.size() - 2) : context;
}

// The edge of the text, or a unit that does not satisfy the atom.
Pattern unlike(const std::string& context, Pattern::Kind edge, Predicates& predicates) {
  const std::string expression = "!(" + std::string(bare(context)) + ")";
  Pattern out{Pattern::Kind::choice};
  out.children.push_back({edge, 0, {}, 0, {}});
  out.children.push_back({Pattern::Kind::predicate, predicates.expression(expression), {}, 0, {}});
  return out;
}

}  // namespace

Pattern read_rule_pattern(const Rule& rule, const std::map<std::string, std::string>& shared,
                          Predicates& predicates, CompiledRules& rules) {
  return read_rule_pattern(rule, shared, predicates, rules.names);
}

Pattern read_pattern(const std::string& text, const std::map<std::string, std::string>& shared,
                     Predicates& predicates, std::vector<std::string>& names) {
  return PatternParser(shared, predicates, names).parse(text);
}

std::size_t read_atom(const std::string& text, Predicates& predicates) {
  try {
    return predicates.expression(bare(text));
  } catch (const PatternError& error) {
    throw PatternError(error.what(), error.at() + (bare(text).size() < text.size() ? 1 : 0),
                       error.hint());
  }
}

Pattern read_rule_pattern(const Rule& rule, const std::map<std::string, std::string>& shared,
                          Predicates& predicates, std::vector<std::string>& names) {
  PatternParser parser(shared, predicates, names);
  // One would stand beyond the other, not in its place.
  if ((!rule.before.empty() && !rule.not_before.empty()) ||
      (!rule.after.empty() && !rule.not_after.empty())) {
    throw SetupError("a context and its not_ context exclude each other: write <this & !that>");
  }
  Pattern out{Pattern::Kind::sequence};
  if (!rule.before.empty()) out.children.push_back(parser.parse(rule.before));
  if (!rule.not_before.empty()) {
    out.children.push_back(unlike(rule.not_before, Pattern::Kind::begin, predicates));
  }
  Pattern span{Pattern::Kind::group};
  span.name = kSpanGroup;
  span.children.push_back(parser.parse(rule.match));
  out.children.push_back(std::move(span));
  if (!rule.not_after.empty()) {
    out.children.push_back(unlike(rule.not_after, Pattern::Kind::end, predicates));
  }
  if (!rule.after.empty()) out.children.push_back(parser.parse(rule.after));
  return out;
}

}  // namespace glane
