// A folder of rules and word lists → CompiledRules. Throws SetupError on the first mistake,
// with file, line and reason.

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include "cascade.h"
#include "examples.h"
#include "figure_tables.h"
#include "token.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& file, std::size_t line, const std::string& reason) {
  throw SetupError(file + ":" + std::to_string(line) + ": " + reason);
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw SetupError(path.string() + ": cannot be read");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> files_of(const fs::path& directory, const std::string& extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  if (error) throw SetupError(directory.string() + ": " + error.message());
  std::ranges::sort(files);
  return files;
}

// FNV-1a, 64 bits: a fingerprint to tell rule sets apart, not a seal against forgery.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    state_ = (state_ ^ 0xFF) * 0x100000001B3u;
  }
  std::string text() const {
    char buffer[17];
    std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(state_));
    return buffer;
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325u;
};

// --- lexicons ---

class LexiconReader {
 public:
  LexiconReader(const fs::path& path, Vocabulary& vocabulary)
      : file_(path.string()), vocabulary_(vocabulary) {
    lexicon_.name = path.stem().string();
  }

  void read(std::shared_ptr<const std::string> text) {
    std::string_view content = *text;
    lexicon_.text = std::move(text);
    for (std::size_t number = 1; !content.empty(); ++number) {
      const std::size_t end = std::min(content.find('\n'), content.size());
      std::string_view line = content.substr(0, end);
      content.remove_prefix(std::min(end + 1, content.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty() || line[0] == '#') continue;
      header_ ? row(line, number) : header(line, number);
    }
    if (!header_) fail(file_, 1, "a lexicon begins with a header line: surface, then its fields");
    vocabulary_.add_lexicon(std::move(lexicon_));
  }

 private:
  // Whether normalising would change nothing, as with nearly every entry: letters of ASCII and
  // Latin-1, blanks, hyphens, apostrophes and dots.
  static bool is_normal(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      if (letter || byte == ' ' || byte == '-' || byte == '\'' || byte == '.') continue;
      const bool pair = byte == 0xC3 && i + 1 < text.size() && (text[i + 1] & 0xC0) == 0x80;
      if (!pair) return false;
      ++i;
    }
    return true;
  }

  // Takes the next cell off a line.
  static std::string_view next_cell(std::string_view& line) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view cell = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
    return cell;
  }

  void header(std::string_view line, std::size_t number) {
    if (next_cell(line) != "surface") fail(file_, number, "the first column is not \"surface\"");
    while (!line.empty()) lexicon_.fields.emplace_back(next_cell(line));
    header_ = true;
  }

  void row(std::string_view line, std::size_t number) {
    const std::string_view surface = next_cell(line);
    const EntryWords entry =
        words_of_entry(is_normal(surface) ? surface : std::string_view(normalise(surface).text));
    if (entry.words.empty()) fail(file_, number, "an entry without a word");
    lexicon_.rows.push_back({vocabulary_.add_run(entry.words), entry.need});
    for (std::size_t i = 0; i < lexicon_.fields.size(); ++i) {
      lexicon_.cells.emplace_back(next_cell(line));
    }
    if (!line.empty()) fail(file_, number, "more cells than fields");
  }

  std::string file_;
  Vocabulary& vocabulary_;
  Lexicon lexicon_;
  bool header_ = false;
};

// --- rule files ---

std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

std::string text_of(const toml::node& node) {
  if (const auto value = node.value<std::string>(); value && node.is_string()) return *value;
  if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
  if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
  std::ostringstream out;
  out.precision(15);
  if (node.is_floating_point()) out << *node.value<double>();
  return out.str();
}

class RuleFile {
 public:
  RuleFile(const fs::path& path, const std::string& content)
      : file_(path.filename().string()), shown_(path.string()) {
    try {
      table_ = toml::parse(content, shown_);
    } catch (const toml::parse_error& error) {
      fail(shown_, error.source().begin.line, std::string(error.description()));
    }
  }

