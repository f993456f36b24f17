#ifndef TEXT_MARKDOWN_TABLE_H
#define TEXT_MARKDOWN_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

enum markdown_align { MARKDOWN_LEFT, MARKDOWN_CENTER, MARKDOWN_RIGHT };

struct markdown_cell {
	struct str text; /* one line */
	enum markdown_align align;
};

/* A table that is being read: rows of cells, the first of which may be a row
 * of headings. */
struct markdown_table {
	struct arena arena;
	struct vec cells; /* struct markdown_cell */
	struct vec rows; /* size_t, the index of the row's first cell */
	struct vec links; /* size_t, the number of links before the row */
	bool has_head;
	struct str caption;
};

void markdown_table_init(struct markdown_table *table);
void markdown_table_fini(struct markdown_table *table);

/* Start a row, behind so many links. The first may be one of headings. */
void markdown_table_add_row(
    struct markdown_table *table, bool is_head, size_t links);

/* Add a cell to the last row. Its text is copied; line ends become spaces. */
void markdown_table_add_cell(
    struct markdown_table *table, struct str text, enum markdown_align align);

/* Whether the table as columns takes at most this many: else it is written as
 * blocks of lines. */
enum { markdown_table_columns_max = 100 };
bool markdown_table_fits(const struct markdown_table *table);

/* Whether there is any text. */
bool markdown_table_is_empty(const struct markdown_table *table);

/* Add the table as preformatted text with padded columns; its alt text is the
 * caption, or the headings. capsule.md, Gemtext out, tables. */
void markdown_table_add_columns(
    const struct markdown_table *table, struct buf *out);

/* Add row i as list items "* heading: cell"; false when it has no text. */
bool markdown_table_add_block(
    const struct markdown_table *table, size_t i, struct buf *out);

#endif
