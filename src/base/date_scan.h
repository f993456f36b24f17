#ifndef BASE_DATE_SCAN_H
#define BASE_DATE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* For the files of dates only. Each takes something from the front of rest, or
 * is false and has left rest where it was. */

/* An ASCII letter in either case, given in lower case, or another byte. */
bool scan_take_char(struct str *rest, char c);

/* A text in any case. */
bool scan_take_text(struct str *rest, struct str text);

/* All spaces and tabs, of which there must be one. */
bool scan_take_spaces(struct str *rest);

/* How many digits are at the front. */
size_t scan_count_digits(struct str s);

/* Exactly n digits, whatever follows. */
bool scan_take_number(struct str *rest, size_t n, int *out);

/* All digits that follow, which must be min to max. */
bool scan_take_digits(struct str *rest, size_t min, size_t max, int *out);

/* A word that is one of words or the start of one, of three letters or more,
 * with a full stop behind it or not. Its index, or -1. */
int scan_take_word(struct str *rest, const char *const *words, int count);

#endif
