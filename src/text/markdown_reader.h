#ifndef TEXT_MARKDOWN_READER_H
#define TEXT_MARKDOWN_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/markdown.h"
#include "text/markdown_source.h"

enum {
	markdown_boxes_max = 8,
	markdown_missing_max = 16,
	markdown_ends_max = 32, /* names of tags whose end is looked for */
};

/* Where the next end tag of a name is in the body. */
struct markdown_tag_end {
	struct str name;
	size_t at;
	size_t length; /* 0: there is none any more */
};

/* How a box, a callout or quote that becomes a block quote, ends. */
enum markdown_box_end {
	MARKDOWN_BOX_COLONS, /* ":::", at least as many as it began with */
	MARKDOWN_BOX_INDENT, /* a line without its four spaces */
	MARKDOWN_BOX_TAG, /* an end tag of its name */
};

struct markdown_box {
	enum markdown_box_end end;
	struct str name; /* of its tag */
	struct str credit; /* said at its end */
	size_t colons;
	size_t indent; /* of the line that opened it */
	bool is_quoted; /* its lines get "> " */
};

/* A footnote: its definition in the body. */
struct markdown_note {
	struct str label;
	struct str text;
	unsigned line;
	unsigned id; /* in the order of the mentions, from 1; 0: none yet */
};

/*
 * The preparation of a text for the Markdown parser: what is read of body, and
 * the source that is written.
 */
struct markdown_reader {
	const struct markdown_options *options;
	struct diags *diags;
	struct markdown_source *source;
	struct str body;
	size_t at;
	size_t line_at; /* where the line of `at` starts */
	size_t line_end; /* where it ends; known while at is not behind it */
	unsigned line; /* in the author's file */
	bool is_at_start; /* of a line of the source */
	struct markdown_box boxes[markdown_boxes_max];
	size_t box_count;
	size_t paragraph_end; /* of the one that was looked at last */
	bool has_no_ticks[16]; /* it has no such run of backticks any more */
	struct str
	    missing[markdown_missing_max]; /* what the body has no more */
	size_t missing_count;
	size_t mark_end; /* of the marked text that is open */
	size_t stars_end; /* of the emphasis that was looked at last */
	bool drops_stars; /* at its end */
	bool is_raw; /* between {% raw %} and {% endraw %} */
	struct markdown_tag_end ends[markdown_ends_max];
	size_t end_count;
	size_t no_close_before; /* tags that open before it have no close */
	bool is_note; /* the body is the text of one */
	struct vec notes; /* struct markdown_note */
	struct map note_index; /* label -> its index, plus 1 */
	struct vec skipped; /* struct str: definitions of notes in body */
	size_t next_skipped;
	struct vec mentions; /* size_t: indices of notes, in their order */
};

void markdown_reader_init(struct markdown_reader *r,
    const struct markdown_options *options, struct markdown_source *source,
    struct diags *diags);
void markdown_reader_fini(struct markdown_reader *r);

/* Read text next, which begins on line. */
void markdown_reader_start(
    struct markdown_reader *r, struct str text, unsigned line);

/* What is left of the body, and of the line without its end. */
struct str markdown_reader_rest(const struct markdown_reader *r);
struct str markdown_reader_line(struct markdown_reader *r);

/* Pass over n bytes. */
void markdown_reader_skip(struct markdown_reader *r, size_t n);

/* Find what closes something in what is left of the body: its index behind r's
 * place, or -1. close is a literal; each that is missing is looked for once. */
ptrdiff_t markdown_reader_find(struct markdown_reader *r, struct str close);

/* Add text to the source; lines get the marks of the boxes they are in. */
void markdown_reader_add(struct markdown_reader *r, struct str text);

/* Add the next n bytes of the body, and pass over them. */
void markdown_reader_copy(struct markdown_reader *r, size_t n);

/* The same with code: only what hides code from template engines is left out,
 * {% raw %} and Hugo's comment signs. */
void markdown_reader_copy_code(struct markdown_reader *r, size_t n);

/* Add text as the value of an attribute in double quotes. */
void markdown_reader_add_value(struct markdown_reader *r, struct str text);

/* Add a whole attribute, with a space before it. */
void markdown_reader_add_attribute(
    struct markdown_reader *r, struct str name, struct str value);

/* Add url so that it stays one word in a Markdown target or an attribute. */
void markdown_reader_add_url(struct markdown_reader *r, struct str url);

/* End the line and add a blank one, so that a new block can start. */
void markdown_reader_break(struct markdown_reader *r);

/* Whether only blanks are before `at` in its line. */
bool markdown_reader_is_line_start(const struct markdown_reader *r);

/* The place of `at`, for messages. */
struct diag_place markdown_reader_place(const struct markdown_reader *r);

/* Open a box with a first line, which may be empty; close the innermost. */
void markdown_reader_open_box(struct markdown_reader *r,
    const struct markdown_box *box, struct str title);
void markdown_reader_close_box(struct markdown_reader *r);

#endif
