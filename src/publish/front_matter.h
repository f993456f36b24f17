#ifndef PUBLISH_FRONT_MATTER_H
#define PUBLISH_FRONT_MATTER_H

#include "base/str.h"

enum front_matter_result {
	FRONT_MATTER_NONE, /* all of the text is the body */
	FRONT_MATTER_YAML,
	FRONT_MATTER_TOML,
	FRONT_MATTER_OPEN, /* it begins and never ends */
};

/* The two parts of a source; views borrow from its text. */
struct front_matter {
	struct str text; /* between the fences */
	unsigned line; /* of the first byte of text, from 1 */
	struct str body;
	unsigned body_line; /* of the first byte of body, from 1 */
};

/* Split the text of a source: `---` at byte 0 (after a byte order mark) and
 * `---` or `...`, each on a line of its own; `+++` and `+++` for TOML.
 * capsule.md, Front matter. */
enum front_matter_result front_matter_split(
    struct str text, struct front_matter *out);

#endif