  const toml::table& table() const { return table_; }
  const std::string& file() const { return file_; }

  std::string required(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (!node) fail(shown_, line_of(table), "\"" + std::string(key) + "\" is missing");
    if (!node->is_string()) fail(shown_, line_of(*node), std::string(key) + " is not a string");
    return *node->value<std::string>();
  }
  std::string optional(const toml::table& table, std::string_view key) const {
    return table.contains(key) ? required(table, key) : std::string();
  }
  void allow(const toml::table& table, std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(keys, key.str()) == keys.end()) {
        fail(shown_, line_of(node), "unknown key \"" + std::string(key.str()) + "\"");
      }
    }
  }
  template <typename Action>
  void each(const toml::table& table, std::string_view key, Action action) const {
    const toml::node* node = table.get(key);
    if (!node) return;
    if (!node->is_array()) fail(shown_, line_of(*node), std::string(key) + " is not [[…]]");
    for (const toml::node& element : *node->as_array()) {
      if (!element.is_table()) fail(shown_, line_of(element), "a table is expected");
      action(*element.as_table());
    }
  }
  const std::string& shown() const { return shown_; }

 private:
  std::string file_;
  std::string shown_;
  toml::table table_;
};

class Loader {
 public:
  explicit Loader(const fs::path& directory) : directory_(directory) {
    if (!fs::is_directory(directory)) throw SetupError(directory.string() + ": no such folder of rules");
  }

  std::shared_ptr<const CompiledRules> load() {
    for (const fs::path& path : files_of(directory_ / "lexicon", ".tsv")) {
      const auto content = std::make_shared<const std::string>(read_file(path));
      fingerprint(path, *content);
      LexiconReader(path, rules_->vocabulary).read(content);
    }
    read_levels();
    for (const fs::path& path : files_of(directory_, ".toml")) {
      if (path.filename() != "levels.toml") read_rules(path);
    }
    check_scopes();
    sort_by_level();
    compile();
    rules_->figures = std::make_unique<FigureTables>(*rules_);
    rules_->hash = fingerprint_.text();
    return rules_;
  }

 private:
  void fingerprint(const fs::path& path, const std::string& content) {
    fingerprint_.add(path.filename().string());
    fingerprint_.add(content);
  }

  KindId kind(const std::string& name) {
    if (const auto id = rules_->kind(name)) return *id;
    rules_->kinds.push_back(name);
    return static_cast<KindId>(rules_->kinds.size() - 1);
  }

  void read_levels() {
    const fs::path path = directory_ / "levels.toml";
    const std::string content = read_file(path);
    fingerprint(path, content);
    const RuleFile file(path, content);
    file.allow(file.table(), {"level"});
    file.each(file.table(), "level", [&](const toml::table& table) { read_level(file, table); });
    if (rules_->levels.empty()) fail(file.shown(), 1, "no [[level]]");
  }

  void read_level(const RuleFile& file, const toml::table& table) {
    file.allow(table, {"name", "scope", "policy", "consume", "builtin", "emits", "when"});
    auto level = std::make_unique<Level>();
    level->name = file.required(table, "name");
    if (level_named(level->name)) fail(file.shown(), line_of(table), "level " + level->name + " exists already");
    set_scope(*level, file.optional(table, "scope"));
    const std::string policy = file.optional(table, "policy");
    if (!policy.empty() && policy != "best" && policy != "all") {
      fail(file.shown(), line_of(table), "policy is neither best nor all");
    }
    level->keep_all = policy == "all";
    level->consume = table["consume"].value_or(!level->keep_all && level->scope != Scope::kind);
    if (level->consume && (level->keep_all || level->scope == Scope::kind)) {
      fail(file.shown(), line_of(table), "only the best matches of whole texts can be consumed");
    }
    level->when = file.optional(table, "when");
    set_builtin(*level, file, table);
    level->index = rules_->levels.size();
    rules_->levels.push_back(std::move(level));
    level_lines_.push_back(line_of(table));
  }

