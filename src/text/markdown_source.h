#ifndef TEXT_MARKDOWN_SOURCE_H
#define TEXT_MARKDOWN_SOURCE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * A Markdown text that is ready for the parser, and where each part of it was
 * in the author's file.
 */
struct markdown_source {
	struct buf text;
	struct vec places; /* struct markdown_place, in order */
	struct map closed; /* names with an end tag in the text; borrows */
};

struct markdown_place {
	size_t at; /* in the text */
	unsigned line; /* in the author's file */
};

void markdown_source_init(struct markdown_source *source, size_t max);
void markdown_source_fini(struct markdown_source *source);

/* Note that what is added next comes from line. */
void markdown_source_mark(struct markdown_source *source, unsigned line);

/* The author's line of the byte at index at. */
unsigned markdown_source_get_line(
    const struct markdown_source *source, size_t at);

/* Collect the names of all end tags of body, which is borrowed. */
void markdown_source_find_closed(
    struct markdown_source *source, struct str body);

#endif
