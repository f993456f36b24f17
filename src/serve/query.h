#ifndef SERVE_QUERY_H
#define SERVE_QUERY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "catalogue/search_expression.h"

/* Read what a person asks for, plain UTF-8: words, "phrases", -without, and
 * one of the fields before a colon (tag:x, author:"x y"). A word with * at its
 * end is the start of words, and so is one in Hangul, where particles follow.
 * What has no letter or digit, and terms above search_terms_max, are left out.
 * query borrows from arena and text. */
void query_parse(
    struct arena *arena, struct str text, struct search_query *query);

/* Whether something is asked for, and not only what is to be left out. */
bool query_wants_something(const struct search_query *query);

#endif
