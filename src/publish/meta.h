#ifndef PUBLISH_META_H
#define PUBLISH_META_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "publish/name.h"
#include "publish/page.h"
#include "publish/site.h"
#include "text/markdown.h"
#include "text/value.h"

/* The files of one page. */
struct meta_input {
	const struct site *site;
	struct str path; /* of the source, beneath the root */
	struct str file; /* the same for messages */
	struct name name; /* of path */
	struct str text;
	struct str sidecar; /* empty: there is none */
	struct str sidecar_file; /* for messages */

	/* For meta_add_body() of other formats than gemtext: what a target
	 * means, as in struct markdown_options; what to say of the text, or
	 * NULL for nothing; and whether to say all of it. */
	bool (*resolve)(void *context, enum markdown_target kind,
	    struct str target, struct buf *out);
	void *resolve_context;
	struct diags *text_diags;
	bool check;
};

enum { meta_source_max = 16 * 1024 * 1024 };

/* Read the metadata of a page. NULL with errors in diags when it cannot be
 * used; warnings may come with a page too. The caller gives it back with
 * page_free(). capsule.md, Front matter. */
struct page *meta_parse(const struct meta_input *input, struct diags *diags);

/* Add the body of a page as gemtext without the heading that became its title,
 * which only an own index keeps. -1 when it cannot be turned into gemtext. */
int meta_add_body(
    const struct page *page, const struct meta_input *input, struct buf *out);

/* The keys that no field knows, as a map for templates, in arena. */
struct value *meta_params(const struct meta_input *input, struct arena *arena);

#endif
