#ifndef TEXT_MARKDOWN_CELLS_H
#define TEXT_MARKDOWN_CELLS_H

#include "text/markdown_page.h"

/*
 * The table of a page while it is read. For text/markdown_page only.
 */

/* A table was opened; what came before it is written. */
void markdown_cells_start(struct markdown_page *page);

/* The outermost table was closed: write it and its links. */
void markdown_cells_finish(struct markdown_page *page);

/* The block that is flushed is a part of a cell, or of a caption. */
void markdown_cells_add_block(struct markdown_page *page);

#endif
