#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum {
	fold_slug_max = 120,
	fold_term_path_max = 700, /* leaves room in a URL of 1024 bytes */
};

/* NFC of s; s itself, copied, where it is not UTF-8. Lives in arena. */
struct str fold_nfc(struct arena *arena, struct str s);

/* The form by which two spellings of a tag are one: NFKC case fold, runs of
 * spaces, controls, '-' and '_' as one '-', runs of '/' as one; no '-' beside a
 * '/', and neither at the ends. May be empty. capsule.md, tags. */
struct str fold_key(struct arena *arena, struct str s);

/* The path segments of a term's URL: fold_key(), each segment between '/'
 * percent-encoded, a segment "page", "atom.xml", "feed.json", "." or ".." with
 * '-' at its end. "C#" is "c%23". Terms of different keys have different paths;
 * one of more than fold_term_path_max bytes is cut and ends with a number.
 * decisions.md, 11. Empty when nothing is left. */
struct str fold_term_path(struct arena *arena, struct str term);

/* The file name for a title: fold, letters and digits of any script kept,
 * apostrophes dropped, everything else '-'; at most fold_slug_max bytes, cut at
 * a word. May be empty. For `new`. */
struct str fold_slug(struct arena *arena, struct str title);

/* Add s, or where it has more than count graphemes as much of it as fits into
 * count together with the U+2026 that stands for the rest, cut before the word
 * that does not fit; within the word when it is the first. */
void fold_add_cut(struct buf *out, struct str s, size_t count);

/* Columns that s takes on a terminal: wide characters and emoji 2, combining
 * ones and controls 0, a grapheme at most 2. */
size_t fold_width(struct str s);

/* Whether the code point belongs to a script written without spaces (Han,
 * kana, Thai, Lao, Khmer, Myanmar). */
bool fold_is_spaceless(uint32_t code_point);

/* Between two characters of scripts without spaces in what fold_searchable()
 * gives: a mark that no text of an author has. */
enum { fold_split = 0x1f };

/* s as search looks at it, in arena: NFC, letters of full or half width and
 * ligatures as plain ones, without the points of Hebrew and Arabic and without
 * characters that show nothing, and fold_split at both sides of each character
 * of a script without spaces, so that it is a word of its own. Controls, but
 * line ends, become spaces. What is not UTF-8 becomes empty. */
struct str fold_searchable(struct arena *arena, struct str s);

/* Add what fold_searchable() gave, without what it put between. */
void fold_add_rejoined(struct buf *out, struct str s);

/* Whether the code point is a letter, a mark on one, or a digit of any script.
 */
bool fold_is_word(uint32_t code_point);

/* Whether s has a letter or digit of any script: whether it can be found. */
bool fold_has_word(struct str s);

#endif
