#ifndef PUBLISH_TEXTS_H
#define PUBLISH_TEXTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "publish/meta.h"
#include "publish/render.h"

/* The texts that a page was made from, as the catalogue keeps them. */
struct texts {
	struct buf page;
	struct buf sidecar;
	struct meta_defaults defaults[meta_defaults_max];
	struct meta_input input; /* borrows all of them, and this */
	struct links *links;
	const struct page *of;
};

/* Find the texts of a page. False, told in r's diags, when they are not there.
 * texts_fini() must follow in any case. */
bool texts_init(struct texts *texts, struct render *r, const struct page *page);
void texts_fini(struct texts *texts);

#endif
