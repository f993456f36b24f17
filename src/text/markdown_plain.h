#ifndef TEXT_MARKDOWN_PLAIN_H
#define TEXT_MARKDOWN_PLAIN_H

#include "base/buf.h"
#include "base/str.h"

/* Add a title that was written for a page of HTML as plain text: elements that
 * begin and end in it lose their tags, and character references are decoded.
 * Spans of code, and "<dialog>" where nothing closes it, stay; so do the signs
 * of Markdown, which titles do not have. Time is linear in the size of line. */
void markdown_add_title(struct buf *out, struct str line);

/* Add a summary that was written as Markdown or HTML as plain text: its first
 * line, without tags, links and signs of emphasis. */
void markdown_add_summary(struct buf *out, struct str line);

#endif
