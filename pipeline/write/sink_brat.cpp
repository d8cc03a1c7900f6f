// A folder for brat: NAME.txt and NAME.ann for each article, and what brat is to know of the types.
//
//   T1	money 17 39	38 millions de dollars     offsets are code points; pieces at line ends
//   R1	spoken_by Arg1:T5 Arg2:T7              see marks.h
//   A1	modifier T1 min                        words of a fixed list
//   N1	Reference T2 glane:4	Luc Petit          of entities: id and name
//   #1	glane T1	{"value":38000000,…}           every field, as JSON
#include <algorithm>
#include <string_view>

#include "values/offsets.h"
#include "write/marks.h"
#include "write/output_folder.h"
#include "write/sink.h"
#include "write/write_json.h"

namespace glane {

namespace {

constexpr std::string_view kAnnotationConf =
    R"conf(# Types of glane; what they mean is in its corpus/ANNOTATION.md
[entities]
!Entity
	person
	organization
	location
	product
	event
	role
!Figure
	number
	ordinal
	percent
	money
	quantity
	date
	time
	score
	duration
!Quote
	direct
	partial
	indirect
!Source
	speaker
	cue

[relations]
spoken_by	Arg1:Quote, Arg2:speaker
cued_by	Arg1:Quote, Arg2:cue
held_by	Arg1:role, Arg2:person
held_at	Arg1:role, Arg2:organization|location|product|event
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
modifier	Arg:Figure, Value:approx|min|max|start|mid|end
relation	Arg:Figure, Value:before|after|since|until
direction	Arg:Figure, Value:up|down
ambiguous	Arg:Figure
modality	Arg:Quote, Value:denied|unconfirmed
metonymy	Arg:Entity
)conf";

// Pale grounds of the palette of Okabe and Ito: the label stands above each mark anyway.
constexpr std::string_view kVisualConf = R"conf([labels]
spoken_by | spoken by | by
cued_by | cued by | cue
held_by | held by | held
held_at | held at | at

[drawing]
SPAN_DEFAULT	fgColor:black, bgColor:#dddddd, borderColor:darken
ARC_DEFAULT	color:#555555, arrowHead:triangle-5
person	bgColor:#9fd0ee
organization	bgColor:#f3b98c
location	bgColor:#8fd9bf
product	bgColor:#e6b8d1
event	bgColor:#f5d38a
role	bgColor:#cfe8f7
Figure	bgColor:#f4ed9b
Quote	bgColor:#d4d6db
ATTRIBUTE_DEFAULT	glyph:*
)conf";

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

class AnnFile {
 public:
  AnnFile(const Document& document, const Marks& marks)
      : document_(document),
        marks_(marks),
        offsets_(document.article.text, OffsetUnit::codepoint) {}

  std::string write() {
    for (std::uint32_t i = 0; i < marks_.marks.size(); ++i) text_bound(i);
    for (const MarkLink& link : marks_.links) relation(link);
    for (std::uint32_t i = 0; i < marks_.marks.size(); ++i) {
      words(i);
      if (marks_.marks[i].layer != MarkLayer::source) note(i);
    }
    return std::move(out_);
  }

 private:
  static std::string name(std::uint32_t mark) { return "T" + std::to_string(mark + 1); }

  // brat reads line by line: a mark is in pieces where lines end, which a space stands for.
  void text_bound(std::uint32_t index) {
    const Mark& mark = marks_.marks[index];
    std::string places;
    std::string text;
    const std::string& whole = document_.article.text;
    for (std::uint32_t begin = mark.span.begin; begin < mark.span.end;) {
      std::size_t end = whole.find_first_of("\r\n", begin);
      end = std::min<std::size_t>(end, mark.span.end);
      if (end > begin) add_piece({begin, static_cast<std::uint32_t>(end)}, places, text);
      begin = static_cast<std::uint32_t>(end) + 1;
    }
    out_ += name(index) + '\t' + mark.label + ' ' + places + '\t' + text + '\n';
  }

  void add_piece(SourceSpan piece, std::string& places, std::string& text) {
    if (!places.empty()) places += ';';
    if (!text.empty()) text += ' ';
    places += std::to_string(offsets_(piece.begin)) + ' ' + std::to_string(offsets_(piece.end));
    text += slice_utf8(document_.article.text, piece);
  }

  void relation(const MarkLink& link) {
    out_ += "R" + std::to_string(++relations_) + '\t' + link.label + " Arg1:" + name(link.from) +
            " Arg2:" + name(link.to) + '\n';
  }

  void words(std::uint32_t index) {
    const Mark& mark = marks_.marks[index];
    if (mark.layer == MarkLayer::entity) {
      const Entity& entity = document_.entities[mark.index];
      out_ += "N" + std::to_string(++references_) + "\tReference " + name(index) +
              " glane:" + std::to_string(entity.id) + '\t' + one_line(entity.name) + '\n';
      if (entity.metonymy) flag(index, "metonymy");
    } else if (mark.layer == MarkLayer::figure) {
      const Figure& figure = document_.figures[mark.index];
      attribute(index, "modifier", to_string(figure.modifier));
      attribute(index, "relation", to_string(figure.relation));
      attribute(index, "direction", to_string(figure.direction));
      if (figure.ambiguous) flag(index, "ambiguous");
    } else if (mark.layer == MarkLayer::quote) {
      attribute(index, "modality", to_string(document_.quotes[mark.index].modality));
    }
  }

  void attribute(std::uint32_t mark, std::string_view attribute, std::string_view word) {
    if (word.empty()) return;
    flag(mark, std::string(attribute), ' ' + std::string(word));
  }
  void flag(std::uint32_t mark, const std::string& attribute, const std::string& word = {}) {
    out_ += "A" + std::to_string(++attributes_) + '\t' + attribute + ' ' + name(mark) + word + '\n';
  }

  void note(std::uint32_t mark) {
    out_ += "#" + std::to_string(++notes_) + "\tglane " + name(mark) + '\t' +
            marks_.marks[mark].fields + '\n';
  }

  const Document& document_;
  const Marks& marks_;
  OffsetConverter offsets_;
  std::string out_;
  int relations_ = 0;
  int references_ = 0;
  int attributes_ = 0;
  int notes_ = 0;
};

class BratSink : public Sink {
 public:
  BratSink(const std::string& folder, const RuleSet& rules, const JsonOptions& options)
      : folder_(folder), rules_(rules), layers_(options.layers) {
    folder_.write_file("annotation.conf", kAnnotationConf);
    folder_.write_file("visual.conf", kVisualConf);
  }

  std::string render(const Document& document) const override {
    return AnnFile(document, list_marks(document, rules_, layers_)).write();
  }

  void write(const Document& document, std::string&& rendered) override {
    const std::string name = file_name_of(document.article.id).string();
    const std::string& text = document.article.text;
    const auto size = static_cast<std::uint32_t>(text.size());
    folder_.write_file(name + ".txt", slice_utf8(text, {0, size}));
    folder_.write_file(name + ".ann", rendered);
  }

  void finish() override { folder_.finish(); }

 private:
  OutputFolder folder_;
  RuleSet rules_;
  Layers layers_;
};

}  // namespace

std::unique_ptr<Sink> write_brat(const std::string& folder, const RuleSet& rules,
                                 const JsonOptions& options) {
  return std::make_unique<BratSink>(folder, rules, options);
}

}  // namespace glane
