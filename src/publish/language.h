#ifndef PUBLISH_LANGUAGE_H
#define PUBLISH_LANGUAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* Whether tag has the form of a BCP 47 language tag: subtags of letters and
 * digits with '-' between, the first of two or three letters. */
bool language_is_valid(struct str tag);

/* Whether a piece of a name says a language: a code of ISO 639-1, alone or
 * with a region or script behind '-'. Stricter than the form, as names hold
 * many short words. */
bool language_is_named(struct str piece);

/* The first subtag: "pt" of "pt-BR". */
struct str language_main(struct str tag);

/* What a language calls itself, with what else the tag says in brackets:
 * "Português (BR)"; the tag where the name is not known. Several tags with
 * commas between them give several names. In arena or static. */
struct str language_name(struct arena *arena, struct str tag);

#endif
