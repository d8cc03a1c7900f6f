#include "compile/image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <system_error>
#include <type_traits>

#include "compile/check_image.h"
#include "compile/compile_level.h"
#include "compile/figure_tables.h"
#include "compile/fingerprint.h"
#include "compile/level.h"
#include "version.h"

namespace glane {
namespace {

namespace fs = std::filesystem;

// What can be copied as bytes: numbers and structs of them, nothing that points elsewhere.
template <typename T>
concept Plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                !std::is_same_v<T, std::string_view>;

// Where a table may begin, counted from the header on.
constexpr std::size_t kAlignment = 16;

// Writer and Reader are called with the same members in the same order, by one function a type
// (visit, or a member of that name): what one writes the other reads.

class Writer {
 public:
  static constexpr bool kReads = false;

  template <typename... T>
  void operator()(T&... values) {
    (one(values), ...);
  }
  std::string take() { return std::move(out_); }

 private:
  void bytes(const void* from, std::size_t size) {
    out_.append(static_cast<const char*>(from), size);
  }
  void count(std::size_t size) { bytes(&size, sizeof size); }

  template <Plain T>
  void one(const T& value) {
    bytes(&value, sizeof value);
  }
  void one(std::string& text) { string(text); }
  void string(const std::string& text) {
    count(text.size());
    bytes(text.data(), text.size());
  }
  template <typename T>
  void one(std::vector<T>& values) {
    count(values.size());
    if constexpr (Plain<T>) {
      bytes(values.data(), values.size() * sizeof(T));
    } else {
      for (T& value : values) one(value);
    }
  }
  template <typename T>
  void one(Flat<T>& values) {
    count(values.size());
    out_.resize((out_.size() + kAlignment - 1) / kAlignment * kAlignment);
    bytes(values.data(), values.size() * sizeof(T));
  }
  template <typename V>
  void one(std::map<std::string, V>& map) {
    count(map.size());
    for (auto& [key, value] : map) {
      string(key);
      one(value);
    }
  }
  template <typename T>
  void one(T& value) requires(!Plain<T>) {
    visit(*this, value);
  }

  std::string out_;
};

// Never reads behind the end: what is not there comes out empty, and whole() is false. Tables are
// not copied: the bytes must outlive them.
class Reader {
 public:
  static constexpr bool kReads = true;

  explicit Reader(std::string_view bytes) : size_(bytes.size()), rest_(bytes) {}

  template <typename... T>
  void operator()(T&... values) {
    (one(values), ...);
  }
  bool whole() const { return whole_ && rest_.empty(); }

 private:
  void bytes(void* to, std::size_t size) {
    if (size > rest_.size()) {
      whole_ = false;
      rest_ = {};
      return;
    }
    if (size > 0) std::memcpy(to, rest_.data(), size);
    rest_.remove_prefix(size);
  }
  // Of values that take a byte or more each.
  std::size_t count(std::size_t least_size) {
    std::size_t size = 0;
    bytes(&size, sizeof size);
    if (size <= rest_.size() / least_size) return size;
    whole_ = false;
    return 0;
  }

  template <Plain T>
  void one(T& value) {
    bytes(&value, sizeof value);
  }
  void one(std::string& text) {
    text.resize(count(1));
    bytes(text.data(), text.size());
  }
  template <typename T>
  void one(std::vector<T>& values) {
    std::size_t left = count(Plain<T> ? sizeof(T) : 1);
    if constexpr (Plain<T>) {
      values.resize(left);
      bytes(values.data(), left * sizeof(T));
    } else {
      values.clear();
      for (; left > 0 && whole_; --left) one(values.emplace_back());
    }
  }
  template <typename T>
  void one(Flat<T>& values) {
    std::size_t size = count(sizeof(T));
    const std::size_t at = size_ - rest_.size();
    rest_.remove_prefix(std::min((kAlignment - at % kAlignment) % kAlignment, rest_.size()));
    if (size > rest_.size() / sizeof(T)) {
      whole_ = false;
      size = 0;
    }
    values.view({reinterpret_cast<const T*>(rest_.data()), size});
    rest_.remove_prefix(size * sizeof(T));
  }
  template <typename V>
  void one(std::map<std::string, V>& map) {
    for (std::size_t left = count(1); left > 0 && whole_; --left) {
      std::string key;
      V value;
      one(key);
      one(value);
      map.emplace_hint(map.end(), std::move(key), std::move(value));
    }
  }
  template <typename T>
  void one(T& value) requires(!Plain<T>) {
    visit(*this, value);
  }

