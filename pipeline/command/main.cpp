// The command line: options in, exit status out (commands.h).
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "command/commands.h"
#include "version.h"
#include "write/sink.h"

namespace glane {

void add_rules_folder(CLI::App& sub, std::string& folder) {
  sub.add_option("--rules", folder, "Folder of rules (default: those that come with glane)");
}

RuleSet load_rules_of(const std::string& folder, const std::vector<std::string>& without) {
  return RuleSet::load(folder.empty() ? find_rules() : std::filesystem::path(folder), without);
}

void add_without(CLI::App& sub, std::vector<std::string>& lists) {
  sub.add_option("--without", lists, "Word lists to leave out, by their names: city,first_name")
      ->delimiter(',')
      ->allow_extra_args(false);
}

}  // namespace glane

namespace {

using namespace glane;

int dispatch(CLI::App& app, int argc, char** argv) {
  app.set_version_flag("--version", std::string("glane ") + kVersion);
  app.require_subcommand(1);
  const std::vector<std::pair<const char*, Command>> commands = {
      {"extract", add_extract(app)}, {"evaluate", add_evaluate(app)}, {"compare", add_compare(app)},
      {"explain", add_explain(app)}, {"rules", add_rules(app)},       {"tune", add_tune(app)},
  };
  app.parse(argc, argv);
  for (const auto& [name, run] : commands) {
    if (app.got_subcommand(name)) return run();
  }
  return kUsage;
}

// CLI11 has many codes of its own; ours has one for wrong usage.
int report(const CLI::App& app, const CLI::ParseError& error) {
  return app.exit(error) == 0 ? kWell : kUsage;
}

// Memory that a text has taken stays for the next one: pages given back and taken again cost a long
// text a fifth of its time. The first of it comes in large pages where there are such: a run takes
// a thousand small ones, each a stop, and the tables of a level lie in too many of them.
void keep_memory() {
#ifdef __GLIBC__
  constexpr std::size_t kMegabyte = 1 << 20;
  constexpr std::size_t kLargePage = 2 * kMegabyte;
  mallopt(M_MMAP_THRESHOLD, 32 * kMegabyte);  // the most there is
  mallopt(M_TRIM_THRESHOLD, 512 * kMegabyte);
  mallopt(M_TOP_PAD, 256 * kMegabyte);
  char* const begin = static_cast<char*>(::sbrk(0));
  void* volatile block = std::malloc(kMegabyte);  // the heap grows by it and what was said
  std::free(block);
  char* const end = static_cast<char*>(::sbrk(0));
  mallopt(M_TOP_PAD, kMegabyte);
  char* const first = begin + kLargePage - reinterpret_cast<std::uintptr_t>(begin) % kLargePage;
  if (first < end) ::madvise(first, static_cast<std::size_t>(end - first), MADV_HUGEPAGE);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe is then an error of write(2), and ends the run in order.
  std::signal(SIGPIPE, SIG_IGN);
  keep_memory();
  CLI::App app{"glane: who, how much and who said what, from French news", "glane"};
  try {
    return dispatch(app, argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  } catch (const UsageError& error) {
    std::cerr << "glane: " << error.what() << '\n';
    return kUsage;
  } catch (const ClosedPipe&) {
    return kWell;
  } catch (const std::exception& error) {
    std::cerr << "glane: " << error.what() << '\n';
    return kNotOpened;
  }
}
