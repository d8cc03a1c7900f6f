#include "compile/alphabet.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <unordered_map>

namespace glane {
namespace {

[[noreturn]] void fail(const std::string& reason) { throw SetupError(reason); }

constexpr std::size_t kOneByte = 255;     // symbols 1…255
constexpr std::size_t kTwoBytes = 0x780;  // U+0080…U+07FF

bool has_shape(std::uint32_t set, Shape shape) { return (set >> static_cast<int>(shape) & 1) != 0; }

bool look_satisfies(CaseNeed need, Shape shape) {
  switch (need) {
    case CaseNeed::any:
      return true;
    case CaseNeed::capital:
      return has_shape(*shape_set("Cap"), shape);
    case CaseNeed::capitals:
      return shape == Shape::upper || shape == Shape::initial || shape == Shape::mixed;
  }
  return false;
}

bool tests_look(const Atom& atom) {
  return atom.kind == Atom::Kind::any || atom.kind == Atom::Kind::shape ||
         atom.kind == Atom::Kind::start || atom.kind == Atom::Kind::glued;
}

bool look_holds(const Atom& atom, Look look) {
  switch (atom.kind) {
    case Atom::Kind::any:
      return look.shape != Shape::line;
    case Atom::Kind::shape:
      return has_shape(atom.shapes, look.shape);
    case Atom::Kind::start:
      return look.start;
    case Atom::Kind::glued:
      return look.glued;
    default:
      return false;
  }
}

// The atoms of a level by what they name.
class AtomIndex {
 public:
  explicit AtomIndex(const std::vector<Atom>& atoms) {
    for (std::uint16_t a = 0; a < atoms.size(); ++a) {
      if (atoms[a].kind == Atom::Kind::lexicon) lexicons_.emplace(atoms[a].id, a);
      if (atoms[a].kind == Atom::Kind::literal) literals_.emplace(atoms[a].id, a);
      if (atoms[a].kind == Atom::Kind::kind) kinds_.emplace(atoms[a].id, a);
    }
  }

  // The atoms that a word satisfies and how strictly.
  GroupView view_word(WordId word, const Vocabulary& vocabulary) const {
    GroupView view;
    if (const auto it = literals_.find(word); it != literals_.end() && word != kUnknownWord) {
      view.emplace_back(it->second, 1);
    }
    for (const Entry& entry : vocabulary.entries(word)) {
      const auto it = lexicons_.find(entry.lexicon);
      if (it == lexicons_.end()) continue;
      const auto need = static_cast<std::uint8_t>(static_cast<int>(entry.need) + 1);
      const auto old = std::ranges::find(view, it->second, &GroupView::value_type::first);
      if (old == view.end()) {
        view.emplace_back(it->second, need);
      } else {
        old->second = std::min(old->second, need);
      }
    }
    std::ranges::sort(view);
    return view;
  }

  GroupView view_kind(KindId kind) const {
    const auto it = kinds_.find(kind);
    return it == kinds_.end() ? GroupView{} : GroupView{{it->second, 1}};
  }

 private:
  std::unordered_map<std::uint32_t, std::uint16_t> lexicons_, literals_, kinds_;
};

constexpr std::size_t kDeepest = 64;

std::uint64_t evaluate(const Predicate& predicate, const std::vector<std::uint64_t>& truth) {
  using Op = PredicateStep::Op;
  std::uint64_t stack[kDeepest];
  std::size_t top = 0;
  for (const PredicateStep& step : predicate) {
    if (step.op == Op::atom) {
      if (top == kDeepest) fail("a predicate is too deep");
      stack[top++] = truth[step.atom];
    } else if (step.op == Op::negate) {
      stack[top - 1] = ~stack[top - 1];
    } else {
      --top;
      if (step.op == Op::both)
        stack[top - 1] &= stack[top];
      else
        stack[top - 1] |= stack[top];
    }
  }
  return stack[0];
}

std::string escaped(std::size_t code_point) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "\\x{%zX}", code_point);
  return buffer;
}

}  // namespace

