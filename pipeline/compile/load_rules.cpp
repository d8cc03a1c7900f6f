// A folder of rules and word lists → CompiledRules. A mistake is thrown where it is seen, as
// RuleError, and caught where reading can go on: after the row, the key, the rule, the file.

#include "compile/load_rules.h"

#include <algorithm>
#include <set>

#include "compile/brackets.h"
#include "compile/compile_level.h"
#include "compile/figure_tables.h"
#include "compile/fingerprint.h"
#include "compile/image.h"
#include "compile/list_rows.h"
#include "compile/rule_file.h"
#include "normalise/normalise.h"
#include "segment/token.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& file, std::size_t line, const std::string& reason) {
  throw RuleError({RuleMistake::Severity::error, file, line, 1, reason, {}});
}

// --- lexicons ---

class LexiconReader {
 public:
  LexiconReader(const fs::path& path, Vocabulary& vocabulary, std::vector<RuleMistake>& mistakes)
      : file_(path.string()), vocabulary_(vocabulary), mistakes_(mistakes) {
    lexicon_.name = path.stem().string();
  }

  // From here on rows say nothing of their words.
  void leave_out_rows() { without_rows_ = true; }

  void read(const std::string& text) {
    lexicon_.text.append(text);
    for_each_list_row(lexicon_.content(), [this](std::string_view line, std::size_t number) {
      if (!header_) return header(line, number);
      if (const char* reason = row(line)) mistake(number, reason);
    });
    if (!header_) mistake(1, "a lexicon begins with a header line: surface, then its fields");
    vocabulary_.add_lexicon(std::move(lexicon_));
  }

 private:
  void mistake(std::size_t line, const std::string& reason) {
    mistakes_.push_back({RuleMistake::Severity::error, file_, line, 1, reason, {}});
  }

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
    if (next_cell(line) != "surface") mistake(number, "the first column is not \"surface\"");
    while (!line.empty()) lexicon_.fields.emplace_back(next_cell(line));
    header_ = true;
  }

  // What is wrong with the row, null when nothing is.
  const char* row(std::string_view line) {
    const std::string_view surface = next_cell(line);
    const EntryWords entry =
        words_of_entry(is_normal(surface) ? surface : std::string_view(normalise(surface).text));
    if (entry.words.empty()) return "an entry without a word";
    if (without_rows_) {
      // Rules may name what several words are one unit of.
      if (entry.words.size() > 1) vocabulary_.add_run(entry.words);
      return nullptr;
    }
    lexicon_.rows.push_back({vocabulary_.add_run(entry.words), entry.need});
    for (std::size_t i = 0; i < lexicon_.fields.size(); ++i) {
      const std::string_view cell = next_cell(line);
      const auto begin = cell.empty() ? 0 : cell.data() - lexicon_.text.data();
      lexicon_.cells.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(cell.size())});
    }
    return line.empty() ? nullptr : "more cells than fields";
  }

  std::string file_;
  Vocabulary& vocabulary_;
  std::vector<RuleMistake>& mistakes_;
  Lexicon lexicon_;
  bool header_ = false;
  bool without_rows_ = false;
};

// --- rule files ---

std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

class Loader {
 public:
  Loader(const fs::path& directory, const std::vector<std::string>& without)
      : directory_(directory), without_(without.begin(), without.end()) {
    if (!fs::is_directory(directory))
      throw SetupError(directory.string() + ": no such folder of rules");
    for (const std::string& name : without_) {
      if (fs::exists(directory / "lexicon" / (name + ".tsv"))) continue;
      throw SetupError((directory / "lexicon").string() + ": no word list " + name);
    }
  }

