#ifndef PUBLISH_WORDS_H
#define PUBLISH_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "text/value.h"

/* The word at key in the language of tag, or in one that tag begins with, or
 * in English; empty when there is no such key. Static. */
struct str words_find(struct str tag, struct str key);

/* All of them as a map for templates. */
struct value *words_value(struct arena *arena, struct str tag);

#endif