Alphabet::Alphabet(Level& level, const CompiledRules& rules, const Predicates& predicates,
                   const std::vector<UnitCount>& counts)
    : level_(level), rules_(rules), predicates_(predicates), texts_(predicates.size()) {
  std::vector<WordId> members(rules.word_groups, kUnknownWord);
  for (WordId word = 0; word < rules.word_group.size(); ++word) {
    members[rules.word_group[word]] = word;
  }
  class_groups(members);
  class_looks();
  judge();
  sort_groups();
  encode();
  weigh(counts);
}

void Alphabet::class_groups(const std::vector<WordId>& members) {
  const AtomIndex atoms(predicates_.atoms());
  std::map<GroupView, std::uint16_t> known;
  level_.group_class.resize(members.size() + rules_.kinds.size());
  for (std::size_t g = 0; g < level_.group_class.size(); ++g) {
    GroupView view = g < members.size() ? atoms.view_word(members[g], rules_.vocabulary)
                                        : atoms.view_kind(static_cast<KindId>(g - members.size()));
    const auto [it, fresh] = known.try_emplace(view, static_cast<std::uint16_t>(groups_.size()));
    if (fresh) groups_.push_back(std::move(view));
    level_.group_class[g] = it->second;
  }
}

void Alphabet::class_looks() {
  std::map<std::string, std::uint8_t> known;
  level_.look_class.resize(kLooks);
  for (int i = 0; i < kLooks; ++i) {
    const Look look{static_cast<Shape>(i / 4), (i & 2) != 0, (i & 1) != 0};
    std::string key;
    for (const Atom& atom : predicates_.atoms())
      key += tests_look(atom) && look_holds(atom, look) ? '1' : '0';
    key += look_satisfies(CaseNeed::capital, look.shape) ? '1' : '0';
    key += look_satisfies(CaseNeed::capitals, look.shape) ? '1' : '0';
    const auto [it, fresh] = known.try_emplace(key, static_cast<std::uint8_t>(looks_.size()));
    if (fresh) looks_.push_back(look);
    level_.look_class[static_cast<std::size_t>(i)] = it->second;
  }
}

// The truth of every predicate for every class of groups, for all looks at once.
void Alphabet::judge() {
  static_assert(kLooks <= 64);
  const std::vector<Atom>& atoms = predicates_.atoms();
  const Looks all = looks_.size() < 64 ? (Looks{1} << looks_.size()) - 1 : ~Looks{0};
  Looks need[3] = {};
  std::vector<Looks> by_look(atoms.size(), 0);
  for (std::size_t l = 0; l < looks_.size(); ++l) {
    for (int n = 0; n < 3; ++n) {
      if (look_satisfies(static_cast<CaseNeed>(n), looks_[l].shape)) need[n] |= Looks{1} << l;
    }
    for (std::size_t a = 0; a < atoms.size(); ++a) {
      if (tests_look(atoms[a]) && look_holds(atoms[a], looks_[l])) by_look[a] |= Looks{1} << l;
    }
  }
  // Most groups satisfy few atoms: the predicates that name none of these are as for none.
  std::vector<std::vector<std::uint32_t>> naming(atoms.size());
  for (std::uint32_t p = 0; p < predicates_.size(); ++p) {
    for (const PredicateStep& step : predicates_[p]) {
      if (step.op == PredicateStep::Op::atom) naming[step.atom].push_back(p);
    }
  }
  truth_.clear();
  for (std::size_t p = 0; p < predicates_.size(); ++p) {
    truth_.emplace_back(groups_.size(), evaluate(predicates_[p], by_look) & all);
  }
  std::vector<Looks> truth = by_look;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (const auto& [atom, strictness] : groups_[g]) truth[atom] = need[strictness - 1];
    for (const auto& [atom, strictness] : groups_[g]) {
      for (const std::uint32_t p : naming[atom])
        truth_[p][g] = evaluate(predicates_[p], truth) & all;
    }
    for (const auto& [atom, strictness] : groups_[g]) truth[atom] = by_look[atom];
  }
}

