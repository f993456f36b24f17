#ifndef TEXT_MARKDOWN_WRITE_H
#define TEXT_MARKDOWN_WRITE_H

#include <stdbool.h>

#include "base/str.h"
#include "text/markdown_page.h"

/*
 * The lines of a page of gemtext: how text, links and code are written where
 * the page stands just now. For text/markdown_page only.
 */

/* The innermost container of kind, or NULL; the outermost. */
struct markdown_container *markdown_find_inner(
    const struct markdown_page *page, enum markdown_kind kind);
struct markdown_container *markdown_find_outer(
    const struct markdown_page *page, enum markdown_kind kind);

/* Write the text of a block, which may have line ends, with the marks that its
 * containers ask for. */
void markdown_write_text(struct markdown_page *page, struct str text);
void markdown_write_heading(
    struct markdown_page *page, int level, struct str text);

/* Start a block that is neither text nor item: a blank line, and before it the
 * number of an item that starts with it. */
void markdown_write_start(struct markdown_page *page);

/* Write the links of links as lines, directly behind what was written; a number
 * before the first label where it is not 0. */
void markdown_write_links(struct markdown_page *page,
    const struct markdown_link_list *links, unsigned number);

void markdown_write_code(
    struct markdown_page *page, struct str alt, struct str code);

/* Write the links of the blocks so far behind them, or keep them for the end
 * of the page. */
void markdown_write_pending(struct markdown_page *page);

/* Write links in the place of the block that consists of them. */
void markdown_write_pure(
    struct markdown_page *page, struct markdown_link_list *links);

/* Note that a block comes that is more than links, and write those before. */
void markdown_write_other(struct markdown_page *page);

/* Make the first label of the block's links its text. */
void markdown_write_label_as_text(struct markdown_page *page);

#endif
