/*
 * From what somebody asks for to an expression of FTS5. Nothing that a person
 * writes is ever more than a quoted string in it.
 */
#include "catalogue/search_expression.h"

static const struct {
	struct str word;
	struct str columns;
} fields[SEARCH_FIELD_COUNT] = {
#define FIELD(name, word, columns) \
	[SEARCH_##name] = {STR_INIT(word), STR_INIT(columns)},
#include "catalogue/search_field.def"
#undef FIELD
};

/* Letters that writers use for each other: where a text has the one, the other
 * is looked for too. */
static const struct {
	struct str from;
	struct str to;
} spellings[] = {
    {STR_INIT("ss"), STR_INIT("\xc3\x9f")}, /* German */
    {STR_INIT("SS"), STR_INIT("\xc3\x9f")},
    {STR_INIT("\xc3\x9f"), STR_INIT("ss")},
    {STR_INIT("\xe1\xba\x9e"), STR_INIT("ss")},
    {STR_INIT("\xc4\xb1"), STR_INIT("i")}, /* Turkish */
    {STR_INIT("\xd1\x91"), STR_INIT("\xd0\xb5")}, /* Russian */
};

struct str
search_field_word(enum search_field field)
{
	return fields[field].word;
}

bool
search_field_parse(struct str word, enum search_field *field)
{
	for (int i = 0; i < SEARCH_FIELD_COUNT; i++) {
		if (str_is_empty(word) || !str_eq_nocase(word, fields[i].word))
			continue;
		*field = (enum search_field)i;
		return true;
	}
	return false;
}

bool
search_field_has_words(enum search_field field)
{
	return !str_is_empty(fields[field].columns);
}

void
search_add_term(struct buf *out, enum search_field field, struct str key)
{
	buf_add(out, fields[field].word);
	for (size_t i = 0; i < key.n; i++)
		buf_addf(out, "%02x", (unsigned char)key.p[i]);
	buf_add_char(out, ' ');
}

/* Add text with each from as to, between quotes; quotes and NULs in it, which
 * are no part of a word, as spaces. */
static void
add_quoted(struct buf *out, struct str text, struct str from, struct str to)
{
	buf_add_char(out, '"');
	while (text.n > 0) {
		if (from.n > 0 && str_starts(text, from)) {
			buf_add(out, to);
			text = str_from_index(text, from.n);
			continue;
		}
		buf_add_char(out,
		    text.p[0] == '"' || text.p[0] == '\0' ? ' ' : text.p[0]);
		text = str_from_index(text, 1);
	}
	buf_add_char(out, '"');
}

static void
add_spelling(struct buf *out, const struct search_term *term, bool is_start,
    struct str from, struct str to)
{
	add_quoted(out, term->text, from, to);
	if (is_start)
		buf_add(out, STR(" *"));
}

static void
add_words(struct buf *out, const struct search_term *term, bool is_wide)
{
	bool is_start = term->is_start || (is_wide && term->may_widen);

	buf_add(out, fields[term->field].columns);
	buf_add(out, STR(" : ("));
	add_spelling(out, term, is_start, STR(""), STR(""));
	for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
		if (str_find_str(term->text, spellings[i].from) < 0)
			continue;
		buf_add(out, STR(" OR "));
		add_spelling(
		    out, term, is_start, spellings[i].from, spellings[i].to);
	}
	buf_add_char(out, ')');
}

static void
add_term(struct buf *out, const struct search_term *term, bool is_wide)
{
	if (search_field_has_words(term->field)) {
		add_words(out, term, is_wide);
		return;
	}
	buf_add(out, STR("terms : \""));
	search_add_term(out, term->field, term->text);
	buf_add_char(out, '"');
}

/* Add the terms of one kind with a word between them. */
static void
add_terms(struct buf *out, const struct search_query *query, bool is_without,
    bool is_wide)
{
	bool is_first = true;

	for (size_t i = 0; i < query->count; i++) {
		if (query->terms[i].is_without != is_without)
			continue;
		if (is_first)
			buf_add(out, is_without ? STR(" NOT (") : STR("("));
		else
			buf_add(out, is_without ? STR(" OR ") : STR(" AND "));
		add_term(out, &query->terms[i], is_wide && !is_without);
		is_first = false;
	}
	if (!is_first)
		buf_add_char(out, ')');
}

void
search_add_expression(
    struct buf *out, const struct search_query *query, bool is_wide)
{
	add_terms(out, query, false, is_wide);
	add_terms(out, query, true, is_wide);
}
