#ifndef TEXT_MARKDOWN_TAG_H
#define TEXT_MARKDOWN_TAG_H

#include <stdbool.h>

#include "base/str.h"

/* A tag that is taken apart. */
struct markdown_tag {
	struct str name;
	struct str attributes;
	bool is_end; /* </name> */
	bool is_empty; /* <name/> */
};

/* Take the tag that *s starts with. False, with *s untouched, when it starts
 * with none. An attribute's value may hold '>' in quotes. */
bool markdown_tag_parse(struct str *s, struct markdown_tag *tag);

/* Find the value of an attribute; as it is written, empty when it has none. */
bool markdown_tag_find(
    const struct markdown_tag *tag, struct str name, struct str *value);

/* Whether an attribute has the value want, in any case, as it is written. */
bool markdown_tag_has(
    const struct markdown_tag *tag, struct str name, struct str want);

#endif
