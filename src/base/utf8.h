#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Take the first code point from *s. False, with *s untouched, when s is
 * empty or does not begin with well-formed UTF-8 (no surrogates, no overlong
 * forms, nothing above U+10FFFF). Unicode 15, table 3-7. */
bool utf8_next(struct str *s, uint32_t *code_point);

/* The index of the first byte that is not well-formed UTF-8; s.n when all of
 * it is. */
size_t utf8_valid_length(struct str s);
bool utf8_is_valid(struct str s);

/* Add one code point, which must be a valid scalar value, to out. */
void utf8_add(struct buf *out, uint32_t code_point);

/* Whether byte is one behind the first of a code point. */
bool utf8_is_tail(char byte);

/* The longest prefix of at most n bytes that ends between two code points. */
struct str utf8_first(struct str s, size_t n);

/* C0, DEL, C1, and the line and paragraph separators U+2028 and U+2029:
 * whatever a terminal or a line format may take for structure. */
bool code_point_is_control(uint32_t code_point);

/* Marks that turn the direction of what follows: U+202A to U+202E and U+2066
 * to U+2069. */
bool code_point_is_bidi_control(uint32_t code_point);

/* Add s to out for a person's eyes: each control, bidi control and ill-formed
 * byte becomes \xNN, a backslash stays. Never starts a new line. */
void utf8_print(struct buf *out, struct str s);

#endif