  // A level inside the matches of a kind needs a level before it that emits that kind.
  void check_scopes() const {
    for (std::size_t i = 0; i < rules_->levels.size(); ++i) {
      const Level& level = *rules_->levels[i];
      if (level.scope != Scope::kind || emitted_before(i, level.inside)) continue;
      fail((directory_ / "levels.toml").string(), level_lines_[i],
           "scope " + rules_->kinds[level.inside] + " of level " + level.name +
               " is none of sentence, paragraph, document, and no level before it emits that kind");
    }
  }

  bool emitted_before(std::size_t level, KindId kind) const {
    const auto emits = [&](const std::unique_ptr<Level>& l) {
      return std::ranges::find(l->emits, rules_->kinds[kind]) != l->emits.end();
    };
    const auto end = rules_->levels.begin() + static_cast<std::ptrdiff_t>(level);
    return std::any_of(rules_->levels.begin(), end, emits) ||
           std::ranges::any_of(rules_->rules, [&](const Rule& rule) {
             return rule.level < level && rule.emit == kind;
           });
  }

  void set_scope(Level& level, const std::string& scope) {
    static const std::map<std::string, Scope> kScopes = {{"", Scope::sentence},
                                                         {"sentence", Scope::sentence},
                                                         {"paragraph", Scope::paragraph},
                                                         {"document", Scope::document}};
    const auto it = kScopes.find(scope);
    level.scope = it == kScopes.end() ? Scope::kind : it->second;
    if (level.scope == Scope::kind) level.inside = kind(scope);
  }

  void set_builtin(Level& level, const RuleFile& file, const toml::table& table) {
    static const std::map<std::string, Builtin> kBuiltins = {
        {"", Builtin::none},
        {"quotation_marks", Builtin::quotation_marks},
        {"name_decision", Builtin::name_decision}};
    const std::string builtin = file.optional(table, "builtin");
    const auto it = kBuiltins.find(builtin);
    if (it == kBuiltins.end()) fail(file.shown(), line_of(table), "unknown builtin " + builtin);
    level.builtin = it->second;
    if (const toml::array* emits = table["emits"].as_array()) {
      for (const toml::node& name : *emits) {
        level.emits.push_back(text_of(name));
        kind(level.emits.back());
      }
    }
  }

  std::optional<std::uint16_t> level_named(const std::string& name) const {
    const auto it = std::ranges::find(rules_->levels, name, &Level::name);
    if (it == rules_->levels.end()) return std::nullopt;
    return static_cast<std::uint16_t>(it - rules_->levels.begin());
  }

  std::uint16_t level_index(const RuleFile& file, const std::string& name) const {
    if (const auto index = level_named(name)) return *index;
    fail(file.shown(), 1, "level \"" + name + "\" is not in levels.toml");
  }

  void read_rules(const fs::path& path) {
    const std::string content = read_file(path);
    fingerprint(path, content);
    const RuleFile file(path, content);
    file.allow(file.table(), {"level", "patterns", "rule"});
    if (const toml::table* patterns = file.table()["patterns"].as_table()) {
      for (const auto& [key, node] : *patterns) {
        if (!patterns_.emplace(key.str(), text_of(node)).second) {
          fail(file.shown(), line_of(node), "pattern $" + std::string(key.str()) + " exists already");
        }
      }
    }
    if (!file.table().contains("rule")) return;
    const std::uint16_t level = level_index(file, file.required(file.table(), "level"));
    file.each(file.table(), "rule", [&](const toml::table& table) {
      read_rule(file, table, level);
    });
  }

