#include "resolve/role_referents.h"

#include <algorithm>

namespace glane {
namespace {

// So many offices are remembered: a hostile article must not cost the square of its length.
constexpr std::size_t kMostOffices = 64;

// What is known of an office after the mentions so far.
struct Office {
  Title title;
  std::optional<std::uint32_t> person;
  std::optional<std::uint32_t> organization;
  std::size_t last = 0;  // its last mention
};

template <typename T>
bool agree(const std::optional<T>& a, const std::optional<T>& b) {
  return !a || !b || *a == *b;
}

// "directeur" is short for "directeur général".
bool shortens(std::string_view key, std::string_view whole) {
  return whole.size() > key.size() && whole.starts_with(key) && whole[key.size()] == ' ';
}

class Offices {
 public:
  std::uint32_t take(const RoleMention& mention, std::size_t at) {
    Office* office = mention.definite || mention.person ? find(mention) : nullptr;
    if (!office) {
      offices_.push_back({mention.title, {}, {}, at});
      office = &offices_.back();
    }
    if (!office->person && mention.person) {
      office->person = mention.person;
      office->title.gender = mention.title.gender;
    }
    if (!office->organization) office->organization = mention.organization;
    office->last = at;
    return static_cast<std::uint32_t>(office - offices_.data());
  }

  const Office& operator[](std::uint32_t n) const { return offices_[n]; }

 private:
  // Of those that may be meant the best known; among equals the last that was spoken of.
  Office* find(const RoleMention& mention) {
    Office* best = nullptr;
    int most = 0;
    const std::size_t oldest = offices_.size() - std::min(offices_.size(), kMostOffices);
    for (Office& office : std::span(offices_).subspan(oldest)) {
      const int rank = likeness(mention, office);
      if (rank == 0 || rank < most || (rank == most && office.last < best->last)) continue;
      best = &office;
      most = rank;
    }
    return best;
  }

  // 0 when the mention means another office.
  static int likeness(const RoleMention& mention, const Office& office) {
    const bool same_title = mention.title.key == office.title.key;
    if (!agree(mention.person, office.person)) return 0;
    if (!agree(mention.organization, office.organization)) return 0;
    const bool same_person = mention.person && office.person;
    const bool same_house = mention.organization && office.organization;
    if (same_title && (same_person || same_house)) return 4;
    const bool bare = !mention.person && !mention.organization;
    if (!agree(mention.title.gender, office.title.gender) && (bare || office.person)) return 0;
    if (same_title) return 3;
    return bare && office.person && shortens(mention.title.key, office.title.key) ? 1 : 0;
  }

  std::vector<Office> offices_;
};

}  // namespace

Gender gender_of(std::string_view cell) {
  if (cell == "m") return Gender::masculine;
  return cell == "f" ? Gender::feminine : Gender::unknown;
}

bool agree(Gender a, Gender b) { return a == Gender::unknown || b == Gender::unknown || a == b; }

Title title_of(std::string_view words, const Vocabulary& vocabulary) {
  Title title;
  while (!words.empty()) {
    // The longest entry of the list at the head of what is left, else one word.
    std::size_t end = words.size();
    WordList lexicon = WordList::role;
    WordId word = vocabulary.find(words);
    while (!vocabulary.member(word, lexicon) && words.rfind(' ', end - 1) != words.npos) {
      end = words.rfind(' ', end - 1);
      word = vocabulary.find(words.substr(0, end));
    }
    if (!vocabulary.member(word, lexicon)) lexicon = WordList::scope_adjective;
    const auto masculine = vocabulary.field(word, lexicon, "masculine");
    if (!title.key.empty()) title.key += ' ';
    title.key += masculine && !masculine->empty() ? fold(*masculine) : words.substr(0, end);
    if (title.gender == Gender::unknown && lexicon == WordList::role) {
      title.gender = gender_of(vocabulary.field(word, lexicon, "gender").value_or(""));
    }
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return title;
}

std::vector<std::uint32_t> role_referents(std::span<RoleMention> mentions) {
  Offices offices;
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < mentions.size(); ++i) out.push_back(offices.take(mentions[i], i));
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    RoleMention& mention = mentions[i];
    const Office& office = offices[out[i]];
    const bool hers = agree(mention.title.gender, office.title.gender);
    if (!mention.person && mention.definite && hers) mention.person = office.person;
  }
  return out;
}

}  // namespace glane
