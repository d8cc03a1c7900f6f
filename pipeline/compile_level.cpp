// Rules → RE2 over symbols.
//
// A pattern is read twice: once to collect the predicates it holds (what stands between
// < and >, and literals), once, when the level's alphabet is known, to write it as an RE2
// pattern in which every predicate is the class of the symbols that satisfy it.

#include <algorithm>
#include <bit>
#include <bitset>
#include <functional>
#include <unordered_map>

#include "cascade.h"

namespace glane {
namespace {

constexpr std::size_t kMaxPredicates = 1024;

[[noreturn]] void fail(const std::string& reason) { throw SetupError(reason); }

// --- predicates ---

// Something a predicate tests of a unit.
struct Atom {
  enum class Kind : std::uint8_t { lexicon, literal, shape, start, glued, kind, any } kind;
  std::uint32_t id = 0;      // lexicon, word, or kind
  std::uint32_t shapes = 0;  // bit set of Shape

  friend bool operator==(const Atom&, const Atom&) = default;
};

// An expression over atoms in reverse Polish notation.
struct Step {
  enum class Op : std::uint8_t { atom, negate, both, either } op;
  std::uint32_t atom = 0;
};
using Predicate = std::vector<Step>;

constexpr std::uint32_t bit(Shape shape) { return 1u << static_cast<int>(shape); }

std::optional<std::uint32_t> shape_set(std::string_view name) {
  static const std::unordered_map<std::string_view, std::uint32_t> kSets = {
      {"lower", bit(Shape::lower)},   {"cap", bit(Shape::cap)},
      {"upper", bit(Shape::upper)},   {"initial", bit(Shape::initial)},
      {"mixed", bit(Shape::mixed)},   {"number", bit(Shape::number)},
      {"ordinal", bit(Shape::ordinal)}, {"date", bit(Shape::date)},
      {"time", bit(Shape::time)},     {"code", bit(Shape::code)},
      {"url", bit(Shape::url)},       {"punct", bit(Shape::punct)},
      {"symbol", bit(Shape::symbol)}, {"line", bit(Shape::line)},
      {"Cap", bit(Shape::cap) | bit(Shape::upper) | bit(Shape::initial) | bit(Shape::mixed)},
      {"word", bit(Shape::lower) | bit(Shape::cap) | bit(Shape::upper) | bit(Shape::initial) |
                   bit(Shape::mixed)}};
  const auto it = kSets.find(name);
  if (it == kSets.end()) return std::nullopt;
  return it->second;
}

// The predicates and atoms of one level.
class Predicates {
 public:
  explicit Predicates(const CompiledRules& rules) : rules_(rules) {}

  std::size_t literal(std::string_view folded) {
    const WordId word = rules_.vocabulary.find(folded);
    return keep({{Step::Op::atom, atom({Atom::Kind::literal, word})}});
  }
  std::size_t expression(std::string_view text) {
    source_ = text;
    at_ = 0;
    Predicate predicate;
    either(predicate);
    if (at_ != source_.size()) fail("unexpected \"" + rest() + "\" in <" + std::string(text) + ">");
    return keep(std::move(predicate));
  }

  std::size_t size() const { return predicates_.size(); }
  const Predicate& operator[](std::size_t i) const { return predicates_[i]; }
  const std::vector<Atom>& atoms() const { return atoms_; }