  std::size_t size_;
  std::string_view rest_;
  bool whole_ = true;
};

template <typename Archive>
void visit(Archive& archive, Example& example) {
  archive(example.text, example.spans, example.fields, example.date, example.todo, example.reject,
          example.line);
}

template <typename Archive>
void visit(Archive& archive, Rule& rule) {
  archive(rule.id, rule.file, rule.line, rule.level, rule.place, rule.priority, rule.emit,
          rule.kill, rule.match, rule.before, rule.after, rule.not_before, rule.not_after,
          rule.when, rule.set, rule.examples);
}

template <typename Archive>
void visit(Archive& archive, Lexicon& lexicon) {
  archive(lexicon.name, lexicon.fields, lexicon.rows, lexicon.text, lexicon.cells);
}

template <typename Archive>
void visit(Archive& archive, PlaceMap& map) {
  map.visit(archive);
}

template <typename Archive>
void visit(Archive& archive, Vocabulary& vocabulary) {
  vocabulary.visit(archive);
}

// Rules are written with their RE2 text, which few lines ask for.
template <typename Archive>
void visit(Archive& archive, std::deque<LevelRule>& rules, const Level& level) {
  std::size_t count = rules.size();
  archive(count);
  for (std::size_t i = 0; i < count; ++i) {
    RuleIndex index = Archive::kReads ? RuleIndex{} : rules[i].rule();
    std::string text = Archive::kReads ? std::string() : rules[i].text();
    archive(index, text);
    if constexpr (Archive::kReads) {
      if (text.empty()) return;  // the image is cut short
      rules.emplace_back(
          index, [text = std::move(text)] { return text; }, options_for(level));
    }
    LevelRule& rule = rules[i];
    archive(rule.priority, rule.emit, rule.kill, rule.has_captures, rule.groups, rule.before,
            rule.span, rule.after, rule.fixed_parts, rule.fixed, rule.when, rule.needs, rule.left,
            rule.right);
  }
}

template <typename Archive>
void visit(Archive& archive, Level& level) {
  archive(level.name, level.index, level.scope, level.inside, level.keep_all, level.consume,
          level.builtin, level.emits, level.group_class, level.look_class, level.look_classes,
          level.group_classes, level.width, level.latin1, level.codes, level.common_looks,
          level.look_sets, level.look_set_of, level.common, level.flips, level.flips_of,
          level.required_words, level.required, level.pivots, level.rules_of_pivot,
          level.rules_without_clause, level.when);
  visit(archive, level.rules, level);
}

template <typename Archive>
void visit(Archive& archive, std::unique_ptr<Level>& level) {
  if (!level) level = std::make_unique<Level>();
  visit(archive, *level);
}

template <typename Archive>
void visit(Archive& archive, NameWeights& weights) {
  archive(weights.rules);
  for (const NameWeight& weight : kNameWeights) archive(weights.*weight.value);
}

template <typename Archive>
void visit(Archive& archive, CompiledRules& rules) {
  archive(rules.vocabulary, rules.word_group, rules.word_groups, rules.rules, rules.kinds,
          rules.names, rules.patterns, rules.levels, rules.name_weights, rules.hash);
}

// What an image begins with: it holds for these rules, read by a program of this version in
// which the types above have these sizes. A change that no size shows needs a new number.
std::string header_of(const std::string& hash) {
  constexpr int kForm = 8;
  std::string header = "glane rules " + std::string(kVersion) + ' ' + std::to_string(kForm);
  for (const std::size_t size :
       {sizeof(CompiledRules), sizeof(Rule), sizeof(Example), sizeof(Level), sizeof(LevelRule),
        sizeof(PlaceMap), sizeof(Vocabulary), sizeof(Lexicon), sizeof(NameWeights)})
    header += ' ' + std::to_string(size);
  header += ' ' + hash;
  header.resize((header.size() / kAlignment + 1) * kAlignment - 1, ' ');
  return header + '\n';
}

// Tells whether bytes have changed; four numbers side by side take a word each in turn. No step
// loses anything of a number: bytes that differ in one word differ in the sum.
std::uint64_t checksum_of(std::string_view bytes) {
  constexpr std::size_t kWord = sizeof(std::uint64_t), kBlock = 4 * kWord;
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  const auto mix = [](std::uint64_t sum, std::uint64_t word) {
    return std::rotl(sum ^ word, 29) * kOdd;
  };
  const auto take = [&](std::uint64_t& sum, const char* from) {
    std::uint64_t word;
    std::memcpy(&word, from, kWord);
    sum = mix(sum, word);
  };
  std::uint64_t a = 1, b = 2, c = 3, d = bytes.size();
  const auto take_block = [&](const char* block) {
    take(a, block);
    take(b, block + kWord);
    take(c, block + 2 * kWord);
    take(d, block + 3 * kWord);
  };
  for (; bytes.size() >= kBlock; bytes.remove_prefix(kBlock)) take_block(bytes.data());
  std::array<char, kBlock> rest{};
  bytes.copy(rest.data(), bytes.size());
  take_block(rest.data());
  const std::uint64_t sum = mix(mix(mix(mix(0, a), b), c), d);
  return sum ^ sum >> 32;
}

// What stands between the header and the bytes it tells of; as long as keeps these aligned.
struct Seal {
  std::uint64_t sum, size;

