#ifndef TEXT_GEMTEXT_H
#define TEXT_GEMTEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

enum gemtext_type {
	GEMTEXT_TEXT,
	GEMTEXT_LINK,
	GEMTEXT_TOGGLE,
	GEMTEXT_PREFORMATTED,
	GEMTEXT_HEADING, /* level 1 to 3 */
	GEMTEXT_ITEM,
	GEMTEXT_QUOTE,
};

struct gemtext_line {
	enum gemtext_type type;
	int level; /* of a heading */
	struct str raw; /* the line without its end */
	struct str text; /* without the marker; of a toggle the alt text; of a
			    link its label, which may be empty */
	struct str url; /* of a link */
	unsigned number; /* from 1 */
};

/* A walk over the lines of a document. */
struct gemtext {
	struct str rest;
	bool preformatted;
	unsigned number;
};

/* Start at the first line of text, which g borrows. */
void gemtext_init(struct gemtext *g, struct str text);

/* Take the next line. False at the end. Gemtext specification 0.24.1; a line
 * that only looks like a link (nothing behind "=>") is text. */
bool gemtext_next(struct gemtext *g, struct gemtext_line *line);

/* Add text on one line: controls and line ends become spaces, runs of them
 * one space, both ends trimmed. Nothing else changes, so at the start of a
 * line it may still be a marker. */
void gemtext_add_line_part(struct buf *out, struct str text);

/* Add text as a text line of its own with its end: as above, and one leading
 * space where it would be taken for another type of line. */
void gemtext_add_text(struct buf *out, struct str text);

/* Add a link line: url is percent-encoded where a link line needs it (spaces,
 * controls, non-ASCII), a colon in the first segment of a relative reference
 * gets "./" before it; label is put on one line and may be empty. */
void gemtext_add_link(struct buf *out, struct str url, struct str label);

/* Add a body as its author wrote it, for between a header and a footer: BOM
 * dropped, line ends made LF, a bare CR becomes LF, one LF at the end, and an
 * open preformatted block closed. */
void gemtext_add_body(struct buf *out, struct str body);

/* The first level 1 heading of body outside of preformatted text: true with
 * the line, and body without that line (and the blank lines behind it, when
 * it comes before any other text) in *without, added to buffer. */
bool gemtext_take_title(
    struct str body, struct str *title, struct buf *without);

/* The number of words of all but preformatted text: runs between spaces, and
 * for scripts without spaces each character. */
size_t gemtext_count_words(struct str body);

/* Add the first paragraph: the first text line that is not empty, on one
 * line; quotes and list items only when there is no text line. */
void gemtext_add_excerpt(struct buf *out, struct str body);

#endif