 private:
  std::string rest() const { return std::string(source_.substr(at_)); }
  void blanks() {
    while (at_ < source_.size() && source_[at_] == ' ') ++at_;
  }
  bool accept(char c) {
    blanks();
    if (at_ >= source_.size() || source_[at_] != c) return false;
    ++at_;
    return true;
  }
  void either(Predicate& out) {
    both(out);
    while (accept('|')) {
      both(out);
      out.push_back({Step::Op::either});
    }
  }
  void both(Predicate& out) {
    single(out);
    while (accept('&')) {
      single(out);
      out.push_back({Step::Op::both});
    }
  }
  void single(Predicate& out) {
    if (accept('!')) {
      single(out);
      out.push_back({Step::Op::negate});
    } else if (accept('(')) {
      either(out);
      if (!accept(')')) fail("missing ) in <" + std::string(source_) + ">");
    } else if (blanks(); at_ < source_.size() && (source_[at_] == '\'' || source_[at_] == '"')) {
      quoted(out);
    } else {
      named(out);
    }
    blanks();
  }
  void quoted(Predicate& out) {
    const std::size_t end = source_.find(source_[at_], at_ + 1);
    if (end == std::string_view::npos) fail("unclosed literal in <" + std::string(source_) + ">");
    const std::string word = fold(source_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    out.push_back({Step::Op::atom, atom({Atom::Kind::literal, rules_.vocabulary.find(word)})});
  }
  void named(Predicate& out) {
    const std::size_t begin = at_;
    while (at_ < source_.size() && (std::isalnum(static_cast<unsigned char>(source_[at_])) ||
                                    source_[at_] == '_' || source_[at_] == ':')) {
      ++at_;
    }
    const std::string name(source_.substr(begin, at_ - begin));
    if (name.empty()) fail("a name is missing before \"" + rest() + "\"");
    const std::vector<Atom> meanings = resolve(name);
    for (std::size_t i = 0; i < meanings.size(); ++i) {
      out.push_back({Step::Op::atom, atom(meanings[i])});
      if (i > 0) out.push_back({Step::Op::either});
    }
  }
  // A name may be a lexicon and a kind at once ("role"), or a shape and a kind ("date"): it
  // then stands for either.
  std::vector<Atom> resolve(const std::string& name) const {
    if (name == "any") return {{Atom::Kind::any}};
    if (name == "start") return {{Atom::Kind::start}};
    if (name == "glued") return {{Atom::Kind::glued}};
    std::vector<Atom> meanings;
    if (const auto set = shape_set(name)) meanings.push_back({Atom::Kind::shape, 0, *set});
    if (const auto id = rules_.vocabulary.lexicon_id(name)) {
      meanings.push_back({Atom::Kind::lexicon, *id});
    }
    if (const auto id = rules_.kind(name)) meanings.push_back({Atom::Kind::kind, *id});
    if (meanings.empty()) {
      fail("<" + name + "> is neither a lexicon, a shape, nor a kind that a rule emits");
    }
    return meanings;
  }
  std::uint32_t atom(Atom atom) {
    const auto it = std::ranges::find(atoms_, atom);
    if (it != atoms_.end()) return static_cast<std::uint32_t>(it - atoms_.begin());
    atoms_.push_back(atom);
    return static_cast<std::uint32_t>(atoms_.size() - 1);
  }
  std::size_t keep(Predicate predicate) {
    const auto same = [&](const Predicate& other) {
      return std::ranges::equal(other, predicate, [](const Step& a, const Step& b) {
        return a.op == b.op && a.atom == b.atom;
      });
    };
    const auto it = std::ranges::find_if(predicates_, same);
    if (it != predicates_.end()) return static_cast<std::size_t>(it - predicates_.begin());
    predicates_.push_back(std::move(predicate));
    if (predicates_.size() > kMaxPredicates) fail("a level has more than 1024 predicates");
    return predicates_.size() - 1;
  }

  const CompiledRules& rules_;
  std::vector<Atom> atoms_;
  std::vector<Predicate> predicates_;
  std::string_view source_;
  std::size_t at_ = 0;
};

// --- patterns ---

// Reads a pattern and hands its pieces to a writer.
class PatternReader {
 public:
  // `predicate` turns a predicate into RE2 text; `name` notes a capture.
  struct Writer {
    std::function<std::string(std::string_view)> expression;  // what stands between < and >
    std::function<std::string(std::string_view)> literal;     // one or several words
    std::function<void(std::string_view)> name;
  };
  PatternReader(const std::map<std::string, std::string>& patterns, const Writer& writer)
      : patterns_(patterns), writer_(writer) {}

  std::string read(std::string_view pattern, int depth = 0) {
    if (depth > 20) fail("a $pattern refers to itself");
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) out += piece(pattern, at, depth);
    return out;
  }

