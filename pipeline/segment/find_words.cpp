#include "segment/find_words.h"

#include <algorithm>

namespace glane {
namespace {

class WordFinder {
 public:
  WordFinder(std::string_view text, const Vocabulary& vocabulary, Segments& segments)
      : text_(text), vocabulary_(vocabulary), out_(segments) {}

  void run() {
    find_words();
    calm_headlines();
    find_compounds();
  }

 private:
  struct Folded {
    std::uint32_t begin, size;
    std::uint32_t hash;
  };
  void find_words() {
    std::string letters;  // of all words, folded
    letters.reserve(text_.size());
    std::vector<Folded> words;
    words.reserve(out_.tokens.size());
    for (const Token& token : out_.tokens) {
      const std::size_t begin = letters.size();
      append_folded(slice(token.span.begin, token.span.end), letters);
      if (token.span.end - token.span.begin == 3 && letters[begin + 1] == ' ') {
        letters.erase(begin + 1, 1);
      }
      const auto size = static_cast<std::uint32_t>(letters.size() - begin);
      words.push_back({static_cast<std::uint32_t>(begin), size,
                       vocabulary_.hash(std::string_view(letters).substr(begin, size))});
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view folded =
          std::string_view(letters).substr(words[i].begin, words[i].size);
      Token& token = out_.tokens[i];
      token.word = vocabulary_.find(folded, words[i].hash);
      if (token.look.shape == Shape::upper) token.word = accented(token.word, folded);
      if (token.word == kUnknownWord && joins_numbers(folded)) token.word = any_number();
    }
  }

  // "LIEGE" is "Liège", also where another list has a "Liege Airport".
  WordId accented(WordId word, std::string_view folded) const {
    if (!vocabulary_.entries(word).empty()) return word;
    const WordId found = vocabulary_.find_stripped(folded);
    return found == kUnknownWord ? word : found;
  }

  // "deux-cent-quarante": the list holds what tradition joins by hyphens; the reform of 1990
  // joins all words of a number. Such a word is to the rules what a listed one is.
  bool joins_numbers(std::string_view folded) const {
    if (folded.find('-') == std::string_view::npos) return false;
    while (!folded.empty()) {
      const std::size_t end = std::min(folded.find('-'), folded.size());
      const std::string_view part = folded.substr(0, end);
      if (part != "et" && !vocabulary_.member(vocabulary_.find(part), "number_word")) return false;
      folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return true;
  }
  // A listed word of several: none that a rule names for itself.
  WordId any_number() const {
    const Lexicon& list = vocabulary_.lexicon(*vocabulary_.lexicon_id("number_word"));
    const auto row = std::ranges::find_if(list.rows, [&](const Lexicon::Row& r) {
      return vocabulary_.spelling(r.word).find('-') != std::string_view::npos;
    });
    return row == list.rows.end() ? kUnknownWord : row->word;
  }

  // In a sentence in capitals, ordinary words are given back their lower case, so that what
  // stays capitalised is a name.
  void calm_headlines() {
    std::optional<LexiconId> common;
    for (const TokenRange& sentence : out_.sentences) {
      int words = 0;
      int uppers = 0;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Shape shape = out_.tokens[i].look.shape;
        words += shape <= Shape::mixed;
        uppers += shape == Shape::upper;
      }
      if (words < 4 || uppers * 10 < words * 7) continue;
      if (!common && !(common = vocabulary_.lexicon_id("common_capital"))) return;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) calm(out_.tokens[i], *common);
    }
  }
  void calm(Token& token, LexiconId common) const {
    if (token.look.shape > Shape::initial) return;
    const bool ordinary = vocabulary_.member(token.word, common) ||
                          vocabulary_.member(token.word, "determiner") ||
                          vocabulary_.member(token.word, "preposition");
    if (ordinary && !vocabulary_.member(token.word, "known_surname"))
      token.look.shape = Shape::lower;
    else if (token.look.shape == Shape::upper && token.span.end - token.span.begin > 4) {
      token.look.shape = Shape::cap;
    }
  }

  void find_compounds() {
    for (const TokenRange& paragraph : out_.paragraphs) {
      for (std::uint32_t i = paragraph.first; i < paragraph.last;) {
        const std::uint32_t length = compound_at(i, paragraph.last);
        i += length > 0 ? length : 1;
      }
    }
  }

  std::uint32_t compound_at(std::uint32_t first, std::uint32_t limit) {
    if (!vocabulary_.starts_run(out_.tokens[first].word)) return 0;
    std::uint32_t best = 0;
    WordId word = kUnknownWord;
    Vocabulary::Node node = Vocabulary::kRoot;
    for (std::uint32_t i = first; i < limit; ++i) {
      node = vocabulary_.step(node, out_.tokens[i].word);
      if (node == Vocabulary::kRoot) break;
      const WordId here = vocabulary_.word_at(node);
      if (here != kUnknownWord && case_allows(here, first, i + 1)) {
        best = i + 1 - first;
        word = here;
      }
    }
    if (best == 2 && goes_on(first, limit)) return 0;
    if (best > 0) out_.compounds.push_back({{first, first + best}, word});
    return best;
  }

  // "Le Centre hospitalier de Lens": at the start of a sentence an article and the head of a longer
  // name are not the name "Le Centre".
  bool goes_on(std::uint32_t first, std::uint32_t limit) const {
    if (first + 2 >= limit || !out_.tokens[first].look.start || !article(out_.tokens[first]))
      return false;
    const Token& next = out_.tokens[first + 2];
    return next.look.shape == Shape::lower && vocabulary_.member(next.word, "relational_adjective") &&
           vocabulary_.member(out_.tokens[first + 1].word, "org_head");
  }

  // A unit shows the case of its first word, so that one needs the capital; a capital article
  // may be there because a sentence begins: "L'équipe" is not "L'Équipe".
  bool case_allows(WordId word, std::uint32_t first, std::uint32_t last) const {
    const auto capital = [](const Token& token) {
      return token.look.shape == Shape::cap || token.look.shape == Shape::upper ||
             token.look.shape == Shape::mixed || token.look.shape == Shape::initial;
    };
    const auto begin = out_.tokens.begin();
    const bool shown =
        capital(out_.tokens[first]) && (!article(out_.tokens[first]) || last == first + 1 ||
                                        std::any_of(begin + first + 1, begin + last, capital));
    return std::ranges::any_of(vocabulary_.entries(word), [&](const Entry& entry) {
      return entry.need == CaseNeed::any || shown;
    });
  }

  bool article(const Token& token) const {
    const std::string word = fold(slice(token.span.begin, token.span.end));
    return word == "le" || word == "la" || word == "les" || word == "l'";
  }

  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }

  std::string_view text_;
  const Vocabulary& vocabulary_;
  Segments& out_;
};

}  // namespace

void find_words(std::string_view text, const Vocabulary& vocabulary, Segments& segments) {
  WordFinder(text, vocabulary, segments).run();
}

}  // namespace glane