  void read_rule(const RuleFile& file, const toml::table& table, std::uint16_t level) {
    file.allow(table, {"id", "match", "emit", "before", "after", "not_before", "not_after",
                       "when", "priority", "set", "example", "reject"});
    Rule rule;
    rule.id = file.required(table, "id");
    rule.file = file.shown();
    rule.line = static_cast<int>(line_of(table));
    rule.level = level;
    rule.match = file.required(table, "match");
    rule.before = file.optional(table, "before");
    rule.after = file.optional(table, "after");
    rule.not_before = file.optional(table, "not_before");
    rule.not_after = file.optional(table, "not_after");
    rule.when = file.optional(table, "when");
    rule.priority = static_cast<int>(table["priority"].value_or(std::int64_t{0}));
    const std::string emit = file.required(table, "emit");
    rule.kill = emit == "none";
    rule.emit = rule.kill ? KindId{0} : kind(emit);
    if (!ids_.insert(rule.id).second) fail(file.shown(), line_of(table), "rule id " + rule.id + " is used twice");
    if (const toml::table* set = table["set"].as_table()) {
      for (const auto& [key, node] : *set) {
        rule.set.emplace(key.str(), text_of(node));
        const auto type = entity_type(key.str());
        if (type && static_cast<std::size_t>(*type) < kNameTypes) {
          rule.evidence[static_cast<std::size_t>(*type)] = node.value_or(0.0F);
        }
      }
    }
    file.each(table, "example", [&](const toml::table& t) { read_example(file, t, rule, false); });
    file.each(table, "reject", [&](const toml::table& t) { read_example(file, t, rule, true); });
    rules_->rules.push_back(std::move(rule));
  }

  void read_example(const RuleFile& file, const toml::table& table, Rule& rule, bool reject) {
    Example example;
    const std::string text = file.required(table, "text");
    example.line = static_cast<int>(line_of(table));
    if (!read_brackets(text, example)) fail(file.shown(), line_of(table), "brackets do not pair");
    example.reject = reject;
    example.date = table["date"].value_or(std::string("2025-03-12"));
    example.todo = table["todo"].value_or(false);
    if (!reject && example.spans.empty()) fail(file.shown(), line_of(table), "an example needs [brackets]");
    for (const auto& [key, node] : table) {
      if (key == "text" || key == "date" || key == "todo") continue;
      example.fields.emplace(key.str(), text_of(node));
    }
    rule.examples.push_back(std::move(example));
  }

  void sort_by_level() {
    std::ranges::stable_sort(rules_->rules, {}, &Rule::level);
    std::map<std::uint16_t, std::uint16_t> places;
    for (Rule& rule : rules_->rules) rule.place = places[rule.level]++;
  }

  void compile() {
    std::vector<WordId> literals;
    for (const auto& [name, pattern] : patterns_) {
      collect_literals(pattern, rules_->vocabulary, literals);
    }
    for (const auto& level : rules_->levels) {
      collect_literals(level->when, rules_->vocabulary, literals);
    }
    for (const Rule& rule : rules_->rules) {
      for (const std::string* text : {&rule.match, &rule.before, &rule.after, &rule.not_before, &rule.not_after, &rule.when}) {
        collect_literals(*text, rules_->vocabulary, literals);
      }
    }
    for (const auto& [name, pattern] : patterns_) add_parts_of_lexicons(pattern);
    for (const Rule& rule : rules_->rules) {
      for (const std::string* text :
           {&rule.match, &rule.before, &rule.after, &rule.not_before, &rule.not_after, &rule.when}) {
        add_parts_of_lexicons(*text);
      }
    }
    rules_->vocabulary.finish();
    make_groups(*rules_, std::move(literals));
    for (std::size_t i = 0; i < rules_->levels.size(); ++i) {
      compile_level(*rules_->levels[i], members(static_cast<std::uint16_t>(i)), *rules_, patterns_);
    }
  }

