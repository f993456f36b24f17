#ifndef TEXT_MARKDOWN_CALLOUT_H
#define TEXT_MARKDOWN_CALLOUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "text/markdown_reader.h"

/* Whether word is a usual kind of callout: note, tip, warning, ... */
bool markdown_callout_knows(struct str word);

/* Add the first line of a callout, "Note: title", or "Note" without a title. A
 * title of just the kind is none. */
void markdown_callout_add_title(
    struct buf *out, struct str kind, struct str title);

/* At the start of a line: read the callouts of Obsidian and GitHub ("> [!note]
 * title"), the fences of Docusaurus and Pandoc (":::note title") and the blocks
 * of MkDocs ("!!! note "title""). True when the start of the line was read. */
bool markdown_callout_read_line(struct markdown_reader *r);

/* Close what the line that starts here does not belong to any more, and pass
 * over its indent that belongs to the boxes. */
void markdown_callout_enter_line(struct markdown_reader *r);

#endif
