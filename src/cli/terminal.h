#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Text on its way to a terminal: controls, which could move its cursor or
 * rename its window, are shown and not obeyed. Code points may be split over
 * the pieces that come.
 */
struct terminal {
	struct buf rest; /* the beginning of a code point */
};

void terminal_init(struct terminal *terminal);
void terminal_fini(struct terminal *terminal);

/* Add bytes to out as they can be shown: line feeds and tabs stay, carriage
 * returns go, other controls and ill-formed bytes become \xNN. */
void terminal_show(
    struct terminal *terminal, struct str bytes, struct buf *out);

/* Add what is left at the end of the text. */
void terminal_end(struct terminal *terminal, struct buf *out);

#endif
