// What each vocabulary of XML says about a story. `item` is the element of one story; it may be
// damaged: what is missing stays empty.
#pragma once

#include <pugixml.hpp>

#include "read/story.h"

namespace glane {

// RSS 0.91 to 2.0 and RSS 1.0, with content:encoded and Dublin Core. id: guid, preceded by the
// feed's address when it is no URI; else the link. Body: content:encoded, else description.
Story read_rss_item(pugi::xml_node item, const FileHead& head);

// Atom 1.0. Body: content, else summary. Day: published, else updated.
Story read_atom_entry(pugi::xml_node entry, const FileHead& head);

// NewsML 1.2, AFP's and Belga's profiles. The parts are the components that hold text, by their
// role: Title, Lead, any other; captions and media are left out. Of parts in several languages
// those in French are taken. id: PublicIdentifier when it names the item, else
// urn:newsml:PROVIDER:DATE:ITEM:REVISION. Day: of this revision.
Story read_newsml_item(pugi::xml_node item);

// NewsML-G2 newsItem with inline XHTML or NITF. id: guid:version. Day: of this version.
Story read_g2_item(pugi::xml_node item);

// NITF 3. Title: hl1, lead: abstract, body: body.content.
Story read_nitf(pugi::xml_node nitf);

}  // namespace glane