// Classes of groups are numbered so that those which predicates name together lie together;
// classes that no predicate tells apart become one.
void Alphabet::sort_groups() {
  std::vector<std::uint16_t> order(groups_.size());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  const auto row = [&](std::uint16_t a, std::uint16_t b) {
    for (std::size_t p = 0; p < truth_.size(); ++p) {
      if (truth_[p][a] != truth_[p][b]) return truth_[p][a] < truth_[p][b] ? -1 : 1;
    }
    return 0;
  };
  std::ranges::sort(order, [&](std::uint16_t a, std::uint16_t b) { return row(a, b) < 0; });
  std::vector<std::uint16_t> fresh(groups_.size());
  std::vector<std::uint16_t> kept;
  for (const std::uint16_t g : order) {
    if (kept.empty() || row(kept.back(), g) != 0) kept.push_back(g);
    fresh[g] = static_cast<std::uint16_t>(kept.size() - 1);
  }
  for (std::uint16_t& g : level_.group_class) g = fresh[g];
  for (std::vector<Looks>& by_group : truth_) {
    std::vector<Looks> sorted;
    for (const std::uint16_t g : kept) sorted.push_back(by_group[g]);
    by_group = std::move(sorted);
  }
  level_.group_classes = kept.size();
  level_.look_classes = looks_.size();
}

void Alphabet::encode() {
  const std::size_t groups = level_.group_classes;
  const std::size_t looks = level_.look_classes;
  const bool product = groups * looks <= kOneByte;
  if (!product && groups > kTwoBytes) fail("level " + level_.name + " has too many symbols");
  // Looks and groups have codes of their own, so that a match begins and ends with a unit.
  level_.latin1 = product || groups + looks <= kOneByte;
  level_.width = product ? 1 : level_.latin1 ? 2 : 3;
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t l = 0; l < looks; ++l) {
      const auto group = static_cast<std::uint32_t>(g);
      const auto look = static_cast<std::uint32_t>(l + 1);
      const std::uint32_t c = 0x80 + group;  // with width 3, in UTF-8
      level_.codes.push_back(level_.width == 1 ? group * static_cast<std::uint32_t>(looks) + look
                             : level_.width == 2
                                 ? look << 8 | (static_cast<std::uint32_t>(looks) + group + 1)
                                 : look << 16 | (0xC0 | c >> 6) << 8 | (0x80 | (c & 0x3F)));
    }
  }
}

const std::string& Alphabet::text(std::size_t predicate) const {
  std::string& out = texts_[predicate];
  if (out.empty()) out = write(predicate);
  return out;
}

// Ranges of a set of looks or groups, as the inside of a class.
std::string Alphabet::ranges(const std::vector<bool>& set, bool groups) const {
  const std::size_t base = !groups ? 1 : level_.width == 3 ? 0x80 : level_.look_classes + 1;
  std::string out;
  for (std::size_t i = 0; i < set.size();) {
    std::size_t end = i;
    while (end < set.size() && set[end]) ++end;
    if (end > i) {
      out += escaped(base + i);
      if (end - i > 1) out += "-" + escaped(base + end - 1);
    }
    i = std::max(end, i + 1);
  }
  return "[" + out + "]";
}

