/*
 * What people write into a search, taken apart. Nothing is wrong here: what
 * cannot be meant as a sign is text.
 */
#include "serve/query.h"

#include "base/utf8.h"
#include "text/fold.h"

enum {
	start_letters_min = 3, /* of a word with * */
	wide_letters_min = 4,
	starts_max = 4, /* words in a query whose end is open */
	no_break_space = 0xa0,
	quad_first = 0x2000, /* spaces of all widths */
	quad_last = 0x200a,
	ideographic_space = 0x3000,
	hangul_first = 0xac00,
	hangul_last = 0xd7a3,
};

/* One term as it is written. */
struct written {
	bool is_without;
	bool is_quoted;
	enum search_field field;
	struct str text;
};

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == no_break_space || c == ideographic_space ||
	    (c >= quad_first && c <= quad_last) || code_point_is_control(c);
}

static bool
is_quote(uint32_t c)
{
	static const uint32_t quotes[] = {
	    '"', 0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x201f};

	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (c == quotes[i])
			return true;
	return false;
}

/* text with all kinds of spaces and quotes as the plain one, and letters of
 * full width as plain ones. */
static struct str
plain_text(struct arena *arena, struct str text)
{
	struct buf plain, joined;
	struct str rest;
	uint32_t c;

	buf_init(&plain, SIZE_MAX);
	buf_init(&joined, SIZE_MAX);
	fold_add_rejoined(&joined, fold_searchable(arena, text));
	rest = buf_str(&joined);
	while (utf8_next(&rest, &c))
		utf8_add(&plain, is_space(c) ? ' ' : is_quote(c) ? '"' : c);
	text = arena_str(arena, buf_str(&plain));
	buf_fini(&plain);
	buf_fini(&joined);
	return text;
}

static bool
is_one_of(char c, const char *set)
{
	return str_find_char(str_from_c(set), c) >= 0;
}

/* Take "field:" from *rest. */
static enum search_field
take_field(struct str *rest)
{
	enum search_field field;
	ptrdiff_t colon = str_find_char(*rest, ':');

	if (colon < 0 ||
	    !search_field_parse(str_first(*rest, (size_t)colon), &field))
		return SEARCH_ANY;
	*rest = str_from_index(*rest, (size_t)colon + 1);
	return field;
}

/* Take the next term from *rest. False at the end. */
static bool
take_written(struct str *rest, struct written *term)
{
	size_t n = 0;

	while (rest->n > 0 && rest->p[0] == ' ')
		*rest = str_from_index(*rest, 1);
	if (rest->n == 0)
		return false;
	*term = (struct written){.is_without = rest->n > 1 &&
		rest->p[0] == '-' && !is_one_of(rest->p[1], " -")};
	if (term->is_without)
		*rest = str_from_index(*rest, 1);
	term->field = take_field(rest);
	term->is_quoted = str_starts(*rest, STR("\""));
	if (term->is_quoted) {
		*rest = str_from_index(*rest, 1);
		str_cut(rest, '"', &term->text);
		return true;
	}
	while (n < rest->n && !is_one_of(rest->p[n], " \""))
		n++;
	term->text = str_first(*rest, n);
	*rest = str_from_index(*rest, n);
	return true;
}

/* The letters of the last word of text, which are none where the next one
 * would be a word of its own. */
static size_t
last_letters(struct str text, bool *is_hangul)
{
	uint32_t c = 0;
	size_t n = 0;

	while (utf8_next(&text, &c))
		n = fold_is_word(c) && !fold_is_spaceless(c) ? n + 1 : 0;
	*is_hangul = c >= hangul_first && c <= hangul_last;
	return n;
}

/* Whether the end of a word is open, and what it may be if need be. */
static void
judge_end(const struct written *written, struct search_term *term)
{
	struct str text = written->text;
	bool is_hangul, has_star = str_ends(text, STR("*"));
	size_t letters;

	if (written->is_quoted)
		return;
	while (str_ends(text, STR("*")))
		text.n--;
	letters = last_letters(text, &is_hangul);
	term->is_start = (has_star && letters >= start_letters_min) ||
	    (is_hangul && letters >= 2);
	term->may_widen = letters >= wide_letters_min;
}

/* What a term as it is written asks for. False when that is nothing. */
static bool
read_term(struct arena *arena, const struct written *written,
    struct search_term *term)
{
	struct str text = written->text;

	*term = (struct search_term){
	    .field = written->field,
	    .is_without = written->is_without,
	};
	if (search_field_has_words(term->field)) {
		judge_end(written, term);
		term->text = fold_searchable(arena, text);
		return fold_has_word(text);
	}
	while (str_starts(text, STR("#")))
		text = str_from_index(text, 1);
	term->text = fold_term_path(arena, text);
	return !str_is_empty(term->text);
}

void
query_parse(struct arena *arena, struct str text, struct search_query *query)
{
	struct str rest = plain_text(arena, text);
	struct written written;
	struct search_term *term;
	size_t starts = 0;

	query->count = 0;
	while (
	    query->count < search_terms_max && take_written(&rest, &written)) {
		term = &query->terms[query->count];
		if (!read_term(arena, &written, term))
			continue;
		if (term->is_start || term->may_widen)
			starts++;
		if (starts > starts_max)
			term->is_start = term->may_widen = false;
		query->count++;
	}
}

bool
query_wants_something(const struct search_query *query)
{
	for (size_t i = 0; i < query->count; i++)
		if (!query->terms[i].is_without)
			return true;
	return false;
}
