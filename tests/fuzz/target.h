// Entry points for inputs of any kind. A target takes any bytes whatever; what it finds wrong ends
// the process, which is how a fuzzer knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glane::fuzz {

struct Target {
  std::string_view name;
  void (*run)(const std::string& bytes);
};

// All of them, one after another.
const std::vector<Target>& targets();

// A promise that glane makes; when it is broken, `promise` is told and the process aborted.
void require(bool kept, std::string_view promise);

// Files of articles, form by form: the same records whatever the blocks in which bytes come.
void read_text(const std::string& bytes);
void read_jsonl(const std::string& bytes);  // and what glane writes is read as it was
void read_csv(const std::string& bytes);
void read_xml(const std::string& bytes);   // RSS, Atom, NewsML, NewsML-G2, NITF
void read_json(const std::string& bytes);  // JSON Feed, ninjs, AFP
void read_html(const std::string& bytes);
void read_iptc7901(const std::string& bytes);
void read_warc(const std::string& bytes);
void read_any(const std::string& bytes);  // archives, and forms as they are told

// The map between a published text and its normal form keeps what text.h promises of it.
void map_offsets(const std::string& bytes);

// A published text: annotations in order, disjoint, each what stands at its place in all units;
// the same when the text is read again after another one, or in a batch among others.
void extract_text(const std::string& bytes);

// A folder of rules: loads or is refused with a reason, and what loads extracts. A line
// "== levels.toml" or "== animal.tsv" begins a file; what stands before is a file of rules.
void load_rules(const std::string& bytes);

// Changes to an image of rules, with the checksum set right afterwards when the first byte is odd:
// an altered image is refused; one that is made to harm is too, or extracts something.
void read_image_of(const std::string& bytes);

}  // namespace glane::fuzz
