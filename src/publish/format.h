#ifndef PUBLISH_FORMAT_H
#define PUBLISH_FORMAT_H

#include "base/buf.h"
#include "base/str.h"
#include "text/markdown.h"

/*
 * The formats that a page may be written in, by the ending of its file's name.
 * Everything behind this table works on gemtext only.
 */
struct format {
	struct str ending;
	/* Add body as gemtext to out; -1, with an error in diags, when it
	 * cannot be. NULL: body is gemtext already. */
	int (*to_gemtext)(const struct markdown_options *options,
	    struct str body, struct buf *out, struct diags *diags);
};

/* The format of a file by its name, or NULL when it is no page. */
const struct format *format_find(struct str name);

#endif
