#ifndef PUBLISH_FORMAT_H
#define PUBLISH_FORMAT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * The formats that a page may be written in, by the ending of its file's name.
 * Everything behind this table works on gemtext only.
 */
struct format {
	struct str ending;
	/* Add body as gemtext to out; -1 when it cannot be. NULL: body is
	 * gemtext already. */
	int (*to_gemtext)(struct str body, struct buf *out);
	bool readable; /* false: pages of this format are left out */
};

/* The format of a file by its name, or NULL when it is no page. */
const struct format *format_find(struct str name);

#endif
