#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* NFC of s; s itself, copied, where it is not UTF-8. Lives in arena. */
struct str fold_nfc(struct arena *arena, struct str s);

/* The form by which two spellings of a tag are one: NFKC case fold, runs of
 * spaces, '-' and '_' as one '-', none at the ends. capsule.md, tags. */
struct str fold_key(struct arena *arena, struct str s);

/* The path segments of a term's URL: fold_key(), each segment between '/'
 * percent-encoded, a segment "page", "atom.xml" or "feed.json" with '-' at its
 * end; empty segments dropped. "C#" is "c%23". decisions.md, 11. Empty when
 * nothing is left. */
struct str fold_term_path(struct arena *arena, struct str term);

/* The file name for a title: fold, letters and digits of any script kept,
 * everything else '-'. For `new`. */
struct str fold_slug(struct arena *arena, struct str title);

/* At most count graphemes of s, cut before the word that does not fit, with
 * U+2026 behind it where something was cut. */
void fold_add_cut(struct buf *out, struct str s, size_t count);

/* Columns that s takes on a terminal. */
size_t fold_width(struct str s);

/* Whether the code point belongs to a script written without spaces (Han,
 * kana, Thai, Lao, Khmer, Myanmar). */
bool fold_is_spaceless(uint32_t code_point);

#endif
