#include "segment/find_words.h"

#include <algorithm>
#include <array>

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
  // A block of words at a time: while the keys of some are made, the places of those before are
  // fetched from memory.
  void find_words() {
    constexpr std::size_t kBlock = 16;
    struct Hashed {
      WordKey key;
      std::uint32_t hash;
      bool whole;  // the key holds the word
    };
    std::array<Hashed, kBlock> block;
    std::vector<Token>& tokens = out_.tokens;
    for (std::size_t first = 0; first < tokens.size(); first += kBlock) {
      const std::size_t count = std::min(kBlock, tokens.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        Hashed& word = block[i];
        const Span span = tokens[first + i].span;
        const std::uint32_t size = span.end - span.begin;
        word.whole = !(size == 3 && text_[span.begin + 1] == ' ') &&
                     fold_key(text_, span.begin, size, word.key);
        if (!word.whole) continue;
        word.hash = word.key.hash();
        vocabulary_.fetch(word.hash);
      }
      for (std::size_t i = 0; i < count; ++i)
        if (block[i].whole) vocabulary_.fetch_facts(block[i].hash);
      for (std::size_t i = 0; i < count; ++i) {
        Token& token = tokens[first + i];
        token.word = block[i].whole ? vocabulary_.find(block[i].key, block[i].hash)
                                    : vocabulary_.find(folded(token));
        const bool unknown =
            token.word == kUnknownWord && !(block[i].whole && !joined(block[i].key));
        if (token.look.shape == Shape::upper || unknown) guess(token);
      }
    }
  }

  static bool joined(const WordKey& key) {
    return (word_key::equal(key.low, '-') | word_key::equal(key.high, '-')) != 0;
  }

  // "l 'histoire" holds the word "l'".
  std::string folded(const Token& token) const {
    std::string word = fold(slice(token.span.begin, token.span.end));
    if (token.span.end - token.span.begin == 3 && word[1] == ' ') word.erase(1, 1);
    return word;
  }

  // Words that are listed in another form.
  void guess(Token& token) const {
    if (token.look.shape == Shape::upper) token.word = accented(token.word, folded(token));
    if (token.word != kUnknownWord) return;
    const std::string_view written = slice(token.span.begin, token.span.end);
    if (written.find('-') != std::string_view::npos && joins_numbers(fold(written)))
      token.word = any_number();
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
    while (!folded.empty()) {
      const std::size_t end = std::min(folded.find('-'), folded.size());
      const std::string_view part = folded.substr(0, end);
      if (part != "et" && !vocabulary_.member(vocabulary_.find(part), WordList::number_word))
        return false;
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
    for (const TokenRange& sentence : out_.sentences) {
      int words = 0;
      int uppers = 0;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Shape shape = out_.tokens[i].look.shape;
        words += shape <= Shape::mixed;
        uppers += shape == Shape::upper;
      }
      if (words < 4 || uppers * 10 < words * 7) continue;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) calm(out_.tokens[i]);
    }
  }
  void calm(Token& token) const {
    if (token.look.shape > Shape::initial) return;
    const bool ordinary = vocabulary_.member(token.word, WordList::common_capital) ||
                          vocabulary_.member(token.word, WordList::determiner) ||
                          vocabulary_.member(token.word, WordList::preposition);
    if (ordinary && !vocabulary_.member(token.word, WordList::known_surname))
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
    Vocabulary::Node node = vocabulary_.step(Vocabulary::kRoot, out_.tokens[first].word);
    if (node == Vocabulary::kRoot) return 0;
    std::uint32_t best = 0;
    WordId word = kUnknownWord;
    for (std::uint32_t i = first + 1; i < limit; ++i) {
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
    return next.look.shape == Shape::lower &&
           vocabulary_.member(next.word, WordList::relational_adjective) &&
           vocabulary_.member(out_.tokens[first + 1].word, WordList::org_head);
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
