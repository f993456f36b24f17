#ifndef TEXT_MARKDOWN_BARE_H
#define TEXT_MARKDOWN_BARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Find the first bare URL of text at or behind index from: a known scheme with
 * "://" that does not go on a word, up to a blank, a quote, an angle bracket or
 * a letter of a script without spaces; without the punctuation that ends it and
 * a closing bracket that has no opening one inside. *url is part of text. */
bool markdown_find_bare_url(struct str text, size_t from, struct str *url);

#endif