  // <role:institutional> is the part of a lexicon whose rows have that word in a cell.
  void add_parts_of_lexicons(const std::string& pattern) {
    static const RE2 kPart("([a-z_]+):([A-Za-z0-9_]+)");
    re2::StringPiece rest(pattern);
    std::string name, value;
    while (RE2::FindAndConsume(&rest, kPart, &name, &value)) {
      const std::string part = name + ":" + value;
      const auto whole = rules_->vocabulary.lexicon_id(name);
      if (whole && !rules_->vocabulary.lexicon_id(part)) add_part(*whole, part, value);
    }
  }

  void add_part(LexiconId whole, const std::string& part, const std::string& value) {
    Vocabulary& vocabulary = rules_->vocabulary;
    Lexicon lexicon;
    lexicon.name = part;
    const Lexicon& all = vocabulary.lexicon(whole);
    const std::size_t fields = all.fields.size();
    for (std::size_t r = 0; r < all.rows.size(); ++r) {
      const auto row = all.cells.begin() + static_cast<std::ptrdiff_t>(r * fields);
      const bool holds = std::any_of(row, row + static_cast<std::ptrdiff_t>(fields),
                                     [&](std::string_view cell) { return has(cell, value); });
      if (holds) lexicon.rows.push_back(all.rows[r]);
    }
    // Of a value in no row the pattern's reader tells that it is unknown.
    if (!lexicon.rows.empty()) vocabulary.add_lexicon(std::move(lexicon));
  }

  // Cells may hold alternatives: "pres|subj".
  static bool has(std::string_view cell, std::string_view value) {
    for (std::size_t at = 0; at <= cell.size();) {
      const std::size_t end = std::min(cell.find('|', at), cell.size());
      if (cell.substr(at, end - at) == value) return true;
      at = end + 1;
    }
    return false;
  }

  std::vector<RuleIndex> members(std::uint16_t level) const {
    std::vector<RuleIndex> indices;
    for (RuleIndex i = 0; i < rules_->rules.size(); ++i) {
      if (rules_->rules[i].level == level) indices.push_back(i);
    }
    return indices;
  }

  fs::path directory_;
  std::shared_ptr<CompiledRules> rules_ = std::make_shared<CompiledRules>();
  std::map<std::string, std::string> patterns_;
  std::set<std::string> ids_;
  std::vector<std::size_t> level_lines_;
  Fingerprint fingerprint_;
};

}  // namespace

CompiledRules::CompiledRules() : kinds{""} {}
CompiledRules::~CompiledRules() = default;

std::string_view Rule::setting(std::string_view key) const {
  const auto it = set.find(std::string(key));
  return it == set.end() ? std::string_view() : std::string_view(it->second);
}

std::optional<KindId> CompiledRules::kind(std::string_view name) const {
  const auto it = std::ranges::find(kinds, name);
  if (it == kinds.end() || name.empty()) return std::nullopt;
  return static_cast<KindId>(it - kinds.begin());
}

std::optional<std::uint16_t> CompiledRules::name(std::string_view name) const {
  const auto it = std::ranges::find(names, name);
  if (it == names.end()) return std::nullopt;
  return static_cast<std::uint16_t>(it - names.begin());
}

std::optional<TokenRange> CompiledRules::capture(const Chart& chart, const Match& match,
                                                 std::string_view wanted) const {
  for (std::uint32_t i = 0; i < match.capture_count; ++i) {
    const Capture& capture = chart.captures[match.first_capture + i];
    if (names[capture.name] == wanted) return capture.range;
  }
  return std::nullopt;
}

RuleSet RuleSet::load(const fs::path& directory) {
  RuleSet set;
  set.rules_ = Loader(directory).load();
  return set;
}

const std::string& RuleSet::rule_id(RuleIndex rule) const { return rules_->rules[rule].id; }
std::size_t RuleSet::rule_count() const { return rules_->rules.size(); }
const std::string& RuleSet::hash() const { return rules_->hash; }

}  // namespace glane
