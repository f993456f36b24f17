#ifndef CLI_HTML_LINKED_H
#define CLI_HTML_LINKED_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/html.h"

/* For html only: facts of a document on their way to struct html. */

/* Add a term that is not there yet, in any case of ASCII; an empty one, and one
 * too many, are passed over. */
void html_add_term(struct vec *terms, struct str term);

/* Fill in a fact, unless it is known. */
void html_take(struct str *fact, struct str value);

/* Add an author's name; an address is none. */
void html_take_author(struct html *html, struct str author);

/* Take dates and authors from JSON-LD, which is YAML as well, but for tabs.
 * Broken JSON has none. */
void html_take_linked(struct html *html, struct arena *arena, struct str json);

#endif