 private:
  std::string piece(std::string_view pattern, std::size_t& at, int depth) {
    const char c = pattern[at];
    switch (c) {
      case ' ':
      case '\n':
      case '\t':
        ++at;
        return "";
      case '<':
        return writer_.expression(until(pattern, at, '>'));
      case '\'':
      case '"':
        return writer_.literal(until(pattern, at, c));
      case '@':
        return named(pattern, at, depth);
      case '$':
        return reference(pattern, at, depth);
      case '(':
        ++at;
        return "(?:";
      case '{': {
        const std::size_t end = pattern.find('}', at);
        if (end == std::string_view::npos) fail("missing } in " + std::string(pattern));
        std::string count(pattern.substr(at, end + 1 - at));
        at = end + 1;
        return count;
      }
      case ')':
      case '|':
      case '?':
      case '*':
      case '+':
      case '^':
        ++at;
        return std::string(1, c);
      default:
        fail(std::string("unexpected '") + c + "' in pattern " + std::string(pattern));
    }
  }

  static std::string_view until(std::string_view pattern, std::size_t& at, char close) {
    // Literals inside < > may hold '>'.
    std::size_t end = at + 1;
    char quote = 0;
    for (; end < pattern.size(); ++end) {
      const char c = pattern[end];
      if (close == '>' && quote == 0 && (c == '\'' || c == '"')) quote = c;
      else if (quote != 0 && c == quote) quote = 0;
      else if (quote == 0 && c == close) break;
    }
    if (end >= pattern.size()) fail(std::string("missing ") + close + " in " + std::string(pattern));
    const std::string_view inside = pattern.substr(at + 1, end - at - 1);
    at = end + 1;
    return inside;
  }

  static std::string_view word(std::string_view pattern, std::size_t& at) {
    const std::size_t begin = ++at;
    while (at < pattern.size() &&
           (std::isalnum(static_cast<unsigned char>(pattern[at])) || pattern[at] == '_')) {
      ++at;
    }
    return pattern.substr(begin, at - begin);
  }

  std::string named(std::string_view pattern, std::size_t& at, int depth) {
    const std::string_view name = word(pattern, at);
    if (name.empty() || at >= pattern.size() || pattern[at] != ':') {
      fail("@ needs a name and a colon in " + std::string(pattern));
    }
    ++at;
    writer_.name(name);
    if (at < pattern.size() && pattern[at] == '(') {
      ++at;
      return "(";  // its own ) closes it
    }
    return "(" + piece(pattern, at, depth) + ")";
  }

  std::string reference(std::string_view pattern, std::size_t& at, int depth) {
    const std::string_view name = word(pattern, at);
    if (name.empty()) return "$";
    const auto it = patterns_.find(std::string(name));
    if (it == patterns_.end()) fail("$" + std::string(name) + " is not in any [patterns]");
    return "(?:" + read(it->second, depth + 1) + ")";
  }

