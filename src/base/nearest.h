#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

#include "base/str.h"

/*
 * The known word that a mistyped one was meant to be, for messages.
 *
 *	struct nearest nearest = nearest_to(word);
 *	for each known word
 *		nearest_try(&nearest, known);
 *	if (!str_is_empty(nearest.best))
 *		say "did you mean nearest.best?"
 */
struct nearest {
	struct str word;
	struct str best; /* empty as long as none is near */
	size_t distance; /* of best; the bound while there is none */
};

/* Look for what is near to word, which the result borrows. */
struct nearest nearest_to(struct str word);

/* Consider known: it becomes best when fewer letters must be put in, taken
 * out, changed or swapped with their neighbour than for the best so far, and
 * those are few for the length of the word. Words above 64 bytes are never
 * near. ASCII case makes no difference. */
void nearest_try(struct nearest *nearest, struct str known);

#endif
