#ifndef TEXT_TEMPLATE_OP_H
#define TEXT_TEMPLATE_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "text/template.h"

enum template_op_kind {
	TEMPLATE_OP_TEXT,
	TEMPLATE_OP_VALUE, /* escaped */
	TEMPLATE_OP_RAW,
	TEMPLATE_OP_SECTION,
	TEMPLATE_OP_INVERTED,
	TEMPLATE_OP_END,
	TEMPLATE_OP_PARTIAL,
};

/*
 * A step of a template. A template is a row of them, so that rendering needs
 * no recursion: a section knows where it ends, an end where it starts.
 */
struct template_op {
	enum template_op_kind kind;
	bool starts_line; /* the indent of a partial goes before it */
	bool alone; /* a partial on a line of its own */
	uint32_t other; /* the end of a section, the section of an end */
	struct str text; /* literal text, or a name */
	struct str indent; /* of a partial on a line of its own */
};

struct template
{
	enum template_escape escape;
	struct str name; /* for messages, as is text */
	struct str text;
	const struct template_op *ops;
	uint32_t count;
};

#endif
