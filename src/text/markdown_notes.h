#ifndef TEXT_MARKDOWN_NOTES_H
#define TEXT_MARKDOWN_NOTES_H

#include <stdbool.h>

#include "base/str.h"
#include "text/markdown_reader.h"

/* Find the definitions of footnotes in the body: "[^label]: text", with the
 * lines that go on with it. They are left out where they stand. */
void markdown_notes_collect(struct markdown_reader *r);

/* Pass over the definition that starts here, if one does. */
bool markdown_notes_skip(struct markdown_reader *r);

/* At "[^label]" or "^[text]": write the mention of the note. False when it is
 * none. */
bool markdown_notes_read_mention(struct markdown_reader *r);

/* Start reading the text of the next note that was mentioned, or else of one
 * that never was; false when all are read. next counts, from 0. */
bool markdown_notes_start(struct markdown_reader *r, size_t next);
void markdown_notes_end(struct markdown_reader *r);

#endif