  RuleFolderReading read() {
    for (const fs::path& path : files_of(directory_ / "lexicon", ".tsv")) {
      const std::string content = read_rule_file(path);
      fingerprint(path, content);
      LexiconReader reader(path, rules_->vocabulary, reading_.mistakes);
      if (without_.contains(path.stem().string())) reader.leave_out_rows();
      reader.read(content);
      reading_.lexicon_files.emplace(path.stem().string(), path.string());
    }
    for (const std::string& name : without_) fingerprint_.add("without " + name);
    attempt([&] { read_levels(); });
    for (const fs::path& path : files_of(directory_, ".toml")) {
      if (path.filename() != "levels.toml") attempt([&] { read_rules(path); });
    }
    check_scopes();
    sort_by_level();
    weigh();
    compile();
    rules_->known = KnownNames(*rules_);
    if (reading_.mistakes.empty()) rules_->figures = std::make_unique<FigureTables>(*rules_);
    rules_->hash = fingerprint_.text();
    reading_.rules = rules_;
    return std::move(reading_);
  }

 private:
  // Remembers what is thrown as a mistake; reading goes on behind the action.
  template <typename Action>
  void attempt(Action action) {
    try {
      action();
    } catch (const RuleError& error) {
      reading_.mistakes.push_back(error.mistake());
    }
  }
  void mistake(const RuleFile& file, const toml::node& node, const std::string& reason,
               const std::string& hint = {}) {
    reading_.mistakes.push_back(file.mistake(node, reason, hint));
  }
  void allow(const RuleFile& file, const toml::table& table,
             std::initializer_list<std::string_view> keys) {
    for (RuleMistake& unknown : file.unknown_keys(table, keys))
      reading_.mistakes.push_back(std::move(unknown));
  }
  // The string of a key, "" after a mistake.
  std::string required(const RuleFile& file, const toml::table& table, std::string_view key) {
    std::string text;
    attempt([&] { text = file.required(table, key); });
    return text;
  }
  std::string optional(const RuleFile& file, const toml::table& table, std::string_view key) {
    return table.contains(key) ? required(file, table, key) : std::string();
  }
  RuleFile open(const fs::path& path) {
    const auto content = std::make_shared<const std::string>(read_rule_file(path));
    fingerprint(path, *content);
    reading_.contents.push_back(content);
    return RuleFile(path, content);
  }

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
    const RuleFile file = open(directory_ / "levels.toml");
    allow(file, file.table(), {"level"});
    for (const toml::table* table : file.tables(file.table(), "level")) {
      attempt([&] { read_level(file, *table); });
    }
    if (rules_->levels.empty()) fail(file.shown(), 1, "no [[level]]");
  }

  void read_level(const RuleFile& file, const toml::table& table) {
    allow(file, table,
          {"name", "scope", "policy", "consume", "builtin", "emits", "when", "set", "fitted"});
    auto level = std::make_unique<Level>();
    level->name = file.required(table, "name");
    if (level_named(level->name)) mistake(file, table, "level " + level->name + " exists already");
    set_scope(*level, optional(file, table, "scope"));
    const std::string policy = optional(file, table, "policy");
    if (!policy.empty() && policy != "best" && policy != "all") {
      mistake(file, *table.get("policy"), "policy is neither best nor all");
    }
    level->keep_all = policy == "all";
    level->consume = table["consume"].value_or(!level->keep_all && level->scope != Scope::kind);
    if (level->consume && (level->keep_all || level->scope == Scope::kind)) {
      mistake(file, table, "only the best matches of whole texts can be consumed");
    }
    level->when = optional(file, table, "when");
    if (const toml::node* when = table.get("when")) {
      reading_.patterns.push_back(file.text("level " + level->name, "when", *when));
    }
    set_builtin(*level, file, table);
    set_weights(*level, file, table);
    level->index = rules_->levels.size();
    rules_->levels.push_back(std::move(level));
    level_lines_.push_back(line_of(table));
  }

  // A level inside the matches of a kind needs a level before it that emits that kind.
  void check_scopes() {
    for (std::size_t i = 0; i < rules_->levels.size(); ++i) {
      const Level& level = *rules_->levels[i];
      if (level.scope != Scope::kind || emitted_before(i, level.inside)) continue;
      const std::string& scope = rules_->kinds[level.inside];
      reading_.mistakes.push_back(
          {RuleMistake::Severity::error, (directory_ / "levels.toml").string(), level_lines_[i], 1,
           "scope " + scope + " of level " + level.name +
               " is none of sentence, paragraph, document, and no level before it emits that kind",
           did_you_mean(scope, {"sentence", "paragraph", "document"})});
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
    const std::string builtin = optional(file, table, "builtin");
    const auto it = kBuiltins.find(builtin);
    if (it == kBuiltins.end()) {
      return mistake(file, *table.get("builtin"), "unknown builtin " + builtin,
                     did_you_mean(builtin, {"quotation_marks", "name_decision"}));
    }
    level.builtin = it->second;
    if (const toml::array* emits = table["emits"].as_array()) {
      for (const toml::node& name : *emits) {
        level.emits.push_back(text_of(name));
        kind(level.emits.back());
      }
    }
  }

  void set_weights(const Level& level, const RuleFile& file, const toml::table& table) {
    const toml::table* set = table["set"].as_table();
    if (!set) return;
    if (level.builtin != Builtin::name_decision) {
      return mistake(file, *set, "only the level that decides on names takes a set");
    }
    for (const auto& [key, node] : *set) {
      const auto known = std::ranges::find(kNameWeights, key.str(), &NameWeight::name);
      if (known == std::end(kNameWeights) || !node.is_number()) {
        mistake(file, node, "no weight of the decision on names: " + std::string(key.str()));
        continue;
      }
      rules_->name_weights.*known->value = *node.value<float>();
    }
  }

  std::optional<std::uint16_t> level_named(const std::string& name) const {
    const auto it = std::ranges::find(rules_->levels, name, &Level::name);
    if (it == rules_->levels.end()) return std::nullopt;
    return static_cast<std::uint16_t>(it - rules_->levels.begin());
  }

  // A file of an unknown level is read all the same, for what else may be wrong with it.
  std::uint16_t level_index(const RuleFile& file) {
    const std::string name = required(file, file.table(), "level");
    if (const auto index = level_named(name)) return *index;
    if (const toml::node* node = file.table().get("level"); node && node->is_string()) {
      std::vector<std::string> known;
      for (const auto& level : rules_->levels) known.push_back(level->name);
      mistake(file, *node, "level \"" + name + "\" is not in levels.toml",
              did_you_mean(name, known));
    }
    return 0;
  }

  void read_rules(const fs::path& path) {
    const RuleFile file = open(path);
    allow(file, file.table(), {"level", "patterns", "rule"});
    if (const toml::table* patterns = file.table()["patterns"].as_table()) {
      for (const auto& [key, node] : *patterns) read_shared(file, std::string(key.str()), node);
    }
    if (!file.table().contains("rule")) return;
    const std::uint16_t level = level_index(file);
    for (const toml::table* table : file.tables(file.table(), "rule")) {
      attempt([&] { read_rule(file, *table, level); });
    }
  }

  void read_shared(const RuleFile& file, const std::string& name, const toml::node& node) {
    if (!node.is_string()) return mistake(file, node, "pattern $" + name + " is not a string");
    if (!rules_->patterns.emplace(name, text_of(node)).second) {
      return mistake(file, node, "pattern $" + name + " exists already");
    }
    reading_.patterns.push_back(file.text("$" + name, "", node));
  }

  void read_rule(const RuleFile& file, const toml::table& table, std::uint16_t level) {
    allow(file, table,
          {"id", "match", "emit", "before", "after", "not_before", "not_after", "when", "priority",
           "set", "example", "reject"});
    Rule rule;
    rule.id = required(file, table, "id");
    rule.file = file.shown();
    rule.line = static_cast<int>(line_of(table));
    rule.level = level;
    read_patterns(file, table, rule);
    if (const toml::node* priority = table.get("priority")) {
      if (!priority->is_integer()) mistake(file, *priority, "priority is not an integer");
      rule.priority = static_cast<int>(priority->value_or(std::int64_t{0}));
    }
    const std::string emit = required(file, table, "emit");
    rule.kill = emit == "none";
    rule.emit = rule.kill || emit.empty() ? KindId{0} : kind(emit);
    if (!rule.id.empty() && !ids_.insert(rule.id).second) {
      mistake(file, *table.get("id"), "rule id " + rule.id + " is used twice");
    }
    if (const toml::table* set = table["set"].as_table()) read_set(file, *set, emit, rule);
    read_examples(file, table, rule);
    rules_->rules.push_back(std::move(rule));
  }

  void read_patterns(const RuleFile& file, const toml::table& table, Rule& rule) {
    const std::pair<const char*, std::string*> texts[] = {
        {"match", &rule.match},           {"before", &rule.before},       {"after", &rule.after},
        {"not_before", &rule.not_before}, {"not_after", &rule.not_after}, {"when", &rule.when}};
    for (const auto& [key, text] : texts) {
      *text = key == std::string_view("match") ? required(file, table, key)
                                               : optional(file, table, key);
      if (text->empty()) continue;
      reading_.patterns.push_back(file.text("rule " + rule.id, key, *table.get(key)));
    }
    for (const char* side : {"before", "after"}) {
      const std::string contrary = std::string("not_") + side;
      if (!table.contains(side) || !table.contains(contrary)) continue;
      // One would stand beyond the other, not in its place.
      mistake(file, *table.get(contrary),
              "rule " + rule.id + ": a context and its not_ context exclude each other",
              "write <this & !that>");
    }
  }

  void read_set(const RuleFile& file, const toml::table& set, const std::string& emit, Rule& rule) {
    for (const auto& [key, node] : set) {
      rule.set.emplace(key.str(), text_of(node));
      check_setting(file, std::string(key.str()), node, emit);
    }
  }

  // A key that no stage asks for would be a mistake that nobody notices.
  void check_setting(const RuleFile& file, const std::string& key, const toml::node& node,
                     const std::string& emit) {
    const std::vector<Setting>& known = settings_of(emit);
    const auto it = std::ranges::find(known, std::string_view(key), &Setting::key);
    if (it == known.end()) {
      std::vector<std::string> names;
      for (const Setting& setting : known) names.emplace_back(setting.key);
      return mistake(file, node, "no stage asks a rule that emits " + emit + " for \"" + key + "\"",
                     did_you_mean(key, names));
    }
    if (it->value == Setting::Value::number && !node.is_number()) {
      return mistake(file, node, key + " is not a number");
    }
    if (it->words.empty() || std::ranges::find(it->words, text_of(node)) != it->words.end()) return;
    std::string words;
    for (const std::string_view word : it->words)
      words += (words.empty() ? "" : ", ") + std::string(word);
    mistake(file, node, key + " is none of " + words);
  }

  void read_examples(const RuleFile& file, const toml::table& table, Rule& rule) {
    for (const char* key : {"example", "reject"}) {
      attempt([&] {
        for (const toml::table* example : file.tables(table, key)) {
          Example& held = rule.examples.emplace_back();  // stays, also when it is wrong
          attempt([&] { held = read_example(file, *example, key); });
        }
      });
    }
  }

  Example read_example(const RuleFile& file, const toml::table& table, std::string_view key) {
    Example example;
    const std::string text = file.required(table, "text");
    example.line = static_cast<int>(line_of(table));
    if (!read_brackets(text, example)) {
      file.fail(table, "brackets do not pair",
                "a bracket of the text itself is written \\[ or \\]");
    }
    example.reject = key == "reject";
    example.date = table["date"].value_or(std::string("2025-03-12"));
    example.todo = table["todo"].value_or(false);
    if (!example.reject && example.spans.empty()) file.fail(table, "an example needs [brackets]");
    for (const auto& [field, node] : table) {
      if (field == "text" || field == "date" || field == "todo") continue;
      example.fields.emplace(field.str(), text_of(node));
    }
    return example;
  }

  void sort_by_level() {
    std::ranges::stable_sort(rules_->rules, {}, &Rule::level);
    std::map<std::uint16_t, std::uint16_t> places;
    for (Rule& rule : rules_->rules) rule.place = places[rule.level]++;
  }

  // The numbers of `set` under the name of a type are what a rule says of a name.
  void weigh() {
    for (const Rule& rule : rules_->rules) {
      NameScores& scores = rules_->name_weights.rules.emplace_back();
      for (std::size_t t = 0; t < kNameTypes; ++t) {
        const std::string weight(rule.setting(to_string(static_cast<EntityType>(t))));
        if (!weight.empty()) scores[t] = std::strtof(weight.c_str(), nullptr);
      }
    }
  }

  void compile() {
    std::vector<WordId> literals;
    for (const auto& [name, pattern] : rules_->patterns) {
      collect_literals(pattern, rules_->vocabulary, literals);
    }
    for (const auto& level : rules_->levels) {
      collect_literals(level->when, rules_->vocabulary, literals);
    }
    for (const Rule& rule : rules_->rules) {
      for (const std::string* text : {&rule.match, &rule.before, &rule.after, &rule.not_before,
                                      &rule.not_after, &rule.when}) {
        collect_literals(*text, rules_->vocabulary, literals);
      }
    }
    for (const auto& [name, pattern] : rules_->patterns) add_parts_of_lexicons(pattern);
    for (const Rule& rule : rules_->rules) {
      for (const std::string* text : {&rule.match, &rule.before, &rule.after, &rule.not_before,
                                      &rule.not_after, &rule.when}) {
        add_parts_of_lexicons(*text);
      }
    }
    rules_->vocabulary.finish();
    make_groups(*rules_, std::move(literals));
    const std::string reason = reading_.mistakes.empty() ? compile_levels() : "";
    if (reason.empty() && reading_.mistakes.empty()) return;
    const std::vector<RuleMistake> found = pattern_mistakes(reading_.patterns, *rules_);
    reading_.mistakes.insert(reading_.mistakes.end(), found.begin(), found.end());
    if (reading_.mistakes.empty())
      reading_.mistakes.push_back({RuleMistake::Severity::error, "", 0, 1, reason, {}});
  }

  // The first mistake, "" when there is none.
  std::string compile_levels() {
    try {
      const std::vector<UnitCount> counts = count_units(*rules_);
      for (std::size_t i = 0; i < rules_->levels.size(); ++i) {
        compile_level(*rules_->levels[i], members(static_cast<std::uint16_t>(i)), *rules_,
                      rules_->patterns, counts);
      }
    } catch (const SetupError& error) {
      return error.what();
    }
    return {};
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
    for (std::uint32_t r = 0; r < all.rows.size(); ++r) {
      bool holds = false;
      for (std::size_t i = 0; i < all.fields.size(); ++i) holds |= has(all.cell(r, i), value);
      if (holds) lexicon.rows.push_back(all.rows[r]);
    }
    // Of a value in no row the pattern's reader tells that it is unknown.
    if (!lexicon.rows.empty() || without_.contains(all.name)) {
      vocabulary.add_lexicon(std::move(lexicon));
    }
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
  std::set<std::string> without_;  // word lists to be empty
  std::shared_ptr<CompiledRules> rules_ = std::make_shared<CompiledRules>();
  RuleFolderReading reading_;
  std::set<std::string> ids_;
  std::vector<std::size_t> level_lines_;
  Fingerprint fingerprint_;
};

}  // namespace

CompiledRules::CompiledRules() : kinds{""} {}
CompiledRules::~CompiledRules() = default;

std::string_view Rule::setting(std::string_view key) const {
  for (const auto& [name, value] : set) {
    if (name == key) return value;
  }
  return {};
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

RuleFolderReading read_rule_folder(const fs::path& directory,
                                   const std::vector<std::string>& without) {
  return Loader(directory, without).read();
}

RuleSet RuleSet::load(const fs::path& directory, const std::vector<std::string>& without) {
  RuleSet set;
  if (without.empty()) set.rules_ = read_image(directory);
  if (set.rules_) return set;
  const RuleFolderReading reading = read_rule_folder(directory, without);
  if (!reading.mistakes.empty()) throw RuleError(reading.mistakes.front());
  set.rules_ = reading.rules;
  return set;
}

const std::string& RuleSet::rule_id(RuleIndex rule) const { return rules_->rules[rule].id; }
std::size_t RuleSet::rule_count() const { return rules_->rules.size(); }
const std::string& RuleSet::hash() const { return rules_->hash; }

}  // namespace glane
