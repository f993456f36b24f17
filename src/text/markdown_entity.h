#ifndef TEXT_MARKDOWN_ENTITY_H
#define TEXT_MARKDOWN_ENTITY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* Add what one character reference, from its '&' to its ';', stands for, and
 * the reference itself where it is not known. HTML, Character references. */
void markdown_add_entity(struct buf *out, struct str entity);

/* The length of the character reference that s starts with; 0 when it starts
 * with none. Whether it is known does not matter. */
size_t markdown_entity_length(struct str s);

/* Add text with all of its character references decoded. */
void markdown_add_decoded(struct buf *out, struct str text);

#endif