  explicit Seal(std::string_view bytes) : sum(checksum_of(bytes)), size(bytes.size()) {}
  std::string_view view() const { return {reinterpret_cast<const char*>(this), sizeof *this}; }
};
static_assert(sizeof(Seal) == kAlignment);

std::string sealed(const std::string& header, std::string_view bytes) {
  std::string image = header;
  return image.append(Seal(bytes).view()).append(bytes);
}

// What follows the seal; empty when that is of other bytes.
std::string_view unsealed(std::string_view image) {
  if (image.size() < sizeof(Seal)) return {};
  const std::string_view bytes = image.substr(sizeof(Seal));
  return image.starts_with(Seal(bytes).view()) ? bytes : std::string_view();
}

// Where an image may lie: beside its folder, beside the program or above it.
std::vector<fs::path> places_of_images(const fs::path& directory) {
  std::error_code error;
  fs::path sibling = fs::weakly_canonical(directory, error);
  sibling += ".image";
  std::vector<fs::path> places{sibling};
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (int level = 0; level < 2 && !error; ++level, folder = folder.parent_path())
    places.push_back(folder / "rules.image");
  return places;
}

// A file in memory, which reads it where it is looked at. Images are never written over:
// OutputFile puts a new one in place of the old, which stays while somebody has it open.
struct Mapping {
  std::shared_ptr<const char[]> bytes;  // null when there is no such file
  std::size_t size = 0;

  std::string_view view() const { return {bytes.get(), size}; }
};

Mapping map_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  struct stat status {};
  const bool sized = ::fstat(file, &status) == 0 && status.st_size > 0;
  const auto size = sized ? static_cast<std::size_t>(status.st_size) : 0;
  void* bytes = sized ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  ::close(file);
  if (bytes == MAP_FAILED) return {};
  const auto unmap = [size](const char* at) { ::munmap(const_cast<char*>(at), size); };
  return {{static_cast<const char*>(bytes), unmap}, size};
}

std::shared_ptr<CompiledRules> rules_from(const Mapping& image, std::size_t header) {
  auto rules = std::make_shared<CompiledRules>();
  rules->image = image.bytes;
  Reader reader(unsealed(image.view().substr(header)));
  visit(reader, *rules);
  if (!reader.whole() || !is_sound(*rules)) return nullptr;
  rules->known = KnownNames(*rules);
  rules->figures = std::make_unique<FigureTables>(*rules);
  return rules;
}

}  // namespace

std::string write_image(CompiledRules& rules) {
  Writer writer;
  visit(writer, rules);
  return sealed(header_of(rules.hash), writer.take());
}

std::string seal_image(std::string image) {
  const std::size_t header = image.find('\n') + 1;
  const std::size_t bytes = std::min(header + sizeof(Seal), image.size());
  return sealed(image.substr(0, header), std::string_view(image).substr(bytes));
}

std::shared_ptr<CompiledRules> read_image(const fs::path& directory) {
  std::vector<fs::path> places;
  for (const fs::path& place : places_of_images(directory)) {
    std::error_code error;
    if (fs::is_regular_file(place, error)) places.push_back(place);
  }
  if (places.empty()) return nullptr;
  const std::string hash = fingerprint_of(directory);
  const std::string header = header_of(hash);
  for (const fs::path& place : places) {
    const Mapping image = map_file(place);
    if (!image.view().starts_with(header)) continue;
    const auto rules = rules_from(image, header.size());
    if (!rules || rules->hash != hash) continue;
    for (Rule& rule : rules->rules)
      rule.file = (directory / fs::path(rule.file).filename()).string();
    return rules;
  }
  return nullptr;
}

}  // namespace glane
