#ifndef TEXT_MARKDOWN_RUN_H
#define TEXT_MARKDOWN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* What is owed before the next character of a run. */
enum markdown_owed {
	MARKDOWN_OWED_NOTHING,
	MARKDOWN_OWED_NO_BREAK_SPACE,
	MARKDOWN_OWED_SPACE,
	MARKDOWN_OWED_SOFT_BREAK, /* a space, but not between two CJK ones */
};

/*
 * Running text: lines without blanks at their ends, without controls, with
 * single spaces. Line ends in it are hard breaks. One no-break space between
 * two words stays; soft hyphens and U+FEFF are dropped.
 */
struct markdown_run {
	struct buf text;
	enum markdown_owed owed;
};

/* A run that never holds more than max bytes. */
void markdown_run_init(struct markdown_run *run, size_t max);
void markdown_run_fini(struct markdown_run *run);
void markdown_run_clear(struct markdown_run *run);

/* Add text; each white space in it is a space, a line end a soft break. */
void markdown_run_add(struct markdown_run *run, struct str text);

/* End the line, at most twice in a row, and never at the start. */
void markdown_run_break(struct markdown_run *run);

/* Make s the text of what was added behind the first n bytes. */
void markdown_run_replace(struct markdown_run *run, size_t n, struct str s);

/* Whether nothing but blanks has come since the last hard break. */
bool markdown_run_is_at_start(const struct markdown_run *run);

/* Whether the code point stands in text written without spaces: a letter of
 * such a script, or CJK punctuation and full-width forms. */
bool markdown_run_is_spaceless(uint32_t code_point);

#endif
