// glane_fuzz --target=NAME …: one of the targets, under libFuzzer or under replay.cpp.
#include "target.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace glane::fuzz {

const std::vector<Target>& targets() {
  static const std::vector<Target> kTargets = {
      {"extract", extract_text}, {"offsets", map_offsets},    {"rules", load_rules},
      {"image", read_image_of},  {"text", read_text},         {"jsonl", read_jsonl},
      {"csv", read_csv},         {"xml", read_xml},           {"json", read_json},
      {"html", read_html},       {"iptc7901", read_iptc7901}, {"warc", read_warc},
      {"archive", read_any}};
  return kTargets;
}

void require(bool kept, std::string_view promise) {
  if (kept) return;
  std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

namespace {

const Target* chosen = nullptr;

void choose(int argc, char** argv) {
  constexpr std::string_view kFlag = "--target=";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kFlag)) continue;
    for (const Target& target : targets()) {
      if (target.name == argument.substr(kFlag.size())) chosen = &target;
    }
  }
  if (chosen != nullptr) return;
  std::fprintf(stderr, "--target= one of:");
  for (const Target& target : targets()) {
    std::fprintf(stderr, " %.*s", static_cast<int>(target.name.size()), target.name.data());
  }
  std::fprintf(stderr, "\n");
  std::exit(2);
}

}  // namespace
}  // namespace glane::fuzz

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  glane::fuzz::choose(*argc, *argv);
  glane::fuzz::chosen->run("");  // loads what the target needs: no input is to blame for that time
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  glane::fuzz::chosen->run(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