  const std::map<std::string, std::string>& patterns_;
  const Writer& writer_;
};

std::vector<std::string> words_of(std::string_view literal) {
  std::vector<std::string> words;
  std::string folded = fold(literal);
  std::size_t at = 0;
  while (at < folded.size()) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// --- alphabet ---

using Signature = std::bitset<kMaxPredicates>;

bool look_satisfies(CaseNeed need, Shape shape) {
  if (need == CaseNeed::any) return true;
  if (need == CaseNeed::capitals) return shape == Shape::upper || shape == Shape::initial || shape == Shape::mixed;
  return (*shape_set("Cap") & bit(shape)) != 0;
}

// What a group is to a level: the strictest case each atom asks for, or no.
struct GroupView {
  std::vector<std::uint8_t> atoms;  // 0 no, 1 any case, 2 capital, 3 capitals

  friend bool operator==(const GroupView&, const GroupView&) = default;
};

// The representative words of each group: one is enough, they are alike.
std::vector<WordId> group_members(const CompiledRules& rules) {
  std::vector<WordId> member(rules.word_groups, kUnknownWord);
  for (WordId word = 0; word < rules.word_group.size(); ++word) {
    member[rules.word_group[word]] = word;
  }
  return member;
}

GroupView view_word(WordId word, const std::vector<Atom>& atoms, const Vocabulary& vocabulary) {
  GroupView view{std::vector<std::uint8_t>(atoms.size(), 0)};
  for (std::size_t a = 0; a < atoms.size(); ++a) {
    if (atoms[a].kind == Atom::Kind::literal) {
      view.atoms[a] = atoms[a].id == word && word != kUnknownWord;
    } else if (atoms[a].kind == Atom::Kind::lexicon) {
      for (const Entry& entry : vocabulary.entries(word)) {
        if (entry.lexicon != atoms[a].id) continue;
        const auto need = static_cast<std::uint8_t>(static_cast<int>(entry.need) + 1);
        if (view.atoms[a] == 0 || need < view.atoms[a]) view.atoms[a] = need;
      }
    }
  }
  return view;
}

GroupView view_kind(KindId kind, const std::vector<Atom>& atoms) {
  GroupView view{std::vector<std::uint8_t>(atoms.size(), 0)};
  for (std::size_t a = 0; a < atoms.size(); ++a) {
    view.atoms[a] = atoms[a].kind == Atom::Kind::kind && atoms[a].id == kind;
  }
  return view;
}

// A truth value for each look at once: bit i is the look of class i.
using Looks = std::uint64_t;
static_assert(kLooks <= 64);

bool look_holds(const Atom& atom, Look look) {
  switch (atom.kind) {
    case Atom::Kind::any:
      return look.shape != Shape::line;
    case Atom::Kind::shape:
      return (atom.shapes & bit(look.shape)) != 0;
    case Atom::Kind::start:
      return look.start;
    case Atom::Kind::glued:
      return look.glued;
    default:
      return false;
  }
}

bool tests_look(const Atom& atom) {
  return atom.kind != Atom::Kind::literal && atom.kind != Atom::Kind::lexicon &&
         atom.kind != Atom::Kind::kind;
}

Looks evaluate(const Predicate& predicate, const std::vector<Looks>& truth) {
  Looks stack[64];
  std::size_t top = 0;
  for (const Step& step : predicate) {
    switch (step.op) {
      case Step::Op::atom:
        if (top >= 64) fail("a predicate is too deep");
        stack[top++] = truth[step.atom];
        break;
      case Step::Op::negate:
        stack[top - 1] = ~stack[top - 1];
        break;
      case Step::Op::both:
        --top;
        stack[top - 1] &= stack[top];
        break;
      case Step::Op::either:
        --top;
        stack[top - 1] |= stack[top];
        break;
    }
  }
  return stack[0];
}

class Alphabet {
 public:
  Alphabet(Level& level, const CompiledRules& rules, const Predicates& predicates)
      : level_(level), rules_(rules), predicates_(predicates) {
    class_groups();
    class_looks();
    number_symbols();
  }

  // The RE2 class of the symbols that satisfy predicate p.
  const std::string& text(std::size_t p) const {
    std::string& out = texts_[p];
    if (!out.empty()) return out;
    for (std::size_t i = 0; i < signatures_.size();) {
      if (!signatures_[i][p]) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < signatures_.size() && signatures_[end][p]) ++end;
      out += code(i) + (end - i > 1 ? "-" + code(end - 1) : "");
      i = end;
    }
    out = out.empty() ? "\\x{0}" : "[" + out + "]";  // no symbol is 0
    return out;
  }

 private:
  void class_groups() {
    const std::vector<WordId> members = group_members(rules_);
    level_.group_class.resize(rules_.word_groups + rules_.kinds.size());
    for (std::size_t g = 0; g < level_.group_class.size(); ++g) {
      const bool word = g < members.size();
      GroupView view = word ? view_word(members[g], predicates_.atoms(), rules_.vocabulary)
                            : view_kind(static_cast<KindId>(g - members.size()), predicates_.atoms());
      const std::string key(view.atoms.begin(), view.atoms.end());
      const auto [it, fresh] = known_.try_emplace(key, static_cast<std::uint16_t>(groups_.size()));
      if (fresh) groups_.push_back(std::move(view));
      level_.group_class[g] = it->second;
    }
  }

  void class_looks() {
    std::vector<Look> looks;
    std::map<std::string, std::uint8_t> known;
    level_.look_class.resize(kLooks);
    for (int i = 0; i < kLooks; ++i) {
      const Look look{static_cast<Shape>(i / 4), (i & 2) != 0, (i & 1) != 0};
      std::string key;
      for (const Atom& atom : predicates_.atoms()) {
        key += tests_look(atom) && look_holds(atom, look) ? '1' : '0';
      }
      key += look_satisfies(CaseNeed::capital, look.shape) ? '1' : '0';
      key += look_satisfies(CaseNeed::capitals, look.shape) ? '1' : '0';
      const auto [it, fresh] = known.try_emplace(key, static_cast<std::uint8_t>(looks_.size()));
      if (fresh) looks_.push_back(look);
      level_.look_class[static_cast<std::size_t>(i)] = it->second;
    }
    level_.look_classes = looks_.size();
  }

  // Which looks satisfy each case need, and each atom that tests the look alone.
  void look_masks() {
    for (std::size_t l = 0; l < looks_.size(); ++l) {
      const Looks here = Looks{1} << l;
      for (int need = 0; need < 3; ++need) {
        if (look_satisfies(static_cast<CaseNeed>(need), looks_[l].shape)) need_[need] |= here;
      }
    }
    for (const Atom& atom : predicates_.atoms()) {
      Looks mask = 0;
      for (std::size_t l = 0; l < looks_.size(); ++l) {
        if (tests_look(atom) && look_holds(atom, looks_[l])) mask |= Looks{1} << l;
      }
      atom_.push_back(mask);
    }
  }

  // One signature for each look of a group.
  void add_signatures(const GroupView& group, std::vector<Signature>& cells) const {
    std::vector<Looks> truth = atom_;
    for (std::size_t a = 0; a < truth.size(); ++a) {
      if (group.atoms[a] != 0) truth[a] = need_[group.atoms[a] - 1];
    }
    const std::size_t first = cells.size();
    cells.resize(first + looks_.size());
    for (std::size_t p = 0; p < predicates_.size(); ++p) {
      Looks mask = evaluate(predicates_[p], truth);
      if (looks_.size() < 64) mask &= (Looks{1} << looks_.size()) - 1;
      for (; mask != 0; mask &= mask - 1) {
        cells[first + static_cast<std::size_t>(std::countr_zero(mask))].set(p);
      }
    }
  }

  // Symbols are numbered in the order of their signatures, so that those which a predicate
  // names together lie together.
  void number_symbols() {
    look_masks();
    std::vector<Signature> cells;
    for (const GroupView& group : groups_) add_signatures(group, cells);
    texts_.resize(predicates_.size());
    std::unordered_map<Signature, std::uint32_t> known;
    for (const Signature& cell : cells) {
      if (known.try_emplace(cell, 0).second) signatures_.push_back(cell);
    }
    std::ranges::sort(signatures_, [&](const Signature& a, const Signature& b) {
      const Signature different = a ^ b;
      const std::size_t first = different._Find_first();
      return first < kMaxPredicates && b[first];
    });
    for (std::size_t i = 0; i < signatures_.size(); ++i) {
      known[signatures_[i]] = static_cast<std::uint32_t>(i);
    }
    level_.alphabet = signatures_.size();
    level_.width = signatures_.size() <= 255 ? 1 : signatures_.size() <= 0x780 ? 2 : 3;
    if (signatures_.size() > 0xCF00) fail("level " + level_.name + " has too many symbols");
    for (const Signature& cell : cells) level_.symbols.push_back(encoded(known[cell]));
  }

  std::uint32_t code_point(std::size_t symbol) const {
    const auto i = static_cast<std::uint32_t>(symbol);
    return level_.width == 1 ? i + 1 : level_.width == 2 ? 0x80 + i : 0x800 + i;
  }
  std::string code(std::size_t symbol) const {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "\\x{%X}", code_point(symbol));
    return buffer;
  }
  // The bytes of the symbol as they stand in the text: Latin-1, or UTF-8 of fixed width.
  std::uint32_t encoded(std::size_t symbol) const {
    const std::uint32_t c = code_point(symbol);
    if (level_.width == 1) return c;
    if (level_.width == 2) return (0xC0 | c >> 6) << 8 | (0x80 | (c & 0x3F));
    return (0xE0 | c >> 12) << 16 | (0x80 | ((c >> 6) & 0x3F)) << 8 | (0x80 | (c & 0x3F));
  }

