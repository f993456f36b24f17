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

/* Start at the first line of text, which g borrows; a BOM is passed over. */
void gemtext_init(struct gemtext *g, struct str text);

/* Take the next line, which ends with LF, CRLF or CR. False at the end. Gemtext
 * specification 0.24.1; a line that only looks like a link (nothing behind
 * "=>") is text. The text of all but text and preformatted lines has no blanks
 * at its ends. */
bool gemtext_next(struct gemtext *g, struct gemtext_line *line);

/* Add text on one line: controls and line ends become spaces, runs of spaces
 * one space, both ends trimmed; marks that turn the direction of writing and
 * U+FEFF are dropped, ill-formed bytes become U+FFFD. Nothing else changes, so
 * at the start of a line it may still be a marker. */
void gemtext_add_line_part(struct buf *out, struct str text);

/* The same for text at the start of a line: one leading space where the line,
 * whatever comes behind text, could be taken for another type. */
void gemtext_add_start(struct buf *out, struct str text);

/* Add text as a text line of its own with its end, by gemtext_add_start(). */
void gemtext_add_text(struct buf *out, struct str text);

/* Add url with all that a URI cannot hold percent-encoded (spaces, controls,
 * non-ASCII, quotes and the like, a "%" without two hex digits), so that it
 * stays one word. RFC 3986, 2. */
void gemtext_add_url(struct buf *out, struct str url);

/* Add a link line: url by gemtext_add_url(), with "./" before it where its
 * first segment has a colon and no scheme; label is put on one line and may be
 * empty. Without a url it is a text line of the label. */
void gemtext_add_link(struct buf *out, struct str url, struct str label);

/* Add a body as its author wrote it, for between a header and a footer: BOM
 * dropped, line ends made LF, a bare CR becomes LF, an LF at the end where
 * there is none, and an open preformatted block closed. */
void gemtext_add_body(struct buf *out, struct str body);

/* The first level 1 heading of body that is not empty, outside of preformatted
 * text: true with its text, and body without that line (and without the blank
 * lines around it, when it comes before any other text) added to *without.
 * False, with nothing added, when there is none. */
bool gemtext_take_title(
    struct str body, struct str *title, struct buf *without);

/* The number of words of all but preformatted text and link targets: runs
 * between spaces, and for scripts without spaces each character but
 * punctuation. */
size_t gemtext_count_words(struct str body);

/* Add the first paragraph: the first text line that is not empty, on one
 * line; quotes and list items only when there is no text line. */
void gemtext_add_excerpt(struct buf *out, struct str body);

#endif
