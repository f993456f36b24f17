#ifndef PUBLISH_WORDS_H
#define PUBLISH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "text/value.h"

/* Whether there are words in the language of tag. */
bool words_are_known(struct str tag);

/* The word at key in the language of tag, or in one that tag begins with, or
 * in English; empty when there is no such key. Static. */
struct str words_find(struct str tag, struct str key);

/* A number of things, and the keys of the texts for one and for more of them.
 */
struct words_counted {
	size_t number;
	struct str one;
	struct str many;
};

/* "1 article", "2 articles": in arena. */
struct str words_count(
    struct arena *arena, struct str tag, const struct words_counted *counted);

struct month_name {
	int year;
	int month; /* from 1 */
};

/* "November 2026": in arena. */
struct str words_month(
    struct arena *arena, struct str tag, struct month_name month);

/* All of them as a map for templates. */
struct value *words_value(struct arena *arena, struct str tag);

#endif
