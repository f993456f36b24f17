#ifndef PUBLISH_LANGUAGE_H
#define PUBLISH_LANGUAGE_H

#include <stdbool.h>

#include "base/str.h"

/* Whether tag has the form of a BCP 47 language tag: subtags of letters and
 * digits with '-' between, the first of two or three letters. */
bool language_is_valid(struct str tag);

/* Whether a piece of a name says a language: a code of ISO 639-1, alone or
 * with a region or script behind '-'. Stricter than the form, as names hold
 * many short words. */
bool language_is_named(struct str piece);

#endif
