#include <nlohmann/json.hpp>

#include "values/offsets.h"
#include "workbench/explain.h"

namespace glane {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  Writer(const Explanation& explanation, const RuleSet& set)
      : explanation_(explanation),
        set_(set),
        rules_(set.compiled()),
        characters_(explanation.document.article.text, OffsetUnit::codepoint) {}

  Json write() const {
    Json out;
    out["id"] = explanation_.document.article.id;
    out["ruleset"] = set_.hash();
    out["sentences"] = Json::array();
    for (const TokenRange& sentence : explanation_.sentences)
      out["sentences"].push_back(span(sentence));
    if (explanation_.token) out["at"] = span({*explanation_.token, *explanation_.token + 1});
    out["levels"] = Json::array();
    for (const ExplainedLevel& level : explanation_.levels)
      out["levels"].push_back(level_of(level));
    out["names"] = Json::array();
    for (const WeighedName& name : explanation_.names) out["names"].push_back(name_of(name));
    out["document"] = Json::parse(to_json(explanation_.document, set_));
    return out;
  }

 private:
  Json span(TokenRange range) const {
    if (range.size() == 0) return nullptr;
    const std::vector<Token>& tokens = explanation_.chart.segments.tokens;
    const SourceSpan place = explanation_.text.map.to_source(
        {tokens[range.first].span.begin, tokens[range.last - 1].span.end});
    return {{"start", characters_(place.begin)},
            {"end", characters_(place.end)},
            {"text", slice_utf8(explanation_.document.article.text, place)}};
  }

  bool shown(TokenRange range) const {
    for (const TokenRange& sentence : explanation_.sentences) {
      if (range.first < sentence.last && sentence.first < range.last) return true;
    }
    return false;
  }

  Json rule(RuleIndex index) const { return rules_.rules[index].id; }

  Json with_rule(TokenRange range, RuleIndex index) const {
    Json out = span(range);
    out["rule"] = rule(index);
    return out;
  }

  Json level_of(const ExplainedLevel& level) const {
    Json out;
    out["level"] = level.level->name;
    out["units"] = Json::array();
    for (const Unit& unit : level.units) {
      if (shown(unit.range)) out["units"].push_back(unit_of(unit, *level.level));
    }
    out["matches"] = Json::array();
    for (std::size_t m = level.first; m < level.last; ++m) {
      const Match& match = explanation_.chart.matches[m];
      if (!shown(match.range)) continue;
      out["matches"].push_back(match_of(match));
      if (level.level->builtin == Builtin::quotation_marks)
        out["matches"].back().erase("rule");  // none found it
    }
    out["beaten"] = Json::array();
    for (const TracedMatch& match : level.trace.matches) {
      if (!match.kept && shown(match.range)) out["beaten"].push_back(beaten(match, level.trace));
    }
    if (!explanation_.token) return out;
    out["near"] = Json::array();
    for (const NearMiss& miss : level.near) out["near"].push_back(near(miss));
    return out;
  }

  // The symbol is what the level knows of the unit: units of one symbol are told apart by none
  // of its rules.
  Json unit_of(const Unit& unit, const Level& level) const {
    Json out = span(unit.range);
    if (unit.kind != 0) out["kind"] = rules_.kinds[unit.kind];
    if (!level.codes.empty()) out["symbol"] = level.codes[level.cell(unit.group, unit.look)];
    out["lists"] = Json::array();
    for (const Entry& entry : rules_.vocabulary.entries(unit.word)) {
      out["lists"].push_back(rules_.vocabulary.lexicon(entry.lexicon).name);
    }
    return out;
  }

  Json match_of(const Match& match) const {
    Json out = with_rule(match.range, match.rule);
    out["kind"] = rules_.kinds[match.kind];
    for (std::uint32_t c = 0; c < match.capture_count; ++c) {
      const Capture& capture = explanation_.chart.captures[match.first_capture + c];
      out["parts"][rules_.names[capture.name]] = span(capture.range);
    }
    return out;
  }

  Json beaten(const TracedMatch& match, const LevelTrace& trace) const {
    Json out = with_rule(match.range, match.rule);
    const TracedMatch& winner = trace.matches[match.beaten_by];
    out["by"] = with_rule(winner.range, winner.rule);
    out["by"]["kill"] = rules_.rules[winner.rule].kill;
    out["policy"] = to_string(match.policy);
    return out;
  }

  Json near(const NearMiss& miss) const {
    static constexpr const char* kParts[] = {"match", "before", "after", "when"};
    Json out{{"rule", rule(miss.rule)},
             {"had", span(miss.range)},
             {"part", kParts[static_cast<int>(miss.part)]},
             {"wanted", miss.wanted}};
    out["stands"] = miss.token ? span({*miss.token, *miss.token + 1}) : Json(nullptr);
    return out;
  }

  Json scores(const NameScores& scores, float factor) const {
    Json out = Json::object();
    for (std::size_t t = 0; t < kNameTypes; ++t) {
      if (scores[t] != 0)
        out[to_string(static_cast<EntityType>(t))] = static_cast<double>(scores[t] * factor);
    }
    return out;
  }

  Json name_of(const WeighedName& name) const {
    Json out = span(name.range);
    const bool found = name.total[name.best()] >= rules_.name_weights.floor;
    out["type"] = found ? Json(to_string(static_cast<EntityType>(name.best()))) : Json(nullptr);
    out["total"] = scores(name.total, 1);
    out["evidence"] = Json::array();
    for (const NameEvidence& piece : name.evidence) {
      out["evidence"].push_back(
          {{"rule", rule(piece.rule)},
           {"amount", static_cast<double>(piece.amount)},
           {"weights", scores(rules_.name_weights.rules[piece.rule], piece.amount)}});
    }
    out["inherited"] = Json::array();
    for (const NameHeirloom& piece : name.heirlooms) {
      out["inherited"].push_back({{"how", to_string(piece.how)},
                                  {"type", to_string(static_cast<EntityType>(piece.type))},
                                  {"weight", static_cast<double>(piece.worth)}});
    }
    return out;
  }

  const Explanation& explanation_;
  const RuleSet& set_;
  const CompiledRules& rules_;
  OffsetConverter characters_;
};

}  // namespace

std::string explanation_json(const Explanation& explanation, const RuleSet& rules) {
  return Writer(explanation, rules).write().dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace glane
