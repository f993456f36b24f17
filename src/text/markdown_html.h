#ifndef TEXT_MARKDOWN_HTML_H
#define TEXT_MARKDOWN_HTML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "text/markdown_page.h"

/*
 * The HTML in a Markdown text: tags that mean something on a page drive it,
 * others are dropped and leave their text.
 */
struct markdown_html {
	struct markdown_page *page;
	const struct map
	    *closed; /* names that have an end tag somewhere; an
			unknown tag without one, like <T>, is text */
	struct buf skipped; /* the element whose text is left out; or empty */
	bool in_head; /* of a table */
	bool in_media;
	bool has_source; /* of that video or audio */
	struct buf value; /* scratch, of an attribute */
};

void markdown_html_init(struct markdown_html *h, struct markdown_page *page,
    const struct map *closed);
void markdown_html_fini(struct markdown_html *h);

/* Render html, which has whole tags, at the page's place. */
void markdown_html_add(struct markdown_html *h, struct str html);

/* Whether text is left out just now. */
bool markdown_html_is_skipping(const struct markdown_html *h);

/* A block of Markdown ends: what is left out ends with it. */
void markdown_html_end_block(struct markdown_html *h);

#endif