  Level& level_;
  const CompiledRules& rules_;
  const Predicates& predicates_;
  std::map<std::string, std::uint16_t> known_;
  std::vector<GroupView> groups_;
  std::vector<Look> looks_;
  Looks need_[3] = {};
  std::vector<Looks> atom_;
  std::vector<Signature> signatures_;
  mutable std::vector<std::string> texts_;  // by predicate, written when first asked for
};

// --- rules of a level ---

RE2::Options options_for(const Level& level) {
  RE2::Options options;
  options.set_longest_match(true);
  options.set_dot_nl(true);
  options.set_log_errors(false);
  options.set_max_mem(64 << 20);
  options.set_encoding(level.width == 1 ? RE2::Options::EncodingLatin1
                                        : RE2::Options::EncodingUTF8);
  return options;
}

// `span_begins` is told where the group of the match itself opens.
std::string written(const Rule& rule, PatternReader& reader,
                    const std::function<void()>& span_begins) {
  std::string out;
  if (!rule.before.empty()) out += "(?:" + reader.read(rule.before) + ")";
  if (!rule.not_before.empty()) out += "(?:^|" + reader.read("<!(" + rule.not_before + ")>") + ")";
  span_begins();
  out += "(" + reader.read(rule.match) + ")";
  if (!rule.not_after.empty()) out += "(?:$|" + reader.read("<!(" + rule.not_after + ")>") + ")";
  if (!rule.after.empty()) out += "(?:" + reader.read(rule.after) + ")";
  return out;
}

// not_before and not_after hold one atom; its own < > are optional.
std::string bare(std::string context) {
  if (context.size() > 2 && context.front() == '<' && context.back() == '>') {
    return context.substr(1, context.size() - 2);
  }
  return context;
}

std::string place(const Rule& rule) {
  return rule.file + ":" + std::to_string(rule.line) + ": rule " + rule.id + ": ";
}

template <typename Action>
void naming_the_rule(const Rule& rule, Action action) {
  try {
    action();
  } catch (const SetupError& error) {
    throw SetupError(place(rule) + error.what());
  }
}

PatternReader::Writer collector(Predicates& predicates, const Vocabulary& vocabulary) {
  return {[&](std::string_view e) { predicates.expression(e); return std::string(); },
          [&](std::string_view l) {
            const std::vector<std::string> words = words_of(l);
            for (const std::string& word : words) predicates.literal(word);
            if (words.size() > 1 && vocabulary.find(fold(l)) != kUnknownWord) {
              predicates.literal(fold(l));
            }
            return std::string();
          },
          [](std::string_view) {}};
}

std::uint16_t name_id(CompiledRules& rules, std::string_view name) {
  if (const auto id = rules.name(name)) return *id;
  rules.names.emplace_back(name);
  return static_cast<std::uint16_t>(rules.names.size() - 1);
}

// A literal of several words: the words, or the multi-word entry that they make.
std::string literal_text(std::string_view literal, Predicates& predicates,
                         const Alphabet& alphabet, const Vocabulary& vocabulary) {
  const std::vector<std::string> words = words_of(literal);
  if (words.empty()) fail("an empty literal");
  std::string out;
  for (const std::string& word : words) out += alphabet.text(predicates.literal(word));
  if (words.size() == 1) return out;
  const std::string joined = fold(literal);
  if (vocabulary.find(joined) == kUnknownWord) return "(?:" + out + ")";
  return "(?:" + alphabet.text(predicates.literal(joined)) + "|" + out + ")";
}

// RE2 quotes the pattern behind its reason; symbols mean nothing to a reader.
[[noreturn]] void fail_to_compile(const std::string& error) {
  fail("the pattern does not compile: " + error.substr(0, error.find(": ")));
}

void add_rule(Level& level, RuleIndex index, CompiledRules& rules, Predicates& predicates,
              const Alphabet& alphabet, const std::map<std::string, std::string>& patterns) {
  std::vector<std::uint16_t> groups;
  const PatternReader::Writer writer{
      [&](std::string_view e) { return alphabet.text(predicates.expression(e)); },
      [&](std::string_view l) { return literal_text(l, predicates, alphabet, rules.vocabulary); },
      [&](std::string_view n) { groups.push_back(name_id(rules, n)); }};
  PatternReader reader(patterns, writer);
  std::string text = written(rules.rules[index], reader, [&] { groups.push_back(LevelRule::kSpan); });
  std::string error;
  if (level.set->Add(text, &error) < 0) fail_to_compile(error);
  level.rules.emplace_back(index, std::move(text), options_for(level));
  level.rules.back().groups = std::move(groups);
}

}  // namespace

