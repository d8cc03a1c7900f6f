// The yardstick of speed: one ICU word-break pass over the texts of a JSON Lines file.
//   bench_yardstick FILE.jsonl
// Parses first, then times the pass alone. Prints {"bytes": …, "seconds": …, "processor": …,
// "breaks": …}: seconds by the clock and of the processor.
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

std::vector<std::string> read_texts(const char* file) {
  std::ifstream lines(file, std::ios::binary);
  std::vector<std::string> texts;
  for (std::string line; std::getline(lines, line);) {
    texts.push_back(nlohmann::json::parse(line).at("text").get<std::string>());
  }
  return texts;
}

std::size_t count_breaks(const std::string& text, icu::BreakIterator& words) {
  UErrorCode error = U_ZERO_ERROR;
  UText* view = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &error);
  words.setText(view, error);
  std::size_t breaks = 0;
  while (words.next() != icu::BreakIterator::DONE) ++breaks;
  utext_close(view);
  return breaks;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: bench_yardstick FILE.jsonl\n";
    return 2;
  }
  const std::vector<std::string> texts = read_texts(argv[1]);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getFrench(), error));
  std::size_t bytes = 0;
  std::size_t breaks = 0;
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  for (const std::string& text : texts) {
    breaks += count_breaks(text, *words);
    bytes += text.size();
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  const double used = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  std::cout << nlohmann::json{{"bytes", bytes},
                              {"seconds", time.count()},
                              {"processor", used},
                              {"breaks", breaks}}
            << "\n";
}
