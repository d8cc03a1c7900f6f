#include "write/marks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "write/write_json.h"

namespace glane {

namespace {

std::uint32_t distance(SourceSpan a, SourceSpan b) {
  if (a.end <= b.begin) return b.begin - a.end;
  return b.end <= a.begin ? a.begin - b.end : 0;
}

class MarkList {
 public:
  MarkList(const Document& document, const RuleSet& rules)
      : document_(document), fields_(annotation_fields(document, rules)) {}

  void add_entities() {
    for (const Entity& entity : document_.entities) {
      add(entity.span, MarkLayer::entity, to_string(entity.type), fields_.entities);
    }
    for (std::uint32_t i = 0; i < document_.entities.size(); ++i) link_role(i);
  }

  void add_figures() {
    for (const Figure& figure : document_.figures) {
      add(figure.span, MarkLayer::figure, to_string(figure.kind), fields_.figures);
    }
  }

  void add_quotes() {
    const auto first = static_cast<std::uint32_t>(list_.marks.size());
    for (const Quote& quote : document_.quotes) {
      add(quote.span, MarkLayer::quote, to_string(quote.kind), fields_.quotes);
    }
    for (std::uint32_t i = 0; i < document_.quotes.size(); ++i) {
      link_source(i, first + i, document_.quotes[i].speaker_span, "speaker", "spoken_by");
      link_source(i, first + i, document_.quotes[i].cue_span, "cue", "cued_by");
    }
  }

  Marks take() { return std::move(list_); }

 private:
  void add(SourceSpan span, MarkLayer layer, const char* label, std::vector<std::string>& fields) {
    const auto index = static_cast<std::uint32_t>(next_[static_cast<int>(layer)]++);
    list_.marks.push_back({span, layer, label, index, std::move(fields[index])});
  }

  void link_role(std::uint32_t role) {
    const Entity& entity = document_.entities[role];
    link_mention(role, entity.person, "held_by");
    link_mention(role, entity.organization, "held_at");
  }

  void link_mention(std::uint32_t role, std::optional<std::uint32_t> id, const char* label) {
    if (!id) return;
    const SourceSpan here = document_.entities[role].span;
    std::optional<std::uint32_t> nearest;
    for (std::uint32_t i = 0; i < document_.entities.size(); ++i) {
      const Entity& entity = document_.entities[i];
      if (entity.id != *id || i == role) continue;
      const bool is_nearer = !nearest || distance(here, entity.span) <
                                             distance(here, document_.entities[*nearest].span);
      if (is_nearer) nearest = i;
    }
    if (nearest) list_.links.push_back({role, *nearest, label});
  }

  void link_source(std::uint32_t quote, std::uint32_t mark, std::optional<SourceSpan> span,
                   const char* label, const char* link) {
    if (!span) return;
    const auto next = static_cast<std::uint32_t>(list_.marks.size());
    const auto [place, is_new] =
        sources_.try_emplace(std::pair(std::pair(span->begin, span->end), label[0]), next);
    if (is_new) list_.marks.push_back({*span, MarkLayer::source, label, quote, "{}"});
    list_.links.push_back({mark, place->second, link});
  }

  const Document& document_;
  AnnotationFields fields_;
  Marks list_;
  std::size_t next_[4] = {};
  std::map<std::pair<std::pair<std::uint32_t, std::uint32_t>, char>, std::uint32_t> sources_;
};

bool overlap(SourceSpan a, SourceSpan b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

Marks list_marks(const Document& document, const RuleSet& rules, const Layers& layers) {
  MarkList list(document, rules);
  if (layers.entities) list.add_entities();
  if (layers.figures) list.add_figures();
  if (layers.quotes) list.add_quotes();
  return list.take();
}

std::vector<const Mark*> disjoint_marks(const Marks& marks) {
  std::vector<const Mark*> kept;
  for (const Mark& mark : marks.marks) {
    if (mark.layer == MarkLayer::entity || mark.layer == MarkLayer::figure) kept.push_back(&mark);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Mark* a, const Mark* b) { return a->span.begin < b->span.begin; });
  // Each layer is disjoint: what overlaps is one entity and one figure, next to one another.
  std::vector<const Mark*> disjoint;
  for (const Mark* mark : kept) {
    const auto size = [](const Mark* one) { return one->span.end - one->span.begin; };
    if (disjoint.empty() || !overlap(disjoint.back()->span, mark->span)) {
      disjoint.push_back(mark);
    } else if (size(mark) > size(disjoint.back())) {
      disjoint.back() = mark;
    }
  }
  return disjoint;
}

}  // namespace glane