void collect_literals(const std::string& pattern, Vocabulary& vocabulary,
                      std::vector<WordId>& literals) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char quote = pattern[at];
    if (quote != '\'' && quote != '"') continue;
    const std::size_t end = pattern.find(quote, at + 1);
    if (end == std::string::npos) return;
    const std::string literal = pattern.substr(at + 1, end - at - 1);
    for (const std::string& word : words_of(literal)) literals.push_back(vocabulary.add(word));
    const WordId joined = vocabulary.find(fold(literal));
    if (joined != kUnknownWord) literals.push_back(joined);
    at = end;
  }
}

void make_groups(CompiledRules& rules, std::vector<WordId> literals) {
  const Vocabulary& vocabulary = rules.vocabulary;
  std::vector<bool> literal(vocabulary.size(), false);
  for (const WordId word : literals) literal[word] = true;
  std::unordered_map<std::string, std::uint32_t> known;
  rules.word_group.resize(vocabulary.size());
  std::string key;
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    key.clear();
    for (const Entry& entry : vocabulary.entries(word)) {
      key += static_cast<char>(entry.lexicon & 0xFF);
      key += static_cast<char>(entry.lexicon >> 8);
      key += static_cast<char>(entry.need);
    }
    if (literal[word]) key += "'" + std::to_string(word);
    rules.word_group[word] =
        known.try_emplace(key, static_cast<std::uint32_t>(known.size())).first->second;
  }
  rules.word_groups = static_cast<std::uint32_t>(known.size());
}

const RE2& LevelRule::pattern() const {
  std::call_once(built_, [this] { pattern_ = std::make_unique<RE2>(text_, options_); });
  return *pattern_;
}

void compile_level(Level& level, const std::vector<RuleIndex>& members, CompiledRules& rules,
                   const std::map<std::string, std::string>& patterns) {
  Predicates predicates(rules);
  const PatternReader::Writer writer = collector(predicates, rules.vocabulary);
  predicates.expression("any");
  for (const RuleIndex index : members) {
    Rule& rule = rules.rules[index];
    rule.not_before = bare(rule.not_before);
    rule.not_after = bare(rule.not_after);
    PatternReader reader(patterns, writer);
    naming_the_rule(rule, [&] { written(rule, reader, [] {}); });
  }
  const Alphabet alphabet(level, rules, predicates);
  if (members.empty()) return;
  level.set = std::make_unique<RE2::Set>(options_for(level), RE2::UNANCHORED);
  for (const RuleIndex index : members) {
    naming_the_rule(rules.rules[index],
                    [&] { add_rule(level, index, rules, predicates, alphabet, patterns); });
  }
  if (!level.set->Compile()) fail("level " + level.name + ": RE2 has no memory for its set");
}

}  // namespace glane
