#include "run/each_article.h"

#include <ostream>

#include "glane/ruleset.h"

namespace glane {

Trouble each_article(const std::vector<std::string>& inputs, std::ostream& err,
                     const std::function<void(Article)>& action) {
  const auto source = read_inputs(inputs, {});
  Trouble trouble = Trouble::none;
  bool any = false;
  for (RawRecord raw; source->next(raw);) {
    if (raw.trouble == Trouble::unopened)
      throw SetupError(to_string(raw.place) + ": " + raw.reason);
    ParsedRecord record = parse(std::move(raw));
    if (record.trouble == Trouble::none) {
      any = true;
      action(std::move(record.article));
    } else {
      err << to_string(record.place) << ": " << record.reason << '\n';
      trouble = Trouble::refused;
    }
  }
  if (!any && trouble == Trouble::none) throw SetupError(inputs.front() + ": no article");
  return trouble;
}

}  // namespace glane
