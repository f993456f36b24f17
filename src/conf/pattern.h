#ifndef CONF_PATTERN_H
#define CONF_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/*
 * What paths a route is for. A text that ends in a slash stands for all paths
 * that begin with it, one with stars for all that look like it, any other for
 * itself alone. "*" stands for any bytes but slashes, "**" for any bytes;
 * either for none, too. Paths are in the form of catalogue keys (decisions.md,
 * 9). server.md, Routes.
 */
enum {
	pattern_pieces_max = 9,
	pattern_tokens_max = 2 * pattern_pieces_max + 1,
};

struct pattern_token {
	enum pattern_token_kind {
		PATTERN_LITERAL,
		PATTERN_STAR,
		PATTERN_STARS,
	} kind;
	struct str text; /* of a literal, in the form of keys */
};

struct pattern {
	struct pattern_token tokens[pattern_tokens_max];
	size_t token_count;
	size_t piece_count; /* stars, and the rest behind a prefix */
};

/* What the stars of a pattern stand for in one path; they borrow from it. */
struct pattern_pieces {
	struct str items[pattern_pieces_max];
	size_t n;
};

/* Parse text, whose literals are copied to arena. False when it begins neither
 * with a slash nor with a star, or has too many stars. */
bool pattern_parse(
    struct arena *arena, struct str text, struct pattern *pattern);

/* Whether path is one of the pattern's. Each star takes as little as it can,
 * the first one first. In time that grows with the path's length times the
 * number of stars. */
bool pattern_match(const struct pattern *pattern, struct str path,
    struct pattern_pieces *pieces);

/* The greatest number between braces in a text such as "/new/{1}"; 0 when there
 * is none. */
size_t pattern_piece_last(struct str text);

/* Add text with each {1} to {9} replaced by that piece. */
void pattern_fill(
    struct buf *out, struct str text, const struct pattern_pieces *pieces);

#endif
