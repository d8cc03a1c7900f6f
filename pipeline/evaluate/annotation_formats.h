// Annotated documents in the formats of other programs, as documents of corpus/ANNOTATION.md.
//
// A label becomes an annotation of the layer that knows it, in any case of letters: "Person" is
// {"type": "person"} in "entities", "money" {"kind": "money"} in "figures", "direct" a quote. A
// label may name its layer ("figures.date"). One that no layer knows stays as it is written, in
// "entities": map_types.h gives it another name. "speaker" and "cue", which glane's exports hang
// on quotes, are left out; the quote has them as fields. Every document of a file carries every
// layer that one of them has an annotation of. Offsets become code points. A document without an id
// has its number in the file, so that two systems that tag one file are joined.
//
//   brat          folder of NAME.txt and NAME.ann; the id is the path below the folder, without
//                 ".ann". Offsets are code points; several pieces become their hull. Attributes
//                 and notes of kind "glane" give further fields.
//   conll         token and IOB2 (or IOB1) tag a line, an empty line ends a sentence. Documents
//                 begin at -DOCSTART- or "# document_id = X", "# newdoc id = X", "# id = X". With
//                 the header of HIPE (TOKEN, NE-COARSE-LIT …) columns have names and NoSpaceAfter
//                 counts; lines of "word|POS|tag" are WikiNER's. The text is put together again:
//                 a space between tokens but after an apostrophe or opening bracket and before
//                 a closing one, a comma, a stop; sentences are lines. In glane's own export
//                 "# global.columns" names a column a layer and "# newdoc text" gives the text.
//   doccano       {"id", "text", "label": [[start, end, name], …]} a line, or "entities":
//                 [{"start_offset", "end_offset", "label"}]. Offsets are UTF-16 units.
//   label-studio  an array of tasks, or one a line: "data"."text", and "result"s of the last
//                 annotation, else prediction. Offsets are code points; where "text" beside them
//                 fits UTF-16 units only, those.
//   timeml        NAME.tml or NAME.xml, or a folder of them: TIMEX3 elements are figures of the
//   kinds
//                 date, time, duration, set with their value; the creation time is the date.
//
// Each reader throws SetupError naming file and line for what it cannot read at all, and tells of
// single annotations it had to leave out in `notes`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "evaluate/read_annotations.h"

namespace glane {

struct ReadDocuments {
  std::vector<Json> documents;
  std::vector<std::string> notes;  // "FILE:LINE: reason"
};

ReadDocuments read_brat(const std::filesystem::path& folder);
ReadDocuments read_conll(const std::filesystem::path& file);
ReadDocuments read_doccano(const std::filesystem::path& file);
ReadDocuments read_label_studio(const std::filesystem::path& file);
ReadDocuments read_timeml(const std::filesystem::path& file_or_folder);

// --- what they share ---

// Throws SetupError: "FILE: cannot be read". A byte order mark is left out.
std::string read_bytes(const std::filesystem::path& file);

// The same with every ill-formed sequence of UTF-8 written as U+FFFD, one character.
std::string read_utf8(const std::filesystem::path& file);

// The lines of a text, without their ends ("\n" or "\r\n").
std::vector<std::string> lines_of(const std::string& text);

// The files of a folder and the folders in it that end so, in the order of their names.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::string& extension);

// Adds {start, end, text, type or kind, fields …} to the layer of the label.
void add_annotation(Json& document, const std::string& label, long long start, long long end,
                    const Json& fields = Json::object());

// What a label means: its layer, and its type there.
struct LayeredType {
  std::string layer;
  std::string type;
};
LayeredType layered_type(const std::string& label);

// Gives every document the layers that any of them has.
void complete_layers(std::vector<Json>& documents);

}  // namespace glane
