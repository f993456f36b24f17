#ifndef TEXT_MARKDOWN_INLINE_H
#define TEXT_MARKDOWN_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/markdown_links.h"
#include "text/markdown_run.h"

/* A part of the text that is a link or code, in bytes. */
struct markdown_span {
	size_t start;
	size_t end;
	struct str url; /* of the link; empty: code */
};

enum markdown_script { MARKDOWN_SUPERSCRIPT, MARKDOWN_SUBSCRIPT };

/*
 * The text of one block and the links in it:
 *
 *	add, open and close in any order -> finish -> read -> clear
 *
 * A link that is open at the end of a block, with no text yet, goes on in the
 * next one.
 */
struct markdown_inline {
	struct markdown_run run;
	struct markdown_link_list links;
	struct vec spans; /* struct markdown_span; by start when finished */
	struct buf link_url; /* of the link that is open */
	struct str link_image; /* the label of the last image in it */
	size_t link_start;
	bool in_link;
	struct markdown_run alt; /* the text of the image that is open */
	struct buf image_url;
	unsigned image_depth;
	struct buf late_alt; /* stands in the text if more of the line comes */
	bool late_space;
	size_t line_start; /* of the source's line, in the text */
	size_t code_start;
	bool in_code;
	size_t script_start;
};

/* text_max caps the bytes of one block. */
void markdown_inline_init(struct markdown_inline *in, size_t text_max);
void markdown_inline_fini(struct markdown_inline *in);
void markdown_inline_clear(struct markdown_inline *in);

/* Add text; its line ends are soft breaks. */
void markdown_inline_add(struct markdown_inline *in, struct str text);
void markdown_inline_add_break(struct markdown_inline *in);

/* Code keeps one backtick at each side, but for code that has one inside. */
void markdown_inline_open_code(struct markdown_inline *in);
void markdown_inline_close_code(struct markdown_inline *in);

/* A link with an empty url is only its text. They do not nest: opening one
 * closes the other. */
void markdown_inline_open_link(struct markdown_inline *in, struct str url);
void markdown_inline_close_link(struct markdown_inline *in);

/* A link that has no text of its own here. */
void markdown_inline_add_link(
    struct markdown_inline *in, struct str url, struct str label);

/* What comes up to the close is the image's text; without any it is fallback.
 * With an empty url only the text stays. Images nest: the outer one counts. */
void markdown_inline_open_image(struct markdown_inline *in, struct str url);
void markdown_inline_close_image(
    struct markdown_inline *in, struct str fallback);

/* Raised and lowered digits become characters of their own, so that 10 to the
 * power of 6 does not become 106. */
void markdown_inline_open_script(struct markdown_inline *in);
void markdown_inline_close_script(
    struct markdown_inline *in, enum markdown_script script);

/* End the block: what is open is closed, bare URLs become links, and the links
 * are in the order of the text. */
void markdown_inline_finish(struct markdown_inline *in);

/* The finished text. */
struct str markdown_inline_get_text(const struct markdown_inline *in);

/* Whether a finished block has links, and between them nothing but signs that
 * set links apart. */
bool markdown_inline_is_only_links(const struct markdown_inline *in);

#endif