std::string Alphabet::write(std::size_t predicate) const {
  const std::vector<Looks>& truth = truth_[predicate];
  const std::size_t looks = level_.look_classes;
  if (level_.width == 1) {
    std::vector<bool> symbols(truth.size() * looks);
    for (std::size_t g = 0; g < truth.size(); ++g) {
      for (std::size_t l = 0; l < looks; ++l) symbols[g * looks + l] = (truth[g] >> l & 1) != 0;
    }
    const std::string out = ranges(symbols, false);
    return out == "[]" ? "\\x{0}" : out;  // no symbol is 0
  }
  // Groups that hold for the same looks share one alternative.
  std::map<Looks, std::vector<bool>> groups_by_looks;
  for (std::size_t g = 0; g < truth.size(); ++g) {
    if (truth[g] == 0) continue;
    groups_by_looks.try_emplace(truth[g], truth.size()).first->second[g] = true;
  }
  std::string out;
  for (const auto& [which, groups] : groups_by_looks) {
    std::vector<bool> set(looks);
    for (std::size_t l = 0; l < looks; ++l) set[l] = (which >> l & 1) != 0;
    out += (out.empty() ? "" : "|") + ranges(set, false) + ranges(groups, true);
  }
  return out.empty() ? "\\x{0}" : groups_by_looks.size() == 1 ? out : "(?:" + out + ")";
}

// A cell that no example shows counts a little too.
void Alphabet::weigh(const std::vector<UnitCount>& counts) {
  constexpr std::size_t kSeen = 64;
  weights_.assign(level_.group_classes * level_.look_classes, 1);
  for (const UnitCount& unit : counts)
    weights_[level_.cell(unit.group, unit.look)] += unit.count * kSeen;
}

std::size_t Alphabet::weight(const std::vector<std::size_t>& clause) const {
  std::size_t sum = 0;
  for (std::size_t g = 0; g < level_.group_classes; ++g) {
    Looks looks = 0;
    for (const std::size_t p : clause) looks |= truth_[p][g];
    for (; looks != 0; looks &= looks - 1)
      sum += weights_[g * level_.look_classes + static_cast<std::size_t>(std::countr_zero(looks))];
  }
  return sum;
}

void Alphabet::tell_clauses(const std::vector<std::vector<std::size_t>>& clauses) {
  const std::size_t unknown = level_.group_class[rules_.word_group[kUnknownWord]];
  const auto looks_of = [&](std::size_t clause, std::size_t group) {
    Looks looks = 0;
    for (const std::size_t p : clauses[clause]) looks |= truth_[p][group];
    return looks;
  };
  level_.common.assign((clauses.size() + 63) / 64, 0);
  level_.look_sets = {0};
  for (std::size_t c = 0; c < clauses.size(); ++c) {
    level_.common_looks.push_back(looks_of(c, unknown));
    if (level_.common_looks[c] != 0) level_.common[c / 64] |= std::uint64_t{1} << c % 64;
    const auto set = std::ranges::find(level_.look_sets, level_.common_looks[c]);
    level_.look_set_of.push_back(static_cast<std::uint16_t>(set - level_.look_sets.begin()));
    if (set == level_.look_sets.end()) level_.look_sets.push_back(level_.common_looks[c]);
  }
  const std::size_t looks_count = level_.look_classes;
  std::vector<std::vector<std::uint16_t>> flips(level_.group_classes * looks_count);  // by cell
  for (std::size_t c = 0; c < clauses.size(); ++c) {
    for (std::size_t g = 0; g < level_.group_classes; ++g) {
      for (Looks other = looks_of(c, g) ^ level_.common_looks[c]; other != 0; other &= other - 1) {
        const auto look = static_cast<std::size_t>(std::countr_zero(other));
        flips[g * looks_count + look].push_back(static_cast<std::uint16_t>(c));
      }
    }
  }
  std::map<std::vector<std::uint16_t>, CellFlips> known;
  for (std::vector<std::uint16_t>& list : flips) {
    while (list.size() % CellFlips::kBlock != 0)
      list.push_back(static_cast<std::uint16_t>(level_.no_clause()));
    const std::size_t first = level_.flips.size();
    if (first > CellFlips::kMostFirst || list.size() > CellFlips::kMostSize)
      fail("level " + level_.name + " asks too much of too many words");
    const auto [it, fresh] = known.try_emplace(list, CellFlips(first, first + list.size()));
    if (fresh) level_.flips.insert(level_.flips.end(), list.begin(), list.end());
    level_.flips_of.push_back(it->second);
  }
}

}  // namespace glane
