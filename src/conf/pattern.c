/*
 * Paths and what they look like. It knows nothing of routes.
 */
#include "conf/pattern.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "proto/url.h"

enum { piece_text_size = 3 }; /* "{1}" */

/* A text as the key of a path has it; escapes in it stay. */
static struct str
key_form(struct arena *arena, struct str text)
{
	struct str result;
	struct buf plain, out;

	buf_init(&plain, text.n + 1);
	buf_init(&out, SIZE_MAX);
	if (!url_add_decoded(&plain, text)) {
		buf_clear(&plain);
		buf_add(&plain, text);
	}
	url_add_encoded_path(&out, buf_str(&plain));
	result = arena_str(arena, buf_str(&out));
	buf_fini(&plain);
	buf_fini(&out);
	return result;
}

static bool
add_token(
    struct pattern *pattern, enum pattern_token_kind kind, struct str text)
{
	if (kind != PATTERN_LITERAL &&
	    pattern->piece_count++ == pattern_pieces_max)
		return false;
	assert(pattern->token_count < pattern_tokens_max);
	pattern->tokens[pattern->token_count++] =
	    (struct pattern_token){kind, text};
	return true;
}

bool
pattern_parse(struct arena *arena, struct str text, struct pattern *pattern)
{
	struct str rest = text;
	ptrdiff_t star;
	bool is_long;

	*pattern = (struct pattern){.token_count = 0};
	if (!str_starts(text, STR("/")) && !str_starts(text, STR("*")))
		return false;
	while ((star = str_find_char(rest, '*')) >= 0) {
		if (star > 0)
			add_token(pattern, PATTERN_LITERAL,
			    key_form(arena, str_first(rest, (size_t)star)));
		rest = str_from_index(rest, (size_t)star + 1);
		is_long = str_starts(rest, STR("*"));
		while (str_starts(rest, STR("*")))
			rest = str_from_index(rest, 1);
		if (!add_token(pattern, is_long ? PATTERN_STARS : PATTERN_STAR,
			(struct str){0}))
			return false;
	}
	if (rest.n > 0)
		add_token(pattern, PATTERN_LITERAL, key_form(arena, rest));
	if (pattern->piece_count == 0 && str_ends(text, STR("/")))
		return add_token(pattern, PATTERN_STARS, (struct str){0});
	return true;
}

/* Rows of a flag for each place in a path: whether what is behind it can be
 * what the pattern's tokens from the row's on stand for. */
struct table {
	bool *flags;
	size_t width;
};

static bool *
row_of(const struct table *table, size_t token)
{
	return table->flags + token * table->width;
}

/* Fill the row of a token from the next one's. */
static void
fill_row(const struct table *table, const struct pattern *pattern,
    size_t number, struct str path)
{
	const struct pattern_token *token = &pattern->tokens[number];
	const bool *next = row_of(table, number + 1);
	bool *row = row_of(table, number);

	if (token->kind == PATTERN_LITERAL) {
		for (size_t at = 0; at + token->text.n <= path.n; at++)
			row[at] = next[at + token->text.n] &&
			    str_starts(str_from_index(path, at), token->text);
		return;
	}
	row[path.n] = next[path.n];
	for (size_t at = path.n; at-- > 0;)
		row[at] = next[at] ||
		    (row[at + 1] &&
			(token->kind == PATTERN_STARS || path.p[at] != '/'));
}

static void
take_pieces(const struct table *table, const struct pattern *pattern,
    struct str path, struct pattern_pieces *pieces)
{
	size_t at = 0, end;

	for (size_t i = 0; i < pattern->token_count; i++) {
		end = at + pattern->tokens[i].text.n;
		if (pattern->tokens[i].kind != PATTERN_LITERAL) {
			while (!row_of(table, i + 1)[end])
				end++;
			pieces->items[pieces->n++] =
			    str_first(str_from_index(path, at), end - at);
		}
		at = end;
	}
}

/* Whether path can be the pattern's at all: most are told apart here. */
static bool
ends_agree(const struct pattern *pattern, struct str path)
{
	const struct pattern_token *first = &pattern->tokens[0];
	const struct pattern_token *last =
	    &pattern->tokens[pattern->token_count - 1];

	return (first->kind != PATTERN_LITERAL ||
		   str_starts(path, first->text)) &&
	    (last->kind != PATTERN_LITERAL || str_ends(path, last->text));
}

bool
pattern_match(const struct pattern *pattern, struct str path,
    struct pattern_pieces *pieces)
{
	struct table table = {.width = path.n + 1};
	bool matches;

	assert(pattern->token_count > 0);
	pieces->n = 0;
	if (pattern->piece_count == 0)
		return str_eq(path, pattern->tokens[0].text);
	if (!ends_agree(pattern, path))
		return false;
	table.flags = mem_alloc_array(
	    pattern->token_count + 1, table.width * sizeof(bool));
	row_of(&table, pattern->token_count)[path.n] = true;
	for (size_t i = pattern->token_count; i-- > 0;)
		fill_row(&table, pattern, i, path);
	matches = table.flags[0];
	if (matches)
		take_pieces(&table, pattern, path, pieces);
	mem_free(table.flags);
	return matches;
}

/* The number of the piece that text begins with, or 0. */
static size_t
piece_at(struct str text)
{
	if (text.n < piece_text_size || text.p[0] != '{' || text.p[2] != '}' ||
	    text.p[1] < '1' || text.p[1] > '9')
		return 0;
	return (size_t)(text.p[1] - '0');
}

size_t
pattern_piece_last(struct str text)
{
	size_t last = 0, number;

	for (; text.n > 0; text = str_from_index(text, 1)) {
		number = piece_at(text);
		if (number > last)
			last = number;
	}
	return last;
}

void
pattern_fill(
    struct buf *out, struct str text, const struct pattern_pieces *pieces)
{
	size_t number;

	while (text.n > 0) {
		number = piece_at(text);
		if (number == 0) {
			buf_add_char(out, text.p[0]);
			text = str_from_index(text, 1);
			continue;
		}
		if (number <= pieces->n)
			buf_add(out, pieces->items[number - 1]);
		text = str_from_index(text, piece_text_size);
	}
}
