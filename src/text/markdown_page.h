#ifndef TEXT_MARKDOWN_PAGE_H
#define TEXT_MARKDOWN_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/markdown.h"
#include "text/markdown_inline.h"
#include "text/markdown_links.h"
#include "text/markdown_table.h"

/* What holds other blocks. */
enum markdown_kind {
	MARKDOWN_LIST,
	MARKDOWN_ITEM,
	MARKDOWN_QUOTE,
	MARKDOWN_TABLE,
};

enum markdown_task { MARKDOWN_NO_TASK, MARKDOWN_TASK_OPEN, MARKDOWN_TASK_DONE };

/* Who opened a container. Those of Markdown nest well; a tag of HTML closes
 * only what a tag opened inside of the same container of Markdown. */
enum markdown_by { MARKDOWN_BY_TEXT, MARKDOWN_BY_TAG };

struct markdown_container {
	enum markdown_kind kind;
	enum markdown_by by;
	unsigned id; /* of a list or quote: different for each */
	bool is_ordered; /* of a list */
	char delimiter; /* behind its numbers */
	unsigned long number; /* of its next item */
	bool is_new; /* an item that has no text yet */
	bool is_long; /* an item of more than one block */
	enum markdown_task task;
};

/* What the last line of the page belongs to, which decides on blank lines. */
struct markdown_last {
	unsigned list; /* the outermost list, when it was an item's first */
	unsigned quote; /* the outermost quote */
};

/*
 * A page of gemtext that is being written, block by block, driven by what the
 * Markdown parser and the tags of HTML say. Text goes to `in` until the block
 * is flushed.
 */
struct markdown_page {
	const struct markdown_options *options;
	struct diags *diags;
	struct buf *out;
	size_t start; /* of the page in out */
	unsigned line; /* of the source, for messages */
	struct markdown_inline in;
	struct vec stack; /* struct markdown_container */
	size_t stack_excess; /* opened beyond what stack may hold */
	unsigned last_id;
	struct markdown_last last;
	struct markdown_link_list pending; /* for behind the block */
	struct markdown_link_list all; /* for the end of the page */
	unsigned marks; /* numbers given to links and notes */
	int heading; /* the level of the one that is open, or 0 */
	bool has_written; /* a line since the last links */
	bool is_pure; /* the list has only links so far */
	bool is_table_pure;
	size_t pure_start; /* in out, of that list */
	struct markdown_last pure_last;
	bool is_decoration; /* the image that is open, as its author says */
	bool in_code;
	struct buf code;
	struct buf code_alt;
	struct markdown_table table;
	bool in_row;
	bool in_cell;
	enum markdown_align align;
	struct buf cell;
	struct buf url; /* scratch */
	struct vec notes; /* unsigned: the number of each id */
	unsigned note; /* the number that the next block starts with, or 0 */
};

void markdown_page_init(struct markdown_page *page,
    const struct markdown_options *options, struct buf *out,
    struct diags *diags);
void markdown_page_fini(struct markdown_page *page);

/* End the page: all that is open is closed, links are written. */
void markdown_page_finish(struct markdown_page *page);

/* Add text of the current block; between open and close of code, a part of
 * that code. */
void markdown_page_add(struct markdown_page *page, struct str text);

/* End the block, if any: its text and its links are written. */
void markdown_page_flush(struct markdown_page *page);

void markdown_page_open_heading(struct markdown_page *page, int level);
void markdown_page_close_heading(struct markdown_page *page);
void markdown_page_add_rule(struct markdown_page *page);

/* Open a container; c has what its kind needs. An item belongs to the list that
 * is open. */
void markdown_page_open(
    struct markdown_page *page, const struct markdown_container *c);

/* Close the innermost container of that kind that by has opened, and all in
 * it; nothing when there is none. */
void markdown_page_close(
    struct markdown_page *page, enum markdown_kind kind, enum markdown_by by);

void markdown_page_open_code(struct markdown_page *page, struct str alt);
void markdown_page_close_code(struct markdown_page *page);

/* Rows and cells of the table that is open; ends what came before. */
void markdown_page_add_row(struct markdown_page *page);
void markdown_page_open_cell(
    struct markdown_page *page, bool is_head, enum markdown_align align);
void markdown_page_close_cell(struct markdown_page *page);

/* Open a link or image to a target; the inline text closes them. */
void markdown_page_open_link(
    struct markdown_page *page, enum markdown_target kind, struct str target);
void markdown_page_open_image(
    struct markdown_page *page, enum markdown_target kind, struct str target);

/* Close the image, which title stands for where it has no text. */
void markdown_page_close_image(struct markdown_page *page, struct str title);

/* Add the mark of a note, and start and end its text. Notes get their numbers
 * when they are first mentioned; id is what the text has for them. */
void markdown_page_add_note(struct markdown_page *page, unsigned id);
void markdown_page_open_note(struct markdown_page *page, unsigned id);
void markdown_page_close_note(struct markdown_page *page);

#endif
