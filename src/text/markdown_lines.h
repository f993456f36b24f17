#ifndef TEXT_MARKDOWN_LINES_H
#define TEXT_MARKDOWN_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * What a line of Markdown is, as far as it can be said without a parser.
 */

bool markdown_line_is_blank(struct str line);

/* The columns of blanks that it starts with; tabs go to every fourth. */
size_t markdown_line_indent(struct str line);

/* line without the blanks at its start. */
struct str markdown_line_text(struct str line);

/* The length of the mark of a list item, "- " or "1. ", that s starts with, and
 * 0 when it starts with none. */
size_t markdown_line_item_mark(struct str s);

/* Whether a paragraph ends before line: it starts an item, a heading, a quote
 * or a fence. */
bool markdown_line_starts_block(struct str line);

/* A fenced block of code that is open while length is not 0. */
struct markdown_fence {
	char sign;
	size_t length;
	size_t indent;
	bool is_quoted;
};

/* Read a line: true when it is a fence or inside of a fenced block. */
bool markdown_fence_read(struct markdown_fence *fence, struct str line);

/* Whether the line is that under the headings of a table: "|-|:-:|". */
bool markdown_line_is_under_headings(struct str line);

/* The number of columns that the bars of a line part, as far as they are not
 * in code, in brackets or behind a backslash. */
size_t markdown_line_columns(struct str line);

#endif
